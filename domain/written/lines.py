"""Lines of a written order: how many of what, what is to be done with it, when, and how it is paid."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from functools import lru_cache
from itertools import pairwise

from domain.numerals import AND
from domain.written.beside import without_days, without_paying, without_politeness
from domain.written.doing import of_quantity, operation, without_phrases
from domain.written.joining import Said, shared, whole
from domain.written.mending import Takes, is_rejected, taken_back, without_old
from domain.written.order import Line, Op, WrittenOrder
from domain.written.reading import Span, spans, trimmed
from domain.written.runs import EMPTY, names, parts
from domain.written.settling import changing, headed, without_refused
from domain.written.sizes import in_digits
from domain.written.talk import (
    clauses,
    complains,
    orders_nothing,
    refuses,
    without_asides,
    without_same,
)
from domain.written.tokens import NAMED, pieces
from domain.written.words import (
    ADDRESSES,
    ALSO,
    AVAILABLE,
    CONTRARY,
    CORRECTING,
    ENQUIRING,
    INNER,
    INSTEAD,
    MORE_WORDS,
    PAYING_ROUND,
    REMOVING,
    REPEATING,
    ROUGHLY,
    SETTING_WORDS,
    UNITS,
)

MOST_LINES = 200
_RO = frozenset({"رو", "را"})
Again = tuple[Decimal, str | None] | None


@lru_cache(maxsize=16)
def read_order(text: str) -> WrittenOrder:
    """Read a message. Never guesses: what has neither a name nor a quantity is a note."""
    said: list[Said] = []
    days: list[str] = []
    paying: list[str] = []
    notes: list[str] = []
    repeats, takes = False, Takes.NOTHING
    for piece in pieces(text):
        if piece.is_heading:
            said.append(headed(piece))
            continue
        for words in clauses(without_asides(without_politeness(piece.words))):
            words, when = without_days(words)
            words, how = without_paying(words)
            words, is_again = without_phrases(words, REPEATING)
            days += when
            paying += how
            if is_again and REMOVING.intersection(words) and not names(_without(words, REMOVING)):
                # «سفارش قبلی رو کنسل کنید»: nothing is repeated.
                notes.append(piece.raw)
                continue
            repeats = repeats or is_again
            if all(word in EMPTY or word in PAYING_ROUND or word.isdecimal() for word in words):
                paying += [word for word in words if word in PAYING_ROUND]
                if not any(word.isdecimal() for word in words) or paying:
                    takes = max(takes, *(how_far for _part, how_far in taken_back(words)))
                    continue
            if _is_address(words) or orders_nothing(words, piece.words, says_day=bool(when)):
                notes.append(piece.raw)
                continue
            read, lost, takes = _taken(words, piece.raw, said, takes, is_change=repeats)
            if refuses(words):
                read = [replace(each, is_refused=True) for each in read]
            said += [replace(each, is_part=True) for each in read] if piece.is_part else read
            notes += lost
    said, refused = without_refused(said, is_change=repeats)
    notes += refused
    lines, unnamed = whole(said)
    return WrittenOrder(
        lines=tuple(changing(lines, said) if repeats else lines)[:MOST_LINES],
        repeats=repeats,
        days=tuple(days),
        paying=tuple(paying),
        notes=(*notes, *unnamed),
    )


def _is_address(words: Sequence[str]) -> bool:
    """«پلاک ۱۲», «شماره فاکتور ۴۰۵۲۱»: the number is no quantity."""
    return any(word in ADDRESSES for word in words) and all(span.is_bare for span in spans(words))


def _taken(
    words: Sequence[str], raw: str, before: Sequence[Said], takes: Takes, *, is_change: bool
) -> tuple[list[Said], list[str], Takes]:
    """The lines of one clause, which of them take back what was said, and whether the next one does."""
    said: list[Said] = []
    lost: list[str] = []
    for part, how_far in taken_back(words):
        takes = max(takes, how_far)
        named = (said or before)[-1].line.phrase if said or before else ""
        if not names(part) or is_rejected(part, named):
            if said and how_far and said[-1].takes is Takes.PERHAPS:
                said[-1], takes = replace(said[-1], takes=Takes.BACK), Takes.NOTHING
            continue
        read, unread = _read(part, raw, is_change=is_change)
        lost += unread
        if read:
            read[0] = replace(read[0], takes=takes)
            takes = Takes.NOTHING
        said += map(_vague, read) if complains(words) else read
    return said, lost, takes


def _read(words: Sequence[str], raw: str, *, is_change: bool) -> tuple[list[Said], list[str]]:
    """The lines of one piece; and what was written there that is none."""
    said: list[Said] = []
    lost: list[str] = []
    for part, held in shared(words):
        if held is not None:
            each_of = [_line([*name, *held], raw, is_change=is_change) for name in part] or [
                _line(held, raw, is_change=is_change)
            ]
            is_one = any(AND in name for name in part)
            said += [
                replace(each, is_each=not n, line=replace(each.line, is_vague=each.line.is_vague or is_one))
                for n, each in enumerate(filter(None, each_of))
            ]
            continue
        for one in part:
            one, is_set = without_old(_corrected(one))
            cut, is_unsure = parts(one)
            for each in cut:
                line = _line(each, raw, is_change=is_change)
                if line is not None:
                    line = _vague(line) if is_unsure else line
                    is_new = is_set and line.line.op is Op.ADD
                    said.append(replace(line, line=replace(line.line, op=Op.SET)) if is_new else line)
                elif any(word not in EMPTY and word not in PAYING_ROUND for word in each):
                    lost.append(raw)
    return said, lost


def _without(words: Sequence[str], dropped: frozenset[str]) -> list[str]:
    return [word for word in words if word not in dropped]


def _vague(said: Said) -> Said:
    return replace(said, line=replace(said.line, is_vague=True))


def _corrected(words: Sequence[str]) -> list[str]:
    """«۳ تا نه ۵ تا»: only what holds."""
    for before, span in pairwise(spans(words)):
        between = words[before.end : span.start]
        if between and between[0] in CORRECTING and all(word in CORRECTING for word in between):
            return _corrected([*words[: before.start], *words[span.start :]])
    return list(words)


def _line(words: Sequence[str], raw: str, *, is_change: bool) -> Said | None:
    corrects = bool(words) and words[0] in CORRECTING
    words = [word for word in words if word not in CONTRARY]
    is_enquiry = bool(words) and words[-1] in AVAILABLE
    words, is_same = without_same(words)
    op, words = operation(words, is_change=is_change)
    words, is_instead = without_phrases(words, INSTEAD)
    said = [span for span in spans(words) if not span.is_bare]
    span, loose = (said[0], None) if said else _bare(words, spans(words))
    rest, again = _rest(words, span)
    is_also = any(word in ALSO or word in MORE_WORDS for word in rest)
    if op is Op.ADD and span is not None:
        op = of_quantity(words, rest, span)
    elif op is Op.ADD and _RO.intersection(rest) and any(word in SETTING_WORDS for word in rest):
        op = Op.SET
    rest = [
        word for word in rest if word not in MORE_WORDS and word not in INNER and word not in SETTING_WORDS
    ]
    phrase = in_digits(trimmed(rest))
    if not phrase or all(word in EMPTY or word in UNITS or word in PAYING_ROUND for word in phrase):
        if span is None:
            return None
        phrase = []
    line = Line(
        raw=raw,
        phrase=" ".join(phrase).replace(NAMED, ""),
        op=op,
        quantity=span.quantity if span else None,
        unit=span.unit if span else None,
        loose=loose,
        again=again,
        is_in_front=span is not None and loose is not None and span.start == 0 and bool(phrase),
        is_vague=is_instead
        or (is_enquiry and span is not None)
        or bool(ENQUIRING.intersection(rest))
        or (span is not None and span.is_vague),
    )
    return Said(line, corrects=corrects, is_also=is_also, is_same=is_same and span is None)


def _rest(words: Sequence[str], span: Span | None) -> tuple[list[str], Again]:
    """The words without the quantity, and without «(۴۸ عدد)» that says the same once more."""
    if span is None:
        return list(words), None
    start = span.start
    while start and words[start - 1] in ROUGHLY:
        start -= 1
    rest = [*words[:start], *words[span.end :]]
    said = [each for each in spans(rest) if not each.is_bare]
    for each in reversed(said):
        rest = [*rest[: each.start], *rest[each.end :]]
    return rest, (said[0].quantity, said[0].unit) if said else None


def _bare(words: Sequence[str], bare: Sequence[Span]) -> tuple[Span | None, str | None]:
    """A number without a unit: in front it is a quantity, at the end it may be a size as well."""
    for span in bare:
        if span.start == 0 and span.end < len(words):
            return span, str(span.quantity)
    last = trimmed(words)
    if bare and last and words[bare[-1].start : bare[-1].end] == last[-1:]:
        return bare[-1], last[-1]
    return None, None
