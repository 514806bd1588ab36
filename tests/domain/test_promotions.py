"""Who gets which promotion, how much of it, and which one of several."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from domain.customers import CustomerKind
from domain.money import Money, Rate
from domain.pricing import Buyer, CartLine, Limits, Quote
from domain.promotion_rules import (
    Bonus,
    BonusGoods,
    BonusMode,
    LinePercent,
    Over,
    PromotionStep,
    Rule,
    Scope,
    Tier,
)
from domain.promotions import Cap, Caps, Eligibility, Given, Promotion, PromotionState, Used
from domain.quoting import eligible, priced, quote
from tests.builders.pricing import (
    ANYONE,
    TEN_AND_ONE,
    TODAY,
    a_line,
    a_promotion,
    free,
    on,
    order_tier,
    steps,
    units_of,
)

TEN = LinePercent(rate=Rate(1000))
FIVE = LinePercent(rate=Rate(500))
REZAEI = Buyer(customer_id=7, kind=CustomerKind.PHARMACY, group_id=3, segment="A", city="تهران")


def discounts(found: Quote) -> list[int]:
    return [line.discount.rials for line in found.lines]


def of_ten(*promotions: Promotion, cart: list[CartLine] | None = None, buyer: Buyer = ANYONE) -> Quote:
    return priced(cart or [a_line(1, 10, 1_000)], buyer, promotions, TODAY)


# For whom and when


def test_both_days_of_a_promotion_are_included() -> None:
    promotion = a_promotion(1, TEN, starts_on=TODAY, ends_on=TODAY + timedelta(days=1))
    days = [TODAY + timedelta(days=n) for n in (-1, 0, 1, 2)]
    assert [promotion.is_live(day) for day in days] == [False, True, True, False]
    assert a_promotion(1, TEN, starts_on=date(2020, 1, 1)).is_live(TODAY)


@pytest.mark.parametrize("state", [PromotionState.DRAFT, PromotionState.PAUSED, PromotionState.ENDED])
def test_only_an_active_promotion_is_live(state: PromotionState) -> None:
    assert not a_promotion(1, TEN, state=state).is_live(TODAY)


@pytest.mark.parametrize(
    "who",
    [
        Eligibility(kinds=frozenset({CustomerKind.SALON})),
        Eligibility(group_ids=frozenset({4})),
        Eligibility(segments=frozenset({"B", "C"})),
        Eligibility(cities=frozenset({"کرج"})),
        Eligibility(customer_ids=frozenset({8})),
        Eligibility(is_only_new=True),
        Eligibility(segments=frozenset({"A"}), customer_ids=frozenset({8})),
    ],
)
def test_whoever_is_not_meant_does_not_get_it(who: Eligibility) -> None:
    assert eligible([a_promotion(1, TEN, eligibility=who)], REZAEI, TODAY) == []
    assert of_ten(a_promotion(1, TEN, eligibility=who), buyer=REZAEI).discount == Money(0)


def test_whoever_is_meant_gets_it() -> None:
    who = Eligibility(
        kinds=frozenset({CustomerKind.PHARMACY}),
        group_ids=frozenset({3, 4}),
        segments=frozenset({"A"}),
        cities=frozenset({"تهران"}),
        customer_ids=frozenset({7}),
    )
    assert of_ten(a_promotion(1, TEN, eligibility=who), buyer=REZAEI).discount == Money(1_000)
    new = Eligibility(is_only_new=True)
    assert of_ten(a_promotion(1, TEN, eligibility=new), buyer=Buyer(is_new=True)).discount == Money(1_000)


@pytest.mark.parametrize(
    ("scope", "on_which"),
    [
        (Scope(), [1, 1, 1]),
        (Scope(product_ids=frozenset({1})), [1, 0, 0]),
        (Scope(category_ids=frozenset({5})), [0, 1, 0]),
        (Scope(brand_ids=frozenset({6})), [0, 1, 1]),
        (Scope(families=frozenset({"colour"})), [0, 0, 1]),
        (Scope(product_ids=frozenset({1}), families=frozenset({"colour"})), [1, 0, 1]),
        (Scope(brand_ids=frozenset({6}), excluded_ids=frozenset({3})), [0, 1, 0]),
        (Scope(excluded_ids=frozenset({3})), [1, 1, 0]),
    ],
)
def test_the_scope_says_on_what(scope: Scope, on_which: list[int]) -> None:
    cart = [
        a_line(1, 1, 10),
        a_line(2, 1, 10, category_id=5, brand_id=6),
        a_line(3, 1, 10, brand_id=6, family="colour"),
    ]
    assert discounts(of_ten(a_promotion(1, TEN, scope), cart=cart)) == on_which
    assert [
        int(scope.covers(line.product_id, line.category_id, line.brand_id, line.family)) for line in cart
    ] == on_which


# Which of several


def test_promotions_of_one_stage_are_given_one_after_the_other_on_what_is_left() -> None:
    assert of_ten(a_promotion(1, TEN), a_promotion(2, FIVE)).discount == Money(1_000 + 450)


def test_of_one_exclusivity_group_the_best_for_the_customer_is_given() -> None:
    rivals = [
        a_promotion(1, FIVE, exclusivity_group="autumn", priority=9),
        a_promotion(2, TEN, exclusivity_group="autumn"),
    ]
    found = of_ten(*rivals)
    assert [(each.promotion_id, each.amount) for each in found.applied] == [(2, Money(1_000))]


def test_each_line_gets_the_best_of_an_exclusivity_group() -> None:
    group = {"exclusivity_group": "autumn"}
    found = of_ten(
        a_promotion(1, TEN, on(1), **group),
        a_promotion(2, FIVE, on(1, 2), **group),
        cart=[a_line(1, 1, 1_000), a_line(2, 1, 1_000)],
    )
    assert discounts(found) == [100, 50]


def test_the_best_one_is_the_best_within_its_cap() -> None:
    capped = a_promotion(1, TEN, exclusivity_group="a", caps=Caps(order=Cap(rials=400)))
    found = of_ten(capped, a_promotion(2, FIVE, exclusivity_group="a"))
    assert [(each.promotion_id, each.amount) for each in found.applied] == [(2, Money(500))]


def test_on_the_whole_order_one_of_a_group_is_given() -> None:
    rivals = [a_promotion(n, order_tier((1, n)), exclusivity_group="order") for n in (1, 3, 2)]
    assert [each.promotion_id for each in of_ten(*rivals).applied] == [3]


def test_of_equals_the_one_of_higher_priority_is_given() -> None:
    equal = [a_promotion(n, TEN, exclusivity_group="a", priority=n) for n in (1, 2)]
    assert [each.promotion_id for each in of_ten(*equal).applied] == [2]
    older = [replace(each, priority=0) for each in equal]
    assert [each.promotion_id for each in of_ten(*older).applied] == [1]


def test_what_does_not_stack_stops_its_stage() -> None:
    first = a_promotion(1, TEN, priority=2, is_stackable=False)
    found = of_ten(first, a_promotion(2, FIVE), a_promotion(3, order_tier((1, 10))))
    assert [each.promotion_id for each in found.applied] == [1, 3]
    assert of_ten(replace(first, priority=-1), a_promotion(2, FIVE)).discount == Money(500 + 950)


def test_what_does_not_stack_stops_it_only_where_it_is_given() -> None:
    first = a_promotion(1, TEN, on(1), priority=2, is_stackable=False)
    found = of_ten(first, a_promotion(2, FIVE), cart=[a_line(1, 1, 1_000), a_line(2, 1, 1_000)])
    assert discounts(found) == [100, 50]


# How much


def test_a_cap_of_an_order_cuts_the_discount_in_proportion() -> None:
    capped = a_promotion(1, TEN, caps=Caps(order=Cap(rials=300)))
    found = of_ten(capped, cart=[a_line(1, 1, 2_000), a_line(2, 1, 4_000)])
    assert discounts(found) == [100, 200]
    assert [each.rate for each in found.applied] == [None, None]


def test_a_cap_of_units_lets_so_many_units_have_it() -> None:
    assert of_ten(a_promotion(1, TEN, caps=Caps(order=Cap(units=4)))).discount == Money(400)


@pytest.mark.parametrize(
    ("caps", "used", "left"),
    [
        (Caps(customer=Cap(rials=700)), Used(ever=Given(rials=300)), 400),
        (Caps(customer=Cap(units=12)), Used(ever=Given(units=7)), 500),
        (Caps(customer=Cap(orders=1)), Used(ever=Given(orders=1)), 0),
        (Caps(customer=Cap(orders=1)), Used(), 1_000),
        (Caps(period=Cap(rials=700)), Used(ever=Given(rials=9_000), in_period=Given(rials=600)), 100),
        (Caps(period=Cap(orders=2)), Used(in_period=Given(orders=2)), 0),
    ],
)
def test_what_the_customer_was_given_before_counts(caps: Caps, used: Used, left: int) -> None:
    buyer = Buyer(customer_id=1, used={1: used})
    assert of_ten(a_promotion(1, TEN, caps=caps), buyer=buyer).discount == Money(left)


def test_a_budget_is_never_overspent_and_a_spent_one_ends_the_promotion() -> None:
    promotion = a_promotion(1, TEN, budget=Cap(rials=5_000), spent=Given(rials=4_900))
    assert of_ten(promotion).discount == Money(100)
    spent = replace(promotion, spent=Given(rials=5_000))
    assert not spent.is_live(TODAY)
    assert of_ten(spent).discount == Money(0)


def test_the_margin_floor_cuts_from_the_last_stage_backwards() -> None:
    cart = [a_line(1, 10, 1_000, cost=Money(770))]
    found = priced(
        cart,
        ANYONE,
        [a_promotion(1, FIVE), a_promotion(2, order_tier((1, 10)))],
        TODAY,
        limits=Limits(margin_floor=Rate(1_000)),
    )
    assert found.net == Money(8_556)
    assert [(each.promotion_id, each.amount.rials) for each in found.applied] == [(1, 500), (2, 944)]


def test_a_price_below_the_floor_is_not_raised() -> None:
    cart = [a_line(1, 10, 1_000, cost=Money(1_200))]
    found = priced(cart, ANYONE, [a_promotion(1, TEN)], TODAY, limits=Limits(margin_floor=Rate(1_000)))
    assert (found.net, found.applied) == (Money(10_000), ())


def test_free_units_that_the_price_does_not_carry_are_not_given() -> None:
    bonus = a_promotion(1, Bonus(steps=free((5, 2))))
    cart = [a_line(1, 10, 1_000, cost=Money(800))]
    found = priced(cart, ANYONE, [bonus], TODAY, limits=Limits(margin_floor=Rate(1_000)))
    assert found.bonus_units == 1
    assert priced(cart, ANYONE, [bonus], TODAY).bonus_units == 4


def test_what_costs_nothing_carries_any_bonus() -> None:
    cart = [a_line(1, 10, 1_000, cost=Money(0))]
    bonus = a_promotion(1, Bonus(steps=free((1, 1))))
    found = priced(cart, ANYONE, [bonus], TODAY, limits=Limits(margin_floor=Rate(1_000)))
    assert found.bonus_units == 10


def test_a_discount_of_less_than_half_a_rial_is_none() -> None:
    found = of_ten(a_promotion(1, FIVE), cart=[a_line(1, 1, 1), a_line(2, 1, 100)])
    assert [(each.product_id, each.amount.rials) for each in found.applied] == [(2, 5)]


def test_the_most_of_all_discounts_cuts_the_last_promotion_first() -> None:
    found = priced(
        [a_line(1, 1, 6_000), a_line(2, 1, 4_000)],
        ANYONE,
        [a_promotion(1, TEN), a_promotion(2, order_tier((1, 10)))],
        TODAY,
        limits=Limits(most_discount=Rate(1_200)),
    )
    assert [(each.promotion_id, each.amount.rials) for each in found.applied] == [
        (1, 600),
        (1, 400),
        (2, 200),
    ]


# Bonus goods


def bonus_of(rule: Rule, choices: dict[int, dict[int, int]] | None = None, **others: object) -> Quote:
    cart = [a_line(1, 14, 1_000), a_line(2, 9, 700), a_line(3, 30, 500)]
    promotion = a_promotion(1, rule, on(1, 2), **others)
    return priced(cart, ANYONE, [promotion], TODAY, bonus_choices=choices, prices={9: Money(250)})


def test_the_same_product_is_given_for_each_product() -> None:
    found = bonus_of(Bonus(steps=free((7, 1))))
    assert units_of(found.bonus) == {1: 2, 2: 1}
    assert [(each.for_products, each.unit_price) for each in found.bonus] == [
        ((1,), Money(1_000)),
        ((2,), Money(700)),
    ]


def test_another_product_is_given_with_its_price() -> None:
    found = bonus_of(Bonus(steps=free((7, 1)), goods=BonusGoods.OTHER, product_ids=(9,)))
    (line,) = found.bonus
    assert (line.product_id, line.quantity, line.for_products, line.unit_price) == (9, 3, (1, 2), Money(250))
    assert (found.applied[0].base, found.applied[0].units, found.applied[0].amount) == (
        Money(750),
        3,
        Money(0),
    )


def test_the_cheapest_of_the_group_is_given() -> None:
    found = bonus_of(Bonus(steps=free((10, 1)), over=Over.GROUP, goods=BonusGoods.CHEAPEST))
    assert units_of(found.bonus) == {2: 2}


def test_what_is_chosen_is_given_and_the_rest_stays_open() -> None:
    rule = Bonus(steps=free((5, 1)), over=Over.GROUP, goods=BonusGoods.CHOOSE, product_ids=(9, 3))
    unchosen = bonus_of(rule)
    assert units_of(unchosen.bonus) == {None: 4}
    assert (unchosen.bonus[0].options, unchosen.bonus[0].is_open) == ((3, 9), True)
    assert units_of(bonus_of(rule, {1: {9: 3}}).bonus) == {9: 3, None: 1}
    assert units_of(bonus_of(rule, {1: {9: 3, 3: 7, 8: 5}}).bonus) == {3: 4}
    assert units_of(bonus_of(rule, {1: {9: -2, 3: 1}}).bonus) == {3: 1, None: 3}


def test_without_a_list_one_chooses_of_what_was_bought() -> None:
    rule = Bonus(steps=free((20, 2)), over=Over.GROUP, goods=BonusGoods.CHOOSE)
    assert bonus_of(rule).bonus[0].options == (1, 2)


def test_caps_of_free_units_and_of_their_worth() -> None:
    rule = Bonus(steps=free((7, 1)))
    assert bonus_of(rule, caps=Caps(order=Cap(units=2))).bonus_units == 2
    assert units_of(bonus_of(rule, caps=Caps(order=Cap(rials=2_100))).bonus) == {1: 2}
    assert bonus_of(rule, caps=Caps(order=Cap(orders=0))).bonus == ()


def test_of_rival_bonuses_each_product_gets_the_one_that_is_worth_most() -> None:
    cart = [a_line(1, 24, 1_000), a_line(2, 10, 1_000)]
    rivals = [
        a_promotion(1, Bonus(steps=TEN_AND_ONE), exclusivity_group="b"),
        a_promotion(2, Bonus(steps=free((24, 3))), exclusivity_group="b"),
    ]
    found = priced(cart, ANYONE, rivals, TODAY)
    assert {(each.promotion_id, each.product_id, each.quantity) for each in found.bonus} == {
        (2, 1, 3),
        (1, 2, 1),
    }
    together = replace(rivals[1], rule=Bonus(steps=free((34, 4)), over=Over.GROUP, goods=BonusGoods.CHEAPEST))
    found = priced(cart, ANYONE, [rivals[0], together], TODAY)
    assert [(each.promotion_id, each.quantity) for each in found.bonus] == [(2, 4)]


def test_a_bonus_that_does_not_stack_stops_its_stage() -> None:
    first = a_promotion(1, Bonus(steps=TEN_AND_ONE), priority=1, is_stackable=False)
    second = a_promotion(2, Bonus(steps=free((5, 1)), mode=BonusMode.ONCE))
    found = priced([a_line(1, 10, 1_000), a_line(2, 5, 1_000)], ANYONE, [first, second], TODAY)
    assert {(each.promotion_id, each.product_id) for each in found.bonus} == {(1, 1), (2, 2)}


def test_a_product_in_two_lines_is_refused() -> None:
    with pytest.raises(ValueError, match="two lines"):
        quote([a_line(1, 1, 10), a_line(1, 2, 10)], ANYONE, [], TODAY)


def test_an_empty_cart_costs_nothing() -> None:
    found = quote([], ANYONE, [a_promotion(1, Tier(steps=steps((1, 5))))], TODAY)
    assert (found.payable, found.discount_share, found.next_steps) == (Money(0), Rate(0), ())


def test_a_step_that_is_not_reached_gives_nothing() -> None:
    assert of_ten(a_promotion(1, Tier(steps=(PromotionStep(at=11, rate=Rate(500)),)))).applied == ()
