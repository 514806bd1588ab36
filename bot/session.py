"""aiogram's HTTP session, with two costs taken out of every call (measured with `make bench`)."""

from __future__ import annotations

import json
from datetime import datetime
from functools import partial
from http import HTTPStatus
from typing import Any

from aiogram import Bot
from aiogram.client.default import Default
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.methods import (
    AnswerCallbackQuery,
    EditMessageMedia,
    EditMessageText,
    SendMessage,
    TelegramMethod,
)
from aiogram.methods.base import Response
from aiogram.types import InputFile
from aiohttp import FormData, JsonPayload

_USUAL: tuple[type[TelegramMethod[Any]], ...] = (
    AnswerCallbackQuery,
    EditMessageMedia,
    EditMessageText,
    SendMessage,
)
KEPT = tuple(Response[method.__returning__] for method in _USUAL)  # type: ignore[name-defined]
"""pydantic forgets a generic model that nobody holds, and building one anew takes longer than the call."""


_DONE: Response[Any] = Response.model_construct(ok=True, result=True)
_NOT_LOOKED_AT = (AnswerCallbackQuery, EditMessageText)


class _HoldsFile(Exception):
    """The call uploads something: it goes as a form, as aiogram makes it."""


def _plain(value: Any, bot: Bot) -> Any:
    """What JSON can hold, without what is not set. Objects stay objects: nested text is quoted once."""
    match value:
        case str() | int() | float():
            return value
        case dict():
            items = ((key, _plain(each, bot)) for key, each in value.items())
            return {key: each for key, each in items if each is not None}
        case list() | tuple():
            return [_plain(each, bot) for each in value]
        case Default(name=name):
            return _plain(bot.default[name], bot)
        case InputFile():
            raise _HoldsFile
        case datetime():
            return round(value.timestamp())
        case None:
            return None
    raise TypeError(f"no call of ours holds a {type(value).__name__}")


_dumps = partial(json.dumps, ensure_ascii=False, separators=(",", ":"))


class JsonSession(AiohttpSession):
    """Calls without a file go as JSON: a form would quote every Persian letter into six characters."""

    def build_form_data(self, bot: Bot, method: TelegramMethod[Any]) -> FormData:
        try:
            fields = _plain(method.model_dump(warnings=False), bot)
        except _HoldsFile:
            return super().build_form_data(bot, method)
        return JsonPayload(fields, dumps=_dumps)  # type: ignore[return-value]

    def check_response(
        self, bot: Bot, method: TelegramMethod[Any], status_code: int, content: str
    ) -> Response[Any]:
        """Of an edit and of the answer to a tap we only want to know that they were done.

        The message that comes back is not parsed: a shape that we do not know would look like a failure of
        something that has happened.
        """
        is_done = status_code == HTTPStatus.OK and content.startswith('{"ok":true')
        if is_done and isinstance(method, _NOT_LOOKED_AT):
            return _DONE
        return super().check_response(bot, method, status_code, content)
