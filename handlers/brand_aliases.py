"""What brands are called besides their names: looked through, added, taken away."""

from __future__ import annotations

from datetime import datetime

from aiogram import Router
from aiogram.filters import StateFilter
from aiogram.fsm.state import State, StatesGroup
from aiogram.types import CallbackQuery, Message

from domain.actors import Actor
from handlers.asking import Question
from handlers.reading import READS
from screens import brand_aliases as screens
from screens.callbacks.search_misses import (
    AskAlias,
    DropAlias,
    FindBrandNames,
    OpenBrandName,
    OpenBrandNames,
)
from screens.language import Language
from screens.screen import Screen
from services import brand_aliases as wishes
from storage.unit_of_work import UnitOfWork


class Naming(StatesGroup):
    alias = State()
    brand = State()


def router() -> Router:
    router = Router(name="brand aliases")
    taps, texts = router.callback_query, router.message
    taps.register(show_brands, OpenBrandNames.filter(), flags=READS)
    taps.register(show_brand, OpenBrandName.filter(), flags=READS)
    taps.register(ask_brand, FindBrandNames.filter())
    taps.register(ask_alias, AskAlias.filter())
    taps.register(drop, DropAlias.filter())
    texts.register(take_brand, StateFilter(Naming.brand))
    texts.register(take_alias, StateFilter(Naming.alias))
    return router


async def show_brands(
    _query: CallbackQuery, callback_data: OpenBrandNames, actor: Actor, uow: UnitOfWork, _: Language
) -> Screen:
    found, has_more = await wishes.list_brands(uow, actor, callback_data.page)
    return screens.brand_names(found, max(callback_data.page, 1), has_more, _)


async def show_brand(
    _query: CallbackQuery, callback_data: OpenBrandName, actor: Actor, uow: UnitOfWork, _: Language
) -> Screen:
    return screens.brand_name(await wishes.open_brand(uow, actor, callback_data.brand_id), _)


async def ask_brand(_query: CallbackQuery, actor: Actor, state: Question, _: Language) -> Screen:
    actor.require_staff(*wishes.NAMING)
    await state.ask(Naming.brand)
    return screens.brand_wanted(_)


async def take_brand(message: Message, actor: Actor, uow: UnitOfWork, state: Question, _: Language) -> Screen:
    """The question stays open until there is such a brand."""
    found = await wishes.find_brands(uow, actor, message.text or "")
    if found:
        await state.clear()
    return screens.brands_found(found, _)


async def ask_alias(
    _query: CallbackQuery,
    callback_data: AskAlias,
    actor: Actor,
    uow: UnitOfWork,
    state: Question,
    _: Language,
) -> Screen:
    brand = await wishes.open_brand(uow, actor, callback_data.brand_id)
    await state.ask(Naming.alias, callback_data.model_dump())
    return screens.alias_question(brand, _)


async def take_alias(
    message: Message, actor: Actor, uow: UnitOfWork, now: datetime, state: Question, _: Language
) -> Screen:
    asked = AskAlias(**await state.get_data())
    brand = await wishes.add_alias(uow, actor, asked.brand_id, message.text or "", now)
    await state.clear()
    return screens.brand_name(brand, _)


async def drop(
    _query: CallbackQuery,
    callback_data: DropAlias,
    actor: Actor,
    uow: UnitOfWork,
    now: datetime,
    _: Language,
) -> Screen:
    return screens.brand_name(await wishes.drop_alias(uow, actor, callback_data.alias_id, now), _)
