"""What is bought together, market by market; and what was offered in whose basket (rule R14.2)."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from itertools import groupby
from typing import Any

from sqlalchemy import case, delete, exists, func, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.associations import Bought, Pair, Together
from domain.calendar import today_in_tehran
from domain.errors import NotFound
from domain.history import NOT_BOUGHT
from domain.reorder import BoughtOn
from domain.suggestions import Answered
from storage.tables.catalogue import products
from storage.tables.guide import product_pairs, suggestions
from storage.tables.orders import order_lines, orders
from storage.tables.people import customers
from storage.upsert import insert_or

_P, _S, _O, _L, _C = product_pairs.c, suggestions.c, orders.c, order_lines.c, customers.c
_BOUGHT = _O.number.is_not(None) & _O.status.not_in(sorted(each.value for each in NOT_BOUGHT))
_SEGMENT = func.coalesce(_C.segment, "")
_TAKEN = exists().where(_L.order_id == _S.order_id, _L.product_id == _S.product_id).correlate(suggestions)
AT_ONCE = 500


class Associations:
    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def markets(self) -> tuple[tuple[str, str], ...]:
        """Each kind of customer as a whole (its group is ""), and each value group of it."""
        rows = await self._connection.execute(
            select(_C.kind, _SEGMENT.label("segment")).where(_C.is_active).distinct()
        )
        found = {(row.kind, row.segment) for row in rows}
        return tuple(sorted(found | {(kind, "") for kind, _segment in found}))

    async def page(
        self, market: tuple[str, str], since: datetime, after: int, limit: int
    ) -> tuple[tuple[tuple[Bought, ...], ...], int | None]:
        """What the next customers of a market have bought, each apart; and where to go on, None at the end.

        Customers who have bought nothing are passed over.
        """
        kind, segment = market
        those = select(_C.id).where(_C.kind == kind, _C.is_active, _C.id > after)
        if segment:
            those = those.where(_C.segment == segment)
        ids = (await self._connection.scalars(those.order_by(_C.id).limit(limit))).all()
        if not ids:
            return (), None
        rows = await self._connection.execute(
            select(
                _O.customer_id,
                _L.product_id,
                products.c.family,
                func.count().label("times"),
                func.sum(_L.quantity).label("units"),
            )
            .join(order_lines, _L.order_id == _O.id)
            .join(products, products.c.id == _L.product_id)
            .where(_O.customer_id.in_(ids), _BOUGHT, _O.placed_at >= since, _L.bonus_of.is_(None))
            .group_by(_O.customer_id, _L.product_id, products.c.family)
            .order_by(_O.customer_id, _L.product_id)
        )
        found = tuple(
            tuple(_bought(row) for row in lines) for _id, lines in groupby(rows, lambda row: row.customer_id)
        )
        return found, ids[-1] if len(ids) == limit else None

    async def replace(self, market: tuple[str, str], found: Sequence[Together]) -> None:
        """From now on this is what is bought together there."""
        kind, segment = market
        gone = delete(product_pairs).where(_P.kind == kind, _P.segment == segment)
        await self._connection.execute(gone)
        rows = [
            {
                "kind": kind,
                "segment": segment,
                "goods": each.goods,
                "product_id": each.product_id,
                "both": each.pair.both,
                "first": each.pair.first,
                "second": each.pair.second,
                "customers": each.pair.customers,
                "usual": each.usual,
            }
            for each in found
        ]
        for start in range(0, len(rows), AT_ONCE):
            await self._connection.execute(insert(product_pairs), rows[start : start + AT_ONCE])

    async def with_goods(self, customer_id: int, goods: Collection[str]) -> tuple[Together, ...]:
        """What such customers buy together with any of these goods.

        What their own value group does says more than what their whole kind does.
        """
        rows = await self._connection.execute(
            select(product_pairs)
            .join(customers, (_C.kind == _P.kind) & _P.segment.in_((_SEGMENT, "")))
            .where(_C.id == customer_id, _P.goods.in_(sorted(goods)))
            .order_by(_P.segment)
        )
        return tuple({(row.goods, row.product_id): _together(row) for row in rows}.values())

    async def refused(self, customer_id: int, since: datetime) -> frozenset[int]:
        """Products that were offered since then in an order which was placed without them."""
        found = await self._connection.scalars(
            select(_S.product_id)
            .join(orders, _O.id == _S.order_id)
            .where(_S.customer_id == customer_id, _S.shown_at > since, _O.number.is_not(None), ~_TAKEN)
        )
        return frozenset(found)

    async def answered(self, product_ids: Collection[int], since: datetime) -> Mapping[int, Answered]:
        """How often each was offered in orders that were placed, and taken."""
        rows = await self._connection.execute(
            select(
                _S.product_id,
                func.count().label("shown"),
                func.sum(case((_TAKEN, 1), else_=0)).label("taken"),
            )
            .join(orders, _O.id == _S.order_id)
            .where(_S.product_id.in_(sorted(product_ids)), _S.shown_at > since, _O.number.is_not(None))
            .group_by(_S.product_id)
        )
        return {row.product_id: Answered(int(row.shown), int(row.taken)) for row in rows}

    async def bought(
        self, customer_id: int, product_ids: Collection[int], since: datetime
    ) -> Mapping[int, tuple[BoughtOn, ...]]:
        """On which days that customer has bought these, or another shade of them, and how many."""
        rows = await self._connection.execute(
            select(_L.product_id, _O.placed_at, _L.quantity)
            .join(order_lines, _L.order_id == _O.id)
            .where(
                _O.customer_id == customer_id,
                _BOUGHT,
                _O.placed_at >= since,
                _L.product_id.in_(sorted(product_ids)),
                _L.bonus_of.is_(None),
            )
        )
        found: dict[int, list[BoughtOn]] = {}
        for row in rows:
            day = today_in_tehran(row.placed_at)
            found.setdefault(row.product_id, []).append(BoughtOn(day=day, quantity=row.quantity))
        return {product_id: tuple(days) for product_id, days in found.items()}

    async def note_shown(
        self, customer_id: int, order_id: int, product_id: int, units: int, now: datetime
    ) -> int:
        """It was offered in that draft; shown again it stays one offer."""
        put = insert_or(self._connection, suggestions).values(
            customer_id=customer_id, order_id=order_id, product_id=product_id, units=units, shown_at=now
        )
        put = put.on_conflict_do_update(
            index_elements=["order_id", "product_id"], set_={"shown_at": now, "units": units}
        )
        return int(await self._connection.scalar(put.returning(_S.id)) or 0)

    async def forget(self, before: datetime) -> int:
        """What was offered before that instant is not counted any more; how many offers went."""
        gone = delete(suggestions).where(_S.shown_at < before)
        return (await self._connection.execute(gone)).rowcount

    async def shown(self, suggestion_id: int, *, of: int) -> tuple[int, int, int]:
        """In which draft of this customer it was offered, which product, and how many units."""
        row = (
            await self._connection.execute(
                select(_S.order_id, _S.product_id, _S.units).where(
                    _S.id == suggestion_id, _S.customer_id == of
                )
            )
        ).one_or_none()
        if row is None:
            raise NotFound
        return row.order_id, row.product_id, row.units


def _bought(row: Any) -> Bought:
    quantity = max(1, round(int(row.units) / int(row.times)))
    return Bought(product_id=row.product_id, family=row.family, quantity=quantity, times=int(row.times))


def _together(row: Any) -> Together:
    pair = Pair(both=row.both, first=row.first, second=row.second, customers=row.customers)
    return Together(goods=row.goods, product_id=row.product_id, pair=pair, usual=row.usual)
