"""Filling the basket with what was kept by name, and with what goes with it."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from domain.actors import Actor
from domain.basket import line_of, require_stock
from domain.errors import ChangedMeanwhile, NotFound
from domain.repeats import Repeated, fitting
from services.basket import find_basket, save_draft
from services.catalogue import offers_for
from services.repeats import Repeat, Wanted, fill_wanted, go_on, last_order, source_of
from storage.unit_of_work import UnitOfWork


async def fill_saved(
    uow: UnitOfWork, actor: Actor, basket_id: int, now: datetime, *, instead_of: int | None = None
) -> Repeated:
    """The same with a saved basket: what has changed since it was kept is named."""
    customer_id, _contact_id = actor.require_buyer()
    saved = await uow.saved_baskets.get(basket_id, of=customer_id)
    wanted = Wanted(lines=saved.lines, like=await last_order(uow, actor), saved=saved)
    return await fill_wanted(uow, actor, wanted, now, instead_of=instead_of)


async def take_hint(uow: UnitOfWork, actor: Actor, suggestion_id: int, now: datetime) -> Repeated:
    """What was offered beside the basket, put into it; a second tap puts nothing more in."""
    customer_id, _contact_id = actor.require_buyer()
    order_id, product_id, units = await uow.associations.shown(suggestion_id, of=customer_id)
    basket = await find_basket(uow, actor)
    if basket.draft.id != order_id:
        raise ChangedMeanwhile
    if basket.draft.line(product_id) is None:
        offer = (await offers_for(uow, actor, [product_id], now)).get(product_id)
        if offer is None:
            raise NotFound
        line = line_of(offer, fitting(units, offer))
        require_stock((line,), {product_id: offer}, basket.own_units)
        draft = await save_draft(uow, basket.draft.with_line(line), basket.draft, now)
        basket = replace(basket, draft=draft)
    return await go_on(uow, actor, Repeat(basket, await source_of(uow, actor, basket), {}), now)
