"""What people ask our support, and the answers."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.errors import AlreadyDecided, NotFound
from domain.support import SupportMessage
from storage.tables.messages import support_messages
from storage.tables.people import customers, identities
from storage.tables.sent_lists import support_albums
from storage.upsert import insert_or

_M = support_messages


class Support:
    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def put(
        self, identity_id: int, customer_id: int | None, text: str, now: datetime, photo_id: int | None = None
    ) -> int:
        row = {"identity_id": identity_id, "customer_id": customer_id, "text": text, "asked_at": now}
        kept = await self._connection.scalar(
            insert(_M).values(**row, photo_file_id=photo_id).returning(_M.c.id)
        )
        assert kept is not None
        return int(kept)

    async def get(self, message_id: int) -> SupportMessage:
        row = (await self._connection.execute(_messages().where(_M.c.id == message_id))).one_or_none()
        if row is None:
            raise NotFound
        return _message(row)

    async def list_open(self, limit: int = 8) -> tuple[SupportMessage, ...]:
        """What nobody has answered, oldest first."""
        rows = _messages().where(_M.c.answered_at.is_(None)).order_by(_M.c.id).limit(limit)
        return tuple(_message(row) for row in await self._connection.execute(rows))

    async def count_open(self) -> int:
        counted = select(func.count()).select_from(_M).where(_M.c.answered_at.is_(None))
        return int(await self._connection.scalar(counted) or 0)

    async def answer(self, message_id: int, text: str, by: int, now: datetime) -> None:
        """Keep the answer of the first who answers."""
        kept = await self._connection.execute(
            update(_M)
            .where(_M.c.id == message_id, _M.c.answered_at.is_(None))
            .values(answer=text, answered_by=by, answered_at=now)
        )
        if kept.rowcount != 1:
            raise AlreadyDecided

    async def put_album(self, identity_id: int, album: str, message_id: int) -> None:
        """The photo that our support was given is the first of several."""
        put = insert_or(self._connection, support_albums).values(
            identity_id=identity_id, album=album, message_id=message_id
        )
        await self._connection.execute(put.on_conflict_do_nothing(index_elements=["identity_id", "album"]))

    async def album_message(self, identity_id: int, album: str) -> int | None:
        """The message to our support that came with the first photo."""
        return await self._connection.scalar(
            select(support_albums.c.message_id).where(
                support_albums.c.identity_id == identity_id, support_albums.c.album == album
            )
        )


def _messages() -> Any:
    return (
        select(_M, identities.c.name.label("person"), customers.c.name.label("customer"))
        .join(identities, identities.c.id == _M.c.identity_id)
        .outerjoin(customers, customers.c.id == _M.c.customer_id)
    )


def _message(row: Any) -> SupportMessage:
    return SupportMessage(
        id=row.id,
        identity_id=row.identity_id,
        person=row.person,
        customer=row.customer,
        text=row.text,
        asked_at=row.asked_at,
        photo_id=row.photo_file_id,
        answered_at=row.answered_at,
    )
