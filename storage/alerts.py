"""Who wants to be told when a product is there again."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta

from sqlalchemy import case, func, select, text, update
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.alerts import StockAlert
from storage.tables.catalogue import products, stock, stock_alerts
from storage.upsert import insert_or

_A = stock_alerts.c
_AVAILABLE = stock.c.on_hand - stock.c.reserved - stock.c.safety
_WAITS = _A.told_at.is_(None)


class Alerts:
    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def put(
        self,
        product_id: int,
        *,
        contact_id: int,
        customer_id: int,
        quantity: int,
        now: datetime,
        expires_at: datetime,
    ) -> None:
        """One alert waits per product and contact: asking again changes the quantity and keeps the place."""
        put = insert_or(self._connection, stock_alerts).values(
            product_id=product_id,
            contact_id=contact_id,
            customer_id=customer_id,
            quantity=quantity,
            asked_at=now,
            expires_at=expires_at,
        )
        await self._connection.execute(
            put.on_conflict_do_update(
                index_elements=["product_id", "contact_id", "customer_id"],
                index_where=text("told_at IS NULL"),
                set_={
                    "quantity": quantity,
                    "asked_at": case((_A.expires_at <= now, now), else_=_A.asked_at),
                    "expires_at": expires_at,
                },
            )
        )

    async def list_products(self, now: datetime, limit: int) -> tuple[int, ...]:
        """Products of which there is enough for somebody who waits."""
        found = await self._connection.scalars(
            select(_A.product_id)
            .join(stock, stock.c.product_id == _A.product_id)
            .join(products, products.c.id == _A.product_id)
            .where(_WAITS, _A.expires_at > now, products.c.is_active, _A.quantity <= _AVAILABLE)
            .group_by(_A.product_id)
            .order_by(_A.product_id)
            .limit(limit)
        )
        return tuple(found)

    async def list_waiting(self, product_id: int, now: datetime) -> tuple[StockAlert, ...]:
        """Who waits for that product, the oldest first."""
        rows = await self._connection.execute(
            select(_A.id, _A.product_id, _A.contact_id, _A.customer_id, _A.quantity, _A.asked_at)
            .where(_A.product_id == product_id, _WAITS, _A.expires_at > now)
            .order_by(_A.asked_at, _A.id)
        )
        return tuple(StockAlert(**row._mapping) for row in rows)

    async def units_told(self, product_id: int, now: datetime, within: timedelta) -> int:
        """Of how many units others have been told a short while ago."""
        told = select(func.coalesce(func.sum(_A.quantity), 0)).where(
            _A.product_id == product_id, _A.told_at > now - within
        )
        return int(await self._connection.scalar(told) or 0)

    async def mark_told(self, alert_ids: Collection[int], now: datetime) -> frozenset[int]:
        """Those that nobody else has marked in the meantime."""
        marked = update(stock_alerts).where(_A.id.in_(alert_ids), _WAITS).values(told_at=now)
        return frozenset((await self._connection.scalars(marked.returning(_A.id))).all())
