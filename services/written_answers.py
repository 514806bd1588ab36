"""Answers about a written order: each closes its question, and the next one follows or the draft."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

from domain.actors import Actor
from domain.basket import Basket
from domain.errors import ChangedMeanwhile
from domain.orders import most_sold
from domain.written import Op
from domain.written_drafts import Answered, Asks, Note, Open, Said
from services import terms
from services.alerts import ask_alert
from services.requested_goods import request
from services.searches import note_search
from services.written_lines import Work, learning_key
from services.written_next import next_of, open_work, work_on
from services.written_orders import HABIT_FOR
from storage.unit_of_work import UnitOfWork

CHOOSING = frozenset({Asks.WHICH, Asks.UNKNOWN})
LACKING = frozenset({Asks.OUT, Asks.SHORT})


async def pick(
    uow: UnitOfWork, actor: Actor, order_id: int, key: int, product_id: int, now: datetime
) -> Answered:
    """That product is meant; or it is taken instead of one of which there is too little."""
    return await answer(uow, actor, order_id, key, Said.PICK, now, product_id=product_id)


async def answer(
    uow: UnitOfWork,
    actor: Actor,
    order_id: int,
    key: int,
    said: Said,
    now: datetime,
    *,
    product_id: int | None = None,
) -> Answered:
    """What was said about that question; one that was answered before changes nothing."""
    basket, progress = await open_work(uow, actor, order_id)
    asked = progress.open(key)
    ids = {*asked.product_ids, *filter(None, [product_id])} if asked else set()
    work = await work_on(uow, actor, basket, progress, ids, now)
    if asked is None:
        return Answered(next=await next_of(uow, actor, basket, work, now), note=Note.SETTLED)
    note = await settle(uow, actor, work, asked, said, product_id or 0, now)
    return Answered(next=await next_of(uow, actor, basket, work, now), note=note)


async def settle(
    uow: UnitOfWork, actor: Actor, work: Work, asked: Open, said: Said, product_id: int, now: datetime
) -> Note | None:
    """Do to the work what was said; what cannot be done any more is asked again."""
    before = {each.key for each in work.progress.opens}
    note: Note | None = None
    if asked.asks in CHOOSING and said is Said.PICK:
        note = await _pick(uow, actor, work, asked, product_id, now)
    elif asked.asks is Asks.WHICH and said is Said.HALF:
        _halve(work, asked)
    elif asked.asks in CHOOSING and said is Said.NONE:
        await request(uow, actor, asked.phrase, now)
        await note_search(uow, actor, asked.phrase, now, len(asked.choices))
        note = Note.REQUESTED
    elif asked.asks in LACKING and said in (Said.ONLY, Said.SPLIT, Said.PICK, Said.ALERT):
        note = await _lacking(uow, actor, work, asked, said, product_id, now)
    elif said is not Said.DROP:
        raise ChangedMeanwhile
    elif asked.asks is Asks.UNKNOWN:
        await note_search(uow, actor, asked.phrase, now, len(asked.choices))
    if note is not Note.GONE:
        work.close(asked.key)
    work.ask_first(before)
    return note


async def _pick(
    uow: UnitOfWork, actor: Actor, work: Work, asked: Open, product_id: int, now: datetime
) -> Note | None:
    if product_id not in asked.choices:
        raise ChangedMeanwhile
    if asked.op is not Op.REMOVE and product_id not in work.offers:
        left = replace(asked, choices=tuple(each for each in asked.choices if each in work.offers))
        opens = (left if each.key == asked.key else each for each in work.progress.opens)
        work.progress = replace(work.progress, opens=tuple(opens))
        return Note.GONE
    customer_id, _contact_id = actor.require_buyer()
    if asked.op is Op.ADD:
        await uow.habits.learn(customer_id, learning_key(asked.phrase), product_id, now)
        work.habits = await uow.habits.of(customer_id, [product_id], now - HABIT_FOR)
    work.decide(product_id, asked.phrase, asked.op, asked.quantity, asked.unit)
    return None


def _halve(work: Work, asked: Open) -> None:
    """Half of it of each of the two; an odd one more of the first."""
    if len(asked.choices) != 2 or asked.quantity is None:
        raise ChangedMeanwhile
    pieces = []
    for product_id in asked.choices:
        if product_id not in work.offers:
            raise ChangedMeanwhile
        pieces.append(work.pieces(product_id, asked.quantity, asked.unit))
    first, second = pieces
    for product_id, units in zip(asked.choices, (first - first // 2, second // 2), strict=True):
        if units:
            work.put(product_id, units, asked.phrase)


async def _lacking(
    uow: UnitOfWork,
    actor: Actor,
    work: Work,
    asked: Open,
    said: Said,
    product_id: int,
    now: datetime,
) -> Note | None:
    """There is too little of it (S1.21, S2.7)."""
    assert asked.product_id is not None
    assert asked.pieces is not None
    offer = work.offers.get(asked.product_id)
    if offer is None:
        return None
    there = offer.stock.available + work.own.get(asked.product_id, 0)
    offered = min(asked.pieces, most_sold(offer.product.minimum, offer.product.multiple, there))
    missing = asked.pieces - offered
    if said is Said.SPLIT:
        work.put(asked.product_id, asked.pieces, asked.phrase, Op.SET, later=missing)
        return None
    if offered:
        work.put(asked.product_id, offered, asked.phrase, Op.SET)
    if not missing or said is Said.ONLY:
        return None
    if said is Said.ALERT:
        await ask_alert(uow, asked.product_id, missing, actor, now)
        return Note.ALERTED
    if product_id not in work.offers or product_id == asked.product_id:
        return Note.GONE
    work.put(product_id, missing, asked.phrase)
    return None


async def answer_many(
    uow: UnitOfWork, actor: Actor, order_id: int, key: int, quantity: int, now: datetime
) -> Answered:
    """So many of what was asked about."""
    basket, progress = await open_work(uow, actor, order_id)
    asked = progress.open(key)
    work = await work_on(uow, actor, basket, progress, asked.product_ids if asked else (), now)
    if asked is None:
        return Answered(next=await next_of(uow, actor, basket, work, now), note=Note.SETTLED)
    put_many(work, asked, quantity)
    return Answered(next=await next_of(uow, actor, basket, work, now))


def put_many(work: Work, asked: Open, quantity: int) -> None:
    if asked.product_id is None or asked.asks not in (Asks.UNIT, Asks.MANY) or quantity < 1:
        raise ChangedMeanwhile
    before = {each.key for each in work.progress.opens}
    work.put(asked.product_id, quantity, asked.phrase, asked.op)
    work.close(asked.key)
    work.ask_first(before)


async def pick_term(uow: UnitOfWork, actor: Actor, order_id: int, term_id: int, now: datetime) -> Answered:
    """It is paid so. A term that is not allowed any more is asked for again."""
    basket, progress = await open_work(uow, actor, order_id)
    allowed = await terms.allowed(uow, basket.draft.customer_id)
    term = next((each for each in allowed if each.id == term_id), None)
    draft = basket.draft
    if term is not None:
        draft = replace(draft, term=replace(term, id=0))
        progress = replace(progress, terms=())
    return await _go_on(uow, actor, basket, Work(draft=draft, progress=progress, offers={}), now)


async def pick_day(uow: UnitOfWork, actor: Actor, order_id: int, day: date, now: datetime) -> Answered:
    """It shall come on that day; one that is not possible is asked for again."""
    basket, progress = await open_work(uow, actor, order_id)
    progress = replace(progress, day=day, asks_day=False)
    return await _go_on(uow, actor, basket, Work(draft=basket.draft, progress=progress, offers={}), now)


async def _go_on(uow: UnitOfWork, actor: Actor, basket: Basket, work: Work, now: datetime) -> Answered:
    work.own = basket.own_units
    return Answered(next=await next_of(uow, actor, basket, work, now))
