"""What a customer usually buys and how, and what they have meant by a word before."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, case, func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.orders import OrderStatus
from storage.built import built
from storage.tables.catalogue import products
from storage.tables.orders import order_lines, orders
from storage.tables.people import customers
from storage.tables.search import learned_phrases
from storage.upsert import insert_or

LONGEST_PHRASE = 120


@dataclass(frozen=True, slots=True)
class Habit:
    """In so many orders a product was bought, and in how many of them by whole cartons."""

    times: int
    by_carton: int

    @property
    def is_by_carton(self) -> bool:
        return self.by_carton * 2 > self.times


class Habits:
    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def of(
        self, customer_id: int, product_ids: Collection[int], since: datetime
    ) -> Mapping[int, Habit]:
        """How that customer has bought these products; those never bought are left out."""
        if not product_ids:
            return {}
        values: dict[str, Any] = {"customer": customer_id, "ids": list(product_ids), "since": since}
        rows = await self._connection.execute(_BOUGHT, values)
        return {row.product_id: Habit(int(row.times), int(row.by_carton)) for row in rows}

    async def customer(self, code: str) -> tuple[int, int | None] | None:
        """The id of the customer with that external code, and of their group."""
        wanted = select(customers.c.id, customers.c.group_id).where(customers.c.external_ref == code)
        row = (await self._connection.execute(wanted)).one_or_none()
        return (row.id, row.group_id) if row else None

    async def learned(self, customer_id: int, phrases: Collection[str]) -> Mapping[str, int]:
        """The product that each of these phrases has meant for that customer, where they chose one."""
        said = {"customer": customer_id, "phrases": [each[:LONGEST_PHRASE] for each in phrases]}
        rows = await self._connection.execute(_LEARNED, said)
        return {row.phrase: row.product_id for row in rows}

    async def learn(self, customer_id: int, phrase: str, product_id: int, now: datetime) -> None:
        """That customer chose this product for that phrase; the last choice holds."""
        values = {"product_id": product_id, "chosen_at": now}
        put = insert_or(self._connection, learned_phrases).values(
            customer_id=customer_id, phrase=phrase[:LONGEST_PHRASE], times=1, **values
        )
        again = {**values, "times": learned_phrases.c.times + 1}
        await self._connection.execute(
            put.on_conflict_do_update(index_elements=["customer_id", "phrase"], set_=again)
        )


_BOUGHT = built(
    select(
        order_lines.c.product_id,
        func.count().label("times"),
        func.sum(
            case(((products.c.carton > 1) & (order_lines.c.quantity % products.c.carton == 0), 1), else_=0)
        ).label("by_carton"),
    )
    .join(orders, orders.c.id == order_lines.c.order_id)
    .join(products, products.c.id == order_lines.c.product_id)
    .where(
        orders.c.customer_id == bindparam("customer"),
        orders.c.status.not_in(
            [OrderStatus.DRAFT.value, OrderStatus.CANCELLED.value, OrderStatus.REJECTED.value]
        ),
        orders.c.placed_at >= bindparam("since", type_=orders.c.placed_at.type),
        order_lines.c.bonus_of.is_(None),
        order_lines.c.product_id.in_(bindparam("ids", expanding=True)),
    )
    .group_by(order_lines.c.product_id)
)
_LEARNED = built(
    select(learned_phrases.c.phrase, learned_phrases.c.product_id)
    .join(products, products.c.id == learned_phrases.c.product_id)
    .where(
        learned_phrases.c.customer_id == bindparam("customer"),
        learned_phrases.c.phrase.in_(bindparam("phrases", expanding=True)),
        products.c.is_active,
    )
)
