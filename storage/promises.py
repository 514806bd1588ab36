"""Promises of customers: made, and judged once."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import func, insert, literal_column, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.balances import Promise, PromiseState
from domain.money import ZERO, Money, total
from domain.promises import KeptRatio, PromiseLine
from storage.tables.claims import promises
from storage.tables.ledger import allocations, invoices
from storage.tables.people import customers

_P = promises.c
_OPEN = _P.state == literal_column("'open'")
_NOTHING: Any = literal_column("0")


class Promises:
    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def put(self, promise: Promise, contact_id: int | None, now: datetime) -> int:
        made = insert(promises).values(
            customer_id=promise.customer_id,
            contact_id=contact_id,
            invoice_id=promise.invoice_id,
            amount_rials=promise.amount.rials,
            promised_on=promise.on,
            state=promise.state.value,
            made_at=now,
        )
        return int((await self._connection.execute(made.returning(_P.id))).scalar_one())

    async def list_open(self, customer_id: int) -> tuple[Promise, ...]:
        """What that customer has still to keep, the next day first."""
        wanted = select(promises).where(_P.customer_id == customer_id, _OPEN)
        rows = await self._connection.execute(wanted.order_by(_P.promised_on, _P.id))
        return tuple(promise_of(row) for row in rows)

    async def list_paid(self, limit: int) -> tuple[Promise, ...]:
        """Open ones of whose invoice nothing is owed any more."""
        rows = await self._connection.execute(
            select(promises)
            .join(invoices, invoices.c.id == _P.invoice_id)
            .where(_OPEN, invoices.c.open_rials == _NOTHING)
            .order_by(_P.id)
            .limit(limit)
        )
        return tuple(promise_of(row) for row in rows)

    async def judge(self, promise_id: int, state: PromiseState, now: datetime) -> bool:
        """Whether it was open until now: it is judged once."""
        judged = update(promises).where(_P.id == promise_id, _OPEN)
        done = await self._connection.execute(judged.values(state=state.value, judged_at=now))
        return done.rowcount == 1

    async def settled_since(self, invoice_id: int, since: datetime) -> Money:
        """What was settled of that invoice since then; what was taken back again does not count."""
        net = func.sum(allocations.c.amount_rials)
        sources = await self._connection.scalars(
            select(net)
            .where(
                allocations.c.invoice_id == invoice_id,
                allocations.c.at >= since,
                allocations.c.source != literal_column("'rounding'"),
            )
            .group_by(allocations.c.source, allocations.c.source_id)
            .having(net > 0)
        )
        return total(Money(int(each)) for each in sources) if sources else ZERO

    async def list_lines(
        self, states: Collection[PromiseState], limit: int, offset: int
    ) -> tuple[PromiseLine, ...]:
        """Promises of these states with their customers: open ones by their day, judged ones newest first."""
        is_open = PromiseState.OPEN in states
        order = (_P.promised_on, _P.id) if is_open else (_P.judged_at.desc(), _P.id.desc())
        rows = await self._connection.execute(
            select(promises, customers.c.name, invoices.c.number)
            .join(customers, customers.c.id == _P.customer_id)
            .outerjoin(invoices, invoices.c.id == _P.invoice_id)
            .where(_P.state.in_(sorted(each.value for each in states)))
            .order_by(*order)
            .limit(limit)
            .offset(offset)
        )
        return tuple(
            PromiseLine(promise=promise_of(row), customer_name=row.name, invoice_number=row.number)
            for row in rows
        )

    async def kept_ratio(self, customer_id: int | None = None, since: datetime | None = None) -> KeptRatio:
        """Of that customer, or of all."""
        counted = (
            select(_P.state, func.count()).where(_P.state != literal_column("'open'")).group_by(_P.state)
        )
        if customer_id is not None:
            counted = counted.where(_P.customer_id == customer_id)
        if since is not None:
            counted = counted.where(_P.judged_at >= since)
        found = {state: int(count) for state, count in await self._connection.execute(counted)}
        return KeptRatio(kept=found.get("kept", 0), broken=found.get("broken", 0))


def promise_of(row: Any) -> Promise:
    return Promise(
        id=row.id,
        customer_id=row.customer_id,
        amount=Money(row.amount_rials),
        on=row.promised_on,
        invoice_id=row.invoice_id,
        state=PromiseState(row.state),
        made_at=row.made_at,
    )
