"""Ras: the average day on which several amounts fall due, weighted by the amounts (rule R4).

Nothing is rounded before the end: days are exact fractions. Ras uses the written due days, not the working
days on which banks pay.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from math import floor

from domain.money import BASIS_POINTS, Money, Rate, total

DAYS_IN_A_MONTH = 30
TOLERANCE = 2
"""So many days beyond the allowed ras are let pass."""
FURTHEST = 3_650
"""A small cheque beside large ones could be due in a thousand years: nobody writes such a day."""


@dataclass(frozen=True, slots=True)
class DueAmount:
    """An amount and the day that is written on its cheque or invoice."""

    amount: Money
    due_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Ras:
    """The average due day of several amounts, counted from a day; it is the same for any start."""

    start: date
    days: Fraction
    amount: Money

    @property
    def due_on(self) -> date:
        return self.start + timedelta(days=self.whole_days)

    @property
    def whole_days(self) -> int:
        """Rounded half up, also below zero, so that moving the start never moves the day."""
        return floor(self.days + Fraction(1, 2))

    @property
    def two_decimals(self) -> Decimal:
        return two_decimals(self.days)

    def excess(self, allowed: int | Fraction, tolerance: int = TOLERANCE) -> Fraction:
        """Days beyond what is allowed, exactly; none within the tolerance."""
        beyond = self.days - allowed
        return beyond if beyond > tolerance else Fraction(0)

    def time_difference(self, excess: Fraction, monthly: Rate) -> Money:
        """What the days beyond are worth where a company prices time («تفاوت مدت»), half up to one rial."""
        daily = Fraction(monthly.basis_points, BASIS_POINTS * DAYS_IN_A_MONTH)
        return Money(floor(self.amount.rials * daily * excess + Fraction(1, 2)))


def two_decimals(days: Fraction) -> Decimal:
    """As it is shown, half up; what is computed with stays exact."""
    exact = Decimal(days.numerator) / Decimal(days.denominator)
    return exact.quantize(Decimal("0.01"), ROUND_HALF_UP)


def ras(start: date, dues: Iterable[DueAmount]) -> Ras | None:
    """The ras of those amounts; None when there is nothing to weigh."""
    found = tuple(dues)
    amount = total(each.amount for each in found)
    if amount.rials <= 0:
        return None
    return Ras(start=start, days=Fraction(_weighed(start, found), amount.rials), amount=amount)


def last_due(start: date, target: int, others: Sequence[DueAmount], amount: Money) -> date | None:
    """The latest day for one more cheque of that amount so that the ras stays within the target.

    Whole days are cut off, so the target is never exceeded. None when even a cheque of the first day is
    too late, or the amount is nothing; never later than ``FURTHEST`` days.
    """
    if amount.rials <= 0:
        return None
    whole = total(each.amount for each in others) + amount
    days = floor(Fraction(target * whole.rials - _weighed(start, others), amount.rials))
    return start + timedelta(days=min(days, FURTHEST)) if days >= 0 else None


def credit_days(cheques: Ras, invoices: Ras) -> Fraction:
    """How long credit really lasted: from the average invoice to the average cheque."""
    return cheques.days - invoices.days + (cheques.start - invoices.start).days


def _weighed(start: date, dues: Iterable[DueAmount]) -> int:
    return sum(each.amount.rials * (each.due_on - start).days for each in dues)
