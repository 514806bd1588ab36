"""Examples of what a basket comes to: promotions, payment terms, bonus goods that are short or chosen."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from domain.basket import Added, Basket, TermChoice
from domain.checkout import TermTotal, cart_of, gifts, placing
from domain.gifts import OpenBonus, ShortBonus
from domain.money import Rate, of_toman
from domain.pricing import Buyer
from domain.promotion_rules import Bonus, PromotionStep, Scope, Tier
from domain.promotions import Promotion
from domain.quoting import quote
from domain.terms import CustomerTerms, TermKind, made
from sandbox.gallery_types import Example
from sandbox.gallery_values import (
    BASKET,
    DRAFT,
    GLOVES,
    MASK,
    MONDAY,
    NONCE,
    PLAN,
    SHAMPOO,
    SUMMARY,
    TOOTHPASTE,
)
from screens import basket, bonus, checkout, terms

_TIERS = ((12, 300), (24, 500), (48, 800))
PROMOTIONS = (
    Promotion(
        id=1,
        name="پلکانی",
        rule=Tier(steps=tuple(PromotionStep(at=at, rate=Rate(rate)) for at, rate in _TIERS)),
        scope=Scope(product_ids=frozenset({SHAMPOO.product.id})),
        starts_on=MONDAY.replace(day=1),
    ),
    Promotion(
        id=2,
        name="۱۰+۱",
        rule=Bonus(steps=(PromotionStep(at=10, free=1),)),
        scope=Scope(product_ids=frozenset({TOOTHPASTE.product.id})),
        starts_on=MONDAY.replace(day=1),
    ),
)
OFFERS = {each.product.id: each for each in (SHAMPOO, TOOTHPASTE, GLOVES)}
CHEQUE = replace(made(TermKind.CHEQUE, 45), id=2)
TERMS = (
    replace(made(TermKind.CASH_PRE, discount=Rate(400)), id=1),
    CHEQUE,
    replace(made(TermKind.ACCOUNT, 21), id=3),
    replace(made(TermKind.MIXED, 45, Rate(400), Rate(4_000), TermKind.CHEQUE), id=4),
)


def _quoted(shown: Basket) -> Basket:
    lines = cart_of(shown.draft.lines)
    found = quote(lines, Buyer(customer_id=1), PROMOTIONS, MONDAY)
    return replace(shown, quote=found, gifts=gifts(found, shown.draft, OFFERS))


QUOTED = _quoted(BASKET)
_LINE = replace(DRAFT.lines[0], quantity=47)
CLIFF = _quoted(Basket(draft=replace(DRAFT, lines=(_LINE,))))
CHOICE = TermChoice(
    basket=QUOTED,
    totals=tuple(
        TermTotal(
            term=term,
            quote=quote(
                cart_of(DRAFT.lines), Buyer(customer_id=1), PROMOTIONS, MONDAY, settlement=term.settlement
            ),
        )
        for term in TERMS
    ),
)
SHORT = ShortBonus(
    promotion_id=2,
    name="۱۰+۱",
    product_id=TOOTHPASTE.product.id,
    label="خمیردندان سپیدتن",
    quantity=4,
    missing=3,
    substitute=MASK,
)
OPEN = OpenBonus(promotion_id=3, name="هدیه به انتخاب شما", units=3, options=(SHAMPOO, TOOTHPASTE, MASK))
OWN = CustomerTerms(customer_id=1, customer_name="داروخانه دکتر رضایی", terms=TERMS, own=True)


def selling() -> Iterator[Example]:
    assert QUOTED.quote is not None
    yield "basket.basket: with promotions", lambda _: basket.basket(QUOTED, _)
    yield "basket.basket: one more costs less", lambda _: basket.basket(CLIFF, _)
    added = Added(basket=QUOTED, product=SHAMPOO.product, quantity=24)
    yield "basket.added: with its discount", lambda _: basket.added(added, _)
    yield "checkout.term_choice", lambda _: checkout.term_choice(CHOICE, _)
    yield "checkout.mixed_choice", lambda _: checkout.mixed_choice(CHOICE, _)
    lines = placing(DRAFT, QUOTED.quote, OFFERS, {}).lines
    shown = replace(
        SUMMARY,
        basket=Basket(draft=replace(DRAFT, nonce=NONCE, term=CHEQUE)),
        plan=PLAN,
        lines=lines,
        credit_after=of_toman(77_114_160),
    )
    yield "checkout.summary: by cheque, with a bonus", lambda _: checkout.summary(shown, _)
    mixed = replace(shown, basket=Basket(draft=replace(DRAFT, nonce=NONCE, term=TERMS[3])))
    yield "checkout.summary: partly in cash", lambda _: checkout.summary(mixed, _)
    yield "bonus.short_bonus", lambda _: bonus.short_bonus(SHORT, _)
    gone = replace(SHORT, can_wait=False, substitute=None)
    yield "bonus.bonus_question: sold no more", lambda _: bonus.bonus_question(gone, _)
    yield "bonus.open_bonus", lambda _: bonus.open_bonus(OPEN, _)
    begun = replace(OPEN, units=1, chosen=(("شامپو آوین ۲۵۰", 2),))
    yield "bonus.open_bonus: one is left", lambda _: bonus.open_bonus(begun, _)
    yield "terms.terms", lambda _: terms.terms(OWN, True, _)
    yield "terms.terms: for a manager", lambda _: terms.terms(replace(OWN, own=False), False, _)
    yield "terms.terms: nothing agreed", lambda _: terms.terms(replace(OWN, terms=(), own=False), True, _)
    yield "terms.term_question", lambda _: terms.term_question(OWN, _)
