"""What comes next of a written order: the first open question, how it is paid, when it comes, the draft."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import date, datetime

from domain.actors import Actor
from domain.basket import Basket, Summary, TermChoice, line_of
from domain.catalogue import Offer
from domain.errors import AlreadyPlaced, ChangedMeanwhile, NoDeliveryDay, NotFound, OutletNotChosen
from domain.orders import Order, most_sold
from domain.repeats import Short, best_substitute
from domain.written_drafts import (
    Asked,
    Asks,
    DayAsked,
    Drafted,
    NothingLeft,
    Open,
    Pending,
    Progress,
    TermAsked,
)
from services.basket import NEW, choose_outlet, find_basket, save_draft
from services.calendar import delivery_plan
from services.catalogue import offers_for, similar
from services.checkout import choose_term, summarise
from services.written_lines import Work
from storage.unit_of_work import UnitOfWork


async def progress_for(uow: UnitOfWork, basket: Basket) -> Progress:
    """What is kept of the draft's writing. A basket that was emptied since has no questions any more."""
    draft = basket.draft
    kept = await uow.readings.find(draft.id) if draft.id != NEW else None
    if kept is None:
        return Progress(order_id=draft.id)
    if kept.lines and not draft.lines:
        return Progress(order_id=kept.order_id, version=kept.version, asked=kept.asked)
    return kept


async def open_work(uow: UnitOfWork, actor: Actor, order_id: int) -> tuple[Basket, Progress]:
    """The draft that a button names, if it still is the active one of whoever taps."""
    actor.require_buyer()
    basket = await find_basket(uow, actor)
    if basket.draft.id != order_id:
        order = await uow.orders.get(order_id, of=actor)
        if order.number is not None:
            raise AlreadyPlaced(order.number)
        raise ChangedMeanwhile
    progress = await progress_for(uow, basket)
    if not progress.version:
        raise NotFound
    return basket, progress


async def work_on(
    uow: UnitOfWork, actor: Actor, basket: Basket, progress: Progress, ids: Collection[int], now: datetime
) -> Work:
    """The draft with today's offers of its lines and of these products."""
    wanted = {*ids, *(line.product_id for line in basket.draft.lines)}
    offers = await offers_for(uow, actor, wanted, now) if wanted else {}
    return Work(draft=basket.draft, progress=progress, offers=offers, own=basket.own_units)


async def next_of(uow: UnitOfWork, actor: Actor, basket: Basket, work: Work, now: datetime) -> Pending:
    """Keep the work, and say what comes next."""
    draft, progress = work.draft, work.progress
    if draft != basket.draft or draft.id == NEW:
        draft = await save_draft(uow, draft, basket.draft, now)
    progress = replace(progress, order_id=draft.id, lines=len(draft.lines))
    basket = replace(basket, draft=draft)
    found, progress = await _found(uow, actor, basket, replace_progress(work, progress), now)
    if isinstance(found, TermAsked | DayAsked) and progress.to_list:
        # Nothing has named yet what was understood: it stands above this question.
        listed = tuple(line for line in draft.lines if line.product_id in progress.to_list)
        found = replace(found, understood=listed)
        progress = replace(progress, to_list=(), is_listed=True)
    await uow.readings.put(progress, now)
    return found


async def look_again(uow: UnitOfWork, actor: Actor, order_id: int, now: datetime) -> Pending:
    """The whole draft as it stands; or what has to be said first."""
    basket, progress = await open_work(uow, actor, order_id)
    progress = replace(progress, is_fresh=True, is_listed=True)
    asked = progress.opens[0].product_ids if progress.opens else ()
    found, _progress = await _found(
        uow, actor, basket, await work_on(uow, actor, basket, progress, asked, now), now
    )
    return found


def replace_progress(work: Work, progress: Progress) -> Work:
    return Work(draft=work.draft, progress=progress, offers=work.offers, own=work.own, habits=work.habits)


