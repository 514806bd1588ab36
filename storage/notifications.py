"""The outbox: what is to be told, who tells it now, and every attempt."""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from types import ModuleType
from typing import Any
from uuid import uuid4

from sqlalchemy import (
    Exists,
    Integer,
    and_,
    bindparam,
    exists,
    func,
    insert,
    null,
    or_,
    select,
    text,
    update,
)
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.notifications import MOST_TELLINGS, MessageClass, Notification, Outcome
from storage.built import built
from storage.tables.base import Instant, Key
from storage.tables.messages import delivery_attempts, notifications
from storage.tables.people import contacts, identities, reaches, staff
from storage.tellings import Ended, Telling, telling_of

LEASE = timedelta(minutes=2)


class Outbox:
    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def put(self, *told: Notification) -> None:
        """Keep them for delivery, except what has been put before under the same key."""
        if not told:
            return
        rows = [
            {
                "key": each.key,
                "kind": each.kind,
                "message_class": int(each.message_class),
                "contact_id": each.to.contact_id,
                "staff_id": each.to.staff_id,
                "identity_id": each.to.identity_id,
                "subject_id": each.subject_id,
                "facts": dict(each.facts),
                "state": "new",
                "attempts": 0,
                "created_at": each.due_at,
                "due_at": each.due_at,
                "expires_at": each.expires_at,
            }
            for each in told
        ]
        await self._connection.execute(_PUT[self._connection.dialect.name], rows)

    async def claim(self, now: datetime, limit: int) -> tuple[Telling, ...]:
        """Mark the next ones as being sent and give them with their readers; a crash leaves them leased.

        One at a time for each person: a chat that has to wait for its turn holds nobody else up.

        A notice whose lease ran out is told again: notices are at-least-once. The other classes are
        at-most-once, so theirs become ``uncertain`` by :meth:`park_lost`.
        """
        claiming = {"at": now, "until": now + LEASE, "token": uuid4().hex, "most": limit}
        ids = (await self._connection.scalars(_CLAIM, claiming)).all()
        if not ids:
            return ()
        await self._connection.execute(
            _ATTEMPT, [{"notification_id": each, "started_at": now} for each in ids]
        )
        return await self._tellings(ids)

    async def _tellings(self, ids: Sequence[int]) -> tuple[Telling, ...]:
        found = await self._connection.execute(_TELLINGS, {"ids": ids})
        # A person may be reached by several accounts; the one seen last is written to.
        first: dict[int, Telling] = {}
        for row in found:
            first.setdefault(row.id, telling_of(dict(row._mapping)))
        return tuple(first.values())

    async def conclude(self, ended: Sequence[Ended], now: datetime) -> None:
        """Write how attempts ended. Whose lease is another's by now has no say any more (fencing).

        An attempt that the messenger only put off is not counted.
        """
        attempts = [
            {
                "ended_at": now,
                "outcome": each.outcome.value,
                "message_id": each.message_id,
                "error": each.error and each.error[:300],
                "attempt": each.telling.attempt_id,
            }
            for each in ended
        ]
        rows = [
            {
                "state": "new" if each.again_at else each.outcome.value,
                "again": each.again_at,
                "uncounted": 0 if each.is_counted else 1,
                "told": each.telling.id,
                "token": each.telling.lease,
            }
            for each in ended
        ]
        if ended:
            await self._connection.execute(_END_ATTEMPT, attempts)
            await self._connection.execute(_CONCLUDE, rows)

    async def has_newer(self, telling: Telling, kinds: Collection[str]) -> bool:
        """Whether something newer of these kinds about the same is told to the same person."""
        to = telling.notification.to
        values = {"id": telling.id, "subject": telling.notification.subject_id, "kinds": list(kinds)}
        values |= {"contact": to.contact_id, "staff": to.staff_id, "identity": to.identity_id}
        return bool(await self._connection.scalar(_NEWER, values))

    async def park_lost(self, now: datetime) -> int:
        """What was being sent when its sender died, and may not be told twice, becomes ``uncertain``."""
        parked = await self._connection.execute(
            update(notifications)
            .where(
                text("state = 'sending'"),
                notifications.c.leased_until < now,
                or_(
                    notifications.c.message_class > int(MessageClass.NOTICE),
                    notifications.c.attempts >= MOST_TELLINGS,
                ),
            )
            .values(state=Outcome.UNCERTAIN.value, lease=None)
        )
        return parked.rowcount

    async def expire(self, now: datetime) -> int:
        """What nobody wants to hear any more; how many that were."""
        expired = await self._connection.execute(
            update(notifications)
            .where(text("state = 'new'"), notifications.c.expires_at <= now)
            .values(state=Outcome.EXPIRED.value)
        )
        return expired.rowcount

    async def free_leases(self, now: datetime) -> None:
        """At start there is no other sender on this database: leases of the dead one end now."""
        await self._connection.execute(
            update(notifications).where(text("state = 'sending'")).values(leased_until=now - LEASE)
        )

    async def next_due(self) -> datetime | None:
        """When the next notification is to be told."""
        first: datetime | None = await self._connection.scalar(_NEXT)
        return first

    async def count(self, state: str) -> int:
        counted = select(func.count()).select_from(notifications).where(notifications.c.state == state)
        return int(await self._connection.scalar(counted) or 0)


