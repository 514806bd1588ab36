"""The inbox is worked off once, in order per person, and nothing that fails stops anybody else."""

from __future__ import annotations

import asyncio
from collections import Counter
from datetime import datetime

import pytest
from aiogram import Router
from aiogram.types import CallbackQuery, Message
from sqlalchemy import select, text

from bot import refill
from bot.intake import read_update
from bot.middlewares import LeftAlone
from domain.actors import Actor
from domain.errors import NotFound
from handlers.asking import Question
from handlers.reading import READS
from screens.callbacks.home import OpenHome
from screens.callbacks.support import AskSupport
from screens.screen import Screen, Toast
from storage.tables.audit import audit
from storage.tables.messages import notifications
from storage.tables.people import identities
from storage.unit_of_work import Store, UnitOfWork
from tests.bot.kit import BOT_ID, PLATFORM, a_desk, a_tap, a_text, for_texts, keep, note
from tests.patience import until


async def test_an_update_takes_effect_once_and_is_answered(store: Store, now: datetime) -> None:
    async with a_desk(store, now, for_texts()) as desk:
        await desk.put(a_text(5, "hello"))
        await desk.settled()
        await until(lambda: desk.messenger.texts() == ["kept hello"], "the answer")
    assert await desk.effects() == ["hello"]
    assert set((await desk.states()).values()) == {"done"}


async def test_one_persons_updates_keep_their_order(store: Store, now: datetime) -> None:
    async with a_desk(store, now, for_texts()) as desk:
        await desk.put(*(a_text(5, f"{number:03}") for number in range(60)))
        await desk.put(*(a_text(5, f"{number:03}") for number in range(60, 100)))
        await desk.settled()
    assert await desk.effects() == [f"{number:03}" for number in range(100)]


async def test_one_person_never_has_two_updates_under_way(sqlite_store: Store, now: datetime) -> None:
    under_way: Counter[int] = Counter()
    most: Counter[int] = Counter()

    async def look(query: CallbackQuery) -> Screen:
        under_way[query.from_user.id] += 1
        most[query.from_user.id] = max(most[query.from_user.id], under_way[query.from_user.id])
        for _each in range(3):
            await asyncio.sleep(0)
        under_way[query.from_user.id] -= 1
        return Screen("look")

    root = Router()
    root.callback_query.register(look, OpenHome.filter(), flags=READS)
    async with a_desk(sqlite_store, now, root) as desk:
        await desk.put(*(a_tap(person, "home") for _each in range(10) for person in (5, 6, 7)))
        await desk.settled()
    assert most == {5: 1, 6: 1, 7: 1}


async def test_five_failures_make_a_row_dead_and_its_sender_is_told_once(store: Store, now: datetime) -> None:
    tries: list[str] = []

    async def fail(message: Message, actor: Actor, uow: UnitOfWork, now: datetime) -> Screen:
        if message.text != "poison":
            return await keep(message, actor, uow, now)
        tries.append(message.text)
        await note(uow, actor, "must be rolled back", now)
        raise RuntimeError("a fault of ours")

    async with a_desk(store, now, for_texts(fail)) as desk:
        await desk.put(a_text(5, "first"))
        await desk.settled()
        await desk.put(a_text(5, "poison"), a_text(5, "after"), a_text(6, "another"))
        await desk.settled()
    assert len(tries) == 5
    assert sorted(await desk.effects()) == ["after", "another", "first"]
    assert Counter((await desk.states()).values()) == {"dead": 1, "done": 3}
    async with store.reading() as uow:
        told = (await uow.connection.execute(select(notifications.c.kind, notifications.c.identity_id))).all()
        person = await uow.connection.scalar(select(identities.c.id).where(identities.c.user_id == 5))
    assert [tuple(row) for row in told] == [("fault", person)]


async def test_a_failing_person_holds_no_worker(sqlite_store: Store, now: datetime) -> None:
    async def fail(message: Message, actor: Actor, uow: UnitOfWork, now: datetime) -> Screen:
        if message.text == "poison":
            raise RuntimeError("a fault of ours")
        return await keep(message, actor, uow, now)

    async with a_desk(sqlite_store, now, for_texts(fail), delays=(60, 60, 60, 60), people_at_once=2) as desk:
        await desk.put(*(a_text(person, "poison") for person in (1, 2, 3)))
        await desk.put(a_text(4, "mine"))

        async def is_kept() -> bool:
            return await desk.effects() == ["mine"]

        await until(is_kept, "the one who waits behind two sleepers")


async def test_a_refusal_is_an_answer_and_no_fault(store: Store, now: datetime) -> None:
    async def refuse(_message: Message, actor: Actor, uow: UnitOfWork, now: datetime) -> Screen:
        await note(uow, actor, "must be rolled back", now)
        raise NotFound

    async with a_desk(store, now, for_texts(refuse)) as desk:
        rows = await desk.put(a_text(5, "hello"))
        await desk.settled()
        await until(lambda: len(desk.messenger.texts()) == 1, "the words of the refusal")
    assert await desk.effects() == []
    assert await desk.attempts(rows[0].id) == 0
    async with store.reading() as uow:
        denied = (await uow.connection.scalars(select(audit.c.facts).where(audit.c.action == "denied"))).all()
    assert denied == [{"refusal": "NotFound", "asked": ""}]


