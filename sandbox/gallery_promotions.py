"""Examples of what customers are offered, and of how managers make it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from domain.customers import CustomerKind
from domain.deals import Deal, Names
from domain.money import Money, Rate
from domain.pricing import Buyer
from domain.promotion_drafts import Choices, Part, Preview, PromotionDraft, PromotionPage, begun, drafted
from domain.promotion_examples import example_order
from domain.promotion_facts import PromotionFault
from domain.promotion_rules import (
    BasketPercent,
    Bonus,
    BonusGoods,
    OrderTier,
    PromotionKind,
    PromotionStep,
    Rule,
    Scope,
    Tier,
)
from domain.promotions import Cap, Eligibility, Given, Promotion, PromotionState
from domain.quoting import quote
from sandbox.gallery_types import Example
from sandbox.gallery_values import BUYER, NO_OFFERS, SHAMPOO, SHELF, one
from screens import offers, product, promotion_maker, promotions
from screens.callbacks.promotions import PriceLimit
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


PAUSED = replace(BASKET, promotion=replace(BASKET.promotion, state=PromotionState.PAUSED, code="AV-4"))
ENDED = replace(BONUS, promotion=replace(BONUS.promotion, state=PromotionState.ENDED))
COMING = replace(OTHER, promotion=replace(OTHER.promotion, starts_on=date(2026, 12, 1)))
SPENT = replace(ORDER, promotion=replace(ORDER.promotion, spent=Given(rials=500_000_000)))
PAGE = PromotionPage(deals=(COMING, TIERS, PAUSED, SPENT, ORDER, ENDED), page=1, pages=2, count=11)
FOUND = Choices(
    products={1: "شامپو ضدشوره آوین ۲۵۰"},
    categories={1: "مراقبت مو"},
    brands={1: "آوین"},
    groups={1: "داروخانه‌های غرب"},
    customers={1: "داروخانه دکتر رضایی"},
)


def preview(deal: Deal, *, is_new: bool = True) -> Preview:
    example = example_order(deal.promotion.rule, SHELF.offers)
    found = quote(example, Buyer(), (replace(deal.promotion, scope=Scope()),), TODAY)
    return Preview(deal=deal, is_new=is_new, example=example, quote=found)


def makers() -> Iterator[Example]:
    yield "promotions.promotions", lambda _: promotions.promotions(PAGE, TODAY, _)
    none = PromotionPage(deals=(), page=1, pages=1, count=0)
    yield "promotions.promotions: none", lambda _: promotions.promotions(none, TODAY, _)
    for deal in (TIERS, PAUSED, ENDED, COMING, SPENT):
        name = f"promotions.promotion: {deal.promotion.id} {deal.promotion.state.value}"
        yield name, lambda _, deal=deal: promotions.promotion(deal, TODAY, _)  # type: ignore[misc]
    yield "promotions.end_question", lambda _: promotions.end_question(TIERS, _)
    yield "promotions.price_limits", lambda _: promotions.price_limits(Rate(800), Rate(1_500), _)
    yield "promotions.price_limits: none", lambda _: promotions.price_limits(None, None, _)
    for limit in PriceLimit:
        asked = lambda _, limit=limit: promotions.limit_question(limit, _)  # noqa: E731
        yield f"promotions.limit_question: {limit.value}", asked
    yield "promotion_maker.kind_question", promotion_maker.kind_question
    yield "promotion_maker.choices", lambda _: promotion_maker.choices(FOUND, _)
    yield from _questions()
    for deal in (TIERS, BONUS, BASKET, ORDER):
        summed = lambda _, deal=deal: promotion_maker.summary(preview(deal), _)  # noqa: E731
        yield f"promotion_maker.summary: {deal.promotion.kind.value}", summed
    for fault in PromotionFault:
        bad = Preview(deal=TIERS, is_new=False, fault=fault)
        wrong = lambda _, bad=bad: promotion_maker.summary(bad, _)  # noqa: E731
        yield f"promotion_maker.summary: {fault.value} is wrong", wrong


def _questions() -> Iterator[Example]:
    def asks(draft: PromotionDraft, goods: tuple[str, ...] = ()) -> Example:
        name = f"promotion_maker.part_question: {draft.kind.value} {draft.missing} {len(goods)}"
        return name, lambda _: promotion_maker.part_question(draft, goods, TODAY, _)

    whole = drafted(TIERS.promotion)
    for part in Part:
        yield asks(whole.asked_anew(part))
    yield asks(whole.asked_anew(Part.GOODS), TIERS.goods)
    for kind in promotion_maker.KINDS:
        if kind is not PromotionKind.TIER:
            known = begun(kind).said(Part.NAME, name="طرح").said(Part.GOODS)
            yield asks(known)
