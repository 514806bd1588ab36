"""Which price holds for whom: a customer's own, then the group's, then the base list (rule R5.1)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import IntEnum

from domain.money import Money


class PriceScope(IntEnum):
    """For whom a price list is; the smaller number goes first."""

    CUSTOMER = 0
    GROUP = 1
    BASE = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Price:
    """One price in a list, from ``valid_from`` to ``valid_until``, both days included."""

    id: int
    list_name: str
    scope: PriceScope
    amount: Money
    valid_from: date
    valid_until: date | None = None

    def is_valid(self, on: date) -> bool:
        return self.valid_from <= on and (self.valid_until is None or on <= self.valid_until)


def applied(prices: Iterable[Price], on: date) -> Price | None:
    """The price of that day: the narrowest list first, and within it the newest; None when there is none."""
    valid = [price for price in prices if price.is_valid(on)]
    return min(valid, key=lambda each: (each.scope, -each.valid_from.toordinal(), -each.id), default=None)
