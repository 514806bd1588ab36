"""A customer's own cheques: seeing them, announcing one step by step, answering a reminder (S3.4 to S3.7)."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from aiogram import Router
from aiogram.filters import StateFilter
from aiogram.fsm.state import State, StatesGroup
from aiogram.types import CallbackQuery, Message

from domain.actors import Actor
from domain.amounts import AskBack, amount_and_day
from domain.calendar import today_in_tehran
from domain.money import Money
from domain.sayad import sayad_id
from handlers.asking import Question, SentFile
from handlers.filters import Answers
from handlers.reading import READS
from screens import instruments as screens
from screens.callbacks.instruments import (
    AmendCheque,
    AnnounceCheque,
    AnswerReminder,
    ConfirmCheque,
    OpenCheque,
    OpenCheques,
    ReadyAnswer,
    SwitchChequeReminders,
    TakeMeantAmount,
)
from screens.home import old_button
from screens.language import Language
from screens.screen import Screen, Toast
from services.instruments import own as wishes
from storage.unit_of_work import UnitOfWork


class Announcing(StatesGroup):
    photo = State()
    number = State()
    amount = State()
    meant = State()
    confirming = State()


def router() -> Router:
    router = Router(name="instruments")
    taps = router.callback_query
    taps.register(show_cheques, OpenCheques.filter(), flags=READS)
    taps.register(show_cheque, OpenCheque.filter(), flags=READS)
    taps.register(switch_reminders, SwitchChequeReminders.filter())
    taps.register(ask_photo, AnnounceCheque.filter())
    taps.register(take_meant, TakeMeantAmount.filter())
    taps.register(amend, AmendCheque.filter())
    taps.register(confirm, ConfirmCheque.filter())
    taps.register(answer_reminder, AnswerReminder.filter())
    router.message.register(take_photo, StateFilter(Announcing.photo), Answers())
    router.message.register(take_number, StateFilter(Announcing.number), Answers())
    router.message.register(
        take_amount,
        StateFilter(Announcing.amount, Announcing.meant, Announcing.confirming),
        Answers(),
    )
    return router


async def show_cheques(
    _query: CallbackQuery, actor: Actor, uow: UnitOfWork, now: datetime, _: Language
) -> Screen:
    return screens.cheque_list(await wishes.list_own(uow, actor, now), _)


async def show_cheque(
    _query: CallbackQuery, callback_data: OpenCheque, actor: Actor, uow: UnitOfWork, _: Language
) -> Screen:
    return screens.cheque(await wishes.view_own(uow, actor, callback_data.cheque_id), _)


async def switch_reminders(
    _query: CallbackQuery,
    callback_data: SwitchChequeReminders,
    actor: Actor,
    uow: UnitOfWork,
    now: datetime,
    _: Language,
) -> Screen:
    shown = await wishes.switch_reminders(uow, actor, now, is_on=callback_data.on != 0)
    return screens.cheque_list(shown, _)


async def ask_photo(_query: CallbackQuery, actor: Actor, state: Question, _: Language) -> Screen:
    wishes.require_reader(actor)
    await state.ask(Announcing.photo)
    return screens.photo_question(_)


async def take_photo(
    _message: Message,
    actor: Actor,
    uow: UnitOfWork,
    now: datetime,
    state: Question,
    file: SentFile | None,
    _: Language,
) -> Screen:
    """Anything but a picture gets the same question again."""
    wishes.require_reader(actor)
    if file is None or not file.mime_type.startswith("image/"):
        return screens.photo_question(_)
    photo_id = await uow.files.put(file.name, file.mime_type, file.content, now)
    await state.ask(Announcing.number, {"photo_id": photo_id})
    return screens.sayad_question(_)


async def take_number(
    message: Message, actor: Actor, uow: UnitOfWork, state: Question, _: Language
) -> Screen:
    number = sayad_id(message.text or "")
    await wishes.require_free(uow, actor, number)
    await state.ask(Announcing.amount, {**await state.get_data(), "sayad_id": number})
    return screens.amount_question(_)


async def take_amount(message: Message, actor: Actor, now: datetime, state: Question, _: Language) -> Screen:
    """Amount and day in one text; another text while it waits for a yes is another amount and day."""
    wishes.require_reader(actor)
    typed = amount_and_day(message.text or "", today_in_tehran(now), _.money_unit)
    wishes.require_ahead(typed.day, now)
    data = {**await state.get_data(), "due_on": typed.day.isoformat()}
    if isinstance(typed.amount, AskBack):
        await state.ask(Announcing.meant, {**data, "rials": typed.amount.meant.rials})
        return screens.meant_question(typed.amount, _)
    return await _to_confirm(state, {**data, "rials": typed.amount.rials}, _)


async def take_meant(_query: CallbackQuery, state: Question, _: Language) -> Screen:
    if await state.get_state() != Announcing.meant.state:
        return old_button(_)
    return await _to_confirm(state, await state.get_data(), _)


async def _to_confirm(state: Question, data: dict[str, Any], _: Language) -> Screen:
    await state.ask(Announcing.confirming, data)
    return screens.confirm_question(Money(data["rials"]), date.fromisoformat(data["due_on"]), _)


async def amend(_query: CallbackQuery, state: Question, _: Language) -> Screen:
    """What was understood is wrong: amount and day are asked once more."""
    if await state.get_state() not in (Announcing.meant.state, Announcing.confirming.state):
        return old_button(_)
    await state.ask(Announcing.amount, await state.get_data())
    return screens.amount_question(_)


async def confirm(
    _query: CallbackQuery,
    actor: Actor,
    uow: UnitOfWork,
    now: datetime,
    state: Question,
    company: str,
    _: Language,
) -> Screen:
    """Yes: what counts is what was typed, and it counts once."""
    if await state.get_state() != Announcing.confirming.state:
        return old_button(_)
    data = await state.get_data()
    await wishes.announce(
        uow,
        actor,
        sayad_id=data["sayad_id"],
        amount=Money(data["rials"]),
        due_on=date.fromisoformat(data["due_on"]),
        photo_id=data["photo_id"],
        now=now,
    )
    await state.clear()
    return screens.cheque_announced(company, _)


async def answer_reminder(
    _query: CallbackQuery,
    callback_data: AnswerReminder,
    actor: Actor,
    uow: UnitOfWork,
    now: datetime,
    _: Language,
) -> Toast:
    is_ready = callback_data.answer is ReadyAnswer.READY
    await wishes.answer_reminder(uow, actor, callback_data.cheque_id, now, is_ready=is_ready)
    return screens.reminder_answered(callback_data.answer, _)
