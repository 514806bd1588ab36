"""Promotions that are kept, and orders that were given something, for tests on real databases."""

from __future__ import annotations

from itertools import count
from typing import Any

from sqlalchemy import insert, update

from domain.money import Money
from domain.orders import OrderStatus
from domain.pricing import Applied
from domain.promotion_rules import Rule, Scope, Stage
from domain.promotions import Promotion
from storage.tables.orders import order_lines, orders
from storage.unit_of_work import UnitOfWork
from tests.builders.pricing import a_promotion
from tests.conftest import NOW

_NUMBERS = count(90_000)


async def a_kept_promotion(
    uow: UnitOfWork, rule: Rule, scope: Scope | None = None, **others: Any
) -> Promotion:
    """A promotion that has begun long ago, unless it is said otherwise."""
    others.setdefault("starts_on", NOW.date().replace(month=1, day=1))
    return await uow.promotions.create(a_promotion(0, rule, scope, **others), NOW)


async def an_order_of(uow: UnitOfWork, customer_id: int, outlet_id: int, **columns: Any) -> int:
    """The id of an approved order without lines."""
    values = {
        "number": next(_NUMBERS),
        "customer_id": customer_id,
        "outlet_id": outlet_id,
        "status": OrderStatus.APPROVED.value,
        "channel": "bot_browse",
        "created_at": NOW,
        "placed_at": NOW,
        **columns,
    }
    key = (await uow.connection.execute(insert(orders).values(**values))).inserted_primary_key
    assert key is not None
    return int(key[0])


async def a_line_of(uow: UnitOfWork, order_id: int, position: int, product_id: int, quantity: int) -> None:
    values = {"order_id": order_id, "position": position, "product_id": product_id, "quantity": quantity}
    await uow.connection.execute(
        insert(order_lines).values(unit_price_rials=1_000, vat_basis_points=0, **values)
    )


async def cancelled(uow: UnitOfWork, order_id: int) -> None:
    await uow.connection.execute(update(orders).where(orders.c.id == order_id).values(status="cancelled"))


def given(promotion: Promotion, rials: int, units: int = 1, product_id: int | None = None) -> Applied:
    """That promotion has taken so much off."""
    return Applied(
        promotion_id=promotion.id,
        version=promotion.version,
        stage=promotion.stage,
        name=promotion.name,
        base=Money(10 * rials) if promotion.stage is not Stage.BONUS else Money(rials),
        amount=Money(rials) if promotion.stage is not Stage.BONUS else Money(0),
        product_id=product_id,
        units=units,
    )
