"""A written order becomes a draft: what is clear stands in it, the rest is asked, one thing after the other.

The door for everybody who has lines that somebody wrote: :func:`begin` takes a message, an order that was
read elsewhere (:class:`domain.written.WrittenOrder`, the rows of a file), or one whose products are known
already (:class:`services.written_orders.Reading`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from decimal import Decimal

from domain.actors import Actor
from domain.basket import MOST_NOTE, Basket
from domain.calendar import today_in_tehran
from domain.errors import NotAQuantity
from domain.orders import Channel, Order
from domain.quantities import typed, units
from domain.repeats import lines_again
from domain.written import Op, WrittenOrder, read_order
from domain.written.names import choice_meant
from domain.written.wishes import (
    answer_said,
    chosen_term,
    day_said,
    greets,
    paying_said,
)
from domain.written.words import PIECE
from domain.written_drafts import Answered, Asks, Open, Pending, Progress, Said
from services import terms
from services.basket import find_basket
from services.written_answers import CHOOSING, LACKING, put_many, settle
from services.written_lines import Work
from services.written_next import next_of, progress_for, work_on
from services.written_orders import (
    HABIT_FOR,
    Question,
    Reading,
    Understood,
)
from services.written_texts import Written, read
from storage.unit_of_work import UnitOfWork

MOST_ANSWER = 40
"""A longer text is no answer to a question, it is an order of its own."""


async def begin(uow: UnitOfWork, actor: Actor, said: Written, now: datetime) -> Answered | None:
    """Put what was written into the draft; what comes next. None when a text is no order at all.

    It joins what is in the basket already; nothing is placed. A text may also answer the question that is
    open, or change what the draft says: «دستکش رو بکن ۲ کارتن».
    """
    actor.require_buyer()
    basket = await find_basket(uow, actor)
    progress = await progress_for(uow, basket)
    if isinstance(said, str):
        answered = await _typed(uow, actor, basket, progress, said, now)
        if answered is not None:
            return answered
    found = await read(uow, actor, basket, said, now)
    if found is None:
        return None
    reading, instead = found
    text = said if isinstance(said, str) else " ".join(reading.order.paying)
    work, source = await _work(uow, actor, basket, progress, reading, now)
    before = {each.key for each in progress.opens}
    if not before and not progress.understood:
        work.progress = replace(work.progress, had=len(basket.draft.lines), greets=greets(text))
    if source is not None:
        _fill(work, source)
    _take(work, reading.lines, instead)
    work.ask_first(before)
    new = (each for each in work.progress.understood if each not in progress.understood)
    work.progress = replace(work.progress, to_list=(*progress.to_list, *new))
    await _whole(uow, actor, work, reading.order, text, now)
    return Answered(next=await next_of(uow, actor, basket, work, now))


async def _typed(
    uow: UnitOfWork, actor: Actor, basket: Basket, progress: Progress, text: str, now: datetime
) -> Answered | None:
    """The open question, answered in words: «روشن», «۲ کارتن», «هیچ‌کدام»."""
    if not progress.opens or len(text) > MOST_ANSWER:
        return None
    asked = progress.opens[0]
    work = await work_on(uow, actor, basket, progress, asked.product_ids, now)
    said = answer_said(text)
    product_id = 0
    if asked.asks in (Asks.UNIT, Asks.MANY) and said is None:
        quantity = _quantity(work, asked, text)
        if quantity is None:
            return None
        put_many(work, asked, quantity)
        return Answered(next=await next_of(uow, actor, basket, work, now))
    if said is None and asked.asks in CHOOSING:
        product = _named(work, asked, text)
        if product is not None:
            said, product_id = Said.PICK, product
    if said is None or not _fits(asked, said):
        return None
    note = await settle(uow, actor, work, asked, said, product_id, now)
    return Answered(next=await next_of(uow, actor, basket, work, now), note=note)


def _fits(asked: Open, said: Said) -> bool:
    if said is Said.DROP:
        return True
    if said is Said.ALERT:
        return asked.asks in LACKING
    return asked.asks in CHOOSING and (said is not Said.HALF or asked.asks is Asks.WHICH)


def _quantity(work: Work, asked: Open, text: str) -> int | None:
    offer = work.offers.get(asked.product_id or 0)
    if offer is None:
        return None
    try:
        return units(typed(text), offer.product)
    except NotAQuantity:
        return None


def _named(work: Work, asked: Open, text: str) -> int | None:
    lines = read_order(text).lines
    if any(line.quantity is not None or line.op is not Op.ADD for line in lines):
        return None
    products = [work.offers[each].product for each in asked.choices if each in work.offers]
    meant = choice_meant(text, products)
    return meant.id if meant else None


async def _work(
    uow: UnitOfWork, actor: Actor, basket: Basket, progress: Progress, reading: Reading, now: datetime
) -> tuple[Work, Order | None]:
    """The draft with the offers of all that was named, and the order that shall come again."""
    customer_id, _contact_id = actor.require_buyer()
    source = await uow.history.last_purchase(customer_id) if reading.order.repeats else None
    ids = {product.id for each in reading.lines for product in each.choices}
    ids |= {each.product.id for each in reading.lines if each.product is not None}
    if source is not None:
        ids |= {line.product_id for line in source.paid_lines}
    draft = basket.draft
    if not draft.lines and draft.changes is None:
        draft = replace(draft, channel=Channel.TEXT, note=None, deliver_on=None, repeats=None)
    work = await work_on(uow, actor, replace(basket, draft=draft), progress, ids, now)
    asked = [each.product.id for each in reading.lines if each.product and each.question is Question.UNIT]
    if asked:
        work.habits = await uow.habits.of(customer_id, asked, now - HABIT_FOR)
    return work, source


def _fill(work: Work, source: Order) -> None:
    """What was ordered last, as far as it is sold today; what stands in the basket stays as it is."""
    if not work.draft.lines:
        work.draft = replace(work.draft, outlet_id=source.outlet_id, is_outlet_chosen=True, term=source.term)
    there = {line.product_id for line in work.draft.lines}
    for line in lines_again(source.paid_lines, work.offers):
        if line.product_id not in there:
            work.put(line.product_id, line.quantity, line.label)


def _take(work: Work, lines: Sequence[Understood], instead: frozenset[int]) -> None:
    for at, each in enumerate(lines):
        if at not in instead:
            follows = at + 1 in instead
            if follows and each.line.quantity is None and each.line.op is Op.ADD:
                each = replace(each, line=replace(each.line, op=Op.REMOVE))
            work.take(each)
            continue
        pieces = _given_up(work)
        if each.line.quantity is None and pieces:
            line = replace(each.line, quantity=Decimal(pieces), unit=PIECE)
            is_known = each.product is not None
            each = replace(
                each,
                line=line,
                pieces=pieces if is_known else None,
                question=None if is_known else each.question,
            )
        work.take(each)


def _given_up(work: Work) -> int | None:
    """How much something else takes the place of: what was taken out, what is not there, or the last line."""
    changes = work.progress.changes
    if changes and not changes[-1].after:
        return changes[-1].before
    lacking = next((each for each in work.progress.opens if each.asks in LACKING), None)
    if lacking is not None:
        work.close(lacking.key)
        return lacking.pieces
    if not work.draft.lines:
        return None
    last = work.draft.lines[-1]
    work.put(last.product_id, 0, last.label, Op.SET)
    return last.quantity


async def _whole(
    uow: UnitOfWork, actor: Actor, work: Work, order: WrittenOrder, text: str, now: datetime
) -> None:
    """What was said about the day, about paying, and what nobody understood."""
    customer_id, _contact_id = actor.require_buyer()
    notes = list(order.notes)
    if order.days:
        day = day_said(order.days, today_in_tehran(now))
        work.progress = replace(work.progress, day=day, asks_day=day is None)
        work.draft = replace(work.draft, deliver_on=day or work.draft.deliver_on)
        if day is None:
            notes.append(" ".join(order.days))
    paying = paying_said(order.paying, text)
    if paying is not None:
        allowed = await terms.allowed(uow, customer_id)
        used = await uow.readings.terms_used(customer_id) if paying.is_usual else ()
        meant = chosen_term(paying, allowed, used)
        if len(meant) == 1:
            work.draft = replace(work.draft, term=replace(meant[0], id=0))
            work.progress = replace(work.progress, terms=())
        elif len(allowed) > 1:
            work.progress = replace(work.progress, terms=tuple(each.id for each in meant or allowed))
        if not meant:
            notes.append(" ".join(order.paying))
    if notes:
        work.draft = replace(work.draft, note=_noted(work.draft.note, notes))


def _noted(before: str | None, notes: Sequence[str]) -> str:
    """The note with what was not understood, each once; the end of a long one is cut."""
    parts = [before] if before else []
    parts += [note for note in notes if note and note not in (before or "")]
    return " · ".join(parts)[:MOST_NOTE]


async def pending(uow: UnitOfWork, actor: Actor, now: datetime) -> Pending | None:
    """What is still asked about the basket of whoever comes back; None when nothing is."""
    actor.require_buyer()
    basket = await find_basket(uow, actor)
    progress = await progress_for(uow, basket)
    if not progress.opens:
        return None
    work = await work_on(uow, actor, basket, progress, progress.opens[0].product_ids, now)
    return await next_of(uow, actor, basket, work, now)
