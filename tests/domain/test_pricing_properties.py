"""What holds for every cart and all promotions: whatever their order, never too much, never a rial lost."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from domain.bonus import Goods
from domain.evaluation import evaluated
from domain.money import BASIS_POINTS, Money, Rate
from domain.pricing import CartLine, Limits, Quote, Settlement
from domain.promotion_rules import (
    BasketPercent,
    Bonus,
    BonusGoods,
    BonusMode,
    LinePercent,
    Measure,
    MixPercent,
    OrderTier,
    Over,
    PromotionStep,
    Rule,
    Scope,
    Stage,
    Tier,
    TierMode,
)
from domain.promotions import Cap, Caps, Promotion
from domain.proposals import ratio_of
from domain.proration import prorated
from domain.quoting import priced, quote
from tests.builders.pricing import ANYONE, TODAY, a_line, a_promotion

PRODUCTS = st.integers(1, 6)
RATES = st.integers(1, 4_000).map(Rate)
SCOPES = st.builds(
    Scope,
    product_ids=st.frozensets(PRODUCTS, max_size=3),
    brand_ids=st.frozensets(st.integers(1, 2), max_size=1),
    excluded_ids=st.frozensets(PRODUCTS, max_size=1),
)
CHOICES = {1: {1: 2, 3: 1}, 2: {2: 1}}


@st.composite
def rising_steps(draw: st.DrawFn, most_at: int) -> tuple[PromotionStep, ...]:
    ats = sorted(draw(st.sets(st.integers(1, most_at), min_size=1, max_size=3)))
    rates = sorted(draw(st.sets(st.integers(1, 5_000), min_size=len(ats), max_size=len(ats))))
    return tuple(PromotionStep(at=at, rate=Rate(rate)) for at, rate in zip(ats, rates, strict=True))


BONUS_STEPS = st.lists(
    st.builds(PromotionStep, at=st.integers(1, 30), free=st.integers(1, 5)),
    min_size=1, max_size=3, unique_by=lambda step: step.at,
).map(tuple)  # fmt: skip
RULES: st.SearchStrategy[Rule] = st.one_of(
    st.builds(Tier, steps=rising_steps(60), mode=st.sampled_from(TierMode), over=st.sampled_from(Over)),
    st.builds(
        Tier, steps=rising_steps(10**8), measure=st.just(Measure.AMOUNT), mode=st.sampled_from(TierMode)
    ),
    st.builds(LinePercent, rate=RATES),
    st.builds(
        BasketPercent,
        rate=RATES,
        least_products=st.integers(1, 3),
        least_amount=st.integers(0, 10**7).map(Money),
        is_on_order=st.booleans(),
    ),
    st.builds(
        MixPercent,
        rate=RATES,
        least_units=st.integers(1, 10),
        other=SCOPES,
        least_other_units=st.integers(1, 10),
        is_on_order=st.booleans(),
    ),
    st.builds(OrderTier, steps=rising_steps(10**8), mode=st.sampled_from(TierMode)),
    st.builds(
        Bonus,
        steps=BONUS_STEPS,
        mode=st.sampled_from(BonusMode),
        over=st.sampled_from(Over),
        goods=st.sampled_from(BonusGoods),
        product_ids=st.just((3, 1, 9)),
    ),
)
SMALL = st.none() | st.integers(0, 10**6)
CAPS = st.builds(Cap, rials=SMALL, units=st.none() | st.integers(0, 30))


@st.composite
def promotions(draw: st.DrawFn) -> list[Promotion]:
    return [
        a_promotion(
            number,
            draw(RULES),
            draw(SCOPES),
            priority=draw(st.integers(0, 2)),
            is_stackable=draw(st.booleans()),
            exclusivity_group=draw(st.sampled_from([None, "a", "b"])),
            caps=Caps(order=draw(CAPS)),
        )
        for number in range(1, draw(st.integers(1, 6)) + 1)
    ]


@st.composite
def carts(draw: st.DrawFn) -> list[CartLine]:
    ids = draw(st.lists(PRODUCTS, min_size=1, max_size=6, unique=True))
    return [
        a_line(
            product_id,
            draw(st.integers(1, 80)),
            draw(st.sampled_from([0, 1, 7, 333_333]) | st.integers(1, 3_000_000)),
            draw(st.sampled_from([Rate(0), Rate(1000)])),
            brand_id=product_id % 3,
            cost=draw(st.none() | st.integers(0, 3_000_000).map(Money)),
        )
        for product_id in ids
    ]


LIMITS = st.builds(
    Limits,
    margin_floor=st.none() | st.integers(0, 4_000).map(Rate),
    most_discount=st.none() | st.integers(0, 5_000).map(Rate),
)
SETTLEMENTS = st.builds(
    Settlement,
    discount=st.integers(0, 1_000).map(Rate),
    share=st.sampled_from([Rate(10_000), Rate(3_333)]),
)


def told(found: Quote) -> object:
    """A quote without the order in which its lines are shown."""
    return sorted(found.lines, key=lambda each: each.product_id), found.bonus, found.applied, found.payable


@given(carts(), promotions(), SETTLEMENTS, LIMITS, st.randoms())
def test_nothing_depends_on_the_order_of_lines_or_promotions(
    cart: list[CartLine], offered: list[Promotion], term: Settlement, limits: Limits, random: Random
) -> None:
    found = quote(cart, ANYONE, offered, TODAY, term, limits, CHOICES)
    random.shuffle(shuffled := list(cart))
    random.shuffle(mixed := list(offered))
    again = quote(shuffled, ANYONE, mixed, TODAY, term, limits, CHOICES)
    assert told(again) == told(found)
    assert again.next_steps == found.next_steps
    assert [each.line for each in again.lines] == shuffled


@given(carts(), promotions(), SETTLEMENTS, LIMITS)
def test_no_rial_is_lost_and_none_is_below_zero(
    cart: list[CartLine], offered: list[Promotion], term: Settlement, limits: Limits
) -> None:
    found = priced(cart, ANYONE, offered, TODAY, term, limits, CHOICES)
    for line in found.lines:
        assert Money(0) <= line.net <= line.gross
        assert line.vat == line.net.share(line.line.vat_rate)
        assert sum(each.amount.rials for each in line.applied) == line.discount.rials
        assert all(each.amount.rials > 0 for each in line.applied)
    assert sum(each.amount.rials for each in found.applied) == found.discount.rials
    assert found.payable == found.gross - found.discount + found.vat
    assert all(line.quantity > 0 for line in found.bonus)


@given(carts(), promotions(), SETTLEMENTS, LIMITS)
def test_limits_are_never_broken(
    cart: list[CartLine], offered: list[Promotion], term: Settlement, limits: Limits
) -> None:
    found = priced(cart, ANYONE, offered, TODAY, term, limits, CHOICES)
    if limits.most_discount is not None:
        assert found.discount.rials * BASIS_POINTS <= found.gross.rials * limits.most_discount.basis_points
    if limits.margin_floor is None:
        return
    for line in found.lines:
        own = sum(
            each.quantity
            for each in found.bonus
            if each.goods is BonusGoods.SAME and each.product_id == line.product_id
        )
        if line.line.cost is not None and (line.discount or own):
            cost = line.line.cost.rials * (line.line.quantity + own)
            kept = line.net.rials * (BASIS_POINTS - limits.margin_floor.basis_points)
            assert kept >= cost * BASIS_POINTS


@given(carts(), promotions())
def test_no_promotion_gives_more_than_its_cap(cart: list[CartLine], offered: list[Promotion]) -> None:
    found = priced(cart, ANYONE, offered, TODAY)
    for promotion in offered:
        entries = [each for each in found.applied if each.promotion_id == promotion.id]
        cap = promotion.caps.order
        if cap.rials is not None:
            given_rials = sum(
                (each.base if each.stage is Stage.BONUS else each.amount).rials for each in entries
            )
            assert given_rials <= cap.rials
        if cap.units is not None and promotion.stage is Stage.BONUS:
            assert sum(each.units for each in entries) <= cap.units


@given(rising_steps(10**6), st.integers(0, 2 * 10**6), st.sampled_from(Measure))
def test_slices_never_give_more_than_the_whole_at_the_reached_step(
    climbed: tuple[PromotionStep, ...], measured: int, measure: Measure
) -> None:
    whole = ratio_of(climbed, TierMode.ALL_UNITS, measured, measure)
    sliced = ratio_of(climbed, TierMode.INCREMENTAL, measured, measure)
    assert sliced[0] * whole[1] <= whole[0] * sliced[1]


@given(st.integers(0, 10**12), st.lists(st.integers(0, 10**9), min_size=1, max_size=20))
def test_parts_sum_to_the_whole(amount: int, weights: list[int]) -> None:
    if not sum(weights):
        return
    parts = prorated(amount, weights)
    assert sum(parts) == amount
    exact = [amount * weight / sum(weights) for weight in weights]
    assert all(abs(part - share) < 1 + 1e-6 * share for part, share in zip(parts, exact, strict=True))


# Negative controls: what a hasty hand would write fails where ours holds.


def naive_parts(amount: int, weights: Sequence[int]) -> list[int]:
    """Each part rounded for itself."""
    return [round(amount * weight / sum(weights)) for weight in weights]


def last_takes_the_rest(amount: int, weights: Sequence[int]) -> list[int]:
    """Sums to the whole, but the line that happens to stand last pays for the rounding."""
    parts = [amount * weight // sum(weights) for weight in weights[:-1]]
    return [*parts, amount - sum(parts)]


def test_rounding_each_part_for_itself_loses_rials() -> None:
    assert sum(naive_parts(100, [1, 1, 1])) == 99
    assert sum(prorated(100, [1, 1, 1])) == 100


def test_giving_the_rest_to_the_last_line_depends_on_the_order_of_lines() -> None:
    weights = {1: 65_356_801, 2: 31_968_000, 3: 53_000_000}
    outcomes = []
    for order in ([1, 2, 3], [3, 2, 1]):
        parts = last_takes_the_rest(5_892_731, [weights[key] for key in order])
        outcomes.append(dict(zip(order, parts, strict=True)))
    assert outcomes[0] != outcomes[1]
    offered = [a_promotion(1, OrderTier(steps=(PromotionStep(at=1, rate=Rate(392)),)))]
    carts_ = [[a_line(key, 1, weights[key]) for key in order] for order in ([1, 2, 3], [3, 2, 1])]
    ours = [priced(cart, ANYONE, offered, TODAY) for cart in carts_]
    assert told(ours[0]) == told(ours[1])


def test_lines_that_are_priced_as_they_stand_depend_on_their_order() -> None:
    """What ``by_product`` is for: without it, a left-over rial goes to whoever stands first."""
    term = Settlement(discount=Rate(100))

    def as_they_stand(*product_ids: int) -> dict[int, int]:
        lines = {key: a_line(key, 1, 50) for key in product_ids}
        return evaluated({}, [], term, Limits(), Goods(lines=lines)).cart.nets

    assert as_they_stand(1, 2, 3) != as_they_stand(3, 2, 1)
    shown = [[a_line(key, 1, 50) for key in order] for order in ([1, 2, 3], [3, 2, 1])]
    assert told(priced(shown[0], ANYONE, [], TODAY, term)) == told(priced(shown[1], ANYONE, [], TODAY, term))


def test_a_float_rounds_half_a_rial_the_wrong_way() -> None:
    line = a_line(1, 1, 50, Rate(1000))
    offered = [a_promotion(1, LinePercent(rate=Rate(500)))]
    assert round(50 * 0.05) == 2
    assert priced([line], ANYONE, offered, TODAY).discount == Money(3)
