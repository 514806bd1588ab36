"""Amounts of money: whole rials, and rates in basis points.

Rounding is half up, to one rial per line (rule R1.1); toman is only a way of showing (R1.4a).
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum

BASIS_POINTS = 10_000
RIALS_IN_A_TOMAN = 10


class MoneyUnit(StrEnum):
    """In which unit amounts are shown to people, and are meant when they type none."""

    TOMAN = "toman"
    RIAL = "rial"

    @property
    def rials(self) -> int:
        return RIALS_IN_A_TOMAN if self is MoneyUnit.TOMAN else 1


class CurrencyUnit(StrEnum):
    """The rial of every document with amounts: the law takes four zeros from it some day (rule R1.2)."""

    IRR_OLD = "IRR_OLD"
    IRR_NEW = "IRR_NEW"


@dataclass(frozen=True, order=True, slots=True)
class Money:
    """A whole number of rials. It never meets a float."""

    rials: int

    def __add__(self, other: Money) -> Money:
        return Money(self.rials + other.rials)

    def __sub__(self, other: Money) -> Money:
        return Money(self.rials - other.rials)

    def __mul__(self, count: int) -> Money:
        return Money(self.rials * count)

    def __neg__(self) -> Money:
        return Money(-self.rials)

    def __bool__(self) -> bool:
        return self.rials != 0

    def share(self, rate: Rate) -> Money:
        """That rate of this amount, rounded half up to one rial."""
        exact = Decimal(self.rials) * rate.basis_points / BASIS_POINTS
        return Money(int(exact.quantize(Decimal(1), ROUND_HALF_UP)))

    @property
    def toman(self) -> int:
        """The amount in whole toman, rounded half up: 150,581,889 rials are 15,058,189 toman."""
        return self.counted_in(MoneyUnit.TOMAN)

    def counted_in(self, unit: MoneyUnit) -> int:
        """The whole number that is shown in that unit, rounded half up (a debt like an equal claim)."""
        whole = (abs(self.rials) * 2 + unit.rials) // (unit.rials * 2)
        return whole if self.rials >= 0 else -whole


@dataclass(frozen=True, order=True, slots=True)
class Rate:
    """A percentage in basis points: 1000 is ten percent."""

    basis_points: int

    @property
    def percent(self) -> Decimal:
        return Decimal(self.basis_points) / 100


ZERO = Money(0)


def of_toman(toman: int) -> Money:
    return Money(toman * RIALS_IN_A_TOMAN)


def total(amounts: object) -> Money:
    """The sum of many amounts; zero for none."""
    return sum(amounts, start=ZERO)  # type: ignore[call-overload, no-any-return]
