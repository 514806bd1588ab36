"""A file goes up once, however slowly somebody else has read what it was called before."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from typing import Any

from aiogram.exceptions import TelegramBadRequest
from aiogram.methods import SendPhoto
from aiogram.types import BufferedInputFile, Chat, Message, PhotoSize

from bot.uploading import Uploading
from storage.unit_of_work import Store, UnitOfWork
from tests.bot.kit import PLATFORM, FakeMessenger, a_bot

AT = datetime(2026, 11, 20, 21, tzinfo=UTC)


class SlowToRead:
    """A store from which whoever reads first gets what they read only when they are let."""

    def __init__(self, store: Store) -> None:
        self._store, self._readers = store, 0
        self.has_read, self.may_know = asyncio.Event(), asyncio.Event()

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[UnitOfWork]:
        self._readers += 1
        is_first = self._readers == 1
        async with self._store.reading() as uow:
            yield uow
        if is_first:
            self.has_read.set()
            await self.may_know.wait()

    def __getattr__(self, name: str) -> Any:
        return getattr(self._store, name)


class Album:
    """A messenger that knows what it was given itself."""

    def __init__(self) -> None:
        self.uploads = 0

    async def show(self, file: str | BufferedInputFile) -> Message:
        if isinstance(file, BufferedInputFile):
            self.uploads += 1
        elif file != f"new {self.uploads}":
            raise TelegramBadRequest(SendPhoto(chat_id=1, photo="x"), "Bad Request: wrong file identifier")
        size = PhotoSize(file_id=f"new {self.uploads}", file_unique_id="u", width=1, height=1)
        return Message(message_id=1, date=AT, chat=Chat(id=1, type="private"), photo=[size])


async def test_who_read_the_old_name_late_does_not_bring_it_back(sqlite_store: Store) -> None:
    bot, album = a_bot(FakeMessenger()), Album()
    async with sqlite_store.unit_of_work() as uow:
        file_id = await uow.files.put("p.png", "image/png", b"p", AT)
        await uow.files.remember_upload(PLATFORM, bot.id, file_id, "forgotten")
    slow = SlowToRead(sqlite_store)
    uploading = Uploading(bot, slow, PLATFORM)  # type: ignore[arg-type]
    late = asyncio.create_task(uploading.send(file_id, album.show))
    await slow.has_read.wait()
    # Meanwhile somebody else finds that name dead, and sends the file anew.
    await uploading.send(file_id, album.show)
    slow.may_know.set()
    await late
    assert album.uploads == 1
