"""Platforms that asked for silence: what one process was told holds for all of them."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import bindparam, select
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.built import built
from storage.tables.base import Instant
from storage.tables.push import platform_pauses
from storage.upsert import insert_or

_PAUSED = built(
    select(platform_pauses).where(platform_pauses.c.paused_until > bindparam("at", type_=Instant()))
)


class Pauses:
    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def put(self, platform: str, bot_id: int, until: datetime) -> None:
        """Nobody writes to that platform before then; an end that is later already stands."""
        put = insert_or(self._connection, platform_pauses).values(
            platform=platform, bot_id=bot_id, paused_until=until
        )
        await self._connection.execute(
            put.on_conflict_do_update(
                index_elements=["platform", "bot_id"],
                set_={"paused_until": put.excluded.paused_until},
                where=platform_pauses.c.paused_until < put.excluded.paused_until,
            )
        )

    async def list_now(self, now: datetime) -> Mapping[str, datetime]:
        """Until when, by platform."""
        found: dict[str, datetime] = {}
        for row in await self._connection.execute(_PAUSED, {"at": now}):
            found[row.platform] = max(row.paused_until, found.get(row.platform, row.paused_until))
        return found
