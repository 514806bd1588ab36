"""How one attempt to tell ended, whatever the messenger or the network did."""

from __future__ import annotations

from typing import Any

import pytest
from aiogram.exceptions import (
    TelegramBadRequest,
    TelegramForbiddenError,
    TelegramNetworkError,
    TelegramRetryAfter,
    TelegramServerError,
)
from aiogram.methods import TelegramMethod
from aiohttp import ClientConnectorError, ServerDisconnectedError
from aiohttp.client_reqrep import ConnectionKey

from bot.governor import Governor
from bot.messenger import TelegramMessenger
from bot.writing import Writing
from domain.notifications import Outcome
from jobs.deliver import Told
from screens.screen import Screen
from storage.unit_of_work import Store
from tests.bot.kit import PLATFORM, FakeMessenger, a_bot


async def _told(store: Store, error: Any) -> tuple[Told, Governor]:
    session, governor = FakeMessenger(), Governor(0, 0)
    session.fail = lambda method: error(method) if error else None
    bot = a_bot(session)
    messenger = TelegramMessenger(bot, Writing(bot, store, PLATFORM), governor)
    return await messenger.send(5, Screen("hello")), governor


def _network(cause: BaseException) -> Any:
    def fail(method: TelegramMethod[Any]) -> Exception:
        error = TelegramNetworkError(method, "HTTP Client says - …")
        error.__cause__ = cause
        return error

    return fail


def _not_connected() -> ClientConnectorError:
    key = ConnectionKey("x", 443, True, True, None, None, None)
    return ClientConnectorError(key, OSError("refused"))


async def test_what_arrived_is_delivered(sqlite_store: Store) -> None:
    told, _governor = await _told(sqlite_store, None)
    assert (told.outcome, told.message_id) == (Outcome.DELIVERED, 1)


@pytest.mark.parametrize(
    ("error", "outcome"),
    [
        (lambda m: TelegramForbiddenError(m, "Forbidden: bot was blocked by the user"), Outcome.BLOCKED),
        (lambda m: TelegramBadRequest(m, "Bad Request: chat not found"), Outcome.BLOCKED),
        (lambda m: TelegramBadRequest(m, "Bad Request: can't parse entities"), Outcome.FAILED),
        (lambda m: TelegramServerError(m, "Bad Gateway"), Outcome.UNCERTAIN),
        (_network(ServerDisconnectedError()), Outcome.UNCERTAIN),
        (_network(TimeoutError()), Outcome.UNCERTAIN),
        (lambda _m: UnicodeDecodeError("utf-8", b"\xff", 0, 1, "x"), Outcome.UNCERTAIN),
        (lambda _m: TypeError("an odd answer"), Outcome.UNCERTAIN),
        (_network(_not_connected()), Outcome.RETRY),
    ],
)
async def test_every_fault_has_its_meaning(sqlite_store: Store, error: Any, outcome: Outcome) -> None:
    told, _governor = await _told(sqlite_store, error)
    assert (told.outcome, told.is_counted) == (outcome, True)


async def test_a_429_pauses_everything_and_counts_as_nothing(sqlite_store: Store) -> None:
    told, governor = await _told(sqlite_store, lambda m: TelegramRetryAfter(m, "Too Many Requests", 35))
    assert (told.outcome, told.is_counted) == (Outcome.RETRY, False)
    assert 34 < governor.wait_for(6) <= 35
