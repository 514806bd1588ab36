"""Customers who order every so often, for tests."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import insert, select, update

from domain.actors import Actor
from domain.catalogue import Product
from domain.orders import OrderStatus
from storage.tables.orders import orders
from storage.tables.people import reaches
from storage.unit_of_work import UnitOfWork
from tests.builders.orders import a_buyer, a_placed_order
from tests.conftest import NOW

AGO = (89, 75, 59, 47, 32, 18)
"""Rule R18's example, seen from the story's day."""


async def reachable(uow: UnitOfWork, buyer: Actor) -> Actor:
    row = {
        "platform": "telegram",
        "bot_id": 1,
        "chat_id": buyer.identity.user_id,
        "identity_id": buyer.identity.id,
        "seen_at": NOW,
    }
    await uow.connection.execute(insert(reaches).values(row))
    return buyer


async def bought(uow: UnitOfWork, buyer: Actor, wanted: dict[Product, int], at: datetime) -> int:
    """A delivered order of then; its id."""
    order = await a_placed_order(uow, buyer, wanted, at)
    done = update(orders).where(orders.c.id == order.id).values(status=OrderStatus.DELIVERED.value)
    await uow.connection.execute(done)
    for product, units in wanted.items():
        await uow.stock.release({product.id: units})
    return order.id


async def a_regular(
    uow: UnitOfWork, product: Product, ago: Sequence[int] = AGO, name: str = "سالن رز", units: int = 12
) -> Actor:
    """Somebody who can be written to and has ordered so many days ago."""
    buyer = await reachable(uow, await a_buyer(uow, name=name))
    for days in ago:
        await bought(uow, buyer, {product: units}, NOW - timedelta(days=days, hours=-12))
    return buyer


async def last_order_of(uow: UnitOfWork, buyer: Actor) -> int:
    newest = (
        select(orders.c.id)
        .where(orders.c.customer_id == buyer.require_customer().id, orders.c.number.is_not(None))
        .order_by(orders.c.placed_at.desc())
    )
    return int(await uow.connection.scalar(newest.limit(1)) or 0)
