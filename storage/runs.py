"""Which runs of the timetable's jobs there were: the row of a slot says who runs it, and how it ended."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from types import ModuleType
from typing import Any

from sqlalchemy import and_, bindparam, delete, func, or_, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.runs import LEASE, Run
from storage.built import built
from storage.tables.base import Instant
from storage.tables.push import job_runs


class Runs:
    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def list_in_the_way(self, name: str, slot: datetime) -> tuple[Run, ...]:
        """The run of that slot, those of later ones, and those that have not ended."""
        rows = await self._connection.execute(_IN_THE_WAY, {"job": name, "at": slot})
        return tuple(Run(**row._mapping) for row in rows)

    async def begin(self, name: str, slot: datetime, now: datetime, before: Run | None = None) -> Run | None:
        """The right to run that slot; None when somebody else has it.

        ``before`` is the slot's own run as it was read, when it died or failed and is to be begun again.
        """
        if before is not None:
            return await self._take_over(before, now)
        last = (await self._connection.execute(_LAST, {"job": name})).one_or_none()
        run = Run(
            name=name,
            slot=slot,
            started_at=now,
            leased_until=now + LEASE,
            failures=0 if last is None else last.failures + (last.ended_at is None),
        )
        row = {"name": name, "slot": slot, "started_at": now, "leased_until": run.leased_until}
        put = await self._connection.execute(
            _PUT[self._connection.dialect.name], {**row, "failures": run.failures}
        )
        return run if put.rowcount == 1 else None

    async def _take_over(self, before: Run, now: datetime) -> Run | None:
        is_open = before.ended_at is None
        run = Run(
            name=before.name,
            slot=before.slot,
            started_at=now,
            leased_until=now + LEASE,
            # Whoever died while running it has failed, too.
            failures=before.failures + is_open,
        )
        as_read = and_(
            _is(before), job_runs.c.ended_at.is_(None) if is_open else job_runs.c.error.is_not(None)
        )
        taken = await self._connection.execute(
            update(job_runs)
            .where(as_read)
            .values(
                started_at=now,
                leased_until=run.leased_until,
                ended_at=None,
                did=None,
                error=None,
                failures=run.failures,
            )
        )
        return run if taken.rowcount == 1 else None

    async def renew(self, run: Run, now: datetime) -> bool:
        """Say that it is still being run; False when another process has taken it over."""
        renewed = await self._connection.execute(
            update(job_runs).where(_is(run), job_runs.c.ended_at.is_(None)).values(leased_until=now + LEASE)
        )
        return renewed.rowcount == 1

    async def end(self, run: Run, now: datetime, *, did: int | None = None, error: str | None = None) -> Run:
        """Write how it ended, and tell; of a run that was taken over nothing is written."""
        error = error and error[:300]
        ended = replace(run, ended_at=now, did=did, error=error, failures=run.failures + 1 if error else 0)
        values = {"ended_at": now, "did": did, "error": error, "failures": ended.failures}
        await self._connection.execute(
            update(job_runs).where(_is(run), job_runs.c.ended_at.is_(None)).values(values)
        )
        return ended

    async def free_leases(self, now: datetime) -> None:
        """At start, where there is one process only: what has not ended is run by nobody."""
        await self._connection.execute(
            update(job_runs).where(job_runs.c.ended_at.is_(None)).values(leased_until=now)
        )

    async def forget_after(self, name: str, slot: datetime) -> None:
        """The clock has been set back: later slots are to come again."""
        await self._connection.execute(
            delete(job_runs).where(job_runs.c.name == name, job_runs.c.slot > slot)
        )

    async def list_last(self) -> Sequence[Run]:
        """The newest run of each job, by name."""
        newest = select(job_runs.c.name, func.max(job_runs.c.slot).label("slot")).group_by(job_runs.c.name)
        last = newest.subquery()
        rows = await self._connection.execute(
            select(job_runs)
            .join(last, and_(job_runs.c.name == last.c.name, job_runs.c.slot == last.c.slot))
            .order_by(job_runs.c.name)
        )
        return tuple(Run(**row._mapping) for row in rows)

    async def prune(self, before: datetime) -> int:
        """Forget runs begun before that instant, but not the newest of each job; how many went."""
        newer = job_runs.alias("newer")
        newest = select(func.max(newer.c.slot)).where(newer.c.name == job_runs.c.name).scalar_subquery()
        gone = await self._connection.execute(
            delete(job_runs).where(
                job_runs.c.started_at < before, job_runs.c.ended_at.is_not(None), job_runs.c.slot < newest
            )
        )
        return gone.rowcount


def _is(run: Run) -> Any:
    """The slot's row, as long as nobody has begun it anew."""
    return and_(
        job_runs.c.name == run.name,
        job_runs.c.slot == run.slot,
        job_runs.c.started_at == run.started_at,
    )


def _put(dialect: ModuleType) -> Any:
    return built(dialect.insert(job_runs).on_conflict_do_nothing(index_elements=["name", "slot"]))


_PUT = {"sqlite": _put(sqlite), "postgresql": _put(postgresql)}
_IN_THE_WAY = built(
    select(job_runs).where(
        job_runs.c.name == bindparam("job"),
        or_(job_runs.c.slot >= bindparam("at", type_=Instant()), job_runs.c.ended_at.is_(None)),
    )
)
_LAST = built(
    select(job_runs.c.failures, job_runs.c.ended_at)
    .where(job_runs.c.name == bindparam("job"))
    .order_by(job_runs.c.slot.desc())
    .limit(1)
)
