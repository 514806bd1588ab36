"""When and where the timetable's jobs are looked at: the port, and the engine of a single process.

An engine only triggers. What is true stands in our own tables, so a look that is lost or comes twice costs
nothing, and ``jobs/`` never knows which engine runs it.
"""

from __future__ import annotations

import asyncio
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from time import time
from typing import Protocol

import structlog

from bot import metrics
from domain.runs import ALARM_AFTER
from jobs.schedule import Job
from jobs.timetable import STOP_SECONDS, Clock, Looked, run_when_due
from storage.unit_of_work import Store

log = structlog.get_logger("bot.engine")

LOOK_EVERY = 0.25
AFTER_A_FAULT = timedelta(seconds=5)


class Engine(Protocol):
    def periodic(self, job: Job) -> None:
        """From now on, each slot of this job is run once. To be said before :meth:`run`."""

    async def defer(self, job: Job, *, key: str, at: datetime | None = None) -> None:
        """Run it once beside its slots, at that time or now; the same key waits only once."""

    async def run(self) -> None:
        """For ever; a fault delays, it never ends this."""

    async def stop(self, seconds: float = STOP_SECONDS) -> None:
        """Begin nothing more, and wait so long for what is under way."""


async def look(store: Store, job: Job, clock: Clock, slot: datetime | None = None) -> Looked:
    """One look at a job, counted."""
    looked = await run_when_due(store, job, clock, slot)
    if looked.has_run:
        outcome = "failed" if looked.failures else "done"
        metrics.job_runs.labels(job.name, outcome).inc()
        metrics.last_run.labels(job.name).set(time())
        if looked.failures >= ALARM_AFTER:
            metrics.jobs_failing.labels(job.name).inc()
    return looked


@dataclass(slots=True)
class _Watched:
    """A job in the memory of its process: which slot it has looked at, and when to look again."""

    job: Job
    only: datetime | None = None
    slot: datetime | None = None
    again_at: datetime | None = None
    looking: asyncio.Task[None] | None = None

    def wanted(self, now: datetime) -> datetime | None:
        """The slot to be looked at now."""
        if self.looking is not None:
            return None
        slot = self.only or self.job.slot(now)
        is_new = slot != self.slot and slot <= now
        return slot if is_new or (self.again_at is not None and self.again_at <= now) else None


class OwnEngine:
    """One process, nobody else on its database, and a clock that may be turned."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store, self._clock = store, clock
        self._watched: dict[str, _Watched] = {}
        self._stopping = False

    def periodic(self, job: Job) -> None:
        self._watched[job.name] = _Watched(job)

    async def defer(self, job: Job, *, key: str, at: datetime | None = None) -> None:
        self._watched.setdefault(f"{job.name}:{key}", _Watched(job, only=at or self._clock()))

    async def run(self) -> None:
        has_freed = self._store.dialect != "sqlite"
        async with asyncio.TaskGroup() as group:
            while True:
                if not has_freed:
                    has_freed = await self._free_leases()
                elif not self._stopping:
                    self._look_at_all(group)
                await asyncio.sleep(LOOK_EVERY)

    async def _free_leases(self) -> bool:
        """Whoever ran something when this process was ended before is dead."""
        try:
            async with self._store.unit_of_work() as uow:
                await uow.runs.free_leases(self._clock())
        except Exception as fault:
            log.warning("the timetable cannot begin", fault=type(fault).__name__)
            return False
        return True

    def _look_at_all(self, group: asyncio.TaskGroup) -> None:
        now = self._clock()
        for key, each in tuple(self._watched.items()):
            slot = each.wanted(now)
            if slot is not None:
                each.looking = group.create_task(self._look(key, each, slot))

    async def _look(self, key: str, each: _Watched, slot: datetime) -> None:
        again_at = None
        try:
            again_at = (await look(self._store, each.job, self._clock, slot)).again_at
        except Exception as fault:
            log.warning("a job cannot be looked at", job=each.job.name, fault=type(fault).__name__)
            again_at = self._clock() + AFTER_A_FAULT
        finally:
            each.slot, each.again_at, each.looking = slot, again_at, None
        if each.only is not None and again_at is None:
            self._watched.pop(key, None)

    async def stop(self, seconds: float = STOP_SECONDS) -> None:
        self._stopping = True
        under_way = [each.looking for each in self._watched.values() if each.looking is not None]
        if under_way:
            with suppress(TimeoutError):
                await asyncio.wait(under_way, timeout=seconds)
