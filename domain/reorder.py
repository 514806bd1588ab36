"""How often somebody orders, when they will next, and how far behind they are (rule R18)."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from fractions import Fraction
from itertools import pairwise
from math import ceil
from statistics import median

from domain.calendar import previous_working_day
from domain.orders import Order, OrderLine

FEWEST_ORDERS = 4
MERGED_BELOW = 2
"""Orders fewer days apart than this are one."""
MOST_DAYS = 90
"""Who has not ordered for longer is lost, however rarely they order."""
LOOKED_AT = 12
"""So many of the newest orders say how often somebody orders: a habit of long ago is none."""
LEAST_FACTOR, MOST_FACTOR = Fraction(1, 2), Fraction(2)


class Lateness(StrEnum):
    """How far behind somebody is; no retailer is ever shown it."""

    NORMAL = "normal"
    DUE = "due"
    LATE = "late"
    AT_RISK = "at_risk"
    LOST = "lost"


@dataclass(frozen=True, slots=True, kw_only=True)
class BoughtOn:
    """On a day so many units; of whole orders the quantity says nothing."""

    day: date
    quantity: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Rhythm:
    """What the days of somebody's orders say."""

    last_on: date
    typical: int
    """Days between two orders: their median, the newer ones counting more."""
    spread: float
    """The median distance from the median (MAD)."""
    factor: Fraction = Fraction(1)
    """Of one product: how much more than usual was bought last, so that it lasts longer."""

    @property
    def next_on(self) -> date:
        return self.last_on + timedelta(days=round(self.typical * self.factor))

    @property
    def lost_after(self) -> date:
        """The last day before somebody counts as lost."""
        return self.last_on + timedelta(days=min(3 * self.typical, MOST_DAYS))

    def days_since(self, today: date) -> int:
        return (today - self.last_on).days

    def ratio(self, today: date) -> Fraction:
        return Fraction(self.days_since(today), self.typical)

    def lateness(self, today: date) -> Lateness:
        ratio = self.ratio(today)
        if ratio > 3 or self.days_since(today) > MOST_DAYS:
            return Lateness.LOST
        if ratio >= 2:
            return Lateness.AT_RISK
        if ratio >= Fraction(3, 2):
            return Lateness.LATE
        return Lateness.DUE if ratio >= 1 else Lateness.NORMAL

    def told_from(self, holidays: Collection[date]) -> date:
        """One working day before it is due."""
        return previous_working_day(self.next_on, holidays)

    @property
    def apart(self) -> int:
        """So many days lie at least between two words about it."""
        return ceil(self.typical / 2)


def rhythm_of(orders: Iterable[BoughtOn], *, by_quantity: bool = False) -> Rhythm | None:
    """None while there are too few orders to say; ``by_quantity`` for the orders of one product."""
    merged = _merged(orders)
    if len(merged) < FEWEST_ORDERS:
        return None
    merged = merged[-LOOKED_AT:]
    gaps = [(after.day - before.day).days for before, after in pairwise(merged)]
    typical = _weighted_median(gaps)
    spread = float(median(abs(gap - typical) for gap in gaps))
    factor = Fraction(1)
    if by_quantity:
        usual = Fraction(median(each.quantity for each in merged))
        factor = min(max(merged[-1].quantity / usual, LEAST_FACTOR), MOST_FACTOR)
    return Rhythm(last_on=merged[-1].day, typical=typical, spread=spread, factor=factor)


def _merged(orders: Iterable[BoughtOn]) -> list[BoughtOn]:
    """What was ordered within a day is one order, of the first day: a chain of such days is not one."""
    found: list[BoughtOn] = []
    for each in sorted(orders, key=lambda each: each.day):
        if found and (each.day - found[-1].day).days < MERGED_BELOW:
            found[-1] = BoughtOn(day=found[-1].day, quantity=found[-1].quantity + each.quantity)
        else:
            found.append(each)
    return found


def _weighted_median(gaps: Sequence[int]) -> int:
    """The gap at which half the weight is reached: the first gap weighs 1, the next 2, and so on."""
    weighed = sorted((gap, weight) for weight, gap in enumerate(gaps, start=1))
    whole, so_far = sum(weight for _gap, weight in weighed), 0
    for gap, weight in weighed:
        so_far += weight
        if 2 * so_far >= whole:
            return gap
    raise ValueError("there is no middle of nothing")


def usual_lines(orders: Sequence[Order]) -> tuple[OrderLine, ...]:
    """What stands in at least every second of these orders, as much of it as is usual; newest order first.

    A line is the newest one of its product. Who buys something else each time gets the last order.
    """
    counted: dict[int, list[OrderLine]] = {}
    for order in orders:
        seen = {line.product_id for line in order.paid_lines}
        for product_id in seen:
            line = next(each for each in order.paid_lines if each.product_id == product_id)
            counted.setdefault(product_id, []).append(line)
    often = [lines for lines in counted.values() if 2 * len(lines) >= len(orders)]
    often.sort(key=len, reverse=True)
    usual = tuple(_as_usual(lines) for lines in often)
    return usual or (orders[0].paid_lines if orders else ())


def _as_usual(lines: Sequence[OrderLine]) -> OrderLine:
    return replace(lines[0], quantity=round(median(each.quantity for each in lines)), later=0)
