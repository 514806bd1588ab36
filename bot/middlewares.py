"""One update passes these doors on its way in, and the same ones on its way out:

ShowAnswer   outermost: shows what came back, when the transaction is already safe; a refusal is an answer too
Attachments  downloads the photo or file that came, before any transaction is open
Transaction  opens the unit of work and marks the inbox row done in it: kept whole, or not at all
Memory       which question a typed message answers
Identify     finds out who speaks, and in which language
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from aiogram import BaseMiddleware
from aiogram.types import CallbackQuery, Message, TelegramObject, Update

from bot import metrics
from bot.attachments import Attachments
from bot.memory import Question
from bot.show import Show
from domain.actors import Actor
from domain.errors import NotFound, Refusal
from screens.language import Language
from screens.refusals import refusal
from services.audit import note_denial
from services.customers import identify, identify_again, name_manager
from storage.inbox import Waiting
from storage.memory import Place
from storage.unit_of_work import Store, UnitOfWork

__all__ = ["Attachments", "Identify", "LeftAlone", "Memory", "ShowAnswer", "Taken", "Transaction"]

Handler = Callable[[TelegramObject, dict[str, Any]], Awaitable[Any]]
Clock = Callable[[], datetime]


@dataclass(slots=True)
class Taken:
    """One inbox row on its way through the dispatcher, and what became of it."""

    row_id: int
    platform: str
    bot_id: int
    person: int
    reads: bool
    read_before: tuple[int, ...] = ()
    """Rows of the same person that reading handlers have answered, not marked done yet."""
    is_marked: bool = False
    is_left: bool = False
    """The row was not worked on: somebody else has done it, or an older one comes first."""
    brought_back: Waiting | None = None
    """A row of the same person that this one has brought back from the dead: it is worked off next."""


class LeftAlone(Exception):
    """Raised to leave a row: nothing is kept, nothing is shown."""


class ShowAnswer(BaseMiddleware):
    def __init__(self, store: Store, show: Show, languages: Mapping[str, Language], clock: Clock) -> None:
        self._store, self._show, self._languages, self._clock = store, show, languages, clock

    async def __call__(self, handler: Handler, event: TelegramObject, data: dict[str, Any]) -> Any:
        assert isinstance(event, Update)
        data["_"] = self._languages["fa"]
        try:
            answer = await handler(event, data)
        except LeftAlone:
            data["taken"].is_left = True
            return None
        except Refusal as no:
            metrics.refusals.labels(type(no).__name__).inc()
            await self._deny(no, event, data)
            answer = refusal(no, data["_"])
        return await self._show(answer, event, data["_"])

    async def _deny(self, no: Refusal, event: Update, data: dict[str, Any]) -> None:
        """The handler's work was rolled back; the row's mark and the audit of the denial are kept."""
        taken: Taken = data["taken"]
        now = self._clock()
        async with self._store.unit_of_work() as uow:
            taken.is_marked = await uow.inbox.take(taken.row_id, taken.person, taken.read_before, now)
            if taken.is_marked:
                await _leave_question(uow, taken)
                actor: Actor | None = data.get("actor")
                if actor is not None:
                    actor = await identify_again(uow, actor, taken.bot_id, now)
                await name_manager(uow, actor, no)
                query = event.callback_query
                await note_denial(uow, actor, no, query.data if query else None, now)


class Transaction(BaseMiddleware):
    def __init__(self, store: Store, clock: Clock) -> None:
        self._store, self._clock = store, clock

    async def __call__(self, handler: Handler, event: TelegramObject, data: dict[str, Any]) -> Any:
        taken: Taken = data["taken"]
        now = self._clock()
        data["now"] = now
        if taken.reads:
            async with self._store.reading() as uow:
                data["uow"] = uow
                return await handler(event, data)
        async with self._store.unit_of_work() as uow:
            if not await uow.inbox.take(taken.row_id, taken.person, taken.read_before, now):
                raise LeftAlone
            await _leave_question(uow, taken)
            data["uow"] = uow
            answer = await handler(event, data)
        taken.is_marked = True
        return answer


async def _leave_question(uow: UnitOfWork, taken: Taken) -> None:
    """The taps before this row only read: the question that they left is closed by this transaction."""
    if taken.read_before:
        await uow.memory.forget(taken.platform, taken.bot_id, (taken.person,))


class Memory(BaseMiddleware):
    """A tap leaves an open question, unless its handler has opened or used one."""

    def __init__(self, platform: str) -> None:
        self._platform = platform

    async def __call__(self, handler: Handler, event: TelegramObject, data: dict[str, Any]) -> Any:
        assert isinstance(event, Update)
        uow: UnitOfWork = data["uow"]
        inner = event.event
        user_id = data["event_from_user"].id if data.get("event_from_user") else 0
        place = Place(
            platform=self._platform,
            bot_id=data["bot"].id,
            user_id=user_id,
            chat_id=_chat_id(event) or user_id,
        )
        question = Question(uow, place, data["now"])
        data["state"] = question
        data["raw_state"] = await question.get_state() if isinstance(inner, Message) else None
        answer = await handler(event, data)
        if isinstance(inner, CallbackQuery) and not data["taken"].reads and not question.is_touched:
            await uow.memory.forget(self._platform, place.bot_id, (user_id,))
        return answer


class Identify(BaseMiddleware):
    def __init__(self, languages: Mapping[str, Language], platform: str) -> None:
        self._languages, self._platform = languages, platform

    async def __call__(self, handler: Handler, event: TelegramObject, data: dict[str, Any]) -> Any:
        assert isinstance(event, Update)
        user = data.get("event_from_user")
        if user is None:
            return None
        actor: Actor = await identify(
            data["uow"],
            platform=self._platform,
            bot_id=data["bot"].id,
            user_id=user.id,
            chat_id=_chat_id(event) or user.id,
            name=user.full_name,
            now=data["now"],
            is_reading=data["taken"].reads,
        )
        data["actor"] = actor
        data["_"] = self._languages.get(actor.language, self._languages["fa"])
        _require_private(event)
        return await handler(event, data)


def _chat_id(event: Update) -> int | None:
    match event.event:
        case Message(chat=chat):
            return chat.id
        case CallbackQuery(message=message) if message is not None:
            return message.chat.id
    return None


def _require_private(event: Update) -> None:
    """Nothing of a customer is ever told in a group: there it does not exist."""
    match event.event:
        case Message(chat=chat):
            kind = chat.type
        case CallbackQuery(message=message) if message is not None:
            kind = message.chat.type
        case _:
            return
    if kind != "private":
        raise NotFound
