"""What people have looked for, for as long as its results may be leafed through."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import bindparam, delete, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.built import built
from storage.tables.catalogue import searches

_MINE = searches.c.identity_id == bindparam("whose")
_FIND = built(select(searches.c.text).where(searches.c.id == bindparam("search"), _MINE))
_LAST = built(select(searches.c.id, searches.c.text).where(_MINE).order_by(searches.c.id.desc()).limit(1))
_PUT = built(insert(searches).returning(searches.c.id))


class Searches:
    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def put(self, identity_id: int, text: str, now: datetime) -> int:
        """Keep what that person has looked for; its id."""
        row = {"identity_id": identity_id, "text": text, "asked_at": now}
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

    async def prune(self, before: datetime) -> int:
        """Forget what was looked for before that instant; how many searches went."""
        gone = await self._connection.execute(delete(searches).where(searches.c.asked_at < before))
        return gone.rowcount
