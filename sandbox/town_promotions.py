"""What the town gives and on which terms it sells: the promotions and payment terms of the scripts."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import UTC, date, datetime, time, timedelta

from domain.calendar import TEHRAN
from domain.customers import CustomerKind
from domain.money import Rate
from domain.promotion_facts import promotion_facts
from domain.promotion_rules import Bonus, BonusGoods, Over, PromotionStep, Rule, Scope, Tier
from domain.promotions import ANYBODY, Eligibility, Promotion
from domain.terms import TermKind, made
from sandbox.town_demo import Model
from sandbox.town_rows import Rows
from sandbox.town_shelves import SHELVES
from sandbox.town_year import ACCOUNT, CHEQUE, PHARMACY_ID, term_of

SHAMPOO, TOOTHPASTE, HAIR_COLOUR = "شامپو آوین ۲۵۰", "خمیردندان سپیدتن", "رنگ مو"
SUNSCREEN = "ضدآفتاب"
"""A shelf of its own."""
BEGAN, ENDS = timedelta(days=20), timedelta(days=40)
SUN_ENDS = timedelta(days=10)
CASH = made(TermKind.CASH_PRE, discount=Rate(400))
MIXED = made(TermKind.MIXED, 45, Rate(400), Rate(4_000), TermKind.CHEQUE)
PHARMACIES = Eligibility(kinds=frozenset({CustomerKind.PHARMACY}))
SALONS = Eligibility(kinds=frozenset({CustomerKind.SALON}))
OF_THE_PHARMACY = (CASH, CHEQUE, ACCOUNT, MIXED)
"""The one customer who is asked; with all others one way to pay was agreed."""


def promotion_rows(goods: Sequence[Model], day: date) -> dict[str, Rows]:
    """The tier on the shampoo, for pharmacies that on sunscreen, the bonus on the toothpaste, and for salons
    the one on all shades of hair colour together: each in its first version.
    """
    ids = {model.label: number for number, model in enumerate(goods, start=1)}
    tier = Tier(
        steps=(
            PromotionStep(at=12, rate=Rate(300)),
            PromotionStep(at=24, rate=Rate(500)),
            PromotionStep(at=48, rate=Rate(800)),
        )
    )
    bonus = Bonus(steps=(PromotionStep(at=10, free=1),))
    made_at = datetime.combine(day - BEGAN, time(9), TEHRAN).astimezone(UTC)
    tables: dict[str, Rows] = {"promotions": [], "promotion_versions": []}
    shades = Bonus(steps=(PromotionStep(at=24, free=3),), over=Over.GROUP, goods=BonusGoods.CHEAPEST)
    sun = Tier(steps=(PromotionStep(at=12, rate=Rate(700)),))
    of_the_sun = Scope(category_ids=frozenset({_shelf_id(SUNSCREEN)}))
    made_of = (
        _promotion(1, "پلکانی", tier, _only(ids[SHAMPOO]), day),
        _promotion(2, "۱۰+۱", bonus, _only(ids[TOOTHPASTE]), day),
        _promotion(3, "۲۴+۳", shades, Scope(families=frozenset({HAIR_COLOUR})), day, SALONS),
        _promotion(4, "ضدآفتاب پاییزه", sun, of_the_sun, day, PHARMACIES, ends=SUN_ENDS),
    )
    for promotion in made_of:
        kept = {
            "name": promotion.name,
            "spec": promotion_facts(promotion),
            "starts_on": promotion.starts_on,
            "ends_on": promotion.ends_on,
        }
        tables["promotions"].append(
            {
                "id": promotion.id,
                "kind": promotion.kind.value,
                "state": promotion.state.value,
                "created_at": made_at,
                **kept,
            }
        )
        tables["promotion_versions"].append(
            {"promotion_id": promotion.id, "version": 1, "at": made_at, **kept}
        )
    return tables


def _shelf_id(name: str) -> int:
    return next(number for number, shelf in enumerate(SHELVES, start=1) if shelf.name == name)


def _only(product_id: int) -> Scope:
    return Scope(product_ids=frozenset({product_id}))


def _promotion(
    number: int,
    name: str,
    rule: Rule,
    scope: Scope,
    day: date,
    eligibility: Eligibility = ANYBODY,
    *,
    ends: timedelta = ENDS,
) -> Promotion:
    return Promotion(
        id=number,
        name=name,
        rule=rule,
        scope=scope,
        starts_on=day - BEGAN,
        ends_on=day + ends,
        eligibility=eligibility,
    )


def term_rows(customers: int, without: Collection[int]) -> Rows:
    """What was agreed with each customer who has joined."""
    found = [
        (customer, position, term)
        for customer in range(1, customers + 1)
        if customer not in without
        for position, term in enumerate(OF_THE_PHARMACY if customer == PHARMACY_ID else (term_of(customer),))
    ]
    return [
        {
            "id": number,
            "customer_id": owner,
            "group_id": None,
            "code": term.code,
            "kind": term.kind.value,
            "days": term.days,
            "discount_basis_points": term.discount.basis_points,
            "cash_basis_points": term.cash.basis_points,
            "rest_kind": term.rest.value if term.rest else None,
            "position": position,
        }
        for number, (owner, position, term) in enumerate(found, start=1)
    ]
