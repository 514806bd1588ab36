"""Buyers with full baskets, each one tap away from an order; made by the hundred in a few statements."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from secrets import token_urlsafe
from typing import Any

from sqlalchemy import delete, insert, select

from domain.catalogue import Product
from domain.checkout import digest
from domain.money import of_toman
from domain.orders import OrderLine
from domain.pricing import Quote
from domain.terms import UNAGREED
from screens.callbacks.basket import PlaceOrder
from storage.tables.orders import order_lines, orders
from storage.tables.people import contact_roles, contacts, customers, identities, outlets
from storage.unit_of_work import Store, UnitOfWork
from tests.builders.orders import MONDAY, WEST

FIRST_USER = 50_000
TOMAN = 148_000
PLATFORM = "telegram"


@dataclass(frozen=True, slots=True)
class Offer:
    """A summary that was shown to a buyer: tapping it places the order."""

    user_id: int
    order_id: int
    nonce: str
    version: int = 0

    @property
    def data(self) -> str:
        return PlaceOrder(order_id=self.order_id, version=self.version, nonce=self.nonce).pack()


async def a_crowd(uow: UnitOfWork, many: int, now: datetime) -> list[int]:
    """So many buyers of as many customers, in an empty database; the messenger's ids of them."""
    route_id = await uow.calendars.put_route(WEST)
    numbers = range(1, many + 1)
    await uow.connection.execute(
        insert(customers),
        [
            {"id": n, "name": f"داروخانه {n}", "name_key": f"{n}", "kind": "pharmacy", "created_at": now}
            for n in numbers
        ],
    )
    street = {"city": "تهران", "address": "تهران، سعادت‌آباد", "short_address": "سعادت‌آباد"}
    await uow.connection.execute(
        insert(outlets),
        [{"id": n, "customer_id": n, "name": f"{n}", "route_id": route_id, **street} for n in numbers],
    )
    await uow.connection.execute(
        insert(contacts), [{"id": n, "name": f"کسی {n}", "mobile": f"0900{n:07}"} for n in numbers]
    )
    await uow.connection.execute(
        insert(contact_roles), [{"contact_id": n, "customer_id": n, "may_order": True} for n in numbers]
    )
    await uow.connection.execute(
        insert(identities),
        [
            {"id": n, "platform": PLATFORM, "user_id": FIRST_USER + n, "contact_id": n, "created_at": now}
            for n in numbers
        ],
    )
    return [FIRST_USER + n for n in numbers]


async def offers(
    uow: UnitOfWork,
    user_ids: Sequence[int],
    wanted: Sequence[tuple[Product, int]] | Sequence[Sequence[tuple[Product, int]]],
    now: datetime,
    day: date = MONDAY,
) -> list[Offer]:
    """A summary shown to each of them: of the same lines, or of lines of their own. Older drafts are gone."""
    ids = [user_id - FIRST_USER for user_id in user_ids]
    drafts = select(orders.c.id).where(orders.c.status == "draft", orders.c.contact_id.in_(ids))
    await uow.connection.execute(delete(order_lines).where(order_lines.c.order_id.in_(drafts)))
    await uow.connection.execute(
        delete(orders).where(orders.c.status == "draft", orders.c.contact_id.in_(ids))
    )
    nonces = [token_urlsafe(16) for _each in ids]
    common = {
        "status": "draft",
        "channel": "bot_browse",
        "deliver_on": day,
        "created_at": now,
        "version": 0,
        "term": UNAGREED.facts(),
    }
    each_their_own = bool(wanted) and isinstance(wanted[0][0], tuple)
    lines: list[Any] = list(wanted) if each_their_own else [wanted] * len(ids)
    rows = [
        {
            **common,
            "customer_id": n,
            "outlet_id": n,
            "contact_id": n,
            "nonce": nonce,
            "quote_digest": digest([line_of(*each) for each in own], Quote(), UNAGREED, day),
            "line_count": len(own),
            "net_rials": sum(of_toman(TOMAN).rials * quantity for _product, quantity in own),
            "vat_rials": sum(of_toman(TOMAN).rials * quantity // 10 for _product, quantity in own),
        }
        for n, nonce, own in zip(ids, nonces, lines, strict=True)
    ]
    made = await uow.connection.execute(
        insert(orders).returning(orders.c.id, sort_by_parameter_order=True), rows
    )
    found = [
        Offer(user_id, order_id, nonce)
        for user_id, order_id, nonce in zip(user_ids, made.scalars(), nonces, strict=True)
    ]
    await uow.connection.execute(
        insert(order_lines),
        [
            {
                "order_id": offer.order_id,
                "position": position,
                "product_id": product.id,
                "quantity": quantity,
                "unit_price_rials": of_toman(TOMAN).rials,
                "vat_basis_points": 1_000,
            }
            for offer, own in zip(found, lines, strict=True)
            for position, (product, quantity) in enumerate(own, start=1)
        ],
    )
    return found


def line_of(product: Product, quantity: int) -> OrderLine:
    """A line as the summary shows it."""
    return OrderLine(
        product_id=product.id,
        name=product.name,
        short_name=product.short_name,
        label=product.label,
        quantity=quantity,
        unit_price=of_toman(TOMAN),
        vat_rate=product.vat,
    )


async def placed(store: Store) -> int:
    """How many orders were placed."""
    async with store.reading() as uow:
        numbers = await uow.connection.scalars(select(orders.c.number).where(orders.c.number.is_not(None)))
        return len(numbers.all())
