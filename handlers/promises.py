"""What a reminded customer taps: the time of payment, an objection, a call, another plan (S6)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from aiogram import Router
from aiogram.filters import StateFilter
from aiogram.fsm.state import State, StatesGroup
from aiogram.types import CallbackQuery, Message

from domain.actors import Actor
from domain.amounts import AskBack, typed_amount
from domain.calendar import today_in_tehran
from domain.dates import Leaning, typed_day
from domain.disputes import DisputeSubject
from domain.money import Money
from handlers.asking import Question
from handlers.disputes import Disputing
from handlers.reading import READS
from screens import promises as screens
from screens.callbacks.reminders import (
    AskCoordination,
    AskObjection,
    AskPromise,
    AskWhichPromise,
    CallMe,
    MeantPromise,
    Object,
    OtherPromiseDay,
    PromiseDay,
    PromisePart,
    PromiseWhole,
)
from screens.home import old_button
from screens.language import Language
from screens.screen import Screen
from services import promises as wishes
from services import reminder_answers as answers
from storage.unit_of_work import UnitOfWork


class Promising(StatesGroup):
    day = State()
    amount = State()


def router() -> Router:
    router = Router(name="promises")
    taps = router.callback_query
    taps.register(ask_which, AskWhichPromise.filter(), flags=READS)
    taps.register(ask_day, AskPromise.filter(), flags=READS)
    taps.register(choose_day, PromiseDay.filter(), flags=READS)
    taps.register(ask_other_day, OtherPromiseDay.filter())
    taps.register(promise_whole, PromiseWhole.filter())
    taps.register(ask_part, PromisePart.filter())
    taps.register(take_meant, MeantPromise.filter())
    taps.register(ask_subject, AskObjection.filter(), flags=READS)
    taps.register(object_to, Object.filter())
    taps.register(call_me, CallMe.filter())
    taps.register(coordinate, AskCoordination.filter())
    router.message.register(take_day, StateFilter(Promising.day))
    router.message.register(take_amount, StateFilter(Promising.amount))
    return router


async def ask_which(
    _query: CallbackQuery, actor: Actor, uow: UnitOfWork, now: datetime, _: Language
) -> Screen:
    return screens.which_question(await wishes.list_promisable(uow, actor, now), _)


async def ask_day(
    _query: CallbackQuery,
    callback_data: AskPromise,
    actor: Actor,
    uow: UnitOfWork,
    now: datetime,
    _: Language,
) -> Screen:
    return screens.day_question(await wishes.open_promise(uow, actor, callback_data.invoice_id, now), _)


async def choose_day(
    _query: CallbackQuery,
    callback_data: PromiseDay,
    actor: Actor,
    uow: UnitOfWork,
    now: datetime,
    _: Language,
) -> Screen:
    day = date.fromordinal(callback_data.day)
    return await _dated(actor, uow, callback_data.invoice_id, day, now, _)


async def ask_other_day(
    _query: CallbackQuery,
    callback_data: OtherPromiseDay,
    actor: Actor,
    uow: UnitOfWork,
    now: datetime,
    state: Question,
    _: Language,
) -> Screen:
    found = await wishes.open_promise(uow, actor, callback_data.invoice_id, now)
    await state.ask(Promising.day, callback_data.model_dump())
    return screens.typed_day_question(found, _)


async def take_day(
    message: Message, actor: Actor, uow: UnitOfWork, now: datetime, state: Question, _: Language
) -> Screen:
    asked = OtherPromiseDay(**await state.get_data())
    day = typed_day(message.text or "", today_in_tehran(now), Leaning.FUTURE)
    screen = await _dated(actor, uow, asked.invoice_id, day, now, _)
    await state.clear()
    return screen


async def _dated(
    actor: Actor, uow: UnitOfWork, invoice_id: int, day: date, now: datetime, _: Language
) -> Screen:
    found = await wishes.open_promise(uow, actor, invoice_id, now)
    found.require_day(day)
    return screens.amount_question(found, day, _)


async def promise_whole(
    _query: CallbackQuery,
    callback_data: PromiseWhole,
    actor: Actor,
    uow: UnitOfWork,
    now: datetime,
    _: Language,
) -> Screen:
    day = date.fromordinal(callback_data.day)
    return screens.recorded(
        await wishes.make_promise(uow, actor, callback_data.invoice_id, day, None, now), _
    )


async def ask_part(
    _query: CallbackQuery,
    callback_data: PromisePart,
    actor: Actor,
    uow: UnitOfWork,
    now: datetime,
    state: Question,
    _: Language,
) -> Screen:
    found = await wishes.open_promise(uow, actor, callback_data.invoice_id, now)
    await state.ask(Promising.amount, callback_data.model_dump())
    return screens.typed_amount_question(found, _)


async def take_amount(
    message: Message, actor: Actor, uow: UnitOfWork, now: datetime, state: Question, _: Language
) -> Screen:
    data = await state.get_data()
    amount = typed_amount(message.text or "", _.money_unit)
    if isinstance(amount, AskBack):
        await state.ask(Promising.amount, {**data, "meant": amount.meant.rials})
        return screens.meant_question(amount, _)
    return await _promise(data, amount, actor, uow, now, state, _)


async def take_meant(
    _query: CallbackQuery, actor: Actor, uow: UnitOfWork, now: datetime, state: Question, _: Language
) -> Screen:
    data = await state.get_data()
    if await state.get_state() != Promising.amount.state or "meant" not in data:
        return old_button(_)
    return await _promise(data, Money(data.pop("meant")), actor, uow, now, state, _)


async def _promise(
    data: Mapping[str, Any],
    amount: Money,
    actor: Actor,
    uow: UnitOfWork,
    now: datetime,
    state: Question,
    _: Language,
) -> Screen:
    asked = PromisePart(invoice_id=data["invoice_id"], day=data["day"])
    day = date.fromordinal(asked.day)
    promise = await wishes.make_promise(uow, actor, asked.invoice_id, day, amount, now)
    await state.clear()
    return screens.recorded(promise, _)


async def ask_subject(
    _query: CallbackQuery, callback_data: AskObjection, actor: Actor, uow: UnitOfWork, _: Language
) -> Screen:
    await answers.require_own(uow, actor, callback_data.invoice_id)
    return screens.subject_question(callback_data.invoice_id, _)


async def object_to(
    _query: CallbackQuery,
    callback_data: Object,
    actor: Actor,
    uow: UnitOfWork,
    now: datetime,
    state: Question,
    _: Language,
) -> Screen:
    """Something else has to be explained; words that come next belong to the ticket."""
    subject = callback_data.subject
    dispute = await answers.object_to(uow, actor, callback_data.invoice_id, subject, now)
    if subject is DisputeSubject.OTHER:
        await state.ask(Disputing.words, {"dispute_id": dispute.id})
    return screens.objected(dispute, callback_data.invoice_id, _)


async def call_me(_query: CallbackQuery, actor: Actor, uow: UnitOfWork, now: datetime, _: Language) -> Screen:
    return screens.call_promised(await answers.ask_call(uow, actor, now), _)


async def coordinate(
    _query: CallbackQuery, actor: Actor, uow: UnitOfWork, now: datetime, _: Language
) -> Screen:
    await answers.ask_coordination(uow, actor, now)
    return screens.coordination_asked(_)
