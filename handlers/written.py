"""An order that somebody writes, and what is asked about it until it is a draft (S2)."""

from __future__ import annotations

from datetime import date, datetime

from aiogram import Router
from aiogram.dispatcher.event.bases import SkipHandler
from aiogram.filters import StateFilter
from aiogram.types import CallbackQuery, Message

from domain.actors import Actor
from domain.written_drafts import Drafted
from handlers import searching
from handlers.asking import Question
from screens import basket as basket_screens
from screens import written as screens
from screens.callbacks.written import (
    AnswerLine,
    AnswerMany,
    OpenPending,
    PickDay,
    PickProduct,
    PickTerm,
    TurnDraft,
)
from screens.language import Language
from screens.screen import Screen
from services import basket, catalogue, written_answers, written_drafts, written_next
from storage.unit_of_work import UnitOfWork


def router() -> Router:
    """Stands before the search: what is asked there may be answered with a whole order."""
    router = Router(name="written")
    taps = router.callback_query
    taps.register(answer, AnswerLine.filter())
    taps.register(pick, PickProduct.filter())
    taps.register(answer_many, AnswerMany.filter())
    taps.register(pick_term, PickTerm.filter())
    taps.register(pick_day, PickDay.filter())
    taps.register(show_pending, OpenPending.filter())
    taps.register(turn_draft, TurnDraft.filter())
    router.message.register(take_instead_of_search, StateFilter(searching.Asking.search))
    return router


def free_text_router() -> Router:
    """A text that nobody else has taken: perhaps it is an order. Stands before the search."""
    router = Router(name="written free text")
    router.message.register(take_order)
    return router


async def take_order(message: Message, actor: Actor, uow: UnitOfWork, now: datetime, _: Language) -> Screen:
    text = message.text or ""
    if catalogue.basket_count(actor) is None or not text or text.startswith("/"):
        raise SkipHandler
    found = await written_drafts.begin(uow, actor, text, now)
    if found is None:
        raise SkipHandler
    return screens.shown(found, _)


async def take_instead_of_search(
    message: Message, actor: Actor, uow: UnitOfWork, now: datetime, state: Question, _: Language
) -> Screen:
    shown = await take_order(message, actor, uow, now, _)
    await state.clear()
    return shown


async def answer(
    _query: CallbackQuery,
    callback_data: AnswerLine,
    actor: Actor,
    uow: UnitOfWork,
    now: datetime,
    _: Language,
) -> Screen:
    tap = callback_data
    done = await written_answers.answer(uow, actor, tap.order_id, tap.key, tap.said, now)
    return screens.shown(done, _)


async def pick(
    _query: CallbackQuery,
    callback_data: PickProduct,
    actor: Actor,
    uow: UnitOfWork,
    now: datetime,
    _: Language,
) -> Screen:
    tap = callback_data
    done = await written_answers.pick(uow, actor, tap.order_id, tap.key, tap.product_id, now)
    return screens.shown(done, _)


async def answer_many(
    _query: CallbackQuery,
    callback_data: AnswerMany,
    actor: Actor,
    uow: UnitOfWork,
    now: datetime,
    _: Language,
) -> Screen:
    tap = callback_data
    done = await written_answers.answer_many(uow, actor, tap.order_id, tap.key, tap.quantity, now)
    return screens.shown(done, _)


async def pick_term(
    _query: CallbackQuery,
    callback_data: PickTerm,
    actor: Actor,
    uow: UnitOfWork,
    now: datetime,
    _: Language,
) -> Screen:
    done = await written_answers.pick_term(uow, actor, callback_data.order_id, callback_data.term_id, now)
    return screens.shown(done, _)


async def pick_day(
    _query: CallbackQuery,
    callback_data: PickDay,
    actor: Actor,
    uow: UnitOfWork,
    now: datetime,
    _: Language,
) -> Screen:
    day = date.fromordinal(callback_data.day)
    done = await written_answers.pick_day(uow, actor, callback_data.order_id, day, now)
    return screens.shown(done, _)


async def show_pending(
    _query: CallbackQuery, actor: Actor, uow: UnitOfWork, now: datetime, _: Language
) -> Screen:
    """What is still asked; the basket, when nothing is."""
    found = await written_drafts.pending(uow, actor, now)
    if found is None:
        return basket_screens.basket(await basket.read_basket(uow, actor, now), _)
    return screens.pending(found, _)


async def turn_draft(
    _query: CallbackQuery,
    callback_data: TurnDraft,
    actor: Actor,
    uow: UnitOfWork,
    now: datetime,
    _: Language,
) -> Screen:
    found = await written_next.look_again(uow, actor, callback_data.order_id, now)
    if isinstance(found, Drafted):
        return screens.drafted(found, _, callback_data.page)
    return screens.pending(found, _)
