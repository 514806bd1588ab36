"""Other names of brands, and which products they reach."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from sqlalchemy import delete, func, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.brand_aliases import BrandAlias, NamedBrand
from domain.errors import NotFound
from storage.tables.catalogue import brands, products
from storage.tables.search import brand_aliases

_A = brand_aliases.c
AT_ONCE = 500


class BrandAliases:
    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def names(self) -> tuple[tuple[int, str], ...]:
        """Every brand by its id."""
        rows = await self._connection.execute(select(brands.c.id, brands.c.name).order_by(brands.c.id))
        return tuple((row.id, row.name) for row in rows)

    async def page(self, limit: int, offset: int) -> tuple[tuple[int, str, int], ...]:
        """Brands with how many other names they have; those that have some first, then by name."""
        count = select(func.count()).where(_A.brand_id == brands.c.id).scalar_subquery()
        rows = await self._connection.execute(
            select(brands.c.id, brands.c.name, count.label("aliases"))
            .order_by((count == 0), brands.c.name, brands.c.id)
            .limit(limit)
            .offset(offset)
        )
        return tuple((row.id, row.name, row.aliases) for row in rows)

    async def get(self, brand_id: int) -> NamedBrand:
        name = await self._connection.scalar(select(brands.c.name).where(brands.c.id == brand_id))
        if name is None:
            raise NotFound
        rows = await self._connection.execute(
            select(_A.id, _A.alias).where(_A.brand_id == brand_id).order_by(_A.id)
        )
        aliases = tuple(BrandAlias(id=row.id, text=row.alias) for row in rows)
        return NamedBrand(id=brand_id, name=name, aliases=aliases)

    async def find(self, alias_id: int) -> tuple[int, str]:
        """The brand that is called so, and the name."""
        found = select(_A.brand_id, _A.alias).where(_A.id == alias_id)
        row = (await self._connection.execute(found)).one_or_none()
        if row is None:
            raise NotFound
        return row.brand_id, row.alias

    async def all(self) -> tuple[tuple[int, str], ...]:
        """Every alias with its brand."""
        rows = await self._connection.execute(select(_A.brand_id, _A.alias))
        return tuple((row.brand_id, row.alias) for row in rows)

    async def put(self, rows: Sequence[tuple[int, str]]) -> None:
        """Brands are called so too from now on."""
        for start in range(0, len(rows), AT_ONCE):
            await self._connection.execute(
                insert(brand_aliases),
                [{"brand_id": brand, "alias": alias} for brand, alias in rows[start : start + AT_ONCE]],
            )

    async def drop(self, alias_id: int) -> None:
        await self._connection.execute(delete(brand_aliases).where(_A.id == alias_id))

    async def products(self, brand_ids: Collection[int]) -> tuple[int, ...]:
        """The products of these brands."""
        found: list[int] = []
        ids = sorted(brand_ids)
        for start in range(0, len(ids), AT_ONCE):
            some = products.c.brand_id.in_(ids[start : start + AT_ONCE])
            found += (await self._connection.scalars(select(products.c.id).where(some))).all()
        return tuple(found)
