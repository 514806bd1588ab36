"""Files on their way out: each is uploaded once and named by the messenger's id ever after."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

from aiogram import Bot
from aiogram.exceptions import TelegramBadRequest
from aiogram.types import BufferedInputFile, Message

from storage.unit_of_work import Store

Act = Callable[[str | BufferedInputFile], Awaitable[Message | bool]]


class Uploading:
    def __init__(self, bot: Bot, store: Store, platform: str) -> None:
        self._bot, self._store, self._platform = bot, store, platform
        self._remote: dict[int, str] = {}
        self._locks: dict[int, asyncio.Lock] = {}

    async def send(self, file_id: int, act: Act, name: str | None = None) -> Message | bool:
        """Act with the messenger's id of the file; what it does not have, or has forgotten, goes up once.

        Whoever comes while it goes up waits for that: thirty at once would be thirty uploads.
        """
        remote = await self._remote_id(file_id)
        if remote is not None:
            try:
                return await act(remote)
            except TelegramBadRequest as error:
                if not is_dead_file(error):
                    raise
        async with self._locks.setdefault(file_id, asyncio.Lock()):
            other = await self._remote_id(file_id)
            if other is None or other == remote:
                return await self._upload(file_id, act, name)
        return await act(other)

    async def _upload(self, file_id: int, act: Act, name: str | None) -> Message | bool:
        async with self._store.reading() as uow:
            file = await uow.files.get(file_id)
        sent = await act(BufferedInputFile(file.content, name or file.name))
        if isinstance(sent, Message):
            await self._remember(file_id, sent)
        return sent

    async def _remote_id(self, file_id: int) -> str | None:
        if file_id not in self._remote:
            async with self._store.reading() as uow:
                remote = await uow.files.remote_id(self._platform, self._bot.id, file_id)
            if remote is None:
                return None
            # Meanwhile somebody may have found it dead: what has gone up anew is not forgotten for what was.
            self._remote.setdefault(file_id, remote)
        return self._remote[file_id]

    async def _remember(self, file_id: int, sent: Message) -> None:
        photo, document = getattr(sent, "photo", None), getattr(sent, "document", None)
        remote = photo[-1].file_id if photo else document.file_id if document else None
        if remote is not None:
            self._remote[file_id] = remote
            async with self._store.unit_of_work() as uow:
                await uow.files.remember_upload(self._platform, self._bot.id, file_id, remote)


def is_dead_file(error: TelegramBadRequest) -> bool:
    return "file_id" in error.message or "file identifier" in error.message
