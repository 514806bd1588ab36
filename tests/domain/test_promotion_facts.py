"""A promotion is kept as JSON and read back the same, or refused."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given

from domain.customers import CustomerKind
from domain.money import Rate
from domain.promotion_facts import PromotionFault, SpecRefused, fault_of, promotion_facts, spec_of
from domain.promotion_rules import (
    BasketPercent,
    Bonus,
    BonusGoods,
    LinePercent,
    OrderTier,
    Over,
    PromotionStep,
    Rule,
    Scope,
    Tier,
)
from domain.promotions import Cap, Caps, Eligibility, Promotion
from tests.builders.pricing import SHAMPOO_STEPS, TEN_AND_ONE, TODAY, a_promotion, free, on, steps
from tests.domain.test_pricing_properties import promotions

FULL = a_promotion(
    1,
    Tier(steps=SHAMPOO_STEPS),
    Scope(product_ids=frozenset({3, 1}), families=frozenset({"رنگ مو"})),
    priority=5,
    is_stackable=False,
    exclusivity_group="autumn",
    eligibility=Eligibility(
        kinds=frozenset({CustomerKind.SALON}), cities=frozenset({"تهران"}), is_only_new=True
    ),
    caps=Caps(order=Cap(rials=10), customer=Cap(orders=2), period=Cap(units=3), period_days=7),
)
TEN = LinePercent(rate=Rate(1000))


def through_json(facts: Any) -> Any:
    return json.loads(json.dumps(facts))


def assert_comes_back(promotion: Promotion) -> None:
    spec = spec_of(through_json(promotion_facts(promotion)))
    for part in ("rule", "scope", "priority", "is_stackable", "exclusivity_group", "eligibility", "caps"):
        assert getattr(spec, part) == getattr(promotion, part)


def test_everything_comes_back() -> None:
    assert_comes_back(FULL)


@given(promotions())
def test_whatever_is_kept_comes_back(offered: list[Promotion]) -> None:
    for promotion in offered:
        assert_comes_back(promotion)


def test_what_was_kept_can_be_read_by_people() -> None:
    facts = promotion_facts(FULL)
    assert facts["rule"] == {
        "kind": "tier",
        "steps": [
            {"at": 12, "rate": 300, "free": 0},
            {"at": 24, "rate": 500, "free": 0},
            {"at": 48, "rate": 800, "free": 0},
        ],
        "measure": "quantity",
        "mode": "all_units",
        "over": "line",
    }
    assert facts["scope"]["product_ids"] == [1, 3]


@pytest.mark.parametrize(
    ("changed", "where"),
    [
        ({"colour": 1}, "spec.colour"),
        ({"priority": "1"}, "spec.priority"),
        ({"priority": True}, "spec.priority"),
        ({"is_stackable": 1}, "spec.is_stackable"),
        ({"scope": []}, "spec.scope"),
        ({"scope": {"product_ids": 1}}, "spec.scope.product_ids"),
        ({"scope": {"product_ids": ["1"]}}, "spec.scope.product_ids.0"),
        ({"eligibility": {"kinds": ["shop"]}}, "spec.eligibility.kinds.0"),
        ({"eligibility": {"kinds": [["salon"]]}}, "spec.eligibility.kinds.0"),
        ({"rule": {"kind": "lottery"}}, "spec.rule.kind"),
        ({"rule": "tier"}, "spec.rule.kind"),
        ({"rule": {"kind": "line"}}, "spec.rule.rate"),
        ({"rule": {"kind": "line", "rate": 1.5}}, "spec.rule.rate"),
        ({"rule": {"kind": "line", "rate": 100, "steps": []}}, "spec.rule.steps"),
        ({"caps": {"order": {"rials": "all"}}}, "spec.caps.order.rials"),
    ],
)
def test_what_is_not_exactly_a_spec_is_refused(changed: dict[str, Any], where: str) -> None:
    with pytest.raises(SpecRefused) as refused:
        spec_of({**through_json(promotion_facts(FULL)), **changed})
    assert str(refused.value) == where


def test_a_spec_without_a_rule_is_refused() -> None:
    facts = promotion_facts(FULL)
    del facts["rule"]
    with pytest.raises(SpecRefused, match=r"spec\.rule"):
        spec_of(facts)
    with pytest.raises(SpecRefused, match="spec"):
        spec_of(None)


def test_what_is_left_out_is_as_it_was_meant() -> None:
    spec = spec_of({"rule": {"kind": "line", "rate": 1000}})
    assert (spec.rule, spec.scope, spec.is_stackable) == (TEN, Scope(), True)


def test_a_sound_promotion_has_no_fault() -> None:
    assert fault_of(FULL) is None
    assert fault_of(a_promotion(1, Bonus(steps=TEN_AND_ONE))) is None


@pytest.mark.parametrize(
    ("rule", "fault"),
    [
        (Tier(steps=()), PromotionFault.STEPS),
        (Tier(steps=steps((12, 5), (12, 6))), PromotionFault.STEPS),
        (Tier(steps=steps((12, 5), (24, 3))), PromotionFault.STEPS),
        (Tier(steps=steps((0, 5))), PromotionFault.STEPS),
        (Tier(steps=steps((12, 0))), PromotionFault.STEPS),
        (OrderTier(steps=steps((12, 101))), PromotionFault.RATE),
        (LinePercent(rate=Rate(0)), PromotionFault.RATE),
        (BasketPercent(rate=Rate(10_001)), PromotionFault.RATE),
        (Bonus(steps=()), PromotionFault.STEPS),
        (Bonus(steps=(PromotionStep(at=10),)), PromotionFault.FREE),
        (Bonus(steps=free((10, 1)), over=Over.GROUP), PromotionFault.GOODS),
        (Bonus(steps=free((10, 1)), goods=BonusGoods.OTHER), PromotionFault.GOODS),
    ],
)
def test_a_rule_that_cannot_hold(rule: Rule, fault: PromotionFault) -> None:
    assert fault_of(a_promotion(1, rule)) is fault


def test_names_days_and_caps_that_cannot_hold() -> None:
    promotion = a_promotion(1, TEN, on(1))
    assert fault_of(replace(promotion, name=" ")) is PromotionFault.NAME
    assert fault_of(replace(promotion, ends_on=TODAY - timedelta(days=1))) is PromotionFault.DATES
    assert fault_of(replace(promotion, budget=Cap(rials=-1))) is PromotionFault.CAPS
    assert fault_of(replace(promotion, caps=Caps(period_days=0))) is PromotionFault.CAPS
