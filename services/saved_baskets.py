"""Baskets kept by name: up to ten of a customer, shared by all who order for it (ORD-09, S4.4)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from domain.actors import Actor
from domain.errors import NotFound
from domain.guide_errors import NameTaken, TooManySaved
from domain.orders import Channel, Order, OrderLine
from domain.persian import search_key
from domain.reorder import rhythm_of
from domain.saved_baskets import (
    MOST_SAVED,
    SavedBasket,
    SavedBrief,
    SavedName,
    free_name,
    rhythm_name,
    saved_name,
)
from services.basket import find_basket
from storage.unit_of_work import UnitOfWork

YEAR = timedelta(days=400)


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """An order that is worth keeping, and how it may be called; ``taken`` are keys of names there are."""

    order_id: int
    name: SavedName
    taken: frozenset[str]


async def list_saved(uow: UnitOfWork, actor: Actor) -> tuple[SavedBrief, ...]:
    return await uow.saved_baskets.list_of(actor.require_customer().id)


async def open_saved(uow: UnitOfWork, actor: Actor, basket_id: int) -> SavedBasket:
    return await uow.saved_baskets.get(basket_id, of=actor.require_customer().id)


async def propose(uow: UnitOfWork, order: Order, now: datetime) -> Proposal | None:
    """Whether to offer keeping what was ordered again: not what is kept already, and not an eleventh."""
    if order.channel is not Channel.REPEAT:
        return None
    saved = await uow.saved_baskets.all_of(order.customer_id)
    if len(saved) >= MOST_SAVED or any(_units(each.lines) == _units(order.paid_lines) for each in saved):
        return None
    return await _proposal(uow, order, saved, now)


async def _proposal(
    uow: UnitOfWork, order: Order, saved: Iterable[SavedBasket | SavedBrief], now: datetime
) -> Proposal:
    rhythm = rhythm_of(await uow.order_guide.order_days(order.customer_id, now - YEAR))
    return Proposal(
        order_id=order.id,
        name=rhythm_name(rhythm.typical if rhythm else None),
        taken=frozenset(search_key(each.name) for each in saved),
    )


async def open_proposal(uow: UnitOfWork, actor: Actor, order_id: int, now: datetime) -> Proposal:
    """How one's own order would be called now."""
    customer_id, _contact_id = actor.require_buyer()
    order = await uow.orders.get(order_id, of=customer_id)
    if order.is_draft:
        raise NotFound
    return await _proposal(uow, order, await uow.saved_baskets.list_of(customer_id), now)


async def save_order(
    uow: UnitOfWork, actor: Actor, proposal: Proposal, word: str, now: datetime
) -> SavedBasket:
    """Keep what was ordered under that word, or the next free name; a second tap is harmless."""
    customer_id, _contact_id = actor.require_buyer()
    await uow.credit.lock(customer_id)
    kept = await uow.saved_baskets.find_of_order(proposal.order_id, customer_id)
    if kept is not None:
        return kept
    order = await uow.orders.get(proposal.order_id, of=customer_id)
    taken = {search_key(each.name) for each in await uow.saved_baskets.list_of(customer_id)}
    return await _keep(uow, actor, free_name(word, taken), order.paid_lines, now, order.id)


async def save_present(uow: UnitOfWork, actor: Actor, text: str, now: datetime) -> SavedBasket:
    """Keep what the basket holds now under the name that was typed. Raises NameTaken and TooManySaved."""
    customer_id, _contact_id = actor.require_buyer()
    draft = (await find_basket(uow, actor)).draft
    draft.require_lines()
    await uow.credit.lock(customer_id)
    name = await _free(uow, customer_id, text)
    return await _keep(uow, actor, name, draft.paid_lines, now)


async def rename(uow: UnitOfWork, actor: Actor, basket_id: int, text: str, now: datetime) -> SavedBasket:
    """Call it so from now on. Raises NameTaken."""
    customer_id, _contact_id = actor.require_buyer()
    await uow.credit.lock(customer_id)
    saved = await uow.saved_baskets.get(basket_id, of=customer_id)
    name = await _free(uow, customer_id, text, instead_of=saved.id)
    renamed = await uow.saved_baskets.rename(saved, name)
    facts = {"before": saved.name, "after": name}
    await uow.audit.write(actor, "basket.renamed", "saved_basket", saved.id, now, facts)
    return renamed


async def drop(uow: UnitOfWork, actor: Actor, basket_id: int, now: datetime) -> tuple[SavedBrief, ...]:
    """Forget it; the others, which are left."""
    customer_id, _contact_id = actor.require_buyer()
    saved = await uow.saved_baskets.get(basket_id, of=customer_id)
    await uow.saved_baskets.drop(saved.id)
    await uow.audit.write(actor, "basket.dropped", "saved_basket", saved.id, now, {"name": saved.name})
    return await uow.saved_baskets.list_of(customer_id)


async def _free(uow: UnitOfWork, customer_id: int, text: str, instead_of: int | None = None) -> str:
    name = saved_name(text)
    others = [each for each in await uow.saved_baskets.list_of(customer_id) if each.id != instead_of]
    if search_key(name) in {search_key(each.name) for each in others}:
        raise NameTaken(name)
    return name


async def _keep(
    uow: UnitOfWork,
    actor: Actor,
    name: str,
    lines: tuple[OrderLine, ...],
    now: datetime,
    order_id: int | None = None,
) -> SavedBasket:
    customer_id = actor.require_customer().id
    if len(await uow.saved_baskets.list_of(customer_id)) >= MOST_SAVED:
        raise TooManySaved(MOST_SAVED)
    basket_id = await uow.saved_baskets.create(customer_id, name, lines, now, order_id)
    facts = {"name": name, "lines": len(lines)}
    await uow.audit.write(actor, "basket.saved", "saved_basket", basket_id, now, facts)
    return await uow.saved_baskets.get(basket_id, of=customer_id)


def _units(lines: Iterable[OrderLine]) -> dict[int, int]:
    return {line.product_id: line.quantity for line in lines}
