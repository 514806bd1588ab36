"""Routes and holidays."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from sqlalchemy import bindparam, delete, exists, select
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.calendar import EVERY_DAY, HORIZON, DeliveryPlan, Route
from domain.errors import NotFound
from storage.built import built
from storage.tables.calendar import holidays, routes
from storage.tables.people import outlets, staff
from storage.upsert import insert_or

BACK = timedelta(days=30)
"""How far before today holidays matter: the cut-off of a day is on the working day before it."""


class Calendars:
    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def delivery_plan(self, outlet_id: int, today: date, *, of: int | None = None) -> DeliveryPlan:
        """The outlet's route with the holidays that can matter, in one statement.

        ``of`` is the customer whose outlet it must be.
        """
        found = await self._connection.execute(
            _DELIVERY,
            {"outlet_id": outlet_id, "first": today - BACK, "last": today + timedelta(days=HORIZON)},
        )
        rows = found.all()
        if not rows or of not in (None, rows[0].customer_id):
            raise NotFound
        return DeliveryPlan(
            short_address=rows[0].short_address,
            route=EVERY_DAY if rows[0].id is None else route_of(rows[0]),
            holidays=frozenset(row.day for row in rows if row.day is not None),
            has_others=rows[0].has_others,
        )

    async def list_routes(self) -> tuple[Route, ...]:
        return tuple(route_of(row) for row in await self._connection.execute(_ROUTES.order_by(routes.c.id)))

    async def list_holidays(self, first: date, last: date) -> frozenset[date]:
        """The holidays from the first to the last of these days, both included."""
        found = await self._connection.scalars(
            select(holidays.c.day).where(holidays.c.day.between(first, last))
        )
        return frozenset(found)

    async def list_named_holidays(self, first: date, limit: int = 200) -> tuple[tuple[date, str], ...]:
        """From that day on, with their names."""
        wanted = select(holidays).where(holidays.c.day >= first).order_by(holidays.c.day).limit(limit)
        return tuple((row.day, row.name) for row in await self._connection.execute(wanted))

    async def drop_holiday(self, day: date) -> None:
        await self._connection.execute(delete(holidays).where(holidays.c.day == day))

    async def has_holidays(self) -> bool:
        return await self._connection.scalar(select(holidays.c.day).limit(1)) is not None

    async def put_holidays(self, named: Mapping[date, str]) -> None:
        """Add holidays; one that is there already keeps the name that staff gave it."""
        if named:
            rows = [{"day": day, "name": name} for day, name in named.items()]
            await self._connection.execute(
                insert_or(self._connection, holidays).on_conflict_do_nothing(index_elements=["day"]), rows
            )

    async def put_route(
        self, route: Route, *, visitor_id: int | None = None, areas: str = "", city: str = ""
    ) -> int:
        """Add or change the route of that name; its id."""
        kept = {
            "weekdays": ",".join(str(each) for each in sorted(route.weekdays)),
            "cutoff_minutes": route.cutoff_minutes,
            "from_hour": route.from_hour,
            "until_hour": route.until_hour,
            "areas": areas,
            "city": city,
            "visitor_id": visitor_id,
            "is_strict": route.is_strict,
        }
        put = insert_or(self._connection, routes).values(name=route.name, **kept)
        done = put.on_conflict_do_update(index_elements=["name"], set_=kept).returning(routes.c.id)
        return int(await self._connection.scalar(done) or 0)


_COLUMNS = (
    routes.c.id,
    routes.c.name,
    routes.c.weekdays,
    routes.c.cutoff_minutes,
    routes.c.from_hour,
    routes.c.until_hour,
    routes.c.is_strict,
    staff.c.name.label("visitor_name"),
)
_ROUTES = select(*_COLUMNS).select_from(routes.outerjoin(staff, staff.c.id == routes.c.visitor_id))
_OTHER = outlets.alias("other")
_HAS_OTHERS = (
    exists()
    .where(_OTHER.c.customer_id == outlets.c.customer_id, _OTHER.c.id != outlets.c.id)
    .correlate(outlets)
    .label("has_others")
)
_DELIVERY = built(
    select(*_COLUMNS, outlets.c.short_address, outlets.c.customer_id, _HAS_OTHERS, holidays.c.day)
    .select_from(
        outlets.outerjoin(routes, routes.c.id == outlets.c.route_id)
        .outerjoin(staff, staff.c.id == routes.c.visitor_id)
        .outerjoin(holidays, holidays.c.day.between(bindparam("first"), bindparam("last")))
    )
    .where(outlets.c.id == bindparam("outlet_id"))
)


def route_of(row: Any) -> Route:
    return Route(
        id=row.id,
        name=row.name,
        weekdays=frozenset(int(each) for each in row.weekdays.split(",") if each),
        cutoff_minutes=row.cutoff_minutes,
        from_hour=row.from_hour,
        until_hour=row.until_hour,
        visitor_name=row.visitor_name,
        is_strict=row.is_strict,
    )
