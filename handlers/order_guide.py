"""The order guide: what is bought again and again, one by one or all of it."""

from __future__ import annotations

from datetime import datetime

from aiogram import Router
from aiogram.types import CallbackQuery, Message

from domain.actors import Actor
from domain.intents import Wish
from handlers.filters import Wishes
from handlers.reading import READS
from handlers.repeats import shown
from screens import order_guide as screens
from screens.callbacks.catalogue import OpenUsuals
from screens.callbacks.order_guide import FillGuide, PutUsual, ReplaceWithGuide
from screens.language import Language
from screens.screen import Screen
from services import order_guide as wishes
from services.catalogue import basket_count
from storage.unit_of_work import UnitOfWork


def router() -> Router:
    router = Router(name="order guide")
    taps = router.callback_query
    taps.register(show_guide, OpenUsuals.filter(), flags=READS)
    taps.register(put, PutUsual.filter())
    taps.register(fill, FillGuide.filter())
    taps.register(replace_basket, ReplaceWithGuide.filter())
    router.message.register(show_first, Wishes(Wish.GUIDE))
    return router


async def show_guide(
    _query: CallbackQuery,
    callback_data: OpenUsuals,
    actor: Actor,
    uow: UnitOfWork,
    now: datetime,
    _: Language,
) -> Screen:
    found = await wishes.read_guide(uow, actor, now, callback_data.page)
    return screens.guide(found, actor, basket_count(actor), _)


async def show_first(_message: Message, actor: Actor, uow: UnitOfWork, now: datetime, _: Language) -> Screen:
    return screens.guide(await wishes.read_guide(uow, actor, now), actor, basket_count(actor), _)


async def put(
    query: CallbackQuery,
    callback_data: PutUsual,
    actor: Actor,
    uow: UnitOfWork,
    now: datetime,
    _: Language,
) -> Screen:
    tap = callback_data
    done = await wishes.put_item(uow, actor, tap.product_id, tap.page, now, query.id)
    said = screens.added(done.line, done.units, _)
    return screens.guide(done.guide, actor, done.basket_count, _, said)


async def fill(_query: CallbackQuery, actor: Actor, uow: UnitOfWork, now: datetime, _: Language) -> Screen:
    return shown(await wishes.fill_guide(uow, actor, now), _)


async def replace_basket(
    _query: CallbackQuery,
    callback_data: ReplaceWithGuide,
    actor: Actor,
    uow: UnitOfWork,
    now: datetime,
    _: Language,
) -> Screen:
    return shown(await wishes.fill_guide(uow, actor, now, instead_of=callback_data.version), _)
