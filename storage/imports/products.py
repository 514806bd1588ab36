"""Products by their code, with the categories and brands that they name."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import Table, func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.imports.batches import Step, Values, put_many
from storage.tables.catalogue import brands, categories, products

KNOWN = (
    "code",
    "barcode",
    "name",
    "short_name",
    "label",
    "search_key",
    "category_id",
    "brand_id",
    "unit",
    "carton",
    "minimum",
    "multiple",
    "vat_basis_points",
    "is_active",
)
"""The columns that a file may change; pictures, shades and positions are not the books' business."""


class ImportedProducts:
    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def by_code(self) -> dict[str, dict[str, Any]]:
        """What is known of every product, by its code."""
        rows = await self._connection.execute(select(*(products.c[name] for name in KNOWN)))
        return {row["code"]: dict(row) for row in rows.mappings()}

    async def ids(self) -> dict[str, int]:
        rows = await self._connection.execute(select(products.c.code, products.c.id))
        return {row.code: row.id for row in rows}

    async def put(self, rows: Sequence[Values], step: Step) -> None:
        await put_many(self._connection, products, rows, ("code",), step)

    async def categories(self) -> dict[str, int]:
        return await self._names(categories)

    async def brands(self) -> dict[str, int]:
        return await self._names(brands)

    async def add_categories(self, names: Iterable[str]) -> None:
        """New ones stand behind those that are there."""
        last = await self._connection.scalar(select(func.max(categories.c.position))) or 0
        rows = [{"name": name, "position": last + place} for place, name in enumerate(names, 1)]
        await put_many(self._connection, categories, rows, ("name",), kept=("position",))

    async def add_brands(self, names: Iterable[str]) -> None:
        await put_many(self._connection, brands, [{"name": name} for name in names], ("name",))

    async def _names(self, table: Table) -> dict[str, int]:
        rows = await self._connection.execute(select(table.c.name, table.c.id).order_by(table.c.id))
        return {row.name: row.id for row in rows}
