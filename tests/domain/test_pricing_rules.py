"""The worked numbers of rule R5, and the figures of the story, to the rial."""

from __future__ import annotations

import pytest

from domain.bonus import free_units, units_to_next
from domain.money import Money, Rate, of_toman
from domain.pricing import Quote, Settlement
from domain.promotion_rules import (
    BasketPercent,
    Bonus,
    BonusMode,
    LinePercent,
    Measure,
    MixPercent,
    Over,
    PromotionStep,
    Scope,
    Stage,
    Tier,
    TierMode,
)
from domain.promotions import Promotion
from domain.proration import prorated
from domain.quoting import priced, quote
from tests.builders.pricing import (
    ANYONE,
    GLOVES,
    LADDER,
    NO_VAT,
    SHAMPOO,
    SHAMPOO_STEPS,
    SUNSCREEN,
    TEN_AND_ONE,
    TODAY,
    TOOTHPASTE,
    a_line,
    a_promotion,
    on,
    order_tier,
    r56_lines,
    steps,
    story_line,
    story_promotions,
    units_of,
)

CASH = Settlement(discount=Rate(400))


def r56_promotions() -> tuple[Promotion, ...]:
    brand = Scope(brand_ids=frozenset({7}))
    basket = BasketPercent(rate=Rate(400), least_products=2, least_amount=Money(100_000_000))
    return (
        a_promotion(1, Tier(steps=SHAMPOO_STEPS), on(1)),
        a_promotion(2, Bonus(steps=TEN_AND_ONE), on(2)),
        a_promotion(3, basket, brand),
        a_promotion(4, order_tier((100_000_000, 2))),
    )


# R5.2: steps


@pytest.mark.parametrize(
    ("mode", "discount", "net"),
    [(TierMode.ALL_UNITS, 4_800_000, 55_200_000), (TierMode.INCREMENTAL, 2_160_000, 57_840_000)],
)
def test_fifty_units_on_three_steps(mode: TierMode, discount: int, net: int) -> None:
    promotion = a_promotion(1, Tier(steps=SHAMPOO_STEPS, mode=mode))
    found = priced([a_line(1, 50, 1_200_000)], ANYONE, [promotion], TODAY)
    assert (found.gross, found.discount, found.net) == (Money(60_000_000), Money(discount), Money(net))


@pytest.mark.parametrize(
    ("quantity", "rate"), [(11, 0), (12, 300), (23, 300), (24, 500), (47, 500), (48, 800)]
)
def test_a_step_holds_from_its_own_unit_on(quantity: int, rate: int) -> None:
    promotion = a_promotion(1, Tier(steps=SHAMPOO_STEPS))
    found = priced([a_line(1, quantity, 10_000)], ANYONE, [promotion], TODAY)
    assert found.discount == Money(quantity * rate)


def test_the_first_unit_of_a_slice_has_its_rate() -> None:
    promotion = a_promotion(1, Tier(steps=SHAMPOO_STEPS, mode=TierMode.INCREMENTAL))
    found = [
        priced([a_line(1, q, 10_000)], ANYONE, [promotion], TODAY).discount.rials for q in (11, 12, 24, 48)
    ]
    assert found == [0, 300, 12 * 300 + 500, 12 * 300 + 24 * 500 + 800]


def test_one_unit_more_costs_less() -> None:
    promotion = a_promotion(1, Tier(steps=SHAMPOO_STEPS))

    def with_units(quantity: int) -> Quote:
        return quote([a_line(1, quantity, 1_200_000, NO_VAT)], ANYONE, [promotion], TODAY)

    assert with_units(47).net == Money(53_580_000)
    assert with_units(48).net == Money(52_992_000)
    (step,) = with_units(47).next_steps
    assert (step.units, step.saves, step.saves_payable) == (1, Money(588_000), Money(588_000))
    assert step.saves == of_toman(58_800)


def test_value_added_tax_is_part_of_what_a_cliff_saves_in_the_end() -> None:
    promotion = a_promotion(1, Tier(steps=SHAMPOO_STEPS))
    (step,) = quote([a_line(1, 47, 1_200_000)], ANYONE, [promotion], TODAY).next_steps
    assert (step.saves, step.saves_payable) == (Money(588_000), Money(646_800))


def test_a_tier_is_measured_on_a_group_of_shades() -> None:
    shades = [a_line(n, 8, 500_000, family="colour") for n in (1, 2, 3)]
    scope = Scope(families=frozenset({"colour"}))
    rule = Tier(steps=SHAMPOO_STEPS, over=Over.GROUP)
    assert priced(shades, ANYONE, [a_promotion(1, rule, scope)], TODAY).discount == Money(600_000)
    alone = Tier(steps=SHAMPOO_STEPS)
    assert priced(shades, ANYONE, [a_promotion(1, alone, scope)], TODAY).discount == Money(0)


