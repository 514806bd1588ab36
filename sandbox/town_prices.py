"""Price lists: one for everybody, one for a group, one of a customer's own; and how prices have grown."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from typing import Any

from domain.customers import CustomerKind
from sandbox.town_demo import OXIDANT, OXIDANT_BEFORE, OXIDANT_CHANGED, Model, thousands

BASE, CHAINS, OWN = 1, 2, 3
"""The ids of the price lists."""
GROUPS = {CustomerKind.PHARMACY: 1, CustomerKind.SALON: 2, CustomerKind.CHAIN: 3, CustomerKind.ONLINE: 4}
GROUP_NAMES = ("داروخانه‌ها", "سالن‌ها", "فروشگاه‌ها و زنجیره‌ها", "فروشگاه‌های آنلاین")
CHAIN_ID = 3
"""The customer with prices of its own."""
LONG_AGO, LAST_RISE = timedelta(days=420), timedelta(days=150)


@dataclass(frozen=True, slots=True)
class Span:
    """A price in toman, in one list, from a day on; later rows of the same list take over."""

    list_id: int
    product_id: int
    toman: int
    valid_from: date
    valid_until: date | None = None


class Prices:
    """All rows, and what a customer paid on a day."""

    def __init__(self, goods: Sequence[Model], day: date, seed: int) -> None:
        self.spans = tuple(_spans(goods, day, Random(f"{seed}:prices")))
        self._of: dict[int, list[Span]] = {}
        for span in self.spans:
            self._of.setdefault(span.product_id, []).append(span)

    def paid(self, product_id: int, customer_id: int, kind: CustomerKind, on: date) -> int:
        """The price of that day in toman: the narrowest list, and in it the newest price."""
        lists = [BASE]
        if kind is CustomerKind.CHAIN:
            lists.append(CHAINS)
        if customer_id == CHAIN_ID:
            lists.append(OWN)
        valid = (
            span
            for span in self._of[product_id]
            if span.list_id in lists
            and span.valid_from <= on
            and (span.valid_until is None or on <= span.valid_until)
        )
        return max(valid, key=lambda span: (span.list_id, span.valid_from)).toman

    def rows(self) -> list[dict[str, Any]]:
        return [
            {
                "id": number,
                "price_list_id": span.list_id,
                "product_id": span.product_id,
                "rials": span.toman * 10,
                "valid_from": span.valid_from,
                "valid_until": span.valid_until,
            }
            for number, span in enumerate(self.spans, start=1)
        ]


def _spans(goods: Sequence[Model], day: date, random: Random) -> list[Span]:
    found: list[Span] = []
    for product_id, model in enumerate(goods, start=1):
        before = thousands(model.toman * random.randrange(82, 93) / 100)
        found.append(Span(BASE, product_id, before, day - LONG_AGO, day - LAST_RISE - timedelta(days=1)))
        if model.code == OXIDANT:
            changed = day - OXIDANT_CHANGED
            found.append(Span(BASE, product_id, OXIDANT_BEFORE, day - LAST_RISE, changed - timedelta(days=1)))
            found.append(Span(BASE, product_id, model.toman, changed))
        else:
            found.append(Span(BASE, product_id, model.toman, day - LAST_RISE))
        if not model.is_demo and product_id % 3 == 0:
            found.append(Span(CHAINS, product_id, thousands(model.toman * 0.95), day - LAST_RISE))
        if not model.is_demo and product_id % 17 == 0:
            found.append(Span(OWN, product_id, thousands(model.toman * 0.91), day - LAST_RISE))
    return found


def list_rows() -> list[dict[str, Any]]:
    return [
        {"id": BASE, "name": "پایه", "group_id": None, "customer_id": None},
        {"id": CHAINS, "name": "زنجیره‌ها", "group_id": GROUPS[CustomerKind.CHAIN], "customer_id": None},
        {"id": OWN, "name": "قرارداد آفتاب", "group_id": None, "customer_id": CHAIN_ID},
    ]


def group_rows() -> list[dict[str, Any]]:
    return [{"id": number, "name": name} for number, name in enumerate(GROUP_NAMES, start=1)]
