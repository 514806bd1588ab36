"""Two client libraries behind one face, so that one scenario can be played through both."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from typing import Any, ClassVar, Protocol

import aiogram
import telegram
from aiogram import exceptions as aiogram_errors
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.types import BufferedInputFile, InlineKeyboardMarkup, InputMediaPhoto
from telegram import error as telegram_errors
from telegram.request import HTTPXRequest

from sandbox.state import TOKEN
from tests.sandbox.support import inline

Errors = dict[str, type[Exception]]
BUTTONS = inline([("تأیید", "ok:1")])


class Messenger(Protocol):
    """What the scenario needs of a client, whatever its library calls it."""

    errors: ClassVar[Errors]

    async def me(self) -> Any: ...
    async def updates(self, offset: int = 0) -> list[Any]: ...
    async def send(self, chat_id: int, text: str, **more: Any) -> Any: ...
    async def edit(self, chat_id: int, message_id: int, text: str) -> Any: ...
    async def delete(self, chat_id: int, message_id: int) -> Any: ...
    async def answer(self, query_id: str, text: str) -> Any: ...
    async def upload(self, chat_id: int, name: str, data: bytes) -> Any: ...
    async def photo(self, chat_id: int, data: bytes) -> Any: ...
    async def download(self, file_id: str) -> bytes: ...
    async def album(self, chat_id: int, pictures: list[bytes]) -> Any: ...
    async def webhook(self, url: str, secret: str) -> Any: ...
    async def close(self) -> None: ...


class Aiogram:
    errors: ClassVar[Errors] = {
        "bad request": aiogram_errors.TelegramBadRequest,
        "forbidden": aiogram_errors.TelegramForbiddenError,
        "flood": aiogram_errors.TelegramRetryAfter,
        "server": aiogram_errors.TelegramServerError,
        "conflict": aiogram_errors.TelegramConflictError,
        "unauthorized": aiogram_errors.TelegramUnauthorizedError,
        "network": aiogram_errors.TelegramNetworkError,
    }

    def __init__(self, url: str, token: str = TOKEN) -> None:
        self._bot = aiogram.Bot(token, AiohttpSession(api=TelegramAPIServer.from_base(url)))

    async def me(self) -> Any:
        return await self._bot.get_me()

    async def updates(self, offset: int = 0) -> list[Any]:
        return await self._bot.get_updates(offset=offset, timeout=1)

    async def send(self, chat_id: int, text: str, **more: Any) -> Any:
        if "reply_markup" in more:
            more["reply_markup"] = InlineKeyboardMarkup.model_validate(more["reply_markup"])
        return await self._bot.send_message(chat_id, text, parse_mode="HTML", **more)

    async def edit(self, chat_id: int, message_id: int, text: str) -> Any:
        return await self._bot.edit_message_text(text, chat_id=chat_id, message_id=message_id)

    async def delete(self, chat_id: int, message_id: int) -> Any:
        return await self._bot.delete_message(chat_id, message_id)

    async def answer(self, query_id: str, text: str) -> Any:
        return await self._bot.answer_callback_query(query_id, text=text, show_alert=True)

    async def upload(self, chat_id: int, name: str, data: bytes) -> Any:
        return await self._bot.send_document(chat_id, BufferedInputFile(data, name), caption="فهرست")

    async def photo(self, chat_id: int, data: bytes) -> Any:
        return await self._bot.send_photo(chat_id, BufferedInputFile(data, "a.png"))

    async def download(self, file_id: str) -> bytes:
        found = await self._bot.download(file_id)
        assert found is not None
        return found.read()

    async def album(self, chat_id: int, pictures: list[bytes]) -> Any:
        media = [
            InputMediaPhoto(media=BufferedInputFile(data, "a.png"), caption="آلبوم") for data in pictures
        ]
        return await self._bot.send_media_group(chat_id, list(media))

    async def webhook(self, url: str, secret: str) -> Any:
        await self._bot.set_webhook(url, secret_token=secret, allowed_updates=["message"])
        return await self._bot.get_webhook_info()

    async def close(self) -> None:
        await self._bot.session.close()


class Ptb:
    errors: ClassVar[Errors] = {
        "bad request": telegram_errors.BadRequest,
        "forbidden": telegram_errors.Forbidden,
        "flood": telegram_errors.RetryAfter,
        "server": telegram_errors.NetworkError,
        "conflict": telegram_errors.Conflict,
        "unauthorized": telegram_errors.InvalidToken,
        "network": telegram_errors.NetworkError,
    }

    def __init__(self, url: str, token: str = TOKEN) -> None:
        self._requests = [HTTPXRequest(httpx_kwargs={"trust_env": False}) for _ in range(2)]
        self._bot = telegram.Bot(
            token,
            f"{url}/bot",
            f"{url}/file/bot",
            request=self._requests[0],
            get_updates_request=self._requests[1],
        )

    async def me(self) -> Any:
        return await self._bot.get_me()

    async def updates(self, offset: int = 0) -> list[Any]:
        return list(await self._bot.get_updates(offset=offset, timeout=1, allowed_updates=[]))

    async def send(self, chat_id: int, text: str, **more: Any) -> Any:
        if "reply_markup" in more:
            more["reply_markup"] = telegram.InlineKeyboardMarkup.de_json(more["reply_markup"], self._bot)
        return await self._bot.send_message(chat_id, text, parse_mode="HTML", **more)

    async def edit(self, chat_id: int, message_id: int, text: str) -> Any:
        return await self._bot.edit_message_text(text, chat_id=chat_id, message_id=message_id)

    async def delete(self, chat_id: int, message_id: int) -> Any:
        return await self._bot.delete_message(chat_id, message_id)

    async def answer(self, query_id: str, text: str) -> Any:
        return await self._bot.answer_callback_query(query_id, text=text, show_alert=True)

    async def upload(self, chat_id: int, name: str, data: bytes) -> Any:
        return await self._bot.send_document(chat_id, BytesIO(data), filename=name, caption="فهرست")

    async def photo(self, chat_id: int, data: bytes) -> Any:
        return await self._bot.send_photo(chat_id, data)

    async def download(self, file_id: str) -> bytes:
        return bytes(await (await self._bot.get_file(file_id)).download_as_bytearray())

    async def album(self, chat_id: int, pictures: list[bytes]) -> Any:
        return await self._bot.send_media_group(
            chat_id, [telegram.InputMediaPhoto(data, caption="آلبوم") for data in pictures]
        )

    async def webhook(self, url: str, secret: str) -> Any:
        await self._bot.set_webhook(url, secret_token=secret, allowed_updates=["message"])
        return await self._bot.get_webhook_info()

    async def close(self) -> None:
        for request in self._requests:
            await request.shutdown()


Make = Callable[[str, str], Messenger]
MAKERS: dict[str, Make] = {"aiogram": Aiogram, "python-telegram-bot": Ptb}
