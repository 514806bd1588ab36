"""How much there is, taken by guarded writes: the statement that takes units is the one that checks them.

The wanted units travel as one JSON parameter: one statement, built once, serves any number of products.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from sqlalchemy import JSON, Integer, String, bindparam, cast, func, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.catalogue import Stock, Unit
from domain.errors import Shortage
from domain.orders import most_sold
from storage.built import built
from storage.tables.base import Key
from storage.tables.catalogue import products, stock

_GET = built(
    select(stock.c.on_hand, stock.c.reserved, stock.c.safety, stock.c.low_at).where(
        stock.c.product_id == bindparam("product")
    )
)


class Stocks:
    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def get(self, product_id: int) -> Stock:
        """Zero of everything for a product that was never counted."""
        row = (await self._connection.execute(_GET, {"product": product_id})).one_or_none()
        return Stock(**row._mapping) if row else Stock()

    async def reserve(self, units: Mapping[int, int]) -> None:
        """Promise so many more units of each product (fewer, where negative): all of them, or none.

        Raises :class:`Shortage` for the first product, in the order given, of which there is too little.
        Rows are locked in the order of their ids, so that two crossed orders wait instead of deadlocking.
        """
        got = await self._change(_RESERVE, units)
        missing = next((each for each in units if units[each] and each not in got), None)
        if missing is not None:
            raise await self._shortage(missing, units[missing])

    async def release(self, units: Mapping[int, int]) -> None:
        """Give promised units back."""
        await self.reserve({product_id: -count for product_id, count in units.items()})

    async def ship(self, units: Mapping[int, int]) -> None:
        """Promised units have left the shelf."""
        await self._change(_SHIP, units)

    async def put_back(self, units: Mapping[int, int]) -> None:
        """Units that had left the shelf stand there again, promised to nobody."""
        await self.ship({product_id: -count for product_id, count in units.items()})
        await self.release(units)

    async def _change(self, statements: Mapping[str, Any], units: Mapping[int, int]) -> set[int]:
        """Run the statement of our dialect; the products that it changed."""
        wanted = {product_id: count for product_id, count in units.items() if count}
        if not wanted:
            return set()
        dialect = self._connection.dialect.name
        if dialect == "postgresql" and len(wanted) > 1:
            # SQLite has one writer at a time; PostgreSQL locks rows, and here in one order for everybody.
            rows = select(stock.c.product_id).where(stock.c.product_id.in_(wanted))
            await self._connection.execute(rows.order_by(stock.c.product_id).with_for_update())
        changed = await self._connection.scalars(statements[dialect], {"wanted": json.dumps(wanted)})
        return set(changed)

    async def _shortage(self, product_id: int, asked: int) -> Shortage:
        left = (await self.get(product_id)).available
        named = select(products.c.label, products.c.unit, products.c.minimum, products.c.multiple)
        row = (await self._connection.execute(named.where(products.c.id == product_id))).one()
        offered = most_sold(row.minimum, row.multiple, left)
        return Shortage(product_id, row.label, asked, left, unit=Unit(row.unit), offered=offered)


def _wanted(dialect: str) -> tuple[Any, Any]:
    """Product id and units of each wanted product, as columns that an UPDATE can be joined with."""
    told = bindparam("wanted", type_=String)
    rows = func.json_each_text(cast(told, JSON)) if dialect == "postgresql" else func.json_each(told)
    table = rows.table_valued("key", "value", name="wanted")
    return cast(table.c.key, Key), cast(table.c.value, Integer)


def _reserve(dialect: str) -> Any:
    product_id, units = _wanted(dialect)
    is_there = stock.c.on_hand - stock.c.reserved - stock.c.safety >= units
    return (
        update(stock)
        .where(stock.c.product_id == product_id, or_(units < 0, is_there))
        .values(reserved=stock.c.reserved + units)
        .returning(stock.c.product_id)
    )


def _ship(dialect: str) -> Any:
    product_id, units = _wanted(dialect)
    return (
        update(stock)
        .where(stock.c.product_id == product_id)
        .values(reserved=stock.c.reserved - units, on_hand=stock.c.on_hand - units)
        .returning(stock.c.product_id)
    )


_RESERVE = {dialect: built(_reserve(dialect)) for dialect in ("sqlite", "postgresql")}
_SHIP = {dialect: built(_ship(dialect)) for dialect in ("sqlite", "postgresql")}
