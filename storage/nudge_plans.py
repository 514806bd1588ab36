"""When somebody's rhythm is looked at next: a sweep reads what is due, and whose orders have changed."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date

from sqlalchemy import case, delete, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.nudges import REACHED
from storage.tables.orders import order_events, orders
from storage.tables.people import customers
from storage.tables.push import nudge_plans
from storage.upsert import insert_or

_P, _E, _C = nudge_plans.c, order_events.c, customers.c


class NudgePlans:
    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def list_changed(self, after: int, limit: int) -> tuple[int, frozenset[int]]:
        """The next events of orders: the last one's id, and whose orders they are; 0 when there are none."""
        rows = (
            await self._connection.execute(
                select(_E.id, orders.c.customer_id)
                .join(orders, orders.c.id == _E.order_id)
                .where(_E.id > after)
                .order_by(_E.id)
                .limit(limit)
            )
        ).all()
        return (rows[-1].id if rows else 0), frozenset(row.customer_id for row in rows)

    async def list_due(self, today: date, after: int, limit: int) -> tuple[int, ...]:
        """Customers to be looked at by now, by id; whoever cannot be written to is left out."""
        found = await self._connection.scalars(
            select(_P.customer_id)
            .join(customers, _C.id == _P.customer_id)
            .where(_P.look_on <= today, _P.customer_id > after, _C.is_active, ~_C.is_blocked, REACHED)
            .order_by(_P.customer_id)
            .limit(limit)
        )
        return tuple(found)

    async def put(self, days: Mapping[int, date]) -> None:
        """Look at them on those days at the latest: looking too early does no harm."""
        if not days:
            return
        put = insert_or(self._connection, nudge_plans)
        sooner = case((put.excluded.look_on < _P.look_on, put.excluded.look_on), else_=_P.look_on)
        rows = [{"customer_id": each, "look_on": day} for each, day in sorted(days.items())]
        kept = put.on_conflict_do_update(index_elements=["customer_id"], set_={"look_on": sooner})
        await self._connection.execute(kept, rows)

    async def looked_at(self, days: Mapping[int, date], never: Collection[int], today: date) -> None:
        """Of those that were due: when next, or never. Who has asked for another day meanwhile keeps it."""
        was_due = _P.look_on <= today
        for day in sorted(set(days.values())):
            ids = sorted(each for each, on in days.items() if on == day)
            moved = update(nudge_plans).where(_P.customer_id.in_(ids), was_due)
            await self._connection.execute(moved.values(look_on=day))
        if never:
            await self._connection.execute(
                delete(nudge_plans).where(_P.customer_id.in_(sorted(never)), was_due)
            )

    async def look_again(self, planned_on: date, today: date) -> None:
        """That day has become a holiday: a word that was planned for it comes sooner."""
        await self._connection.execute(
            update(nudge_plans).where(_P.look_on == planned_on).values(look_on=today)
        )
