"""What a little more would change: the next step of a promotion, and when it costs less."""

from __future__ import annotations

from domain.money import Money, Rate
from domain.pricing import Buyer, CartLine, NextStep, Settlement
from domain.promotion_rules import (
    BasketPercent,
    Bonus,
    BonusGoods,
    BonusMode,
    Measure,
    MixPercent,
    Over,
    Tier,
    TierMode,
)
from domain.promotions import Cap, Caps, Given, Promotion, Used
from domain.quoting import quote
from tests.builders.pricing import (
    ANYONE,
    LADDER,
    SHAMPOO_STEPS,
    TEN_AND_ONE,
    TODAY,
    a_line,
    a_promotion,
    free,
    on,
    order_tier,
    steps,
)


def next_of(
    *promotions: Promotion, cart: list[CartLine] | None = None, buyer: Buyer = ANYONE
) -> tuple[NextStep, ...]:
    return quote(cart or [a_line(1, 37, 1_000)], buyer, promotions, TODAY).next_steps


def test_the_next_bonus_is_so_many_units_away() -> None:
    (step,) = next_of(a_promotion(1, Bonus(steps=TEN_AND_ONE)))
    assert (step.units, step.free, step.rate, step.distance) == (3, 4, None, Rate(810))


def test_a_whole_new_bonus_is_not_urged() -> None:
    assert next_of(a_promotion(1, Bonus(steps=TEN_AND_ONE)), cart=[a_line(1, 40, 1_000)]) == ()
    assert next_of(a_promotion(1, Bonus(steps=TEN_AND_ONE, mode=BonusMode.ONCE))) == ()


def test_the_next_rung_of_a_ladder() -> None:
    rule = Bonus(steps=LADDER, mode=BonusMode.LADDER)
    (step,) = next_of(a_promotion(1, rule), cart=[a_line(1, 22, 1_000)])
    assert (step.units, step.free) == (2, 3)


def test_steps_of_a_group_are_measured_together() -> None:
    cart = [a_line(1, 4, 1_000), a_line(2, 5, 900)]
    tier = a_promotion(1, Tier(steps=SHAMPOO_STEPS, over=Over.GROUP))
    bonus = a_promotion(2, Bonus(steps=TEN_AND_ONE, over=Over.GROUP, goods=BonusGoods.CHEAPEST))
    steps_ = next_of(tier, bonus, cart=cart)
    assert [(each.promotion_id, each.product_ids, each.units) for each in steps_] == [
        (2, (1, 2), 1),
        (1, (1, 2), 3),
    ]
    assert steps_[0].product_id is None


def test_amounts_that_are_missing() -> None:
    tier = a_promotion(1, Tier(steps=steps((40_000, 5)), measure=Measure.AMOUNT))
    order = a_promotion(2, order_tier((100_000, 2)))
    found = next_of(tier, order)
    assert [(each.promotion_id, each.amount, each.units) for each in found] == [
        (1, Money(3_000), 0),
        (2, Money(63_000), 0),
    ]


def test_an_order_tier_measures_what_other_discounts_left() -> None:
    tier = a_promotion(1, Tier(steps=steps((12, 10))))
    (step,) = next_of(tier, a_promotion(2, order_tier((100_000, 2))))
    assert step.amount == Money(100_000 - 33_300)


def test_what_a_basket_lacks() -> None:
    rule = BasketPercent(rate=Rate(400), least_products=2, least_amount=Money(50_000))
    (step,) = next_of(a_promotion(1, rule, on(1, 2)))
    assert (step.products, step.amount, step.rate) == (1, Money(13_000), Rate(400))
    cart = [a_line(1, 37, 1_000), a_line(2, 13, 1_000)]
    assert next_of(a_promotion(1, rule, on(1, 2)), cart=cart) == ()


def test_the_side_of_a_mix_that_lacks_units() -> None:
    rule = MixPercent(rate=Rate(400), least_units=40, other=on(2), least_other_units=5)
    promotion = a_promotion(1, rule, on(1))
    (step,) = next_of(promotion, cart=[a_line(1, 37, 1_000), a_line(2, 5, 1_000)])
    assert (step.product_ids, step.units) == ((1,), 3)
    (step,) = next_of(promotion, cart=[a_line(1, 40, 1_000), a_line(2, 3, 1_000)])
    assert (step.product_ids, step.units) == ((2,), 2)
    assert next_of(promotion) == ()


