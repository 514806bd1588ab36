"""Which invoices a payment, a cheque or a credit note settles (rules R1.4a and R6.2)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from domain.balances import OpenInvoice
from domain.calendar import today_in_tehran
from domain.ledger import Voucher
from domain.money import ZERO, Money

ROUNDS_TO = Money(5)
"""A remainder of so much or less is settled and goes to the account of roundings (rule R1.4a)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Allocation:
    """So much of an invoice was settled by a payment, a cheque or a credit note; negative when taken back."""

    invoice_id: int
    invoice_number: int
    source: Voucher
    source_id: int
    amount: Money
    at: datetime
    paid_on: date | None = None
    method: str | None = None
    tracking: str | None = None
    cheque_due_on: date | None = None
    sayad_id: str | None = None
    note_number: int | None = None

    @property
    def day(self) -> date:
        """When it was settled, which may be later than it was paid."""
        return today_in_tehran(self.at)


@dataclass(frozen=True, slots=True, kw_only=True)
class Payment:
    """Money that has come in. ``method`` is one of card, transfer, cash and opening."""

    id: int = 0
    customer_id: int
    amount: Money
    paid_on: date
    method: str = "card"
    tracking: str | None = None
    receipt_id: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """So much of one invoice; ``rounding`` rials of it were not paid and are let go."""

    invoice_id: int
    amount: Money
    rounding: Money = ZERO


@dataclass(frozen=True, slots=True, kw_only=True)
class Settled:
    """What an amount settles. ``left`` stays unallocated; ``over`` is so little that it goes to rounding."""

    parts: tuple[Part, ...]
    left: Money = ZERO
    over: Money = ZERO


@dataclass(frozen=True, slots=True, kw_only=True)
class Credit:
    """What a payment, a cheque or a credit note can still settle."""

    source: Voucher
    source_id: int
    unallocated: Money


def allocate(amount: Money, invoices: Sequence[OpenInvoice], named: Sequence[int] | None = None) -> Settled:
    """Settle the oldest due first, or exactly the invoices that were named, in that order (rule R6.2)."""
    parts: list[Part] = []
    left = amount
    has_settled = False
    for invoice in _in_turn(invoices, named):
        if left <= (ROUNDS_TO if has_settled else ZERO):
            break
        paid = min(left, invoice.open)
        left -= paid
        rest = invoice.open - paid
        is_settled = rest <= ROUNDS_TO
        parts.append(Part(invoice_id=invoice.id, amount=paid, rounding=rest if is_settled else ZERO))
        has_settled = has_settled or is_settled
    if has_settled and ZERO < left <= ROUNDS_TO:
        return Settled(parts=tuple(parts), over=left)
    return Settled(parts=tuple(parts), left=left)


def _in_turn(invoices: Sequence[OpenInvoice], named: Sequence[int] | None) -> list[OpenInvoice]:
    owing = [each for each in invoices if each.open > ZERO]
    if named is None:
        return sorted(owing, key=lambda each: (each.due_on, each.id))
    by_id = {each.id: each for each in owing}
    return [by_id[each] for each in dict.fromkeys(named) if each in by_id]
