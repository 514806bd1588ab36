"""The photo or document that came with a message, downloaded before any transaction is open."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from aiogram import BaseMiddleware, Bot
from aiogram.types import Message, TelegramObject, Update

from domain.errors import FileRefused

MOST_MEGABYTES = 10
_HARMLESS = {"image/jpeg", "image/png", "image/webp", "application/pdf"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Attachment:
    """What came: the content is read once, and kept by whoever needs it."""

    name: str
    mime_type: str
    content: bytes


class Attachments(BaseMiddleware):
    """Puts the attachment into ``data["file"]``; None when there is none. Too large a file is refused."""

    async def __call__(
        self,
        handler: Callable[[TelegramObject, dict[str, Any]], Awaitable[Any]],
        event: TelegramObject,
        data: dict[str, Any],
    ) -> Any:
        assert isinstance(event, Update)
        message = event.message
        data["file"] = await _download(message, data["bot"]) if message else None
        return await handler(event, data)


async def _download(message: Message, bot: Bot) -> Attachment | None:
    if message.photo:
        photo = message.photo[-1]
        return await _fetch(bot, photo.file_id, photo.file_size, "photo.jpg", "image/jpeg")
    if message.document and message.document.mime_type in _HARMLESS:
        document = message.document
        name = document.file_name or "document"
        return await _fetch(bot, document.file_id, document.file_size, name, document.mime_type or "")
    return None


async def _fetch(bot: Bot, file_id: str, size: int | None, name: str, mime_type: str) -> Attachment:
    if size and size > MOST_MEGABYTES * 2**20:
        raise FileRefused(MOST_MEGABYTES)
    content = BytesIO()
    await bot.download(file_id, content, timeout=30)
    if content.tell() > MOST_MEGABYTES * 2**20:
        raise FileRefused(MOST_MEGABYTES)
    return Attachment(name=name, mime_type=mime_type, content=content.getvalue())
