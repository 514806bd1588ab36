"""A customer looks at what is offered to them, and orders of it (PRC-02)."""

from __future__ import annotations

from datetime import datetime

from aiogram import Router
from aiogram.types import CallbackQuery

from domain.actors import Actor
from handlers.reading import READS
from screens import offers as screens
from screens.callbacks.promotions import OpenDeal, OpenDealGoods, OpenDealProduct, OpenDeals
from screens.language import Language
from screens.product import product_card
from screens.screen import Screen
from services import offers as wishes
from services.catalogue import basket_count
from storage.unit_of_work import UnitOfWork


def router() -> Router:
    router = Router(name="offers")
    taps = router.callback_query
    taps.register(show_deals, OpenDeals.filter(), flags=READS)
    taps.register(show_deal, OpenDeal.filter(), flags=READS)
    taps.register(show_deal_product, OpenDealProduct.filter(), flags=READS)
    taps.register(show_goods, OpenDealGoods.filter(), flags=READS)
    return router


async def show_deals(
    _query: CallbackQuery,
    callback_data: OpenDeals,
    actor: Actor,
    uow: UnitOfWork,
    now: datetime,
    _: Language,
) -> Screen:
    return screens.deals(await wishes.list_deals(uow, actor, now), callback_data.page, _)


async def show_deal(
    _query: CallbackQuery,
    callback_data: OpenDeal,
    actor: Actor,
    uow: UnitOfWork,
    now: datetime,
    _: Language,
) -> Screen:
    deal, shelf = await wishes.open_deal(uow, actor, callback_data.promotion_id, now, callback_data.page)
    return screens.deal(deal, shelf, actor, basket_count(actor), _)


async def show_deal_product(
    _query: CallbackQuery,
    callback_data: OpenDealProduct,
    actor: Actor,
    uow: UnitOfWork,
    now: datetime,
    _: Language,
) -> Screen:
    tap = callback_data
    shelf, deals = await wishes.open_offer(uow, actor, tap.product_id, now)
    return product_card(shelf, actor, _, OpenDeal(promotion_id=tap.promotion_id, page=tap.page), deals)


async def show_goods(
    _query: CallbackQuery,
    callback_data: OpenDealGoods,
    actor: Actor,
    uow: UnitOfWork,
    now: datetime,
    _: Language,
) -> Screen:
    shelf = await wishes.open_goods(uow, actor, now, callback_data.page)
    return screens.deal_goods(shelf, actor, basket_count(actor), _)