def test_a_tier_by_amount_measures_the_net_of_the_line() -> None:
    amount = Tier(steps=steps((10_000_000, 10)), measure=Measure.AMOUNT)
    before = a_promotion(2, LinePercent(rate=Rate(100)), priority=1)
    line = a_line(1, 10, 1_000_000)
    assert priced([line], ANYONE, [a_promotion(1, amount)], TODAY).discount == Money(1_000_000)
    assert priced([line], ANYONE, [a_promotion(1, amount), before], TODAY).discount == Money(100_000)


def test_slices_of_an_amount_start_above_their_step() -> None:
    rule = Tier(
        steps=steps((1_000_000, 5), (2_000_000, 10)), measure=Measure.AMOUNT, mode=TierMode.INCREMENTAL
    )
    found = priced([a_line(1, 3, 1_000_000)], ANYONE, [a_promotion(1, rule)], TODAY)
    assert found.discount == Money(50_000 + 100_000)


# R5.3: bonus goods


@pytest.mark.parametrize(("quantity", "units"), [(9, 0), (10, 1), (37, 3), (40, 4)])
def test_ten_and_one(quantity: int, units: int) -> None:
    assert free_units(Bonus(steps=TEN_AND_ONE), quantity) == units


def test_the_next_bonus_needs_three_more() -> None:
    assert units_to_next(Bonus(steps=TEN_AND_ONE), 37) == (3, 4)


@pytest.mark.parametrize(("quantity", "units"), [(37, 4), (47, 5), (50, 8), (60, 9), (74, 11)])
def test_a_ladder_is_climbed_greedily_from_the_top(quantity: int, units: int) -> None:
    assert free_units(Bonus(steps=LADDER, mode=BonusMode.LADDER), quantity) == units


@pytest.mark.parametrize(("quantity", "units"), [(9, 0), (10, 1), (37, 1), (200, 1)])
def test_a_bonus_that_is_given_once(quantity: int, units: int) -> None:
    assert free_units(Bonus(steps=TEN_AND_ONE, mode=BonusMode.ONCE), quantity) == units


@pytest.mark.parametrize(("step", "basis_points"), [((10, 1), 909), ((24, 3), 1111), ((50, 8), 1379)])
def test_the_equivalent_discount(step: tuple[int, int], basis_points: int) -> None:
    assert PromotionStep(at=step[0], free=step[1]).equivalent == Rate(basis_points)


def test_bonus_units_qualify_for_nothing() -> None:
    tier = a_promotion(1, Tier(steps=steps((11, 50))))
    found = priced([a_line(1, 10, 1_000)], ANYONE, [tier, a_promotion(2, Bonus(steps=TEN_AND_ONE))], TODAY)
    assert (found.bonus_units, found.discount) == (1, Money(0))


# R5.4: baskets


def test_a_basket_needs_enough_products_and_enough_money() -> None:
    rule = BasketPercent(rate=Rate(500), least_products=2, least_amount=Money(1_000_000))
    promotion = a_promotion(1, rule, on(1, 2))
    two = [a_line(1, 1, 400_000), a_line(2, 1, 600_000), a_line(3, 1, 900_000)]
    assert priced(two, ANYONE, [promotion], TODAY).discount == Money(50_000)
    assert priced([a_line(1, 3, 400_000), two[2]], ANYONE, [promotion], TODAY).discount == Money(0)
    assert priced([a_line(1, 1, 399_999), *two[1:]], ANYONE, [promotion], TODAY).discount == Money(0)


def test_a_basket_can_give_on_the_whole_order() -> None:
    rule = BasketPercent(rate=Rate(500), least_products=2, is_on_order=True)
    lines = [a_line(1, 1, 400_000), a_line(2, 1, 600_000), a_line(3, 1, 1_000_000)]
    found = priced(lines, ANYONE, [a_promotion(1, rule, on(1, 2))], TODAY)
    assert [line.discount.rials for line in found.lines] == [20_000, 30_000, 50_000]
    assert [(each.product_id, each.amount) for each in found.applied] == [(None, Money(100_000))]


def test_a_mix_needs_enough_of_both() -> None:
    rule = MixPercent(rate=Rate(1000), least_units=6, other=on(2), least_other_units=3)
    promotion = a_promotion(1, rule, on(1))
    lines = [a_line(1, 6, 1_000), a_line(2, 3, 2_000), a_line(3, 1, 9_000)]
    assert priced(lines, ANYONE, [promotion], TODAY).discount == Money(1_200)
    assert priced([a_line(1, 5, 1_000), *lines[1:]], ANYONE, [promotion], TODAY).discount == Money(0)
    assert priced([lines[0], a_line(2, 2, 2_000)], ANYONE, [promotion], TODAY).discount == Money(0)


# R5.5: proration


def test_left_over_rials_go_to_the_largest_fractions() -> None:
    weights = [64_049_664, 31_328_640, 51_940_000]
    assert prorated(5_892_732, weights) == [2_561_986, 1_253_146, 2_077_600]
    assert prorated(3_006_496, [65_356_800, 31_968_000, 53_000_000]) == [1_307_136, 639_360, 1_060_000]


