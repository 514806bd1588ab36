"""A customer answers that an order is late (S1.22). What is over is answered by the order as it stands."""

from __future__ import annotations

from datetime import date, datetime

from aiogram import Router
from aiogram.types import CallbackQuery

from domain.actors import Actor
from handlers.reading import READS
from screens import delays as screens
from screens.callbacks.delays import AcceptDelay, AskCancelLate, AskOtherDay, CancelLate, ChooseOtherDay
from screens.language import Language
from screens.orders import order_card
from screens.screen import Screen
from services import delay_answers as wishes
from services.orders import open_order
from storage.unit_of_work import UnitOfWork


def router() -> Router:
    router = Router(name="delay_answers")
    taps = router.callback_query
    taps.register(accept, AcceptDelay.filter())
    taps.register(ask_other_day, AskOtherDay.filter(), flags=READS)
    taps.register(choose_day, ChooseOtherDay.filter())
    taps.register(ask_cancel, AskCancelLate.filter(), flags=READS)
    taps.register(cancel, CancelLate.filter())
    return router


async def _as_it_is(uow: UnitOfWork, actor: Actor, order_id: int, now: datetime, _: Language) -> Screen:
    return order_card(await open_order(uow, actor, order_id, now), _)


async def accept(
    _query: CallbackQuery,
    callback_data: AcceptDelay,
    actor: Actor,
    uow: UnitOfWork,
    now: datetime,
    _: Language,
) -> Screen:
    delay, is_taken = await wishes.accept(uow, actor, callback_data.delay_id, now)
    if not is_taken:
        return await _as_it_is(uow, actor, delay.order_id, now, _)
    return screens.thanks(delay.order_id, _)


async def ask_other_day(
    _query: CallbackQuery,
    callback_data: AskOtherDay,
    actor: Actor,
    uow: UnitOfWork,
    now: datetime,
    _: Language,
) -> Screen:
    delay, order, days = await wishes.other_days(uow, actor, callback_data.delay_id, now)
    if not days:
        return await _as_it_is(uow, actor, order.id, now, _)
    return screens.other_day_question(delay.id, order, days, _)


async def choose_day(
    _query: CallbackQuery,
    callback_data: ChooseOtherDay,
    actor: Actor,
    uow: UnitOfWork,
    now: datetime,
    _: Language,
) -> Screen:
    day = date.fromordinal(callback_data.day)
    order, is_taken = await wishes.choose_day(uow, actor, callback_data.delay_id, day, now)
    return screens.day_chosen(order, _) if is_taken else await _as_it_is(uow, actor, order.id, now, _)


async def ask_cancel(
    _query: CallbackQuery,
    callback_data: AskCancelLate,
    actor: Actor,
    uow: UnitOfWork,
    now: datetime,
    _: Language,
) -> Screen:
    order, is_open = await wishes.ask_cancel(uow, actor, callback_data.delay_id)
    if not is_open:
        return await _as_it_is(uow, actor, order.id, now, _)
    return screens.cancel_question(callback_data.delay_id, order, _)


async def cancel(
    _query: CallbackQuery,
    callback_data: CancelLate,
    actor: Actor,
    uow: UnitOfWork,
    now: datetime,
    _: Language,
) -> Screen:
    order, is_taken = await wishes.cancel(uow, actor, callback_data.delay_id, callback_data.version, now)
    return screens.cancelled(order, _) if is_taken else await _as_it_is(uow, actor, order.id, now, _)
