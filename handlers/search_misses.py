"""What was looked for in vain this week: made another name of a brand, or left."""

from __future__ import annotations

from datetime import datetime

from aiogram import Router
from aiogram.filters import StateFilter
from aiogram.fsm.state import State, StatesGroup
from aiogram.types import CallbackQuery, Message

from domain.actors import Actor
from handlers.asking import Question
from handlers.reading import READS
from screens import search_misses as screens
from screens.callbacks.search_misses import AskBrandOf, LeaveMiss, MakeAlias, OpenMiss, OpenMisses
from screens.language import Language
from screens.screen import Screen
from services import search_misses as wishes
from storage.unit_of_work import UnitOfWork


class Meaning(StatesGroup):
    brand = State()


def router() -> Router:
    router = Router(name="search misses")
    taps = router.callback_query
    taps.register(show_misses, OpenMisses.filter(), flags=READS)
    taps.register(show_miss, OpenMiss.filter(), flags=READS)
    taps.register(make_alias, MakeAlias.filter())
    taps.register(ask_brand, AskBrandOf.filter())
    taps.register(leave, LeaveMiss.filter())
    router.message.register(take_brand, StateFilter(Meaning.brand))
    return router


async def show_misses(
    _query: CallbackQuery,
    callback_data: OpenMisses,
    actor: Actor,
    uow: UnitOfWork,
    now: datetime,
    _: Language,
) -> Screen:
    found, has_more = await wishes.list_misses(uow, actor, now, callback_data.page)
    return screens.misses(found, max(callback_data.page, 1), has_more, _)


async def show_miss(
    _query: CallbackQuery,
    callback_data: OpenMiss,
    actor: Actor,
    uow: UnitOfWork,
    now: datetime,
    _: Language,
) -> Screen:
    return screens.miss(await wishes.open_miss(uow, actor, callback_data.search_id, now), _)


async def make_alias(
    _query: CallbackQuery,
    callback_data: MakeAlias,
    actor: Actor,
    uow: UnitOfWork,
    now: datetime,
    _: Language,
) -> Screen:
    tap = callback_data
    return screens.alias_made(await wishes.make_alias(uow, actor, tap.search_id, tap.brand_id, now), _)


async def ask_brand(
    _query: CallbackQuery,
    callback_data: AskBrandOf,
    actor: Actor,
    uow: UnitOfWork,
    now: datetime,
    state: Question,
    _: Language,
) -> Screen:
    found = await wishes.open_miss(uow, actor, callback_data.search_id, now)
    await state.ask(Meaning.brand, callback_data.model_dump())
    return screens.brand_question(found.miss.id, _)


async def take_brand(
    message: Message, actor: Actor, uow: UnitOfWork, now: datetime, state: Question, _: Language
) -> Screen:
    """The question stays open until a brand of that name is there."""
    asked = AskBrandOf(**await state.get_data())
    found = await wishes.name_brand(uow, actor, asked.search_id, message.text or "", now)
    if found:
        await state.clear()
    return screens.brands_meant(asked.search_id, found, _)


async def leave(
    _query: CallbackQuery,
    callback_data: LeaveMiss,
    actor: Actor,
    uow: UnitOfWork,
    now: datetime,
    _: Language,
) -> Screen:
    await wishes.leave(uow, actor, callback_data.search_id, now)
    found, has_more = await wishes.list_misses(uow, actor, now)
    return screens.misses(found, 1, has_more, _)
