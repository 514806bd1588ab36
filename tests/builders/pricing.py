"""Cart lines and promotions for tests of prices."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from domain.money import Money, Rate, of_toman
from domain.pricing import Buyer, CartLine
from domain.promotion_rules import Bonus, BonusMode, OrderTier, PromotionStep, Rule, Scope, Tier
from domain.promotions import Promotion

TODAY = date(2026, 11, 21)
ANYONE = Buyer(customer_id=1)
TEN_PERCENT = Rate(1000)
NO_VAT = Rate(0)


def a_line(product_id: int, quantity: int, rials: int, vat: Rate = TEN_PERCENT, **others: Any) -> CartLine:
    return CartLine(product_id=product_id, quantity=quantity, unit_price=Money(rials), vat_rate=vat, **others)


def steps(*pairs: tuple[int, int]) -> tuple[PromotionStep, ...]:
    """Steps of (at, rate in percent)."""
    return tuple(PromotionStep(at=at, rate=Rate(percent * 100)) for at, percent in pairs)


def free(*pairs: tuple[int, int]) -> tuple[PromotionStep, ...]:
    """Steps of (bought, free)."""
    return tuple(PromotionStep(at=at, free=units) for at, units in pairs)


def on(*product_ids: int) -> Scope:
    return Scope(product_ids=frozenset(product_ids))


def a_promotion(promotion_id: int, rule: Rule, scope: Scope | None = None, **others: Any) -> Promotion:
    return Promotion(
        id=promotion_id,
        name=f"promotion {promotion_id}",
        rule=rule,
        scope=scope or Scope(),
        starts_on=others.pop("starts_on", TODAY),
        **others,
    )


SHAMPOO, TOOTHPASTE, GLOVES, SUNSCREEN = 1, 2, 3, 4
SHAMPOO_STEPS = steps((12, 3), (24, 5), (48, 8))
TEN_AND_ONE = free((10, 1))
LADDER = free((10, 1), (24, 3), (50, 8))


def story_line(product_id: int, quantity: int) -> CartLine:
    """What the pharmacy of S1 and S2 buys."""
    toman, vat = {
        SHAMPOO: (148_000, TEN_PERCENT),
        TOOTHPASTE: (96_000, TEN_PERCENT),
        GLOVES: (265_000, NO_VAT),
        SUNSCREEN: (312_000, TEN_PERCENT),
    }[product_id]
    return a_line(product_id, quantity, of_toman(toman).rials, vat)


def story_promotions() -> tuple[Promotion, ...]:
    """The shampoo by steps, and one tube of toothpaste with ten."""
    return (
        a_promotion(1, Tier(steps=SHAMPOO_STEPS), on(SHAMPOO)),
        a_promotion(2, Bonus(steps=TEN_AND_ONE), on(TOOTHPASTE)),
    )


def r56_lines() -> tuple[CartLine, ...]:
    """The cart of rule R5.6: shampoo and hand cream of one brand, gloves of another."""
    return (
        a_line(1, 50, 1_480_000, brand_id=7),
        a_line(2, 37, 900_000, brand_id=7),
        a_line(3, 20, 2_650_000, NO_VAT, brand_id=8),
    )


def units_of(found: Iterable[Any]) -> dict[int | None, int]:
    return {each.product_id: each.quantity for each in found}


def order_tier(*pairs: tuple[int, int]) -> OrderTier:
    return OrderTier(steps=steps(*pairs))


def ladder(mode: BonusMode = BonusMode.LADDER) -> Bonus:
    return Bonus(steps=LADDER, mode=mode)
