"""What was given on an order, by which promotion in which version. Rows are added and never changed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, and_, bindparam, cast, func, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.money import Money
from domain.pricing import Applied
from domain.promotion_rules import Stage
from domain.promotions import Given
from storage import promotion_rows as rows
from storage.built import built
from storage.tables.orders import order_lines
from storage.tables.pricing import applied_promotions

_A, _L = applied_promotions.c, order_lines.c
_NOTHING = {
    "promotion_id": None,
    "version": 0,
    "stage": rows.NOTHING_GIVEN,
    "name": "",
    "position": None,
    "base_rials": 0,
    "amount_rials": 0,
    "units": 0,
}
_KEEP = built(insert(applied_promotions))
_ORDER = bindparam("order", type_=BigInteger)
_GIVEN = built(
    select(_A.promotion_id, cast(rows.WORTH, BigInteger).label("rials"), func.sum(_A.units).label("units"))
    .where(_A.order_id == _ORDER, _A.promotion_id.is_not(None), rows.is_last())
    .group_by(_A.promotion_id)
)
_LIST = built(
    select(applied_promotions, _L.product_id)
    .select_from(
        applied_promotions.outerjoin(
            order_lines, and_(_L.order_id == _A.order_id, _L.position == _A.position)
        )
    )
    .where(_A.order_id == _ORDER, _A.stage != rows.NOTHING_GIVEN, rows.is_last())
    .order_by(_A.id)
)


class AppliedKept:
    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def keep(
        self,
        order_id: int,
        order_version: int,
        customer_id: int,
        applied: Iterable[Applied],
        positions: Mapping[int, int],
        now: datetime,
        *,
        is_change: bool = False,
    ) -> None:
        """Write down what was given with that version of an order; ``positions`` are its lines by product.

        Rows of earlier versions stay and no longer hold: a change that leaves nothing says so in a row too.
        """
        whose = {"order_id": order_id, "order_version": order_version, "customer_id": customer_id, "at": now}
        kept = [whose | _facts(each, positions) for each in applied]
        if not kept and is_change:
            kept = [whose | _NOTHING]
        if kept:
            await self._connection.execute(_KEEP, kept)

    async def list_of(self, order_id: int) -> tuple[Applied, ...]:
        """What was given with the last version of that order, as it was kept."""
        found = await self._connection.execute(_LIST, {"order": order_id})
        return tuple(_applied(row) for row in found)

    async def given(self, order_id: int) -> dict[int, Given]:
        """The same by promotion, as budgets and quotas count it."""
        found = await self._connection.execute(_GIVEN, {"order": order_id})
        return {
            row.promotion_id: Given(rials=int(row.rials or 0), units=int(row.units or 0), orders=1)
            for row in found
        }


def _facts(applied: Applied, positions: Mapping[int, int]) -> dict[str, Any]:
    return {
        "promotion_id": applied.promotion_id,
        "version": applied.version,
        "stage": rows.STAGES[applied.stage],
        "name": applied.name,
        "position": None if applied.product_id is None else positions.get(applied.product_id),
        "base_rials": applied.base.rials,
        "amount_rials": applied.amount.rials,
        "units": applied.units,
    }


def _applied(row: Any) -> Applied:
    return Applied(
        promotion_id=row.promotion_id,
        version=row.version,
        stage=Stage[row.stage.upper()],
        name=row.name,
        base=Money(row.base_rials),
        amount=Money(row.amount_rials),
        product_id=row.product_id,
        units=row.units,
    )
