"""Messages that are kept up to date: where they stand, and what they showed last."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import delete, func, literal, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.live import Live, LiveKind, LiveMessage
from storage.tables.people import contacts, identities, staff
from storage.tables.push import live_messages
from storage.upsert import insert_or

_L = live_messages.c


class LiveMessages:
    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def put(
        self, platform: str, bot_id: int, chat_id: int, message_id: int, live: Live, shown: str, now: datetime
    ) -> None:
        """That message shows this from now on; it may have shown something else, or have ended, before.

        In a private chat the chat is the person; a chat of nobody whom we know is not kept.
        """
        place = (platform, bot_id, chat_id, message_id)
        whose = select(
            *(literal(each) for each in place),
            identities.c.id,
            literal(live.kind.value),
            literal(live.subject_id),
            literal(shown),
            literal(now, live_messages.c.updated_at.type),
        ).where(identities.c.platform == platform, identities.c.user_id == chat_id)
        columns = ["platform", "bot_id", "chat_id", "message_id", "identity_id", "kind", "subject_id"]
        put = insert_or(self._connection, live_messages).from_select([*columns, "shown", "updated_at"], whose)
        await self._connection.execute(
            put.on_conflict_do_update(
                index_elements=columns[:4],
                set_={
                    "kind": live.kind.value,
                    "subject_id": live.subject_id,
                    "shown": shown,
                    "updated_at": now,
                    "ends_at": None,
                },
            )
        )

    async def leave(self, platform: str, bot_id: int, chat_id: int, message_id: int) -> None:
        """That message shows something else now."""
        place = (_L.platform == platform, _L.bot_id == bot_id, _L.chat_id == chat_id)
        await self._connection.execute(delete(live_messages).where(*place, _L.message_id == message_id))

    async def places(self, platform: str, bot_id: int) -> tuple[tuple[int, int], ...]:
        """Chat and message of all that have not ended."""
        mine = (_L.platform == platform, _L.bot_id == bot_id, _L.ends_at.is_(None))
        rows = await self._connection.execute(select(_L.chat_id, _L.message_id).where(*mine))
        return tuple((row.chat_id, row.message_id) for row in rows)

    async def subjects(self) -> tuple[Live, ...]:
        """Everything that some message still shows, each once."""
        rows = await self._connection.execute(
            select(_L.kind, _L.subject_id).where(_L.ends_at.is_(None)).distinct().order_by(_L.subject_id)
        )
        return tuple(Live(LiveKind(row.kind), row.subject_id) for row in rows)

    async def list_of(self, live: Live) -> tuple[LiveMessage, ...]:
        """The messages that show this and have not ended, with the languages of their readers."""
        language = func.coalesce(contacts.c.language, staff.c.language, identities.c.language)
        rows = await self._connection.execute(
            select(live_messages, language.label("language"))
            .join(identities, identities.c.id == _L.identity_id)
            .outerjoin(contacts, contacts.c.id == identities.c.contact_id)
            .outerjoin(staff, staff.c.id == identities.c.staff_id)
            .where(_L.kind == live.kind.value, _L.subject_id == live.subject_id, _L.ends_at.is_(None))
            .order_by(_L.id)
        )
        return tuple(_message(row) for row in rows)

    async def claim(self, message: LiveMessage, shown: str, now: datetime, *, is_last: bool) -> bool:
        """Take it upon us to show this; False when somebody else does, or it shows something else by now."""
        as_read = (_L.id == message.id, _L.shown == message.shown, _L.updated_at == message.updated_at)
        claimed = await self._connection.execute(
            update(live_messages)
            .where(*as_read, _L.ends_at.is_(None))
            .values(shown=shown, updated_at=now, ends_at=now if is_last else None)
        )
        return claimed.rowcount == 1

    async def still_shows(self, message_id: int, shown: str) -> bool:
        """Whether the message with that id of ours was not left or claimed again since."""
        found = select(_L.id).where(_L.id == message_id, _L.shown == shown)
        return await self._connection.scalar(found) is not None

    async def forget(self, message_id: int, shown: str) -> None:
        """It was not shown after all: show it again next time."""
        await self._connection.execute(
            update(live_messages).where(_L.id == message_id, _L.shown == shown).values(shown="", ends_at=None)
        )

    async def end(self, message_id: int, now: datetime) -> None:
        """It is there no more, or cannot be changed any more."""
        await self._connection.execute(update(live_messages).where(_L.id == message_id).values(ends_at=now))

    async def prune(self, before: datetime) -> int:
        """Those that have ended long ago; how many went."""
        old = delete(live_messages).where(_L.ends_at.is_not(None), _L.ends_at < before)
        return (await self._connection.execute(old)).rowcount


def _message(row: Any) -> LiveMessage:
    return LiveMessage(
        id=row.id,
        platform=row.platform,
        bot_id=row.bot_id,
        chat_id=row.chat_id,
        message_id=row.message_id,
        language=row.language,
        live=Live(LiveKind(row.kind), row.subject_id),
        shown=row.shown,
        updated_at=row.updated_at,
    )
