"""What belongs together although it was written apart: names and quantities, things and their sizes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from domain.written.alike import SHADE, in_kind, names_apart
from domain.written.mending import Takes, amend
from domain.written.order import Line, Op
from domain.written.reading import spans
from domain.written.sizes import is_size, without_size
from domain.written.totals import of_total
from domain.written.words import EACH, PIECE, SIZES

_COLOUR, _ONE = "رنگ", "یکی"


@dataclass(frozen=True, slots=True)
class Said:
    """One thing that was said: a line; a quantity alone, whose line has no phrase; or a heading."""

    line: Line
    is_heading: bool = False
    is_each: bool = False
    corrects: bool = False
    is_also: bool = False
    takes: Takes = Takes.NOTHING
    is_same: bool = False
    is_part: bool = False
    is_refused: bool = False
    is_mark: bool = False


def whole(said: Sequence[Said]) -> tuple[list[Line], list[str]]:
    """The lines, and what says how many of nothing that was named.

    «شامپو آوین\\n۲ کارتن»: a quantity that stands alone belongs to the name before it. Where a message begins
    with one, each belongs to the name that follows.
    """
    found: list[Line] = []
    unnamed: list[str] = []
    ahead: Line | None = None
    is_ahead, context, mark = False, "", ""
    parts: list[int] = []
    for each in said:
        line = each.line
        if each.is_heading:
            context = line.phrase
            mark = line.phrase if each.is_mark else ""
        elif not line.phrase:
            is_ahead = is_ahead or not found
            if is_ahead:
                unnamed += [ahead.raw] if ahead else []
                ahead = line
            elif not _give(found, each):
                unnamed.append(line.raw)
        else:
            context = _add(found, _of_mark(each, mark), context, parts)
            if ahead is not None and found and found[-1].raw == line.raw and found[-1].quantity is None:
                found[-1], ahead = _with(found[-1], ahead), None
    of_total(found, parts)
    return found, [*unnamed, *([ahead.raw] if ahead else [])]


def _is_one_of_them(said: Said, found: Sequence[Line]) -> bool:
    """«۲ کارتن صابون …، یکی هم …»: one piece, or one carton."""
    if said.is_part or not found or _ONE not in said.line.raw.split():
        return False
    return said.line.unit == PIECE and said.line.quantity == 1 and found[-1].unit not in (None, PIECE)


def _of_mark(said: Said, mark: str) -> Said:
    """«از تابان‌مد: سرنگ …»: the mark that all things below have."""
    words = said.line.phrase.split()
    if not mark or is_size(words) or set(mark.split()) <= set(words):
        return said
    return replace(said, line=replace(said.line, phrase=f"{said.line.phrase} {mark}"))


def _add(found: list[Line], each: Said, context: str, parts: list[int]) -> str:
    """Add what was named, or change what stands there by it; what the next may be called like."""
    line, context, is_header = _named(each.line, context, found)
    if is_header:
        found.pop()
    if amend(found, line, Takes.NOTHING if each.is_also else each.takes):
        return context
    if each.is_each:
        _give(found, each)
    if each.is_same and found and line.quantity is None:
        line = replace(line, quantity=found[-1].quantity, unit=found[-1].unit)
    if _is_one_of_them(each, found):
        line = replace(line, is_vague=True)
    if each.is_part:
        parts.append(len(found))
    found.append(line)
    return context


def _named(line: Line, context: str, found: Sequence[Line]) -> tuple[Line, str, bool]:
    """The line by its whole name: «پوشک تیراما سایز ۳ یه کارتن، سایز ۴ دو کارتن».

    The second is called like the first, or like the heading above it; a name alone that only says what its
    sizes are of is no line.
    """
    words = line.phrase.split()
    same = _thing(context)
    other = in_kind(context.split(), words)
    if other:
        return replace(line, phrase=other), other, False
    if not is_size(words) or words[0] == _COLOUR or not same:
        return line, line.phrase, False
    in_place = _in_place(context.split(), words)
    if in_place:
        return replace(line, phrase=in_place), in_place, False
    size = [*(_measure(context) if len(words) == 1 else ()), *words]
    phrase = " ".join([*same, *size])
    is_header = bool(found) and found[-1].quantity is None and found[-1].phrase == " ".join(same)
    return replace(line, phrase=phrase), phrase, is_header and line.quantity is not None


def _thing(context: str) -> list[str]:
    """The name without its size; of «رنگ ۶/۱» the first word, although it stands behind numbers elsewhere."""
    words = context.split()
    same = without_size(words)
    return same or [word for word in words[:1] if word == _COLOUR]


def _in_place(context: Sequence[str], size: Sequence[str]) -> str:
    """«پوشک سایز ۴ تیراما» and «سایز ۵»: the same name with the other size where the first one stood."""
    for at, word in enumerate(context[:-1]):
        is_named = len(size) == 2 and word == size[0] and word in SIZES and context[at + 1][0].isdigit()
        if is_named and at + 2 < len(context):
            return " ".join([*context[:at], *size, *context[at + 2 :]])
        if len(size) == 1 and SHADE.fullmatch(word) and SHADE.fullmatch(size[0]):
            return " ".join([*context[:at], *size, *context[at + 1 :]])
    return ""


def _measure(context: str) -> list[str]:
    """«سایز ۳ و ۴»: the second is a «سایز» as well."""
    words = context.split()
    return words[-2:-1] if len(words) > 1 and words[-2] in SIZES else []


def _give(found: list[Line], said: Said) -> bool:
    """Give a quantity to what was named before it, or to each of the last that have none."""
    if not found:
        return False
    last, line = found[-1], said.line
    if said.is_each:
        for n in range(len(found) - 1, -1, -1):
            if found[n].op is not Op.ADD or not _is_open(found[n]):
                break
            found[n] = _with(found[n], line)
    elif said.corrects or said.takes or line.op is Op.SET:
        is_correction = last.op if line.op is Op.ADD else line.op
        found[-1] = replace(last, quantity=line.quantity, unit=line.unit, loose=None, op=is_correction)
    elif last.quantity is None or (_is_open(last) and line.unit is not None):
        found[-1] = _with(last, line)
    elif line.quantity is not None and last.again is None:
        # «۲ کارتن شامپو (۴۸ عدد)»: whether that comes to the same is seen when the product is known.
        found[-1] = replace(last, again=(line.quantity, line.unit))
    else:
        found[-1] = replace(last, is_vague=True)
    return True


def _is_open(line: Line) -> bool:
    """No quantity was said, or only a number at the end of the name."""
    return line.quantity is None or (line.loose is not None and not line.is_in_front)


def _with(line: Line, quantity: Line) -> Line:
    named = line.named() if line.loose is not None else line
    return replace(
        named,
        quantity=quantity.quantity,
        unit=quantity.unit,
        loose=quantity.loose,
        is_vague=line.is_vague or quantity.is_vague,
        op=quantity.op if line.op is Op.ADD else line.op,
    )


def shared(words: Sequence[str]) -> Iterator[tuple[list[list[str]], list[str] | None]]:
    """Names, and the quantity that «هر کدوم» gives to each of them; None where none is given so."""
    found = EACH.first(words)
    if found is not None:
        yield from _shared(words, *found)
        return
    twice = _said_twice(words)
    if twice is not None:
        yield from _shared(words, *twice)
        return
    yield [list(words)], None


def _said_twice(words: Sequence[str]) -> tuple[int, int] | None:
    """«۵/۰ و ۵/۱ دو تا دو تا»: the same for each of those that are named before it."""
    every = spans(words)
    if len(every) != 2 or every[0].end != every[1].start or every[0].is_bare:
        return None
    first, second = every
    is_same = (first.quantity, first.unit) == (second.quantity, second.unit)
    is_list = len(names_apart(words[: first.start])) > 1
    return (second.start, second.end) if is_same and is_list else None


def _shared(words: Sequence[str], at: int, end: int) -> Iterator[tuple[list[list[str]], list[str] | None]]:
    every = [span for span in spans(words) if span.start >= end or span.end <= at]
    behind = next((span for span in every if span.start >= end), None)
    before = next((span for span in reversed(every) if span.end == at), None)
    held = behind or before
    if held is None:
        yield [list(words)], None
        return
    taken = (held.start, held.end)
    earlier = max((s.end for s in every if s.unit is not None and s.end <= at and s != held), default=0)
    if earlier:
        yield [list(words[:earlier])], None
    names = [
        word for n, word in enumerate(words)
        if n >= earlier and not at <= n < end and not taken[0] <= n < taken[1]
    ]  # fmt: skip
    yield names_apart(names), list(words[taken[0] : taken[1]])
