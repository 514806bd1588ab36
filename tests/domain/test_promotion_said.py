"""The steps of promotions as managers type them."""

from __future__ import annotations

import pytest

from domain.money import Money, MoneyUnit, Rate, of_toman
from domain.promotion_errors import BudgetNotUnderstood, RateNotUnderstood, StepsNotUnderstood
from domain.promotion_rules import (
    BasketPercent,
    Bonus,
    BonusMode,
    LinePercent,
    Measure,
    OrderTier,
    Over,
    PromotionKind,
    PromotionStep,
    Rule,
    Tier,
    TierMode,
)
from domain.promotion_said import budget_said, rate_said, steps_said
from tests.builders.pricing import free, steps

TEN_MILLION, FIFTY_MILLION = of_toman(10_000_000), of_toman(50_000_000)
AMOUNTS = (
    PromotionStep(at=TEN_MILLION.rials, rate=Rate(200)),
    PromotionStep(at=FIFTY_MILLION.rials, rate=Rate(500)),
)
T, L, B, O, K = (  # noqa: E741 - one letter each, for a table
    PromotionKind.TIER,
    PromotionKind.LINE,
    PromotionKind.BONUS,
    PromotionKind.ORDER,
    PromotionKind.BASKET,
)


@pytest.mark.parametrize(
    ("kind", "text", "rule"),
    [
        (T, "۲۴ تا ۵٪، ۴۸ تا ۸٪", Tier(steps=steps((24, 5), (48, 8)))),
        (T, "۴۸ تا ۸٪، ۲۴ تا ۵٪", Tier(steps=steps((24, 5), (48, 8)))),
        (T, "24: 5%, 48: 8%", Tier(steps=steps((24, 5), (48, 8)))),
        (T, "۲۴ عدد به بالا ۵ درصد\n۴۸ عدد به بالا ۸ درصد", Tier(steps=steps((24, 5), (48, 8)))),
        (T, "۱٬۲۰۰ عدد ۲٫۵٪", Tier(steps=(PromotionStep(at=1_200, rate=Rate(250)),))),
        (T, "۲۴ تا ۵٪ روی هم", Tier(steps=steps((24, 5)), over=Over.GROUP)),
        (
            T,
            "۱۲ تا ۳٪، ۲۴ تا ۵٪، هر پله جدا",
            Tier(steps=steps((12, 3), (24, 5)), mode=TierMode.INCREMENTAL),
        ),
        (T, "۱۰ میلیون ۲٪، ۵۰ میلیون ۵٪", Tier(steps=AMOUNTS, measure=Measure.AMOUNT)),
        (L, "۵٪", LinePercent(rate=Rate(500))),
        (L, "۲/۵ درصد تخفیف", LinePercent(rate=Rate(250))),
        (B, "۱۰+۱", Bonus(steps=free((10, 1)))),
        (B, "۱۰ + ۱، ۲۴ + ۳", Bonus(steps=free((10, 1), (24, 3)), mode=BonusMode.LADDER)),
        (B, "۱۰+۱ فقط یک بار", Bonus(steps=free((10, 1)), mode=BonusMode.ONCE)),
        (O, "از ۱۰ میلیون ۲٪، از ۵۰ میلیون تومان ۵٪", OrderTier(steps=AMOUNTS)),
        (O, "۱۰۰٬۰۰۰٬۰۰۰ ریال ۲٪", OrderTier(steps=AMOUNTS[:1])),
        (
            K,
            "۲ قلم، ۱۰ میلیون، ۴٪",
            BasketPercent(rate=Rate(400), least_products=2, least_amount=TEN_MILLION),
        ),
        (K, "۲ قلم ۴٪", BasketPercent(rate=Rate(400), least_products=2)),
        (K, "خرید ۱۰ میلیون تومان به بالا ۴٪", BasketPercent(rate=Rate(400), least_amount=TEN_MILLION)),
    ],
)
def test_steps_are_understood(kind: PromotionKind, text: str, rule: Rule) -> None:
    assert steps_said(kind, text) == rule


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        (T, ""),
        (T, "۲۴ تا"),
        (T, "۲۴ تا ۱۲۰٪"),
        (T, "۱۲ تا ۲۳ عدد ۳٪"),
        (T, "صفر تا ۵٪"),
        (T, "۲۴ تا ۵٪ فردا"),
        (T, "۲۴ تا ۵٪، ۱۰ میلیون ۸٪"),
        (L, "خیلی"),
        (L, "۰٪"),
        (B, "۱۰"),
        (B, "۱۰+۰"),
        (B, "۱۰+۱، دو"),
        (O, "۱۰۰ تومان ۲٪"),
        (O, "۲۴ تا ۲٪"),
        (K, "۴٪"),
        (K, "۲ قلم"),
        (K, "۲ قلم ۴٪ ۵٪"),
        (PromotionKind.MIX, "۲ قلم ۴٪"),
        (T, "۲۴ تا ۵٪ " * 60),
    ],
)
def test_what_can_be_misread_is_refused(kind: PromotionKind, text: str) -> None:
    with pytest.raises(StepsNotUnderstood):
        steps_said(kind, text)


def test_an_amount_without_a_unit_is_in_the_companys() -> None:
    rule = steps_said(O, "۱۰ میلیون ۲٪", MoneyUnit.RIAL)
    assert isinstance(rule, OrderTier)
    assert rule.steps[0].at == 10_000_000


def test_a_budget_is_money_or_units() -> None:
    assert budget_said("۵۰ میلیون") == Money(500_000_000)
    assert budget_said("۲۰۰ عدد") == 200
    for text in ("هیچ", "", "۲۰۰ تومن"):
        with pytest.raises(BudgetNotUnderstood):
            budget_said(text)


def test_a_rate_is_below_the_whole() -> None:
    assert rate_said("۱۵") == rate_said("۱۵ درصد") == rate_said("15%") == Rate(1_500)
    for text in ("۰", "۱۰۰٪", "زیاد", "-۵"):
        with pytest.raises(RateNotUnderstood):
            rate_said(text)
