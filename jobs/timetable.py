"""What keeps going: telling what is in the outbox, and each job when its time has come.

When a job is looked at is an engine's affair (``bot/engine.py``). Here is what a look does.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime

import structlog

from domain.runs import ALARM_AFTER, LEASE, RENEW_EVERY, Run
from jobs.deliver import Courier
from jobs.schedule import Job
from jobs.sending import CampaignSender
from storage.unit_of_work import Store

log = structlog.get_logger("jobs.timetable")

TELL_EVERY = 0.25
STOP_SECONDS = 10.0
Clock = Callable[[], datetime]


class Timetable:
    """Asks "what is due and not done", so a missed tick needs no catching up."""

    def __init__(
        self, store: Store, courier: Courier, clock: Clock, sender: CampaignSender | None = None
    ) -> None:
        self._store, self._courier, self._clock = store, courier, clock
        self._workers: tuple[Courier | CampaignSender, ...] = (courier, sender) if sender else (courier,)
        self._are_told = [asyncio.Event() for _each in self._workers]
        for is_told in self._are_told:
            is_told.set()

    async def stop(self, seconds: float = STOP_SECONDS) -> None:
        """Begin no new telling, and let the one under way be written down: else it would be told again."""
        for worker in reversed(self._workers):
            worker.stop()
        with suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                await asyncio.gather(*(each.wait() for each in self._are_told))

    async def run(self) -> None:
        """Tell, for ever; a fault is logged and it goes on."""
        async with asyncio.TaskGroup() as group:
            for worker, is_told in zip(self._workers, self._are_told, strict=True):
                group.create_task(_keep_telling(worker, is_told))


async def _keep_telling(worker: Courier | CampaignSender, is_told: asyncio.Event) -> None:
    has_begun = False
    while True:
        is_told.clear()
        try:
            if not has_begun:
                await worker.begin()
                has_begun = True
            await worker.sweep()
        except Exception as fault:
            log.exception("cannot tell what is to be told", fault=type(fault).__name__)
        finally:
            is_told.set()
        await asyncio.sleep(TELL_EVERY)


@dataclass(frozen=True, slots=True)
class Looked:
    """What came of a look at a job. ``again_at``: its slot is not done with, and to be looked at then."""

    has_run: bool = False
    did: int = 0
    failures: int = 0
    again_at: datetime | None = None


async def run_when_due(store: Store, job: Job, clock: Clock, slot: datetime | None = None) -> Looked:
    """Run it if its slot is neither done nor somebody else's; looking alone writes nothing.

    A job's failure is written down and answered, never raised; what is raised are faults of the database.
    """
    now = clock()
    slot = slot or job.slot(now)
    async with store.reading() as uow:
        known = await uow.runs.list_in_the_way(job.name, slot)
    if any(each.slot > slot and each.started_at > now + LEASE for each in known):
        await _set_back(store, job, slot)
        known = tuple(each for each in known if each.slot <= slot)
    own = next((each for each in known if each.slot == slot), None)
    again_at = _not_before(own, known, now)
    if again_at is None or again_at > now:
        return Looked(again_at=again_at)
    async with store.unit_of_work() as uow:
        run = await uow.runs.begin(job.name, slot, now, own)
    if run is None:
        return Looked(again_at=now + LEASE)
    return await _run(store, job, run, clock)


def _not_before(own: Run | None, known: Sequence[Run], now: datetime) -> datetime | None:
    """When the slot may be begun; None when it is done with.

    The run before may last longer than a slot: two at once would only do everything twice.
    """
    if own is not None:
        again_at = own.again_at(now)
        if again_at is None or again_at > now:
            return again_at
    return max((each.leased_until for each in known if each.is_alive(now)), default=now)


async def _set_back(store: Store, job: Job, slot: datetime) -> None:
    """Slots that are still to come were run by a clock that went too far: they are to be run again, or the
    job would rest until then. What a job does has keys of its own, so nothing is done twice.
    """
    log.warning("the clock has been set back", job=job.name, slot=slot.isoformat())
    async with store.unit_of_work() as uow:
        await uow.runs.forget_after(job.name, slot)


async def _run(store: Store, job: Job, run: Run, clock: Clock) -> Looked:
    did, error = 0, None
    try:
        did = int(await _while_renewing(store, job, run, clock))
    except Exception as fault:
        error = type(fault).__name__
        log.exception("a job failed", job=job.name, slot=run.slot.isoformat())
    now = clock()
    async with store.unit_of_work() as uow:
        ended = await uow.runs.end(run, now, did=None if error else did, error=error)
    if ended.failures >= ALARM_AFTER:
        log.error("a job keeps failing", job=job.name, failures=ended.failures, error=error)
    return Looked(has_run=True, did=did, failures=ended.failures, again_at=ended.again_at(now))


class _TakenOver(Exception):
    """Another process thought us dead and runs it now."""


async def _while_renewing(store: Store, job: Job, run: Run, clock: Clock) -> int:
    """The job itself, saying all the while that it is being run. Leaves nothing behind that still works."""
    working = asyncio.ensure_future(job.run(store, run.started_at))
    try:
        while not (await asyncio.wait({working}, timeout=RENEW_EVERY.total_seconds()))[0]:
            if not await _renew(store, run, clock()):
                raise _TakenOver
        return working.result()
    finally:
        if not working.done():
            working.cancel()
            await asyncio.wait({working})


async def _renew(store: Store, run: Run, now: datetime) -> bool:
    """False when it is ours no more. A database that is away says nothing about that."""
    try:
        async with store.unit_of_work() as uow:
            return await uow.runs.renew(run, now)
    except Exception as fault:
        log.warning("cannot say that a job is being run", job=run.name, fault=type(fault).__name__)
        return True