def test_missing_units_are_whole_multiples() -> None:
    (step,) = next_of(a_promotion(1, Tier(steps=SHAMPOO_STEPS)), cart=[a_line(1, 18, 1_000, multiple=4)])
    assert step.units == 8


def test_what_was_used_up_is_not_urged() -> None:
    once = a_promotion(1, Tier(steps=SHAMPOO_STEPS), caps=Caps(customer=Cap(orders=1)))
    assert len(next_of(once)) == 1
    assert next_of(once, buyer=Buyer(used={1: Used(ever=Given(orders=1))})) == ()


def test_what_a_rival_beats_or_closes_is_not_urged() -> None:
    beaten = a_promotion(1, Tier(steps=steps((40, 9))), exclusivity_group="a")
    better = a_promotion(2, Tier(steps=steps((1, 20))), exclusivity_group="a")
    assert next_of(beaten, better) == ()
    closing = a_promotion(2, Tier(steps=steps((1, 20))), priority=1, is_stackable=False)
    assert next_of(a_promotion(1, Tier(steps=steps((40, 9)))), closing) == ()


def test_a_cliff_is_told_first_and_counts_everything_else_that_is_given() -> None:
    tier = a_promotion(1, Tier(steps=SHAMPOO_STEPS))
    offered = [tier, a_promotion(2, Bonus(steps=TEN_AND_ONE), on(2)), a_promotion(3, order_tier((1, 2)))]
    cash = Settlement(discount=Rate(400))
    now, then = (
        quote([a_line(1, units, 1_200_000), a_line(2, 9, 500)], ANYONE, offered, TODAY, cash)
        for units in (47, 48)
    )
    first, *others = now.next_steps
    assert (first.product_id, first.units) == (1, 1)
    assert first.saves == now.net - then.net
    assert first.saves_payable == now.payable - then.payable
    assert abs(first.saves.rials - 588_000 * 0.98 * 0.96) <= 1
    assert [(each.promotion_id, each.saves) for each in others] == [(2, None), (1, None)]


def test_slices_have_no_cliff() -> None:
    rule = Tier(steps=SHAMPOO_STEPS, mode=TierMode.INCREMENTAL)
    (step,) = next_of(a_promotion(1, rule), cart=[a_line(1, 47, 1_200_000)])
    assert (step.units, step.saves) == (1, None)


def test_a_cliff_that_a_cap_takes_away_is_none() -> None:
    capped = a_promotion(1, Tier(steps=SHAMPOO_STEPS), caps=Caps(order=Cap(rials=1_000_000)))
    (step,) = next_of(capped, cart=[a_line(1, 47, 1_200_000)])
    assert (step.units, step.saves) == (1, None)


def test_a_group_reaches_its_cliff_with_the_cheapest_product() -> None:
    cart = [a_line(1, 23, 1_200_000), a_line(2, 24, 1_000_000)]
    tier = a_promotion(1, Tier(steps=SHAMPOO_STEPS, over=Over.GROUP))
    (step,) = next_of(tier, cart=cart)
    now, then = 51_600_000 * 95 // 100, 52_600_000 * 92 // 100
    assert step.saves == Money(now - then)


def test_only_the_steepest_cliffs_are_worked_out() -> None:
    cart = [a_line(n, 47, 1_000 * n) for n in range(1, 6)]
    found = next_of(a_promotion(1, Tier(steps=SHAMPOO_STEPS)), cart=cart)
    assert [(each.product_id, each.saves is not None) for each in found] == [
        (5, True),
        (4, True),
        (3, True),
        (1, False),
        (2, False),
    ]


def test_a_bonus_once_is_urged_until_it_is_earned() -> None:
    (step,) = next_of(a_promotion(1, Bonus(steps=free((40, 2)), mode=BonusMode.ONCE)))
    assert (step.units, step.free) == (3, 2)
