"""What a basket comes to, how it is paid, and what exactly is placed (S1.14 to S1.19)."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta

import pytest

from domain.basket import DayChoice, Renewal, Summary, TermChoice
from domain.credit import CreditLimit
from domain.credit_decisions import OverLimit
from domain.errors import AlreadyPlaced
from domain.money import ZERO, Money, of_toman, total
from domain.order_views import OrderView
from domain.orders import Order, OrderStatus
from domain.promotion_rules import Bonus, BonusMode
from domain.promotions import PromotionState
from domain.terms import UNAGREED
from services import checkout
from services.basket import add_to_basket, read_basket, set_line
from services.orders import cancel_order, change_order
from services.placing import place_order
from services.repeats import fill_again
from storage.unit_of_work import Store, UnitOfWork
from tests.builders.catalogue import a_product
from tests.builders.checkout import ACCOUNT, CASH, CHEQUE, MIXED, Shop, a_shop, final_look, pay
from tests.builders.orders import a_basket, a_buyer, a_placed_order, place
from tests.builders.pricing import TEN_AND_ONE, on
from tests.builders.promotions import a_kept_promotion
from tests.conftest import NOW

TERMS = (CASH, CHEQUE, ACCOUNT, MIXED)


@pytest.fixture
async def uow(store: Store) -> AsyncIterator[UnitOfWork]:
    async with store.unit_of_work() as uow:
        yield uow


async def placed(uow: UnitOfWork, shop: Shop) -> Order:
    done = await place(uow, shop.buyer, await final_look(uow, shop))
    assert isinstance(done, OrderView)
    return done.order


async def reserved(uow: UnitOfWork, shop: Shop) -> tuple[int, int]:
    return (await uow.stock.get(shop.shampoo.id)).reserved, (await uow.stock.get(shop.toothpaste.id)).reserved


async def test_the_basket_of_the_script_comes_to_what_it_says(uow: UnitOfWork) -> None:
    shop = await a_shop(uow)
    await a_basket(uow, shop.buyer, shop.basket)
    basket = await read_basket(uow, shop.buyer, NOW)
    assert basket.quote is not None
    assert (basket.quote.net, basket.quote.vat, basket.quote.payable) == (
        of_toman(9_864_400),
        of_toman(721_440),
        of_toman(10_585_840),
    )
    assert [(gift.product_id, gift.quantity) for gift in basket.gifts] == [(shop.toothpaste.id, 4)]
    assert (basket.quote.next_steps[0].units, basket.quote.line(shop.shampoo.id)) != (0, None)
    assert basket.draft.net == of_toman(10_042_000), "a draft keeps only what was ordered"


async def test_adding_says_what_is_taken_off(uow: UnitOfWork) -> None:
    shop = await a_shop(uow)
    put = await add_to_basket(uow, shop.buyer, shop.shampoo.id, 24, NOW)
    assert (put.discount, put.free) == (of_toman(177_600), 0)
    assert put.rate is not None
    assert put.rate.basis_points == 500
    assert (await add_to_basket(uow, shop.buyer, shop.toothpaste.id, 40, NOW)).free == 4


async def test_each_allowed_term_has_its_total(uow: UnitOfWork) -> None:
    shop = await a_shop(uow, *TERMS)
    await a_basket(uow, shop.buyer, shop.basket)
    choice = await checkout.choose_term(uow, shop.buyer, NOW)
    assert isinstance(choice, TermChoice)
    assert [(each.term.code, each.quote.payable.toman) for each in choice.totals] == [
        ("CASH_PRE", 10_162_406),
        ("CHQ_45", 10_585_840),
        ("ACC_21", 10_585_840),
        ("MIX_40_CHQ_45", 10_416_467),
    ]


async def test_who_has_one_way_to_pay_is_not_asked(uow: UnitOfWork) -> None:
    shop = await a_shop(uow)
    await a_basket(uow, shop.buyer, shop.basket)
    assert isinstance(await checkout.choose_term(uow, shop.buyer, NOW), DayChoice)
    shown = await final_look(uow, shop)
    assert shown.order.term is not None
    assert shown.order.term.is_same(CHEQUE)


async def test_who_agreed_on_nothing_pays_when_the_goods_come(uow: UnitOfWork) -> None:
    buyer = await a_buyer(uow)
    order = await a_placed_order(uow, buyer, {await a_product(uow): 3})
    assert (order.term, order.credit) == (UNAGREED, ZERO)


async def test_the_final_look_is_the_script_s(uow: UnitOfWork) -> None:
    shop = await a_shop(uow, *TERMS)
    await a_basket(uow, shop.buyer, shop.basket)
    assert isinstance(await checkout.summarise(uow, shop.buyer, NOW), TermChoice), "it must be said first"
    assert isinstance(await pay(uow, shop, CHEQUE), DayChoice)
    shown = await final_look(uow, shop)
    assert (shown.order.payable, shown.order.bonus_units) == (of_toman(10_585_840), 4)
    assert shown.credit_after == of_toman(150_000_000 - 10_585_840)


async def test_what_is_left_of_the_credit_is_only_for_those_who_may_see_it(uow: UnitOfWork) -> None:
    shop = await a_shop(uow, *TERMS)
    await a_basket(uow, shop.buyer, shop.basket)
    await pay(uow, shop, CHEQUE)
    assert (await final_look(uow, shop)).credit_after is not None
    await pay(uow, shop, CASH)
    assert (await final_look(uow, shop)).credit_after is None, "cash uses none"
    await pay(uow, shop, ACCOUNT)
    blind = replace(shop, buyer=replace(shop.buyer, rights=replace(shop.buyer.rights, may_see_balance=False)))
    assert (await final_look(uow, blind)).credit_after is None


async def test_a_placed_order_keeps_discounts_bonus_term_and_what_was_given(store: Store) -> None:
    async with store.unit_of_work() as uow:
        shop = await a_shop(uow, *TERMS)
        await a_basket(uow, shop.buyer, shop.basket)
        await pay(uow, shop, CHEQUE)
        order = await placed(uow, shop)
    async with store.reading() as uow:
        kept = await uow.orders.get(order.id, of=shop.customer_id)
        given = await uow.applied.list_of(order.id)
        assert await reserved(uow, shop) == (24, 44)
    assert (kept.gross, kept.discount) == (of_toman(10_426_000), of_toman(177_600 + 4 * 96_000))
    assert (kept.net, kept.vat, kept.payable) == (
        of_toman(9_864_400),
        of_toman(721_440),
        of_toman(10_585_840),
    )
    assert total(line.net + line.vat for line in kept.lines) == kept.payable
    assert (kept.credit, kept.status) == (kept.payable, OrderStatus.APPROVED)
    bonus = kept.lines[-1]
    assert (bonus.product_id, bonus.quantity, bonus.bonus_of) == (shop.toothpaste.id, 4, shop.bonus.id)
    assert (bonus.net, bonus.vat) == (ZERO, ZERO)
    assert {(each.promotion_id, each.amount) for each in given if each.amount} >= {
        (shop.tier.id, of_toman(177_600))
    }
    assert {each.promotion_id for each in given} == {shop.tier.id, shop.bonus.id}


async def test_cash_is_no_exposure_and_a_part_of_a_mixed_term_is(uow: UnitOfWork) -> None:
    shop = await a_shop(uow, *TERMS)
    await a_basket(uow, shop.buyer, shop.basket)
    await pay(uow, shop, MIXED)
    mixed = await placed(uow, shop)
    assert mixed.payable.toman == 10_416_467
    assert mixed.credit == mixed.payable - of_toman(4_166_587)
    await a_basket(uow, shop.buyer, shop.basket)
    await pay(uow, shop, CASH)
    cash = await placed(uow, shop)
    assert (cash.payable, cash.credit) == (Money(101_624_064), ZERO)
    assert total(line.net + line.vat for line in cash.lines) == cash.payable


async def test_tapping_place_twice_places_once(uow: UnitOfWork) -> None:
    shop = await a_shop(uow)
    await a_basket(uow, shop.buyer, shop.basket)
    shown = await final_look(uow, shop)
    assert isinstance(await place(uow, shop.buyer, shown), OrderView)
    with pytest.raises(AlreadyPlaced):
        await place(uow, shop.buyer, shown)
    assert await reserved(uow, shop) == (24, 44)


async def test_a_promotion_that_changes_meanwhile_is_shown_before_it_is_placed(uow: UnitOfWork) -> None:
    shop = await a_shop(uow)
    await a_basket(uow, shop.buyer, shop.basket)
    shown = await final_look(uow, shop)
    paused = replace(await uow.promotions.get(shop.tier.id), state=PromotionState.PAUSED)
    await uow.promotions.save(paused, NOW)
    fresh = await place(uow, shop.buyer, shown)
    assert isinstance(fresh, Summary)
    assert (fresh.renewal, fresh.order.payable) == (Renewal.PRICES, of_toman(10_585_840 + 177_600 * 11 // 10))
    assert isinstance(await place(uow, shop.buyer, fresh), OrderView)


async def test_a_term_that_is_taken_away_meanwhile_is_asked_again(uow: UnitOfWork) -> None:
    shop = await a_shop(uow, *TERMS)
    await a_basket(uow, shop.buyer, shop.basket)
    await pay(uow, shop, CHEQUE)
    shown = await final_look(uow, shop)
    await uow.terms.put((CASH, ACCOUNT), customer_id=shop.customer_id)
    assert isinstance(await place(uow, shop.buyer, shown), TermChoice)


async def test_a_button_of_a_term_that_is_gone_leads_back_to_the_question(uow: UnitOfWork) -> None:
    shop = await a_shop(uow, *TERMS)
    await a_basket(uow, shop.buyer, shop.basket)
    old = (await uow.terms.of_customer(shop.customer_id)).terms[0].id
    await uow.terms.put(TERMS[1:], customer_id=shop.customer_id)
    assert isinstance(await checkout.set_term(uow, shop.buyer, old, NOW), TermChoice)


async def test_a_changed_order_is_given_its_promotions_anew(uow: UnitOfWork) -> None:
    shop = await a_shop(uow)
    await a_basket(uow, shop.buyer, shop.basket)
    order = await placed(uow, shop)
    basket = await change_order(uow, shop.buyer, order.id, NOW)
    assert [(line.product_id, line.discount, line.bonus_of) for line in basket.draft.lines] == [
        (product.id, ZERO, None) for product in shop.basket
    ]
    await set_line(uow, shop.buyer, shop.shampoo.id, 48, NOW)
    await set_line(uow, shop.buyer, shop.toothpaste.id, 9, NOW)
    changed = await placed(uow, shop)
    assert (changed.number, changed.bonus_units) == (order.number, 0)
    assert changed.lines[0].discount == of_toman(568_320)
    assert await reserved(uow, shop) == (48, 9)
    assert {each.promotion_id for each in await uow.applied.list_of(order.id)} == {shop.tier.id}
    assert changed.credit == changed.payable


async def test_an_order_over_the_limit_is_not_placed_and_can_be_held(uow: UnitOfWork) -> None:
    shop = await a_shop(uow, limit=CreditLimit(total=of_toman(10_000_000)))
    await a_basket(uow, shop.buyer, shop.basket)
    shown = await final_look(uow, shop)
    assert shown.credit_after is None, "nothing would be left"
    over = await place(uow, shop.buyer, shown)
    assert isinstance(over, OverLimit)
    assert (over.payable, over.decision.over_by) == (of_toman(10_585_840), of_toman(585_840))
    assert await reserved(uow, shop) == (0, 0)
    draft = shown.basket.draft
    assert draft.nonce is not None
    held = await place_order(uow, shop.buyer, draft.id, draft.version, draft.nonce, NOW, asks=True)
    assert isinstance(held, OrderView)
    assert (held.order.status, held.order.credit) == (OrderStatus.HELD, held.order.payable)
    assert held.order.decide_by is not None
    assert held.order.decide_by > NOW
    assert await reserved(uow, shop) == (24, 44)


async def test_a_held_order_that_is_made_to_fit_is_approved(uow: UnitOfWork) -> None:
    shop = await a_shop(uow, limit=CreditLimit(total=of_toman(10_000_000)))
    await a_basket(uow, shop.buyer, shop.basket)
    draft = (await final_look(uow, shop)).basket.draft
    assert draft.nonce is not None
    held = await place_order(uow, shop.buyer, draft.id, draft.version, draft.nonce, NOW, asks=True)
    assert isinstance(held, OrderView)
    await change_order(uow, shop.buyer, held.order.id, NOW)
    await set_line(uow, shop.buyer, shop.gloves.id, 5, NOW)
    fits = await placed(uow, shop)
    assert (fits.status, fits.decide_by) == (OrderStatus.APPROVED, None)


async def test_a_change_over_the_limit_leaves_the_order_as_it_was(uow: UnitOfWork) -> None:
    shop = await a_shop(uow, limit=CreditLimit(total=of_toman(11_000_000)))
    await a_basket(uow, shop.buyer, shop.basket)
    order = await placed(uow, shop)
    await change_order(uow, shop.buyer, order.id, NOW)
    await set_line(uow, shop.buyer, shop.gloves.id, 20, NOW)
    draft = (await final_look(uow, shop)).basket.draft
    assert draft.nonce is not None
    over = await place_order(uow, shop.buyer, draft.id, draft.version, draft.nonce, NOW, asks=True)
    assert isinstance(over, OverLimit)
    assert (await uow.orders.get(order.id, of=shop.customer_id)).payable == order.payable


async def test_a_budget_is_spent_by_placing_and_free_again_by_cancelling(uow: UnitOfWork) -> None:
    shop = await a_shop(uow)
    await a_basket(uow, shop.buyer, shop.basket)
    order = await placed(uow, shop)
    assert (await uow.promotions.get(shop.tier.id)).spent.rials in {0, of_toman(177_600).rials}
    cancelled = await cancel_order(uow, shop.buyer, order.id, order.version, NOW)
    assert cancelled.status is OrderStatus.CANCELLED
    assert (await uow.promotions.get(shop.tier.id)).spent.rials == 0
    assert await reserved(uow, shop) == (0, 0)


async def test_what_was_a_bonus_is_not_ordered_when_an_order_is_repeated(uow: UnitOfWork) -> None:
    shop = await a_shop(uow)
    await a_basket(uow, shop.buyer, shop.basket)
    order = await placed(uow, shop)
    again = await fill_again(uow, shop.buyer, order.id, NOW + timedelta(minutes=1))
    draft = (await uow.orders.find_draft(shop.customer_id, shop.buyer.contact_id or 0)) or order
    assert again is not None
    assert {line.product_id: line.quantity for line in draft.lines} == {
        product.id: quantity for product, quantity in shop.basket.items()
    }


async def test_the_sums_of_an_order_are_the_sums_of_its_lines_whatever_is_ordered(uow: UnitOfWork) -> None:
    shop = await a_shop(uow, MIXED)
    await a_kept_promotion(uow, Bonus(steps=TEN_AND_ONE, mode=BonusMode.ONCE), on(shop.gloves.id))
    for shampoo, paste, gloves in ((1, 1, 1), (13, 37, 11), (47, 9, 0), (48, 60, 33)):
        await a_basket(
            uow,
            shop.buyer,
            {
                product: units
                for product, units in zip(shop.basket, (shampoo, paste, gloves), strict=True)
                if units
            },
        )
        order = await placed(uow, shop)
        brief = next(each for each in await uow.orders.list_open(shop.customer_id) if each.id == order.id)
        assert total(line.net + line.vat for line in order.lines) == order.payable == brief.payable
        assert order.gross - order.discount == order.net
        assert (
            order.credit + order.term.parts(order.payable)[0].amount == order.payable if order.term else False
        )
