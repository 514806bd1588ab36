"""What a customer is told of promotions: those they may have, and the goods on which these are (PRC-02)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from domain.actors import Actor
from domain.catalogue import Shelf
from domain.deals import Deal
from domain.errors import NotFound
from domain.orders import Order
from domain.promotion_rules import Stage
from domain.promotions import NO_CAP, Cap, Promotion, Used, rest, tightest
from services.catalogue import open_product, open_scopes
from services.pricing import promotions_for
from storage.promotions import Offered
from storage.unit_of_work import UnitOfWork


async def list_deals(uow: UnitOfWork, actor: Actor, now: datetime) -> tuple[Deal, ...]:
    """All that this customer may have today, with what is left of each for them."""
    offered = await promotions_for(uow, actor, now)
    return await _named(uow, offered, offered.promotions)


async def open_deal(
    uow: UnitOfWork, actor: Actor, promotion_id: int, now: datetime, page: int = 1
) -> tuple[Deal, Shelf | None]:
    """One of them with a page of its goods; none where it is on everything.

    What one may not have, or no more, is not there.
    """
    offered = await promotions_for(uow, actor, now)
    wanted = next((each for each in offered.promotions if each.id == promotion_id), None)
    if wanted is None:
        raise NotFound
    (deal,) = await _named(uow, offered, (wanted,))
    if wanted.scope.is_everything:
        return deal, None
    return deal, await open_scopes(uow, (wanted.scope,), actor, now, page)


async def open_goods(uow: UnitOfWork, actor: Actor, now: datetime, page: int = 1) -> Shelf:
    """Everything of which more, or cheaper, is given to this customer."""
    offered = await promotions_for(uow, actor, now)
    scopes = [
        each.scope for each in offered.promotions if each.stage < Stage.ORDER and not each.scope.is_everything
    ]
    return await open_scopes(uow, scopes, actor, now, page)


async def ended_since(uow: UnitOfWork, actor: Actor, order: Order, now: datetime) -> tuple[str, ...]:
    """Names of the promotions that gave something with that order, and which this customer has no more."""
    given = {each.promotion_id: each.name for each in await uow.applied.list_of(order.id)}
    given.pop(None, None)
    if not given:
        return ()
    left = {each.id for each in (await promotions_for(uow, actor, now)).promotions}
    return tuple(name for promotion_id, name in given.items() if promotion_id not in left)


async def open_offer(
    uow: UnitOfWork, actor: Actor, product_id: int, now: datetime
) -> tuple[Shelf, tuple[Deal, ...]]:
    """A product with the promotions that its page names; strangers and staff see none."""
    shelf = await open_product(uow, product_id, actor, now)
    return shelf, await deals_on(uow, actor, shelf, now)


async def marked(uow: UnitOfWork, actor: Actor, shelf: Shelf, now: datetime) -> Shelf:
    """The same shelf, knowing what on it is on a promotion for a customer (the 🎁 of S1.12)."""
    if actor.customer_id is None or not actor.can_see_prices:
        return shelf
    offered = await promotions_for(uow, actor, now)
    about = [Deal(promotion=each) for each in offered.promotions if each.stage < Stage.ORDER]
    found = (offer.product.id for offer in shelf.offers if any(each.is_on(offer.product) for each in about))
    return replace(shelf, on_deal=frozenset(found))


async def deals_on(uow: UnitOfWork, actor: Actor, shelf: Shelf, now: datetime) -> tuple[Deal, ...]:
    """The promotions on the one product of that shelf."""
    if actor.customer_id is None or not actor.can_see_prices:
        return ()
    product = shelf.offers[0].product
    offered = await promotions_for(uow, actor, now)
    about = [each for each in offered.promotions if Deal(promotion=each).is_on(product)]
    return await _named(uow, offered, about)


async def _named(uow: UnitOfWork, offered: Offered, several: Sequence[Promotion]) -> tuple[Deal, ...]:
    if not several:
        return ()
    names = await uow.promotion_goods.names(several)
    used = offered.buyer.used
    return tuple(
        Deal(promotion=each, left=_own_quota(each, used.get(each.id)), names=names) for each in several
    )


def _own_quota(promotion: Promotion, used: Used | None) -> Cap:
    """What is left of the customer's own quotas; how much the company gives in all is nobody's business.

    Where the budget holds less than a quota, no more than that is promised.
    """
    own = replace(promotion, budget=NO_CAP).left(used)
    least = tightest(own, rest(promotion.budget, promotion.spent))
    return Cap(
        rials=None if own.rials is None else least.rials,
        units=None if own.units is None else least.units,
        orders=own.orders,
    )
