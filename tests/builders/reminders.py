"""A customer who owes, with a contact who can be written to, and the days of rule R7."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, time
from typing import Any

from persiantools.jdatetime import JalaliDate
from sqlalchemy import insert, select, update

from domain.actors import Actor
from domain.calendar import TEHRAN
from domain.holidays import holidays
from domain.invoices import Invoice
from jobs.reminders import sweep_reminders
from storage.tables.ledger import invoices
from storage.tables.messages import notifications
from storage.tables.people import contact_roles, customers, reaches
from storage.tables.push import account_managers
from storage.tables.reminders import payment_reminders
from storage.unit_of_work import Store, UnitOfWork
from tests.builders.ledger import an_invoice, an_owner

R7_RIALS = 123_000_000
"""12,300,000 toman, on the invoice 21045."""


def jalali(month: int, day: int, year: int = 1405) -> date:
    return JalaliDate(year, month, day).to_gregorian()


def at(month: int, day: int, hour: int = 9, minute: int = 0) -> datetime:
    """That instant of 1405 in Tehran."""
    return datetime.combine(jalali(month, day), time(hour, minute), TEHRAN)


async def reachable(uow: UnitOfWork, who: Actor) -> Actor:
    """The messenger knows a chat with that person."""
    chat = who.identity.user_id
    await uow.connection.execute(
        insert(reaches).values(
            platform="telegram",
            bot_id=42,
            chat_id=chat,
            identity_id=who.identity.id,
            seen_at=at(1, 1),
        )
    )
    return who


async def a_debtor(uow: UnitOfWork, *, segment: str | None = None, name: str = "سالن زیبایی نگین") -> Actor:
    """A customer whose contact sees the balance and can be written to; the holidays are known."""
    await uow.calendars.put_holidays(holidays())
    owner = await reachable(uow, await an_owner(uow, name))
    await uow.connection.execute(
        update(contact_roles)
        .where(contact_roles.c.contact_id == owner.contact_id)
        .values(may_see_balance=True)
    )
    if segment:
        await uow.connection.execute(
            update(customers).where(customers.c.id == owner.customer_id).values(segment=segment)
        )
    return owner


async def r7_invoice(uow: UnitOfWork, owner: Actor, number: int = 21_045) -> Invoice:
    """Delivered 1405/08/03, twenty-one days on account: due 1405/08/24."""
    day = at(8, 3)
    return await an_invoice(
        uow, owner, R7_RIALS, jalali(8, 24), issued_on=jalali(8, 3), number=number, now=day
    )


async def looked_after(uow: UnitOfWork, owner: Actor, staff_id: int) -> None:
    await uow.connection.execute(
        insert(account_managers).values(customer_id=owner.customer_id, staff_id=staff_id)
    )


async def swept(store: Store, days: Iterable[date], hour: int = 9) -> dict[date, int]:
    """Each day's sweep at that hour; the days on which messages were put, with how many."""
    found = {}
    for day in days:
        count = await sweep_reminders(store, datetime.combine(day, time(hour), TEHRAN))
        if count:
            found[day] = count
    return found


async def told(store: Store, *kinds: str) -> list[Any]:
    """Notifications of these kinds, the oldest first."""
    async with store.reading() as uow:
        rows = await uow.connection.execute(
            select(notifications).where(notifications.c.kind.in_(kinds)).order_by(notifications.c.id)
        )
        return list(rows)


async def levels(store: Store, invoice_id: int) -> list[tuple[date, int]]:
    """Which level was told on which day, in their order."""
    async with store.reading() as uow:
        rows = await uow.connection.execute(
            select(payment_reminders.c.sent_on, payment_reminders.c.level)
            .where(payment_reminders.c.invoice_id == invoice_id)
            .order_by(payment_reminders.c.id)
        )
        return [(row.sent_on, row.level) for row in rows]


async def next_look(store: Store, invoice_id: int) -> date | None:
    async with store.reading() as uow:
        found: date | None = await uow.connection.scalar(
            select(invoices.c.remind_on).where(invoices.c.id == invoice_id)
        )
        return found
