"""Invoices and credit notes: what was delivered, and what it costs to the last rial."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum
from typing import Any

from domain.catalogue import Unit
from domain.money import ZERO, CurrencyUnit, Money, Rate, total
from domain.settling import Allocation


def part_of(amount: Money, units: int, of: int) -> Money:
    """The share of so many units in an amount for ``of`` units, to the rial; the shares of all sum to it."""
    exact = Decimal(amount.rials) * units / of
    return Money(int(exact.quantize(Decimal(1), ROUND_HALF_UP)))


@dataclass(frozen=True, slots=True, kw_only=True)
class InvoiceLine:
    """So many units at their list price. Bonus goods stand there with the whole of it taken off (R6.7)."""

    position: int
    product_id: int | None
    code: str = ""
    name: str
    unit: Unit
    quantity: int
    unit_price: Money
    discount: Money = ZERO
    vat_rate: Rate
    vat: Money
    is_bonus: bool = False

    @property
    def gross(self) -> Money:
        return self.unit_price * self.quantity

    @property
    def net(self) -> Money:
        return self.gross - self.discount

    @property
    def total(self) -> Money:
        return self.net + self.vat


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderedLine:
    """A line of an order, with what is delivered of it now."""

    product_id: int
    name: str
    unit: Unit
    quantity: int
    delivered: int
    unit_price: Money
    discount: Money
    vat_rate: Rate
    is_bonus: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivered:
    """A placed order as its invoice needs it."""

    order_id: int
    order_number: int
    customer_id: int
    outlet_id: int
    term: Mapping[str, Any]
    """As domain/terms.py writes it; empty where nothing was agreed."""
    lines: tuple[OrderedLine, ...]


def invoice_lines(ordered: Iterable[OrderedLine]) -> tuple[InvoiceLine, ...]:
    """What was delivered: the discount of a line by its units, and VAT of what is left, half up to a rial."""
    found: list[InvoiceLine] = []
    for line in ordered:
        if not line.delivered:
            continue
        discount = part_of(line.discount, line.delivered, line.quantity)
        net = line.unit_price * line.delivered - discount
        found.append(
            InvoiceLine(
                position=len(found),
                product_id=line.product_id,
                name=line.name,
                unit=line.unit,
                quantity=line.delivered,
                unit_price=line.unit_price,
                discount=discount,
                vat_rate=line.vat_rate,
                vat=net.share(line.vat_rate),
                is_bonus=line.is_bonus,
            )
        )
    return tuple(found)


@dataclass(frozen=True, slots=True, kw_only=True)
class Invoice:
    """A list of invoices holds them without lines and allocations."""

    id: int
    number: int
    customer_id: int
    customer_name: str = ""
    outlet_id: int | None = None
    order_id: int | None = None
    order_number: int | None = None
    issued_on: date
    due_on: date
    term: Mapping[str, Any] = field(default_factory=dict)
    """As domain/terms.py writes it; empty where nothing was agreed: due on delivery."""
    gross: Money
    discount: Money
    net: Money
    vat: Money
    open: Money
    currency_unit: CurrencyUnit = CurrencyUnit.IRR_OLD
    is_void: bool = False
    lines: tuple[InvoiceLine, ...] = ()
    allocations: tuple[Allocation, ...] = ()

    @property
    def total(self) -> Money:
        return self.net + self.vat

    @property
    def settled(self) -> Money:
        return self.total - self.open


class CreditReason(StrEnum):
    RETURN = "return"
    DAMAGE = "damage"
    """Damaged, wrong or too old: our fault, so that no discount is charged back (rule R5.7)."""
    VOID = "void"
    CORRECTION = "correction"
    GIFT = "gift"
    """Given for nothing, and about no invoice (S7.2)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CreditLine:
    """So many units of an invoice's line are taken back, for so much."""

    position: int
    units: int
    net: Money
    vat: Money


@dataclass(frozen=True, slots=True, kw_only=True)
class CreditNote:
    """What was taken back of an invoice. ``invoice_id`` is None where it is about none."""

    id: int
    number: int
    customer_id: int
    invoice_id: int | None
    reason: CreditReason
    net: Money
    vat: Money
    issued_on: date
    lines: tuple[CreditLine, ...] = ()

    @property
    def amount(self) -> Money:
        return self.net + self.vat


def credited(line: InvoiceLine, units: int, before: int = 0) -> CreditLine:
    """Those units at the unit net that was paid, and its VAT; ``before`` were taken back earlier.

    Taking back all units, in however many steps, gives back exactly what was paid.
    """
    net, vat = _until(line, before + units)
    net_before, vat_before = _until(line, before)
    return CreditLine(position=line.position, units=units, net=net - net_before, vat=vat - vat_before)


def _until(line: InvoiceLine, units: int) -> tuple[Money, Money]:
    net = part_of(line.net, units, line.quantity)
    return net, net.share(line.vat_rate) if units < line.quantity else line.vat


def sums(lines: Iterable[CreditLine]) -> tuple[Money, Money]:
    """Net and VAT of all of them."""
    kept = tuple(lines)
    return total(line.net for line in kept), total(line.vat for line in kept)
