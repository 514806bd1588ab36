"""Invoices of the town on their way into its books."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Any

from domain.calendar import TEHRAN
from domain.terms import Term
from sandbox.town_rows import Rows


@dataclass(frozen=True, slots=True)
class Sold:
    """One line of an invoice, in rials."""

    product_id: int
    name: str
    unit: str
    quantity: int
    unit_price: int
    vat: int
    tax: int


@dataclass(slots=True)
class Bill:
    """An invoice on its way into the books; ``open`` falls with what settles it."""

    id: int
    customer_id: int
    issued_on: date
    due_on: date
    total: int
    open: int
    row: dict[str, Any]


def made_bill(
    number: int,
    customer_id: int,
    on: date,
    lines: Sequence[Sold],
    term: Term,
    holidays: Collection[date],
    order_id: int | None,
    outlet_id: int | None,
) -> Bill:
    """An invoice of these lines, without its number yet."""
    net = sum(line.unit_price * line.quantity for line in lines)
    vat = sum(line.tax for line in lines)
    due = term.due_on(on, holidays)
    row: dict[str, Any] = {
        "id": number,
        "number": 0,
        "customer_id": customer_id,
        "outlet_id": outlet_id,
        "order_id": order_id,
        "issued_on": on,
        "due_on": due,
        "term": term.facts(),
        "gross_rials": net,
        "discount_rials": 0,
        "net_rials": net,
        "vat_rials": vat,
        "total_rials": net + vat,
        "open_rials": net + vat,
        "created_at": at_noon(on),
    }
    return Bill(number, customer_id, on, due, net + vat, net + vat, row)


def line_rows(bill: Bill, lines: Sequence[Sold]) -> Rows:
    return [
        {
            "invoice_id": bill.id,
            "position": position,
            "product_id": line.product_id,
            "name": line.name,
            "unit": line.unit,
            "quantity": line.quantity,
            "unit_price_rials": line.unit_price,
            "vat_basis_points": line.vat,
            "vat_rials": line.tax,
        }
        for position, line in enumerate(lines)
    ]


def at_noon(day: date) -> datetime:
    return datetime.combine(day, time(12), TEHRAN).astimezone(UTC)


def between(at: int, fixed: Sequence[tuple[int, int]], step: int) -> int:
    """Numbers grow from one known number to the next, as evenly as they can."""
    if not fixed:
        return 1_000 + at * step
    before = [pair for pair in fixed if pair[0] <= at]
    after = [pair for pair in fixed if pair[0] > at]
    if not before:
        return after[0][1] - (after[0][0] - at) * step
    place, number = before[-1]
    if not after:
        return number + (at - place) * step
    return number + (after[0][1] - number) * (at - place) // (after[0][0] - place)
