"""What finance takes back of an invoice, as it is looked at before it is written down."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from domain.catalogue import Unit
from domain.errors import MoreThanDelivered
from domain.money import ZERO, Money


class ReturnCause(StrEnum):
    OURS = "ours"
    """Damaged, wrong or too old: nothing is charged back, and nothing goes to the shelf."""
    THEIRS = "theirs"
    """The customer's own wish: discounts and bonus goods that are not earned any more are charged back."""
    WITH_BONUS = "bonus"
    """The same, and the bonus goods that are not earned any more come back as well."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReturnLine:
    """A line of an invoice with what may still come back of it."""

    position: int
    name: str
    unit: Unit
    left: int

    def require(self, units: int) -> None:
        if not 0 < units <= self.left:
            raise MoreThanDelivered


@dataclass(frozen=True, slots=True, kw_only=True)
class Returnable:
    """What may still come back of an invoice; bonus goods come back only with what earned them."""

    invoice_id: int
    number: int
    customer_name: str
    lines: tuple[ReturnLine, ...]
    seen: int
    """How many units came back before: whoever goes on from here has seen these, and no more."""

    def line(self, position: int) -> ReturnLine:
        found = next((each for each in self.lines if each.position == position), None)
        if found is None:
            raise MoreThanDelivered
        return found


@dataclass(frozen=True, slots=True, kw_only=True)
class ReturnWish:
    """So many units of one line, and whose fault it is."""

    invoice_id: int
    position: int
    units: int
    cause: ReturnCause


@dataclass(frozen=True, slots=True, kw_only=True)
class BonusUnits:
    """Bonus goods that are not earned any more."""

    position: int
    name: str
    unit: Unit
    units: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ReturnPreview:
    """What would be refunded, before anything is written. ``worth`` is what was paid for the units."""

    wish: ReturnWish
    found: Returnable
    line: ReturnLine
    worth: Money
    amount: Money
    bonus: tuple[BonusUnits, ...] = ()

    @property
    def is_worth_something(self) -> bool:
        """What is charged back may be all that the units are worth: then nothing is written down."""
        return self.amount > ZERO

    @property
    def charged_back(self) -> Money:
        return self.worth - self.amount


@dataclass(frozen=True, slots=True, kw_only=True)
class TakenBack:
    """The credit note that was written, what it has settled by invoice number, and where that leads."""

    preview: ReturnPreview
    customer_id: int
    number: int
    amount: Money
    settled: tuple[tuple[int, Money], ...]
    left: Money = ZERO
    balance: Money
