"""The machinery between inbox and messenger with handlers and a messenger of the test's own."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncGenerator, AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import count
from typing import Any

from aiogram import Bot, Dispatcher, Router
from aiogram.client.default import DefaultBotProperties
from aiogram.client.session.base import BaseSession
from aiogram.methods import GetFile, TelegramMethod
from aiogram.types import Chat, File, Message
from sqlalchemy import select

from bot.app import build_dispatcher
from bot.governor import Governor
from bot.intake import read_update
from bot.languages import read_languages
from bot.processing import Processing
from bot.scanner import Scanner
from bot.show import Show
from bot.writing import Writing
from domain.actors import Actor
from domain.imports.list_files import ListFile, read_rows
from domain.scans import Scan
from handlers.reading import is_reading, reading_prefixes
from screens.screen import Screen
from services.imports.reading import read_content
from services.scanning import codes_in
from storage.inbox import Waiting
from storage.tables.audit import audit
from storage.tables.messages import inbox
from storage.unit_of_work import Store, UnitOfWork
from tests.patience import PATIENCE, until

BOT_ID = 42
PLATFORM = "telegram"
_UPDATE_IDS = count(1_000)


class FakeMessenger(BaseSession):
    """What the bot calls is kept; an answer can be made to fail."""

    def __init__(self) -> None:
        super().__init__()
        self.called: list[TelegramMethod[Any]] = []
        self.fail: Callable[[TelegramMethod[Any]], Exception | None] = lambda _method: None
        self.files: dict[str, bytes] = {}
        """What was sent to the bot, by its id."""
        self._message_ids = count(1)

    async def make_request(self, bot: Bot, method: TelegramMethod[Any], timeout: int | None = None) -> Any:
        self.called.append(method)
        if (error := self.fail(method)) is not None:
            raise error
        if isinstance(method, GetFile):
            return File(file_id=method.file_id, file_unique_id=method.file_id, file_path=method.file_id)
        chat_id = getattr(method, "chat_id", None)
        if chat_id is None or method.__api_method__.startswith("delete"):
            return True
        message_id = getattr(method, "message_id", None) or next(self._message_ids)
        return Message(
            message_id=message_id, date=datetime.fromtimestamp(0, UTC), chat=Chat(id=chat_id, type="private")
        )

    async def stream_content(
        self,
        url: str,
        headers: dict[str, Any] | None = None,
        timeout: int = 30,
        chunk_size: int = 65536,
        raise_for_status: bool = True,
    ) -> AsyncGenerator[bytes, None]:
        yield self.files.get(url.rsplit("/", 1)[-1], b"")

    async def close(self) -> None:
        return

    def names(self) -> list[str]:
        return [each.__api_method__ for each in self.called]

    def texts(self) -> list[str]:
        return [text for each in self.called if (text := getattr(each, "text", None))]


class ScannerHere(Scanner):
    """Looks into what was sent within this process: for what the test itself has made."""

    async def codes_in(self, content: bytes) -> Scan:
        return codes_in(content)

    async def list_in(self, content: bytes) -> ListFile:
        return read_rows(read_content(content))


def a_bot(session: BaseSession) -> Bot:
    return Bot(f"{BOT_ID}:AAtoken-of-a-test", session, DefaultBotProperties(parse_mode="HTML"))


def a_text(user_id: int, text: str, update_id: int | None = None, **message: Any) -> dict[str, Any]:
    """A raw update: somebody writes to the bot in private."""
    number = next(_UPDATE_IDS) if update_id is None else update_id
    sender = {"id": user_id, "is_bot": False, "first_name": f"Person {user_id}"}
    chat = {"id": user_id, "type": "private", "first_name": sender["first_name"]}
    whole = {"message_id": number, "date": 1, "chat": chat, "from": sender, "text": text, **message}
    return {"update_id": number, "message": whole}


def a_tap(user_id: int, data: str, update_id: int | None = None) -> dict[str, Any]:
    """A raw update: somebody taps a button under the bot's message 7."""
    number = next(_UPDATE_IDS) if update_id is None else update_id
    sender = {"id": user_id, "is_bot": False, "first_name": f"Person {user_id}"}
    chat = {"id": user_id, "type": "private", "first_name": sender["first_name"]}
    me = {"id": BOT_ID, "is_bot": True, "first_name": "bot"}
    message = {"message_id": 7, "date": 1, "chat": chat, "from": me, "text": "screen"}
    query = {"id": str(number), "from": sender, "chat_instance": "1", "data": data, "message": message}
    return {"update_id": number, "callback_query": query}


