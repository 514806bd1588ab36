"""What is gathered before it is ordered: the active draft, its lines, its note and its day."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from domain.actors import Actor
from domain.basket import (
    MOST_LINES,
    MOST_NOTE,
    Added,
    Basket,
    DayChoice,
    LineOpen,
    OutletChoice,
    line_of,
    require_stock,
)
from domain.calendar import DeliveryPlan
from domain.catalogue import Offer, Product
from domain.errors import ChangedMeanwhile, NoDeliveryDay, NotFound, NotSold, TextRefused, TooManyLines
from domain.orders import Channel, Order
from domain.persian import clean
from domain.quantities import require_sold, typed, units
from services.calendar import delivery_plan
from services.catalogue import offers_for
from services.quotes import quoted
from storage.unit_of_work import UnitOfWork

NEW = 0
"""The id of a draft that was not written down yet, and of an outlet that storage is to choose."""


async def find_basket(uow: UnitOfWork, actor: Actor) -> Basket:
    """The active draft as it was saved; an empty one, not written down, when there is none."""
    customer_id, contact_id = actor.require_buyer()
    draft = await uow.orders.find_draft(customer_id, contact_id)
    if draft is None:
        return Basket(draft=Order(id=NEW, customer_id=customer_id, outlet_id=NEW, contact_id=contact_id))
    if draft.changes is None:
        return Basket(draft=draft)
    return Basket(draft=draft, original=await uow.orders.get(draft.changes, of=customer_id))


async def save_draft(uow: UnitOfWork, draft: Order, was: Order, now: datetime) -> Order:
    """Keep a draft that :func:`find_basket` gave, the first time or again."""
    if len(draft.lines) > MOST_LINES:
        raise TooManyLines(MOST_LINES)
    return await (uow.orders.create_draft(draft, now) if was.id == NEW else uow.orders.save(draft, was))


async def read_basket(uow: UnitOfWork, actor: Actor, now: datetime) -> Basket:
    """The active draft at today's prices, with what it comes to.

    A line whose product is sold no more keeps its last price.
    """
    basket = await find_basket(uow, actor)
    if basket.draft.channel is Channel.TEXT:
        kept = await uow.readings.find(basket.draft.id)
        is_emptied = kept is None or (kept.lines and not basket.draft.lines)
        basket = replace(basket, asks=0 if kept is None or is_emptied else len(kept.opens))
    return await quoted(uow, actor, basket, now)


async def add_to_basket(
    uow: UnitOfWork,
    actor: Actor,
    product_id: int,
    quantity: int,
    now: datetime,
    press: str | None = None,
) -> Added:
    """So many units more: they join the product's line when there is one.

    ``press`` names the tap; when the messenger sends that one press again, nothing is added again.
    """
    return await _add(uow, actor, await _offer(uow, actor, product_id, now), quantity, now, press)


async def _add(
    uow: UnitOfWork, actor: Actor, offer: Offer, quantity: int, now: datetime, press: str | None = None
) -> Added:
    product_id = offer.product.id
    basket = await find_basket(uow, actor)
    known = {product_id: offer}
    if press is not None and press == basket.draft.last_press:
        basket = await quoted(uow, actor, basket, now, known)
        return Added(basket=basket, product=offer.product, quantity=quantity)
    basket = replace(basket, draft=replace(basket.draft, last_press=press))
    require_sold(offer.product, quantity)
    old = basket.draft.line(product_id)
    total, later = (old.quantity + quantity, old.later) if old else (quantity, 0)
    saved = await _put_line(uow, basket, offer, total, later, now)
    return Added(basket=await quoted(uow, actor, saved, now, known), product=offer.product, quantity=quantity)


async def open_product(uow: UnitOfWork, actor: Actor, product_id: int, now: datetime) -> Product:
    """The product of which a buyer is about to write how many."""
    actor.require_buyer()
    return (await _offer(uow, actor, product_id, now)).product


async def add_typed(uow: UnitOfWork, actor: Actor, product_id: int, text: str, now: datetime) -> Added:
    """As :func:`add_to_basket`, of what somebody typed: «۲۴», «۲ کارتن»."""
    offer = await _offer(uow, actor, product_id, now)
    return await _add(uow, actor, offer, units(typed(text), offer.product), now)


async def set_typed(uow: UnitOfWork, actor: Actor, product_id: int, text: str, now: datetime) -> Basket:
    """As :func:`set_line`, of what somebody typed."""
    offer = await _offer(uow, actor, product_id, now)
    return await set_line(uow, actor, product_id, units(typed(text), offer.product), now)


async def set_line(
    uow: UnitOfWork, actor: Actor, product_id: int, quantity: int, now: datetime, later: int = 0
) -> Basket:
    """The product's line is so many units from now on, ``later`` of them to be sent later; 0 removes it."""
    basket = await find_basket(uow, actor)
    if quantity == 0:
        if basket.draft.line(product_id) is None:
            return await quoted(uow, actor, basket, now, {})
        draft = await save_draft(uow, basket.draft.without(product_id), basket.draft, now)
        return await quoted(uow, actor, replace(basket, draft=draft), now, {})
    offer = await _offer(uow, actor, product_id, now)
    put = await _put_line(uow, basket, offer, quantity, later, now)
    return await quoted(uow, actor, put, now, {product_id: offer})


