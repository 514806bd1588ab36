"""What a customer has bought, line by line, for the order guide."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.calendar import today_in_tehran
from domain.catalogue import Unit
from domain.history import NOT_BOUGHT
from domain.money import Money, Rate
from domain.orders import OrderLine
from domain.reorder import BoughtOn
from storage.tables.catalogue import products
from storage.tables.orders import order_lines, orders

_O, _L, _P = orders.c, order_lines.c, products.c
_BOUGHT = _O.number.is_not(None) & _O.status.not_in(sorted(each.value for each in NOT_BOUGHT))
MOST_LINES = 5_000
"""The newest ones; who buys more in ninety days is shown what these say."""


class OrderGuideKept:
    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def order_days(self, customer_id: int, since: datetime) -> tuple[BoughtOn, ...]:
        """On which days that customer has ordered."""
        found = await self._connection.scalars(
            select(_O.placed_at).where(_O.customer_id == customer_id, _BOUGHT, _O.placed_at >= since)
        )
        return tuple(BoughtOn(day=today_in_tehran(at)) for at in found)

    async def lines(self, customer_id: int, since: datetime) -> tuple[tuple[date, OrderLine], ...]:
        """What was paid for of products that are still sold, with the day."""
        rows = await self._connection.execute(
            select(
                _O.placed_at,
                _L.quantity,
                _L.unit_price_rials,
                _P.id,
                _P.name,
                _P.short_name,
                _P.label,
                _P.family,
                _P.variant,
                _P.unit,
                _P.vat_basis_points,
                _P.category_id,
                _P.brand_id,
            )
            .join(order_lines, _L.order_id == _O.id)
            .join(products, _P.id == _L.product_id)
            .where(
                _O.customer_id == customer_id,
                _BOUGHT,
                _O.placed_at >= since,
                _L.bonus_of.is_(None),
                _P.is_active,
            )
            .order_by(_O.placed_at.desc(), _O.id.desc(), _L.position)
            .limit(MOST_LINES)
        )
        return tuple(
            (
                today_in_tehran(row.placed_at),
                OrderLine(
                    product_id=row.id,
                    name=row.name,
                    short_name=row.short_name,
                    label=row.label,
                    family=row.family,
                    variant=row.variant,
                    unit=Unit(row.unit),
                    quantity=row.quantity,
                    unit_price=Money(row.unit_price_rials),
                    vat_rate=Rate(row.vat_basis_points),
                    category_id=row.category_id,
                    brand_id=row.brand_id,
                ),
            )
            for row in rows
        )
