"""Finance's side of credit: customers by name or from the book, limits, stops and their release."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any

from aiogram import Router
from aiogram.filters import Filter, StateFilter
from aiogram.fsm.state import State, StatesGroup
from aiogram.types import CallbackQuery, Message

from domain.actors import Actor
from domain.addresses import typed
from domain.amounts import AskBack, amount_and_day, typed_amount
from domain.calendar import TEHRAN, today_in_tehran
from domain.credit_books import Debtor
from domain.errors import NotFound
from domain.intents import intent
from domain.money import ZERO, Money
from domain.numerals import plainly
from handlers.asking import Question
from handlers.reading import READS
from screens import credit_book as books
from screens import credit_desk as screens
from screens.callbacks.credit import (
    AskLimit,
    AskRelease,
    AskStop,
    DropLimit,
    FindDebtor,
    LimitPart,
    OpenCreditBook,
    OpenCreditCard,
    SendCreditBook,
    TakeMeantLimit,
)
from screens.language import Language
from screens.screen import Screen
from services import limits as wishes
from storage.unit_of_work import UnitOfWork

MOST_NAME = 100


class Limiting(StatesGroup):
    amount = State()
    reason = State()
    stop = State()
    release = State()
    name = State()


class NamesDebtor(Filter):
    """Finance or a manager has typed a name that customers have, while no question is open."""

    async def __call__(
        self, message: Message, actor: Actor, uow: UnitOfWork, raw_state: str | None = None
    ) -> bool | dict[str, Any]:
        text = message.text or ""
        if raw_state is not None or not 0 < len(text) <= MOST_NAME or intent(text) is not None:
            return False
        found = await wishes.find(uow, actor, text)
        return {"debtors": found} if found else False


def router() -> Router:
    router = Router(name="credit_desk")
    taps = router.callback_query
    taps.register(show_book, OpenCreditBook.filter(), flags=READS)
    taps.register(send_book, SendCreditBook.filter())
    taps.register(show_card, OpenCreditCard.filter(), flags=READS)
    taps.register(ask_name, FindDebtor.filter())
    taps.register(ask_limit, AskLimit.filter())
    taps.register(take_meant, TakeMeantLimit.filter())
    taps.register(drop_limit, DropLimit.filter())
    taps.register(ask_stop, AskStop.filter())
    taps.register(ask_release, AskRelease.filter())
    texts = router.message
    texts.register(take_name, StateFilter(Limiting.name))
    texts.register(take_amount, StateFilter(Limiting.amount))
    texts.register(take_reason, StateFilter(Limiting.reason))
    texts.register(take_stop, StateFilter(Limiting.stop))
    texts.register(take_release, StateFilter(Limiting.release))
    texts.register(show_named, NamesDebtor())
    return router


async def show_book(
    _query: CallbackQuery,
    callback_data: OpenCreditBook,
    actor: Actor,
    uow: UnitOfWork,
    now: datetime,
    _: Language,
) -> Screen:
    order, page = callback_data.order, max(callback_data.page, 1)
    found, has_more = await wishes.list_book(uow, actor, order, page, now)
    return books.book(found, order, page, has_more, today_in_tehran(now), _)


async def send_book(
    _query: CallbackQuery,
    callback_data: SendCreditBook,
    actor: Actor,
    uow: UnitOfWork,
    now: datetime,
    company: str,
    _: Language,
) -> Screen:
    found = await wishes.whole_book(uow, actor, callback_data.order, now)
    return books.book_file(found, callback_data.order, company, today_in_tehran(now), _)


async def show_card(
    _query: CallbackQuery,
    callback_data: OpenCreditCard,
    actor: Actor,
    uow: UnitOfWork,
    now: datetime,
    _: Language,
) -> Screen:
    return screens.card(await wishes.open_card(uow, actor, callback_data.customer_id, now), _)


async def ask_name(_query: CallbackQuery, actor: Actor, state: Question, _: Language) -> Screen:
    actor.require_staff(*wishes.READERS)
    await state.ask(Limiting.name)
    return books.name_question(_)


async def take_name(
    message: Message, actor: Actor, uow: UnitOfWork, now: datetime, state: Question, _: Language
) -> Screen:
    actor.require_staff(*wishes.READERS)
    found = await wishes.find(uow, actor, typed(message.text, MOST_NAME))
    if found:
        await state.clear()
    return await _found(uow, actor, found, now, _)


async def show_named(
    _message: Message,
    debtors: tuple[Debtor, ...],
    actor: Actor,
    uow: UnitOfWork,
    now: datetime,
    _: Language,
) -> Screen:
    return await _found(uow, actor, debtors, now, _)


async def _found(
    uow: UnitOfWork, actor: Actor, found: tuple[Debtor, ...], now: datetime, _: Language
) -> Screen:
    if len(found) == 1:
        return screens.card(await wishes.open_card(uow, actor, found[0].customer_id, now), _)
    return books.found_debtors(found, _)


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
    if plainly(text).strip() in {"0", "صفر", "نقدی"}:
        return ZERO, None
    return typed_amount(text, _.money_unit), None


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
