"""The warehouse's desk, and what a customer says about a delivery."""

from __future__ import annotations

from datetime import datetime

from aiogram import Router
from aiogram.filters import StateFilter
from aiogram.fsm.state import State, StatesGroup
from aiogram.types import CallbackQuery, Message

from domain.actors import Actor
from domain.delays import typed_reason
from handlers.asking import Question
from handlers.reading import READS
from handlers.support import Talking
from screens import fulfilment as screens
from screens.callbacks.orders import (
    AskOurCancel,
    GiveFeedback,
    MoveOrder,
    OpenDesk,
    OpenJob,
    OurCancel,
    Verdict,
)
from screens.language import Language
from screens.screen import Screen
from services import fulfilment as wishes
from storage.unit_of_work import UnitOfWork


class Cancelling(StatesGroup):
    reason = State()


def router() -> Router:
    router = Router(name="fulfilment")
    taps = router.callback_query
    taps.register(show_desk, OpenDesk.filter(), flags=READS)
    taps.register(show_job, OpenJob.filter(), flags=READS)
    taps.register(move, MoveOrder.filter())
    taps.register(give_feedback, GiveFeedback.filter())
    taps.register(ask_cancel, AskOurCancel.filter())
    taps.register(cancel, OurCancel.filter())
    router.message.register(take_reason, StateFilter(Cancelling.reason))
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
    state: Question,
    _: Language,
) -> Screen:
    """Trouble leads on to saying what it is, which goes to our support."""
    verdict = callback_data.verdict
    is_trouble = verdict is not Verdict.COMPLETE
    order = await wishes.give_feedback(uow, actor, callback_data.order_id, verdict.value, is_trouble, now)
    if is_trouble:
        await state.ask(Talking.message, {"number": order.number})
    return screens.feedback_thanks(verdict, order, _)


async def ask_cancel(
    _query: CallbackQuery,
    callback_data: AskOurCancel,
    actor: Actor,
    uow: UnitOfWork,
    state: Question,
    _: Language,
) -> Screen:
    order = await wishes.require_cancellable(uow, actor, callback_data.order_id)
    await state.ask(Cancelling.reason, {"order_id": order.id, "seen": order.version})
    return screens.our_cancel_question(order, _)


async def cancel(
    _query: CallbackQuery,
    callback_data: OurCancel,
    actor: Actor,
    uow: UnitOfWork,
    now: datetime,
    _: Language,
) -> Screen:
    tap = callback_data
    job = await wishes.cancel_ours(uow, actor, tap.order_id, tap.version, tap.reason.value, now)
    return screens.job(job, _)


async def take_reason(
    message: Message, actor: Actor, uow: UnitOfWork, now: datetime, state: Question, _: Language
) -> Screen:
    data = await state.get_data()
    reason = typed_reason(message.text)
    job = await wishes.cancel_ours(uow, actor, data["order_id"], data.get("seen"), reason, now)
    await state.clear()
    return screens.job(job, _)
