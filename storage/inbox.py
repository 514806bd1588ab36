"""Every update, kept before it is confirmed to the messenger, and marked done with its effects.

A row is ``new`` until its handler's transaction makes it ``done``, or until it is set aside as ``dead``.
Update ids may jump or start again, so the order of a person's updates is the order in which we kept them,
and an update is known by its id and the digest of its content together.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import blake2b
from types import ModuleType
from typing import Any

from sqlalchemy import BigInteger, and_, bindparam, delete, exists, func, select, text, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.built import built
from storage.tables.messages import inbox


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrived:
    """One raw update as it came. ``error`` says why it cannot be worked on; such a row is dead at once."""

    update_id: int
    person: int
    payload: str
    error: str | None = None
    parsed: object = field(default=None, compare=False, repr=False)
    """The update as an object, for whoever works it off at once."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """One row that is still to be worked off."""

    id: int
    update_id: int
    person: int
    payload: str
    attempts: int = 0
    parsed: object = field(default=None, compare=False, repr=False)
    """The update as an object, when it has just come; a row that was read again has none."""


def digest(payload: str) -> str:
    return blake2b(payload.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()


def _put(dialect: ModuleType) -> Any:
    return (
        dialect.insert(inbox)
        .on_conflict_do_nothing()
        .returning(inbox.c.id, inbox.c.update_id, inbox.c.person, inbox.c.payload, inbox.c.state)
    )


def _take() -> Any:
    older = inbox.alias("older")
    behind = exists().where(
        older.c.person == bindparam("who"),
        older.c.platform == inbox.c.platform,
        older.c.bot_id == inbox.c.bot_id,
        text("older.state = 'new'"),
        older.c.id < bindparam("row_id"),
    )
    return (
        update(inbox)
        .where(inbox.c.id == bindparam("row_id"), text("inbox.state = 'new'"), ~behind)
        .values(state="done", done_at=bindparam("at"))
    )


# The statements of every update are built once: building them costs more than running them.
_PUT = {"sqlite": built(_put(sqlite)), "postgresql": _put(postgresql)}
_LOCK_PERSON = select(func.pg_advisory_xact_lock(1, func.hashint8(bindparam("person", type_=BigInteger))))
_LOCK_BOT = select(func.pg_advisory_xact_lock(2, func.hashint8(bindparam("bot_id", type_=BigInteger))))
_TAKE = built(_take())
_STATE = built(select(inbox.c.state).where(inbox.c.id == bindparam("row_id")))
_MARK_ONE = built(
    update(inbox)
    .where(inbox.c.id == bindparam("row_id"), inbox.c.state == "new")
    .values(state="done", done_at=bindparam("at"))
)
_MARK = built(
    update(inbox)
    .where(inbox.c.id.in_(bindparam("row_ids", expanding=True)), inbox.c.state == "new")
    .values(state="done", done_at=bindparam("at"))
    .returning(inbox.c.person)
)


class Inbox:
    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def put(
        self, platform: str, bot_id: int, updates: Sequence[Arrived], now: datetime
    ) -> tuple[Waiting, ...]:
        """Keep a whole batch; returns what is new and can be worked on, in order of arrival.

        Two processes that keep the same updates in different orders would wait for each other for ever
        in PostgreSQL, so a bot's batches are kept one after the other.
        """
        rows = [
            {
                "platform": platform,
                "bot_id": bot_id,
                "update_id": each.update_id,
                "digest": digest(each.payload),
                "person": each.person,
                "payload": each.payload,
                "state": "dead" if each.error else "new",
                "error": each.error,
                "received_at": now,
                "done_at": now if each.error else None,
            }
            for each in updates
        ]
        if self._connection.dialect.name == "postgresql":
            await self._connection.execute(_LOCK_BOT, {"bot_id": bot_id})
        kept = await self._connection.execute(_PUT[self._connection.dialect.name], rows)
        parsed = {each.payload: each.parsed for each in updates}
        return tuple(
            Waiting(
                id=row.id,
                update_id=row.update_id,
                person=row.person,
                payload=row.payload,
                parsed=parsed.get(row.payload),
            )
            for row in sorted(kept, key=lambda row: row.id)
            if row.state == "new"
        )

    async def list_new(self, platform: str, bot_id: int, limit: int, after: int = 0) -> tuple[Waiting, ...]:
        """The oldest rows still to be worked off, after the given row id."""
        rows = await self._connection.execute(
            select(inbox.c.id, inbox.c.update_id, inbox.c.person, inbox.c.payload, inbox.c.attempts)
            .where(
                inbox.c.platform == platform,
                inbox.c.bot_id == bot_id,
                text("state = 'new'"),
                inbox.c.id > after,
            )
            .order_by(inbox.c.id)
            .limit(limit)
        )
        return tuple(Waiting(**row._mapping) for row in rows)

    async def list_new_ids(self, platform: str, bot_id: int, up_to: int) -> tuple[int, ...]:
        """The ids of the rows still to be worked off, up to the given one."""
        found = await self._connection.scalars(
            select(inbox.c.id).where(
                inbox.c.platform == platform,
                inbox.c.bot_id == bot_id,
                text("state = 'new'"),
                inbox.c.id <= up_to,
            )
        )
        return tuple(found)

    async def list_new_of(self, row_ids: Sequence[int]) -> tuple[Waiting, ...]:
        """Those of these rows that are still to be worked off, oldest first."""
        rows = await self._connection.execute(
            select(inbox.c.id, inbox.c.update_id, inbox.c.person, inbox.c.payload, inbox.c.attempts)
            .where(inbox.c.id.in_(row_ids), inbox.c.state == "new")
            .order_by(inbox.c.id)
        )
        return tuple(Waiting(**row._mapping) for row in rows)

    async def take(self, row_id: int, person: int, read_before: Sequence[int], now: datetime) -> bool:
        """Mark a row done, in the transaction of its effects; False when somebody else has done it,
        or when an older update of the same person is still to be worked off.

        ``read_before`` are rows of the same person whose reading handlers have answered already.
        """
        if self._connection.dialect.name == "postgresql":
            await self._connection.execute(_LOCK_PERSON, {"person": person})
        if read_before:
            await self._connection.execute(_MARK_ONE, [{"row_id": each, "at": now} for each in read_before])
        taken = await self._connection.execute(_TAKE, {"row_id": row_id, "who": person, "at": now})
        return taken.rowcount == 1

    async def mark_done(self, row_ids: Sequence[int], now: datetime) -> frozenset[int]:
        """Mark rows done that only read; the people of those that nobody had marked before."""
        marked = await self._connection.scalars(_MARK, {"row_ids": list(row_ids), "at": now})
        return frozenset(marked)

    async def state_of(self, row_id: int) -> str | None:
        return await self._connection.scalar(_STATE, {"row_id": row_id})

    async def note_failure(self, row_id: int, error: str) -> int:
        """Count one failed attempt; returns how many there were."""
        failed = (
            update(inbox)
            .where(inbox.c.id == row_id)
            .values(attempts=inbox.c.attempts + 1, error=error[:500])
            .returning(inbox.c.attempts)
        )
        return int(await self._connection.scalar(failed) or 0)

    async def set_aside(self, row_id: int, error: str, now: datetime) -> bool:
        """No more attempts: the row is dead until somebody brings it back. False when it was not new."""
        dead = (
            update(inbox)
            .where(inbox.c.id == row_id, inbox.c.state == "new")
            .values(state="dead", error=error[:500], done_at=now)
        )
        return (await self._connection.execute(dead)).rowcount == 1

    async def bring_back(self, row_id: int, person: int) -> Waiting | None:
        """A dead row of that person is to be worked off again; None when there is no such row."""
        row = (
            await self._connection.execute(
                update(inbox)
                .where(and_(inbox.c.id == row_id, inbox.c.person == person, inbox.c.state == "dead"))
                .values(state="new", attempts=0, error=None, done_at=None)
                .returning(inbox.c.id, inbox.c.update_id, inbox.c.person, inbox.c.payload)
            )
        ).one_or_none()
        return Waiting(**row._mapping) if row else None

    async def prune(self, before: datetime) -> int:
        """Forget what was done before that instant; the dead stay for people to look at."""
        gone = await self._connection.execute(
            delete(inbox).where(inbox.c.state == "done", inbox.c.done_at < before)
        )
        return gone.rowcount

    async def count(self, state: str) -> int:
        counted = select(func.count()).select_from(inbox).where(inbox.c.state == state)
        return int(await self._connection.scalar(counted) or 0)
