"""A word on what goes with the basket: what customers like this one buy with it (rule R14.2)."""

from __future__ import annotations

from asyncio import sleep
from datetime import datetime, timedelta

from domain.actors import Actor
from domain.associations import LOOKED_BACK, Market, Together, goods_key
from domain.calendar import today_in_tehran
from domain.orders import Order
from domain.suggestions import REFUSED_FOR, Hint, Suggested, called, choose, is_in_cycle
from services.catalogue import offers_for
from storage.unit_of_work import Store, UnitOfWork

AT_ONCE = 10
"""So few customers at once: counting them is over before anybody waits for it."""
MOST_CUSTOMERS = 20_000
"""What so many of a market do says what is done there."""
YEAR = timedelta(days=400)


async def suggest(uow: UnitOfWork, actor: Actor, draft: Order, now: datetime) -> tuple[Suggested, ...]:
    """What to offer beside that basket, the best first; nothing that was refused lately, or is not needed."""
    customer_id = actor.require_customer().id
    goods = {goods_key(line.product_id, line.family) for line in draft.paid_lines}
    together = await uow.associations.with_goods(customer_id, goods) if goods else ()
    if not together:
        return ()
    refused = await uow.associations.refused(customer_id, now - REFUSED_FOR)
    ids = {each.product_id for each in together} - refused
    bought = await uow.associations.bought(customer_id, ids, now - YEAR)
    today = today_in_tehran(now)
    ids = {each for each in ids if not is_in_cycle(bought.get(each, ()), today)}
    if not ids:
        return ()
    offers = await offers_for(uow, actor, ids, now)
    answered = await uow.associations.answered(ids, now - LOOKED_BACK)
    return choose(draft.paid_lines, [each for each in together if each.product_id in ids], offers, answered)


async def hint(uow: UnitOfWork, actor: Actor, draft: Order, now: datetime) -> Hint | None:
    """The best of these, and a note that it was offered: left out, it is not offered again for a while."""
    found = await suggest(uow, actor, draft, now)
    if not found:
        return None
    best, product = found[0], found[0].offer.product
    suggestion_id = await uow.associations.note_shown(
        draft.customer_id, draft.id, product.id, best.units, now
    )
    return Hint(
        suggestion_id=suggestion_id,
        goods=called(best.line.label, best.line.variant),
        other=called(product.label, product.variant),
        product_id=product.id,
    )


async def forget_old(uow: UnitOfWork, now: datetime) -> int:
    """Offers that are counted no more; how many went."""
    return await uow.associations.forget(now - LOOKED_BACK)


async def count_market(store: Store, market: tuple[str, str], now: datetime) -> int:
    """Count anew what is bought together in one market; how many pairs say something."""
    counted, since = Market(), now - LOOKED_BACK
    for is_second in (False, True):
        among = counted.paired
        after: int | None = 0
        seen = 0
        while after is not None and seen < MOST_CUSTOMERS:
            async with store.reading() as uow:
                found, after = await uow.associations.page(market, since, after, AT_ONCE)
            for lines in found:
                counted.pair(lines, among) if is_second else counted.note(lines)
            seen += AT_ONCE
    together: list[Together] = []
    for part in counted.parts():
        together += part
        await sleep(0)
    async with store.unit_of_work() as uow:
        await uow.associations.replace(market, together)
    return len(together)
