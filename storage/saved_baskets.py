"""Saved baskets: they belong to a customer, whoever of it made them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from itertools import groupby
from typing import Any

from sqlalchemy import delete, func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.catalogue import Unit
from domain.errors import NotFound
from domain.money import Money, Rate
from domain.orders import OrderLine
from domain.persian import search_key
from domain.saved_baskets import SavedBasket, SavedBrief
from storage.tables.catalogue import products
from storage.tables.guide import saved_basket_lines, saved_baskets

_B, _L, _P = saved_baskets.c, saved_basket_lines.c, products.c
_WHOLE = (
    select(
        saved_baskets,
        _L.quantity,
        _L.rials,
        _P.id.label("product_id"),
        _P.name.label("product_name"),
        _P.short_name,
        _P.label,
        _P.family,
        _P.variant,
        _P.unit,
        _P.vat_basis_points,
        _P.category_id,
        _P.brand_id,
    )
    .join(saved_basket_lines, _L.basket_id == _B.id)
    .join(products, _P.id == _L.product_id)
)


class SavedBaskets:
    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def list_of(self, customer_id: int) -> tuple[SavedBrief, ...]:
        """All of that customer, the oldest first."""
        lines = select(func.count()).where(_L.basket_id == _B.id).scalar_subquery()
        rows = await self._connection.execute(
            select(_B.id, _B.name, lines.label("line_count"))
            .where(_B.customer_id == customer_id)
            .order_by(_B.id)
        )
        return tuple(SavedBrief(id=row.id, name=row.name, line_count=row.line_count) for row in rows)

    async def get(self, basket_id: int, *, of: int) -> SavedBasket:
        rows = (
            await self._connection.execute(
                _WHOLE.where(_B.id == basket_id, _B.customer_id == of).order_by(_L.position)
            )
        ).all()
        if not rows:
            raise NotFound
        return _basket(rows)

    async def find_of_order(self, order_id: int, customer_id: int) -> SavedBasket | None:
        """What was kept of that order."""
        rows = (
            await self._connection.execute(
                _WHOLE.where(_B.order_id == order_id, _B.customer_id == customer_id).order_by(_L.position)
            )
        ).all()
        return _basket(rows) if rows else None

    async def all_of(self, customer_id: int) -> tuple[SavedBasket, ...]:
        """The same as :meth:`list_of`, with the lines."""
        rows = await self._connection.execute(
            _WHOLE.where(_B.customer_id == customer_id).order_by(_B.id, _L.position)
        )
        return tuple(_basket(list(found)) for _id, found in groupby(rows, lambda row: row.id))

    async def create(
        self,
        customer_id: int,
        name: str,
        lines: Iterable[OrderLine],
        now: datetime,
        order_id: int | None = None,
    ) -> int:
        row = {"customer_id": customer_id, "name": name, "name_key": search_key(name)}
        put = insert(saved_baskets).values(**row, order_id=order_id, saved_at=now)
        basket_id = await self._connection.scalar(put.returning(_B.id))
        assert basket_id is not None
        await self._connection.execute(
            insert(saved_basket_lines),
            [
                {
                    "basket_id": basket_id,
                    "position": position,
                    "product_id": line.product_id,
                    "quantity": line.quantity,
                    "rials": line.unit_price.rials,
                }
                for position, line in enumerate(lines)
            ],
        )
        return int(basket_id)

    async def rename(self, basket: SavedBasket, name: str) -> SavedBasket:
        named = update(saved_baskets).where(_B.id == basket.id)
        await self._connection.execute(named.values(name=name, name_key=search_key(name)))
        return replace(basket, name=name)

    async def drop(self, basket_id: int) -> None:
        await self._connection.execute(delete(saved_basket_lines).where(_L.basket_id == basket_id))
        await self._connection.execute(delete(saved_baskets).where(_B.id == basket_id))


def _basket(rows: Any) -> SavedBasket:
    first = rows[0]
    return SavedBasket(
        id=first.id,
        customer_id=first.customer_id,
        name=first.name,
        lines=tuple(_line(row) for row in rows),
        saved_at=first.saved_at,
    )


def _line(row: Any) -> OrderLine:
    return OrderLine(
        product_id=row.product_id,
        name=row.product_name,
        short_name=row.short_name,
        label=row.label,
        family=row.family,
        variant=row.variant,
        unit=Unit(row.unit),
        quantity=row.quantity,
        unit_price=Money(row.rials),
        vat_rate=Rate(row.vat_basis_points),
        category_id=row.category_id,
        brand_id=row.brand_id,
    )
