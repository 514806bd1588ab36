"""The outbox: what is to be told, who tells it now, and every attempt."""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from uuid import uuid4

from sqlalchemy import func, or_, select, text, update
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.notifications import MOST_TELLINGS, MessageClass, Notification, Outcome
from storage.outbox_queries import ATTEMPT, CLAIM, CONCLUDE, END_ATTEMPT, NEWER, NEXT, PUT, TELLINGS
from storage.tables.messages import notifications
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
        await self._connection.execute(PUT[self._connection.dialect.name], rows)

    async def claim(self, now: datetime, limit: int) -> tuple[Telling, ...]:
        """Mark the next ones as being sent and give them with their readers; a crash leaves them leased.

        One at a time for each person: a chat that has to wait for its turn holds nobody else up.

        A notice whose lease ran out is told again: notices are at-least-once. The other classes are
        at-most-once, so theirs become ``uncertain`` by :meth:`park_lost`.
        """
        claiming = {"at": now, "until": now + LEASE, "token": uuid4().hex, "most": limit}
        ids = (await self._connection.scalars(CLAIM, claiming)).all()
        if not ids:
            return ()
        await self._connection.execute(
            ATTEMPT, [{"notification_id": each, "started_at": now} for each in ids]
        )
        return await self._tellings(ids)

    async def _tellings(self, ids: Sequence[int]) -> tuple[Telling, ...]:
        found = await self._connection.execute(TELLINGS, {"ids": ids})
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
            await self._connection.execute(END_ATTEMPT, attempts)
            await self._connection.execute(CONCLUDE, rows)

    async def has_newer(self, telling: Telling, kinds: Collection[str]) -> bool:
        """Whether something newer of these kinds about the same is told to the same person."""
        to = telling.notification.to
        values = {"id": telling.id, "subject": telling.notification.subject_id, "kinds": list(kinds)}
        values |= {"contact": to.contact_id, "staff": to.staff_id, "identity": to.identity_id}
        return bool(await self._connection.scalar(NEWER, values))

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
        first: datetime | None = await self._connection.scalar(NEXT)
        return first

    async def count(self, state: str) -> int:
        counted = select(func.count()).select_from(notifications).where(notifications.c.state == state)
        return int(await self._connection.scalar(counted) or 0)