async def _put_line(
    uow: UnitOfWork, basket: Basket, offer: Offer, quantity: int, later: int, now: datetime
) -> Basket:
    require_sold(offer.product, quantity)
    line = line_of(offer, quantity, later)
    require_stock((line,), {line.product_id: offer}, basket.own_units)
    changed = basket.draft.with_line(line)
    return replace(basket, draft=await save_draft(uow, changed, basket.draft, now))


async def open_line(uow: UnitOfWork, actor: Actor, product_id: int, now: datetime) -> LineOpen:
    """One line of the basket, to be changed."""
    line = (await find_basket(uow, actor)).draft.line(product_id)
    if line is None:
        raise NotFound
    offer = (await offers_for(uow, actor, [product_id], now)).get(product_id)
    if offer is None:
        raise NotSold(product_id, line.label)
    return LineOpen(line=line, product=offer.product)


async def empty_basket(uow: UnitOfWork, actor: Actor, order_id: int, version: int, now: datetime) -> Basket:
    """Take all lines out, if the draft still is what was shown."""
    basket = await find_basket(uow, actor)
    if basket.draft.id != order_id or basket.draft.version != version:
        raise ChangedMeanwhile
    return replace(basket, draft=await save_draft(uow, basket.draft.emptied(), basket.draft, now))


async def put_note(uow: UnitOfWork, actor: Actor, note: str, now: datetime) -> DayChoice | OutletChoice:
    """Keep a note to whoever delivers; the choice of the day follows."""
    note = " ".join(clean(note).split())
    if not 0 < len(note) <= MOST_NOTE:
        raise TextRefused(MOST_NOTE)
    return await _noted(uow, actor, note, now)


async def drop_note(uow: UnitOfWork, actor: Actor, now: datetime) -> DayChoice | OutletChoice:
    """Whoever delivers need not know anything after all; the choice of the day follows."""
    return await _noted(uow, actor, None, now)


async def _noted(uow: UnitOfWork, actor: Actor, note: str | None, now: datetime) -> DayChoice | OutletChoice:
    basket = await find_basket(uow, actor)
    basket.draft.require_lines()
    if note != basket.draft.note:
        saved = await save_draft(uow, replace(basket.draft, note=note), basket.draft, now)
        basket = replace(basket, draft=saved)
    return await onward(uow, basket, now)


async def choose_day(uow: UnitOfWork, actor: Actor, now: datetime) -> DayChoice | OutletChoice:
    """On which days the basket can be delivered (rule R22).

    Before that it must be known where: who has several outlets and has named none is asked for it first.
    """
    basket = await find_basket(uow, actor)
    basket.draft.require_lines()
    return await onward(uow, basket, now)


async def choose_outlet(uow: UnitOfWork, actor: Actor) -> OutletChoice:
    """To which outlets the basket can go."""
    basket = await find_basket(uow, actor)
    basket.draft.require_lines()
    return await _outlets(uow, basket)


async def set_outlet(uow: UnitOfWork, actor: Actor, outlet_id: int, now: datetime) -> DayChoice:
    """The basket goes to that outlet; its day stays when the outlet's route has it, and is open if not."""
    customer_id, _contact_id = actor.require_buyer()
    plan = await delivery_plan(uow, outlet_id, now, of=customer_id)
    basket = await find_basket(uow, actor)
    draft = basket.draft
    draft.require_lines()
    choice = _days(basket, plan, now)
    day = draft.deliver_on if draft.deliver_on in choice.days else None
    chosen = replace(draft, outlet_id=outlet_id, is_outlet_chosen=True, deliver_on=day)
    if chosen == draft:
        return choice
    return replace(choice, basket=replace(basket, draft=await save_draft(uow, chosen, draft, now)))


async def onward(uow: UnitOfWork, basket: Basket, now: datetime) -> DayChoice | OutletChoice:
    """The day; or first the outlet, where that was not said yet."""
    plan = await delivery_plan(uow, basket.draft.outlet_id, now)
    if plan.has_others and not basket.draft.is_outlet_chosen:
        return await _outlets(uow, basket)
    return _days(basket, plan, now)


async def _outlets(uow: UnitOfWork, basket: Basket) -> OutletChoice:
    return OutletChoice(basket=basket, outlets=await uow.customers.list_outlets(basket.draft.customer_id))


def _days(basket: Basket, plan: DeliveryPlan, now: datetime) -> DayChoice:
    days = plan.days(now)
    if not days:
        raise NoDeliveryDay
    return DayChoice(
        basket=basket,
        days=days,
        missed=plan.missed_today(now),
        outlet=plan.short_address if plan.has_others else None,
    )


async def _offer(uow: UnitOfWork, actor: Actor, product_id: int, now: datetime) -> Offer:
    offer = (await offers_for(uow, actor, [product_id], now)).get(product_id)
    if offer is None:
        raise NotFound
    return offer
