"""Ordering again: the last order or an earlier one, and what has to be decided before it is placed."""

from __future__ import annotations

from datetime import datetime

from aiogram import Router
from aiogram.types import CallbackQuery, Message

from domain.actors import Actor
from domain.basket import Basket
from domain.intents import Wish
from domain.repeats import Again, InTheWay, Repeated, ShortQuestion
from handlers.filters import Wishes
from handlers.reading import READS
from screens import basket, checkout
from screens import repeats as screens
from screens.callbacks.orders import (
    FillAgain,
    RepeatLast,
    RepeatOlder,
    RepeatThis,
    ReplaceBasket,
    SettleShort,
)
from screens.callbacks.saved_baskets import TakeHint
from screens.language import Language
from screens.replacing import in_the_way
from screens.screen import Screen
from services import refills
from services import repeats as wishes
from storage.unit_of_work import UnitOfWork


def router() -> Router:
    router = Router(name="repeats")
    taps = router.callback_query
    taps.register(show_last, RepeatLast.filter(), flags=READS)
    taps.register(show_earlier, RepeatOlder.filter(), flags=READS)
    taps.register(show_this, RepeatThis.filter(), flags=READS)
    taps.register(fill, FillAgain.filter())
    taps.register(replace_basket, ReplaceBasket.filter())
    taps.register(settle, SettleShort.filter())
    taps.register(take_hint, TakeHint.filter())
    router.message.register(show_last, Wishes(Wish.REPEAT))
    return router


async def show_last(
    _event: CallbackQuery | Message, actor: Actor, uow: UnitOfWork, now: datetime, _: Language
) -> Screen:
    order = await wishes.last_order(uow, actor)
    if order is None:
        return screens.last_order(None, _)
    bonuses = await wishes.bonuses_today(uow, actor, order, now)
    return screens.last_order(order, _, bonuses, invoice=await wishes.invoice_number(uow, order))


async def show_earlier(
    _query: CallbackQuery, callback_data: RepeatOlder, actor: Actor, uow: UnitOfWork, _: Language
) -> Screen:
    found, has_more = await wishes.list_earlier(uow, actor, callback_data.page)
    return screens.earlier_orders(found, max(callback_data.page, 1), has_more, _)


async def show_this(
    _query: CallbackQuery,
    callback_data: RepeatThis,
    actor: Actor,
    uow: UnitOfWork,
    now: datetime,
    _: Language,
) -> Screen:
    order = await wishes.earlier_order(uow, actor, callback_data.order_id)
    return screens.earlier_order(order, _, await wishes.bonuses_today(uow, actor, order, now))


async def fill(
    _query: CallbackQuery,
    callback_data: FillAgain,
    actor: Actor,
    uow: UnitOfWork,
    now: datetime,
    _: Language,
) -> Screen:
    return shown(await wishes.fill_again(uow, actor, callback_data.order_id, now), _)


async def replace_basket(
    _query: CallbackQuery,
    callback_data: ReplaceBasket,
    actor: Actor,
    uow: UnitOfWork,
    now: datetime,
    _: Language,
) -> Screen:
    order_id, version = callback_data.order_id, callback_data.version
    return shown(await wishes.fill_again(uow, actor, order_id, now, instead_of=version), _)


async def settle(
    _query: CallbackQuery,
    callback_data: SettleShort,
    actor: Actor,
    uow: UnitOfWork,
    now: datetime,
    _: Language,
) -> Screen:
    tap = callback_data
    return shown(await wishes.settle(uow, actor, tap.product_id, tap.choice, tap.other_id, now), _)


async def take_hint(
    _query: CallbackQuery,
    callback_data: TakeHint,
    actor: Actor,
    uow: UnitOfWork,
    now: datetime,
    _: Language,
) -> Screen:
    return shown(await refills.take_hint(uow, actor, callback_data.suggestion_id, now), _)


def shown(found: Repeated, _: Language) -> Screen:
    match found:
        case InTheWay():
            return in_the_way(found, _)
        case ShortQuestion():
            return screens.short_question(found, _)
        case Again():
            return screens.again(found, _)
        case Basket():
            return basket.basket(found, _)
    return checkout.step(found, _)
