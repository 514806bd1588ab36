"""Deliveries that were asked about, for tests, written within the unit of work that is given."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select, update

from domain.actors import Actor
from domain.orders import Order, OrderStatus
from services import surveys as service
from storage.tables.orders import orders
from storage.tables.surveys import surveys
from storage.unit_of_work import UnitOfWork
from tests.builders.catalogue import a_product
from tests.builders.orders import a_buyer, a_placed_order
from tests.conftest import NOW

BOT = 42


async def a_reached_buyer(uow: UnitOfWork, name: str = "داروخانه دکتر رضایی", **of: Actor) -> Actor:
    """A buyer whose chat with us is open."""
    buyer = await a_buyer(uow, name=name, colleague_of=of.get("colleague_of"))
    await uow.customers.put_reach(buyer.identity, BOT, NOW)
    return buyer


async def a_delivery(uow: UnitOfWork, buyer: Actor, at: datetime) -> int:
    """An order of theirs was delivered then; the id of its survey, which is due later."""
    goods = await a_product(uow)
    order: Order = await a_placed_order(uow, buyer, {goods: 6}, NOW)
    done = update(orders).where(orders.c.id == order.id).values(status=OrderStatus.DELIVERED.value)
    await uow.connection.execute(done)
    await service.schedule(uow, order, at)
    found = await uow.connection.scalar(select(surveys.c.id).where(surveys.c.order_id == order.id))
    assert found is not None
    return int(found)