async def _found(
    uow: UnitOfWork, actor: Actor, basket: Basket, work: Work, now: datetime
) -> tuple[Pending, Progress]:
    progress = work.progress
    if progress.opens:
        return await _question(uow, actor, basket, work, now)
    if not basket.draft.lines:
        return NothingLeft(changes=progress.changes, missing=progress.missing), _shown(progress)
    if progress.terms:
        return await _terms(uow, actor, progress, now)
    if progress.asks_day:
        return await _days(uow, basket, progress, None, now), progress
    try:
        step = await summarise(uow, actor, now, progress.day)
    except NoDeliveryDay:
        return await _days(uow, basket, progress, progress.day, now), progress
    except OutletNotChosen:
        return await choose_outlet(uow, actor), progress
    if isinstance(step, TermChoice):
        return TermAsked(order_id=progress.order_id, choice=step), progress
    if not isinstance(step, Summary):
        # Questions about bonus goods have their own way; it leads to the final look too.
        return step, progress
    said = progress.said if progress.is_listed or not progress.is_fresh else {}
    draft = step.basket.draft
    drafted = Drafted(
        summary=step,
        said=said,
        changes=progress.changes,
        missing=progress.missing,
        is_fresh=progress.is_fresh,
        had=_had(draft, progress),
    )
    return drafted, replace(_shown(progress), said=said)


def _had(draft: Order, progress: Progress) -> int:
    """So many lines stood there before, and still do."""
    if not progress.had:
        return 0
    return sum(1 for line in draft.lines if line.product_id not in progress.understood)


def _shown(progress: Progress) -> Progress:
    """All that had to be told has been told."""
    return replace(
        progress,
        understood=(),
        to_list=(),
        changes=(),
        missing=(),
        is_fresh=False,
        is_listed=False,
        greets=False,
        had=0,
        day=None,
    )


async def _question(
    uow: UnitOfWork, actor: Actor, basket: Basket, work: Work, now: datetime
) -> tuple[Asked, Progress]:
    progress, first = work.progress, work.progress.opens[0]
    listed = progress.to_list
    offers: Mapping[int, Offer] = work.offers
    unread = {*first.product_ids, *listed} - set(offers)
    if unread:
        offers = {**offers, **await offers_for(uow, actor, unread, now)}
    asked = Asked(
        order_id=progress.order_id,
        open=first,
        offers=offers,
        draft=basket.draft,
        understood=listed,
        changes=progress.changes,
        missing=progress.missing,
        greets=progress.greets and bool(listed),
        had=_had(basket.draft, progress) if listed else 0,
        is_alone=len(progress.opens) == 1 and not basket.draft.lines,
        substitute=await _substitute(uow, actor, first, basket.draft, offers, now),
    )
    is_listed = progress.is_listed or bool(listed)
    return asked, replace(progress, is_listed=is_listed, to_list=(), changes=(), missing=())


async def _substitute(
    uow: UnitOfWork,
    actor: Actor,
    asked: Open,
    draft: Order,
    offers: Mapping[int, Offer],
    now: datetime,
) -> Offer | None:
    """The nearest of its like of which there is enough for what is missing."""
    if asked.asks not in (Asks.OUT, Asks.SHORT) or asked.product_id is None:
        return None
    offer = offers.get(asked.product_id)
    if offer is None:
        return None
    there = offer.stock.available
    offered = min(asked.pieces or 1, most_sold(offer.product.minimum, offer.product.multiple, there))
    missing = max(1, (asked.pieces or 1) - offered)
    if offer.product.family is not None:
        family = await uow.history.list_family([offer.product.family])
        line = line_of(offer, asked.pieces or 1)
        short = Short(line=line, available=there, offered=offered)
        near = best_substitute(short, (await offers_for(uow, actor, family, now)).values(), draft)
        if near is not None:
            return near
    try:
        _offer, shelf = await similar(uow, asked.product_id, actor, now)
    except NotFound:
        return None
    fits = (each for each in shelf.offers if each.price is not None and each.stock.available >= missing)
    return next(fits, None)


async def _terms(
    uow: UnitOfWork, actor: Actor, progress: Progress, now: datetime
) -> tuple[Pending, Progress]:
    """The ways to pay that may be meant, each with its total; none of them left asks among all."""
    step = await choose_term(uow, actor, now)
    if not isinstance(step, TermChoice):
        return step, replace(progress, terms=())
    totals = tuple(each for each in step.totals if each.term.id in progress.terms) or step.totals
    return TermAsked(order_id=progress.order_id, choice=replace(step, totals=totals)), progress


async def _days(
    uow: UnitOfWork, basket: Basket, progress: Progress, wanted: date | None, now: datetime
) -> DayAsked:
    plan = await delivery_plan(uow, basket.draft.outlet_id, now)
    days = plan.days(now)
    if not days:
        raise NoDeliveryDay
    return DayAsked(order_id=progress.order_id, wanted=wanted, days=days)
