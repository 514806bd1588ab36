"""How one attempt to tell ended, whatever the messenger or the network did."""

from __future__ import annotations

from math import inf
from typing import Any

import pytest
from aiogram.exceptions import (
    TelegramBadRequest,
    TelegramEntityTooLarge,
    TelegramForbiddenError,
    TelegramMigrateToChat,
    TelegramNetworkError,
    TelegramRetryAfter,
    TelegramServerError,
    TelegramUnauthorizedError,
)
from aiogram.methods import TelegramMethod
from aiohttp import ClientConnectorError, ConnectionTimeoutError, ServerDisconnectedError
from aiohttp.client_reqrep import ConnectionKey
from aiohttp_socks import ProxyConnectionError

from bot.governor import Governor
from bot.messenger import TelegramMessenger
from bot.writing import Writing
from domain.notifications import MessageClass, Outcome
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
        (lambda m: TelegramBadRequest(m, "Bad Request: something wrong"), Outcome.FAILED),
        (lambda m: TelegramBadRequest(m, "Bad Request: can't parse entities"), Outcome.FAILED),
        (lambda m: TelegramForbiddenError(m, "Forbidden: user is deactivated"), Outcome.BLOCKED),
        (lambda m: TelegramEntityTooLarge(m, "Request Entity Too Large"), Outcome.FAILED),
        (_network(ProxyConnectionError("refused")), Outcome.RETRY),
        (_network(ConnectionTimeoutError()), Outcome.RETRY),
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


def _messenger(store: Store, *, is_paid: bool = False) -> tuple[TelegramMessenger, FakeMessenger]:
    session = FakeMessenger()
    bot = a_bot(session)
    governor = Governor(0, 0)
    return TelegramMessenger(bot, Writing(bot, store, PLATFORM), governor, is_paid=is_paid), session


async def test_what_cannot_be_read_goes_out_once_more_without_its_marks(sqlite_store: Store) -> None:
    messenger, session = _messenger(sqlite_store)

    def fail(method: Any) -> Exception | None:
        return (
            TelegramBadRequest(method, "Bad Request: can't parse entities") if "<b>" in method.text else None
        )

    session.fail = fail
    told = await messenger.send(5, Screen("<b>a &amp; b &lt;</b>"))
    assert (told.outcome, session.texts()[-1]) == (Outcome.DELIVERED, "a &amp; b &lt;")


async def test_a_group_that_moved_is_written_to_where_it_is_now(sqlite_store: Store) -> None:
    messenger, session = _messenger(sqlite_store)
    session.fail = lambda method: (
        TelegramMigrateToChat(method, "moved", -1007) if method.chat_id == -7 else None  # type: ignore[attr-defined]
    )
    told = await messenger.send(-7, Screen("hello"))
    assert (told.outcome, told.moved_to) == (Outcome.DELIVERED, -1007)


async def test_a_token_that_is_refused_stops_the_platform_and_is_said_once(
    sqlite_store: Store, caplog: pytest.LogCaptureFixture
) -> None:
    messenger, session = _messenger(sqlite_store)
    session.fail = lambda method: TelegramUnauthorizedError(method, "Unauthorized")
    for _again in range(5):
        told = await messenger.send(5, Screen("hello"))
        assert (told.outcome, told.is_counted) == (Outcome.RETRY, False)
    assert len(session.called) == 1
    assert messenger.waits() == inf
    assert sum("refuses our token" in str(each.msg) for each in caplog.records) == 1


async def test_only_promotions_may_cost_something(sqlite_store: Store) -> None:
    messenger, session = _messenger(sqlite_store, is_paid=True)
    for each in (MessageClass.NOTICE, MessageClass.SURVEY, MessageClass.PROMOTION):
        await messenger.send(5, Screen("hello"), each)
    assert [each.allow_paid_broadcast for each in session.called] == [None, None, True]  # type: ignore[attr-defined]


async def test_what_is_over_when_its_turn_comes_does_not_go_out(sqlite_store: Store) -> None:
    messenger, session = _messenger(sqlite_store)

    async def may() -> Told | None:
        return Told(Outcome.WITHDRAWN)

    assert (await messenger.send(5, Screen("hello"), may=may)).outcome is Outcome.WITHDRAWN
    assert not session.called


async def test_whoever_waits_at_the_end_is_given_back(sqlite_store: Store) -> None:
    messenger, session = _messenger(sqlite_store)
    messenger.close()
    told = await messenger.send(5, Screen("hello"))
    assert (told.outcome, told.is_counted, session.called) == (Outcome.RETRY, False, [])
