"""The Messenger over aiogram's Bot: one notification told, and how that ended."""

from __future__ import annotations

import structlog
from aiogram import Bot
from aiogram.exceptions import (
    TelegramBadRequest,
    TelegramForbiddenError,
    TelegramNetworkError,
    TelegramRetryAfter,
)
from aiohttp import ClientConnectorError

from bot.governor import Governor
from bot.writing import Writing
from domain.notifications import Outcome
from jobs.deliver import Told
from screens.screen import Screen

log = structlog.get_logger("bot.messenger")

_UNREACHABLE = ("chat not found", "user is deactivated", "bot was blocked", "bot can't initiate")


class TelegramMessenger:
    def __init__(self, bot: Bot, writing: Writing, governor: Governor) -> None:
        self._bot, self._writing, self._governor = bot, writing, governor

    async def send(self, chat_id: int, screen: Screen) -> Told:
        await self._governor.turn(chat_id)
        try:
            sent = await self._writing.send(chat_id, screen)
        except TelegramRetryAfter as busy:
            self._governor.pause(busy.retry_after)
            return Told(Outcome.RETRY, error="429", is_counted=False)
        except TelegramForbiddenError as error:
            return Told(Outcome.BLOCKED, error=error.message)
        except TelegramBadRequest as error:
            blocked = any(words in error.message for words in _UNREACHABLE)
            if not blocked:
                log.error("a notification was refused", said=error.message)
            return Told(Outcome.BLOCKED if blocked else Outcome.FAILED, error=error.message)
        except Exception as error:
            return _after(error)
        return Told(Outcome.DELIVERED, message_id=sent.message_id)


def _after(error: Exception) -> Told:
    """A connection that was never made can be tried again; anything else may have been sent already."""
    cause = error.__cause__ or error.__context__
    refused = isinstance(error, TelegramNetworkError) and isinstance(cause, ClientConnectorError)
    return Told(Outcome.RETRY if refused else Outcome.UNCERTAIN, error=type(error).__name__)
