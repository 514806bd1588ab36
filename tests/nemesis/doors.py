"""Updates given straight to the doors of the whole bot, one by one, and what comes out for whom."""

from __future__ import annotations

import json
import re
from collections.abc import Awaitable, Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from functools import wraps
from typing import Any

from aiogram import Bot, Dispatcher, Router
from aiogram.filters.callback_data import CallbackData
from aiogram.types import Update
from sqlalchemy import func, select

from bot.app import build_dispatcher
from bot.governor import Governor
from bot.intake import read_update
from bot.languages import read_languages
from bot.middlewares import Taken
from bot.show import Show
from bot.writing import Writing
from domain.actors import Actor
from handlers.reading import is_reading, reading_prefixes
from storage.memory import Place, Remembered
from storage.tables.audit import audit
from storage.unit_of_work import Store
from tests.bot.kit import BOT_ID, PLATFORM, FakeMessenger, ScannerHere, a_bot
from tests.builders.pictures import A_PICTURE
from tests.nemesis.intruders import ABSENT, MARK, NUMBER, PRICE

_OURS = ("callback_query_id", "message_id", "chat_id")


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one update led to: who took it, what was shown, and what was written of a denial."""

    handler: str | None
    shown: str
    refusal: str | None
    texts: tuple[str, ...]
    """The words of messages, toasts and buttons."""
    has_asked: bool
    """A question was opened, closed or changed."""

    def without(self, *ids: int) -> str:
        """What was shown, but for ids that the update itself has named."""
        return re.sub("|".join(rf"\b{each}\b" for each in ids), "#", self.shown) if ids else self.shown

    @property
    def leaks(self) -> list[str]:
        plain = self.shown.translate(str.maketrans("۰۱۲۳۴۵۶۷۸۹", "0123456789"))
        return [word for word in (MARK, str(NUMBER)) if word in self.shown or word in plain]

    @property
    def shows_price(self) -> bool:
        plain = self.shown.translate(str.maketrans("۰۱۲۳۴۵۶۷۸۹", "0123456789", "٬,"))
        return str(PRICE) in plain


class Doors:
    def __init__(self, store: Store, now: datetime, root: Router | None = None) -> None:
        self._store, self._now = store, now
        self._messenger = FakeMessenger()
        self._messenger.files = {"list.csv": "نام,تعداد\nشامپو,۲\n".encode(), "page.png": A_PICTURE}
        self._bot: Bot = a_bot(self._messenger)
        show = Show(self._bot, Writing(self._bot, store, PLATFORM), Governor(0, 0))
        self._dispatcher: Dispatcher = build_dispatcher(
            store, show, read_languages(), lambda: now, PLATFORM, root, ScannerHere()
        )
        self._dispatcher["company"] = "پخش"
        self._prefixes = reading_prefixes(self._dispatcher)
        self._reached: str | None = None
        self._given: list[int] = []
        """The update before, which a handler that only reads leaves for the bot to mark."""
        for router in self._dispatcher.chain_tail:
            for observer in router.observers.values():
                for handler in observer.handlers:
                    handler.callback = self._noting(handler.callback)

    @property
    def called(self) -> list[str]:
        """What the last update has made the bot ask of the messenger."""
        return self._messenger.names()

    @property
    def files(self) -> dict[str, bytes]:
        """What people have sent, by its id."""
        return self._messenger.files

    def _noting(self, callback: Callable[..., Any]) -> Callable[..., Awaitable[Any]]:
        """The same handler, which leaves its name behind when it is reached."""

        @wraps(callback)
        async def noted(*args: Any, **kwargs: Any) -> Any:
            self._reached = name_of(callback)
            return await callback(*args, **kwargs)

        return noted

    async def give(
        self, actor: Actor, raw: dict[str, Any], asked: tuple[str, Mapping[str, object]] | None = None
    ) -> Outcome:
        """Hand one update of that actor in, with this question open; the outcome."""
        place = Place(
            platform=PLATFORM,
            bot_id=BOT_ID,
            user_id=actor.identity.user_id,
            chat_id=actor.identity.user_id,
        )
        before = (
            Remembered(state=None, data={}) if asked is None else Remembered(state=asked[0], data=asked[1])
        )
        async with self._store.unit_of_work() as uow:
            await uow.inbox.mark_done(self._given, self._now)
            await uow.memory.save(place, before, self._now)
            (row,) = await uow.inbox.put(PLATFORM, BOT_ID, [read_update(raw)], self._now)
            last = await uow.connection.scalar(select(func.max(audit.c.id))) or 0
        update = Update.model_validate_json(row.payload, context={"bot": self._bot})
        reads = is_reading(update, self._prefixes)
        taken = Taken(row_id=row.id, platform=PLATFORM, bot_id=BOT_ID, person=row.person, reads=reads)
        self._messenger.called.clear()
        self._reached = None
        await self._dispatcher.feed_update(self._bot, update, taken=taken)
        self._given = [row.id]
        async with self._store.reading() as uow:
            denied = await uow.connection.scalar(
                select(audit.c.facts).where(audit.c.id > last, audit.c.action == "denied")
            )
            after = await uow.memory.find(place)
        refusal = denied and denied["refusal"]
        return Outcome(self._reached, self._shown(), refusal, tuple(self._texts()), after != before)

    def _texts(self) -> Iterator[str]:
        for each in self._messenger.called:
            yield getattr(each, "text", None) or getattr(each, "caption", None) or ""
            markup = getattr(each, "reply_markup", None)
            for row in getattr(markup, "inline_keyboard", None) or getattr(markup, "keyboard", None) or ():
                yield from (button["text"] if isinstance(button, dict) else button.text for button in row)

    def _shown(self) -> str:
        """Every call to the messenger, words and buttons and files, without the ids of the chat itself."""
        return "\n".join(
            json.dumps(
                {
                    "call": each.__api_method__,
                    **{
                        key: value
                        for key, value in each.model_dump(exclude_none=True, warnings=False).items()
                        if key not in _OURS
                    },
                },
                ensure_ascii=False,
                default=str,
            )
            for each in self._messenger.called
        )


def name_of(callback: Callable[..., Any]) -> str:
    """A handler's name in the table of rights."""
    return f"{callback.__module__.removeprefix('handlers.')}.{callback.__name__}"


def data_of(
    button: type[CallbackData], ids: Mapping[str, int], fields: Mapping[str, str], **more: Any
) -> str:
    """The data of a button whose ids are these; ``fields`` says which id stands in which field."""
    values: dict[str, Any] = {}
    for name, field in button.model_fields.items():
        kind = field.annotation
        if name in more:
            values[name] = more[name]
        elif name in ids:
            values[name] = ids[fields.get(name, name)]
        elif isinstance(kind, type) and issubclass(kind, StrEnum):
            values[name] = next(iter(kind))
        else:
            values[name] = {
                "day": 739_578,
                "from_day": 739_547,
                "until_day": 739_578,
                "first": 9,
                "last": 13,
                "version": 0,
            }.get(name, 1)
    return button(**values).pack()


def absent(ids: Mapping[str, int]) -> dict[str, int]:
    """The same names with ids that nothing has; goods are everybody's and stay, a version is no id."""
    kept = ("product_id", "other_id", "category_id", "brand_id", "cheque_version")
    nobodys = {name: ABSENT + number for number, name in enumerate(ids) if name not in kept}
    return {**ids, **nobodys, "number": 999_999_998}
