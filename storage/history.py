"""Orders that were placed before: pages of them, what they come to, and what can be ordered again."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import Select, case, func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.history import NOT_BOUGHT, Bought
from domain.money import Money
from domain.order_views import OrderBrief
from domain.orders import Order
from storage.order_rows import BRIEF, WHOLE, brief_of, order_of
from storage.tables.catalogue import products
from storage.tables.orders import orders

_IS_BOUGHT = orders.c.status.not_in(sorted(each.value for each in NOT_BOUGHT))
_NEWEST_FIRST = (orders.c.placed_at.desc(), orders.c.number.desc())


class History:
    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def count(self, customer_id: int, since: datetime | None) -> Bought:
        """How many orders there are from then on, and what the purchases among them come to."""
        payable = orders.c.net_rials + orders.c.vat_rials
        row = (
            await self._connection.execute(
                _placed(
                    select(
                        func.count().label("orders"),
                        func.count(case((_IS_BOUGHT, 1))).label("purchases"),
                        func.coalesce(func.sum(case((_IS_BOUGHT, payable), else_=0)), 0).label("rials"),
                    ),
                    customer_id,
                    since,
                )
            )
        ).one()
        return Bought(orders=row.orders, purchases=row.purchases, total=Money(int(row.rials)))

    async def page(
        self, customer_id: int, since: datetime | None, limit: int, offset: int
    ) -> tuple[OrderBrief, ...]:
        """Placed orders of every state, newest first."""
        return await self._briefs(_placed(BRIEF, customer_id, since), limit, offset)

    async def list_purchases(self, customer_id: int, limit: int, offset: int) -> tuple[OrderBrief, ...]:
        """Those that can be ordered again, newest first."""
        return await self._briefs(_placed(BRIEF, customer_id, None).where(_IS_BOUGHT), limit, offset)

    async def last_purchase(self, customer_id: int) -> Order | None:
        """The newest order with its lines; its events are left out."""
        newest = _placed(select(orders.c.id), customer_id, None).where(_IS_BOUGHT)
        newest_id = newest.order_by(*_NEWEST_FIRST).limit(1).scalar_subquery()
        rows = (await self._connection.execute(WHOLE.where(orders.c.id == newest_id))).all()
        return order_of(rows) if rows else None

    async def list_family(self, families: Iterable[str]) -> tuple[int, ...]:
        """Ids of the active products of these families."""
        found = await self._connection.scalars(
            select(products.c.id).where(products.c.family.in_(sorted(families)), products.c.is_active)
        )
        return tuple(found)

    async def _briefs(self, wanted: Select[Any], limit: int, offset: int) -> tuple[OrderBrief, ...]:
        rows = await self._connection.execute(wanted.order_by(*_NEWEST_FIRST).limit(limit).offset(offset))
        return tuple(brief_of(row) for row in rows)


def _placed(wanted: Select[Any], customer_id: int, since: datetime | None) -> Select[Any]:
    wanted = wanted.where(orders.c.customer_id == customer_id, orders.c.number.is_not(None))
    return wanted if since is None else wanted.where(orders.c.placed_at >= since)
