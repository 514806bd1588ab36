"""Invoices of what was delivered."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta

from domain import invoices as bills
from domain.actors import Actor
from domain.balances import due_on
from domain.calendar import today_in_tehran
from domain.invoices import Delivered, Invoice, InvoiceLine
from domain.ledger import Account, EntryKind, Posting, Voucher
from domain.money import total
from services.ledger import post, use_credit
from storage.unit_of_work import UnitOfWork

FIRST_INVOICE = 1_001
"""Of a company that begins with us; one that has numbered before sets its counter."""
HOLIDAYS_AHEAD = timedelta(days=30)


async def issue_invoice(
    uow: UnitOfWork,
    actor: Actor | None,
    order_id: int,
    now: datetime,
    delivered: Mapping[int, int] | None = None,
) -> Invoice | None:
    """The invoice of what was delivered of an order, today; None when nothing was.

    ``delivered`` says by the place of a line how many units went out where that differs from ``line.now``.
    The order is out of the customer's exposure then, and credit that waited is used up.
    """
    customer_id = await uow.ledger.owner_of(order_id)
    await uow.credit.lock(customer_id)
    order = await uow.invoices.delivered(order_id)
    if delivered is not None:
        lines = (replace(line, delivered=delivered.get(at, 0)) for at, line in enumerate(order.lines))
        order = replace(order, lines=tuple(lines))
    await uow.invoices.end_exposure(order_id)
    sold = bills.invoice_lines(order.lines)
    if not sold:
        return None
    today = today_in_tehran(now)
    due = await _due_on(uow, order, today)
    number = await uow.audit.next_number("invoice", FIRST_INVOICE)
    invoice = await uow.invoices.put(_invoice(order, sold, number, today, due), now)
    await post(uow, *_sale(invoice, now, actor.staff_id if actor else None))
    await uow.audit.write(actor, "invoice.issued", "invoice", invoice.id, now, _invoice_facts(invoice))
    await use_credit(uow, customer_id, now)
    return invoice


async def _due_on(uow: UnitOfWork, order: Delivered, today: date) -> date:
    days = int(order.term.get("days", 0))
    last = today + timedelta(days=days)
    holidays = await uow.calendars.list_holidays(last, last + HOLIDAYS_AHEAD)
    return due_on(today, days, holidays)


def _invoice(
    order: Delivered, lines: tuple[InvoiceLine, ...], number: int, today: date, due: date
) -> Invoice:
    net, vat = total(line.net for line in lines), total(line.vat for line in lines)
    return Invoice(
        id=0,
        number=number,
        customer_id=order.customer_id,
        outlet_id=order.outlet_id,
        order_id=order.order_id,
        order_number=order.order_number,
        issued_on=today,
        due_on=due,
        term=order.term,
        gross=total(line.gross for line in lines),
        discount=total(line.discount for line in lines),
        net=net,
        vat=vat,
        open=net + vat,
        lines=lines,
    )


def _sale(invoice: Invoice, now: datetime, by: int | None) -> list[Posting]:
    parts = (("net", Account.SALES, invoice.net), ("vat", Account.VAT, invoice.vat))
    return [
        Posting(
            debit=Account.RECEIVABLE,
            credit=account,
            amount=amount,
            customer_id=invoice.customer_id,
            voucher=Voucher.INVOICE,
            voucher_id=invoice.id,
            kind=EntryKind.INVOICE,
            key=f"invoice:{invoice.id}:{name}",
            day=invoice.issued_on,
            at=now,
            facts={"number": invoice.number},
            by=by,
        )
        for name, account, amount in parts
        if amount
    ]


def _invoice_facts(invoice: Invoice) -> dict[str, object]:
    return {
        "number": invoice.number,
        "order": invoice.order_number,
        "total_rials": invoice.total.rials,
        "due_on": invoice.due_on.isoformat(),
    }
