"""The watchdog over the loop: it names the handler that computes for too long, and nobody who only waits."""

from __future__ import annotations

import asyncio
from datetime import datetime
from time import sleep, thread_time

from aiogram import Router
from aiogram.types import Message

from benchmarks.holding import holds_of
from screens.screen import Screen
from storage.unit_of_work import Store
from tests.bot.kit import a_desk, a_text
from tests.conversations.conftest import LONGEST_HOLD

BUSY = 0.3


async def handle(message: Message) -> Screen:
    """Computes for long, or waits for others, or computes for long in a thread."""
    if message.text == "compute":
        _compute()
    elif message.text == "thread":
        await asyncio.to_thread(_compute)
    elif message.text == "asleep":
        # Another process has the processor: no time of this thread goes by.
        sleep(BUSY)  # noqa: ASYNC251
    return Screen("done")


def _compute() -> None:
    until = thread_time() + BUSY
    while thread_time() < until:
        sum(range(1_000))


def _root() -> Router:
    root = Router()
    root.message.register(handle)
    return root


async def test_whoever_computes_too_long_is_caught_by_name(sqlite_store: Store, now: datetime) -> None:
    async with a_desk(sqlite_store, now, _root()) as desk:
        with holds_of(desk.dispatcher) as holds:
            for text in ("thread", "asleep", "quick"):
                await desk.put(a_text(5, text))
            await desk.settled()
            assert holds.longer_than(LONGEST_HOLD) == []
            await desk.put(a_text(5, "compute"))
            await desk.settled()
    ((name, seconds),) = holds.longer_than(LONGEST_HOLD)
    assert name.endswith("test_loop_hold.handle")
    assert seconds >= BUSY
