"""Our people look at a customer's credit, found by name or in the book of all (CRD-02)."""

from __future__ import annotations

from datetime import datetime

from aiogram import Router
from aiogram.filters import Filter, StateFilter
from aiogram.fsm.state import State, StatesGroup
from aiogram.types import CallbackQuery, Message

from domain.actors import Actor
from domain.addresses import typed
from domain.calendar import today_in_tehran
from domain.credit_books import Debtor
from domain.intents import intent
from handlers.asking import Question
from handlers.reading import READS
from screens import credit_book as books
from screens import credit_desk as screens
from screens.callbacks.credit import (
    FindDebtor,
    OpenCreditBook,
    OpenCreditCard,
    SendCreditBook,
)
from screens.language import Language
from screens.screen import Screen
from services import limits as wishes
from storage.unit_of_work import UnitOfWork

MOST_NAME = 100


class FindingDebtor(StatesGroup):
    name = State()


class NamesDebtor(Filter):
    """One of our people who may has typed a name that customers have, while no question is open."""

    async def __call__(
        self, message: Message, actor: Actor, uow: UnitOfWork, raw_state: str | None = None
    ) -> bool:
        text = message.text or ""
        if raw_state is not None or not 0 < len(text) <= MOST_NAME or intent(text) is not None:
            return False
        return bool(await wishes.find(uow, actor, text))


def router() -> Router:
    router = Router(name="credit_desk")
    taps = router.callback_query
    taps.register(show_book, OpenCreditBook.filter(), flags=READS)
    taps.register(send_book, SendCreditBook.filter())
    taps.register(show_card, OpenCreditCard.filter(), flags=READS)
    taps.register(ask_name, FindDebtor.filter())
    texts = router.message
    texts.register(take_name, StateFilter(FindingDebtor.name))
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
    actor.require_staff(*wishes.FINDERS)
    await state.ask(FindingDebtor.name)
    return books.name_question(_)


async def take_name(
    message: Message, actor: Actor, uow: UnitOfWork, now: datetime, state: Question, _: Language
) -> Screen:
    actor.require_staff(*wishes.FINDERS)
    found = await wishes.find(uow, actor, typed(message.text, MOST_NAME))
    if found:
        await state.clear()
    return await _found(uow, actor, found, now, _)


async def show_named(message: Message, actor: Actor, uow: UnitOfWork, now: datetime, _: Language) -> Screen:
    return await _found(uow, actor, await wishes.find(uow, actor, message.text or ""), now, _)


async def _found(
    uow: UnitOfWork, actor: Actor, found: tuple[Debtor, ...], now: datetime, _: Language
) -> Screen:
    if len(found) == 1:
        return screens.card(await wishes.open_card(uow, actor, found[0].customer_id, now), _)
    return books.found_debtors(found, _)
