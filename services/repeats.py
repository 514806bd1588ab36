"""Ordering once more what was ordered before: today's prices, every difference named, one confirmation."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from domain.actors import Actor
from domain.basket import Basket, Step, Summary
from domain.catalogue import Offer
from domain.deals import bonuses_on
from domain.errors import ChangedMeanwhile, NotFound, NothingToRepeat
from domain.gifts import NONE_SAID
from domain.order_views import OrderBrief
from domain.orders import Channel, Order, OrderLine
from domain.promotion_rules import PromotionStep, Stage
from domain.reorder import usual_lines as usual_of
from domain.repeats import (
    Again,
    Choice,
    Difference,
    InTheWay,
    Repeated,
    Short,
    ShortQuestion,
    best_substitute,
    differences,
    find_short,
    lines_again,
    settled,
)
from domain.saved_baskets import SavedBasket
from services.associations import hint
from services.basket import find_basket, save_draft
from services.catalogue import offers_for
from services.checkout import summarise
from services.offers import ended_since
from services.pricing import promotions_for
from storage.unit_of_work import UnitOfWork

PER_PAGE = 8
LAST_ORDERS = 6
"""What is usual is seen in so many orders."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What the basket is to be filled with; ``like`` is an order whose outlet and term are taken over."""

    lines: tuple[OrderLine, ...]
    source: Order | None = None
    """The order that this is, once more."""
    like: Order | None = None
    is_usual: bool = False
    saved: SavedBasket | None = None


@dataclass(frozen=True, slots=True)
class Repeat:
    """A basket that was filled, the order it was filled from, and what is known of today's offers."""

    basket: Basket
    source: Order | None
    offers: Mapping[int, Offer]


async def last_order(uow: UnitOfWork, actor: Actor) -> Order | None:
    """What was bought last; None for whoever has not ordered yet."""
    return await uow.history.last_purchase(actor.require_customer().id)


async def invoice_number(uow: UnitOfWork, order: Order) -> int | None:
    """Under which number it was invoiced; None while it is on its way."""
    invoice = await uow.invoices.find_of_order(order.id)
    return invoice.number if invoice else None


async def list_earlier(uow: UnitOfWork, actor: Actor, page: int) -> tuple[tuple[OrderBrief, ...], bool]:
    """A page of what can be ordered again, newest first, and whether there are more; pages count from 1."""
    customer_id = actor.require_customer().id
    found = await uow.history.list_purchases(customer_id, PER_PAGE + 1, (max(page, 1) - 1) * PER_PAGE)
    return found[:PER_PAGE], len(found) > PER_PAGE


async def earlier_order(uow: UnitOfWork, actor: Actor, order_id: int) -> Order:
    """One order of the customer that can be ordered again, also one that was cancelled."""
    order = await uow.orders.get(order_id, of=actor.require_customer().id)
    if order.is_draft:
        raise NotFound
    return order


async def bonuses_today(
    uow: UnitOfWork, actor: Actor, order: Order, now: datetime
) -> Mapping[int, PromotionStep]:
    """By product, the bonus goods that come with the same lines today."""
    promotions = (await promotions_for(uow, actor, now)).promotions
    if not any(each.stage is Stage.BONUS for each in promotions):
        return {}
    lines = order.paid_lines
    offers = await offers_for(uow, actor, [line.product_id for line in lines], now)
    return bonuses_on(lines, {key: offer.product for key, offer in offers.items()}, promotions)


async def fill_again(
    uow: UnitOfWork, actor: Actor, order_id: int, now: datetime, *, instead_of: int | None = None
) -> Repeated:
    """Fill the basket with that order's lines, and ask what has to be decided before it can be placed.

    A basket that holds something else is replaced only when ``instead_of`` is its version. Where the basket
    holds that very order already, nothing is filled anew: a second tap goes on from where the first led.
    """
    actor.require_buyer()
    source = await earlier_order(uow, actor, order_id)
    wanted = Wanted(lines=source.paid_lines, source=source, like=source)
    return await fill_wanted(uow, actor, wanted, now, instead_of=instead_of)


async def usual_lines(uow: UnitOfWork, customer_id: int) -> tuple[OrderLine, ...]:
    """What that customer usually buys: the door through which everybody asks for it."""
    return usual_of(await uow.nudges.recent_orders(customer_id, LAST_ORDERS))


async def fill_usual(
    uow: UnitOfWork, actor: Actor, order_id: int, now: datetime, *, instead_of: int | None = None
) -> Repeated:
    """The same with the usual goods; ``order_id`` is the order after which the next one is expected."""
    customer_id, _contact_id = actor.require_buyer()
    last = await earlier_order(uow, actor, order_id)
    lines = await usual_lines(uow, customer_id) or last.paid_lines
    wanted = Wanted(lines=lines, source=last, like=last, is_usual=True)
    return await fill_wanted(uow, actor, wanted, now, instead_of=instead_of)


