"""C-14: a screen that says so already, a message that is gone, an answer that comes too late."""

from __future__ import annotations

import random
from typing import Any

import pytest
from aiogram.exceptions import TelegramBadRequest
from aiogram.methods import AnswerCallbackQuery, EditMessageText, SendMessage, TelegramMethod
from aiogram.types import Update

from bot.governor import Governor
from bot.messenger import TelegramMessenger
from bot.show import Show
from bot.writing import Writing
from domain.notifications import Outcome
from screens.language import Language
from screens.screen import Screen, Toast
from storage.unit_of_work import Store
from tests.bot.kit import PLATFORM, FakeMessenger, a_bot, a_tap
from tests.nemesis.harness import seeded, trials

MODIFIED = "Bad Request: message is not modified: specified new message content is the same"
GONE = "Bad Request: message to edit not found"
OLD = "Bad Request: query is too old and response timeout expired or query ID is invalid"


def _fails(edit: str | None, answer: str | None) -> Any:
    def fail(method: TelegramMethod[Any]) -> Exception | None:
        if isinstance(method, EditMessageText) and edit:
            return TelegramBadRequest(method, edit)
        if isinstance(method, AnswerCallbackQuery) and answer:
            return TelegramBadRequest(method, answer)
        return None

    return fail


async def test_the_person_sees_what_is_true_whatever_became_of_the_message(
    sqlite_store: Store, english: Language
) -> None:
    chance, seed = seeded("C-14")
    for _trial in range(trials(500)):
        session = FakeMessenger()
        bot = a_bot(session)
        edit, answer = chance.choice((None, MODIFIED, GONE)), chance.choice((None, OLD))
        session.fail = _fails(edit, answer)
        shown = _anything(chance)
        update = Update.model_validate(a_tap(5, "home"), context={"bot": bot})
        await Show(bot, Writing(bot, sqlite_store, PLATFORM), Governor(0, 0))(shown, update, english)
        said = _seen(session, edit, answer)
        assert said == [shown.text], (seed, edit, answer, said)
        # Nothing is tried twice, so nothing can go round in circles.
        assert len(session.called) <= 3, seed


def _anything(chance: random.Random) -> Screen | Toast:
    return Screen("the order as it stands") if chance.random() < 0.7 else Toast("it is too late for that")


def _seen(session: FakeMessenger, edit: str | None, answer: str | None) -> list[str]:
    """What stands before the person afterwards; a screen that says so already counts as seen."""
    seen: list[str | None] = [each.text for each in session.called if isinstance(each, SendMessage)]
    if edit != GONE:
        seen += [each.text for each in session.called if isinstance(each, EditMessageText)]
    if answer is None:
        seen += [each.text for each in session.called if isinstance(each, AnswerCallbackQuery) and each.text]
    return [str(each) for each in seen]


@pytest.mark.parametrize(("said", "outcome"), [(MODIFIED, Outcome.DELIVERED), (GONE, Outcome.FAILED)])
async def test_a_message_that_is_kept_up_to_date_is_not_tried_for_ever(
    sqlite_store: Store, said: str, outcome: Outcome
) -> None:
    session = FakeMessenger()
    session.fail = _fails(said, None)
    bot = a_bot(session)
    messenger = TelegramMessenger(bot, Writing(bot, sqlite_store, PLATFORM), Governor(0, 0))
    assert (await messenger.edit(5, 7, Screen("new"))).outcome is outcome
    assert len(session.called) == 1


async def test_without_a_look_at_the_reason_a_gone_message_is_an_error(sqlite_store: Store) -> None:
    """The negative control: whoever only edits shows nothing at all."""
    session = FakeMessenger()
    session.fail = _fails(GONE, None)
    bot = a_bot(session)
    with pytest.raises(TelegramBadRequest):
        await Writing(bot, sqlite_store, PLATFORM).edit(5, 7, Screen("new"))
    assert "sendMessage" not in session.names()
