"""Searching: what is typed after the question, and a text that may be the name of something."""

from __future__ import annotations

from datetime import datetime

from aiogram import Router
from aiogram.dispatcher.event.bases import SkipHandler
from aiogram.filters import StateFilter
from aiogram.fsm.state import State, StatesGroup
from aiogram.types import CallbackQuery, Message

from domain.actors import Actor
from domain.catalogue import Found
from domain.errors import TooFewLetters
from handlers.asking import Question
from handlers.reading import READS
from screens import catalogue as screens
from screens.callbacks.catalogue import AskSearch, OpenFound, OpenFoundProduct, OpenResults
from screens.language import Language
from screens.product import product_card
from screens.screen import Screen
from services import catalogue as services
from services import offers, searches
from storage.unit_of_work import UnitOfWork


class Asking(StatesGroup):
    search = State()


def router() -> Router:
    router = Router(name="searching")
    taps = router.callback_query
    taps.register(ask_search, AskSearch.filter())
    taps.register(show_found, OpenFound.filter(), flags=READS)
    taps.register(show_found_product, OpenFoundProduct.filter())
    taps.register(show_results, OpenResults.filter(), flags=READS)
    router.message.register(take_search, StateFilter(Asking.search))
    return router


def free_text_router() -> Router:
    """A text that nobody else has taken: perhaps it is the name of something. Stands before the fallback."""
    router = Router(name="free text")
    router.message.register(search_free_text)
    return router


async def ask_search(_query: CallbackQuery, state: Question, _: Language) -> Screen:
    await state.ask(Asking.search)
    return screens.search_question(_)


async def take_search(
    message: Message, actor: Actor, uow: UnitOfWork, now: datetime, state: Question, _: Language
) -> Screen:
    """The question stays open until something is found, so that it can be written in another way."""
    text = message.text or ""
    found = await searches.look_for(uow, actor, text, now)
    if not found.shelf.offers:
        near = await services.nearest(uow, text, actor, now)
        may_wish = actor.customer_id is not None
        return screens.nothing_found(text, near, _, search_id=found.search_id, may_wish=may_wish)
    return await _found(found, actor, uow, now, state, _)


async def search_free_text(
    message: Message, actor: Actor, uow: UnitOfWork, now: datetime, state: Question, _: Language
) -> Screen:
    text = message.text or ""
    if text.startswith("/"):
        raise SkipHandler
    try:
        found = await searches.look_for(uow, actor, text, now)
    except TooFewLetters as no:
        raise SkipHandler from no
    if not found.shelf.offers:
        raise SkipHandler
    return await _found(found, actor, uow, now, state, _)


async def show_found(
    _query: CallbackQuery,
    callback_data: OpenFound,
    actor: Actor,
    uow: UnitOfWork,
    now: datetime,
    _: Language,
) -> Screen:
    tap = callback_data
    return _results(await searches.open_found(uow, actor, tap.search_id, now, tap.page), actor, _)


async def show_results(
    _query: CallbackQuery,
    callback_data: OpenResults,
    actor: Actor,
    uow: UnitOfWork,
    now: datetime,
    _: Language,
) -> Screen:
    """Such buttons do not say which search they mean: it was always the newest one."""
    return _results(await searches.open_last_found(uow, actor, now, callback_data.page), actor, _)


async def show_found_product(
    _query: CallbackQuery,
    callback_data: OpenFoundProduct,
    actor: Actor,
    uow: UnitOfWork,
    now: datetime,
    _: Language,
) -> Screen:
    tap = callback_data
    shelf = await searches.open_found_product(uow, actor, tap.search_id, tap.product_id, now)
    deals = await offers.deals_on(uow, actor, shelf, now)
    return product_card(shelf, actor, _, OpenFound(search_id=tap.search_id, page=tap.page), deals)


async def _found(
    found: Found, actor: Actor, uow: UnitOfWork, now: datetime, state: Question, _: Language
) -> Screen:
    """The one product that it can only be, or the list; no question is open any more."""
    await state.clear()
    if found.shelf.total == 1:
        only = found.shelf.offers[0].product.id
        shelf, deals = await offers.open_offer(uow, actor, only, now)
        return product_card(shelf, actor, _, deals=deals)
    return _results(found, actor, _)


def _results(found: Found, actor: Actor, _: Language) -> Screen:
    if not found.shelf.offers:
        return screens.nothing_found(found.text, (), _)
    return screens.results(found, actor, services.basket_count(actor), _)
