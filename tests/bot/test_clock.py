"""The sandbox's clock, followed from outside."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta

import aiohttp
import pytest

from bot.clock import PATH, SandboxClock
from sandbox.clock import Clock
from sandbox.server import serve
from sandbox.state import Sandbox
from tests.conftest import NOW
from tests.patience import until

A_MOMENT = timedelta(seconds=1)


@pytest.fixture
async def theirs() -> Clock:
    clock = Clock(NOW)
    clock.rate(0)
    return clock


@pytest.fixture
async def url(theirs: Clock) -> AsyncIterator[str]:
    async with serve(Sandbox(theirs)) as served:
        yield served.url


@pytest.fixture
async def session() -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession() as session:
        yield session


@pytest.mark.parametrize("path", ["", PATH])
async def test_it_tells_the_sandbox_time(url: str, path: str, session: aiohttp.ClientSession) -> None:
    clock = SandboxClock(url + path)
    await clock.read(session)
    assert clock() - NOW < A_MOMENT


async def test_it_reckons_on_at_the_sandbox_rate(
    url: str, theirs: Clock, session: aiohttp.ClientSession
) -> None:
    theirs.rate(100_000)
    clock = SandboxClock(url)
    await clock.read(session)
    first = clock()
    await until(lambda: clock() - first > timedelta(hours=1), "an hour of the sandbox")


async def test_it_notices_that_the_clock_was_set(
    url: str, theirs: Clock, session: aiohttp.ClientSession
) -> None:
    clock = SandboxClock(url)
    await clock.read(session)
    async with asyncio.TaskGroup() as group:
        following = group.create_task(clock.follow(session))
        theirs.advance(86_400)
        await until(lambda: clock() >= NOW + timedelta(days=1), "the new time")
        following.cancel()


async def test_nobody_who_tells_the_time_is_an_error(session: aiohttp.ClientSession) -> None:
    async with serve(Sandbox(Clock(NOW))) as served:
        gone = served.url
    with pytest.raises(aiohttp.ClientError):
        await SandboxClock(gone).read(session)


async def test_a_silent_sandbox_does_not_stop_the_time(
    theirs: Clock, session: aiohttp.ClientSession, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with serve(Sandbox(theirs)) as served:
        clock = SandboxClock(served.url)
        await clock.read(session)
    asked: list[object] = []
    monkeypatch.setattr("bot.clock.log.warning", lambda *_words, **facts: asked.append(facts))
    async with asyncio.TaskGroup() as group:
        following = group.create_task(clock.follow(session))
        await until(lambda: bool(asked), "a question")
        assert not following.done()
        assert clock() - NOW < A_MOMENT
        following.cancel()
