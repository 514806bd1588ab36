"""Both engines keep the same promises: each slot once, early wishes kept, an end that waits for what runs."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import datetime, timedelta

import psycopg
import pytest
from psycopg.conninfo import make_conninfo

from bot.app import build_engine
from bot.engine import Engine
from bot.metrics import job_runs
from bot.shared_engine import SCHEMA, SharedEngine, cron, prepare
from jobs.schedule import Job
from storage.libpq import libpq_address
from storage.schema import differences
from storage.unit_of_work import Store, open_store
from tests.conftest import NOW
from tests.databases import drop_postgres, new_postgres
from tests.patience import until

MINUTE = timedelta(minutes=1)


class Turned:
    """A clock that one can turn."""

    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> datetime:
        return self.now


class Counted:
    """A job that remembers when it ran, and can be made to last."""

    def __init__(self, name: str = "counted") -> None:
        self.ran: list[datetime] = []
        self.may_end = asyncio.Event()
        self.may_end.set()
        self.job = Job(name, MINUTE, self._run)

    async def _run(self, _store: Store, now: datetime) -> int:
        self.ran.append(now)
        await self.may_end.wait()
        return 1


@asynccontextmanager
async def running(engine: Engine) -> AsyncIterator[None]:
    task = asyncio.create_task(engine.run())
    try:
        yield
    finally:
        await engine.stop()
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


@pytest.fixture
def clock() -> Turned:
    return Turned()


@pytest.fixture
def counted() -> Counted:
    return Counted()


@pytest.fixture
def engine(database_url: str, store: Store, clock: Turned) -> Engine:
    return build_engine(database_url, store, clock)


def ran(counted: Counted, times: int) -> Callable[[], bool]:
    return lambda: len(counted.ran) >= times


async def test_each_slot_is_run_once(engine: Engine, counted: Counted, clock: Turned) -> None:
    before = job_runs.labels("counted", "done")._value.get()
    engine.periodic(counted.job)
    async with running(engine):
        await until(ran(counted, 1), "the first slot")
        clock.now += timedelta(days=2)
        await until(ran(counted, 2), "what was missed, once")
        clock.now += MINUTE
        await until(ran(counted, 3), "the next slot")
    assert counted.ran == [NOW, NOW + timedelta(days=2), NOW + timedelta(days=2) + MINUTE]
    assert job_runs.labels("counted", "done")._value.get() == before + 3


async def test_what_is_deferred_is_run_when_its_time_comes(
    engine: Engine, counted: Counted, clock: Turned
) -> None:
    await engine.defer(counted.job, key="now")
    await engine.defer(counted.job, key="now")
    engine.periodic(Job("other", MINUTE, Counted().job.run))
    if isinstance(engine, SharedEngine):
        # What another process deferred is known here by its name.
        engine.periodic(Job("counted", timedelta(days=400), counted.job.run))
        counted.ran.clear()
    async with running(engine):
        await until(ran(counted, 1), "at once")
        await engine.defer(counted.job, key="soon", at=clock() + timedelta(seconds=1))
        clock.now += timedelta(seconds=1)
        await until(lambda: NOW + timedelta(seconds=1) in counted.ran, "at its time")
    assert len(set(counted.ran)) == 2


async def test_stopping_waits_for_what_is_under_way(
    engine: Engine, counted: Counted, store: Store, clock: Turned
) -> None:
    counted.may_end.clear()
    engine.periodic(counted.job)
    task = asyncio.create_task(engine.run())
    await until(ran(counted, 1), "it runs")
    stopping = asyncio.create_task(engine.stop())
    counted.may_end.set()
    await stopping
    clock.now += MINUTE
    async with store.reading() as uow:
        (run,) = await uow.runs.list_last()
    assert (run.ended_at, run.did) == (NOW, 1)
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)
    assert len(counted.ran) == 1


@pytest.fixture
async def postgres_url() -> AsyncIterator[str]:
    url = await new_postgres()
    yield url
    await drop_postgres(url)


async def test_two_processes_on_one_database_run_a_slot_once(
    postgres_url: str, counted: Counted, clock: Turned
) -> None:
    stores = [open_store(postgres_url) for _ in range(2)]
    engines = [build_engine(postgres_url, store, clock) for store in stores]
    for engine in engines:
        engine.periodic(counted.job)
    async with running(engines[0]), running(engines[1]):
        for slot in range(4):
            await until(ran(counted, slot + 1), f"slot {slot}")
            clock.now += MINUTE
        await until(ran(counted, 5), "the last slot")
    assert counted.ran == [NOW + slot * MINUTE for slot in range(5)]
    for store in stores:
        await store.close()


async def test_the_engine_makes_its_tables_once_and_apart_from_ours(postgres_url: str) -> None:
    await asyncio.gather(*(prepare(postgres_url) for _ in range(4)))
    async with await psycopg.AsyncConnection.connect(_libpq(postgres_url)) as connection:
        await connection.execute("CREATE SCHEMA bonak_engine_01234567")
        await connection.execute(f"INSERT INTO {SCHEMA}.procrastinate_workers DEFAULT VALUES")
    assert await differences(postgres_url) == []
    await prepare(postgres_url, is_alone=True)
    async with await psycopg.AsyncConnection.connect(_libpq(postgres_url)) as connection:
        kept = await connection.execute(f"SELECT count(*) FROM {SCHEMA}.procrastinate_workers")
        assert await kept.fetchone() == (1,), "what was there was made anew"
        found = await connection.execute("SELECT nspname FROM pg_namespace WHERE nspname ~ '^bonak_engine'")
        assert await found.fetchall() == [(SCHEMA,)]


def _libpq(url: str) -> str:
    return make_conninfo("", **libpq_address(url))


@pytest.mark.parametrize(
    ("every", "said"),
    [
        (timedelta(seconds=1), "* * * * * */1"),
        (timedelta(seconds=7), "* * * * * */6"),
        (MINUTE, "*/1 * * * *"),
        (10 * MINUTE, "*/10 * * * *"),
        (timedelta(days=1), "*/30 * * * *"),
    ],
)
def test_cron_says_as_often_or_oftener(every: timedelta, said: str) -> None:
    assert cron(every) == said


def test_an_address_is_read_as_libpq_reads_it() -> None:
    url = "postgresql+asyncpg://me:p%40ss@db:5433/bonak?ssl=require"
    assert libpq_address(url) == {
        "host": "db",
        "port": "5433",
        "user": "me",
        "password": "p@ss",
        "dbname": "bonak",
        "sslmode": "require",
    }
    assert libpq_address("postgresql+asyncpg://postgres@/app?host=/tmp/here")["host"] == "/tmp/here"
