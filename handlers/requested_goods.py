"""Goods that we do not sell: somebody wishes for them, and whoever buys for us answers (CAT-06)."""

from __future__ import annotations

from datetime import datetime

from aiogram import Router
from aiogram.filters import StateFilter
from aiogram.fsm.state import State, StatesGroup
from aiogram.types import CallbackQuery, Message

from domain.actors import Actor
from domain.intents import Wish
from handlers.asking import Question
from handlers.filters import Wishes
from handlers.reading import READS
from screens import requested_goods as screens
from screens.callbacks.requested_goods import AnswerWish, AskGoods, OpenWish, OpenWishes, RequestSearched
from screens.language import Language
from screens.screen import Screen
from services import requested_goods as wishes
from storage.unit_of_work import UnitOfWork


class Wishing(StatesGroup):
    goods = State()


def router() -> Router:
    router = Router(name="requested goods")
    taps, texts = router.callback_query, router.message
    taps.register(ask_goods, AskGoods.filter())
    taps.register(request_searched, RequestSearched.filter())
    taps.register(show_wishes, OpenWishes.filter(), flags=READS)
    taps.register(show_wish, OpenWish.filter(), flags=READS)
    taps.register(answer, AnswerWish.filter())
    texts.register(take_goods, StateFilter(Wishing.goods))
    texts.register(ask_goods, Wishes(Wish.GOODS))
    return router


async def ask_goods(_event: CallbackQuery | Message, actor: Actor, state: Question, _: Language) -> Screen:
    actor.require_customer()
    await state.ask(Wishing.goods)
    return screens.goods_question(_)


async def take_goods(
    message: Message, actor: Actor, uow: UnitOfWork, now: datetime, state: Question, _: Language
) -> Screen:
    noted = await wishes.request(uow, actor, message.text or "", now)
    await state.clear()
    return screens.goods_noted(noted, _)


async def request_searched(
    _query: CallbackQuery,
    callback_data: RequestSearched,
    actor: Actor,
    uow: UnitOfWork,
    now: datetime,
    _: Language,
) -> Screen:
    return screens.goods_noted(await wishes.request_searched(uow, actor, callback_data.search_id, now), _)


async def show_wishes(
    _query: CallbackQuery, callback_data: OpenWishes, actor: Actor, uow: UnitOfWork, _: Language
) -> Screen:
    found, has_more = await wishes.list_wishes(uow, actor, callback_data.page)
    return screens.wishes(found, max(callback_data.page, 1), has_more, _)


async def show_wish(
    _query: CallbackQuery, callback_data: OpenWish, actor: Actor, uow: UnitOfWork, _: Language
) -> Screen:
    found, wishers = await wishes.open_wish(uow, actor, callback_data.wish_id)
    return screens.wish(found, wishers, _)


async def answer(
    _query: CallbackQuery,
    callback_data: AnswerWish,
    actor: Actor,
    uow: UnitOfWork,
    now: datetime,
    _: Language,
) -> Screen:
    tap = callback_data
    answered = await wishes.answer_wish(uow, actor, tap.wish_id, tap.answer, now)
    return screens.wish_answered(answered, tap.answer, _)
