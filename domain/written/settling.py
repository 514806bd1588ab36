"""What headings say, and what is settled about the lines when the whole message is known."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from domain.written.beside import without_politeness
from domain.written.joining import Said
from domain.written.order import Line, Op
from domain.written.reading import trimmed
from domain.written.talk import mark_of
from domain.written.tokens import Piece


def headed(piece: Piece) -> Said:
    words = without_politeness(piece.words)
    mark = mark_of(words)
    phrase = mark or " ".join(trimmed(words))
    return Said(Line(raw=piece.raw, phrase=phrase), is_heading=True, is_mark=bool(mark))


def without_refused(said: Sequence[Said], *, is_change: bool) -> tuple[list[Said], list[str]]:
    """Beside things that are ordered what is not wanted is only said, and may name what follows it."""
    if is_change or not any(each.line.op is Op.ADD and each.line.quantity for each in said):
        return list(said), []
    return (
        [replace(each, is_heading=True) if each.is_refused else each for each in said],
        [each.line.raw for each in said if each.is_refused],
    )


def changing(lines: Sequence[Line], said: Sequence[Said]) -> list[Line]:
    """Beside «همون قبلی» a quantity is what it shall be, unless it comes on top."""
    on_top = {each.line.raw for each in said if each.is_also}
    return [
        replace(line, op=Op.SET)
        if line.op is Op.ADD and line.quantity is not None and line.raw not in on_top
        else line
        for line in lines
    ]
