"""`python -m benchmarks.pricing`: how long a cart of 100 lines takes with 50 live promotions of all kinds."""

from __future__ import annotations

import sys
from dataclasses import asdict, dataclass
from datetime import date
from random import Random
from statistics import median, quantiles
from time import perf_counter

from domain.money import Money, Rate
from domain.pricing import Buyer, CartLine, Limits, Quote, Settlement
from domain.promotion_rules import (
    BasketPercent,
    Bonus,
    BonusGoods,
    BonusMode,
    LinePercent,
    MixPercent,
    OrderTier,
    Over,
    PromotionStep,
    Rule,
    Scope,
    Tier,
    TierMode,
)
from domain.promotions import NO_CAPS, Cap, Caps, Promotion
from domain.quoting import quote

LINES, PROMOTIONS = 100, 50
MOST_MS = 20.0
TODAY = date(2026, 11, 21)
RATES = tuple(PromotionStep(at=at, rate=Rate(rate)) for at, rate in ((12, 300), (24, 500), (48, 800)))
FREE = tuple(PromotionStep(at=at, free=units) for at, units in ((10, 1), (24, 3), (50, 8)))
AMOUNTS = tuple(PromotionStep(at=at, rate=Rate(rate)) for at, rate in ((10**8, 100), (10**9, 200)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Pricing:
    """With next steps as the basket shows them, its cliffs priced again, and all limits asked for."""

    lines: int
    promotions: int
    applied: int
    next_steps: int
    p50_ms: float
    p95_ms: float


def cart(random: Random) -> list[CartLine]:
    return [
        CartLine(
            product_id=number,
            quantity=random.randint(1, 60),
            unit_price=Money(random.randint(20, 300) * 10_000),
            vat_rate=Rate(1_000),
            category_id=number % 8,
            brand_id=number % 12,
            family=f"family {number % 20}",
            cost=Money(150_000),
        )
        for number in range(1, LINES + 1)
    ]


def rules(scope: Scope) -> tuple[Rule, ...]:
    basket = BasketPercent(rate=Rate(200), least_products=3, least_amount=Money(10**8))
    return (
        Tier(steps=RATES),
        Tier(steps=RATES, over=Over.GROUP),
        Tier(steps=RATES, mode=TierMode.INCREMENTAL),
        Bonus(steps=FREE, mode=BonusMode.LADDER),
        Bonus(steps=FREE[:1], over=Over.GROUP, goods=BonusGoods.CHEAPEST),
        LinePercent(rate=Rate(150)),
        basket,
        MixPercent(rate=Rate(100), least_units=10, other=scope, least_other_units=10),
        OrderTier(steps=AMOUNTS),
        Tier(steps=RATES[1:], over=Over.GROUP),
    )


def promotions(random: Random) -> list[Promotion]:
    made = []
    for number in range(1, PROMOTIONS + 1):
        scopes = (
            Scope(product_ids=frozenset(random.sample(range(1, LINES + 1), 10))),
            Scope(brand_ids=frozenset({number % 12})),
            Scope(category_ids=frozenset({number % 8})),
            Scope(families=frozenset({f"family {number % 20}"})),
        )
        several = rules(scopes[1])
        rule = several[number % len(several)]
        made.append(
            Promotion(
                id=number,
                name=f"promotion {number}",
                rule=rule,
                scope=Scope() if isinstance(rule, OrderTier) else scopes[number % len(scopes)],
                starts_on=TODAY,
                priority=number % 7,
                exclusivity_group=f"group {number % 9}" if number % 2 else None,
                is_stackable=number % 6 != 0,
                caps=Caps(order=Cap(rials=10**8)) if number % 5 == 0 else NO_CAPS,
            )
        )
    return made


def measure_pricing(rounds: int = 200) -> Pricing:
    random = Random(7)
    lines, live = cart(random), promotions(random)
    took: list[float] = []
    found = Quote()
    for _ in range(rounds):
        began = perf_counter()
        found = quote(
            lines,
            Buyer(customer_id=1),
            live,
            TODAY,
            Settlement(discount=Rate(400)),
            Limits(margin_floor=Rate(500), most_discount=Rate(3_000)),
        )
        took.append((perf_counter() - began) * 1_000)
    return Pricing(
        lines=len(lines),
        promotions=len(live),
        applied=len(found.applied),
        next_steps=len(found.next_steps),
        p50_ms=round(median(took), 2),
        p95_ms=round(quantiles(took, n=20)[-1], 2),
    )


def said(measured: Pricing) -> str:
    return (
        f"cart of {measured.lines} lines with {measured.promotions} promotions:"
        f" {measured.p50_ms:.1f} ms, p95 {measured.p95_ms:.1f} ms (at most {MOST_MS:g})"
    )


def main() -> None:
    measured = measure_pricing()
    print(said(measured), asdict(measured))
    sys.exit(measured.p50_ms > MOST_MS)


if __name__ == "__main__":
    main()
