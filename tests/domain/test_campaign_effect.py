from __future__ import annotations

from datetime import UTC, datetime, timedelta
from fractions import Fraction

import pytest

from domain.campaign_effect import (
    NOBODY,
    Arm,
    Effect,
    Touch,
    counts_for,
    credited_to,
    rate_of,
    tenths_of_percent,
)
from domain.campaign_reports import days_over
from domain.money import Money, Rate, of_toman

AT = datetime(2026, 11, 22, 6, 30, tzinfo=UTC)
WEEK = timedelta(days=7)
EXAMPLE = Effect(
    told=Arm(shops=319, orders=41, sales=of_toman(486_200_000)),
    holdout=Arm(shops=36, orders=2),
    discount=of_toman(19_400_000),
    margin=Rate(1_800),
)
"""The worked example of rule R15."""


def millions(amount: Money | None) -> float:
    assert amount is not None
    return round(amount.toman / 1_000_000, 1)


def test_the_worked_example() -> None:
    assert EXAMPLE.told.conversion is not None
    assert EXAMPLE.holdout.conversion is not None
    assert EXAMPLE.uplift is not None
    assert EXAMPLE.incremental_orders is not None
    assert tenths_of_percent(EXAMPLE.told.conversion) == Rate(1_290)
    assert tenths_of_percent(EXAMPLE.holdout.conversion) == Rate(560)
    assert tenths_of_percent(EXAMPLE.uplift) == Rate(730)
    assert round(float(EXAMPLE.incremental_orders), 1) == 23.3
    assert EXAMPLE.average_order is not None
    assert EXAMPLE.average_order.toman == 11_858_537
    assert millions(EXAMPLE.incremental_sales) == 276.0
    assert millions(EXAMPLE.incremental_margin) == 49.7
    assert millions(EXAMPLE.net) == 30.3
    assert EXAMPLE.roi is not None
    assert round(EXAMPLE.roi.percent) == 156
    assert EXAMPLE.is_rough


def test_without_a_holdout_nothing_is_said_of_the_effect() -> None:
    blind = Effect(told=EXAMPLE.told, holdout=NOBODY, discount=EXAMPLE.discount, margin=EXAMPLE.margin)
    assert not blind.has_holdout
    assert not blind.is_rough
    assert blind.uplift is None
    assert blind.incremental_orders is None
    assert blind.incremental_sales is None
    assert blind.incremental_margin is None
    assert blind.net is None
    assert blind.roi is None
    assert blind.average_order is not None


def test_without_costs_there_is_an_effect_and_no_return() -> None:
    unknown = Effect(told=EXAMPLE.told, holdout=EXAMPLE.holdout, discount=EXAMPLE.discount)
    assert millions(unknown.incremental_sales) == 276.0
    assert unknown.roi is None
    assert unknown.net is None


def test_what_has_cost_nothing_has_no_rate_of_return() -> None:
    free = Effect(told=EXAMPLE.told, holdout=EXAMPLE.holdout, margin=EXAMPLE.margin)
    assert free.roi is None
    assert millions(free.net) == 49.7


def test_a_campaign_may_do_harm() -> None:
    worse = Effect(
        told=Arm(shops=200, orders=10, sales=of_toman(10_000_000)),
        holdout=Arm(shops=100, orders=8),
        discount=of_toman(1_000_000),
        margin=Rate(2_000),
    )
    assert worse.uplift == Fraction(-3, 100)
    assert worse.incremental_orders == -6
    assert worse.incremental_sales == of_toman(-6_000_000)
    assert worse.roi == Rate(-22_000)
    assert not worse.is_rough


def test_nobody_who_was_told_has_ordered() -> None:
    silent = Effect(told=Arm(shops=100, orders=0), holdout=Arm(shops=100, orders=6), margin=Rate(1_000))
    assert silent.average_order is None
    assert silent.uplift == Fraction(-6, 100)
    assert silent.incremental_sales is None


def test_nobody_was_told() -> None:
    nothing = Effect(told=NOBODY, holdout=NOBODY)
    assert nothing.uplift is None
    assert nothing.average_order is None


@pytest.mark.parametrize(
    ("shops", "orders", "is_rough"), [(36, 2, True), (100, 4, True), (99, 9, True), (100, 5, False)]
)
def test_a_small_holdout_makes_a_rough_number(shops: int, orders: int, is_rough: bool) -> None:
    assert Effect(told=EXAMPLE.told, holdout=Arm(shops=shops, orders=orders)).is_rough is is_rough


def test_an_order_is_credited_to_the_last_message_before_it() -> None:
    first, second = Touch(campaign_id=1, at=AT), Touch(campaign_id=2, at=AT + timedelta(days=2))
    both = (first, second)
    assert credited_to(AT - timedelta(seconds=1), both, WEEK) is None
    assert credited_to(AT, both, WEEK) == first
    assert credited_to(AT + timedelta(days=2), both, WEEK) == second
    assert credited_to(AT + timedelta(days=9), both, WEEK) is None
    assert counts_for(first, AT + timedelta(days=1), both, WEEK)
    assert not counts_for(first, AT + timedelta(days=3), both, WEEK)
    assert counts_for(second, AT + timedelta(days=3), both, WEEK)


def test_the_window_is_each_shops_own() -> None:
    early, late = Touch(campaign_id=1, at=AT), Touch(campaign_id=1, at=AT + timedelta(days=1))
    on_the_eighth_day = AT + WEEK
    assert not counts_for(early, on_the_eighth_day, (early,), WEEK)
    assert counts_for(late, on_the_eighth_day, (late,), WEEK)


def test_a_holdout_counts_from_when_it_would_have_been_told() -> None:
    held = Touch(campaign_id=1, at=AT, is_holdout=True)
    assert counts_for(held, AT + timedelta(days=1), (held,), WEEK)
    assert not counts_for(held, AT - timedelta(days=1), (held,), WEEK)
    other = Touch(campaign_id=2, at=AT + timedelta(days=1))
    assert not counts_for(held, AT + timedelta(days=2), (held, other), WEEK)


def test_a_holdout_of_another_campaign_takes_nothing() -> None:
    told = Touch(campaign_id=1, at=AT)
    held = Touch(campaign_id=2, at=AT + timedelta(days=1), is_holdout=True)
    assert counts_for(told, AT + timedelta(days=2), (told, held), WEEK)
    assert credited_to(AT + timedelta(days=2), (told, held), WEEK) == told


def test_days_are_over_for_whoever_was_told_last() -> None:
    assert days_over(None, AT, 7) == 0
    assert days_over(AT, AT + timedelta(hours=23), 7) == 0
    assert days_over(AT, AT + timedelta(days=6, hours=23), 7) == 6
    assert days_over(AT, AT + timedelta(days=30), 7) == 7


def test_a_rate_is_rounded_half_up_away_from_nothing() -> None:
    assert rate_of(Fraction(1, 20_000)) == Rate(1)
    assert rate_of(Fraction(-1, 20_000)) == Rate(-1)
