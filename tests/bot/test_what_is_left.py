"""Rows that nobody holds: from before the start, after a flood, of another process, at the end."""

from __future__ import annotations

import asyncio
from collections import Counter
from datetime import datetime

import pytest
from aiogram.types import Message
from sqlalchemy import text

from bot import refill
from bot.intake import read_update
from domain.actors import Actor
from screens.screen import Screen
from storage.unit_of_work import Store, UnitOfWork
from tests.bot.kit import BOT_ID, PLATFORM, a_desk, a_text, for_texts, keep, note
from tests.patience import PATIENCE, until


async def test_more_than_the_memory_holds_is_read_from_the_inbox(
    store: Store, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(refill, "MOST_IN_MEMORY", 20)
    async with a_desk(store, now, for_texts()) as desk:
        for batch in range(10):
            await desk.put(*(a_text(person, f"{batch}-{person}") for person in range(15)))
        await desk.settled()
    assert len(await desk.effects()) == 150
    assert len(set(await desk.effects())) == 150


async def test_what_was_left_in_the_inbox_is_worked_off_at_the_next_start(
    store: Store, now: datetime
) -> None:
    async with a_desk(store, now, for_texts(), is_started=False) as desk:
        await desk.put(a_text(5, "from before"))
    async with a_desk(store, now, for_texts()) as desk:
        await desk.settled()
    assert await desk.effects() == ["from before"]


async def test_a_row_that_is_brought_back_goes_before_what_waits(
    store: Store, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(refill, "LOOK_AGAIN", 0.05)
    is_broken = True

    async def fail(message: Message, actor: Actor, uow: UnitOfWork, now: datetime) -> Screen:
        if is_broken and message.text == "poison":
            raise RuntimeError("a fault of ours")
        return await keep(message, actor, uow, now)

    async with a_desk(store, now, for_texts(fail)) as desk:
        rows = await desk.put(a_text(5, "poison"))
        await desk.settled()
        is_broken = False
        async with store.unit_of_work() as uow:
            assert await uow.inbox.bring_back(rows[0].id, 6) is None
            assert await uow.inbox.bring_back(rows[0].id, 5) is not None
        await desk.put(a_text(5, "newer"))
        await desk.settled()
    assert await desk.effects() == ["poison", "newer"]


async def test_a_row_that_another_has_done_is_left_alone(store: Store, now: datetime) -> None:
    async with a_desk(store, now, for_texts(), is_started=False) as desk:
        rows = await desk.put(a_text(5, "theirs"), a_text(5, "ours"))
        async with store.unit_of_work() as uow:
            assert await uow.inbox.take(rows[0].id, 5, (), now)
        desk.start()
        await desk.settled()
    assert await desk.effects() == ["ours"]


async def test_an_update_waits_behind_an_older_one_of_the_same_person(store: Store, now: datetime) -> None:
    """Another process works on the older one: however long that takes, the younger one must not die of it."""
    async with a_desk(store, now, for_texts(), is_started=False) as desk:
        async with store.unit_of_work() as uow:
            older = await uow.inbox.put(PLATFORM, BOT_ID, [read_update(a_text(5, "older"))], now)
        younger = await desk.put(a_text(5, "younger"))
        desk.processing._refill._last_row = older[0].id
        desk.processing._refill._is_behind = False
        desk.processing.hand_over(younger)
        desk.start()
        await until(lambda: desk.messenger.called == [], "nothing happens")
        async with store.unit_of_work() as uow:
            assert not await uow.inbox.take(younger[0].id, 5, (), now)
            assert await uow.inbox.take(older[0].id, 5, (), now)
        await desk.settled()
    assert await desk.effects() == ["younger"]
    assert await desk.attempts(younger[0].id) == 0


async def test_an_update_that_cannot_be_counted_as_failed_is_not_lost(
    sqlite_store: Store, now: datetime
) -> None:
    """The inbox row itself is taken away under the worker: it goes on with the next one."""
    async with a_desk(sqlite_store, now, for_texts(), is_started=False, people_at_once=1) as desk:
        await desk.put(a_text(5, "gone"))
        async with sqlite_store.unit_of_work() as uow:
            await uow.connection.execute(text("DELETE FROM inbox"))
        await desk.put(a_text(6, "fine"))
        desk.start()
        await desk.settled()
    assert await desk.effects() == ["fine"]


async def test_stopping_finishes_what_runs_and_leaves_the_rest(store: Store, now: datetime) -> None:
    begun, may_end = asyncio.Event(), asyncio.Event()

    async def slow(message: Message, actor: Actor, uow: UnitOfWork, now: datetime) -> Screen:
        begun.set()
        await may_end.wait()
        return await keep(message, actor, uow, now)

    async with a_desk(store, now, for_texts(slow), people_at_once=1) as desk:
        await desk.put(a_text(5, "runs"), a_text(5, "waits"), a_text(6, "waits too"))
        async with asyncio.timeout(PATIENCE):
            await begun.wait()
        async with asyncio.TaskGroup() as group:
            stopping = group.create_task(desk.stop())
            await asyncio.sleep(0)
            assert not stopping.done()
            may_end.set()
    assert await desk.effects() == ["runs"]
    assert Counter((await desk.states()).values()) == {"done": 1, "new": 2}
    assert desk.messenger.texts() == ["kept runs"]


async def test_stopping_gives_up_on_a_handler_that_never_ends(store: Store, now: datetime) -> None:
    begun = asyncio.Event()

    async def stuck(message: Message, actor: Actor, uow: UnitOfWork, now: datetime) -> Screen:
        await note(uow, actor, "must be rolled back", now)
        begun.set()
        await asyncio.Event().wait()
        return Screen("never")

    async with a_desk(store, now, for_texts(stuck)) as desk:
        await desk.put(a_text(5, "stuck"))
        async with asyncio.timeout(PATIENCE):
            await begun.wait()
        await desk.stop(0.2)
    assert await desk.effects() == []
    assert list((await desk.states()).values()) == ["new"]


async def test_stopping_does_not_wait_for_those_who_are_put_off(sqlite_store: Store, now: datetime) -> None:
    async def fail(_message: Message) -> Screen:
        raise RuntimeError("a fault of ours")

    async with a_desk(sqlite_store, now, for_texts(fail), delays=(60, 60, 60, 60)) as desk:
        rows = await desk.put(a_text(5, "poison"))

        async def has_failed() -> bool:
            return await desk.attempts(rows[0].id) == 1

        await until(has_failed, "the first failure")
        async with asyncio.timeout(20):
            await desk.stop()
    assert list((await desk.states()).values()) == ["new"]
