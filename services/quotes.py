"""What a basket comes to: what promotions need to know is read once, and all the rest is computed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime

from domain import quoting
from domain.actors import Actor
from domain.basket import Basket, repriced, require_all_sold, require_stock
from domain.calendar import today_in_tehran
from domain.catalogue import Offer
from domain.checkout import cart_of, gifts
from domain.orders import Order, OrderLine
from domain.pricing import Buyer, Limits, Quote, Settlement
from domain.promotion_rules import Bonus
from domain.promotions import Given, Promotion
from domain.quoting import NO_DISCOUNT
from services import pricing
from services.catalogue import offers_for
from storage.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """All that a quote for one customer depends on, besides the lines: read once in a unit of work."""

    buyer: Buyer
    promotions: tuple[Promotion, ...]
    limits: Limits
    on: date

    def quote(
        self,
        draft: Order,
        offers: Mapping[int, Offer],
        settlement: Settlement = NO_DISCOUNT,
        *,
        with_steps: bool = False,
    ) -> Quote:
        """What that draft comes to; ``with_steps`` also how much more leads to the next steps."""
        prices = {each: offer.price for each, offer in offers.items() if offer.price is not None}
        made = quoting.quote if with_steps else quoting.priced
        return made(
            cart_of(draft.lines, offers),
            self.buyer,
            self.promotions,
            self.on,
            settlement,
            self.limits,
            draft.bonus_choices.by_promotion,
            prices,
        )

    def bonus_ids(self, lines: Iterable[OrderLine]) -> set[int]:
        """The other products that these lines may bring as bonus goods."""
        found: set[int] = set()
        for promotion in self.promotions:
            rule = promotion.rule
            if isinstance(rule, Bonus) and rule.product_ids and _covers(promotion, lines):
                found.update(rule.product_ids)
        return found


def _covers(promotion: Promotion, lines: Iterable[OrderLine]) -> bool:
    return any(
        promotion.scope.covers(line.product_id, line.category_id, line.brand_id, line.family)
        for line in lines
    )


async def rules_for(uow: UnitOfWork, basket: Basket, now: datetime) -> Rules:
    """What holds today for the customer of that basket."""
    draft = basket.draft
    offered = await pricing.offered_to(
        uow,
        draft.customer_id,
        now,
        outlet_id=draft.outlet_id or None,
        changing=basket.original.id if basket.original else None,
    )
    return Rules(
        buyer=offered.buyer, promotions=offered.promotions, limits=offered.limits, on=today_in_tehran(now)
    )


def needed_ids(draft: Order, rules: Rules) -> set[int]:
    """Every product whose price or stock decides what is shown of that draft."""
    ids = {line.product_id for line in draft.lines}
    return ids | rules.bonus_ids(draft.lines) | set(draft.bonus_choices.product_ids)


async def quoted(
    uow: UnitOfWork, actor: Actor, basket: Basket, now: datetime, known: Mapping[int, Offer] | None = None
) -> Basket:
    """The basket with what it comes to today, before it is said how it is paid.

    Lines of ``known`` offers have their price of today; with none known, all are read.
    """
    if not basket.draft.lines:
        return basket
    rules = await rules_for(uow, basket, now)
    draft = basket.draft
    wanted = needed_ids(draft, rules)
    if known is not None:
        wanted = wanted - {line.product_id for line in draft.lines} - set(known)
    offers = {**(known or {}), **(await offers_for(uow, actor, wanted, now) if wanted else {})}
    draft = repriced(draft, offers)
    found = rules.quote(draft, offers, with_steps=True)
    return replace(basket, draft=draft, quote=found, gifts=gifts(found, draft, offers))


async def priced(
    uow: UnitOfWork, actor: Actor, basket: Basket, rules: Rules, now: datetime
) -> tuple[Basket, Mapping[int, Offer]]:
    """The basket at today's prices, ready to be summed up: nothing sold out, nothing without a price.

    With it come the offers of its lines and of all bonus goods that may come with them.
    """
    basket.draft.require_lines()
    offers = await offers_for(uow, actor, needed_ids(basket.draft, rules), now)
    require_all_sold(basket.draft, offers)
    require_stock(basket.draft.lines, offers, basket.own_units)
    return replace(basket, draft=repriced(basket.draft, offers)), offers


async def keep_applied(
    uow: UnitOfWork, order: Order, quote: Quote, now: datetime, *, is_change: bool = False
) -> None:
    """Write down what was given on an order, for the version in which it was placed or changed."""
    before = await uow.applied.given(order.id) if is_change else {}
    positions = {line.product_id: at for at, line in reversed(list(enumerate(order.lines)))}
    await uow.applied.keep(
        order.id, order.version, order.customer_id, quote.applied, positions, now, is_change=is_change
    )
    await pricing.spend(uow, _more(quote.given, before), now)


def _more(now: Mapping[int, Given], before: Mapping[int, Given]) -> dict[int, Given]:
    """What is taken from each budget beyond what was taken before."""
    nothing = Given()
    return {
        each: Given(
            rials=now.get(each, nothing).rials - before.get(each, nothing).rials,
            units=now.get(each, nothing).units - before.get(each, nothing).units,
        )
        for each in {*now, *before}
    }
