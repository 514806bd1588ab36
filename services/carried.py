"""What a line leaves unsaid because the heading above it, or the line before it, has said it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from dataclasses import replace

from domain.search_words import search_words
from domain.written import Line, Op
from domain.written.headings import in_place
from services.finding import find, of_that_kind
from storage.unit_of_work import UnitOfWork

MOST_CARRIED = 20
"""So many lines of one message are looked up anew."""
APART = 0.08
_FEW = 3


async def carried(
    uow: UnitOfWork, said: Sequence[tuple[Line, bool]], headings: Mapping[str, str]
) -> tuple[Line, ...] | None:
    """The lines by their whole names, where one that is not known has one; None when nothing changes.

    ``said`` tells of each line whether it is known without that. A heading whose lines are called by it is
    no line itself.
    """
    lines: list[Line] = []
    used: set[str] = set()
    before: Line | None = None
    for n, (line, is_known) in enumerate(said):
        found = line
        if not is_known and n < MOST_CARRIED and _is_told(line):
            under = f"{line.phrase} {headings.get(line.raw, '')}"
            if line.raw in headings and await _is_called(uow, under):
                used.add(headings[line.raw])
                found = replace(line, phrase=under)
            elif before is not None:
                found = await _like(uow, line, before)
        before = found if is_known or found is not line else None
        lines.append(found)
    if all(line is was for line, (was, _is_known) in zip(lines, said, strict=True)):
        return None
    if used:
        lines = [await _under(uow, line, headings, used) for line in lines]
    return tuple(line for line in lines if _is_told(line) or line.phrase not in used)


async def _under(uow: UnitOfWork, line: Line, headings: Mapping[str, str], used: Set[str]) -> Line:
    """What is known without its heading, but is not called by it, is asked about: another may be meant."""
    heading = headings.get(line.raw, "")
    if heading not in used or heading in line.phrase or await _is_called(uow, f"{line.phrase} {heading}"):
        return line
    return replace(line, phrase=f"{line.phrase} {heading}")


def _is_told(line: Line) -> bool:
    return line.quantity is not None or line.op is not Op.ADD


async def _is_called(uow: UnitOfWork, phrase: str) -> bool:
    hits = await of_that_kind(uow, phrase, await find(uow, phrase, _FEW))
    return bool(hits) and hits[0].is_certain


async def _like(uow: UnitOfWork, line: Line, before: Line) -> Line:
    """The line by the name of the one thing that is called like the one before but for what is said now.

    It stays as it is where that may be several. «یکی هم بهین‌تن» behind cartons may be one more of them.
    """
    found: dict[int, str] = {}
    # What is not written just so may be anything: «سپیدار» is no slip of «سپیدتن» here.
    words = (*search_words(before.phrase)[:1], *search_words(line.phrase))
    async with uow.index.in_time():
        so = await uow.index.find(uow.index.expression([[((word,),) for word in words]])) if words else ()
    may = {called.product_id for called in so}
    for each in in_place(before.phrase, line.phrase) if may else ():
        hits = await find(uow, each, _FEW)
        if not hits or not (hits[0].is_certain and hits[0].product_id in may):
            continue
        if len(hits) > 1 and hits[1].is_certain and hits[0].score - hits[1].score < APART:
            return line
        found.setdefault(hits[0].product_id, each)
    if len(found) != 1:
        return line
    is_vague = line.quantity is not None and line.quantity <= _FEW and before.unit not in (line.unit, None)
    return replace(line, phrase=next(iter(found.values())), is_vague=line.is_vague or is_vague)