@dataclass
class Desk:
    """Processing over a real database, with the test's own handlers behind the real doors."""

    store: Store
    messenger: FakeMessenger
    dispatcher: Dispatcher
    processing: Processing
    now: datetime
    group: asyncio.TaskGroup
    running: asyncio.Task[None] | None = field(default=None)

    async def put(self, *raw: dict[str, Any]) -> Sequence[Waiting]:
        """Into the inbox, and handed over as the intake does."""
        async with self.store.unit_of_work() as uow:
            rows = await uow.inbox.put(PLATFORM, BOT_ID, [read_update(each) for each in raw], self.now)
        self.processing.hand_over(rows)
        return rows

    def start(self) -> None:
        self.running = self.group.create_task(self.processing.run())

    async def stop(self, seconds: float = 30) -> None:
        await self.processing.stop(seconds)
        if self.running is not None:
            self.running.cancel()
            await asyncio.gather(self.running, return_exceptions=True)
            self.running = None

    async def states(self) -> dict[int, str]:
        """The state of every row, by its update id."""
        async with self.store.reading() as uow:
            rows = await uow.connection.execute(select(inbox.c.update_id, inbox.c.state))
            return {row.update_id: row.state for row in rows}

    async def attempts(self, row_id: int) -> int:
        async with self.store.reading() as uow:
            tried = select(inbox.c.attempts).where(inbox.c.id == row_id)
            return int(await uow.connection.scalar(tried) or 0)

    async def settled(self, seconds: float = PATIENCE) -> None:
        """Every row is done or dead."""

        async def nothing_new() -> bool:
            return "new" not in (await self.states()).values()

        await until(nothing_new, "rows that are still new", seconds)

    async def effects(self) -> list[str]:
        """What the test's handlers have written, oldest first."""
        return await effects(self.store)


async def effects(store: Store) -> list[str]:
    async with store.reading() as uow:
        rows = await uow.connection.scalars(
            select(audit.c.facts).where(audit.c.action == "effect").order_by(audit.c.id)
        )
        return [json.dumps(each["what"], ensure_ascii=False).strip('"') for each in rows]


@asynccontextmanager
async def a_desk(
    store: Store,
    now: datetime,
    root: Router,
    *,
    delays: Sequence[float] = (0.01, 0.01, 0.01, 0.01),
    people_at_once: int = 8,
    is_started: bool = True,
) -> AsyncIterator[Desk]:
    messenger = FakeMessenger()
    bot = a_bot(messenger)
    show = Show(bot, Writing(bot, store, PLATFORM), Governor(0, 0))
    dispatcher = build_dispatcher(store, show, read_languages(), lambda: now, PLATFORM, root, ScannerHere())
    prefixes = reading_prefixes(dispatcher)
    processing = Processing(
        dispatcher,
        bot,
        store,
        platform=PLATFORM,
        clock=lambda: now,
        reads=lambda update: is_reading(update, prefixes),
        people_at_once=people_at_once,
        delays=delays,
    )
    async with asyncio.TaskGroup() as group:
        desk = Desk(store, messenger, dispatcher, processing, now, group)
        if is_started:
            desk.start()
        try:
            yield desk
        finally:
            await desk.stop()


async def note(uow: UnitOfWork, actor: Actor, what: str, now: datetime) -> None:
    """The effect of a test's handler: one row, written in the handler's own transaction."""
    await uow.audit.write(actor, "effect", "test", None, now, {"what": what})


async def keep(message: Message, actor: Actor, uow: UnitOfWork, now: datetime) -> Screen:
    """A handler that writes down what it was told."""
    await note(uow, actor, message.text or "", now)
    return Screen(f"kept {message.text}")


def for_texts(handler: Callable[..., Awaitable[Any]] = keep) -> Router:
    root = Router(name="test")
    root.message.register(handler)
    return root
