"""The basket: putting in, taking out, looking at it, the day, and the final look."""

from __future__ import annotations

from datetime import date, datetime

from aiogram import Router
from aiogram.types import CallbackQuery

from domain.actors import Actor
from handlers.reading import READS
from screens import basket as screens
from screens import checkout
from screens.callbacks.basket import (
    AddPart,
    AddToBasket,
    AskEmpty,
    ChooseDay,
    ChooseOutlet,
    DropNote,
    EditBasket,
    EmptyBasket,
    OpenBasket,
    OpenLine,
    SetDay,
    SetLine,
    SetOutlet,
)
from screens.language import Language
from screens.screen import Screen
from services import basket as wishes
from services import checkout as steps
from storage.unit_of_work import UnitOfWork


def router() -> Router:
    router = Router(name="basket")
    taps = router.callback_query
    taps.register(add, AddToBasket.filter())
    taps.register(show_basket, OpenBasket.filter(), flags=READS)
    taps.register(show_lines, EditBasket.filter(), flags=READS)
    taps.register(show_line, OpenLine.filter(), flags=READS)
    taps.register(set_line, SetLine.filter())
    taps.register(add_part, AddPart.filter())
    taps.register(ask_empty, AskEmpty.filter(), flags=READS)
    taps.register(empty, EmptyBasket.filter())
    taps.register(show_days, ChooseDay.filter(), flags=READS)
    taps.register(show_outlets, ChooseOutlet.filter(), flags=READS)
    taps.register(set_outlet, SetOutlet.filter())
    taps.register(drop_note, DropNote.filter())
    taps.register(set_day, SetDay.filter())
    return router


async def add(
    query: CallbackQuery,
    callback_data: AddToBasket,
    actor: Actor,
    uow: UnitOfWork,
    now: datetime,
    _: Language,
) -> Screen:
    tap = callback_data
    put = await wishes.add_to_basket(uow, actor, tap.product_id, tap.quantity, now, press=query.id)
    return screens.added(put, _)


async def show_basket(
    _query: CallbackQuery, actor: Actor, uow: UnitOfWork, now: datetime, _: Language
) -> Screen:
    return screens.basket(await wishes.read_basket(uow, actor, now), _)


async def show_lines(
    _query: CallbackQuery, callback_data: EditBasket, actor: Actor, uow: UnitOfWork, _: Language
) -> Screen:
    return screens.edit(await wishes.find_basket(uow, actor), callback_data.page, _)


async def show_line(
    _query: CallbackQuery,
    callback_data: OpenLine,
    actor: Actor,
    uow: UnitOfWork,
    now: datetime,
    _: Language,
) -> Screen:
    return screens.line(await wishes.open_line(uow, actor, callback_data.product_id, now), _)


async def set_line(
    _query: CallbackQuery,
    callback_data: SetLine,
    actor: Actor,
    uow: UnitOfWork,
    now: datetime,
    _: Language,
) -> Screen:
    product_id, quantity = callback_data.product_id, callback_data.quantity
    return screens.basket(await wishes.set_line(uow, actor, product_id, quantity, now), _)


async def add_part(
    _query: CallbackQuery,
    callback_data: AddPart,
    actor: Actor,
    uow: UnitOfWork,
    now: datetime,
    _: Language,
) -> Screen:
    total = callback_data.now + callback_data.later
    basket = await wishes.set_line(uow, actor, callback_data.product_id, total, now, callback_data.later)
    return screens.basket(basket, _)


async def ask_empty(_query: CallbackQuery, actor: Actor, uow: UnitOfWork, _: Language) -> Screen:
    return screens.empty_question(await wishes.find_basket(uow, actor), _)


async def empty(
    _query: CallbackQuery,
    callback_data: EmptyBasket,
    actor: Actor,
    uow: UnitOfWork,
    now: datetime,
    _: Language,
) -> Screen:
    order_id, version = callback_data.order_id, callback_data.version
    return screens.basket(await wishes.empty_basket(uow, actor, order_id, version, now), _)


async def show_days(
    _query: CallbackQuery, actor: Actor, uow: UnitOfWork, now: datetime, _: Language
) -> Screen:
    return checkout.step(await wishes.choose_day(uow, actor, now), _)


async def show_outlets(
    _query: CallbackQuery, callback_data: ChooseOutlet, actor: Actor, uow: UnitOfWork, _: Language
) -> Screen:
    return checkout.outlet_choice(await wishes.choose_outlet(uow, actor), callback_data.page, _)


async def set_outlet(
    _query: CallbackQuery,
    callback_data: SetOutlet,
    actor: Actor,
    uow: UnitOfWork,
    now: datetime,
    _: Language,
) -> Screen:
    return checkout.day_choice(await wishes.set_outlet(uow, actor, callback_data.outlet_id, now), _)


async def drop_note(
    _query: CallbackQuery, actor: Actor, uow: UnitOfWork, now: datetime, _: Language
) -> Screen:
    return checkout.step(await wishes.drop_note(uow, actor, now), _)


async def set_day(
    _query: CallbackQuery,
    callback_data: SetDay,
    actor: Actor,
    uow: UnitOfWork,
    now: datetime,
    _: Language,
) -> Screen:
    day = date.fromordinal(callback_data.day)
    return checkout.step(await steps.summarise(uow, actor, now, day), _)
