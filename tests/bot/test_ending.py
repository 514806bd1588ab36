"""The engine of several processes ends when it is asked to, and what stands still holds nothing for ever."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime

import pytest
from sqlalchemy import text

from bot.shared_engine import SharedEngine
from storage.unit_of_work import open_store
from tests.databases import drop_postgres, new_postgres
from tests.patience import until

NOW = datetime(2026, 11, 20, 21, tzinfo=UTC)


@pytest.fixture
async def postgres_url() -> AsyncIterator[str]:
    url = await new_postgres()
    yield url
    await drop_postgres(url)


class FakeApp:
    """As procrastinate's: the first cancel begins the ending, and one more would make it forget its jobs."""

    def __init__(self) -> None:
        self.cancelled = 0
        self.works = asyncio.Event()
        self.may_end = asyncio.Event()

    @asynccontextmanager
    async def open_async(self) -> AsyncIterator[None]:
        yield

    async def run_worker_async(self, **_options: object) -> None:
        self.works.set()
        try:
            await asyncio.Event().wait()
        except asyncio.CancelledError:
            self.cancelled += 1
        try:
            await self.may_end.wait()
        except asyncio.CancelledError:
            self.cancelled += 1


async def test_the_worker_is_asked_to_end_once(postgres_url: str) -> None:
    store = open_store(postgres_url)
    engine, app = SharedEngine(postgres_url, store, lambda: NOW), FakeApp()
    engine._app = app  # type: ignore[assignment]
    running = asyncio.create_task(engine.run())
    await asyncio.wait_for(app.works.wait(), 60)
    await engine.stop(seconds=0.01)
    running.cancel()
    await until(lambda: app.cancelled > 0, "it was asked to end")
    app.may_end.set()
    await asyncio.gather(running, return_exceptions=True)
    assert app.cancelled == 1
    await store.close()


async def test_a_process_that_stands_still_in_its_work_keeps_nothing_locked_for_ever(
    postgres_url: str,
) -> None:
    store = open_store(postgres_url)
    async with store.unit_of_work() as uow:
        asked = text("SHOW idle_in_transaction_session_timeout")
        assert await uow.connection.scalar(asked) == "1min"
    await store.close()