def _put(dialect: ModuleType) -> Any:
    return built(dialect.insert(notifications).on_conflict_do_nothing(index_elements=["key"]))


def _is_behind_another() -> Exists:
    """Whether something older waits for the same person."""
    older = notifications.alias("older")
    return exists().where(
        text("older.state = 'new'"),
        older.c.due_at <= _AT,
        older.c.id < notifications.c.id,
        or_(
            older.c.contact_id == notifications.c.contact_id,
            older.c.staff_id == notifications.c.staff_id,
            older.c.identity_id == notifications.c.identity_id,
        ),
    )


def _claim() -> Any:
    waiting = and_(text("state = 'new'"), notifications.c.due_at <= _AT)
    lost = and_(
        text("state = 'sending'"),
        notifications.c.leased_until < _AT,
        notifications.c.message_class <= int(MessageClass.NOTICE),
        notifications.c.attempts < MOST_TELLINGS,
    )
    due = (
        select(notifications.c.id)
        .where(or_(waiting, lost), ~_is_behind_another())
        .order_by(notifications.c.message_class, notifications.c.due_at, notifications.c.id)
        .limit(bindparam("most"))
        .with_for_update(skip_locked=True)
    )
    return (
        update(notifications)
        .where(notifications.c.id.in_(due))
        .values(
            state="sending",
            leased_until=bindparam("until"),
            lease=bindparam("token"),
            attempts=notifications.c.attempts + 1,
        )
        .returning(notifications.c.id)
    )


def _tellings() -> Any:
    person = or_(
        and_(notifications.c.contact_id.is_not(None), identities.c.contact_id == notifications.c.contact_id),
        and_(notifications.c.staff_id.is_not(None), identities.c.staff_id == notifications.c.staff_id),
        identities.c.id == notifications.c.identity_id,
    )
    attempt = (
        select(func.max(delivery_attempts.c.id))
        .where(delivery_attempts.c.notification_id == notifications.c.id)
        .scalar_subquery()
    )
    language = func.coalesce(contacts.c.language, staff.c.language, identities.c.language, "fa")
    return (
        select(
            notifications,
            attempt.label("attempt_id"),
            reaches.c.platform,
            reaches.c.bot_id,
            reaches.c.chat_id,
            language.label("reader_language"),
        )
        .select_from(
            notifications.outerjoin(identities, person)
            .outerjoin(
                reaches, and_(reaches.c.identity_id == identities.c.id, reaches.c.blocked_at.is_(None))
            )
            .outerjoin(contacts, contacts.c.id == notifications.c.contact_id)
            .outerjoin(staff, staff.c.id == notifications.c.staff_id)
        )
        .where(notifications.c.id.in_(bindparam("ids", expanding=True)))
        .order_by(notifications.c.message_class, notifications.c.due_at, notifications.c.id)
        .order_by(reaches.c.seen_at.desc().nulls_last())
    )


_AT = bindparam("at", type_=Instant())
_PUT = {"sqlite": _put(sqlite), "postgresql": _put(postgresql)}
_CLAIM = built(_claim())
_ATTEMPT = built(insert(delivery_attempts))
_TELLINGS = built(_tellings())
_END_ATTEMPT = built(update(delivery_attempts).where(delivery_attempts.c.id == bindparam("attempt")))
_CONCLUDE = built(
    update(notifications)
    .where(
        notifications.c.id == bindparam("told"),
        notifications.c.lease == bindparam("token"),
        text("state = 'sending'"),
    )
    .values(
        state=bindparam("state"),
        leased_until=null(),
        lease=null(),
        due_at=func.coalesce(bindparam("again", type_=Instant()), notifications.c.due_at),
        attempts=notifications.c.attempts - bindparam("uncounted", type_=Integer()),
    )
)
_NEXT = built(select(func.min(notifications.c.due_at)).where(text("state = 'new'")))
_NEWER = built(
    select(notifications.c.id)
    .where(
        notifications.c.id > bindparam("id"),
        notifications.c.subject_id == bindparam("subject"),
        notifications.c.kind.in_(bindparam("kinds", expanding=True)),
        or_(
            notifications.c.contact_id == bindparam("contact", type_=Key),
            notifications.c.staff_id == bindparam("staff", type_=Key),
            notifications.c.identity_id == bindparam("identity", type_=Key),
        ),
    )
    .limit(1)
)
