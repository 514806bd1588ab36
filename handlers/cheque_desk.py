"""Finance's desk of cheques: finding them, looking at them, and the questions before a move."""

from __future__ import annotations

from datetime import datetime

from aiogram import Router
from aiogram.filters import StateFilter
from aiogram.fsm.state import State, StatesGroup
from aiogram.types import CallbackQuery, Message

from domain.actors import Actor
from domain.addresses import typed
from domain.instruments import ChequeState
from domain.sayad import SayadState, sayad_id
from handlers.asking import Question
from handlers.reading import READS
from screens import cheque_desk as screens
from screens.callbacks.instruments import (
    AskBounce,
    AskChequeNumber,
    AskColour,
    AskReceive,
    AskSayadReason,
    AskUndo,
    OpenChequeCard,
    OpenChequeDesk,
    OpenChequePhoto,
    OpenDeskPart,
)
from screens.cheque_card import cheque_card
from screens.language import Language
from screens.screen import Screen
from services.instruments import desk as wishes
from services.instruments.undoing import undo
from storage.unit_of_work import UnitOfWork

MOST_REASON = 300


class Handling(StatesGroup):
    number = State()
    undo_reason = State()
    rejection = State()


def router() -> Router:
    router = Router(name="cheque_desk")
    taps = router.callback_query
    taps.register(show_desk, OpenChequeDesk.filter(), flags=READS)
    taps.register(show_part, OpenDeskPart.filter(), flags=READS)
    taps.register(show_card, OpenChequeCard.filter(), flags=READS)
    taps.register(show_photo, OpenChequePhoto.filter(), flags=READS)
    taps.register(ask_receive, AskReceive.filter(), flags=READS)
    taps.register(ask_bounce, AskBounce.filter(), flags=READS)
    taps.register(ask_colour, AskColour.filter(), flags=READS)
    taps.register(ask_sayad_reason, AskSayadReason.filter())
    taps.register(ask_undo, AskUndo.filter())
    taps.register(ask_number, AskChequeNumber.filter())
    router.message.register(take_number, StateFilter(Handling.number))
    router.message.register(take_undo_reason, StateFilter(Handling.undo_reason))
    router.message.register(take_rejection, StateFilter(Handling.rejection))
    return router


async def card_of(uow: UnitOfWork, actor: Actor, cheque_id: int, now: datetime, _: Language) -> Screen:
    return cheque_card(await wishes.open_card(uow, actor, cheque_id, now), _)


async def show_desk(
    _query: CallbackQuery, actor: Actor, uow: UnitOfWork, now: datetime, _: Language
) -> Screen:
    return screens.desk(await wishes.open_desk(uow, actor, now), _)


async def show_part(
    _query: CallbackQuery,
    callback_data: OpenDeskPart,
    actor: Actor,
    uow: UnitOfWork,
    now: datetime,
    _: Language,
) -> Screen:
    page = await wishes.list_part(uow, actor, callback_data.part, callback_data.page, now)
    return screens.part(page, _)


async def show_card(
    _query: CallbackQuery,
    callback_data: OpenChequeCard,
    actor: Actor,
    uow: UnitOfWork,
    now: datetime,
    _: Language,
) -> Screen:
    return await card_of(uow, actor, callback_data.cheque_id, now, _)


async def show_photo(
    _query: CallbackQuery, callback_data: OpenChequePhoto, actor: Actor, uow: UnitOfWork, _: Language
) -> Screen:
    photo_id = await wishes.open_photo(uow, actor, callback_data.cheque_id)
    return screens.photo(callback_data.cheque_id, photo_id, _)


async def ask_receive(
    _query: CallbackQuery, callback_data: AskReceive, actor: Actor, uow: UnitOfWork, _: Language
) -> Screen:
    cheque, invoices = await wishes.open_taking(uow, actor, callback_data.cheque_id)
    return screens.taking_question(cheque, invoices, _)


async def ask_bounce(
    _query: CallbackQuery, callback_data: AskBounce, actor: Actor, uow: UnitOfWork, _: Language
) -> Screen:
    cheque = await wishes.require_moving(uow, actor, callback_data.cheque_id, ChequeState.BOUNCED)
    return screens.bounce_question(cheque, _)


async def ask_colour(
    _query: CallbackQuery, callback_data: AskColour, actor: Actor, uow: UnitOfWork, _: Language
) -> Screen:
    cheque, _invoices = await wishes.open_taking(uow, actor, callback_data.cheque_id)
    return screens.colour_question(cheque, _)


async def ask_sayad_reason(
    _query: CallbackQuery,
    callback_data: AskSayadReason,
    actor: Actor,
    uow: UnitOfWork,
    state: Question,
    _: Language,
) -> Screen:
    cheque = await wishes.require_moving(uow, actor, callback_data.cheque_id)
    await state.ask(Handling.rejection, callback_data.model_dump())
    return screens.rejection_question(cheque, _)


async def take_rejection(
    message: Message, actor: Actor, uow: UnitOfWork, now: datetime, state: Question, _: Language
) -> Screen:
    asked = AskSayadReason(**await state.get_data())
    reason = typed(message.text, MOST_REASON)
    rejected = SayadState.REJECTED
    await wishes.record_sayad(uow, actor, asked.cheque_id, rejected, asked.version, now, reason)
    await state.clear()
    return await card_of(uow, actor, asked.cheque_id, now, _)


async def ask_undo(
    _query: CallbackQuery,
    callback_data: AskUndo,
    actor: Actor,
    uow: UnitOfWork,
    state: Question,
    _: Language,
) -> Screen:
    cheque = await wishes.require_moving(uow, actor, callback_data.cheque_id)
    await state.ask(Handling.undo_reason, callback_data.model_dump())
    return screens.undo_question(cheque, _)


async def take_undo_reason(
    message: Message, actor: Actor, uow: UnitOfWork, now: datetime, state: Question, _: Language
) -> Screen:
    asked = AskUndo(**await state.get_data())
    reason = typed(message.text, MOST_REASON)
    await undo(uow, actor, asked.cheque_id, asked.version, reason, now)
    await state.clear()
    return await card_of(uow, actor, asked.cheque_id, now, _)


async def ask_number(
    _query: CallbackQuery, actor: Actor, uow: UnitOfWork, state: Question, now: datetime, _: Language
) -> Screen:
    await wishes.open_desk(uow, actor, now)
    await state.ask(Handling.number)
    return screens.number_question(_)


async def take_number(
    message: Message, actor: Actor, uow: UnitOfWork, now: datetime, state: Question, _: Language
) -> Screen:
    cheque_id = await wishes.find_cheque(uow, actor, sayad_id(message.text or ""))
    await state.clear()
    return await card_of(uow, actor, cheque_id, now, _)
