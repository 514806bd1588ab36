"""An answer becomes calls to the messenger; what the messenger refuses is never an error on the screen."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from aiogram.exceptions import TelegramBadRequest, TelegramForbiddenError, TelegramRetryAfter
from aiogram.methods import TelegramMethod
from aiogram.types import Update

from bot.governor import Governor
from bot.show import Show
from bot.writing import Writing
from screens.callbacks.home import OpenHome
from screens.language import Language
from screens.screen import AskButton, Button, Request, Screen, Toast
from storage.unit_of_work import Store
from tests.bot.kit import PLATFORM, FakeMessenger, a_bot, a_tap, a_text

Fail = Callable[[TelegramMethod[Any]], Exception | None]


class Stage:
    """A messenger, and what one answer to one update makes of it."""

    def __init__(self, store: Store) -> None:
        self.messenger = FakeMessenger()
        self.bot = a_bot(self.messenger)
        self.show = Show(self.bot, Writing(self.bot, store, PLATFORM), Governor(0, 0))

    async def answer(
        self, answer: object, raw: dict[str, Any], _: Language, fail: Fail | None = None
    ) -> list[str]:
        if fail is not None:
            self.messenger.fail = fail
        update = Update.model_validate(raw, context={"bot": self.bot})
        await self.show(answer, update, _)
        return self.messenger.names()


@pytest.fixture
def stage(sqlite_store: Store) -> Stage:
    return Stage(sqlite_store)


def refuse(name: str, words: str, times: int = 1, kind: Any = TelegramBadRequest) -> Fail:
    """The messenger refuses that method with these words, so many times."""
    left = [times]

    def fail(method: TelegramMethod[Any]) -> Exception | None:
        if method.__api_method__ != name or not left[0]:
            return None
        left[0] -= 1
        return kind(method, words)  # type: ignore[no-any-return]

    return fail


HOME = Screen("home", ((Button("🏠", OpenHome()),),))


async def test_a_tap_turns_its_message_into_the_screen(stage: Stage, english: Language) -> None:
    assert await stage.answer(HOME, a_tap(5, "home"), english) == ["editMessageText", "answerCallbackQuery"]


async def test_a_text_is_answered_with_a_new_message(stage: Stage, english: Language) -> None:
    assert await stage.answer(HOME, a_text(5, "hello"), english) == ["sendMessage"]


async def test_a_toast_hangs_over_the_screen_that_stands(stage: Stage, english: Language) -> None:
    assert await stage.answer(Toast("done"), a_tap(5, "home"), english) == ["answerCallbackQuery"]


async def test_a_toast_to_a_text_is_said_as_a_message_with_a_way_home(
    stage: Stage, english: Language
) -> None:
    assert await stage.answer(Toast("a < b"), a_text(5, "hello"), english) == ["sendMessage"]
    assert stage.messenger.texts() == ["a &lt; b"]


async def test_a_screen_that_stands_already_is_no_error(stage: Stage, english: Language) -> None:
    fail = refuse("editMessageText", "Bad Request: message is not modified: specified new message content")
    assert await stage.answer(HOME, a_tap(5, "home"), english, fail) == [
        "editMessageText",
        "answerCallbackQuery",
    ]


@pytest.mark.parametrize(
    "words",
    [
        "Bad Request: message to edit not found",
        "Bad Request: message can't be edited",
        "Bad Request: there is no text in the message to edit",
    ],
)
async def test_a_message_that_is_gone_is_sent_anew(stage: Stage, english: Language, words: str) -> None:
    called = await stage.answer(HOME, a_tap(5, "home"), english, refuse("editMessageText", words))
    assert called == ["editMessageText", "sendMessage", "answerCallbackQuery"]


async def test_a_late_answer_to_a_tap_is_left_out(stage: Stage, english: Language) -> None:
    words = "Bad Request: query is too old and response timeout expired or query ID is invalid"
    called = await stage.answer(HOME, a_tap(5, "home"), english, refuse("answerCallbackQuery", words))
    assert called == ["editMessageText", "answerCallbackQuery"]


async def test_a_toast_that_comes_too_late_is_said_in_a_message(stage: Stage, english: Language) -> None:
    words = "Bad Request: query is too old and response timeout expired or query ID is invalid"
    called = await stage.answer(
        Toast("placed"), a_tap(5, "home"), english, refuse("answerCallbackQuery", words)
    )
    assert called == ["answerCallbackQuery", "sendMessage"]
    assert stage.messenger.texts() == ["placed", "placed"]


async def test_an_unknown_refusal_goes_on_up(stage: Stage, english: Language) -> None:
    with pytest.raises(TelegramBadRequest):
        await stage.answer(
            HOME, a_tap(5, "home"), english, refuse("editMessageText", "Bad Request: BUTTON_DATA_INVALID")
        )
    assert stage.messenger.names()[-1] == "answerCallbackQuery"


async def test_whoever_has_blocked_us_is_not_tried_again(stage: Stage, english: Language) -> None:
    words = "Forbidden: bot was blocked by the user"
    fail = refuse("sendMessage", words, kind=TelegramForbiddenError)
    assert await stage.answer(HOME, a_text(5, "hello"), english, fail) == ["sendMessage"]


async def test_a_short_429_is_waited_out(stage: Stage, english: Language) -> None:
    fail = refuse("sendMessage", "x", kind=lambda method, words: TelegramRetryAfter(method, words, 0))
    assert await stage.answer(HOME, a_text(5, "hello"), english, fail) == ["sendMessage", "sendMessage"]


async def test_a_long_429_is_not(stage: Stage, english: Language) -> None:
    fail = refuse("sendMessage", "x", kind=lambda method, words: TelegramRetryAfter(method, words, 60))
    with pytest.raises(TelegramRetryAfter):
        await stage.answer(HOME, a_text(5, "hello"), english, fail)


async def test_a_long_screen_comes_in_parts_with_its_buttons_under_the_last(
    stage: Stage, english: Language
) -> None:
    screen = Screen("\n".join("line" for _each in range(2_000)), HOME.rows)
    await stage.answer(screen, a_tap(5, "home"), english)
    sent = [each for each in stage.messenger.called if each.__api_method__ == "sendMessage"]
    assert [getattr(each, "reply_markup", None) is not None for each in sent] == [False, False, True]


async def test_a_screen_that_asks_with_keys_is_always_a_new_message(stage: Stage, english: Language) -> None:
    screen = Screen("your number?", ask=((AskButton("📱", Request.CONTACT),),))
    assert await stage.answer(screen, a_tap(5, "home"), english) == ["sendMessage", "answerCallbackQuery"]


async def test_a_picture_gives_way_to_a_text_in_a_new_message(stage: Stage, english: Language) -> None:
    raw = a_tap(5, "home")
    message = raw["callback_query"]["message"]
    del message["text"]
    message["photo"] = [{"file_id": "f", "file_unique_id": "u", "width": 9, "height": 9}]
    called = await stage.answer(HOME, raw, english)
    assert called == ["deleteMessage", "sendMessage", "answerCallbackQuery"]


async def test_an_old_picture_that_cannot_be_deleted_loses_its_buttons(
    stage: Stage, english: Language
) -> None:
    raw = a_tap(5, "home")
    message = raw["callback_query"]["message"]
    del message["text"]
    message["photo"] = [{"file_id": "f", "file_unique_id": "u", "width": 9, "height": 9}]
    fail = refuse("deleteMessage", "Bad Request: message can't be deleted for everyone")
    called = await stage.answer(HOME, raw, english, fail)
    assert called == ["deleteMessage", "editMessageReplyMarkup", "sendMessage", "answerCallbackQuery"]


async def test_nothing_to_show_still_answers_the_tap(stage: Stage, english: Language) -> None:
    assert await stage.answer(None, a_tap(5, "home"), english) == ["answerCallbackQuery"]
