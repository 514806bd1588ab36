"""Taps that only show something run beside the writers, and close the question that was open."""

from __future__ import annotations

import asyncio
from collections import Counter
from datetime import datetime

from aiogram import Router
from aiogram.types import CallbackQuery, Message

from handlers.asking import Question
from handlers.reading import READS
from screens.callbacks.home import OpenHome
from screens.callbacks.support import AskSupport
from screens.screen import Screen, Toast
from storage.unit_of_work import Store
from tests.bot.kit import a_desk, a_tap, a_text
from tests.patience import until


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
