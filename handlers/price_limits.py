"""A manager sets what discounts never break."""

from __future__ import annotations

from datetime import datetime

from aiogram import Router
from aiogram.filters import StateFilter
from aiogram.fsm.state import State, StatesGroup
from aiogram.types import CallbackQuery, Message

from domain.actors import Actor
from domain.staff import Role
from handlers.asking import Question
from handlers.reading import READS
from screens import promotions as screens
from screens.callbacks.promotions import AskPriceLimit, DropPriceLimit, OpenPriceLimits, PriceLimit
from screens.language import Language
from screens.screen import Screen
from services import price_limits as wishes
from storage.unit_of_work import UnitOfWork

CHANGES = {PriceLimit.FLOOR: wishes.change_floor, PriceLimit.MOST: wishes.change_most}


class LimitingPrices(StatesGroup):
    rate = State()


def router() -> Router:
    router = Router(name="price limits")
    router.callback_query.register(show_limits, OpenPriceLimits.filter(), flags=READS)
    router.callback_query.register(ask_limit, AskPriceLimit.filter())
    router.callback_query.register(drop_limit, DropPriceLimit.filter())
    router.message.register(take_limit, StateFilter(LimitingPrices.rate))
    return router


async def show_limits(_query: CallbackQuery, actor: Actor, uow: UnitOfWork, _: Language) -> Screen:
    return screens.price_limits(*await wishes.price_limits(uow, actor), _)


async def ask_limit(
    _query: CallbackQuery, callback_data: AskPriceLimit, actor: Actor, state: Question, _: Language
) -> Screen:
    actor.require_staff(Role.MANAGER)
    await state.ask(LimitingPrices.rate, callback_data.model_dump(mode="json"))
    return screens.limit_question(callback_data.limit, _)


async def take_limit(
    message: Message, actor: Actor, uow: UnitOfWork, now: datetime, state: Question, _: Language
) -> Screen:
    asked = AskPriceLimit(**await state.get_data())
    await CHANGES[asked.limit](uow, actor, message.text or "", now)
    await state.clear()
    return screens.price_limits(*await wishes.price_limits(uow, actor), _)


async def drop_limit(
    _query: CallbackQuery,
    callback_data: DropPriceLimit,
    actor: Actor,
    uow: UnitOfWork,
    now: datetime,
    _: Language,
) -> Screen:
    await CHANGES[callback_data.limit](uow, actor, None, now)
    return screens.price_limits(*await wishes.price_limits(uow, actor), _)
