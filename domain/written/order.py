"""What a written order says, as values: its lines, and the words that are about the whole of it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum


class Op(StrEnum):
    ADD = "add"
    INCREASE = "increase"
    REMOVE = "remove"
    SET = "set"


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One thing that was named. ``quantity`` and ``unit`` are as said; None where nothing was said.

    ``loose`` is a bare number that stands behind the name: a quantity, or a size where the product has one.
    ``is_vague`` says that a range was named, «دو سه تا».
    """

    raw: str
    phrase: str
    op: Op = Op.ADD
    quantity: Decimal | None = None
    unit: str | None = None
    loose: str | None = None
    is_vague: bool = False

    again: tuple[Decimal, str | None] | None = None
    """The quantity as it was said once more, «۲ کارتن (۴۸ عدد)»: it has to come to the same."""

    is_in_front: bool = False
    """Whether ``loose`` stands before the name: «۷ گیاه» may be a name as well."""

    @property
    def with_loose(self) -> str:
        """The name, were the bare number a part of it."""
        if not self.loose:
            return self.phrase
        return f"{self.loose} {self.phrase}" if self.is_in_front else f"{self.phrase} {self.loose}"

    def named(self) -> Line:
        """The same line where the number belongs to the name, and no quantity was said."""
        return replace(self, phrase=self.with_loose, quantity=None, loose=None)


@dataclass(frozen=True, slots=True, kw_only=True)
class WrittenOrder:
    """All that a message says. ``days`` and ``paying`` are the words in which that was said."""

    lines: tuple[Line, ...] = ()
    repeats: bool = False
    days: tuple[str, ...] = ()
    paying: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
