"""Who is told first when something is in stock again (CAT-06)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

KEPT = timedelta(days=30)
"""An alert that could not be told in that time is forgotten."""
HEAD_START = timedelta(hours=2)
"""So long the units of which somebody was told are not told to the next one in the queue."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StockAlert:
    """A contact wants to know when so many units of a product are there."""

    id: int
    product_id: int
    contact_id: int
    customer_id: int
    quantity: int
    asked_at: datetime


def first_come(alerts: Iterable[StockAlert], available: int, told_of: int) -> tuple[StockAlert, ...]:
    """Who is told now: the oldest first, each only of units that nobody before them was told of.

    ``told_of`` units have been told to others a short while ago. A small wish is not held up by a large one
    before it that cannot be met yet.
    """
    left = available - told_of
    told = []
    for alert in sorted(alerts, key=lambda each: (each.asked_at, each.id)):
        if alert.quantity <= left:
            told.append(alert)
            left -= alert.quantity
    return tuple(told)
