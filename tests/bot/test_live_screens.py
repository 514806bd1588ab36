"""Where a screen stands that changes by itself, answers under a message, and pictures that are drawn."""

from __future__ import annotations

from typing import Any

import pytest
from aiogram.types import Update

from bot.governor import Governor
from bot.show import Show
from bot.writing import Writing
from domain.live import Live, LiveKind
from screens.language import Language
from screens.paper import Bars, Chart, Paper, Picture
from screens.screen import Screen
from storage.tables.messages import files
from storage.tables.push import live_messages
from storage.unit_of_work import Store
from tests.bot.kit import PLATFORM, FakeMessenger, a_bot, a_tap, a_text
from tests.builders.people import speaking

LIVE = Live(LiveKind.CAMPAIGN, 7)
GOING, QUESTION = Screen("▓░", live=LIVE), Screen("why?")
CHART = Chart(title="t", legend=("a", "b"), bars=(Bars(name="1", values=(1.0, 2.0), labels=("1", "2")),))
PICTURE = Picture(name="chart", chart=CHART)
USER = 4_001


class Stage:
    def __init__(self, store: Store) -> None:
        self.store, self.messenger = store, FakeMessenger()
        self.bot = a_bot(self.messenger)
        self.has_broken = False
        self.begin()

    def begin(self) -> None:
        """As after a restart."""
        writing = Writing(self.bot, self.store, PLATFORM, self.draw)
        self.show = Show(self.bot, writing, Governor(0, 0))

    async def draw(self, _wanted: Paper | Picture) -> bytes:
        if self.has_broken:
            raise RuntimeError("no face")
        return b"\x89PNG"

    async def answer(self, answer: Screen, raw: dict[str, Any], _: Language) -> list[str]:
        self.messenger.called.clear()
        await self.show(answer, Update.model_validate(raw, context={"bot": self.bot}), _)
        return [name for name in self.messenger.names() if name != "answerCallbackQuery"]

    async def kept(self) -> list[tuple[int, str]]:
        async with self.store.reading() as uow:
            rows = await uow.connection.execute(live_messages.select())
            return [(row.message_id, row.shown) for row in rows if row.ends_at is None]


@pytest.fixture
async def stage(sqlite_store: Store) -> Stage:
    async with sqlite_store.unit_of_work() as uow:
        await speaking(uow, USER)
    return Stage(sqlite_store)


async def test_a_tapped_message_is_kept_and_left_when_it_becomes_something_else(
    stage: Stage, english: Language
) -> None:
    tap = a_tap(USER, "x")
    place = tap["callback_query"]["message"]["message_id"]
    assert await stage.answer(GOING, tap, english) == ["editMessageText"]
    assert await stage.kept() == [(place, GOING.mark)]
    other = a_tap(USER, "y")
    other["callback_query"]["message"]["message_id"] = place + 1
    await stage.answer(QUESTION, other, english)
    assert await stage.kept() == [(place, GOING.mark)], "another message of the chat is another message"
    await stage.answer(QUESTION, a_tap(USER, "x"), english)
    assert await stage.kept() == []


async def test_it_is_left_after_a_restart_too(stage: Stage, english: Language) -> None:
    await stage.answer(GOING, a_tap(USER, "x"), english)
    stage.begin()
    await stage.answer(QUESTION, a_tap(USER, "x"), english)
    assert await stage.kept() == []


async def test_a_message_that_is_sent_is_kept_where_it_landed(stage: Stage, english: Language) -> None:
    assert await stage.answer(GOING, a_text(USER, "/start"), english) == ["sendMessage"]
    ((message_id, _mark),) = await stage.kept()
    assert message_id > 0


async def test_nothing_is_kept_of_other_screens(stage: Stage, english: Language) -> None:
    await stage.answer(QUESTION, a_text(USER, "/start"), english)
    await stage.answer(QUESTION, a_tap(USER, "x"), english)
    assert await stage.kept() == []


async def test_an_answer_under_a_message_leaves_it_as_it_is(stage: Stage, english: Language) -> None:
    under = Screen("the basket", is_new=True)
    assert await stage.answer(under, a_tap(USER, "x"), english) == ["sendMessage"]


async def test_a_picture_is_drawn_kept_and_shown(stage: Stage, english: Language) -> None:
    screen = Screen("words", photo=PICTURE)
    assert await stage.answer(screen, a_tap(USER, "x"), english) == ["editMessageMedia"]
    assert await stage.answer(screen, a_text(USER, "x"), english) == ["sendPhoto"]
    async with stage.store.reading() as uow:
        rows = (await uow.connection.execute(files.select())).all()
    assert [(row.name, row.mime_type) for row in rows] == [("chart.png", "image/png")]


async def test_without_its_picture_a_screen_still_speaks(stage: Stage, english: Language) -> None:
    stage.has_broken = True
    screen = Screen("words", photo=PICTURE)
    assert await stage.answer(screen, a_tap(USER, "x"), english) == ["editMessageText"]
    assert await stage.answer(screen, a_text(USER, "x"), english) == ["sendMessage"]
