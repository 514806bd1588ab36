"""What came with a message, downloaded and looked into before any transaction is open.

A photo or a page is ``data["file"]`` for whoever asked for one; ``data["scan"]`` says which codes it shows,
where no question is open that it answers. A table is ``data["table"]``, and no file to anybody.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from aiogram import BaseMiddleware, Bot
from aiogram.types import Document, Message, TelegramObject, Update

from bot.scanner import Scanner
from domain.errors import FileRefused
from domain.imports.list_files import ListFile
from handlers.searching import Asking
from storage.memory import Place
from storage.unit_of_work import Store

MOST_MEGABYTES = 10
_PICTURES = {"image/jpeg", "image/png", "image/webp"}
_HARMLESS = {*_PICTURES, "application/pdf"}
_TABLE_TYPES = {
    "text/csv",
    "application/vnd.ms-excel",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
_TABLE_NAMES = (".xlsx", ".xls", ".csv")
SCANNED_IN = frozenset({None, Asking.search.state})
"""The questions that a barcode may answer; in all others a photo is what was asked for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Attachment:
    """What came: the content is read once, and kept by whoever needs it."""

    name: str
    mime_type: str
    content: bytes


class Attachments(BaseMiddleware):
    """Brings what came to the handlers. Too large a file, and no sound table, is refused."""

    def __init__(self, store: Store, platform: str, scanner: Scanner) -> None:
        self._store, self._platform, self._scanner = store, platform, scanner

    async def __call__(
        self,
        handler: Callable[[TelegramObject, dict[str, Any]], Awaitable[Any]],
        event: TelegramObject,
        data: dict[str, Any],
    ) -> Any:
        assert isinstance(event, Update)
        message, bot = event.message, data["bot"]
        data["file"] = data["scan"] = data["table"] = None
        if message is not None and _is_table(message.document):
            data["table"] = await self._table(message.document, bot)
        elif message is not None:
            file = data["file"] = await _download(message, bot)
            if file is not None and file.mime_type in _PICTURES and await self._may_be_barcode(message, bot):
                data["scan"] = await self._scanner.codes_in(file.content)
        return await handler(event, data)

    async def _table(self, document: Document | None, bot: Bot) -> ListFile:
        assert document is not None
        name = document.file_name or "table"
        file = await _fetch(bot, document.file_id, document.file_size, name, document.mime_type or "")
        return await self._scanner.list_in(file.content)

    async def _may_be_barcode(self, message: Message, bot: Bot) -> bool:
        """Whether nothing was asked that the picture is the answer to, and no words say what it is."""
        if message.caption or message.from_user is None:
            return False
        place = Place(
            platform=self._platform,
            bot_id=bot.id,
            user_id=message.from_user.id,
            chat_id=message.chat.id,
        )
        async with self._store.reading() as uow:
            return (await uow.memory.find(place)).state in SCANNED_IN


def _is_table(document: Document | None) -> bool:
    if document is None:
        return False
    name = (document.file_name or "").lower()
    return name.endswith(_TABLE_NAMES) or document.mime_type in _TABLE_TYPES


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
