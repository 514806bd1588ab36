"""Telling people when something is there again."""

from __future__ import annotations

from datetime import datetime, timedelta

from domain.actors import Actor
from domain.alerts import HEAD_START, KEPT, first_come
from domain.catalogue import Offer
from domain.errors import NotFound
from domain.notifications import Notification, Recipient
from services.catalogue import offers_for
from storage.unit_of_work import UnitOfWork

WORTH_HEARING = timedelta(days=2)
"""Later nobody knows any more whether it is still there."""


async def ask_alert(uow: UnitOfWork, product_id: int, quantity: int, actor: Actor, now: datetime) -> Offer:
    """Tell this contact once, when so many units are there; the least that is sold when less was asked."""
    customer = actor.require_customer()
    offer = (await offers_for(uow, actor, (product_id,), now)).get(product_id)
    if offer is None or actor.contact_id is None:
        raise NotFound
    await uow.alerts.put(
        product_id,
        contact_id=actor.contact_id,
        customer_id=customer.id,
        quantity=max(quantity, offer.product.minimum),
        now=now,
        expires_at=now + KEPT,
    )
    return offer


async def tell_alerts(uow: UnitOfWork, product_id: int, now: datetime) -> int:
    """Tell those whose turn it is for one product; how many they are.

    Whoever marks an alert first tells it: of two processes that look at once one finds nothing left to mark.
    """
    waiting = await uow.alerts.list_waiting(product_id, now)
    told_of = await uow.alerts.units_told(product_id, now, HEAD_START)
    available = (await uow.stock.get(product_id)).available
    turn = first_come(waiting, available, told_of)
    marked = await uow.alerts.mark_told([alert.id for alert in turn], now) if turn else frozenset()
    label, unit = await uow.catalogue.named(product_id)
    await uow.outbox.put(
        *(
            Notification(
                key=f"stock_alert:{alert.id}",
                kind="stock_alert",
                to=Recipient(contact_id=alert.contact_id),
                subject_id=product_id,
                due_at=now,
                expires_at=now + WORTH_HEARING,
                facts={"label": label, "quantity": alert.quantity, "unit": unit.value},
            )
            for alert in turn
            if alert.id in marked
        )
    )
    return len(marked)
