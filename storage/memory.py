"""Which question the next typed message answers. Kept with the effects of the answer, in one transaction."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import and_, bindparam, delete, select
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.built import built
from storage.tables.messages import memory
from storage.upsert import insert_or


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """One person in one chat with one bot."""

    platform: str
    bot_id: int
    user_id: int
    chat_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Remembered:
    state: str | None
    data: Mapping[str, Any]


class MemoryKept:
    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def find(self, place: Place) -> Remembered:
        row = (await self._connection.execute(_FIND, _named(place))).one_or_none()
        return Remembered(state=row.state, data=row.data) if row else Remembered(state=None, data={})

    async def save(self, place: Place, remembered: Remembered, now: datetime) -> None:
        if remembered.state is None and not remembered.data:
            await self._connection.execute(_CLEAR, _named(place))
            return
        kept = {"state": remembered.state, "data": dict(remembered.data), "updated_at": now}
        put = insert_or(self._connection, memory).values(
            platform=place.platform,
            bot_id=place.bot_id,
            user_id=place.user_id,
            chat_id=place.chat_id,
            **kept,
        )
        await self._connection.execute(
            put.on_conflict_do_update(index_elements=["platform", "bot_id", "user_id", "chat_id"], set_=kept)
        )

    async def forget(self, platform: str, bot_id: int, user_ids: tuple[int, ...]) -> None:
        """These people have gone on to something else: no question of theirs is open any more."""
        await self._connection.execute(
            _FORGET, [{"platform": platform, "bot_id": bot_id, "user_id": each} for each in user_ids]
        )


def _named(place: Place) -> dict[str, object]:
    return {
        "platform": place.platform,
        "bot_id": place.bot_id,
        "user_id": place.user_id,
        "chat_id": place.chat_id,
    }


_HERE = and_(*(memory.c[name] == bindparam(name) for name in ("platform", "bot_id", "user_id", "chat_id")))
_FIND = built(select(memory.c.state, memory.c.data).where(_HERE))
_CLEAR = built(delete(memory).where(_HERE))
_FORGET = built(
    delete(memory).where(
        memory.c.platform == bindparam("platform"),
        memory.c.bot_id == bindparam("bot_id"),
        memory.c.user_id == bindparam("user_id"),
    )
)
