"""The invariants of the acceptance table, read from the database after a trial."""

from __future__ import annotations

from sqlalchemy import func, select, text

from storage.tables.messages import inbox, notifications
from storage.unit_of_work import Store, UnitOfWork

ENDED = ("done", "dead")
OUTBOX = ("new", "sending", "delivered", "blocked", "failed", "uncertain", "withdrawn", "expired")


async def list_broken(store: Store) -> list[str]:
    """The invariants that do not hold, by name; empty when all is well."""
    async with store.reading() as uow:
        return [
            *await _i1_every_update_has_ended(uow),
            *await _i2_one_order_a_nonce(uow),
            *await _i3_stock_adds_up(uow),
            *await _i6_orders_are_whole(uow),
            *await _i7_the_outbox_adds_up(uow),
        ]


async def _i1_every_update_has_ended(uow: UnitOfWork) -> list[str]:
    left = select(func.count()).where(inbox.c.state.not_in(ENDED))
    return [f"I1: {n} updates have not ended"] if (n := await uow.connection.scalar(left)) else []


async def _i2_one_order_a_nonce(uow: UnitOfWork) -> list[str]:
    doubled = await _rows(
        uow,
        "SELECT nonce FROM orders WHERE number IS NOT NULL AND nonce IS NOT NULL"
        " GROUP BY nonce HAVING count(*) > 1",
    )
    return [f"I2: two orders of nonce {row[0]}" for row in doubled]


async def _i3_stock_adds_up(uow: UnitOfWork) -> list[str]:
    """What is reserved is what the open orders hold, and never more than there is."""
    wrong = await _rows(
        uow,
        "SELECT s.product_id, s.on_hand, s.reserved, coalesce(sum(l.quantity - l.later), 0)"
        " FROM stock s LEFT JOIN (order_lines l JOIN orders o ON o.id = l.order_id"
        " AND o.status IN ('placed', 'held', 'approved', 'picking', 'loaded'))"
        " ON l.product_id = s.product_id GROUP BY s.product_id, s.on_hand, s.reserved"
        " HAVING s.reserved <> coalesce(sum(l.quantity - l.later), 0) OR s.reserved > s.on_hand"
        " OR s.reserved < 0",
    )
    return [f"I3: product {row[0]}: {row[2]} of {row[1]} reserved, orders hold {row[3]}" for row in wrong]


async def _i6_orders_are_whole(uow: UnitOfWork) -> list[str]:
    """A placed order has lines, its path begins with the placing, and its audit row is there once."""
    bare = await _rows(
        uow,
        "SELECT o.id FROM orders o WHERE o.number IS NOT NULL AND ("
        " NOT EXISTS (SELECT 1 FROM order_lines l WHERE l.order_id = o.id)"
        " OR (SELECT count(*) FROM order_events e WHERE e.order_id = o.id AND e.status = 'placed') <> 1)",
    )
    unsaid = await _rows(
        uow,
        "SELECT o.id, count(a.id) FROM orders o LEFT JOIN audit a ON a.action = 'order.placed'"
        " AND a.subject_id = o.id WHERE o.number IS NOT NULL AND o.nonce IS NOT NULL"
        " GROUP BY o.id HAVING count(a.id) <> 1",
    )
    orphans = await _rows(
        uow,
        "SELECT a.subject_id FROM audit a LEFT JOIN orders o ON o.id = a.subject_id AND o.number IS NOT NULL"
        " WHERE a.action = 'order.placed' AND o.id IS NULL",
    )
    return [
        *(f"I6: order {row[0]} is not whole" for row in bare),
        *(f"I6: order {row[0]} was written down {row[1]} times" for row in unsaid),
        *(f"I6: no order {row[0]}, but word of it" for row in orphans),
    ]


async def _i7_the_outbox_adds_up(uow: UnitOfWork) -> list[str]:
    odd = select(func.count()).where(notifications.c.state.not_in(OUTBOX))
    return [f"I7: {n} notifications in no known state"] if (n := await uow.connection.scalar(odd)) else []


async def _rows(uow: UnitOfWork, statement: str) -> list[tuple[object, ...]]:
    return [tuple(row) for row in await uow.connection.execute(text(statement))]
