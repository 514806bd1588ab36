"""What came from the company's own books: invoices, cheques and balances, each written once."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Table, func, insert, select, text
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.ledger import Posting
from storage.imports.batches import BATCH, Step, Values, no_step
from storage.ledger import Ledger
from storage.tables import metadata
from storage.tables.audit import counters
from storage.tables.instruments import cheques
from storage.tables.ledger import invoices, postings
from storage.tables.people import customers
from storage.upsert import insert_or

PREFIX = "import:"
OPENING_NUMBERS = "opening"
FIRST_OPENING = 900_000_001
"""The papers of opening balances: far above the numbers of invoices, which go on where the books were."""


@dataclass(frozen=True, slots=True)
class Posted:
    """What an earlier import has posted under a key."""

    customer_id: int | None
    debit: str
    rials: int


class ImportedBooks:
    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def posted(self, kind: str) -> dict[str, Posted]:
        """Everything that imports of that kind have posted, by the rest of its key."""
        start = f"{PREFIX}{kind}:"
        rows = await self._connection.execute(
            select(
                postings.c.key, postings.c.customer_id, postings.c.debit_account, postings.c.amount_rials
            ).where(postings.c.key.startswith(start, autoescape=True))
        )
        return {row[0].removeprefix(start): Posted(*row[1:]) for row in rows}

    async def invoice_numbers(self) -> set[int]:
        """Every number that an invoice has already."""
        return set(await self._connection.scalars(select(invoices.c.number)))

    async def sayad_ids(self) -> set[str]:
        """Every cheque that is with us already."""
        standing = select(cheques.c.sayad_id).where(cheques.c.state != "void")
        return set(await self._connection.scalars(standing))

    async def lock(self, customer_ids: Collection[int]) -> None:
        """Nobody else moves the money of these customers meanwhile; on SQLite nobody writes at all."""
        if self._connection.dialect.name != "postgresql":
            return
        ids = sorted(customer_ids)
        for start in range(0, len(ids), BATCH):
            some = customers.c.id.in_(ids[start : start + BATCH])
            await self._connection.execute(
                select(customers.c.id).where(some).order_by(customers.c.id).with_for_update()
            )

    async def new_ids(self, table: str, count: int) -> Sequence[int]:
        """So many ids that nobody else is given."""
        if self._connection.dialect.name == "postgresql":
            taken = text(
                "SELECT nextval(pg_get_serial_sequence(:table, 'id')) FROM generate_series(1, :count)"
            )
            found = await self._connection.scalars(taken, {"table": table, "count": count})
            return [int(each) for each in found]
        of: Table = metadata.tables[table]
        last = await self._connection.scalar(select(func.coalesce(func.max(of.c.id), 0)))
        # Ids of rows that are gone are not given again where the table promises that.
        used = await self._connection.scalar(
            text("SELECT coalesce(max(seq), 0) FROM sqlite_sequence WHERE name = :table"), {"table": table}
        )
        first = max(int(last or 0), int(used or 0)) + 1
        return range(first, first + count)

    async def put(self, table: str, rows: Sequence[Values], step: Step = no_step) -> None:
        """New rows that all name the same columns."""
        for start in range(0, len(rows), BATCH):
            batch = [dict(row) for row in rows[start : start + BATCH]]
            await self._connection.execute(insert(metadata.tables[table]), batch)
            step(len(batch))

    async def post(self, several: Sequence[Posting]) -> None:
        ledger = Ledger(self._connection)
        for start in range(0, len(several), BATCH):
            await ledger.put(*several[start : start + BATCH])

    async def raise_counter(self, counter: str, at_least: int) -> None:
        """The next number of that series is above that one."""
        put: Any = insert_or(self._connection, counters).values(name=counter, value=at_least)
        await self._connection.execute(
            put.on_conflict_do_update(
                index_elements=["name"],
                set_={"value": at_least},
                where=counters.c.value < at_least,
            )
        )

    async def opening_numbers(self, count: int) -> range:
        """Numbers of so many papers of opening balances."""
        last = await self._connection.scalar(
            select(counters.c.value).where(counters.c.name == OPENING_NUMBERS).with_for_update()
        )
        first = FIRST_OPENING if last is None else int(last) + 1
        await self.raise_counter(OPENING_NUMBERS, first + count - 1)
        return range(first, first + count)
