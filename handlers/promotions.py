"""A manager looks at the promotions, stops them, and lets them go on."""

from __future__ import annotations

from datetime import datetime

from aiogram import Router
from aiogram.types import CallbackQuery

from domain.actors import Actor
from domain.calendar import today_in_tehran
from domain.promotions import PromotionState
from handlers.reading import READS
from screens import promotions as screens
from screens.callbacks.promotions import (
    AskEndPromotion,
    MovePromotion,
    OpenPromotion,
    OpenPromotions,
    PromotionMove,
)
from screens.language import Language
from screens.screen import Screen
from services import promotions as wishes
from storage.unit_of_work import UnitOfWork

STATES = {
    PromotionMove.PAUSE: PromotionState.PAUSED,
    PromotionMove.RESUME: PromotionState.ACTIVE,
    PromotionMove.END: PromotionState.ENDED,
}


def router() -> Router:
    router = Router(name="promotions")
    taps = router.callback_query
    taps.register(show_promotions, OpenPromotions.filter(), flags=READS)
    taps.register(show_promotion, OpenPromotion.filter(), flags=READS)
    taps.register(ask_end, AskEndPromotion.filter(), flags=READS)
    taps.register(move_promotion, MovePromotion.filter())
    return router


async def show_promotions(
    _query: CallbackQuery,
    callback_data: OpenPromotions,
    actor: Actor,
    uow: UnitOfWork,
    now: datetime,
    _: Language,
) -> Screen:
    found = await wishes.list_page(uow, actor, callback_data.page)
    return screens.promotions(found, today_in_tehran(now), _)


async def show_promotion(
    _query: CallbackQuery,
    callback_data: OpenPromotion,
    actor: Actor,
    uow: UnitOfWork,
    now: datetime,
    _: Language,
) -> Screen:
    deal = await wishes.open_one(uow, actor, callback_data.promotion_id)
    return screens.promotion(deal, today_in_tehran(now), _)


async def ask_end(
    _query: CallbackQuery, callback_data: AskEndPromotion, actor: Actor, uow: UnitOfWork, _: Language
) -> Screen:
    return screens.end_question(await wishes.open_one(uow, actor, callback_data.promotion_id), _)


async def move_promotion(
    _query: CallbackQuery,
    callback_data: MovePromotion,
    actor: Actor,
    uow: UnitOfWork,
    now: datetime,
    _: Language,
) -> Screen:
    tap = callback_data
    deal = await wishes.move(uow, actor, tap.promotion_id, STATES[tap.move], tap.version, now)
    return screens.promotion(deal, today_in_tehran(now), _)
