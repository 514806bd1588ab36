"""Reminders: which invoices must be looked at, what was told of them, and who hears it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from sqlalchemy import exists, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.credit import CreditPolicy
from domain.money import Money, total
from domain.quiet_hours import hours_of
from domain.reminders import OwedInvoice
from domain.reminding import RemindedCustomer, ReminderReader
from storage.reminder_queries import (
    CREDITS,
    DEBTOR,
    DUE,
    IN_REVIEW,
    OWED,
    OWING,
    PLAN,
    READERS,
    SETTLED_STOPS,
    STATE,
    TOLD_ON,
    UNPLANNED,
)
from storage.tables.credit import credit_holds
from storage.tables.ledger import invoices
from storage.tables.people import (
    contact_roles,
    contacts,
    staff,
)
from storage.tables.push import account_managers
from storage.tables.reminders import payment_reminders

_I, _R = invoices.c, payment_reminders.c
DueAt = tuple[date, int]
"""A day and a customer."""
BEGINNING: DueAt = (date(1, 1, 1), 0)


class Reminders:
    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def list_unplanned(self, limit: int) -> tuple[tuple[int, date, datetime], ...]:
        """Open invoices that nobody has planned yet: id, due day, and since when we know of them."""
        rows = await self._connection.execute(UNPLANNED, {"most": limit})
        return tuple((row.id, row.due_on, row.created_at) for row in rows)

    async def plan(self, days: Mapping[int, date]) -> None:
        """Look at these invoices on these days."""
        if days:
            rows = [{"planned": each, "day": day} for each, day in days.items()]
            await self._connection.execute(PLAN, rows)

    async def replan(self, first_due: date, last_due: date) -> None:
        """The levels are others now: open invoices due in that time are planned anew."""
        await self._connection.execute(
            update(invoices).where(OWING, _I.due_on.between(first_due, last_due)).values(remind_on=None)
        )

    async def list_due(self, today: date, after: DueAt, limit: int) -> tuple[DueAt, ...]:
        """With an invoice that is to be looked at by today, in their order, after that one."""
        day, customer_id = after
        values = {"today": today, "day": day, "after": customer_id, "most": limit}
        rows = await self._connection.execute(DUE, values)
        return tuple((row.remind_on, row.customer_id) for row in rows)

    async def debtor(self, customer_id: int, review_since: datetime) -> RemindedCustomer:
        """What reminders must know of a customer; the open invoices come without promises."""
        values = {"customer": customer_id, "since": review_since}
        row = (await self._connection.execute(DEBTOR, values)).one()
        review = set(await self._connection.scalars(IN_REVIEW, values))
        rows = await self._connection.execute(OWED, values)
        policy = CreditPolicy(**(row.policy or {}))
        best = policy.overdue_days_best if row.segment == "A" else None
        return RemindedCustomer(
            id=customer_id,
            name=row.name,
            segment=row.segment,
            stop_days=best if row.max_overdue_days is None else row.max_overdue_days,
            credit=total(Money(int(each)) for each in await self._connection.scalars(CREDITS, values)),
            invoices=tuple(_owed(each, review) for each in rows),
        )

    async def told_on(self, customer_id: int, since: date) -> frozenset[date]:
        """The days since then on which the customer had a message."""
        found = await self._connection.scalars(TOLD_ON, {"customer": customer_id, "first": since})
        return frozenset(found)

    async def has_told(self, invoice_id: int, level: int, key: str) -> bool:
        told = exists().where(_R.invoice_id == invoice_id, _R.level == level, _R.key == key)
        return bool(await self._connection.scalar(select(told)))

    async def put(
        self, customer_id: int, told: Iterable[tuple[int, int]], key: str, day: date, now: datetime
    ) -> None:
        """Write down which level of which invoice was told: no level twice."""
        common = {"customer_id": customer_id, "sent_on": day, "key": key, "created_at": now}
        rows = [{**common, "invoice_id": invoice_id, "level": level} for invoice_id, level in told]
        await self._connection.execute(payment_reminders.insert(), rows)

    async def readers(self, customer_id: int) -> tuple[ReminderReader, ...]:
        """The contacts who may see the balance and can be written to."""
        rows = await self._connection.execute(READERS, {"customer": customer_id})
        return tuple(
            ReminderReader(contact_id=row.id, hours=hours_of(row.hours), wants_reminders=bool(row.wants))
            for row in rows
        )

    async def phone(self, customer_id: int) -> str | None:
        """A mobile to call the customer on: of somebody who may see the balance, if there is one."""
        wanted = (
            select(contacts.c.mobile)
            .join(contact_roles, contact_roles.c.contact_id == contacts.c.id)
            .where(
                contact_roles.c.customer_id == customer_id,
                contacts.c.is_active,
                contacts.c.mobile.is_not(None),
            )
            .order_by(contact_roles.c.may_see_balance.desc(), contacts.c.id)
            .limit(1)
        )
        found: str | None = await self._connection.scalar(wanted)
        return found

    async def account_manager(self, customer_id: int) -> tuple[int, str] | None:
        """Who of ours looks after that customer: id and name."""
        wanted = (
            select(staff.c.id, staff.c.name)
            .join(account_managers, account_managers.c.staff_id == staff.c.id)
            .where(account_managers.c.customer_id == customer_id, staff.c.is_active)
        )
        row = (await self._connection.execute(wanted)).one_or_none()
        return (row.id, row.name) if row else None

    async def list_settled_stops(
        self, *, customer_id: int | None = None, limit: int
    ) -> tuple[tuple[int, int], ...]:
        """Stops that a reminder has put and whose cause is paid: the hold's id and its customer."""
        wanted = SETTLED_STOPS.limit(limit)
        if customer_id is not None:
            wanted = wanted.where(credit_holds.c.customer_id == customer_id)
        return tuple((row.id, row.customer_id) for row in await self._connection.execute(wanted))

    async def owed(self, invoice_id: int) -> Money:
        """What is open of it now."""
        return Money(int(await self._connection.scalar(STATE, {"invoice": invoice_id}) or 0))

    async def review_of(self, customer_id: int, since: datetime) -> frozenset[int | None]:
        """Invoices for which a receipt waits for finance; None stands for one that names no invoice."""
        found = await self._connection.scalars(IN_REVIEW, {"customer": customer_id, "since": since})
        return frozenset(found)


def _owed(row: Any, review: set[int | None]) -> OwedInvoice:
    return OwedInvoice(
        id=row.id,
        number=row.number,
        due_on=row.due_on,
        open=Money(row.open_rials),
        told=row.told,
        is_disputed=bool(row.is_disputed),
        in_review=row.id in review or None in review,
    )
