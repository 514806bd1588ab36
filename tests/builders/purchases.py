"""Many purchases at once, for tests of what customers buy together and again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from itertools import count

from sqlalchemy import insert

from domain.actors import Actor
from domain.catalogue import Product
from storage.tables.orders import order_lines, orders
from storage.tables.people import customers, outlets
from storage.unit_of_work import UnitOfWork
from tests.conftest import NOW

_NUMBERS = count(700_000)
_IDS = count(50_000)


async def some_salons(uow: UnitOfWork, how_many: int, kind: str = "salon") -> list[tuple[int, int]]:
    """New customers, each with its outlet, as their ids."""
    ids = [next(_IDS) for _n in range(how_many)]
    row = {"kind": kind, "created_at": NOW, "is_active": True, "is_blocked": False}
    await uow.connection.execute(
        insert(customers), [{"id": n, "name": f"سالن {n}", "name_key": f"سالن {n}", **row} for n in ids]
    )
    where = {"name": "-", "city": "-", "address": "-", "short_address": "-"}
    await uow.connection.execute(insert(outlets), [{"id": n, "customer_id": n, **where} for n in ids])
    return [(n, n) for n in ids]


async def purchases(
    uow: UnitOfWork, made: Sequence[tuple[tuple[int, int], Mapping[Product, int], datetime]]
) -> None:
    """Delivered orders of these customers: so many of each product then."""
    kept = []
    lines = []
    for (customer_id, outlet_id), wanted, at in made:
        number = next(_NUMBERS)
        kept.append(
            {
                "id": number,
                "number": number,
                "customer_id": customer_id,
                "outlet_id": outlet_id,
                "status": "delivered",
                "channel": "bot_browse",
                "created_at": at,
                "placed_at": at,
                "line_count": len(wanted),
            }
        )
        lines += [
            {
                "order_id": number,
                "position": position,
                "product_id": product.id,
                "quantity": units,
                "unit_price_rials": 1_000_000,
                "vat_basis_points": 1000,
            }
            for position, (product, units) in enumerate(wanted.items())
        ]
    await uow.connection.execute(insert(orders), kept)
    await uow.connection.execute(insert(order_lines), lines)


async def bought(uow: UnitOfWork, buyer: Actor, wanted: Mapping[Product, int], *at: datetime) -> None:
    """What that buyer has ordered on these days, each time the same."""
    customer_id = buyer.require_customer().id
    (outlet, *_others) = await uow.customers.list_outlets(customer_id)
    await purchases(uow, [((customer_id, outlet.id), wanted, each) for each in at])
