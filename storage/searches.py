"""What people have looked for, for as long as its results may be leafed through."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import bindparam, delete, func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.errors import NotFound
from domain.search_misses import SearchMiss
from storage.built import built
from storage.tables.catalogue import searches

_MINE = searches.c.identity_id == bindparam("whose")
_FIND = built(select(searches.c.text).where(searches.c.id == bindparam("search"), _MINE))
_LAST = built(select(searches.c.id, searches.c.text).where(_MINE).order_by(searches.c.id.desc()).limit(1))
_PICK = built(
    update(searches)
    .where(searches.c.id == bindparam("search"), _MINE)
    .values(
        picked_id=func.coalesce(searches.c.picked_id, bindparam("product", type_=searches.c.picked_id.type))
    )
    .returning(searches.c.id)
)
_PUT = built(insert(searches).returning(searches.c.id))

_MISSED = searches.c.key.is_not(None) & searches.c.picked_id.is_(None) & searches.c.settled_at.is_(None)
_PEOPLE = func.count(func.coalesce(searches.c.customer_id, -searches.c.identity_id).distinct())
_MISSES = select(
    func.max(searches.c.id).label("id"),
    func.max(searches.c.text).label("text"),
    func.count().label("times"),
    _PEOPLE.label("customers"),
    func.max(searches.c.found).label("found"),
)


class Searches:
    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def put(
        self,
        identity_id: int,
        text: str,
        now: datetime,
        *,
        customer_id: int | None = None,
        key: str | None = None,
        found: int = 0,
    ) -> int:
        """Keep what that person has looked for; its id. Without a ``key`` nobody learns from it."""
        row = {
            "identity_id": identity_id,
            "text": text,
            "asked_at": now,
            "customer_id": customer_id,
            "key": key,
            "found": found,
        }
        kept = await self._connection.scalar(_PUT, row)
        assert kept is not None
        return int(kept)

    async def find(self, search_id: int, identity_id: int) -> str | None:
        """What was looked for, if it was that person who did."""
        return await self._connection.scalar(_FIND, {"search": search_id, "whose": identity_id})

    async def last(self, identity_id: int) -> tuple[int, str] | None:
        """The newest search of that person, with its id."""
        row = (await self._connection.execute(_LAST, {"whose": identity_id})).one_or_none()
        return (row.id, row.text) if row else None

    async def pick(self, search_id: int, identity_id: int, product_id: int) -> bool:
        """That is what this person was looking for, the first pick counts; False where it is not theirs."""
        values = {"search": search_id, "whose": identity_id, "product": product_id}
        return await self._connection.scalar(_PICK, values) is not None

    async def list_missed(self, since: datetime, limit: int, offset: int) -> tuple[SearchMiss, ...]:
        """What was looked for since then and not picked: like texts are one, that of most customers first."""
        rows = await self._connection.execute(
            _MISSES.where(_MISSED, searches.c.asked_at > since)
            .group_by(searches.c.key)
            .order_by(_PEOPLE.desc(), func.count().desc(), func.max(searches.c.id).desc())
            .limit(limit)
            .offset(offset)
        )
        return tuple(SearchMiss(**row._mapping) for row in rows)

    async def get_missed(self, search_id: int, since: datetime) -> SearchMiss:
        """All searches that are like this one and were not picked."""
        key = select(searches.c.key).where(searches.c.id == search_id).scalar_subquery()
        rows = await self._connection.execute(
            _MISSES.where(_MISSED, searches.c.asked_at > since, searches.c.key == key).group_by(
                searches.c.key
            )
        )
        row = rows.one_or_none()
        if row is None:
            raise NotFound
        return SearchMiss(**row._mapping)

    async def settle(self, search_id: int, now: datetime) -> None:
        """Somebody of us has seen to all that are like it."""
        key = select(searches.c.key).where(searches.c.id == search_id).scalar_subquery()
        settled = update(searches).where(_MISSED, searches.c.key == key)
        await self._connection.execute(settled.values(settled_at=now))

    async def prune(self, before: datetime) -> int:
        """Forget what was looked for before that instant; how many searches went."""
        gone = await self._connection.execute(delete(searches).where(searches.c.asked_at < before))
        return gone.rowcount
