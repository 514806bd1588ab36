"""Price lists, and prices by product, list and the day from which they hold."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.imports.batches import Step, Values, put_many
from storage.tables.catalogue import price_lists, prices
from storage.tables.people import customer_groups


@dataclass(frozen=True, slots=True)
class KnownPrice:
    product_id: int
    price_list_id: int
    valid_from: date
    valid_until: date | None
    rials: int


@dataclass(frozen=True, slots=True)
class KnownList:
    """A price list; the base list belongs to no group and no customer."""

    id: int
    name: str
    is_base: bool


class ImportedPrices:
    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def lists(self) -> tuple[KnownList, ...]:
        rows = await self._connection.execute(select(price_lists).order_by(price_lists.c.id))
        return tuple(
            KnownList(row.id, row.name, row.group_id is None and row.customer_id is None) for row in rows
        )

    async def groups(self) -> dict[str, int]:
        rows = await self._connection.execute(select(customer_groups.c.name, customer_groups.c.id))
        return {row.name: row.id for row in rows}

    async def add_list(self, name: str, group_id: int | None) -> int:
        added = insert(price_lists).values(name=name, group_id=group_id).returning(price_lists.c.id)
        return int((await self._connection.execute(added)).scalar_one())

    async def of_lists(self, ids: Collection[int]) -> list[KnownPrice]:
        """Every price of those lists, the oldest first."""
        rows = await self._connection.execute(
            select(
                prices.c.product_id,
                prices.c.price_list_id,
                prices.c.valid_from,
                prices.c.valid_until,
                prices.c.rials,
            )
            .where(prices.c.price_list_id.in_(ids))
            .order_by(prices.c.valid_from)
        )
        return [KnownPrice(*row) for row in rows]

    async def put(self, rows: Sequence[Values], step: Step) -> None:
        await put_many(self._connection, prices, rows, ("product_id", "price_list_id", "valid_from"), step)
