"""Pictures are uploaded once; after that the messenger's own id of them is sent."""

from __future__ import annotations

from datetime import datetime
from itertools import count
from typing import Any

import pytest
from aiogram.exceptions import TelegramBadRequest
from aiogram.methods import SendPhoto, TelegramMethod
from aiogram.types import BufferedInputFile, Message, PhotoSize
from sqlalchemy import insert

from bot.writing import Writing
from screens.screen import Document, Screen
from storage.tables.messages import files
from storage.unit_of_work import Store
from tests.bot.kit import PLATFORM, FakeMessenger, a_bot


class Gallery(FakeMessenger):
    """Gives every picture that is uploaded an id."""

    def __init__(self) -> None:
        super().__init__()
        self._ids = count(1)

    async def make_request(self, bot: Any, method: TelegramMethod[Any], timeout: int | None = None) -> Any:
        answer = await super().make_request(bot, method, timeout)
        if isinstance(answer, Message) and "Photo" in type(method).__name__ + type(method).__qualname__:
            size = PhotoSize(file_id=f"remote-{next(self._ids)}", file_unique_id="u", width=1, height=1)
            return answer.model_copy(update={"photo": [size]})
        return answer

    def sent(self) -> list[object]:
        return [each.photo for each in self.called if isinstance(each, SendPhoto)]


@pytest.fixture
async def file_id(sqlite_store: Store, now: datetime) -> int:
    async with sqlite_store.unit_of_work() as uow:
        row = {"sha256": "0" * 64, "name": "p.png", "mime_type": "image/png", "size": 3, "content": b"png"}
        made = await uow.connection.execute(insert(files).values(**row, created_at=now).returning(files.c.id))
        return int(made.scalar_one())


async def test_a_picture_is_uploaded_once(sqlite_store: Store, file_id: int) -> None:
    gallery = Gallery()
    writing = Writing(a_bot(gallery), sqlite_store, PLATFORM)
    for chat_id in (5, 6, 7):
        await writing.send(chat_id, Screen("a picture", photo=file_id))
    first, *others = gallery.sent()
    assert isinstance(first, BufferedInputFile)
    assert others == ["remote-1", "remote-1"]


async def test_the_next_process_knows_what_was_uploaded(sqlite_store: Store, file_id: int) -> None:
    gallery = Gallery()
    for _start in range(2):
        await Writing(a_bot(gallery), sqlite_store, PLATFORM).send(5, Screen("a picture", photo=file_id))
    assert gallery.sent()[1] == "remote-1"


async def test_an_id_that_the_messenger_has_forgotten_is_uploaded_again(
    sqlite_store: Store, file_id: int
) -> None:
    gallery = Gallery()
    writing = Writing(a_bot(gallery), sqlite_store, PLATFORM)
    await writing.send(5, Screen("a picture", photo=file_id))
    gallery.fail = lambda method: (
        TelegramBadRequest(method, "Bad Request: wrong file_id or the file is temporarily unavailable")
        if isinstance(method, SendPhoto) and method.photo == "remote-1"
        else None
    )
    await writing.send(5, Screen("a picture", photo=file_id))
    assert [isinstance(each, BufferedInputFile) for each in gallery.sent()] == [True, False, True]


async def test_a_caption_that_is_too_long_is_said_as_a_text(sqlite_store: Store, file_id: int) -> None:
    gallery = Gallery()
    await Writing(a_bot(gallery), sqlite_store, PLATFORM).send(5, Screen("x" * 1_025, photo=file_id))
    assert gallery.names() == ["sendMessage"]


async def test_a_document_carries_its_name(sqlite_store: Store, file_id: int) -> None:
    gallery = Gallery()
    document = Document(name="list.png", file_id=file_id)
    await Writing(a_bot(gallery), sqlite_store, PLATFORM).send(5, Screen("the list", document=document))
    assert gallery.names() == ["sendDocument"]
