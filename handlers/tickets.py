"""The desk of tickets: looking, calling, handing over, noting, solving."""

from __future__ import annotations

from datetime import datetime

from aiogram import Router
from aiogram.filters import StateFilter
from aiogram.fsm.state import State, StatesGroup
from aiogram.types import CallbackQuery, Message

from domain.actors import Actor
from domain.addresses import typed
from handlers.asking import Question
from handlers.reading import READS
from screens import tickets as screens
from screens.callbacks.tickets import (
    AskOwner,
    AssignTicket,
    CallCustomer,
    NoteTicket,
    OpenTicket,
    OpenTicketHistory,
    OpenTicketOrder,
    OpenTicketPhoto,
    OpenTickets,
    SolveTicket,
)
from screens.language import Language
from screens.screen import Screen
from services import ticket_desk as desk
from storage.unit_of_work import UnitOfWork

MOST_WORDS = 500


class Settling(StatesGroup):
    note = State()
    outcome = State()


def router() -> Router:
    router = Router(name="tickets")
    taps = router.callback_query
    taps.register(show_tickets, OpenTickets.filter(), flags=READS)
    taps.register(show_ticket, OpenTicket.filter(), flags=READS)
    taps.register(show_phone, CallCustomer.filter(), flags=READS)
    taps.register(show_people, AskOwner.filter(), flags=READS)
    taps.register(assign, AssignTicket.filter())
    taps.register(show_order, OpenTicketOrder.filter(), flags=READS)
    taps.register(show_history, OpenTicketHistory.filter(), flags=READS)
    taps.register(show_photo, OpenTicketPhoto.filter(), flags=READS)
    taps.register(ask_note, NoteTicket.filter())
    taps.register(ask_outcome, SolveTicket.filter())
    router.message.register(take_note, StateFilter(Settling.note))
    router.message.register(take_outcome, StateFilter(Settling.outcome))
    return router


async def show_tickets(
    _query: CallbackQuery,
    callback_data: OpenTickets,
    actor: Actor,
    uow: UnitOfWork,
    now: datetime,
    _: Language,
) -> Screen:
    page = max(callback_data.page, 1)
    found, has_more = await desk.list_tickets(uow, actor, page)
    return screens.tickets(found, page, now, _, has_more=has_more)


async def show_ticket(
    _query: CallbackQuery,
    callback_data: OpenTicket,
    actor: Actor,
    uow: UnitOfWork,
    now: datetime,
    _: Language,
) -> Screen:
    return screens.ticket(await desk.read_ticket(uow, actor, callback_data.ticket_id), now, _)


async def show_phone(
    _query: CallbackQuery, callback_data: CallCustomer, actor: Actor, uow: UnitOfWork, _: Language
) -> Screen:
    return screens.whom_to_call(await desk.read_ticket(uow, actor, callback_data.ticket_id), _)


async def show_people(
    _query: CallbackQuery, callback_data: AskOwner, actor: Actor, uow: UnitOfWork, _: Language
) -> Screen:
    page = max(callback_data.page, 1)
    ticket, people, has_more = await desk.list_people(uow, actor, callback_data.ticket_id, page)
    return screens.owner_question(ticket, people, page, _, has_more=has_more)


async def assign(
    _query: CallbackQuery,
    callback_data: AssignTicket,
    actor: Actor,
    uow: UnitOfWork,
    now: datetime,
    _: Language,
) -> Screen:
    ticket = await desk.assign(uow, actor, callback_data.ticket_id, callback_data.staff_id, now)
    return screens.ticket(ticket, now, _)


async def show_order(
    _query: CallbackQuery,
    callback_data: OpenTicketOrder,
    actor: Actor,
    uow: UnitOfWork,
    now: datetime,
    _: Language,
) -> Screen:
    of = await desk.order_of(uow, actor, callback_data.ticket_id, now)
    return screens.order(callback_data.ticket_id, of, _)


async def show_history(
    _query: CallbackQuery, callback_data: OpenTicketHistory, actor: Actor, uow: UnitOfWork, _: Language
) -> Screen:
    return screens.history(await desk.history_of(uow, actor, callback_data.ticket_id), _)


async def show_photo(
    _query: CallbackQuery, callback_data: OpenTicketPhoto, actor: Actor, uow: UnitOfWork, _: Language
) -> Screen:
    return screens.photo(await desk.photo_of(uow, actor, callback_data.ticket_id), _)


async def ask_note(
    _query: CallbackQuery,
    callback_data: NoteTicket,
    actor: Actor,
    uow: UnitOfWork,
    state: Question,
    _: Language,
) -> Screen:
    ticket = await desk.read_ticket(uow, actor, callback_data.ticket_id)
    await state.ask(Settling.note, callback_data.model_dump())
    return screens.note_question(ticket, _)


async def take_note(
    message: Message, actor: Actor, uow: UnitOfWork, now: datetime, state: Question, _: Language
) -> Screen:
    asked = NoteTicket(**await state.get_data())
    words = typed(message.text, MOST_WORDS)
    await desk.add_note(uow, actor, asked.ticket_id, words, now)
    await state.clear()
    return screens.history(await desk.history_of(uow, actor, asked.ticket_id), _)


async def ask_outcome(
    _query: CallbackQuery,
    callback_data: SolveTicket,
    actor: Actor,
    uow: UnitOfWork,
    state: Question,
    _: Language,
) -> Screen:
    ticket = await desk.require_unsolved(uow, actor, callback_data.ticket_id)
    await state.ask(Settling.outcome, callback_data.model_dump())
    return screens.outcome_question(ticket, _)


async def take_outcome(
    message: Message, actor: Actor, uow: UnitOfWork, now: datetime, state: Question, _: Language
) -> Screen:
    asked = SolveTicket(**await state.get_data())
    ticket = await desk.solve(uow, actor, asked.ticket_id, typed(message.text, MOST_WORDS), now)
    await state.clear()
    return screens.solved(ticket, _)
