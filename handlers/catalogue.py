"""Browsing, and asking to be told when something is in stock again."""

from __future__ import annotations

from datetime import datetime

from aiogram import Router
from aiogram.types import CallbackQuery

from domain.actors import Actor
from handlers.reading import READS
from screens import catalogue as screens
from screens.callbacks.catalogue import (
    AlertMe,
    OpenBrand,
    OpenBrands,
    OpenCatalogue,
    OpenCategories,
    OpenCategory,
    OpenProduct,
    OpenSimilar,
)
from screens.language import Language
from screens.product import alert_kept, product_card
from screens.screen import Screen, Toast
from services import catalogue as services
from services import offers
from services.alerts import ask_alert
from storage.unit_of_work import UnitOfWork


def router() -> Router:
    router = Router(name="catalogue")
    taps = router.callback_query
    taps.register(show_catalogue, OpenCatalogue.filter(), flags=READS)
    taps.register(show_categories, OpenCategories.filter(), flags=READS)
    taps.register(show_category, OpenCategory.filter(), flags=READS)
    taps.register(show_brands, OpenBrands.filter(), flags=READS)
    taps.register(show_brand, OpenBrand.filter(), flags=READS)
    taps.register(show_product, OpenProduct.filter(), flags=READS)
    taps.register(show_similar, OpenSimilar.filter(), flags=READS)
    taps.register(alert_me, AlertMe.filter())
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
