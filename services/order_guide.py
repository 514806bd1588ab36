"""The order guide: what this customer buys again and again, how much of it, why, and one tap to fill."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from domain.actors import Actor
from domain.basket import is_sold
from domain.calendar import today_in_tehran
from domain.catalogue import Offer
from domain.errors import NotFound, NothingToRepeat
from domain.order_guide import GUIDED_FOR, Guide, GuideLine, Habitual, habits
from domain.repeats import Repeated, fitting
from services.basket import add_to_basket, find_basket
from services.catalogue import offers_for
from services.repeats import Wanted, fill_wanted, last_order
from storage.unit_of_work import UnitOfWork

PER_PAGE = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Put:
    """So many units of an item were put into the basket, and the page of the guide after that."""

    line: GuideLine
    units: int
    guide: Guide
    basket_count: int


async def read_guide(uow: UnitOfWork, actor: Actor, now: datetime, page: int = 1) -> Guide:
    """A page of what this actor's customer buys, with today's stock."""
    return await _guide(uow, actor, now, page, await _inside(uow, actor))


async def _guide(uow: UnitOfWork, actor: Actor, now: datetime, page: int, inside: dict[int, int]) -> Guide:
    found = await _habits(uow, actor, now)
    offers = await offers_for(uow, actor, [each.line.product_id for each in found], now)
    sold = [each for each in found if is_sold(offers.get(each.line.product_id))]
    pages = max(1, -(-len(sold) // PER_PAGE))
    page = min(max(page, 1), pages)
    shown = sold[(page - 1) * PER_PAGE : page * PER_PAGE]
    return Guide(
        lines=tuple(_line(each, offers[each.line.product_id], inside) for each in shown),
        first=(page - 1) * PER_PAGE + 1,
        page=page,
        pages=pages,
        total=len(sold),
        fillable=sum(offers[each.line.product_id].stock.available > 0 for each in sold),
        today=today_in_tehran(now),
    )


async def put_item(
    uow: UnitOfWork, actor: Actor, product_id: int, page: int, now: datetime, press: str
) -> Put:
    """As much of that item as is usual; raises Shortage where there is less."""
    actor.require_buyer()
    found = next(
        (each for each in await _habits(uow, actor, now) if each.line.product_id == product_id), None
    )
    if found is None:
        raise NotFound
    offers = await offers_for(uow, actor, [product_id], now)
    units = fitting(found.quantity, offers[product_id]) if product_id in offers else found.quantity
    added = await add_to_basket(uow, actor, product_id, units, now, press)
    inside = {line.product_id: line.quantity for line in added.basket.draft.lines}
    return Put(
        line=_line(found, offers[product_id], inside),
        units=units,
        guide=await _guide(uow, actor, now, page, inside),
        basket_count=len(inside),
    )


async def fill_guide(
    uow: UnitOfWork, actor: Actor, now: datetime, *, instead_of: int | None = None
) -> Repeated:
    """All items of the guide that can be had, as much of each as is usual; differences are named."""
    actor.require_buyer()
    found = await _habits(uow, actor, now)
    offers = await offers_for(uow, actor, [each.line.product_id for each in found], now)
    lines = tuple(
        each.line
        for each in found
        if (offer := offers.get(each.line.product_id)) and is_sold(offer) and offer.stock.available > 0
    )
    if not lines:
        raise NothingToRepeat
    wanted = Wanted(lines=lines, like=await last_order(uow, actor))
    return await fill_wanted(uow, actor, wanted, now, instead_of=instead_of)


async def _habits(uow: UnitOfWork, actor: Actor, now: datetime) -> tuple[Habitual, ...]:
    customer_id = actor.require_customer().id
    return habits(await uow.order_guide.lines(customer_id, now - GUIDED_FOR), today_in_tehran(now))


async def _inside(uow: UnitOfWork, actor: Actor) -> dict[int, int]:
    if not actor.rights.may_order or not actor.draft_lines:
        return {}
    basket = await find_basket(uow, actor)
    return {line.product_id: line.quantity for line in basket.draft.lines}


def _line(habit: Habitual, offer: Offer, inside: dict[int, int]) -> GuideLine:
    product_id = habit.line.product_id
    units = fitting(habit.quantity, offer)
    return GuideLine(habit=habit, offer=offer, units=units, in_basket=inside.get(product_id, 0))
