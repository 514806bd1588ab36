"""What is still asked about drafts that were written, and how their customers have paid before."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import bindparam, delete, insert, literal_column, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.errors import ChangedMeanwhile
from domain.terms import Term, term_of
from domain.written_drafts import Progress
from domain.written_facts import facts_of, progress_of
from storage.built import built
from storage.tables.orders import orders
from storage.tables.written import readings

RECENT = 40
"""In so many orders it is looked for how somebody usually pays."""
_OF = built(select(readings.c.facts, readings.c.version).where(readings.c.order_id == bindparam("order")))
_PUT = built(insert(readings))
_SAVE = built(
    update(readings).where(
        readings.c.order_id == bindparam("was_id"), readings.c.version == bindparam("was_version")
    )
)
_PAID = built(
    select(orders.c.term)
    .where(orders.c.customer_id == bindparam("customer"), orders.c.number.is_not(None))
    .order_by(orders.c.placed_at.desc())
    .limit(RECENT)
)


class Readings:
    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def find(self, order_id: int) -> Progress | None:
        """What is known of that draft's writing; None when nothing of it was written."""
        row = (await self._connection.execute(_OF, {"order": order_id})).one_or_none()
        return progress_of(order_id, row.version, row.facts) if row else None

    async def put(self, progress: Progress, now: datetime) -> None:
        """Keep it; whoever has changed it since it was read refuses ours. Version 0 is the first."""
        row = {"facts": facts_of(progress), "changed_at": now, "version": progress.version + 1}
        if not progress.version:
            await self._connection.execute(_PUT, {"order_id": progress.order_id, **row})
            return
        values = {**row, "was_id": progress.order_id, "was_version": progress.version}
        if (await self._connection.execute(_SAVE, values)).rowcount != 1:
            raise ChangedMeanwhile

    async def terms_used(self, customer_id: int) -> tuple[Term, ...]:
        """How that customer has paid for the last orders, the newest first."""
        found = await self._connection.scalars(_PAID, {"customer": customer_id})
        return tuple(term_of(facts) for facts in found if facts)

    async def prune(self, before: datetime) -> int:
        """Forget what was asked about orders that are drafts no more; how many that were."""
        placed = select(orders.c.id).where(orders.c.status != literal_column("'draft'"))
        gone = await self._connection.execute(
            delete(readings).where(readings.c.changed_at < before, readings.c.order_id.in_(placed))
        )
        return gone.rowcount
