"""aiogram's HTTP session, with the costs taken out that every call has (measured with `make bench`)."""

from __future__ import annotations

import json
from datetime import datetime
from http import HTTPStatus
from math import ceil, isfinite
from typing import Any

from aiogram import Bot
from aiogram.client.default import Default
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.exceptions import (
    ClientDecodeError,
    TelegramAPIError,
    TelegramBadRequest,
    TelegramConflictError,
    TelegramEntityTooLarge,
    TelegramForbiddenError,
    TelegramMigrateToChat,
    TelegramNetworkError,
    TelegramNotFound,
    TelegramRetryAfter,
    TelegramServerError,
    TelegramUnauthorizedError,
)
from aiogram.methods import (
    AnswerCallbackQuery,
    DeleteMessage,
    EditMessageCaption,
    EditMessageMedia,
    EditMessageText,
    SendDocument,
    SendMessage,
    SendPhoto,
    TelegramMethod,
)
from aiogram.methods.base import Response
from aiogram.types import InputFile, Message
from aiohttp import ClientError, ClientSession, ClientTimeout, DummyCookieJar, FormData
from aiohttp_socks import ProxyConnectionError, ProxyError, ProxyTimeoutError
from pydantic import BaseModel, ValidationError
from yarl import URL

_DONE = (AnswerCallbackQuery, DeleteMessage, EditMessageCaption, EditMessageText)
"""Of these we only want to know that they were done."""
_SENT = (SendMessage, SendPhoto, SendDocument, EditMessageMedia)
"""Of these we look at the id and the file of the message that came of them."""
_FILES = frozenset({"photo", "document"})
_LOOKED_AT = ("message_id", "date", "chat", *sorted(_FILES))
_PLAIN_MESSAGE = Message.model_construct(message_id=0)  # type: ignore[call-arg]
"""Of a message without a file only its id is looked at: reading the rest would take as long as sending it."""
NO_PROXY = (ProxyConnectionError, ProxyError, ProxyTimeoutError)
"""The proxy did not let us through: nothing was sent."""
REFUSALS: dict[int, type[TelegramAPIError]] = {
    400: TelegramBadRequest,
    401: TelegramUnauthorizedError,
    403: TelegramForbiddenError,
    404: TelegramNotFound,
    409: TelegramConflictError,
    413: TelegramEntityTooLarge,
}
SOON = 1
"""Seconds to wait where the messenger asked for silence and did not say for how long."""
KEPT = tuple(Response[method.__returning__] for method in (*_DONE, *_SENT))  # type: ignore[name-defined]
"""pydantic forgets a generic model that nobody holds, and building one anew takes longer than the call."""
_JSON = {"Content-Type": "application/json"}
_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


class _HoldsFile(Exception):
    """The call uploads something: it goes as a form, as aiogram makes it."""


def _plain(value: Any, bot: Bot) -> Any:
    """What JSON can hold, without what is not set. Objects stay objects: nested text is quoted once."""
    kind = type(value)
    if value is None or kind is str or kind is int or kind is bool:
        return value
    if kind is dict:
        return _set_ones(value, bot)
    if kind is list or kind is tuple:
        return [_plain(each, bot) for each in value]
    if kind is Default:
        return _plain(bot.default[value.name], bot)
    match value:
        case InputFile():
            raise _HoldsFile
        case BaseModel():
            return _set_ones(value.__dict__, bot)
        case str() | int() | float():
            return value
        case datetime():
            return round(value.timestamp())
    raise TypeError(f"no call of ours holds a {kind.__name__}")


def _set_ones(fields: dict[str, Any], bot: Bot) -> dict[str, Any]:
    return {
        key: plain
        for key, value in fields.items()
        if value is not None and (plain := _plain(value, bot)) is not None
    }


