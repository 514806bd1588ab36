"""The Messenger over aiogram's Bot: one message told or edited, and how that ended.

Each thing that can go wrong means something of its own (reliability 1.3). What decides is whether the message
may have gone out: what surely has not is tried again, of anything else nobody knows.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import replace
from html import escape, unescape
from math import inf
from re import compile as pattern

import structlog
from aiogram import Bot
from aiogram.exceptions import (
    TelegramBadRequest,
    TelegramEntityTooLarge,
    TelegramForbiddenError,
    TelegramMigrateToChat,
    TelegramNetworkError,
    TelegramNotFound,
    TelegramRetryAfter,
    TelegramUnauthorizedError,
)
from aiohttp import ClientConnectorError, ConnectionTimeoutError

from bot.governor import Governor
from bot.session import NO_PROXY
from bot.writing import Writing
from domain.notifications import MessageClass, Outcome
from jobs.deliver import May, Told
from screens.screen import Screen

log = structlog.get_logger("bot.messenger")

_UNREACHABLE = ("chat not found", "user is deactivated", "bot was blocked", "bot can't initiate")
_UNREADABLE = "can't parse entities"
_ALREADY_SO = "message is not modified"
_NOT_SENT = (ClientConnectorError, ConnectionTimeoutError, *NO_PROXY)
_TAG = pattern(r"<[^>]*>")
Act = Callable[[int, Screen], Awaitable[int | None]]


class TelegramMessenger:
    def __init__(self, bot: Bot, writing: Writing, governor: Governor, *, is_paid: bool = False) -> None:
        self._bot, self._writing, self._governor, self._is_paid = bot, writing, governor, is_paid
        self._is_refused = False

    async def send(
        self,
        chat_id: int,
        screen: Screen,
        message_class: MessageClass = MessageClass.NOTICE,
        may: May | None = None,
    ) -> Told:
        is_paid = self._is_paid and message_class is MessageClass.PROMOTION

        async def act(to: int, said: Screen) -> int | None:
            return (await self._writing.send(to, said, is_paid=is_paid)).message_id

        return await self._in_turn(chat_id, screen, message_class, may, act)

    async def edit(
        self,
        chat_id: int,
        message_id: int,
        screen: Screen,
        message_class: MessageClass = MessageClass.NOTICE,
        may: May | None = None,
    ) -> Told:
        async def act(to: int, said: Screen) -> int | None:
            await self._writing.edit(to, message_id, said)
            return message_id

        return await self._in_turn(chat_id, screen, message_class, may, act)

    def pause(self, seconds: float) -> None:
        self._governor.pause(seconds)

    def waits(self) -> float:
        return inf if self._is_refused else self._governor.paused_for()

    def close(self) -> None:
        self._governor.close()

    async def _in_turn(
        self, chat_id: int, screen: Screen, message_class: MessageClass, may: May | None, act: Act
    ) -> Told:
        turn = None if self._is_refused else await self._governor.turn(chat_id, message_class)
        if turn is None:
            wait = 0.0 if self._is_refused else self._governor.paused_for()
            return Told(Outcome.RETRY, error="no turn", is_counted=False, wait=wait)
        if may is not None and (untold := await may()) is not None:
            return untold
        self._governor.goes(turn)
        return await self._tried(chat_id, screen, act)

    async def _tried(self, chat_id: int, screen: Screen, act: Act) -> Told:
        """Once, and once more where the same cannot go wrong again."""
        try:
            return Told(Outcome.DELIVERED, message_id=await act(chat_id, screen))
        except TelegramMigrateToChat as moved:
            told = await self._last(moved.migrate_to_chat_id, screen, act)
            return replace(told, moved_to=moved.migrate_to_chat_id)
        except TelegramBadRequest as error:
            if _UNREADABLE not in error.message:
                return self._after(error)
            log.error("a text that the messenger cannot read was sent without its marks", said=error.message)
            plain = escape(unescape(_TAG.sub("", screen.text)), quote=False)
            return await self._last(chat_id, replace(screen, text=plain), act)
        except Exception as error:
            return self._after(error)

    async def _last(self, chat_id: int, screen: Screen, act: Act) -> Told:
        try:
            return Told(Outcome.DELIVERED, message_id=await act(chat_id, screen))
        except Exception as error:
            return self._after(error)

    def _after(self, error: Exception) -> Told:
        match error:
            case TelegramRetryAfter():
                self._governor.pause(error.retry_after)
                return Told(
                    Outcome.RETRY, error="429", is_counted=False, wait=error.retry_after, is_pause=True
                )
            case TelegramForbiddenError():
                return Told(Outcome.BLOCKED, error=error.message)
            case TelegramUnauthorizedError():
                return self._refused()
            case TelegramBadRequest():
                return _refusal(error)
            case TelegramEntityTooLarge():
                return Told(Outcome.FAILED, error=error.message)
            case TelegramNotFound():
                return Told(Outcome.RETRY, error=error.message)
        cause = error.__cause__ or error.__context__
        is_unsent = isinstance(error, TelegramNetworkError) and isinstance(cause, _NOT_SENT)
        return Told(Outcome.RETRY if is_unsent else Outcome.UNCERTAIN, error=type(error).__name__)

    def _refused(self) -> Told:
        """The token is not ours any more: nothing goes out until somebody starts us with another."""
        if not self._is_refused:
            self._is_refused = True
            log.critical("the messenger refuses our token: nothing is sent any more", bot=self._bot.id)
        return Told(Outcome.RETRY, error="401", is_counted=False)


def _refusal(error: TelegramBadRequest) -> Told:
    if _ALREADY_SO in error.message:
        return Told(Outcome.DELIVERED)
    if any(words in error.message for words in _UNREACHABLE):
        return Told(Outcome.BLOCKED, error=error.message)
    log.error("a message was refused", said=error.message)
    return Told(Outcome.FAILED, error=error.message)
