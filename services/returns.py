"""Goods that come back: what is refunded for them, and the shelf where they stand again (rule R5.7)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime

from domain.actors import Actor
from domain.invoices import CreditLine, CreditNote, CreditReason, Invoice
from domain.money import ZERO, Money, total
from domain.orders import Order, OrderLine
from domain.returns import Refund, RefundLine
from services.credit_notes import issue_credit_note, preview_credit_note
from services.ledger import BOOKKEEPERS
from services.pricing import refund_for
from storage.unit_of_work import UnitOfWork


async def take_return(
    uow: UnitOfWork, actor: Actor, invoice_id: int, units: Mapping[int, int], now: datetime, words: str = ""
) -> CreditNote:
    """Take units of an invoice back, by the place of their line, and put them on the shelf again.

    The promotions of the order are looked at again for what is kept: discounts that it would not have had
    are charged back, and so is bonus goods that it would not have earned and that does not come back. What
    was our fault is credited by :func:`services.credit_notes.issue_credit_note` alone.
    """
    actor.require_staff(*BOOKKEEPERS)
    invoice = await uow.invoices.get(invoice_id, of=actor)
    await uow.credit.lock(invoice.customer_id)
    refund = await _refund_of(uow, actor, invoice, units)
    note = await issue_credit_note(
        uow, actor, invoice_id, units, CreditReason.RETURN, now, refund=refund, words=words
    )
    back: dict[int, int] = {}
    for line in invoice.lines:
        if line.product_id is not None and units.get(line.position):
            back[line.product_id] = back.get(line.product_id, 0) + units[line.position]
    await uow.stock.put_back(back)
    return note


async def preview_return(
    uow: UnitOfWork, actor: Actor, invoice_id: int, units: Mapping[int, int]
) -> tuple[CreditLine, ...]:
    """The lines of the credit note that :func:`take_return` would write; nothing is written."""
    actor.require_staff(*BOOKKEEPERS)
    invoice = await uow.invoices.get(invoice_id, of=actor)
    refund = await _refund_of(uow, actor, invoice, units)
    return await preview_credit_note(uow, actor, invoice_id, units, refund=refund)


async def _refund_of(
    uow: UnitOfWork, actor: Actor, invoice: Invoice, units: Mapping[int, int]
) -> Refund | None:
    """None for an invoice that no order of ours led to: what was paid comes back."""
    if invoice.order_id is None:
        return None
    order = await uow.orders.get(invoice.order_id, of=actor)
    before = await uow.settling.credited_lines(invoice.id, CreditReason.RETURN)
    return await _refund(uow, invoice, order, units, before)


async def _refund(
    uow: UnitOfWork,
    invoice: Invoice,
    order: Order,
    units: Mapping[int, int],
    before: Iterable[CreditLine],
) -> Refund:
    """The refund of everything that has come back by now, without what was refunded before."""
    earlier = tuple(before)
    paid = [line for line in invoice.lines if not line.is_bonus and line.product_id is not None]
    returned = {
        line.product_id: units.get(line.position, 0)
        + sum(each.units for each in earlier if each.position == line.position)
        for line in paid
        if line.product_id is not None
    }
    whole = await refund_for(uow, order, _delivered(invoice, order), returned)
    by_product = {line.product_id: line for line in paid}
    lines = tuple(_less(each, by_product[each.product_id].position, units, earlier) for each in whole.lines)
    return replace(whole, lines=lines)


def _less(
    line: RefundLine, position: int, units: Mapping[int, int], earlier: Iterable[CreditLine]
) -> RefundLine:
    had = [each for each in earlier if each.position == position]
    return replace(
        line,
        returned=units.get(position, 0),
        net=line.net - _sum(each.net for each in had),
        vat=line.vat - _sum(each.vat for each in had),
    )


def _sum(amounts: Iterable[Money]) -> Money:
    return total(amounts) or ZERO


def _delivered(invoice: Invoice, order: Order) -> list[OrderLine]:
    """The lines of the order as they went out, with the discounts that stand on the invoice."""
    found = []
    for line in invoice.lines:
        known = next(
            each
            for each in order.lines
            if each.product_id == line.product_id and each.is_bonus == line.is_bonus
        )
        found.append(replace(known, quantity=line.quantity, later=0, discount=line.discount))
    return found
