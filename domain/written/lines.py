"""Lines of a written order: how many of what, what is to be done with it, when, and how it is paid."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from domain.numerals import AND
from domain.written.order import Line, Op, WrittenOrder
from domain.written.reading import (
    Span,
    in_digits,
    is_size,
    spans,
    trimmed,
    without_days,
    without_paying,
    without_politeness,
    without_size,
)
from domain.written.tokens import pieces
from domain.written.words import (
    CONTRARY,
    DELIVERING,
    FILLER,
    INNER,
    INSTEAD,
    LESS,
    MORE,
    MORE_WORDS,
    PAYING_ROUND,
    REMOVING,
    REMOVING_PHRASES,
    REPEATING,
    SETTING,
    SETTING_WORDS,
    SOFT,
    UNITS,
)

MOST_LINES = 200
_EMPTY = FILLER | SOFT | DELIVERING | CONTRARY | SETTING_WORDS | {AND}


def read_order(text: str) -> WrittenOrder:
    """Read a message. Never guesses: what has neither a name nor a quantity is a note."""
    lines: list[Line] = []
    days: list[str] = []
    paying: list[str] = []
    notes: list[str] = []
    repeats = False
    for piece in pieces(text):
        words, when = without_days(without_politeness(piece.words))
        words, how = without_paying(words)
        words, is_again = _without_phrases(words, REPEATING)
        days += when
        paying += how
        repeats = repeats or is_again
        if all(word in _EMPTY or word in PAYING_ROUND or word.isdecimal() for word in words):
            paying += [word for word in words if word in PAYING_ROUND]
            if not any(word.isdecimal() for word in words) or paying:
                continue
        for part in _parts(words):
            line = _line(part, piece.raw, is_change=is_again)
            if line is not None:
                lines.append(line)
            elif any(word not in _EMPTY and word not in PAYING_ROUND for word in part):
                notes.append(piece.raw)
    return WrittenOrder(
        lines=tuple(_whole(lines)[:MOST_LINES]),
        repeats=repeats,
        days=tuple(days),
        paying=tuple(paying),
        notes=tuple(notes),
    )


def _without_phrases(words: Sequence[str], phrases: Sequence[tuple[str, ...]]) -> tuple[list[str], bool]:
    for phrase in phrases:
        for at in range(len(words) - len(phrase) + 1):
            if tuple(words[at : at + len(phrase)]) == phrase:
                return [*words[:at], *words[at + len(phrase) :]], True
    return list(words), False


def _parts(words: Sequence[str]) -> list[list[str]]:
    """A piece that names several things with their quantities is cut between them."""
    said = [span for span in spans(words) if not span.is_bare or _begins(words, span)]
    if len(said) < 2:
        return [list(words)] if words else []
    is_first = not _names(words[: said[0].start])
    cuts = []
    for before, span in pairwise(said):
        between = words[before.end : span.start]
        if _names(between):
            cuts.append(span.start if is_first else before.end)
    bounds = [0, *cuts, len(words)]
    return [list(words[start:end]) for start, end in pairwise(bounds) if words[start:end]]


def _begins(words: Sequence[str], span: Span) -> bool:
    """A bare number begins a thing only at the start of all, or behind «و»."""
    return span.end < len(words) and (span.start == 0 or words[span.start - 1] == AND)


def _names(words: Sequence[str]) -> bool:
    return any(word not in _EMPTY for word in words)


def _line(words: Sequence[str], raw: str, *, is_change: bool) -> Line | None:
    words = [word for word in words if word not in CONTRARY]
    op, words = _op(words)
    is_vague = False
    words, is_instead = _without_phrases(words, INSTEAD)
    said = [span for span in spans(words) if not span.is_bare]
    bare = [span for span in spans(words) if span.is_bare]
    span, loose = (said[0], None) if said else _bare(words, bare)
    is_in_front = span is not None and loose is not None and span.start == 0
    rest = list(words)
    if span is not None:
        rest = [*words[: span.start], *words[span.end :]]
        # «۲ کارتن (۴۸ عدد)» says the same twice.
        again = [each for each in spans(rest) if not each.is_bare]
        for each in reversed(again):
            rest = [*rest[: each.start], *rest[each.end :]]
        is_vague = span.is_vague
    if (
        any(word in SETTING_WORDS for word in rest)
        and span is not None
        and op is Op.ADD
        and _sets(words, span)
    ):
        op = Op.SET
    if op is Op.ADD and span is not None and any(word in MORE_WORDS for word in rest):
        op = Op.INCREASE
    if is_change and op is Op.ADD and span is not None:
        op = Op.SET
    rest = [
        word for word in rest if word not in MORE_WORDS and word not in INNER and word not in SETTING_WORDS
    ]
    phrase = in_digits(trimmed(rest))
    if not phrase or all(word in _EMPTY or word in UNITS for word in phrase):
        return None if span is None else _unnamed(raw, op, span)
    return Line(
        raw=raw,
        phrase=" ".join(phrase),
        op=op,
        quantity=span.quantity if span else None,
        unit=span.unit if span else None,
        loose=loose,
        is_in_front=is_in_front,
        is_vague=is_vague or is_instead,
    )


def _unnamed(raw: str, op: Op, span: Span) -> Line | None:
    """A quantity for what was named before; a bare number alone says nothing."""
    if span.is_bare:
        return None
    return Line(raw=raw, phrase="", op=op, quantity=span.quantity, unit=span.unit, is_vague=span.is_vague)


def _bare(words: Sequence[str], bare: Sequence[Span]) -> tuple[Span | None, str | None]:
    """A number without a unit: in front it is a quantity, at the end it may be a size as well."""
    for span in bare:
        if span.start == 0 and span.end < len(words):
            return span, str(span.quantity)
    last = trimmed(words)
    if bare and last and words[bare[-1].start : bare[-1].end] == last[-1:]:
        return bare[-1], last[-1]
    return None, None


def _op(words: Sequence[str]) -> tuple[Op, list[str]]:
    for phrases, op in (
        (LESS, Op.REMOVE),
        (REMOVING_PHRASES, Op.REMOVE),
        (MORE, Op.INCREASE),
        (SETTING, Op.SET),
    ):
        rest, is_said = _without_phrases(words, phrases)
        if is_said:
            return op, rest
    if any(word in REMOVING for word in words):
        return Op.REMOVE, [word for word in words if word not in REMOVING]
    return Op.ADD, list(words)


def _sets(words: Sequence[str], span: Span) -> bool:
    """«دو کارتن کن»: the verb stands right behind the quantity, or right before it."""
    behind = words[span.end] if span.end < len(words) else ""
    before = words[span.start - 1] if span.start else ""
    return behind in SETTING_WORDS or before in SETTING_WORDS


def _whole(lines: Sequence[Line]) -> list[Line]:
    """A quantity that stands alone belongs to the name before it: «شامپو آوین\n۲ کارتن»."""
    found: list[Line] = []
    for line in lines:
        if not line.phrase:
            if found and found[-1].quantity is None:
                found[-1] = replace(found[-1], quantity=line.quantity, unit=line.unit, op=line.op)
            continue
        found.append(_of_the_same(found[-1], line) if found else line)
    return found


def _of_the_same(before: Line, line: Line) -> Line:
    """«پوشک تیراما سایز ۳ یه کارتن، سایز ۴ دو کارتن»: the second is called like the first."""
    words = line.phrase.split()
    same = without_size(before.phrase.split())
    if not is_size(words) or not same:
        return line
    return replace(line, phrase=" ".join([*same, *words]))
