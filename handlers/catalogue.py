"""Browsing, searching, and asking to be told when something is in stock again."""

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
from screens.callbacks.catalogue import (
    AlertMe,
    AskSearch,
    OpenBrand,
    OpenBrands,
    OpenCatalogue,
    OpenCategories,
    OpenCategory,
    OpenFound,
    OpenFoundProduct,
    OpenProduct,
    OpenResults,
    OpenSimilar,
    OpenUsuals,
)
from screens.language import Language
from screens.product import alert_kept, product_card
from screens.screen import Screen, Toast
from services import catalogue as services
from services import offers, searches
from services.alerts import ask_alert
from storage.unit_of_work import UnitOfWork


class Asking(StatesGroup):
    search = State()


def router() -> Router:
    router = Router(name="catalogue")
    taps = router.callback_query
    taps.register(show_catalogue, OpenCatalogue.filter(), flags=READS)
    taps.register(show_categories, OpenCategories.filter(), flags=READS)
    taps.register(show_category, OpenCategory.filter(), flags=READS)
    taps.register(show_brands, OpenBrands.filter(), flags=READS)
    taps.register(show_brand, OpenBrand.filter(), flags=READS)
    taps.register(show_usuals, OpenUsuals.filter(), flags=READS)
    taps.register(show_product, OpenProduct.filter(), flags=READS)
    taps.register(show_similar, OpenSimilar.filter(), flags=READS)
    taps.register(ask_search, AskSearch.filter())
    taps.register(show_found, OpenFound.filter(), flags=READS)
    taps.register(show_found_product, OpenFoundProduct.filter(), flags=READS)
    taps.register(show_results, OpenResults.filter(), flags=READS)
    taps.register(alert_me, AlertMe.filter())
    router.message.register(take_search, StateFilter(Asking.search))
    return router


def free_text_router() -> Router:
    """A text that nobody else has taken: perhaps it is the name of something. Stands before the fallback."""
    router = Router(name="free text")
    router.message.register(search_free_text)
    return router


async def show_catalogue(_query: CallbackQuery, actor: Actor, uow: UnitOfWork, _: Language) -> Screen:
    basket = services.basket_count(actor)
    return screens.front(await services.shelves(uow), actor, _, basket=basket)


async def show_categories(
    _query: CallbackQuery, callback_data: OpenCategories, uow: UnitOfWork, _: Language
) -> Screen:
    return screens.other_categories(await services.shelves(uow), callback_data.page, _)


async def show_category(
    _query: CallbackQuery,
    callback_data: OpenCategory,
    actor: Actor,
    uow: UnitOfWork,
    now: datetime,
    _: Language,
) -> Screen:
    category_id = callback_data.category_id
    shelf = await services.open_category(uow, category_id, actor, now, callback_data.page)
    shelf = await offers.marked(uow, actor, shelf, now)
    return screens.category_page(shelf, category_id, actor, services.basket_count(actor), _)


async def show_brands(
    _query: CallbackQuery, callback_data: OpenBrands, uow: UnitOfWork, _: Language
) -> Screen:
    category, brands = await services.brands_of(uow, callback_data.category_id)
    return screens.brands(callback_data.category_id, category, brands, callback_data.page, _)


async def show_brand(
    _query: CallbackQuery,
    callback_data: OpenBrand,
    actor: Actor,
    uow: UnitOfWork,
    now: datetime,
    _: Language,
) -> Screen:
    category_id, brand_id = callback_data.category_id, callback_data.brand_id
    shelf = await services.open_brand(uow, category_id, brand_id, actor, now, callback_data.page)
    shelf = await offers.marked(uow, actor, shelf, now)
    basket = services.basket_count(actor)
    return screens.brand_page(shelf, category_id, brand_id, actor, basket, _)


async def show_usuals(
    _query: CallbackQuery,
    callback_data: OpenUsuals,
    actor: Actor,
    uow: UnitOfWork,
    now: datetime,
    _: Language,
) -> Screen:
    shelf = await services.usuals(uow, actor, now, callback_data.page)
    return screens.usuals(shelf, actor, services.basket_count(actor), _)


async def show_product(
    _query: CallbackQuery,
    callback_data: OpenProduct,
    actor: Actor,
    uow: UnitOfWork,
    now: datetime,
    _: Language,
) -> Screen:
    shelf, deals = await offers.open_offer(uow, actor, callback_data.product_id, now)
    return product_card(shelf, actor, _, deals=deals)


async def show_similar(
    _query: CallbackQuery,
    callback_data: OpenSimilar,
    actor: Actor,
    uow: UnitOfWork,
    now: datetime,
    _: Language,
) -> Screen:
    offer, shelf = await services.similar(uow, callback_data.product_id, actor, now, callback_data.page)
    return screens.similar(offer, shelf, actor, services.basket_count(actor), _)


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
        return screens.nothing_found(text, await services.nearest(uow, text, actor, now), _)
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


async def alert_me(
    _query: CallbackQuery,
    callback_data: AlertMe,
    actor: Actor,
    uow: UnitOfWork,
    now: datetime,
    _: Language,
) -> Toast:
    asked = await ask_alert(uow, callback_data.product_id, callback_data.quantity, actor, now)
    return alert_kept(asked, _)


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
