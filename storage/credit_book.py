"""The whole book: who owes how much, and since when (CRD-02); and finding somebody by name."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import bindparam, case, exists, func, literal_column, null, select, union_all
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.credit_books import BookLine, BookOrder, Debtor
from domain.money import Money
from domain.persian import search_key
from storage.credit_rows import BOUNCED, NOTHING, TAKEN, UNCLEARED, is_in
from storage.tables.calendar import routes
from storage.tables.instruments import cheques
from storage.tables.ledger import credit_notes, invoices, payments
from storage.tables.people import customers, outlets

_COLUMNS = ("balance", "overdue", "uncleared", "uncleared_count", "bounced", "bounced_count", "oldest_due")


def _part(customer_id: Any, *wanted: Any, **columns: Any) -> Any:
    """One part of the book: what is not named is nothing."""
    found = (columns.get(name, null() if name == "oldest_due" else NOTHING).label(name) for name in _COLUMNS)
    return select(customer_id.label("customer_id"), *found).where(*wanted)


_IS_LATE = invoices.c.due_on < bindparam("today")
_IS_UNCLEARED, _IS_BOUNCED = is_in(cheques.c.state, UNCLEARED), is_in(cheques.c.state, BOUNCED)
_PARTS = union_all(
    _part(
        invoices.c.customer_id,
        invoices.c.open_rials > NOTHING,
        balance=invoices.c.open_rials,
        overdue=case((_IS_LATE, invoices.c.open_rials), else_=NOTHING),
        oldest_due=case((_IS_LATE, invoices.c.due_on)),
    ),
    _part(
        cheques.c.customer_id,
        is_in(cheques.c.state, (*UNCLEARED, *BOUNCED)),
        balance=case((_IS_BOUNCED, cheques.c.amount_rials), else_=NOTHING),
        uncleared=case((_IS_UNCLEARED, cheques.c.amount_rials), else_=NOTHING),
        uncleared_count=case((_IS_UNCLEARED, literal_column("1")), else_=NOTHING),
        bounced=case((_IS_BOUNCED, cheques.c.amount_rials), else_=NOTHING),
        bounced_count=case((_IS_BOUNCED, literal_column("1")), else_=NOTHING),
    ),
    *(
        _part(
            table.c.customer_id,
            table.c.unallocated_rials > NOTHING,
            *more,
            balance=-table.c.unallocated_rials,
        )
        for table, more in (
            (payments, ()),
            (credit_notes, ()),
            (cheques, (is_in(cheques.c.state, TAKEN), cheques.c.received_on.is_not(None))),
        )
    ),
).subquery("parts")
_SUMS = (
    select(
        _PARTS.c.customer_id,
        *(func.sum(_PARTS.c[name]).label(name) for name in _COLUMNS if name != "oldest_due"),
        func.min(_PARTS.c.oldest_due).label("oldest_due"),
    )
    .group_by(_PARTS.c.customer_id)
    .subquery("sums")
)
_ORDERS: dict[BookOrder, Sequence[Any]] = {
    BookOrder.DEBT: (_SUMS.c.balance.desc(), _SUMS.c.customer_id),
    BookOrder.OVERDUE: (_SUMS.c.overdue.desc(), _SUMS.c.balance.desc(), _SUMS.c.customer_id),
}


class CreditBook:
    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def list_lines(
        self, order: BookOrder, today: date, limit: int, offset: int = 0
    ) -> tuple[BookLine, ...]:
        """All customers with something on their account, in that order."""
        wanted = (
            select(_SUMS, customers.c.name)
            .join_from(_SUMS, customers, customers.c.id == _SUMS.c.customer_id)
            .order_by(*_ORDERS[order])
            .limit(limit)
            .offset(offset)
        )
        return tuple(_line(row) for row in await self._connection.execute(wanted, {"today": today}))

    async def find(self, text: str, limit: int, *, visited_by: int | None = None) -> tuple[Debtor, ...]:
        """Customers in whose name all these words stand, a name that begins so before all others.

        ``visited_by`` leaves only those on whose outlets' routes that visitor goes.
        """
        key = search_key(text)
        if not key:
            return ()
        wanted = [customers.c.name_key.contains(word, autoescape=True) for word in key.split()]
        if visited_by is not None:
            wanted.append(
                exists().where(
                    outlets.c.customer_id == customers.c.id,
                    routes.c.id == outlets.c.route_id,
                    routes.c.visitor_id == visited_by,
                )
            )
        rows = await self._connection.execute(
            select(customers.c.id, customers.c.name)
            .where(customers.c.is_active, *wanted)
            .order_by(
                customers.c.name_key.startswith(key, autoescape=True).desc(),
                customers.c.name_key,
                customers.c.id,
            )
            .limit(limit)
        )
        return tuple(Debtor(customer_id=row.id, name=row.name) for row in rows)


def _line(row: Any) -> BookLine:
    return BookLine(
        customer_id=row.customer_id,
        customer=row.name,
        balance=Money(int(row.balance)),
        overdue=Money(int(row.overdue)),
        oldest_due=row.oldest_due,
        uncleared=Money(int(row.uncleared)),
        uncleared_count=int(row.uncleared_count),
        bounced=Money(int(row.bounced)),
        bounced_count=int(row.bounced_count),
    )
