"""The audit trail, and the counters that number documents."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import bindparam, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.actors import Actor
from storage.built import built
from storage.tables.audit import audit, counters
from storage.upsert import insert_or

_WRITE = built(insert(audit))
_STEP = built(
    update(counters)
    .where(counters.c.name == bindparam("counter"))
    .values(value=counters.c.value + 1)
    .returning(counters.c.value)
)


class Audit:
    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def write(
        self,
        by: Actor | None,
        action: str,
        subject: str,
        subject_id: int | None,
        now: datetime,
        facts: Mapping[str, object] | None = None,
    ) -> None:
        """One row: who did (or was refused) what to which thing. Facts are JSON values, never secrets."""
        row = {
            "at": now,
            "identity_id": by.identity.id if by else None,
            "staff_id": by.staff_id if by else None,
            "action": action,
            "subject": subject,
            "subject_id": subject_id,
            "facts": dict(facts or {}),
        }
        await self._connection.execute(_WRITE, row)

    async def list_of(self, subject: str, subject_id: int) -> tuple[tuple[str, Mapping[str, object]], ...]:
        """Actions and their facts, oldest first."""
        rows = await self._connection.execute(
            select(audit.c.action, audit.c.facts)
            .where(audit.c.subject == subject, audit.c.subject_id == subject_id)
            .order_by(audit.c.id)
        )
        return tuple((row.action, row.facts) for row in rows)

    async def next_number(self, counter: str, first: int = 1) -> int:
        """The next number of that series, without gaps: it is taken back when the work is rolled back."""
        taken = await self._connection.scalar(_STEP, {"counter": counter})
        if taken is None:
            await self._connection.execute(
                insert_or(self._connection, counters)
                .values(name=counter, value=first - 1)
                .on_conflict_do_nothing()
            )
            taken = await self._connection.scalar(_STEP, {"counter": counter})
        assert taken is not None
        return int(taken)

    async def set_counter(self, counter: str, last: int) -> None:
        """Make ``last + 1`` the next number of that series."""
        put = insert_or(self._connection, counters).values(name=counter, value=last)
        await self._connection.execute(
            put.on_conflict_do_update(index_elements=["name"], set_={"value": last})
        )

    async def counted(self, counter: str) -> int | None:
        """The last number of that series; None when it has not begun."""
        value: int | None = await self._connection.scalar(
            select(counters.c.value).where(counters.c.name == counter)
        )
        return value
