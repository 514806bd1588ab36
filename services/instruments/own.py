"""A customer's own cheques: seeing them, announcing one, being reminded (S3.4 to S3.7)."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from domain.actors import Actor
from domain.calendar import HORIZON, today_in_tehran, year_began
from domain.cheque_errors import DuePassed, SayadIdTaken
from domain.cheque_lists import ChequeList, ChequeView
from domain.customers import Customer
from domain.errors import NotAllowed, NotFound
from domain.instruments import UNCLEARED, UNSETTLED, Cheque, ChequeMove, ChequeState, effective_due
from domain.money import Money
from services.instruments.telling import put_task, tell_desk
from storage.unit_of_work import UnitOfWork


def require_reader(by: Actor) -> Customer:
    """The customer of somebody who may see its balance."""
    customer = by.require_customer()
    if not by.rights.may_see_balance:
        raise NotAllowed("balance")
    return customer


async def list_own(uow: UnitOfWork, by: Actor, now: datetime) -> ChequeList:
    """The cheques under way, and how the others did since the year began (S3.4)."""
    customer_id = require_reader(by).id
    states = UNCLEARED | UNSETTLED | {ChequeState.ANNOUNCED}
    found = await uow.cheque_lists.list_of(customer_id, states)
    since = year_began(now).date()
    record = await uow.cheque_lists.record(customer_id, since)
    return ChequeList(
        today=today_in_tehran(now),
        cheques=tuple(each for each in found if each.state in UNCLEARED),
        announced=tuple(each for each in found if each.state is ChequeState.ANNOUNCED),
        bounced=tuple(each for each in found if each.state in UNSETTLED),
        cleared_count=record.cleared_count,
        bounced_count=record.bounced_count,
        has_reminders=await uow.cheque_lists.wants_reminders(customer_id),
    )


async def open_own(uow: UnitOfWork, by: Actor, cheque_id: int) -> Cheque:
    return await uow.cheques.get(cheque_id, of=require_reader(by).id)


async def view_own(uow: UnitOfWork, by: Actor, cheque_id: int) -> ChequeView:
    """One's own cheque with what it pays for (S3.5)."""
    cheque = await open_own(uow, by, cheque_id)
    return ChequeView(cheque=cheque, paid=await uow.cheque_lists.list_paid(cheque_id))


async def switch_reminders(uow: UnitOfWork, by: Actor, now: datetime, *, is_on: bool) -> ChequeList:
    """For all cheques of the customer, also those that come."""
    customer_id = require_reader(by).id
    await uow.cheques.set_reminders(customer_id, is_on=is_on)
    await uow.audit.write(by, "cheque_reminders_switched", "customer", customer_id, now, {"on": is_on})
    return await list_own(uow, by, now)


async def require_free(uow: UnitOfWork, by: Actor, sayad_id: str) -> None:
    """Refuse a number under which a cheque stands with us already; whose it is, is not said."""
    require_reader(by)
    cheque_id = await uow.cheques.find(sayad_id)
    if cheque_id is None:
        return
    cheque = await uow.cheques.get(cheque_id, of=await uow.cheques.owner(cheque_id))
    if cheque.state is not ChequeState.VOID:
        raise SayadIdTaken


def require_ahead(due_on: date, now: datetime) -> None:
    """A cheque whose day has passed is taken by finance, not announced."""
    if due_on < today_in_tehran(now):
        raise DuePassed


async def announce(
    uow: UnitOfWork,
    by: Actor,
    *,
    sayad_id: str,
    amount: Money,
    due_on: date,
    photo_id: int | None,
    now: datetime,
) -> Cheque:
    """Write down what the customer says to have signed. It counts for nothing until finance has it."""
    customer = require_reader(by)
    require_ahead(due_on, now)
    holidays = await uow.calendars.list_holidays(due_on, due_on + timedelta(days=HORIZON))
    announced = Cheque(
        id=0,
        customer_id=customer.id,
        customer_name=customer.name,
        contact_id=by.contact_id,
        order_id=await uow.cheque_lists.find_order(customer.id, amount),
        sayad_id=sayad_id,
        amount=amount,
        due_on=due_on,
        effective_due=effective_due(due_on, holidays),
        announced_at=now,
        photo_id=photo_id,
        drawer_name=customer.name,
        wants_reminder=await uow.cheque_lists.wants_reminders(customer.id),
        moves=(ChequeMove(was=None, state=ChequeState.ANNOUNCED, at=now),),
    )
    cheque = await uow.cheques.add(announced, now)
    facts = {"amount_rials": amount.rials, "due_on": due_on.isoformat(), "sayad_id": sayad_id}
    await uow.audit.write(by, "cheque.announced", "cheque", cheque.id, now, facts)
    await put_task(uow, cheque, "cheque_announced", now)
    await tell_desk(uow, cheque, "cheque_announced", now)
    return cheque


async def answer_reminder(
    uow: UnitOfWork, by: Actor, cheque_id: int, now: datetime, *, is_ready: bool
) -> Cheque:
    """The customer says that the money is there, or that somebody should call: finance gets a task then."""
    cheque = await open_own(uow, by, cheque_id)
    if cheque.state not in UNCLEARED:
        raise NotFound
    kind = "reminder_ready" if is_ready else "reminder_talk"
    if not await uow.cheques.list_notes(cheque_id, kind):
        await uow.cheques.note(cheque_id, kind, now, facts={"contact_id": by.contact_id})
        await uow.audit.write(by, f"cheque.{kind}", "cheque", cheque_id, now)
        if not is_ready:
            await put_task(uow, cheque, "cheque_talk", now)
            await tell_desk(uow, cheque, "cheque_talk", now)
    return cheque
