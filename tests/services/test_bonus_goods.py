"""Bonus goods that are short or to be chosen: it is asked, and nothing is dropped without a word (R5.3)."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from domain.basket import Renewal, Step, Summary
from domain.catalogue import Product
from domain.gifts import OpenBonus, ShortBonus, ShortGoods, ShortWish
from domain.money import of_toman
from domain.order_views import OrderView
from domain.orders import Order, OrderStatus
from domain.promotion_rules import Bonus, BonusGoods
from domain.staff import Role
from services import checkout
from services.basket import read_basket
from services.fulfilment import move_order
from storage.unit_of_work import Store, UnitOfWork
from tests.builders.catalogue import a_product, put_stock
from tests.builders.checkout import Shop, a_shop
from tests.builders.orders import a_basket, a_member_of_staff, place
from tests.builders.pricing import TEN_AND_ONE, free, on
from tests.builders.promotions import a_kept_promotion
from tests.conftest import NOW


@pytest.fixture
async def uow(store: Store) -> AsyncIterator[UnitOfWork]:
    async with store.unit_of_work() as uow:
        yield uow


async def wish(uow: UnitOfWork, shop: Shop, what: ShortWish, other: Product | None = None) -> Step:
    said = ShortGoods(product_id=shop.toothpaste.id, wish=what, other_id=other.id if other else None)
    return await checkout.settle_bonus(uow, shop.buyer, said, NOW)


async def asked(uow: UnitOfWork, shop: Shop) -> ShortBonus:
    question = await checkout.summarise(uow, shop.buyer, NOW)
    assert isinstance(question, ShortBonus)
    return question


async def placed(uow: UnitOfWork, shop: Shop, shown: Step) -> Order:
    assert isinstance(shown, Summary)
    done = await place(uow, shop.buyer, shown)
    assert isinstance(done, OrderView)
    return done.order


def bonus_of(order: Order) -> list[tuple[int, int, int]]:
    return [(line.product_id, line.quantity, line.later) for line in order.lines if line.is_bonus]


async def a_short_shop(uow: UnitOfWork, there: int = 41) -> Shop:
    """Forty toothpastes are ordered and four are free: of these four only so many are there."""
    shop = await a_shop(uow, toothpaste=there)
    await a_basket(uow, shop.buyer, {shop.toothpaste: 40})
    return shop


async def test_a_short_bonus_is_asked_about_before_anything_is_shown(uow: UnitOfWork) -> None:
    shop = await a_short_shop(uow)
    question = await asked(uow, shop)
    assert (question.quantity, question.missing, question.can_wait) == (4, 3, True)


async def test_it_can_come_later(uow: UnitOfWork) -> None:
    shop = await a_short_shop(uow)
    order = await placed(uow, shop, await wish(uow, shop, ShortWish.LATER))
    assert bonus_of(order) == [(shop.toothpaste.id, 4, 3)]
    assert (await uow.stock.get(shop.toothpaste.id)).reserved == 41
    picker = await a_member_of_staff(uow, Role.WAREHOUSE)
    for step in (OrderStatus.PICKING, OrderStatus.LOADED, OrderStatus.DELIVERED):
        job = await move_order(uow, picker, order.id, step, order.version, NOW)
        order = job.order
    assert order.status is OrderStatus.PART_DELIVERED
    assert (await uow.stock.get(shop.toothpaste.id)).on_hand == 0


async def test_it_can_be_left_out(uow: UnitOfWork) -> None:
    shop = await a_short_shop(uow)
    order = await placed(uow, shop, await wish(uow, shop, ShortWish.WITHOUT))
    assert bonus_of(order) == [(shop.toothpaste.id, 1, 0)]


async def test_something_similar_that_costs_no_more_can_come_instead(uow: UnitOfWork) -> None:
    shop = await a_shop(uow, toothpaste=40)
    category = shop.toothpaste.category_id
    await a_product(uow, name="خمیردندان سپیدتن ۲۰۰", toman=150_000, category_id=category)
    cheap = await a_product(uow, name="خمیردندان سپیدتن ۵۰", toman=90_000, category_id=category)
    await a_basket(uow, shop.buyer, {shop.toothpaste: 40})
    question = await asked(uow, shop)
    assert question.substitute is not None
    assert question.substitute.product.id == cheap.id
    order = await placed(uow, shop, await wish(uow, shop, ShortWish.SIMILAR, cheap))
    assert bonus_of(order) == [(cheap.id, 4, 0)]
    assert order.lines[-1].discount == of_toman(360_000)
    assert (await uow.stock.get(cheap.id)).reserved == 4


async def test_without_anything_similar_it_is_not_offered(uow: UnitOfWork) -> None:
    shop = await a_short_shop(uow)
    assert (await asked(uow, shop)).substitute is None


async def test_a_substitute_that_runs_out_is_asked_about_again(uow: UnitOfWork) -> None:
    shop = await a_shop(uow, toothpaste=40)
    other = await a_product(
        uow, name="خمیردندان نگاره", toman=90_000, category_id=shop.toothpaste.category_id
    )
    await a_basket(uow, shop.buyer, {shop.toothpaste: 40})
    shown = await wish(uow, shop, ShortWish.SIMILAR, other)
    assert isinstance(shown, Summary)
    await put_stock(uow, other.id, 1)
    assert isinstance(await place(uow, shop.buyer, shown), ShortBonus)


async def test_a_bonus_that_runs_out_after_the_summary_is_asked_about_on_placing(uow: UnitOfWork) -> None:
    shop = await a_short_shop(uow, there=500)
    shown = await checkout.summarise(uow, shop.buyer, NOW)
    assert isinstance(shown, Summary)
    await put_stock(uow, shop.toothpaste.id, 42)
    question = await place(uow, shop.buyer, shown)
    assert isinstance(question, ShortBonus)
    assert question.missing == 2


async def test_a_bonus_that_is_there_after_all_is_shown_before_it_is_placed(uow: UnitOfWork) -> None:
    shop = await a_short_shop(uow)
    shown = await wish(uow, shop, ShortWish.LATER)
    assert isinstance(shown, Summary)
    await put_stock(uow, shop.toothpaste.id, 500)
    fresh = await place(uow, shop.buyer, shown)
    assert isinstance(fresh, Summary)
    assert fresh.renewal is Renewal.PRICES
    assert bonus_of(await placed(uow, shop, fresh)) == [(shop.toothpaste.id, 4, 0)]


async def test_a_bonus_of_another_product_is_named_and_reserved(uow: UnitOfWork) -> None:
    shop = await a_shop(uow)
    gift = await a_product(uow, name="مسواک", toman=20_000)
    rule = Bonus(steps=TEN_AND_ONE, goods=BonusGoods.OTHER, product_ids=(gift.id,))
    await a_kept_promotion(uow, rule, on(shop.gloves.id))
    await a_basket(uow, shop.buyer, {shop.gloves: 20})
    basket = await read_basket(uow, shop.buyer, NOW)
    assert [(each.label, each.quantity) for each in basket.gifts] == [("مسواک", 2)]
    order = await placed(uow, shop, await checkout.summarise(uow, shop.buyer, NOW))
    assert bonus_of(order) == [(gift.id, 2, 0)]
    assert (await uow.stock.get(gift.id)).reserved == 2


async def test_a_bonus_of_another_product_that_is_sold_no_more_can_only_be_replaced_or_left_out(
    uow: UnitOfWork,
) -> None:
    shop = await a_shop(uow)
    gone = await a_product(uow, name="مسواک", toman=20_000, is_active=False)
    rule = Bonus(steps=TEN_AND_ONE, goods=BonusGoods.OTHER, product_ids=(gone.id,))
    await a_kept_promotion(uow, rule, on(shop.gloves.id))
    await a_basket(uow, shop.buyer, {shop.gloves: 20})
    question = await asked(uow, shop)
    assert (question.can_wait, question.substitute) == (False, None)
    said = ShortGoods(product_id=gone.id, wish=ShortWish.LATER)
    assert isinstance(await checkout.settle_bonus(uow, shop.buyer, said, NOW), ShortBonus)
    said = ShortGoods(product_id=gone.id, wish=ShortWish.WITHOUT)
    order = await placed(uow, shop, await checkout.settle_bonus(uow, shop.buyer, said, NOW))
    assert bonus_of(order) == []


async def test_what_may_be_chosen_is_chosen_before_the_final_look(uow: UnitOfWork) -> None:
    shop = await a_shop(uow)
    red, blue = await a_product(uow, name="قرمز", toman=9_000), await a_product(uow, name="آبی", toman=9_000)
    rule = Bonus(steps=free((10, 3)), goods=BonusGoods.CHOOSE, product_ids=(red.id, blue.id))
    promotion = await a_kept_promotion(uow, rule, on(shop.gloves.id))
    await a_basket(uow, shop.buyer, {shop.gloves: 10})
    question = await checkout.summarise(uow, shop.buyer, NOW)
    assert isinstance(question, OpenBonus)
    assert (question.units, [each.product.id for each in question.options]) == (3, [red.id, blue.id])
    question = await checkout.pick_bonus(uow, shop.buyer, promotion.id, red.id, 1, NOW)
    assert isinstance(question, OpenBonus)
    assert (question.units, question.chosen) == (2, (("قرمز", 1),))
    question = await checkout.unpick_bonus(uow, shop.buyer, promotion.id, NOW)
    assert isinstance(question, OpenBonus)
    assert (question.units, question.chosen) == (3, ())
    await checkout.pick_bonus(uow, shop.buyer, promotion.id, red.id, 1, NOW)
    shown = await checkout.pick_bonus(uow, shop.buyer, promotion.id, blue.id, 2, NOW)
    assert bonus_of(await placed(uow, shop, shown)) == [(red.id, 1, 0), (blue.id, 2, 0)]


async def test_more_than_was_earned_is_never_given(uow: UnitOfWork) -> None:
    shop = await a_shop(uow)
    red = await a_product(uow, name="قرمز", toman=9_000)
    rule = Bonus(steps=free((10, 3)), goods=BonusGoods.CHOOSE, product_ids=(red.id,))
    promotion = await a_kept_promotion(uow, rule, on(shop.gloves.id))
    await a_basket(uow, shop.buyer, {shop.gloves: 10})
    shown = await checkout.pick_bonus(uow, shop.buyer, promotion.id, red.id, 99_999, NOW)
    assert bonus_of(await placed(uow, shop, shown)) == [(red.id, 3, 0)]
