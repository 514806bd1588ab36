"""A customer's account as it is looked at: balance, statement, open invoices, one invoice."""

from __future__ import annotations

from datetime import datetime

from domain.accounts import InvoiceView
from domain.actors import Actor
from domain.balances import Balance
from domain.calendar import today_in_tehran
from domain.errors import NotAllowed, NotFound
from domain.ledger import Statement, Voucher, running
from domain.periods import Period
from domain.staff import Role, Staff
from storage.unit_of_work import UnitOfWork

READERS = (Role.FINANCE, Role.MANAGER, Role.VISITOR)
"""Visitors see the accounts of those customers whose outlets lie on their routes."""


def require_reader(actor: Actor) -> None:
    """Somebody who may see an account at all; whose is asked by :func:`readable`."""
    if actor.staff_id is not None:
        actor.require_staff(*READERS)
        return
    actor.require_customer()
    if not actor.rights.may_see_balance:
        raise NotAllowed("balance")


async def readable(uow: UnitOfWork, actor: Actor, customer_id: int | None = None) -> int:
    """The customer whose account this person may see: their own, or for our people any that is theirs."""
    if actor.staff_id is not None:
        staff = actor.require_staff(*READERS)
        if customer_id is None:
            raise NotFound
        if staff.role is Role.VISITOR and staff.id not in await uow.cheque_lists.list_visitors(customer_id):
            raise NotFound
        return customer_id
    own = actor.require_customer().id
    if customer_id not in (None, own):
        raise NotFound
    if not actor.rights.may_see_balance:
        raise NotAllowed("balance")
    return own


async def open_balance(
    uow: UnitOfWork, actor: Actor, now: datetime, customer_id: int | None = None
) -> Balance:
    """S3.1: what is owed and since when, cheques and orders under way, and the credit that remains."""
    customer_id = await readable(uow, actor, customer_id)
    standing = await uow.credit.standing(customer_id, now)
    return Balance(
        customer_id=customer_id,
        customer_name=await uow.orders.customer_name(customer_id),
        at=now,
        today=today_in_tehran(now),
        amount=await uow.ledger.balance(customer_id),
        invoices=await uow.invoices.list_open(customer_id),
        standing=standing,
        promise=await uow.ledger.find_promise(customer_id),
    )


async def open_books(uow: UnitOfWork, actor: Actor, customer_id: int, now: datetime) -> Balance:
    """The same of any customer, for our people."""
    actor.require_staff(*READERS)
    return await open_balance(uow, actor, now, customer_id)


def sees_credit(actor: Actor) -> bool:
    """Limits and decisions are for those who decide."""
    return isinstance(actor.person, Staff) and actor.person.role in {Role.FINANCE, Role.MANAGER}


async def read_statement(uow: UnitOfWork, actor: Actor, customer_id: int, period: Period) -> Statement:
    """S3.3."""
    customer_id = await readable(uow, actor, customer_id)
    opening = await uow.ledger.balance_before(customer_id, period.first)
    entries = await uow.ledger.list_entries(customer_id, period.first, period.last)
    return Statement(
        customer_id=customer_id,
        customer_name=await uow.orders.customer_name(customer_id),
        from_day=period.first,
        until_day=period.last,
        opening=opening,
        lines=running(opening, entries),
    )


async def open_invoice(uow: UnitOfWork, actor: Actor, invoice_id: int, now: datetime) -> InvoiceView:
    """One invoice with its lines, what has settled it and what was promised."""
    require_reader(actor)
    customer_id = await readable(uow, actor, await uow.invoices.owner_of(invoice_id))
    return InvoiceView(
        invoice=await uow.invoices.get(invoice_id, of=customer_id),
        today=today_in_tehran(now),
        is_disputed=await uow.ledger.is_disputed(Voucher.INVOICE, invoice_id),
        promises=await uow.ledger.list_promises(invoice_id),
        is_own=actor.staff_id is None,
        takes_back=isinstance(actor.person, Staff) and actor.person.role is Role.FINANCE,
    )


async def numbered_invoice(uow: UnitOfWork, actor: Actor, number: int) -> int | None:
    """Which of the invoices that this person may know of has that number."""
    of = None if actor.staff_id is not None else actor.require_customer().id
    return await uow.invoices.id_of_number(number, of)
