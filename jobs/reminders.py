"""Reminders of invoices: who must be looked at today, each in a unit of work of its own (rule R7).

What is due is found by its day, so a sweep costs what is due and not what is open. Everything is asked as
"what is due and not done": it may run as often as it likes, in as many processes as there are.
"""

from __future__ import annotations

from datetime import datetime

import structlog

from domain.balances import PromiseState
from domain.reminding import ReminderDay
from services.reminder_effects import judge, release_stop
from services.reminders import may_remind, plan_new, remind, reminder_day
from storage.reminders import BEGINNING
from storage.unit_of_work import Store

log = structlog.get_logger("jobs.reminders")

AT_ONCE = 1_000
"""New invoices that are planned in one unit of work, and customers that are read in one look."""
MOST_ENDED = 200


async def sweep_reminders(store: Store, now: datetime) -> int:
    """Everything that is due by now; how many messages were put."""
    told = await _end(store, now)
    async with store.reading() as uow:
        day = await reminder_day(uow, now)
    if not may_remind(day, now):
        return told
    await _plan(store, day)
    after = BEGINNING
    while True:
        async with store.reading() as uow:
            due = await uow.reminders.list_due(day.today, after, AT_ONCE)
        for customer_id in dict.fromkeys(customer_id for _day, customer_id in due):
            told += await _remind(store, customer_id, day, now)
        if len(due) < AT_ONCE:
            return told
        after = due[-1]


async def _plan(store: Store, day: ReminderDay) -> None:
    """The first look at invoices that nobody has planned yet."""
    async with store.reading() as uow:
        if not await uow.reminders.list_unplanned(1):
            return
    planned = AT_ONCE
    while planned == AT_ONCE:
        async with store.unit_of_work() as uow:
            planned = await plan_new(uow, day, AT_ONCE)


async def _remind(store: Store, customer_id: int, day: ReminderDay, now: datetime) -> int:
    """One customer whose data are wrong holds nobody else up."""
    try:
        async with store.unit_of_work() as uow:
            return await remind(uow, customer_id, day, now)
    except Exception:
        log.exception("a customer cannot be reminded", customer=customer_id)
        return 0


async def _end(store: Store, now: datetime) -> int:
    """What is paid: its promise was kept, and the stop that it caused ends the same day."""
    async with store.reading() as uow:
        kept = await uow.promises.list_paid(MOST_ENDED)
        stops = await uow.reminders.list_settled_stops(limit=MOST_ENDED)
    for promise in kept:
        async with store.unit_of_work() as uow:
            await judge(uow, promise, PromiseState.KEPT, now)
    told = 0
    for hold_id, customer_id in stops:
        async with store.unit_of_work() as uow:
            told += await release_stop(uow, hold_id, customer_id, now)
    return told
