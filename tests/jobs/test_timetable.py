"""A run is a row: once for a slot, caught up once, taken over from the dead, told when it keeps failing."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta

import pytest
from structlog.testing import capture_logs

from domain.runs import AGAIN_AFTER_A_FAULT, LEASE
from jobs.housekeeping import RUNS_KEPT, prune_runs
from jobs.schedule import DAY, JOBS, Job
from jobs.timetable import run_when_due
from storage.unit_of_work import Store
from tests.conftest import NOW

MINUTE = timedelta(minutes=1)
Ran = list[datetime]


def counting(ran: Ran, at_work: Callable[[], Awaitable[None]] | None = None) -> Job:
    async def run(_store: Store, now: datetime) -> int:
        ran.append(now)
        if at_work is not None:
            await at_work()
        return 3

    return Job("counted", MINUTE, run)


def at(now: datetime) -> Callable[[], datetime]:
    return lambda: now


async def _fails() -> None:
    raise RuntimeError("no")


async def test_a_slot_is_run_once_however_many_look_at_it(store: Store) -> None:
    ran: Ran = []
    looked = await asyncio.gather(*(run_when_due(store, counting(ran), at(NOW)) for _ in range(8)))
    assert ran == [NOW]
    assert sum(each.has_run for each in looked) == 1
    assert not (await run_when_due(store, counting(ran), at(NOW + timedelta(seconds=59)))).has_run
    assert (await run_when_due(store, counting(ran), at(NOW + MINUTE))).did == 3


async def test_what_was_missed_is_caught_up_once(store: Store) -> None:
    ran: Ran = []
    later = NOW + timedelta(days=3)
    for now in (NOW, later, later + timedelta(seconds=20)):
        await run_when_due(store, counting(ran), at(now))
    assert ran == [NOW, later]


async def test_how_it_ended_is_written_down(store: Store) -> None:
    await run_when_due(store, counting([]), at(NOW))
    async with store.reading() as uow:
        (run,) = await uow.runs.list_last()
    assert (run.name, run.slot, run.ended_at, run.did, run.error) == ("counted", NOW, NOW, 3, None)


async def test_a_failure_is_tried_again_and_alarms_at_the_third(store: Store) -> None:
    ran: Ran = []
    job = Job("counted", DAY, counting(ran, _fails).run, at=0)
    now = NOW
    for tries in (1, 2, 3):
        with capture_logs() as logs:
            looked = await run_when_due(store, job, at(now))
        assert looked.failures == tries
        assert ("a job keeps failing" in {each["event"] for each in logs}) is (tries == 3)
        assert looked.again_at == now + AGAIN_AFTER_A_FAULT
        assert not (await run_when_due(store, job, at(now + MINUTE))).has_run
        now += AGAIN_AFTER_A_FAULT
    assert len(ran) == 3
    well = await run_when_due(store, Job("counted", DAY, counting(ran).run, at=0), at(now))
    assert (well.has_run, well.failures, well.again_at) == (True, 0, None)


async def test_a_dead_process_is_followed_by_another(store: Store) -> None:
    ran: Ran = []
    job = counting(ran)
    async with store.unit_of_work() as uow:
        dead = await uow.runs.begin(job.name, job.slot(NOW), NOW)
    assert dead is not None
    assert (await run_when_due(store, job, at(NOW))).again_at == NOW + LEASE
    assert not (await run_when_due(store, job, at(NOW + LEASE - timedelta(seconds=1)))).has_run
    assert (await run_when_due(store, job, at(NOW + LEASE), job.slot(NOW))).has_run
    async with store.unit_of_work() as uow:
        assert not await uow.runs.renew(dead, NOW + LEASE), "the dead one has come back"
        await uow.runs.end(dead, NOW + LEASE, error="late")
        (run,) = await uow.runs.list_last()
    assert run.error is None


async def test_the_next_slot_waits_for_a_run_that_lasts(store: Store) -> None:
    ran: Ran = []
    job = counting(ran)
    async with store.unit_of_work() as uow:
        lasting = await uow.runs.begin(job.name, job.slot(NOW), NOW)
        assert lasting is not None
        assert await uow.runs.renew(lasting, NOW + MINUTE)
    busy = await run_when_due(store, job, at(NOW + MINUTE))
    assert (busy.has_run, busy.again_at) == (False, NOW + MINUTE + LEASE)
    async with store.unit_of_work() as uow:
        await uow.runs.end(lasting, NOW + MINUTE, did=1)
    assert (await run_when_due(store, job, at(NOW + MINUTE))).has_run


async def test_a_lease_from_a_clock_that_was_set_back_holds_nobody_up(store: Store) -> None:
    ran: Ran = []
    job = counting(ran)
    async with store.unit_of_work() as uow:
        await uow.runs.begin(job.name, job.slot(NOW + DAY), NOW + DAY)
    assert (await run_when_due(store, job, at(NOW))).has_run


async def test_a_clock_that_is_set_back_lets_no_job_rest_until_it_is_caught_up(store: Store) -> None:
    ran: Ran = []
    times = [NOW + minutes * MINUTE for minutes in range(3)]
    for now in (*times, NOW + 60 * MINUTE, *times):
        await run_when_due(store, counting(ran), at(now))
    assert ran == [*times, NOW + 60 * MINUTE, *times[1:]], "only the slot of the jump itself is left out"


async def test_after_a_restart_on_one_machine_nobody_waits_for_the_dead(store: Store) -> None:
    ran: Ran = []
    job = counting(ran)
    async with store.unit_of_work() as uow:
        await uow.runs.begin(job.name, job.slot(NOW), NOW)
        await uow.runs.free_leases(NOW + timedelta(seconds=1))
    assert (await run_when_due(store, job, at(NOW + timedelta(seconds=1)))).has_run


async def test_a_job_that_is_cancelled_leaves_its_slot_to_others(store: Store) -> None:
    ran: Ran = []
    begun = asyncio.Event()

    async def lasts() -> None:
        begun.set()
        await asyncio.Event().wait()

    running = asyncio.create_task(run_when_due(store, counting(ran, lasts), at(NOW)))
    await begun.wait()
    running.cancel()
    with pytest.raises(asyncio.CancelledError):
        await running
    assert (await run_when_due(store, counting(ran), at(NOW + LEASE))).has_run


async def test_old_runs_are_forgotten_but_never_the_last_of_a_job(store: Store) -> None:
    for minutes in range(3):
        await run_when_due(store, counting([]), at(NOW + minutes * MINUTE))
    assert await prune_runs(store, NOW + RUNS_KEPT) == 0
    assert await prune_runs(store, NOW + RUNS_KEPT + DAY) == 2
    async with store.reading() as uow:
        assert [run.slot for run in await uow.runs.list_last()] == [NOW + 2 * MINUTE]


def test_slots_of_a_daily_job_begin_at_its_hour_in_tehran() -> None:
    job = Job("morning", DAY, counting([]).run, at=9)
    nine = datetime.fromisoformat("2026-11-21T09:00:00+03:30")
    assert job.slot(nine - timedelta(seconds=1)) == nine - DAY
    assert job.slot(nine) == nine
    assert job.slot(nine + timedelta(hours=23)) == nine


def test_slots_follow_each_other_without_a_gap() -> None:
    job = Job("often", timedelta(seconds=90), counting([]).run)
    slots = {job.slot(NOW + timedelta(seconds=step)) for step in range(0, 900, 10)}
    assert len(slots) == 10


@pytest.mark.parametrize(("every", "at"), [(timedelta(milliseconds=1), None), (timedelta(hours=1), 9)])
def test_nonsense_is_no_job(every: timedelta, at: int | None) -> None:
    with pytest.raises(ValueError, match="odd"):
        Job("odd", every, counting([]).run, at=at)


def test_every_job_has_a_name_of_its_own() -> None:
    assert len({each.name for each in JOBS}) == len(JOBS)
    assert all(len(each.name) <= 40 for each in JOBS)
