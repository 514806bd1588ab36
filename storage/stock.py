"""How much there is, taken by guarded writes: the statement that takes units is the one that checks them."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import CTE, Integer, column, or_, select, update, values
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.catalogue import Stock, Unit
from domain.errors import Shortage
from domain.orders import most_sold
from storage.tables.base import Key
from storage.tables.catalogue import products, stock


class Stocks:
    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def get(self, product_id: int) -> Stock:
        """Zero of everything for a product that was never counted."""
        row = (
            await self._connection.execute(
                select(stock.c.on_hand, stock.c.reserved, stock.c.safety, stock.c.low_at).where(
                    stock.c.product_id == product_id
                )
            )
        ).one_or_none()
        return Stock(**row._mapping) if row else Stock()

    async def reserve(self, units: Mapping[int, int]) -> None:
        """Promise so many more units of each product (fewer, where negative): all of them, or none.

        Raises :class:`Shortage` for the first product, in the order given, of which there is too little.
        Rows are locked in the order of their ids, so that two crossed orders wait instead of deadlocking.
        """
        wanted = _sorted(units)
        if not wanted:
            return
        await self._lock(wanted)
        each = _table_of(wanted)
        is_there = stock.c.on_hand - stock.c.reserved - stock.c.safety >= each.c.units
        taken = (
            update(stock)
            .where(stock.c.product_id == each.c.product_id, or_(each.c.units < 0, is_there))
            .values(reserved=stock.c.reserved + each.c.units)
            .returning(stock.c.product_id)
        )
        got = set((await self._connection.scalars(taken)).all())
        missing = next((each for each in units if each in wanted and each not in got), None)
        if missing is not None:
            raise await self._shortage(missing, wanted[missing])

    async def release(self, units: Mapping[int, int]) -> None:
        """Give promised units back."""
        await self.reserve({product_id: -count for product_id, count in units.items()})

    async def ship(self, units: Mapping[int, int]) -> None:
        """Promised units have left the shelf."""
        wanted = _sorted(units)
        if wanted:
            await self._lock(wanted)
            each = _table_of(wanted)
            await self._connection.execute(
                update(stock)
                .where(stock.c.product_id == each.c.product_id)
                .values(reserved=stock.c.reserved - each.c.units, on_hand=stock.c.on_hand - each.c.units)
            )

    async def _lock(self, wanted: Mapping[int, int]) -> None:
        """SQLite has one writer at a time; PostgreSQL locks rows, and here in one order for everybody."""
        if self._connection.dialect.name == "postgresql" and len(wanted) > 1:
            rows = select(stock.c.product_id).where(stock.c.product_id.in_(wanted))
            await self._connection.execute(rows.order_by(stock.c.product_id).with_for_update())

    async def _shortage(self, product_id: int, asked: int) -> Shortage:
        left = (await self.get(product_id)).available
        named = select(products.c.label, products.c.unit, products.c.minimum, products.c.multiple)
        row = (await self._connection.execute(named.where(products.c.id == product_id))).one()
        offered = most_sold(row.minimum, row.multiple, left)
        return Shortage(product_id, row.label, asked, left, unit=Unit(row.unit), offered=offered)


def _sorted(units: Mapping[int, int]) -> dict[int, int]:
    return {product_id: units[product_id] for product_id in sorted(units) if units[product_id]}


def _table_of(wanted: Mapping[int, int]) -> CTE:
    """The wanted units as a table that an UPDATE can be joined with: one statement for all products."""
    rows = values(column("product_id", Key), column("units", Integer), name="wanted")
    return rows.data(list(wanted.items())).cte("wanted")