class JsonSession(AiohttpSession):
    """Calls without a file go as JSON: a form would quote every Persian letter into six characters."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self._patience = ClientTimeout(total=self.timeout)
        self._urls: dict[str, URL] = {}

    async def create_session(self) -> ClientSession:
        """As aiogram's, without a look for cookies in every answer."""
        if self._should_reset_connector:
            await self.close()
        if self._session is None or self._session.closed:
            self._session = ClientSession(
                connector=self._connector_type(**self._connector_init), cookie_jar=DummyCookieJar()
            )
            self._should_reset_connector = False
        return self._session

    async def close(self) -> None:
        """As aiogram's, without a quarter of a second for encrypted ones: aiohttp sees to their end."""
        if self._session is not None and not self._session.closed:
            await self._session.close()

    async def make_request(self, bot: Bot, method: TelegramMethod[Any], timeout: int | None = None) -> Any:
        try:
            body: bytes | FormData = _encode(_plain(method, bot)).encode()
            headers = _JSON
        except _HoldsFile:
            body, headers = self.build_form_data(bot=bot, method=method), {}
        session = await self.create_session()
        url = self.api.api_url(token=bot.token, method=method.__api_method__)
        patience = self._patience if timeout is None else ClientTimeout(total=timeout)
        try:
            async with session.post(
                self._url(url), data=body, headers=headers, timeout=patience, allow_redirects=False
            ) as response:
                content = (await response.read()).decode("utf-8", "replace")
        except TimeoutError as fault:
            raise TelegramNetworkError(method=method, message="Request timeout error") from fault
        except (ClientError, *NO_PROXY) as fault:
            raise TelegramNetworkError(method=method, message=type(fault).__name__) from fault
        if response.status == HTTPStatus.OK and content.startswith('{"ok":true'):
            return self._result(bot, method, content)
        return self._refused(bot, method, response.status, content)

    def _refused(self, bot: Bot, method: TelegramMethod[Any], status: int, content: str) -> Any:
        """Anything but a plain success. What is no answer of the Bot API at all may have been done or not.

        aiogram makes errors of its own of a page in HTML, of missing words or of a fraction of a second to
        wait, which nobody who looks for the messenger's errors would find.
        """
        try:
            told = json.loads(content)
        except ValueError:
            told = None
        is_theirs = isinstance(told, dict) and isinstance(told.get("ok"), bool)
        if not is_theirs:
            told = {"ok": False}
        if told["ok"] and status == HTTPStatus.OK:
            return self._result(bot, method, content)
        said = told.get("description")
        words = said if isinstance(said, str) else f"status {status} without words"
        parameters = told.get("parameters")
        parameters = parameters if isinstance(parameters, dict) else {}
        moved_to = parameters.get("migrate_to_chat_id")
        if type(moved_to) is int:
            raise TelegramMigrateToChat(method=method, message=words, migrate_to_chat_id=moved_to)
        if status == HTTPStatus.TOO_MANY_REQUESTS:
            raise TelegramRetryAfter(method, words, _seconds(parameters.get("retry_after")))
        # A page of somebody between us and the messenger refuses nothing in its name.
        if is_theirs and status in REFUSALS:
            raise REFUSALS[status](method=method, message=words)
        raise TelegramServerError(method=method, message=words)

    def _url(self, address: str) -> URL:
        """Read once: there is one address for each kind of call."""
        if address not in self._urls:
            self._urls[address] = URL(address)
        return self._urls[address]

    def _result(self, bot: Bot, method: TelegramMethod[Any], content: str) -> Any:
        """What came of a call that was done.

        The rest of what is told of it is not read: a shape that we do not know would look like a failure of
        something that has happened.
        """
        if isinstance(method, _DONE):
            return True
        result = _read(content) if isinstance(method, _SENT) else None
        if not isinstance(result, dict):
            return self.check_response(bot, method, HTTPStatus.OK, content).result
        if type(result.get("message_id")) is int and not result.keys() & _FILES:
            return _PLAIN_MESSAGE.model_copy(update={"message_id": result["message_id"]})
        short = {key: result[key] for key in _LOOKED_AT if key in result}
        try:
            return Message.model_validate(short, context={"bot": bot})
        except ValidationError as fault:
            if type(result.get("message_id")) is int:
                return Message.model_construct(message_id=result["message_id"])  # type: ignore[call-arg]
            raise ClientDecodeError("an odd message", fault, None) from fault


def _read(content: str) -> Any:
    try:
        return json.loads(content)["result"]
    except (ValueError, KeyError):
        return None


def _seconds(told: object) -> int:
    """So long we are to be silent, whatever the messenger says about it: whole seconds, at least one."""
    if isinstance(told, str):
        try:
            told = float(told)
        except ValueError:
            return SOON
    if isinstance(told, bool) or not isinstance(told, (int, float)) or not isfinite(told):
        return SOON
    return max(SOON, ceil(told))
