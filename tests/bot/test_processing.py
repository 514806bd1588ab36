"""The inbox is worked off once, in order per person, and nothing that fails stops anybody else."""

from __future__ import annotations

import asyncio
from collections import Counter
from datetime import datetime

from aiogram.types import Message
from sqlalchemy import select

from bot.middlewares import LeftAlone
from domain.actors import Actor
from domain.errors import NotFound
from screens.screen import Screen
from storage.tables.audit import audit
from storage.tables.messages import notifications
from storage.tables.people import identities
from storage.unit_of_work import Store, UnitOfWork
from tests.bot.kit import a_desk, a_text, for_texts, keep, note
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


def test_left_alone_is_no_refusal() -> None:
    """It must pass the door that turns refusals into answers."""
    assert not issubclass(LeftAlone, NotFound.__mro__[1])
