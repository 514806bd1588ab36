"""The engine of several processes ends when it is asked to, and what stands still holds nothing for ever."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from datetime import UTC, datetime

import pytest
from sqlalchemy import text

from bot.app import _end
from bot.shared_engine import SharedEngine
from storage.unit_of_work import open_store
from tests.databases import drop_postgres, new_postgres
from tests.patience import PATIENCE

NOW = datetime(2026, 11, 20, 21, tzinfo=UTC)


@pytest.fixture
async def postgres_url() -> AsyncIterator[str]:
    url = await new_postgres()
    yield url
    await drop_postgres(url)


class FakeWorker:
    """As procrastinate's: it ends when it is asked to, and a cancel would make it forget its jobs."""

    def __init__(self) -> None:
        self.was_cancelled = False
        self.works = asyncio.Event()
        self.asked = asyncio.Event()
        self.may_end = asyncio.Event()

    async def run(self) -> None:
        self.asked.clear()
        self.works.set()
        try:
            await self.asked.wait()
            await self.may_end.wait()
        except asyncio.CancelledError:
            self.was_cancelled = True
            raise

    def stop(self) -> None:
        self.asked.set()


class FakeApp:
    """What the engine opens; meanwhile the driver waits for ``slow``, and forgets a cancel."""

    def __init__(self, slow: asyncio.Event) -> None:
        self.opens = asyncio.Event()
        self._slow = slow

    @asynccontextmanager
    async def open_async(self) -> AsyncIterator[None]:
        self.opens.set()
        with suppress(asyncio.CancelledError):
            await self._slow.wait()
        yield


@asynccontextmanager
async def an_engine(url: str, worker: FakeWorker, app: FakeApp) -> AsyncIterator[SharedEngine]:
    store = open_store(url)
    engine = SharedEngine(url, store, lambda: NOW)
    engine._app = app  # type: ignore[assignment]
    engine._new_worker = lambda: worker  # type: ignore[method-assign]
    yield engine
    await store.close()


async def test_the_worker_is_asked_to_end_and_not_cancelled(postgres_url: str) -> None:
    slow = asyncio.Event()
    slow.set()
    worker, app = FakeWorker(), FakeApp(slow)
    async with an_engine(postgres_url, worker, app) as engine:
        running = asyncio.create_task(engine.run())
        async with asyncio.timeout(PATIENCE):
            await worker.works.wait()
        await engine.stop(seconds=0.01)
        running.cancel()
        assert worker.asked.is_set()
        worker.may_end.set()
        async with asyncio.timeout(PATIENCE):
            await asyncio.gather(running, return_exceptions=True)
    assert not worker.was_cancelled


async def test_it_ends_although_the_driver_forgot_that_it_was_cancelled(postgres_url: str) -> None:
    """The process is stopped while the engine is being opened."""
    worker, app = FakeWorker(), FakeApp(asyncio.Event())
    worker.may_end.set()
    async with an_engine(postgres_url, worker, app) as engine:
        running = asyncio.create_task(engine.run())
        async with asyncio.timeout(PATIENCE):
            await app.opens.wait()
        await engine.stop(seconds=0.01)
        running.cancel()
        await asyncio.wait({running}, timeout=PATIENCE)
        assert running.done()
    assert not worker.was_cancelled


async def test_whoever_forgets_a_cancel_is_cancelled_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.app.CANCEL_AGAIN", 0.01)
    forgets = asyncio.Event()

    async def forgetful() -> None:
        with suppress(asyncio.CancelledError):
            forgets.set()
            await asyncio.Event().wait()
        await asyncio.Event().wait()

    task = asyncio.create_task(forgetful())
    await forgets.wait()
    async with asyncio.timeout(PATIENCE):
        await _end(task)
    assert task.cancelled()


async def test_a_process_that_stands_still_in_its_work_keeps_nothing_locked_for_ever(
    postgres_url: str,
) -> None:
    store = open_store(postgres_url)
    async with store.unit_of_work() as uow:
        asked = text("SHOW idle_in_transaction_session_timeout")
        assert await uow.connection.scalar(asked) == "1min"
    await store.close()
