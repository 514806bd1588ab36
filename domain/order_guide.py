"""«اقلام همیشگی من»: what a customer bought in the last ninety days, and how much of it is due."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from statistics import median

from domain.catalogue import Offer
from domain.orders import OrderLine
from domain.reorder import BoughtOn, rhythm_of

GUIDED_FOR = timedelta(days=90)
FEWEST_TIMES = 2
"""What was bought once only is no habit, where anything is."""
MOST_GUIDED = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Habitual:
    """A product that a customer buys again and again: how much to suggest, and why.

    ``every`` is the usual number of days between two orders of it (rule R18); None while there are too few.
    """

    line: OrderLine
    times: int
    last_on: date
    last_quantity: int
    every: int | None = None
    next_on: date | None = None

    @property
    def quantity(self) -> int:
        return self.line.quantity

    def is_due(self, today: date) -> bool:
        return self.next_on is not None and self.next_on <= today


@dataclass(frozen=True, slots=True, kw_only=True)
class GuideLine:
    """One item of the guide as it can be had today; ``in_basket`` units of it are in the basket already."""

    habit: Habitual
    offer: Offer
    units: int
    in_basket: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Guide:
    """A page of the order guide; ``fillable`` is how many items of all pages can be had at all."""

    lines: tuple[GuideLine, ...]
    first: int
    """The number of the first of these lines."""
    page: int
    pages: int
    total: int
    fillable: int
    today: date


def habits(bought: Iterable[tuple[date, OrderLine]], today: date) -> tuple[Habitual, ...]:
    """By product, what is due or will be soonest first; then what is bought most often.

    A line is the newest one of its product; as much is suggested as is usual.
    """
    by_product: dict[int, list[tuple[date, OrderLine]]] = {}
    for day, line in bought:
        by_product.setdefault(line.product_id, []).append((day, line))
    found = [_habit(sorted(lines, key=lambda each: each[0])) for lines in by_product.values()]
    often = [each for each in found if each.times >= FEWEST_TIMES] or found
    often.sort(
        key=lambda each: (
            not each.is_due(today),
            -each.times,
            -each.last_on.toordinal(),
            each.line.product_id,
        )
    )
    return tuple(often[:MOST_GUIDED])


def _habit(lines: Sequence[tuple[date, OrderLine]]) -> Habitual:
    last_on, last = lines[-1]
    days = [BoughtOn(day=day, quantity=line.quantity) for day, line in lines]
    rhythm = rhythm_of(days, by_quantity=True)
    usual = round(median(line.quantity for _day, line in lines))
    return Habitual(
        line=OrderLine(
            product_id=last.product_id,
            name=last.name,
            short_name=last.short_name,
            label=last.label,
            family=last.family,
            variant=last.variant,
            unit=last.unit,
            quantity=max(1, usual),
            unit_price=last.unit_price,
            vat_rate=last.vat_rate,
            category_id=last.category_id,
            brand_id=last.brand_id,
        ),
        times=len({day for day, _line in lines}),
        last_on=last_on,
        last_quantity=last.quantity,
        every=rhythm.typical if rhythm else None,
        next_on=rhythm.next_on if rhythm else None,
    )
