"""The warehouse's desk, and what a customer says about a delivery."""

from __future__ import annotations

from datetime import datetime

from aiogram import Router
from aiogram.types import CallbackQuery

from domain.actors import Actor
from handlers.reading import READS
from screens import fulfilment as screens
from screens.callbacks.orders import GiveFeedback, MoveOrder, OpenDesk, OpenJob, Verdict
from screens.language import Language
from screens.screen import Screen
from services import fulfilment as wishes
from storage.unit_of_work import UnitOfWork


def router() -> Router:
    router = Router(name="fulfilment")
    taps = router.callback_query
    taps.register(show_desk, OpenDesk.filter(), flags=READS)
    taps.register(show_job, OpenJob.filter(), flags=READS)
    taps.register(move, MoveOrder.filter())
    taps.register(give_feedback, GiveFeedback.filter())
    return router


async def show_desk(
    _query: CallbackQuery, callback_data: OpenDesk, actor: Actor, uow: UnitOfWork, _: Language
) -> Screen:
    page = max(callback_data.page, 1)
    orders, has_more = await wishes.list_desk(uow, actor, page)
    return screens.desk(orders, page, has_more, _)


async def show_job(
    _query: CallbackQuery,
    callback_data: OpenJob,
    actor: Actor,
    uow: UnitOfWork,
    now: datetime,
    _: Language,
) -> Screen:
    return screens.job(await wishes.open_job(uow, actor, callback_data.order_id, now), _)


async def move(
    _query: CallbackQuery,
    callback_data: MoveOrder,
    actor: Actor,
    uow: UnitOfWork,
    now: datetime,
    _: Language,
) -> Screen:
    to = screens.STEPS[callback_data.step]
    job = await wishes.move_order(uow, actor, callback_data.order_id, to, callback_data.version, now)
    return screens.job(job, _)


async def give_feedback(
    _query: CallbackQuery,
    callback_data: GiveFeedback,
    actor: Actor,
    uow: UnitOfWork,
    now: datetime,
    _: Language,
) -> Screen:
    verdict = callback_data.verdict
    is_trouble = verdict is not Verdict.COMPLETE
    order = await wishes.give_feedback(uow, actor, callback_data.order_id, verdict.value, is_trouble, now)
    return screens.feedback_thanks(verdict, order, _)
