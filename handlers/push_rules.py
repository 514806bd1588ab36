"""The manager changes the rules of messages and the holidays; finance the rules of reminders."""

from __future__ import annotations

from datetime import date, datetime

from aiogram import Router
from aiogram.filters import StateFilter
from aiogram.fsm.state import State, StatesGroup
from aiogram.types import CallbackQuery, Message

from domain.actors import Actor
from domain.amounts import AskBack, typed_limit
from domain.calendar import today_in_tehran
from domain.dates import Leaning, typed_day
from domain.push_settings import (
    AMOUNTS,
    HOURS,
    PushPart,
    PushRule,
    amount_of,
    part_of,
    typed_number,
    typed_spans,
)
from domain.quiet_hours import Hours
from handlers.asking import Question
from handlers.reading import READS
from screens import push_rules as screens
from screens.amounts import did_you_mean
from screens.callbacks.push_rules import (
    AskDropHoliday,
    AskHoliday,
    AskPushRule,
    DropHoliday,
    OpenHolidays,
    OpenPushPart,
    OpenPushRules,
)
from screens.home import home_button
from screens.language import Language
from screens.screen import Screen
from services import push_rules as wishes
from services.push_rules import RulesSeen
from storage.unit_of_work import UnitOfWork


class RulingMessages(StatesGroup):
    value = State()
    day = State()
    name = State()


def router() -> Router:
    router = Router(name="push_rules")
    taps = router.callback_query
    taps.register(show, OpenPushRules.filter(), flags=READS)
    taps.register(show_part, OpenPushPart.filter(), flags=READS)
    taps.register(ask_rule, AskPushRule.filter())
    taps.register(show_holidays, OpenHolidays.filter(), flags=READS)
    taps.register(ask_holiday, AskHoliday.filter())
    taps.register(ask_drop, AskDropHoliday.filter(), flags=READS)
    taps.register(drop_holiday, DropHoliday.filter())
    texts = router.message
    texts.register(take_value, StateFilter(RulingMessages.value))
    texts.register(take_day, StateFilter(RulingMessages.day))
    texts.register(take_name, StateFilter(RulingMessages.name))
    return router


def _all(seen: RulesSeen, _: Language) -> Screen:
    is_manager = len(seen.parts) == len(PushPart)
    return screens.all_rules(seen.rules, seen.parts, _, is_manager=is_manager)


async def show(_query: CallbackQuery, actor: Actor, uow: UnitOfWork, _: Language) -> Screen:
    return _all(await wishes.open_rules(uow, actor), _)


async def show_part(
    _query: CallbackQuery, callback_data: OpenPushPart, actor: Actor, uow: UnitOfWork, _: Language
) -> Screen:
    seen = await wishes.open_rules(uow, actor)
    if callback_data.part not in seen.parts:
        return _all(seen, _)
    return screens.one_part(seen.rules, callback_data.part, _)


async def ask_rule(
    _query: CallbackQuery,
    callback_data: AskPushRule,
    actor: Actor,
    uow: UnitOfWork,
    state: Question,
    _: Language,
) -> Screen:
    value = await wishes.rule_to_change(uow, actor, callback_data.rule)
    await state.ask(RulingMessages.value, {"rule": callback_data.rule.value})
    return screens.rule_question(callback_data.rule, value, _)


async def take_value(
    message: Message, actor: Actor, uow: UnitOfWork, now: datetime, state: Question, _: Language
) -> Screen:
    rule = PushRule((await state.get_data())["rule"])
    await wishes.rule_to_change(uow, actor, rule)
    value: Hours | int
    if rule in HOURS:
        value = typed_spans(message.text)
    elif rule in AMOUNTS:
        amount = typed_limit(message.text or "", _.money_unit)
        if isinstance(amount, AskBack):
            return Screen(did_you_mean(amount, _), ((home_button(_),),))
        value = amount_of(rule, amount)
    else:
        value = typed_number(rule, message.text)
    seen = await wishes.set_rule(uow, actor, rule, value, now)
    await state.clear()
    return screens.one_part(seen.rules, part_of(rule), _)


async def show_holidays(
    _query: CallbackQuery,
    callback_data: OpenHolidays,
    actor: Actor,
    uow: UnitOfWork,
    now: datetime,
    _: Language,
) -> Screen:
    return screens.holidays(await wishes.list_holidays(uow, actor, now), callback_data.page, _)


async def ask_holiday(
    _query: CallbackQuery, actor: Actor, uow: UnitOfWork, now: datetime, state: Question, _: Language
) -> Screen:
    await wishes.list_holidays(uow, actor, now)
    await state.ask(RulingMessages.day, {})
    return screens.holiday_day_question(_)


async def take_day(message: Message, actor: Actor, now: datetime, state: Question, _: Language) -> Screen:
    typed = typed_day(message.text or "", today_in_tehran(now), Leaning.FUTURE)
    day = wishes.require_coming(actor, typed, now)
    await state.ask(RulingMessages.name, {"day": day.toordinal()})
    return screens.holiday_name_question(day, _)


async def take_name(
    message: Message, actor: Actor, uow: UnitOfWork, now: datetime, state: Question, _: Language
) -> Screen:
    day = date.fromordinal(int((await state.get_data())["day"]))
    promised = await wishes.add_holiday(uow, actor, day, message.text, now)
    await state.clear()
    return screens.holiday_added(day, promised, _)


async def ask_drop(
    _query: CallbackQuery,
    callback_data: AskDropHoliday,
    actor: Actor,
    uow: UnitOfWork,
    now: datetime,
    _: Language,
) -> Screen:
    day = date.fromordinal(callback_data.day)
    return screens.drop_question(day, await wishes.holiday_to_drop(uow, actor, day, now), _)


async def drop_holiday(
    _query: CallbackQuery,
    callback_data: DropHoliday,
    actor: Actor,
    uow: UnitOfWork,
    now: datetime,
    _: Language,
) -> Screen:
    await wishes.drop_holiday(uow, actor, date.fromordinal(callback_data.day), now)
    return screens.holidays(await wishes.list_holidays(uow, actor, now), 1, _)
