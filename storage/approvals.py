"""What whoever decides on an order wants to see beside it, and which orders wait."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import and_, bindparam, func, literal_column, select
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.approvals import Bounce, Buying, Held
from domain.calendar import today_in_tehran
from domain.errors import NotFound
from domain.money import Money
from domain.orders import OrderStatus
from storage.tables.catalogue import stock
from storage.tables.instruments import cheque_events, cheques
from storage.tables.orders import orders
from storage.tables.people import customers, outlets

YEAR = timedelta(days=365)
_HELD = orders.c.status == literal_column(f"'{OrderStatus.HELD.value}'")
_OTHERS = (
    orders.c.customer_id == bindparam("customer"),
    orders.c.number.is_not(None),
    orders.c.id != bindparam("order"),
    orders.c.status.not_in([OrderStatus.CANCELLED.value, OrderStatus.REJECTED.value, OrderStatus.HELD.value]),
)
_ABOUT = (
    select(
        customers.c.name.label("customer"),
        outlets.c.name.label("outlet"),
        select(func.max(orders.c.placed_at)).where(*_OTHERS).scalar_subquery().label("last_at"),
        select(func.count())
        .select_from(orders)
        .where(*_OTHERS, orders.c.placed_at > bindparam("since"))
        .scalar_subquery()
        .label("order_count"),
    )
    .select_from(
        customers.join(
            outlets, and_(outlets.c.customer_id == customers.c.id, outlets.c.id == bindparam("outlet"))
        )
    )
    .where(customers.c.id == bindparam("customer"))
)


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """Whose order it is, and how they have bought."""

    customer: str
    outlet: str
    buying: Buying


class Approvals:
    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def about(self, order_id: int, customer_id: int, outlet_id: int, now: datetime) -> About:
        """Names, and the purchases of twelve months without the order itself."""
        values = {"order": order_id, "customer": customer_id, "outlet": outlet_id, "since": now - YEAR}
        row = (await self._connection.execute(_ABOUT, values)).one_or_none()
        if row is None:
            raise NotFound
        last_day = today_in_tehran(row.last_at) if row.last_at else None
        return About(
            customer=row.customer,
            outlet=row.outlet,
            buying=Buying(last_day=last_day, order_count=row.order_count),
        )

    async def free(self, product_ids: Iterable[int]) -> Mapping[int, int]:
        """What is left of each product beside all that is promised or kept back."""
        left = stock.c.on_hand - stock.c.reserved - stock.c.safety
        rows = await self._connection.execute(
            select(stock.c.product_id, left.label("left")).where(
                stock.c.product_id.in_(sorted(set(product_ids)))
            )
        )
        return {row.product_id: max(row.left, 0) for row in rows}

    async def last_bounce(self, customer_id: int) -> Bounce | None:
        """The cheque of that customer that came back last."""
        row = (
            await self._connection.execute(
                select(cheques.c.amount_rials, cheque_events.c.at)
                .join_from(cheque_events, cheques, cheques.c.id == cheque_events.c.cheque_id)
                .where(cheques.c.customer_id == customer_id, cheque_events.c.kind == "bounced")
                .order_by(cheque_events.c.at.desc(), cheque_events.c.id.desc())
                .limit(1)
            )
        ).one_or_none()
        return Bounce(amount=Money(row.amount_rials), at=row.at) if row else None

    async def list_held(self, limit: int, offset: int = 0) -> tuple[Held, ...]:
        """Orders that wait for a decision, the one with the least time before all others."""
        rows = await self._connection.execute(
            select(
                orders.c.id,
                orders.c.number,
                orders.c.net_rials,
                orders.c.vat_rials,
                orders.c.decide_by,
                customers.c.name,
            )
            .join_from(orders, customers, customers.c.id == orders.c.customer_id)
            .where(_HELD)
            .order_by(orders.c.decide_by, orders.c.id)
            .limit(limit)
            .offset(offset)
        )
        return tuple(
            Held(
                order_id=row.id,
                number=row.number,
                customer=row.name,
                payable=Money(row.net_rials + row.vat_rials),
                decide_by=row.decide_by,
            )
            for row in rows
        )

    async def count_held(self) -> int:
        counted = select(func.count()).select_from(orders).where(_HELD)
        return await self._connection.scalar(counted) or 0

    async def list_due(self, now: datetime, limit: int) -> tuple[int, ...]:
        """Orders on which nobody has decided in time."""
        found = await self._connection.scalars(
            select(orders.c.id)
            .where(_HELD, orders.c.decide_by <= now)
            .order_by(orders.c.decide_by, orders.c.id)
            .limit(limit)
        )
        return tuple(found)