async def fill_wanted(
    uow: UnitOfWork, actor: Actor, wanted: Wanted, now: datetime, *, instead_of: int | None = None
) -> Repeated:
    """Fill the basket with these lines, as :func:`fill_again` does with those of an order."""
    basket = await find_basket(uow, actor)
    offers = await offers_for(uow, actor, [line.product_id for line in wanted.lines], now)
    if not _holds(basket.draft, wanted, offers):
        if basket.original is not None or (basket.draft.lines and basket.draft.version != instead_of):
            return InTheWay(source=wanted.source, basket=basket, is_usual=wanted.is_usual, saved=wanted.saved)
        basket = await _filled(uow, basket, wanted, offers, now)
    shorts = list(find_short(basket.draft.lines, offers))
    repeat = Repeat(basket, wanted.source, offers)
    ended = await ended_since(uow, actor, wanted.source, now) if wanted.source else ()
    return await go_on(uow, actor, repeat, now, differences(wanted.lines, offers, shorts, ended))


def _holds(draft: Order, wanted: Wanted, offers: Mapping[int, Offer]) -> bool:
    """An order that was begun to be repeated may have been decided about; other goods are just the same."""
    if wanted.source is not None:
        is_same = draft.repeats == wanted.source.id
        return is_same and any(draft.line(line.product_id) for line in wanted.lines)
    filled = lines_again(wanted.lines, offers)
    return bool(filled) and _units(draft.lines) == _units(filled)


def _units(lines: Iterable[OrderLine]) -> dict[int, int]:
    return {line.product_id: line.quantity for line in lines}


async def _filled(
    uow: UnitOfWork, basket: Basket, wanted: Wanted, offers: Mapping[int, Offer], now: datetime
) -> Basket:
    lines = lines_again(wanted.lines, offers)
    if not lines:
        raise NothingToRepeat
    was, like = basket.draft, wanted.like
    draft = replace(
        was,
        lines=lines,
        channel=Channel.REPEAT,
        repeats=wanted.source.id if wanted.source else None,
        deliver_on=None,
        note=None,
        nonce=None,
        bonus_choices=NONE_SAID,
    )
    if like is not None:
        draft = replace(draft, outlet_id=like.outlet_id, is_outlet_chosen=True, term=like.term)
    return Basket(draft=await save_draft(uow, draft, was, now))


async def source_of(uow: UnitOfWork, actor: Actor, basket: Basket) -> Order | None:
    """The order that the basket was filled from, if it was one."""
    if basket.draft.repeats is None:
        return None
    return await earlier_order(uow, actor, basket.draft.repeats)


async def settle(
    uow: UnitOfWork, actor: Actor, product_id: int, choice: Choice, other_id: int, now: datetime
) -> Repeated:
    """Decide about one short line of a repeated order; what is settled already stays as it is."""
    basket = await find_basket(uow, actor)
    if basket.draft.channel is not Channel.REPEAT:
        raise ChangedMeanwhile
    source = await source_of(uow, actor, basket)
    offers = await offers_for(uow, actor, [product_id, other_id], now)
    line = basket.draft.line(product_id)
    for short in find_short([line] if line else [], offers):
        substitute = None
        if choice is Choice.SUBSTITUTE:
            # What was offered may be gone by now; then the question comes again, without it.
            substitute = best_substitute(
                short, [offers[other_id]] if other_id in offers else [], basket.draft
            )
        draft = settled(basket.draft, short, choice, substitute)
        if draft != basket.draft:
            basket = replace(basket, draft=await save_draft(uow, draft, basket.draft, now))
    if not basket.draft.lines:
        return basket
    return await go_on(uow, actor, Repeat(basket, source, offers), now)


async def go_on(
    uow: UnitOfWork, actor: Actor, repeat: Repeat, now: datetime, changed: tuple[Difference, ...] = ()
) -> ShortQuestion | Again | Step:
    """The first line about which somebody has to decide, or else the final look."""
    draft = repeat.basket.draft
    unread = {line.product_id for line in draft.lines} - set(repeat.offers)
    offers = {**repeat.offers, **(await offers_for(uow, actor, unread, now) if unread else {})}
    short = next(find_short(draft.lines, offers), None)
    if short is None:
        shown = await summarise(uow, actor, now)
        if not isinstance(shown, Summary):
            return shown
        offered = await hint(uow, actor, shown.basket.draft, now)
        return Again(summary=shown, source=repeat.source, differences=changed, hint=offered)
    substitute = await _substitute(uow, actor, short, draft, now)
    return ShortQuestion(short=replace(short, substitute=substitute), differences=changed)


async def _substitute(
    uow: UnitOfWork, actor: Actor, short: Short, draft: Order, now: datetime
) -> Offer | None:
    if short.line.family is None:
        return None
    family = await uow.history.list_family([short.line.family])
    offers = await offers_for(uow, actor, family, now)
    return best_substitute(short, offers.values(), draft)
