"""What an order comes to, and what would change with a little more (rule R5)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date

from domain.bonus import Choices, Goods
from domain.evaluation import Evaluation, by_product, evaluated, quote_of
from domain.grants import Cart
from domain.money import Money
from domain.next_steps import next_steps
from domain.pricing import Buyer, CartLine, Limits, Quote, Settlement
from domain.promotions import Promotion

NO_DISCOUNT = Settlement()
NO_LIMITS = Limits()


def quote(
    lines: Sequence[CartLine],
    buyer: Buyer,
    promotions: Iterable[Promotion],
    on: date,
    settlement: Settlement = NO_DISCOUNT,
    limits: Limits = NO_LIMITS,
    bonus_choices: Choices | None = None,
    prices: Mapping[int, Money] | None = None,
) -> Quote:
    """What the order comes to, with the way to the next steps of its promotions.

    ``bonus_choices`` are units by product by promotion; ``prices`` are those of bonus goods that stand in no
    line.
    """
    live = eligible(promotions, buyer, on)

    def again(changed: Mapping[int, CartLine], like: Cart | None = None) -> Evaluation:
        goods = Goods(lines=changed, prices=prices or {}, choices=bonus_choices or {})
        return evaluated(buyer.used, live, settlement, limits, goods, like)

    evaluation = again(by_product(lines))
    steps = next_steps(live, evaluation, again)
    return replace(quote_of(evaluation, lines), next_steps=steps)


def priced(
    lines: Sequence[CartLine],
    buyer: Buyer,
    promotions: Iterable[Promotion],
    on: date,
    settlement: Settlement = NO_DISCOUNT,
    limits: Limits = NO_LIMITS,
    bonus_choices: Choices | None = None,
    prices: Mapping[int, Money] | None = None,
) -> Quote:
    """The same without a look at next steps: for one more payment term, or on placing."""
    goods = Goods(lines=by_product(lines), prices=prices or {}, choices=bonus_choices or {})
    evaluation = evaluated(buyer.used, eligible(promotions, buyer, on), settlement, limits, goods)
    return quote_of(evaluation, lines)


def eligible(promotions: Iterable[Promotion], buyer: Buyer, on: date) -> list[Promotion]:
    """Those of the promotions that this customer may have on that day."""
    return [each for each in promotions if each.is_live(on) and is_for(each, buyer)]


def is_for(promotion: Promotion, buyer: Buyer) -> bool:
    """Whether that customer may have it at all."""
    who = promotion.eligibility
    return (
        (not who.kinds or buyer.kind in who.kinds)
        and (not who.group_ids or buyer.group_id in who.group_ids)
        and (not who.segments or buyer.segment in who.segments)
        and (not who.cities or buyer.city in who.cities)
        and (not who.customer_ids or buyer.customer_id in who.customer_ids)
        and (buyer.is_new or not who.is_only_new)
    )
