"""The payment terms of a customer: finance adds and removes them, managers look at them (CUS-05)."""

from __future__ import annotations

from datetime import datetime

from aiogram import Router
from aiogram.filters import StateFilter
from aiogram.fsm.state import State, StatesGroup
from aiogram.types import CallbackQuery, Message

from domain.actors import Actor
from domain.staff import Role
from domain.terms import CustomerTerms, made
from domain.terms_said import said
from handlers.asking import Question
from handlers.reading import READS
from screens import terms as screens
from screens.callbacks.terms import AddTerm, AskTerm, DropOwnTerms, OpenTerms, RemoveTerm
from screens.language import Language
from screens.screen import Screen
from services import terms as wishes
from storage.unit_of_work import UnitOfWork


class Asking(StatesGroup):
    term = State()


def router() -> Router:
    router = Router(name="terms")
    taps = router.callback_query
    taps.register(show, OpenTerms.filter(), flags=READS)
    taps.register(ask, AskTerm.filter())
    taps.register(add, AddTerm.filter())
    taps.register(remove, RemoveTerm.filter())
    taps.register(drop_own, DropOwnTerms.filter())
    router.message.register(take, StateFilter(Asking.term))
    return router


def _shown(found: CustomerTerms, actor: Actor, _: Language) -> Screen:
    return screens.terms(found, actor.require_staff().role is Role.FINANCE, _)


async def show(
    _query: CallbackQuery, callback_data: OpenTerms, actor: Actor, uow: UnitOfWork, _: Language
) -> Screen:
    return _shown(await wishes.terms_of(uow, actor, callback_data.customer_id), actor, _)


async def ask(
    _query: CallbackQuery,
    callback_data: AskTerm,
    actor: Actor,
    uow: UnitOfWork,
    state: Question,
    _: Language,
) -> Screen:
    found = await wishes.open_for_change(uow, actor, callback_data.customer_id)
    await state.ask(Asking.term, callback_data.model_dump())
    return screens.term_question(found, _)


async def take(
    message: Message, actor: Actor, uow: UnitOfWork, now: datetime, state: Question, _: Language
) -> Screen:
    asked = AskTerm(**await state.get_data())
    found = await wishes.add_term(uow, actor, asked.customer_id, said(message.text or ""), now)
    await state.clear()
    return _shown(found, actor, _)


async def add(
    _query: CallbackQuery,
    callback_data: AddTerm,
    actor: Actor,
    uow: UnitOfWork,
    now: datetime,
    _: Language,
) -> Screen:
    term = made(callback_data.kind, callback_data.days)
    return _shown(await wishes.add_term(uow, actor, callback_data.customer_id, term, now), actor, _)


async def remove(
    _query: CallbackQuery,
    callback_data: RemoveTerm,
    actor: Actor,
    uow: UnitOfWork,
    now: datetime,
    _: Language,
) -> Screen:
    tap = callback_data
    return _shown(await wishes.remove_term(uow, actor, tap.customer_id, tap.term_id, now), actor, _)


async def drop_own(
    _query: CallbackQuery,
    callback_data: DropOwnTerms,
    actor: Actor,
    uow: UnitOfWork,
    now: datetime,
    _: Language,
) -> Screen:
    return _shown(await wishes.drop_own_terms(uow, actor, callback_data.customer_id, now), actor, _)