def test_of_equal_fractions_the_first_gets_the_rial() -> None:
    assert prorated(2, [1, 1, 1]) == [1, 1, 0]
    assert prorated(10, [0, 3, 0]) == [0, 10, 0]
    assert prorated(0, [0, 0]) == [0, 0]
    with pytest.raises(ValueError, match="nothing to spread"):
        prorated(1, [0, 0])


# R5.6: the full example


def test_the_full_example_stage_by_stage() -> None:
    found = priced(r56_lines(), ANYONE, r56_promotions(), TODAY, CASH)
    table = {
        stage: [
            sum(each.amount.rials for each in line.applied if each.stage is stage) for line in found.lines
        ]
        for stage in (Stage.LINE, Stage.BASKET, Stage.ORDER, Stage.SETTLEMENT)
    }
    assert [line.gross.rials for line in found.lines] == [74_000_000, 33_300_000, 53_000_000]
    assert table[Stage.LINE] == [5_920_000, 0, 0]
    assert table[Stage.BASKET] == [2_723_200, 1_332_000, 0]
    assert table[Stage.ORDER] == [1_307_136, 639_360, 1_060_000]
    assert table[Stage.SETTLEMENT] == [2_561_986, 1_253_146, 2_077_600]
    assert [line.vat.rials for line in found.lines] == [6_148_768, 3_007_549, 0]
    left, sums = found.gross.rials, []
    for amounts in table.values():
        left -= sum(amounts)
        sums.append(left)
    assert sums == [154_380_000, 150_324_800, 147_318_304, 141_425_572]


def test_the_full_example_in_all() -> None:
    found = priced(r56_lines(), ANYONE, r56_promotions(), TODAY, CASH)
    assert found.gross == Money(160_300_000)
    assert found.net == Money(141_425_572)
    assert found.vat == Money(9_156_317)
    assert found.payable == Money(150_581_889)
    assert found.payable.toman == 15_058_189
    assert found.discount == Money(18_874_428)
    assert found.discount_share == Rate(1177)
    assert units_of(found.bonus) == {2: 3}


def test_each_applied_promotion_is_told_with_its_base_and_amount() -> None:
    found = priced(r56_lines(), ANYONE, r56_promotions(), TODAY, CASH)
    assert [
        (each.promotion_id, each.version, each.stage, each.product_id, each.base.rials, each.amount.rials)
        for each in found.applied
    ] == [
        (2, 1, Stage.BONUS, 2, 2_700_000, 0),
        (1, 1, Stage.LINE, 1, 74_000_000, 5_920_000),
        (3, 1, Stage.BASKET, 1, 68_080_000, 2_723_200),
        (3, 1, Stage.BASKET, 2, 33_300_000, 1_332_000),
        (4, 1, Stage.ORDER, None, 150_324_800, 3_006_496),
        (None, 0, Stage.SETTLEMENT, None, 147_318_304, 5_892_732),
    ]
    assert sum(each.amount.rials for each in found.applied) == found.discount.rials


# The story: S1.14 to S1.16, S2.3 and S2.4


def test_the_basket_of_the_story() -> None:
    lines = [story_line(SHAMPOO, 24), story_line(TOOTHPASTE, 40), story_line(GLOVES, 10)]
    found = quote(lines, ANYONE, story_promotions(), TODAY)
    shampoo = found.lines[0]
    assert (shampoo.gross, shampoo.discount) == (of_toman(3_552_000), of_toman(177_600))
    assert (shampoo.net, shampoo.applied[0].rate) == (of_toman(3_374_400), Rate(500))
    assert units_of(found.bonus) == {TOOTHPASTE: 4}
    assert (found.net, found.vat) == (of_toman(9_864_400), of_toman(721_440))
    assert found.payable == of_toman(10_585_840)
    (step,) = found.next_steps
    assert (step.product_id, step.units, step.rate, step.saves) == (SHAMPOO, 24, Rate(800), None)


def test_the_basket_of_the_story_in_cash() -> None:
    lines = [story_line(SHAMPOO, 24), story_line(TOOTHPASTE, 40), story_line(GLOVES, 10)]
    found = priced(lines, ANYONE, story_promotions(), TODAY, CASH)
    assert found.payable.toman == 10_162_406


def test_the_order_that_was_written_as_a_text() -> None:
    lines = [
        story_line(SHAMPOO, 48),
        story_line(GLOVES, 10),
        story_line(TOOTHPASTE, 30),
        story_line(SUNSCREEN, 6),
    ]
    found = quote(lines, ANYONE, story_promotions(), TODAY)
    assert (found.lines[0].discount, found.lines[0].net) == (of_toman(568_320), of_toman(6_535_680))
    assert units_of(found.bonus) == {TOOTHPASTE: 3}
    assert (found.net, found.vat) == (of_toman(13_937_680), of_toman(1_128_768))
    assert found.payable == of_toman(15_066_448)
    assert found.next_steps == ()
    lines[1] = story_line(GLOVES, 20)
    assert priced(lines[:3], ANYONE, story_promotions(), TODAY).payable == of_toman(15_657_248)