async def test_an_answer_that_was_lost_after_the_commit_is_not_worked_on_again(
    store: Store, now: datetime
) -> None:
    async with a_desk(store, now, for_texts()) as desk:
        desk.messenger.fail = lambda _method: RuntimeError("the answer was lost")
        await desk.put(a_text(5, "once"))
        await until(lambda: len(desk.messenger.called) == 1, "the call that fails")
        await desk.put(a_text(5, "twice"))
        await until(lambda: len(desk.messenger.called) == 2, "the next call")
        await desk.settled()
    assert await desk.effects() == ["once", "twice"]
    assert desk.messenger.names() == ["sendMessage", "sendMessage"]


async def test_a_reading_tap_is_marked_done_with_others(store: Store, now: datetime) -> None:
    async def look(_query: CallbackQuery) -> Screen:
        return Screen("look")

    root = Router()
    root.callback_query.register(look, OpenHome.filter(), flags=READS)
    async with a_desk(store, now, root) as desk:
        await desk.put(*(a_tap(person, "home") for person in range(1, 21)))
        await desk.settled()
        await until(lambda: desk.messenger.names().count("editMessageText") == 20, "all answers")
    assert set((await desk.states()).values()) == {"done"}


async def test_a_tap_that_reads_closes_the_question_before_the_next_text(store: Store, now: datetime) -> None:
    """Also while its done mark is still open: the text that follows at once is no answer any more."""
    heard: list[str | None] = []

    async def ask(_query: CallbackQuery, state: Question) -> Screen:
        await state.set_state("asked")
        return Screen("say it")

    async def look(_query: CallbackQuery) -> Screen:
        return Screen("look")

    async def hear(_message: Message, raw_state: str | None) -> Toast:
        heard.append(raw_state)
        return Toast("heard")

    root = Router()
    root.callback_query.register(ask, AskSupport.filter())
    root.callback_query.register(look, OpenHome.filter(), flags=READS)
    root.message.register(hear)
    async with a_desk(store, now, root) as desk:
        await desk.put(a_tap(5, "support"), a_text(5, "an answer"))
        await desk.settled()
        await desk.put(a_tap(5, "support"), a_tap(5, "home"), a_text(5, "no answer"))
        await desk.settled()
    assert heard == ["asked", None]


async def test_a_late_done_mark_does_not_close_a_newer_question(store: Store, now: datetime) -> None:
    heard: list[str | None] = []

    async def ask(_query: CallbackQuery, state: Question) -> Screen:
        await state.set_state("asked")
        return Screen("say it")

    async def look(_query: CallbackQuery) -> Screen:
        return Screen("look")

    async def hear(_message: Message, raw_state: str | None) -> Toast:
        heard.append(raw_state)
        return Toast("heard")

    root = Router()
    root.callback_query.register(ask, AskSupport.filter())
    root.callback_query.register(look, OpenHome.filter(), flags=READS)
    root.message.register(hear)
    async with a_desk(store, now, root) as desk:
        for _each in range(10):
            await desk.put(a_tap(5, "home"), a_tap(5, "support"))
            await desk.settled()
            await desk.put(a_text(5, "an answer"))
            await desk.settled()
    assert heard == ["asked"] * 10


async def test_more_than_the_memory_holds_is_read_from_the_inbox(
    store: Store, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(refill, "MOST_IN_MEMORY", 20)
    async with a_desk(store, now, for_texts()) as desk:
        for batch in range(10):
            await desk.put(*(a_text(person, f"{batch}-{person}") for person in range(15)))
        await desk.settled(40)
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


async def test_a_handler_that_is_cancelled_from_within_kills_no_worker(
    sqlite_store: Store, now: datetime
) -> None:
    async def cancelled(message: Message, actor: Actor, uow: UnitOfWork, now: datetime) -> Screen:
        if message.text == "poison":
            raise asyncio.CancelledError
        return await keep(message, actor, uow, now)

    async with a_desk(sqlite_store, now, for_texts(cancelled), people_at_once=1) as desk:
        await desk.put(a_text(5, "poison"), a_text(6, "fine"))
        await desk.settled()
    assert await desk.effects() == ["fine"]
    assert Counter((await desk.states()).values()) == {"dead": 1, "done": 1}


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
        await asyncio.wait_for(begun.wait(), 10)
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
        await asyncio.wait_for(begun.wait(), 10)
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
        async with asyncio.timeout(5):
            await desk.stop()
    assert list((await desk.states()).values()) == ["new"]


def test_left_alone_is_no_refusal() -> None:
    """It must pass the door that turns refusals into answers."""
    assert not issubclass(LeftAlone, NotFound.__mro__[1])
