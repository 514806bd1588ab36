"""What the things are called that promotions name by their ids."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlalchemy import BigInteger, String, bindparam, literal, select, union_all
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.deals import Names
from domain.promotion_rules import Bonus, MixPercent
from domain.promotions import Promotion
from storage.built import built
from storage.tables.catalogue import brands, categories, products
from storage.tables.people import customer_groups, customers


def _named(kind: str, table: Any, name: Any) -> Any:
    wanted = bindparam(kind, expanding=True, type_=BigInteger)
    return select(literal(kind, String).label("kind"), table.c.id, name.label("name")).where(
        table.c.id.in_(wanted)
    )


_NAMES = built(
    union_all(
        _named("products", products, products.c.short_name),
        _named("categories", categories, categories.c.name),
        _named("brands", brands, brands.c.name),
        _named("groups", customer_groups, customer_groups.c.name),
        _named("customers", customers, customers.c.name),
    )
)


class PromotionGoods:
    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def names(self, promotions: Iterable[Promotion]) -> Names:
        """The names of everything that these promotions are on, for, and give: one statement."""
        wanted: dict[str, set[int]] = {
            kind: set() for kind in ("products", "categories", "brands", "groups", "customers")
        }
        for each in promotions:
            scopes = [each.scope, *([each.rule.other] if isinstance(each.rule, MixPercent) else [])]
            for scope in scopes:
                wanted["products"] |= scope.product_ids
                wanted["categories"] |= scope.category_ids
                wanted["brands"] |= scope.brand_ids
            if isinstance(each.rule, Bonus):
                wanted["products"] |= set(each.rule.product_ids)
            wanted["groups"] |= each.eligibility.group_ids
            wanted["customers"] |= each.eligibility.customer_ids
        found: dict[str, dict[int, str]] = {kind: {} for kind in wanted}
        if any(wanted.values()):
            asked = {kind: sorted(ids) for kind, ids in wanted.items()}
            for row in await self._connection.execute(_NAMES, asked):
                found[row.kind][row.id] = row.name
        return Names(**found)

    async def groups(self) -> dict[int, str]:
        """All groups of customers; there are few of them."""
        rows = await self._connection.execute(
            select(customer_groups.c.id, customer_groups.c.name).order_by(customer_groups.c.id)
        )
        return {row.id: row.name for row in rows}
