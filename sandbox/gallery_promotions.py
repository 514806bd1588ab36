"""Examples of what customers are offered."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from domain.customers import CustomerKind
from domain.deals import Deal, Names
from domain.money import Money, Rate
from domain.promotion_rules import (
    BasketPercent,
    Bonus,
    BonusGoods,
    OrderTier,
    PromotionStep,
    Rule,
    Scope,
    Tier,
)
from domain.promotions import Cap, Eligibility, Given, Promotion
from sandbox.gallery_types import Example
from sandbox.gallery_values import BUYER, NO_OFFERS, SHAMPOO, SHELF, one
from screens import offers, product
from screens.language import Language
from screens.screen import Screen

TODAY = date(2026, 11, 21)
NAMES = Names(
    products={1: "شامپو ضدشوره آوین ۲۵۰", 2: "خمیردندان سپیدتن ۱۰۰", 3: "مسواک سپیدتن"},
    categories={1: "مراقبت مو"},
    brands={1: "آوین"},
    groups={1: "داروخانه‌های غرب"},
    customers={1: "داروخانه دکتر رضایی"},
)


def a_deal(
    number: int, name: str, rule: Rule, scope: Scope, left: Cap | None = None, **others: object
) -> Deal:
    made = Promotion(
        id=number, name=name, rule=rule, scope=scope, starts_on=TODAY, ends_on=date(2026, 12, 21)
    )
    return Deal(promotion=replace(made, **others), left=left or Cap(), names=NAMES)  # type: ignore[arg-type]


TIER = Tier(
    steps=(
        PromotionStep(at=12, rate=Rate(300)),
        PromotionStep(at=24, rate=Rate(500)),
        PromotionStep(at=48, rate=Rate(800)),
    )
)
TIERS = a_deal(1, "پلکانی", TIER, Scope(product_ids=frozenset({1})))
BONUS = a_deal(2, "۱۰+۱", Bonus(steps=(PromotionStep(at=10, free=1),)), Scope(product_ids=frozenset({2})))
OTHER = a_deal(
    3,
    "مسواک هدیه",
    Bonus(steps=(PromotionStep(at=24, free=2),), goods=BonusGoods.OTHER, product_ids=(3,)),
    Scope(product_ids=frozenset({2})),
    Cap(units=6),
)
BASKET = a_deal(
    4,
    "سبد آوین",
    BasketPercent(rate=Rate(400), least_products=2, least_amount=Money(100_000_000)),
    Scope(brand_ids=frozenset({1})),
    Cap(rials=20_000_000),
)
ORDER = a_deal(
    5,
    "خرید بزرگ",
    OrderTier(steps=(PromotionStep(at=100_000_000, rate=Rate(200)),)),
    Scope(),
    Cap(orders=2),
    ends_on=None,
    eligibility=Eligibility(kinds=frozenset({CustomerKind.PHARMACY})),
    budget=Cap(rials=500_000_000),
    spent=Given(rials=120_000_000),
)
DEALS = (TIERS, BONUS, OTHER, BASKET, ORDER)


def own_offers() -> Iterator[Example]:
    yield "offers.deals", lambda _: offers.deals(DEALS, 1, _)
    yield "offers.deals: none", lambda _: offers.deals((), 1, _)
    yield "offers.deal", lambda _: offers.deal(TIERS, one(SHAMPOO), BUYER, 0, _)
    yield "offers.deal: on everything", lambda _: offers.deal(ORDER, None, BUYER, 0, _)
    yield "offers.deal: its goods are not sold", lambda _: offers.deal(BONUS, NO_OFFERS, BUYER, 0, _)
    yield "offers.deal_goods", lambda _: offers.deal_goods(SHELF, BUYER, 0, _)
    yield "offers.deal_goods: none", lambda _: offers.deal_goods(NO_OFFERS, BUYER, 0, _)
    yield "shelves.shelf_page", _shelf
    yield (
        "product.product_card: on a promotion",
        lambda _: product.product_card(one(SHAMPOO), BUYER, _, deals=(TIERS,)),
    )


def _shelf(_: Language) -> Screen:
    """What is on a promotion bears its mark."""
    marked = replace(SHELF, on_deal=frozenset({SHAMPOO.product.id}))
    return offers.deal_goods(marked, BUYER, 0, _)
