"""Orders that come later than was promised, what was said of them, and what the customers answered."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import Select, func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.delays import LATE, Delay, DelayAnswer, DelayWord, LateOrder, RouteDay
from domain.errors import NotFound
from domain.orders import OrderStatus
from storage.tables.calendar import routes
from storage.tables.orders import orders
from storage.tables.people import outlets
from storage.tables.push import order_delays

_D, _O = order_delays.c, orders.c
_IS_LATE = _O.status.in_(sorted(each.value for each in LATE)) & _O.deliver_on.is_not(None)


class Delays:
    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def list_routes(self) -> tuple[RouteDay, ...]:
        """What each route still has to bring, by day: orders that could be late."""
        rows = await self._connection.execute(
            select(routes.c.id, routes.c.name, _O.deliver_on, func.count().label("orders"))
            .select_from(orders.join(outlets, outlets.c.id == _O.outlet_id).join(routes))
            .where(_IS_LATE)
            .group_by(routes.c.id, routes.c.name, _O.deliver_on)
            .order_by(_O.deliver_on, routes.c.name)
        )
        return tuple(
            RouteDay(route_id=row.id, name=row.name, day=row.deliver_on, count=row.orders) for row in rows
        )

    async def list_of_route(self, route_id: int, day: date) -> tuple[LateOrder, ...]:
        """The orders that this route should bring on that day."""
        found = _LATE_ORDER.join(outlets, outlets.c.id == _O.outlet_id).where(
            outlets.c.route_id == route_id, _O.deliver_on == day, _IS_LATE
        )
        return await self._late(found)

    async def take(self, order_ids: Collection[int]) -> tuple[LateOrder, ...]:
        """Those of these orders that can be late as they stand now, with nobody else at them until we end."""
        return await self._late(
            _LATE_ORDER.where(_O.id.in_(sorted(order_ids)), _IS_LATE).with_for_update(of=orders)
        )

    async def put(
        self, late: Sequence[LateOrder], word: DelayWord, now: datetime, staff_id: int
    ) -> tuple[int, ...]:
        """Move these orders to their new day and keep what was said of each; ids in the same order."""
        moved = update(orders).where(_O.id.in_([each.id for each in late]))
        await self._connection.execute(moved.values(deliver_on=word.deliver_on, version=_O.version + 1))
        rows = [
            {
                "order_id": each.id,
                "reason": word.reason,
                "was_on": each.deliver_on,
                "deliver_on": word.deliver_on,
                "from_hour": word.from_hour,
                "until_hour": word.until_hour,
                "told_by": staff_id,
                "told_at": now,
            }
            for each in late
        ]
        kept = insert(order_delays).returning(_D.id, sort_by_parameter_order=True)
        return tuple((await self._connection.execute(kept, rows)).scalars())

    async def get(self, delay_id: int, *, of: int) -> Delay:
        """What was said of an order of that customer."""
        row = (
            await self._connection.execute(
                select(order_delays)
                .join(orders, _O.id == _D.order_id)
                .where(_D.id == delay_id, _O.customer_id == of)
            )
        ).one_or_none()
        if row is None:
            raise NotFound
        return _delay(row)

    async def list_of(self, order_id: int) -> tuple[Delay, ...]:
        """All that was said of that order, oldest first."""
        rows = await self._connection.execute(
            select(order_delays).where(_D.order_id == order_id).order_by(_D.id)
        )
        return tuple(map(_delay, rows))

    async def latest(self, order_id: int) -> Delay | None:
        row = (
            await self._connection.execute(
                select(order_delays).where(_D.order_id == order_id).order_by(_D.id.desc()).limit(1)
            )
        ).one_or_none()
        return _delay(row) if row else None

    async def waits_until(self, order_id: int) -> date | None:
        """The day of that order now; None once it is out of the warehouse's hands."""
        day: date | None = await self._connection.scalar(
            select(_O.deliver_on).where(_O.id == order_id, _IS_LATE)
        )
        return day

    async def answer(self, delay_id: int, answer: DelayAnswer, now: datetime) -> bool:
        """Keep the first answer; whether it was this one."""
        kept = await self._connection.execute(
            update(order_delays)
            .where(_D.id == delay_id, _D.answer.is_(None))
            .values(answer=answer.value, answered_at=now)
        )
        return kept.rowcount == 1

    async def _late(self, wanted: Select[Any]) -> tuple[LateOrder, ...]:
        rows = await self._connection.execute(wanted.order_by(_O.id))
        return tuple(
            LateOrder(
                id=row.id,
                number=row.number,
                customer_id=row.customer_id,
                contact_id=row.contact_id,
                status=OrderStatus(row.status),
                deliver_on=row.deliver_on,
                version=row.version,
            )
            for row in rows
        )


_LATE_ORDER = select(
    _O.id, _O.number, _O.customer_id, _O.contact_id, _O.status, _O.deliver_on, _O.version
).select_from(orders)


def _delay(row: Any) -> Delay:
    return Delay(
        id=row.id,
        order_id=row.order_id,
        was_on=row.was_on,
        word=DelayWord(
            reason=row.reason,
            deliver_on=row.deliver_on,
            from_hour=row.from_hour,
            until_hour=row.until_hour,
        ),
        told_at=row.told_at,
        answer=DelayAnswer(row.answer) if row.answer else None,
    )
