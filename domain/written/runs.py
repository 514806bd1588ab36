"""Which quantity belongs to which name where several things are named in a row."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from domain.numerals import AND
from domain.written.reading import Span, spans, trimmed
from domain.written.talk import without_same
from domain.written.words import (
    CONTRARY,
    CORRECTING,
    DELIVERING,
    FILLER,
    HONORIFICS,
    LESS,
    MORE,
    MORE_WORDS,
    PLACES,
    REMOVING,
    REMOVING_PHRASES,
    SETTING_WORDS,
    SOFT,
)

EMPTY = FILLER | SOFT | DELIVERING | CONTRARY | SETTING_WORDS | CORRECTING | {AND}
"""Words that name nothing."""
_CLOSING = frozenset({"هم", "رو", "را"})
"""At the end of a name: how many of it comes behind them."""


def parts(words: Sequence[str]) -> tuple[list[list[str]], bool]:
    """The piece cut between the things it names, and whether it is not sure which quantity is whose.

    Quantities stand before their names or behind them, the same way in the whole run. Where words stand
    before the first and behind the last quantity, some of these are talk: what joins the things tells which
    way it goes, or who was named in front. Where nothing tells, nothing is sure.
    """
    cut = _behind_verb(words)
    if cut:
        (first, is_unsure), (rest, is_rest_unsure) = parts(words[:cut]), parts(words[cut:])
        return [*first, *rest], is_unsure or is_rest_unsure
    said = [span for span in spans(words) if not span.is_bare or _begins(words, span)]
    if not said:
        return [list(words)] if words else [], False
    groups = _groups(words, said)
    lead, tail = words[: said[0].start], words[said[-1].end :]
    is_first, is_unsure = not names(lead), False
    is_same = not is_first and names(tail) and without_same(words)[1]
    if not is_first and names(tail) and not is_same:
        if is_somebody(lead):
            is_first = True
        elif len(groups) > 1:
            is_first, is_unsure = _direction(words, groups)
    cuts = [span[0] if is_first else before[1] for before, span in pairwise(groups)]
    if is_first and names(lead):
        cuts.insert(0, groups[0][0])
    if is_same:
        cuts.append(groups[-1][1])
    bounds = [0, *cuts, len(words)]
    return [list(words[start:end]) for start, end in pairwise(bounds) if words[start:end]], is_unsure


def _groups(words: Sequence[str], said: Sequence[Span]) -> list[tuple[int, int]]:
    """Quantities with nothing named between them say the same thing twice: «۲ کارتن (۴۸ عدد)»."""
    groups = [(said[0].start, said[0].end)]
    for before, span in pairwise(said):
        if names(words[before.end : span.start]):
            groups.append((span.start, span.end))
        else:
            groups[-1] = (groups[-1][0], span.end)
    return groups


def _direction(words: Sequence[str], groups: Sequence[tuple[int, int]]) -> tuple[bool, bool]:
    """Whether quantities stand first, and whether that is not sure."""
    is_first = is_behind = False
    for before, after in pairwise(groups):
        between = words[before[1] : after[0]]
        is_first = is_first or (between[-1] == AND and between[0] != AND)
        is_behind = is_behind or between[-1] in _CLOSING or (between[0] == AND and between[-1] != AND)
    is_behind = is_behind or words[groups[0][0] - 1] in _CLOSING
    return is_first, is_first is is_behind


def is_somebody(words: Sequence[str]) -> bool:
    """«داروخانه دکتر کریمی»: who speaks or is spoken to; where more is said goods may be named."""
    said = [word for word in trimmed(words) if word not in SOFT or word in HONORIFICS]
    if not said or not (said[0] in PLACES or said[0] in HONORIFICS):
        return False
    return len([word for word in said[1:] if word not in HONORIFICS]) <= 1


def _behind_verb(words: Sequence[str]) -> int:
    """Where another thing begins behind «نمی‌خوام», «اضافه کن»; 0 where nothing does."""
    for n in range(1, len(words)):
        more = MORE.at(words, n) or LESS.at(words, n)
        length = 1 if words[n] in REMOVING else REMOVING_PHRASES.at(words, n) or more
        end = n + length if length else 0
        if not end or not names([w for w in words[end:] if w not in REMOVING]):
            continue
        if _things(words[:n]) if more else names(words[:n]):
            return end
    return 0


def _things(words: Sequence[str]) -> bool:
    """Whether anything but a quantity is named."""
    counted = {n for span in spans(words) for n in range(span.start, span.end)}
    return names([word for n, word in enumerate(words) if n not in counted and word not in MORE_WORDS])


def _begins(words: Sequence[str], span: Span) -> bool:
    """A bare number begins a thing only at the start of all, or behind «و»."""
    return span.end < len(words) and (span.start == 0 or words[span.start - 1] == AND)


def names(words: Sequence[str]) -> bool:
    """Whether anything is named in these words."""
    return any(word not in EMPTY for word in words)
