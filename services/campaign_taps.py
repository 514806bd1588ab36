"""What recipients tap under a campaign's message: ordering, looking, and asking for no more of it.

The message belongs to the person it was sent to, and speaks of one centre. Whoever acts for another centre
meanwhile acts for that one from then on: its price and its basket are meant.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from domain.actors import Actor
from domain.calendar import today_in_tehran
from domain.campaign_taps import BuyAnswer, Gone, Impossible, Looked, Over, Taken, TappedMessage
from domain.errors import NotFound, NotSold, QuantityNotSold, Shortage, TooManyLines
from services.basket import find_basket, read_basket, set_line
from services.catalogue import offers_for
from services.offers import open_deal, open_offer
from services.pricing import promotions_for
from services.settings import choose_centre
from storage.unit_of_work import UnitOfWork


async def buy(uow: UnitOfWork, actor: Actor, recipient_id: int, now: datetime) -> BuyAnswer:
    """The offered quantity is in the basket now: what is there counts, so a second tap adds nothing."""
    message = await _clicked(uow, actor, recipient_id, now)
    buyer, centre = await _acting(uow, actor, message)
    buyer.require_buyer()
    if message.product_id is None:
        return Gone()
    product_id = message.product_id
    if await _is_over(uow, buyer, message, now):
        return Over(product_id=product_id, ended_on=message.ends_on)
    offer = (await offers_for(uow, buyer, [product_id], now)).get(product_id)
    if offer is None or offer.price is None:
        return Gone()
    wanted = message.quantity or offer.product.minimum
    line = (await find_basket(uow, buyer)).draft.line(product_id)
    if line is not None and line.quantity >= wanted:
        return Taken(basket=await read_basket(uow, buyer, now), product_id=product_id, centre=centre)
    try:
        basket = await set_line(uow, buyer, product_id, wanted, now, line.later if line else 0)
    except (Shortage, NotSold, QuantityNotSold, TooManyLines) as no:
        return Impossible(why=no)
    return Taken(basket=basket, product_id=product_id, centre=centre)


async def look(uow: UnitOfWork, actor: Actor, recipient_id: int, now: datetime) -> Looked | Over | Gone:
    """The promotion with its goods, or the product."""
    message = await _clicked(uow, actor, recipient_id, now)
    reader, centre = await _acting(uow, actor, message)
    reader.require_customer()
    if await _is_over(uow, reader, message, now):
        return Over(product_id=message.product_id, ended_on=message.ends_on)
    try:
        if message.promotion_id is not None:
            deal, goods = await open_deal(uow, reader, message.promotion_id, now)
            return Looked(reader=reader, deal=deal, shelf=goods, centre=centre)
        if message.product_id is not None:
            shelf, deals = await open_offer(uow, reader, message.product_id, now)
            return Looked(reader=reader, shelf=shelf, deals=deals, centre=centre)
    except NotFound:
        return Gone()
    return Gone()


async def stop(uow: UnitOfWork, actor: Actor, recipient_id: int, now: datetime) -> TappedMessage:
    """No more promotions for this person, of whatever centre; orders and money are told as before."""
    message = await _own(uow, actor, recipient_id)
    if await _switch(uow, actor, is_on=False):
        await uow.campaign_taps.put_opt_out(recipient_id, now)
        await uow.audit.write(actor, "promotions.stopped", "contact", actor.contact_id, now)
    return message


async def want_again(uow: UnitOfWork, actor: Actor, recipient_id: int, now: datetime) -> TappedMessage:
    """It was a slip, and does not count as one who left."""
    message = await _own(uow, actor, recipient_id)
    if await _switch(uow, actor, is_on=True):
        await uow.audit.write(actor, "promotions.wanted", "contact", actor.contact_id, now)
    await uow.campaign_taps.put_opt_out(recipient_id, None)
    return message


async def _switch(uow: UnitOfWork, actor: Actor, *, is_on: bool) -> bool:
    """Whether that changes anything."""
    assert actor.contact_id is not None
    wanted = await uow.settings.preferences(actor.contact_id)
    if wanted.promotions is is_on:
        return False
    await uow.settings.save_preferences(replace(wanted, promotions=is_on))
    return True


async def _own(uow: UnitOfWork, actor: Actor, recipient_id: int) -> TappedMessage:
    if actor.contact_id is None:
        raise NotFound
    return await uow.campaign_taps.get(recipient_id, of=actor.contact_id)


async def _clicked(uow: UnitOfWork, actor: Actor, recipient_id: int, now: datetime) -> TappedMessage:
    message = await _own(uow, actor, recipient_id)
    if message.clicked_at is None:
        await uow.campaign_taps.put_click(recipient_id, now)
    return message


async def _acting(uow: UnitOfWork, actor: Actor, message: TappedMessage) -> tuple[Actor, str | None]:
    """The person, acting for the centre that the message is about; its name where that is another one."""
    if actor.customer_id == message.customer_id:
        return actor, None
    return await choose_centre(uow, actor, message.customer_id), message.customer_name


async def _is_over(uow: UnitOfWork, reader: Actor, message: TappedMessage, now: datetime) -> bool:
    """Its last day has passed, or the promotion gives this customer nothing any more."""
    if message.has_ended(today_in_tehran(now)):
        return True
    if message.promotion_id is None:
        return False
    offered = await promotions_for(uow, reader, now)
    return all(each.id != message.promotion_id for each in offered.promotions)
