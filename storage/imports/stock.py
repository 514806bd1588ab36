"""Stock by the product's code."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.imports.batches import Step, Values, put_many
from storage.tables.catalogue import products, stock


@dataclass(frozen=True, slots=True)
class KnownStock:
    """A product and its stock; ``on_hand`` is None while nobody has counted it."""

    product_id: int
    on_hand: int | None
    reserved: int
    safety: int
    low_at: int


class ImportedStock:
    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def lock(self) -> None:
        """Nothing is reserved between our reading and our writing; in the order in which orders lock."""
        await self._connection.execute(
            select(stock.c.product_id).order_by(stock.c.product_id).with_for_update()
        )

    async def by_code(self) -> dict[str, KnownStock]:
        columns = (products.c.id, stock.c.on_hand, stock.c.reserved, stock.c.safety, stock.c.low_at)
        rows = await self._connection.execute(
            select(products.c.code, *columns).select_from(
                products.outerjoin(stock, stock.c.product_id == products.c.id)
            )
        )
        return {
            row.code: KnownStock(row.id, row.on_hand, row.reserved or 0, row.safety or 0, row.low_at or 0)
            for row in rows
        }

    async def put(self, rows: Sequence[Values], step: Step) -> None:
        await put_many(self._connection, stock, rows, ("product_id",), step)
