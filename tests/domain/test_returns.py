"""What is refunded when goods come back (rule R5.7)."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.money import Money, Rate, of_toman
from domain.pricing import Buyer, Quote, Settlement
from domain.promotion_rules import Bonus, BonusGoods, LinePercent, Over, Tier
from domain.promotions import Cap, Caps, Given, Promotion, Used
from domain.quoting import priced
from domain.returns import refund, refund_for_our_fault
from tests.builders.pricing import (
    ANYONE,
    NO_VAT,
    SHAMPOO,
    SHAMPOO_STEPS,
    TEN_AND_ONE,
    TODAY,
    a_line,
    a_promotion,
    free,
    order_tier,
    r56_lines,
    story_line,
    story_promotions,
)

SHAMPOO_TIER = a_promotion(1, Tier(steps=SHAMPOO_STEPS))


def bought(quantity: int, *promotions: Promotion, rials: int = 1_200_000) -> Quote:
    return priced([a_line(1, quantity, rials, NO_VAT)], ANYONE, promotions, TODAY)


def test_what_is_our_fault_is_refunded_at_what_was_paid() -> None:
    """S9.4: 2 damaged of 24 units, although 22 units alone would fall to the step of 3 %."""
    paid = priced([story_line(SHAMPOO, 24)], ANYONE, story_promotions(), TODAY)
    line = refund_for_our_fault(paid.lines[0], 2)
    assert line.net == of_toman(140_600) * 2
    assert line.net + line.vat == of_toman(309_320)


def test_a_step_that_falls_is_charged_as_the_difference() -> None:
    paid = priced([story_line(SHAMPOO, 24)], ANYONE, story_promotions(), TODAY)
    back = refund(paid, {SHAMPOO: 2}, ANYONE, story_promotions(), TODAY)
    kept = of_toman(148_000 * 22 * 97 // 100)
    assert back.net == of_toman(3_374_400) - kept
    assert back.net < of_toman(140_600) * 2
    assert back.vat == back.net.share(Rate(1000))


def test_returning_one_unit_over_a_cliff_can_cost_the_customer() -> None:
    assert refund(bought(48, SHAMPOO_TIER), {1: 1}, ANYONE, [SHAMPOO_TIER], TODAY).amount == Money(-588_000)


def test_a_bonus_unit_that_is_no_longer_earned_comes_back_or_is_charged() -> None:
    bonus = a_promotion(2, Bonus(steps=TEN_AND_ONE))
    paid = bought(40, bonus, rials=960_000)
    assert paid.bonus_units == 4
    back = refund(paid, {1: 5}, ANYONE, [bonus], TODAY)
    assert back.net == Money(5 * 960_000)
    (unit,) = back.bonus_back
    assert (unit.promotion_id, unit.product_id, unit.units, unit.charge) == (2, 1, 1, Money(960_000))
    assert back.left is not None
    assert back.left.bonus_units == 3


def test_bonus_units_that_are_still_earned_stay() -> None:
    bonus = a_promotion(2, Bonus(steps=TEN_AND_ONE))
    assert refund(bought(47, bonus), {1: 7}, ANYONE, [bonus], TODAY).bonus_back == ()


def test_when_everything_comes_back_everything_paid_is_refunded() -> None:
    promotions = [SHAMPOO_TIER, a_promotion(2, Bonus(steps=TEN_AND_ONE)), a_promotion(4, order_tier((1, 2)))]
    cash = Settlement(discount=Rate(400))
    paid = priced(r56_lines(), ANYONE, promotions, TODAY, cash)
    back = refund(paid, {1: 50, 2: 37, 3: 20}, ANYONE, promotions, TODAY, cash)
    assert (back.net, back.vat, back.amount) == (paid.net, paid.vat, paid.payable)
    assert sum(each.units for each in back.bonus_back) == paid.bonus_units
    assert all(each.charge for each in back.bonus_back)


def test_never_more_than_was_paid_for_the_units() -> None:
    """Under a cap the kept goods keep the whole discount; the others are worth what was paid."""
    capped = a_promotion(1, LinePercent(rate=Rate(1000)), caps=Caps(order=Cap(rials=500_000)))
    paid = bought(10, capped)
    assert refund(paid, {1: 5}, ANYONE, [capped], TODAY).net == Money(5_750_000)


def test_a_line_of_which_nothing_came_back_loses_what_others_carried() -> None:
    group = a_promotion(1, Tier(steps=SHAMPOO_STEPS, over=Over.GROUP))
    paid = priced([a_line(1, 6, 1_000, NO_VAT), a_line(2, 6, 1_000, NO_VAT)], ANYONE, [group], TODAY)
    back = refund(paid, {2: 1}, ANYONE, [group], TODAY)
    assert [(each.product_id, each.net.rials) for each in back.lines] == [(1, -180), (2, 820)]


def test_a_spent_budget_and_a_used_quota_take_nothing_back() -> None:
    promotion = a_promotion(
        1,
        Tier(steps=SHAMPOO_STEPS),
        caps=Caps(customer=Cap(orders=1)),
        budget=Cap(rials=9_000_000),
        spent=Given(rials=1_000_000),
    )
    paid = bought(24, promotion)
    gone = a_promotion(
        1, promotion.rule, caps=promotion.caps, budget=promotion.budget, spent=Given(rials=9_000_000)
    )
    buyer = Buyer(customer_id=1, used={1: Used(ever=Given(orders=1))})
    assert refund(paid, {}, buyer, [gone], TODAY).amount == Money(0)
    assert refund(paid, {1: 2}, buyer, [gone], TODAY) == refund(paid, {1: 2}, ANYONE, [promotion], TODAY)


def test_a_budget_that_had_nothing_left_then_gives_nothing_now() -> None:
    spent = a_promotion(1, Tier(steps=SHAMPOO_STEPS), budget=Cap(rials=100), spent=Given(rials=100))
    paid = bought(24, spent)
    assert refund(paid, {1: 2}, ANYONE, [spent], TODAY).net == Money(2 * 1_200_000)


def test_a_budget_that_was_nearly_spent_gives_no_more_than_it_gave() -> None:
    promotion = a_promotion(1, Tier(steps=SHAMPOO_STEPS), budget=Cap(rials=400_000))
    paid = bought(24, promotion)
    assert paid.discount == Money(400_000)
    back = refund(paid, {1: 1}, ANYONE, [promotion], TODAY)
    assert back.left is not None
    assert back.left.discount == Money(400_000)


def test_what_was_chosen_stays_chosen() -> None:
    rule = Bonus(steps=free((5, 1)), over=Over.GROUP, goods=BonusGoods.CHOOSE, product_ids=(8, 9))
    promotion = a_promotion(1, rule, budget=Cap(rials=10**9))
    line = a_line(1, 20, 1_000)
    prices = {8: Money(700), 9: Money(800)}
    paid = priced([line], ANYONE, [promotion], TODAY, bonus_choices={1: {8: 1, 9: 3}}, prices=prices)
    back = refund(paid, {1: 6}, ANYONE, [promotion], TODAY)
    assert [(each.product_id, each.units, each.charge) for each in back.bonus_back] == [(9, 2, Money(1_600))]


@given(st.integers(1, 80), st.data())
def test_a_refund_is_never_more_than_the_units_cost(quantity: int, data: st.DataObject) -> None:
    returned = data.draw(st.integers(0, quantity))
    promotions = [SHAMPOO_TIER, a_promotion(3, order_tier((10_000_000, 2), (40_000_000, 4)))]
    paid = priced([a_line(1, quantity, 1_234_567)], ANYONE, promotions, TODAY)
    back = refund(paid, {1: returned}, ANYONE, promotions, TODAY)
    ours = refund_for_our_fault(paid.lines[0], returned)
    assert back.net <= ours.net
    assert back.amount <= paid.payable
    assert back.left is not None
    if returned < quantity:
        assert paid.payable - back.amount >= back.left.payable


@pytest.mark.parametrize("units", [1, 7, 24])
def test_our_fault_never_refunds_more_tax_than_was_paid(units: int) -> None:
    paid = priced([a_line(1, 24, 5)], ANYONE, [], TODAY)
    line = refund_for_our_fault(paid.lines[0], units)
    assert line.vat <= paid.vat
