"""The warehouse says that an order or a route is late: why, when instead, and then it is told (S1.22)."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from aiogram import Router
from aiogram.filters import StateFilter
from aiogram.fsm.state import State, StatesGroup
from aiogram.types import CallbackQuery, Message

from domain.actors import Actor
from domain.calendar import today_in_tehran
from domain.dates import Leaning, typed_day
from domain.delays import DelayWord, require_hours, require_later, typed_hours, typed_reason
from handlers.asking import Question
from handlers.reading import READS
from screens import delays as screens
from screens.callbacks.delays import (
    DelayBecause,
    DelayHours,
    DelayTo,
    OpenLateRoutes,
    OtherDelayDays,
    SendDelay,
    TellOrderLate,
    TellRouteLate,
)
from screens.home import old_button
from screens.language import Language
from screens.screen import Screen
from services import delays as wishes
from services.delays import Lateness
from storage.unit_of_work import UnitOfWork


class Delaying(StatesGroup):
    """What is asked one after the other; the memory holds what was said so far."""

    reason = State()
    day = State()
    hours = State()
    ready = State()


def router() -> Router:
    router = Router(name="delays")
    taps = router.callback_query
    taps.register(show_routes, OpenLateRoutes.filter(), flags=READS)
    taps.register(ask_order, TellOrderLate.filter())
    taps.register(ask_route, TellRouteLate.filter())
    taps.register(pick_reason, DelayBecause.filter())
    taps.register(pick_day, DelayTo.filter())
    taps.register(ask_other_day, OtherDelayDays.filter())
    taps.register(pick_hours, DelayHours.filter())
    taps.register(send, SendDelay.filter())
    router.message.register(take_reason, StateFilter(Delaying.reason))
    router.message.register(take_day, StateFilter(Delaying.day))
    router.message.register(take_hours, StateFilter(Delaying.hours))
    return router


async def show_routes(_query: CallbackQuery, actor: Actor, uow: UnitOfWork, _: Language) -> Screen:
    return screens.routes(await wishes.list_routes(uow, actor), _)


async def ask_order(
    _query: CallbackQuery,
    callback_data: TellOrderLate,
    actor: Actor,
    uow: UnitOfWork,
    now: datetime,
    state: Question,
    _: Language,
) -> Screen:
    late = await wishes.late_order(uow, actor, callback_data.order_id, now)
    seen = late.orders[0].version
    await state.ask(Delaying.reason, {"order_id": callback_data.order_id, "seen": seen})
    return screens.reason_question(_numbers(late), late.was_on, _)


async def ask_route(
    _query: CallbackQuery,
    callback_data: TellRouteLate,
    actor: Actor,
    uow: UnitOfWork,
    now: datetime,
    state: Question,
    _: Language,
) -> Screen:
    day = date.fromordinal(callback_data.day)
    late = await wishes.late_route(uow, actor, callback_data.route_id, day, now)
    await state.ask(Delaying.reason, {"route_id": callback_data.route_id, "was_on": callback_data.day})
    return screens.reason_question(_numbers(late), late.was_on, _)


def _numbers(late: Lateness) -> tuple[int, ...]:
    return tuple(each.number for each in late.orders)


async def _late(uow: UnitOfWork, actor: Actor, data: dict[str, Any], now: datetime) -> Lateness:
    """What the open question is about, as it is now."""
    if "route_id" in data:
        return await wishes.late_route(uow, actor, data["route_id"], date.fromordinal(data["was_on"]), now)
    return await wishes.late_order(uow, actor, data["order_id"], now)


async def _is_asked(state: Question, question: State) -> bool:
    return await state.get_state() == question.state


async def pick_reason(
    _query: CallbackQuery,
    callback_data: DelayBecause,
    actor: Actor,
    uow: UnitOfWork,
    now: datetime,
    state: Question,
    _: Language,
) -> Screen:
    wishes.require_desk(actor)
    if not await _is_asked(state, Delaying.reason):
        return old_button(_)
    return await _ask_day(callback_data.reason.value, actor, uow, now, state, _)


async def take_reason(
    message: Message, actor: Actor, uow: UnitOfWork, now: datetime, state: Question, _: Language
) -> Screen:
    return await _ask_day(typed_reason(message.text), actor, uow, now, state, _)


async def _ask_day(
    reason: str, actor: Actor, uow: UnitOfWork, now: datetime, state: Question, _: Language
) -> Screen:
    data = await state.get_data()
    late = await _late(uow, actor, data, now)
    await state.ask(Delaying.day, {**data, "reason": reason})
    return screens.day_question(late.route_days, _)


async def ask_other_day(
    _query: CallbackQuery, actor: Actor, uow: UnitOfWork, now: datetime, state: Question, _: Language
) -> Screen:
    wishes.require_desk(actor)
    if not await _is_asked(state, Delaying.day):
        return old_button(_)
    data = await state.get_data()
    await state.ask(Delaying.day, data)
    return screens.day_question((await _late(uow, actor, data, now)).other_days, _, are_all=True)


async def pick_day(
    _query: CallbackQuery,
    callback_data: DelayTo,
    actor: Actor,
    uow: UnitOfWork,
    now: datetime,
    state: Question,
    _: Language,
) -> Screen:
    wishes.require_desk(actor)
    if not await _is_asked(state, Delaying.day):
        return old_button(_)
    return await _ask_hours(date.fromordinal(callback_data.day), actor, uow, now, state, _)


async def take_day(
    message: Message, actor: Actor, uow: UnitOfWork, now: datetime, state: Question, _: Language
) -> Screen:
    day = typed_day(message.text or "", today_in_tehran(now), Leaning.FUTURE)
    return await _ask_hours(day, actor, uow, now, state, _)


async def _ask_hours(
    day: date, actor: Actor, uow: UnitOfWork, now: datetime, state: Question, _: Language
) -> Screen:
    data = await state.get_data()
    late = await _late(uow, actor, data, now)
    require_later(day, late.was_on, late.today, late.holidays)
    await state.ask(Delaying.hours, {**data, "day": day.toordinal()})
    return screens.hours_question((late.route.from_hour, late.route.until_hour), _)


async def pick_hours(
    _query: CallbackQuery,
    callback_data: DelayHours,
    actor: Actor,
    uow: UnitOfWork,
    now: datetime,
    state: Question,
    _: Language,
) -> Screen:
    wishes.require_desk(actor)
    if not await _is_asked(state, Delaying.hours):
        return old_button(_)
    hours = require_hours(callback_data.first, callback_data.last)
    return await _show(hours, actor, uow, now, state, _)


async def take_hours(
    message: Message, actor: Actor, uow: UnitOfWork, now: datetime, state: Question, _: Language
) -> Screen:
    return await _show(typed_hours(message.text), actor, uow, now, state, _)


async def _show(
    hours: tuple[int, int], actor: Actor, uow: UnitOfWork, now: datetime, state: Question, _: Language
) -> Screen:
    """Exactly what will be told."""
    data = {**await state.get_data(), "first": hours[0], "last": hours[1]}
    late = await _late(uow, actor, data, now)
    await state.ask(Delaying.ready, data)
    facts = screens.word_facts(late.orders[0].number, late.was_on, late.today, _word(data))
    return screens.preview(screens.delay_words(facts, _), len(late.orders), _)


def _word(data: dict[str, Any]) -> DelayWord:
    day = date.fromordinal(int(data["day"]))
    return DelayWord(reason=data["reason"], deliver_on=day, from_hour=data["first"], until_hour=data["last"])


async def send(
    _query: CallbackQuery, actor: Actor, uow: UnitOfWork, now: datetime, state: Question, _: Language
) -> Screen:
    wishes.require_desk(actor)
    if not await _is_asked(state, Delaying.ready):
        return old_button(_)
    data = await state.get_data()
    late = await _late(uow, actor, data, now)
    told = await wishes.tell_late(uow, actor, late, data.get("seen"), _word(data), now)
    await state.clear()
    return screens.told_late(tuple(each.number for each in told), _)
