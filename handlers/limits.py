"""Finance sets limits, stops credit and lets it go on, each with its reason (CRD-01)."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any

from aiogram import Router
from aiogram.filters import StateFilter
from aiogram.fsm.state import State, StatesGroup
from aiogram.types import CallbackQuery, Message

from domain.actors import Actor
from domain.addresses import typed
from domain.amounts import AskBack, amount_and_day, typed_limit
from domain.calendar import TEHRAN, today_in_tehran
from domain.errors import NotFound
from domain.money import Money
from handlers.asking import Question
from screens import credit_desk as screens
from screens.callbacks.credit import AskLimit, AskRelease, AskStop, DropLimit, LimitPart, TakeMeantLimit
from screens.language import Language
from screens.screen import Screen
from services import limits as wishes
from storage.unit_of_work import UnitOfWork


class Limiting(StatesGroup):
    amount = State()
    reason = State()
    stop = State()
    release = State()


def router() -> Router:
    router = Router(name="limits")
    taps, texts = router.callback_query, router.message
    taps.register(ask_limit, AskLimit.filter())
    taps.register(take_meant, TakeMeantLimit.filter())
    taps.register(drop_limit, DropLimit.filter())
    taps.register(ask_stop, AskStop.filter())
    taps.register(ask_release, AskRelease.filter())
    texts.register(take_amount, StateFilter(Limiting.amount))
    texts.register(take_reason, StateFilter(Limiting.reason))
    texts.register(take_stop, StateFilter(Limiting.stop))
    texts.register(take_release, StateFilter(Limiting.release))
    return router


async def ask_limit(
    _query: CallbackQuery,
    callback_data: AskLimit,
    actor: Actor,
    uow: UnitOfWork,
    state: Question,
    _: Language,
) -> Screen:
    debtor = await wishes.require_finance(uow, actor, callback_data.customer_id)
    await state.ask(Limiting.amount, callback_data.model_dump(mode="json"))
    return screens.limit_question(debtor, callback_data.part, _)


async def take_amount(
    message: Message, actor: Actor, uow: UnitOfWork, now: datetime, state: Question, _: Language
) -> Screen:
    data = await state.get_data()
    asked = AskLimit(customer_id=data["customer_id"], part=data["part"])
    amount, until = _understood(message.text or "", asked.part, today_in_tehran(now), _)
    debtor = await wishes.require_finance(uow, actor, asked.customer_id)
    kept = {**asked.model_dump(mode="json"), "until": until.isoformat() if until else None}
    if isinstance(amount, AskBack):
        await state.ask(Limiting.amount, {**kept, "rials": amount.meant.rials})
        return screens.meant_limit(amount, debtor, _)
    await state.ask(Limiting.reason, {**kept, "rials": amount.rials})
    return screens.reason_question(debtor, amount, until, _)


def _understood(text: str, part: LimitPart, today: date, _: Language) -> tuple[Money | AskBack, date | None]:
    if part is LimitPart.TEMPORARY:
        both = amount_and_day(text, today, _.money_unit)
        return both.amount, both.day
    return typed_limit(text, _.money_unit), None


async def take_meant(
    _query: CallbackQuery, actor: Actor, uow: UnitOfWork, state: Question, _: Language
) -> Screen:
    data = await state.get_data()
    if await state.get_state() != Limiting.amount.state or "rials" not in data:
        raise NotFound
    debtor = await wishes.require_finance(uow, actor, data["customer_id"])
    await state.ask(Limiting.reason, data)
    return screens.reason_question(debtor, Money(data["rials"]), _day(data), _)


async def take_reason(
    message: Message, actor: Actor, uow: UnitOfWork, now: datetime, state: Question, _: Language
) -> Screen:
    data = await state.get_data()
    day = _day(data)
    card = await wishes.set_limit(
        uow,
        actor,
        data["customer_id"],
        Money(data["rials"]),
        typed(message.text, wishes.MOST_REASON),
        now,
        is_open=data["part"] == LimitPart.OPEN.value,
        until=datetime.combine(day + timedelta(days=1), time(), TEHRAN) if day else None,
    )
    await state.clear()
    return screens.card(card, _)


def _day(data: dict[str, Any]) -> date | None:
    return date.fromisoformat(data["until"]) if data.get("until") else None


async def drop_limit(
    _query: CallbackQuery,
    callback_data: DropLimit,
    actor: Actor,
    uow: UnitOfWork,
    now: datetime,
    _: Language,
) -> Screen:
    return screens.card(await wishes.drop_limit(uow, actor, callback_data.customer_id, now), _)


async def ask_stop(
    _query: CallbackQuery,
    callback_data: AskStop,
    actor: Actor,
    uow: UnitOfWork,
    state: Question,
    _: Language,
) -> Screen:
    debtor = await wishes.require_finance(uow, actor, callback_data.customer_id)
    await state.ask(Limiting.stop, callback_data.model_dump())
    return screens.stop_question(debtor, _)


async def take_stop(
    message: Message, actor: Actor, uow: UnitOfWork, now: datetime, state: Question, _: Language
) -> Screen:
    asked = AskStop(**await state.get_data())
    reason = typed(message.text, wishes.MOST_REASON)
    card = await wishes.stop(uow, actor, asked.customer_id, reason, now)
    await state.clear()
    return screens.card(card, _)


async def ask_release(
    _query: CallbackQuery,
    callback_data: AskRelease,
    actor: Actor,
    uow: UnitOfWork,
    state: Question,
    _: Language,
) -> Screen:
    hold = await wishes.begin_release(uow, actor, callback_data.hold_id)
    debtor = await wishes.require_finance(uow, actor, hold.customer_id)
    await state.ask(Limiting.release, callback_data.model_dump())
    return screens.release_question(hold, debtor, _)


async def take_release(
    message: Message, actor: Actor, uow: UnitOfWork, now: datetime, state: Question, _: Language
) -> Screen:
    asked = AskRelease(**await state.get_data())
    reason = typed(message.text, wishes.MOST_REASON)
    card = await wishes.release(uow, actor, asked.hold_id, reason, now)
    await state.clear()
    return screens.card(card, _)
