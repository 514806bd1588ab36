"""«زمان پرداخت»: a customer says when an invoice will be paid (S6.4), and what our people see of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

from domain.actors import Actor
from domain.balances import OpenInvoice, Promise, PromiseState
from domain.calendar import HORIZON, today_in_tehran
from domain.errors import NotAllowed, NotFound
from domain.money import Money
from domain.promises import KeptRatio, Promisable, PromiseLine, offered_days
from domain.staff import Role
from storage.unit_of_work import UnitOfWork

LOOKING = (Role.FINANCE, Role.MANAGER)
PER_PAGE = 8
SOON = timedelta(days=3)
"""What is due so soon can be promised, too."""
MOST_CHOICES = 8


def owing(actor: Actor) -> int:
    """The customer of somebody who may see what is owed."""
    customer = actor.require_customer()
    if not actor.rights.may_see_balance:
        raise NotAllowed("balance")
    return customer.id


async def list_promisable(uow: UnitOfWork, actor: Actor, now: datetime) -> tuple[OpenInvoice, ...]:
    """Invoices that are due or soon will be, the oldest first; all that are open where none is."""
    found = await uow.invoices.list_open(owing(actor))
    today = today_in_tehran(now)
    soon = tuple(each for each in found if each.due_on <= today + SOON)
    return (soon or found)[:MOST_CHOICES]


async def open_promise(uow: UnitOfWork, actor: Actor, invoice_id: int, now: datetime) -> Promisable:
    """What can be promised of one's own invoice; refused where nothing can."""
    customer_id = owing(actor)
    if await uow.invoices.owner_of(invoice_id) != customer_id:
        raise NotFound
    found = await _promisable(uow, customer_id, invoice_id, now)
    found.require_open()
    return found


async def make_promise(
    uow: UnitOfWork, actor: Actor, invoice_id: int, day: date, amount: Money | None, now: datetime
) -> Promise:
    """Keep the promise; without an amount it is the whole. Nothing is said of the invoice until then."""
    customer_id = owing(actor)
    await uow.credit.lock(customer_id)
    found = await open_promise(uow, actor, invoice_id, now)
    found.require_day(day)
    promised = found.invoice.open if amount is None else amount
    found.require_amount(promised)
    promise = Promise(customer_id=customer_id, invoice_id=invoice_id, amount=promised, on=day, made_at=now)
    kept = replace(promise, id=await uow.promises.put(promise, actor.contact_id, now))
    await uow.reminders.plan({invoice_id: max(day, found.today)})
    facts = {"invoice_id": invoice_id, "amount_rials": promised.rials, "promised_on": day.isoformat()}
    await uow.audit.write(actor, "promise.made", "promise", kept.id, now, facts)
    return kept


async def _promisable(uow: UnitOfWork, customer_id: int, invoice_id: int, now: datetime) -> Promisable:
    today = today_in_tehran(now)
    rules = await uow.company.push_rules()
    holidays = await uow.calendars.list_holidays(today, today + timedelta(days=HORIZON))
    invoice = await uow.invoices.get(invoice_id, of=customer_id)
    return Promisable(
        invoice=OpenInvoice(
            id=invoice.id,
            number=invoice.number,
            issued_on=invoice.issued_on,
            due_on=invoice.due_on,
            open=invoice.open,
            total=invoice.total,
        ),
        known=await uow.ledger.list_promises(invoice_id),
        today=today,
        rules=rules,
        days=offered_days(today, holidays, rules.most_promise_days),
    )


async def list_promises(
    uow: UnitOfWork, actor: Actor, state: PromiseState, page: int
) -> tuple[tuple[PromiseLine, ...], bool, KeptRatio]:
    """A page of the promises in that state, whether there are more, and how many were kept of all judged."""
    actor.require_staff(*LOOKING)
    offset = (max(page, 1) - 1) * PER_PAGE
    found = await uow.promises.list_lines({state}, PER_PAGE + 1, offset)
    return found[:PER_PAGE], len(found) > PER_PAGE, await uow.promises.kept_ratio()
