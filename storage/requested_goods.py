"""Goods that customers wish for: like wishes are one, and each customer has each once at a time."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import func, select, text, update
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.errors import NotFound
from domain.requested_goods import GoodsAnswer, RequestedGoods, Wisher
from storage.tables.guide import requested_goods
from storage.tables.people import customers
from storage.upsert import insert_or

_R = requested_goods.c
_OPEN = _R.answered_at.is_(None)


class RequestedGoodsKept:
    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def put(self, customer_id: int, contact_id: int, wish: str, key: str, now: datetime) -> int:
        """Keep a wish; who has it already is counted once more."""
        put = insert_or(self._connection, requested_goods).values(
            customer_id=customer_id, contact_id=contact_id, text=wish, key=key, times=1, asked_at=now
        )
        put = put.on_conflict_do_update(
            index_elements=["key", "customer_id"],
            index_where=text("answered_at IS NULL"),
            set_={"times": _R.times + 1, "asked_at": now, "contact_id": contact_id},
        )
        kept = await self._connection.scalar(put.returning(_R.id))
        assert kept is not None
        return int(kept)

    async def list_open(self, limit: int, offset: int) -> tuple[RequestedGoods, ...]:
        """What nobody has answered yet, that of most customers first."""
        rows = await self._connection.execute(
            select(
                func.min(_R.id).label("id"),
                func.min(_R.text).label("text"),
                func.sum(_R.times).label("times"),
                func.count().label("customers"),
                func.max(_R.asked_at).label("asked_at"),
            )
            .where(_OPEN)
            .group_by(_R.key)
            .order_by(func.count().desc(), func.max(_R.asked_at).desc(), func.min(_R.id))
            .limit(limit)
            .offset(offset)
        )
        return tuple(RequestedGoods(**row._mapping) for row in rows)

    async def get_open(self, request_id: int) -> tuple[str, RequestedGoods, tuple[Wisher, ...]]:
        """The wish that this request is part of: its key, and who shares it, the first one first."""
        key = await self._connection.scalar(select(_R.key).where(_R.id == request_id, _OPEN))
        if key is None:
            raise NotFound
        rows = (
            await self._connection.execute(
                select(_R.id, _R.contact_id, _R.text, _R.times, _R.asked_at, customers.c.name)
                .join(customers, customers.c.id == _R.customer_id)
                .where(_R.key == key, _OPEN)
                .order_by(_R.id)
            )
        ).all()
        wish = RequestedGoods(
            id=rows[0].id,
            text=rows[0].text,
            times=sum(row.times for row in rows),
            customers=len(rows),
            asked_at=max(row.asked_at for row in rows),
        )
        wishers = (
            Wisher(request_id=row.id, contact_id=row.contact_id, customer=row.name, text=row.text)
            for row in rows
        )
        return key, wish, tuple(wishers)

    async def answer(
        self, key: str, answer: GoodsAnswer, staff_id: int, now: datetime
    ) -> tuple[tuple[int, int, str], ...]:
        """Answer all who share the wish, none a second time: of each the request, contact and text."""
        answered = update(requested_goods).where(_R.key == key, _OPEN)
        answered = answered.values(answer=answer.value, answered_by=staff_id, answered_at=now)
        rows = (await self._connection.execute(answered.returning(_R.id, _R.contact_id, _R.text))).all()
        return tuple(sorted((row.id, row.contact_id, row.text) for row in rows))

    async def count_since(self, since: datetime) -> int:
        """How many different things were wished for since then."""
        counted = select(func.count(_R.key.distinct())).where(_R.asked_at > since)
        return int(await self._connection.scalar(counted) or 0)
