"""Saved lists, and what there is to make segments of."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, String, bindparam, delete, literal, select, union_all
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.errors import NotFound
from domain.segment_facts import segment_facts, segment_of
from domain.segments import Node, SavedSegment, SegmentNames
from storage.built import built
from storage.tables.calendar import routes
from storage.tables.campaigns import segments
from storage.tables.catalogue import brands, categories, products
from storage.tables.people import customer_groups, outlets
from storage.tables.push import customer_tags
from storage.upsert import insert_or

_S = segments.c


class Segments:
    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def list_saved(self) -> tuple[SavedSegment, ...]:
        rows = await self._connection.execute(select(segments).order_by(_S.name))
        return tuple(_saved(row) for row in rows)

    async def get(self, segment_id: int) -> SavedSegment:
        row = (await self._connection.execute(select(segments).where(_S.id == segment_id))).one_or_none()
        if row is None:
            raise NotFound
        return _saved(row)

    async def nodes(self) -> dict[int, Node]:
        """All saved lists: one may name another."""
        return {each.id: each.node for each in await self.list_saved()}

    async def put(self, name: str, node: Node, made_by: int, now: datetime) -> SavedSegment:
        """Keep it under that name; what was kept under it is replaced."""
        kept = {"conditions": segment_facts(node), "made_by": made_by, "created_at": now}
        put = insert_or(self._connection, segments).values(name=name, **kept)
        put = put.on_conflict_do_update(index_elements=["name"], set_=kept)
        row = (await self._connection.execute(put.returning(_S.id))).one()
        return SavedSegment(id=row.id, name=name, node=node, made_by=made_by, created_at=now)

    async def remove(self, segment_id: int) -> None:
        await self._connection.execute(delete(segments).where(_S.id == segment_id))

    async def everything(self) -> SegmentNames:
        """All that there is to choose from; products are searched for instead."""
        return _names(await self._connection.execute(_EVERYTHING))

    async def names(
        self,
        *,
        products: Collection[int],
        categories: Collection[int],
        brands: Collection[int],
        groups: Collection[int],
        routes: Collection[int],
        lists: Collection[int],
    ) -> SegmentNames:
        """What those are called: one statement."""
        asked = {
            "products": sorted(products),
            "categories": sorted(categories),
            "brands": sorted(brands),
            "groups": sorted(groups),
            "routes": sorted(routes),
            "lists": sorted(lists),
        }
        return (
            _names(await self._connection.execute(_NAMES, asked)) if any(asked.values()) else SegmentNames()
        )


def _saved(row: Any) -> SavedSegment:
    return SavedSegment(
        id=row.id,
        name=row.name,
        node=segment_of(row.conditions),
        made_by=row.made_by,
        created_at=row.created_at,
    )


def _names(rows: Any) -> SegmentNames:
    kinds = ("products", "categories", "brands", "groups", "routes", "lists", "cities", "tags")
    found: dict[str, dict[int, str]] = {kind: {} for kind in kinds}
    said: dict[str, set[str]] = {"cities": set(), "tags": set()}
    for row in rows:
        if row.kind in said:
            said[row.kind].add(row.name)
        else:
            found[row.kind][row.id] = row.name
    return SegmentNames(
        products=found["products"],
        categories=found["categories"],
        brands=found["brands"],
        groups=found["groups"],
        routes=found["routes"],
        lists=found["lists"],
        cities=tuple(sorted(said["cities"])),
        tags=tuple(sorted(said["tags"])),
    )


def _all(kind: str, table: Any, name: Any) -> Any:
    return select(literal(kind, String).label("kind"), table.c.id.label("id"), name.label("name"))


def _distinct(kind: str, column: Any) -> Any:
    return select(
        literal(kind, String).label("kind"), literal(0, BigInteger).label("id"), column.label("name")
    ).distinct()


def _some(kind: str, table: Any, name: Any) -> Any:
    return _all(kind, table, name).where(table.c.id.in_(bindparam(kind, expanding=True, type_=BigInteger)))


_SORTS: tuple[tuple[str, Any, Any], ...] = (
    ("categories", categories, categories.c.name),
    ("brands", brands, brands.c.name),
    ("groups", customer_groups, customer_groups.c.name),
    ("routes", routes, routes.c.name),
    ("lists", segments, segments.c.name),
)
_EVERYTHING = built(
    union_all(
        *(_all(*sort) for sort in _SORTS),
        _distinct("cities", outlets.c.city),
        _distinct("tags", customer_tags.c.tag),
    )
)
_NAMES = built(
    union_all(_some("products", products, products.c.short_name), *(_some(*sort) for sort in _SORTS))
)
