"""Reminders of invoices (rule R7, S6): for each customer at most one message a day, and what follows from it.

Everything about one customer happens in one unit of work under the customer's lock: what was told of which
invoice is written down with it, so that neither a restart nor a second process tells it again.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta

from domain.balances import Promise, PromiseState
from domain.calendar import HORIZON, today_in_tehran
from domain.promises import judged, silent_until
from domain.quiet_hours import is_quiet
from domain.reminders import (
    NOTE,
    WEEK,
    DueItem,
    Ladder,
    OwedInvoice,
    Reminding,
    Silence,
    broken_level,
    due_items,
    ladder_of,
    look_again,
    what_to_tell,
)
from domain.reminding import RemindedCustomer, ReminderDay
from services import reminder_effects as effects
from services import reminder_telling as telling
from storage.unit_of_work import UnitOfWork

LADDER = "reminders.levels"
"""The name under which the company keeps what it changed of the levels."""
LOOK_BACK = timedelta(days=30)


async def ladder(uow: UnitOfWork) -> Ladder:
    return ladder_of(await uow.company.decided(LADDER, {}))


async def reminder_day(uow: UnitOfWork, now: datetime) -> ReminderDay:
    """Today, with all that holds for everybody."""
    today = today_in_tehran(now)
    return ReminderDay(
        today=today,
        rules=await uow.company.push_rules(),
        ladder=await ladder(uow),
        holidays=await uow.calendars.list_holidays(today - LOOK_BACK, today + timedelta(days=HORIZON)),
    )


def may_remind(day: ReminderDay, now: datetime) -> bool:
    """Outside of its hours, on Fridays and on holidays everything waits for the next allowed slot."""
    return not is_quiet(now, day.rules.reminder_hours, day.holidays)


async def plan_new(uow: UnitOfWork, day: ReminderDay, limit: int) -> int:
    """Say of invoices that are new when they must be looked at; how many there were."""
    found = await uow.reminders.list_unplanned(limit)
    planned = {}
    for invoice_id, due_on, known_since in found:
        is_due = day.ladder.reached(due_on, day.today) is not None
        # What was bought today is not asked for today: the morning has gone by.
        first = max(day.today, today_in_tehran(known_since) + timedelta(days=1))
        planned[invoice_id] = first if is_due else day.ladder.next_day(due_on, day.today, None)
    await uow.reminders.plan(planned)
    return len(found)


async def remind(uow: UnitOfWork, customer_id: int, day: ReminderDay, now: datetime) -> int:
    """Look at one customer: judge promises, tell what is due, and say when to look again; messages put."""
    await uow.credit.lock(customer_id)
    promises = await uow.promises.list_open(customer_id)
    debtor = await uow.reminders.debtor(customer_id, now - telling.REVIEW)
    debtor = debtor.with_promises(promises, day.holidays)
    told_on = await uow.reminders.told_on(customer_id, day.today - WEEK)
    broken = await _judge(uow, debtor, promises, day, now) if day.today not in told_on else ()
    items: tuple[DueItem, ...] = ()
    silent: Silence | None = Silence.TOLD_TODAY
    if broken:
        items = _broken_items(debtor, broken, day)
        told = await telling.tell_broken(uow, debtor, broken, items, day, now)
    elif (notes := await _notes(uow, debtor, promises, day)) and day.today not in told_on:
        told = await telling.tell_note(uow, debtor, notes, day, now)
    else:
        items, silent, told = await _tell_due(uow, debtor, told_on, day, now)
    await _plan(uow, debtor, promises, items, silent, day)
    return told


async def _tell_due(
    uow: UnitOfWork, debtor: RemindedCustomer, told_on: frozenset[date], day: ReminderDay, now: datetime
) -> tuple[tuple[DueItem, ...], Silence | None, int]:
    due = due_items(debtor.invoices, day.ladder, day.today, credit=debtor.credit, stop_days=debtor.stop_days)
    found = what_to_tell(due, day.rules, told_on, day.today)
    if isinstance(found, Reminding):
        return found.items, None, await telling.tell_due(uow, debtor, found, day, now)
    return (), found, 0


async def _judge(
    uow: UnitOfWork, debtor: RemindedCustomer, promises: Sequence[Promise], day: ReminderDay, now: datetime
) -> tuple[Promise, ...]:
    """Judge every promise whose silent days are over; those that were broken."""
    owed = {each.id for each in debtor.invoices}
    broken = []
    for each in promises:
        if day.today <= silent_until(each.on, day.holidays):
            continue
        assert each.made_at is not None
        is_paid = not owed if each.invoice_id is None else each.invoice_id not in owed
        settled = await uow.promises.settled_since(each.invoice_id or 0, each.made_at)
        state = judged(each, settled, is_paid)
        if await effects.judge(uow, each, state, now) and state is PromiseState.BROKEN:
            broken.append(each)
    return tuple(broken)


def _broken_items(
    debtor: RemindedCustomer, broken: Sequence[Promise], day: ReminderDay
) -> tuple[DueItem, ...]:
    """The invoices that were promised, each with the level that follows."""
    about = {each.invoice_id for each in broken}
    return tuple(
        DueItem(invoice=each, level=broken_level(day.ladder, each, day.today, debtor.stop_days))
        for each in debtor.invoices
        if None in about or each.id in about
    )


async def _notes(
    uow: UnitOfWork, debtor: RemindedCustomer, promises: Sequence[Promise], day: ReminderDay
) -> tuple[Promise, ...]:
    """Promises of today that were made before and of which nothing was said today (S6.5)."""
    by_id = {each.id: each for each in debtor.invoices}
    found = []
    for each in promises:
        invoice = by_id.get(each.invoice_id or 0)
        if invoice is None or each.on != day.today or invoice.is_disputed or invoice.in_review:
            continue
        assert each.made_at is not None
        if today_in_tehran(each.made_at) < day.today and not await uow.reminders.has_told(
            invoice.id, NOTE, telling.note_key(each)
        ):
            found.append(each)
    return tuple(found)


async def _plan(
    uow: UnitOfWork,
    debtor: RemindedCustomer,
    promises: Sequence[Promise],
    told: Sequence[DueItem],
    silent: Silence | None,
    day: ReminderDay,
) -> None:
    """The next look at every open invoice of the customer."""
    levels = {each.invoice.id: each.level.number for each in told}
    promised = {each.invoice_id: each.on for each in promises}
    planned = {}
    for each in debtor.invoices:
        now_told = _with_told(each, levels.get(each.id))
        planned[each.id] = look_again(
            now_told,
            day.ladder,
            day.today,
            None if each.id in levels else silent,
            promised_on=promised.get(each.id),
            stop_days=debtor.stop_days,
        )
    await uow.reminders.plan(planned)


def _with_told(invoice: OwedInvoice, level: int | None) -> OwedInvoice:
    return invoice if level is None else replace(invoice, told=level)
