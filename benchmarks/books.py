"""`python -m benchmarks.books`: balance and exposure of one customer, among few and among many others."""

from __future__ import annotations

import asyncio
import sys
import tempfile
from contextlib import AsyncExitStack
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Any

from sqlalchemy import insert

from domain.persian import search_key
from storage.schema import migrate
from storage.tables.ledger import invoices, payments, postings
from storage.tables.people import customers
from storage.unit_of_work import Store, UnitOfWork, open_store

ENTRIES = 5_000
FEW, MANY = 10, 100_000
MOST_MS = 10.0
MOST_RATIO = 1.5
NOW = datetime(2026, 11, 21, 8, tzinfo=UTC)
FIRST = date(2025, 3, 21)
CHUNK = 5_000
THE_ONE = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Books:
    """Medians of one look at balance and exposure together."""

    entries: int
    few_ms: float
    many_ms: float

    @property
    def ratio(self) -> float:
        return round(self.many_ms / self.few_ms, 2)


async def measure_books(folder: Path, rounds: int = 60) -> Books:
    """Both databases are looked at in turn: the speed of the machine swings for both alike."""
    async with AsyncExitStack() as stack:
        stores = {others: await _laid_down(folder / f"books-{others}.db", others) for others in (FEW, MANY)}
        took: dict[int, list[float]] = {others: [] for others in stores}
        for store in stores.values():
            stack.push_async_callback(store.close)
            await _look(store)
        for _round in range(rounds):
            for others, store in stores.items():
                took[others].append(await _look(store))
    return Books(entries=ENTRIES, few_ms=round(median(took[FEW]), 2), many_ms=round(median(took[MANY]), 2))


async def _look(store: Store) -> float:
    """Milliseconds of one look."""
    async with store.reading() as uow:
        began = perf_counter()
        balance = await uow.ledger.balance(THE_ONE)
        standing = await uow.credit.standing(THE_ONE, NOW)
        took = (perf_counter() - began) * 1_000
    assert balance == standing.balance
    return took


async def _laid_down(path: Path, others: int) -> Store:
    url = f"sqlite+aiosqlite:///{path}"
    await migrate(url)
    store = open_store(url)
    async with store.unit_of_work() as uow:
        await _many(uow, customers, [_customer(number) for number in range(1, others + 2)])
        await _many(uow, invoices, _bills(others))
        await _many(uow, postings, _posted(others))
        await _many(uow, payments, _paid())
    return store


async def _many(uow: UnitOfWork, table: Any, rows: list[dict[str, Any]]) -> None:
    for at in range(0, len(rows), CHUNK):
        await uow.connection.execute(insert(table), rows[at : at + CHUNK])


def _customer(number: int) -> dict[str, Any]:
    name = f"مشتری {number}"
    return {"id": number, "name": name, "name_key": search_key(name), "kind": "pharmacy", "created_at": NOW}


def _bills(others: int) -> list[dict[str, Any]]:
    """The one has invoices by the thousand, a few of them open; everybody else has one."""
    own = [_bill(number, THE_ONE, 1_000 if number % 50 == 0 else 0) for number in range(1, ENTRIES // 2 + 1)]
    return own + [_bill(ENTRIES + each, each, 1_000) for each in range(2, others + 2)]


def _bill(number: int, customer_id: int, open_rials: int) -> dict[str, Any]:
    day = FIRST + timedelta(days=number % 600)
    return {
        "id": number,
        "number": number,
        "customer_id": customer_id,
        "issued_on": day,
        "due_on": day + timedelta(days=21),
        "term": {},
        "gross_rials": 1_000,
        "discount_rials": 0,
        "net_rials": 1_000,
        "vat_rials": 0,
        "total_rials": 1_000,
        "open_rials": open_rials,
        "created_at": NOW,
    }


def _paid() -> list[dict[str, Any]]:
    return [
        {
            "id": number,
            "customer_id": THE_ONE,
            "amount_rials": 1_000,
            "paid_on": FIRST,
            "method": "card",
            "unallocated_rials": 0,
            "at": NOW,
        }
        for number in range(1, ENTRIES // 2 + 1)
        if number % 50
    ]


def _posted(others: int) -> list[dict[str, Any]]:
    rows = []
    for number in range(1, ENTRIES // 2 + 1):
        rows.append(_posting("invoice", number, THE_ONE, "receivable", "sales"))
        if number % 50:
            rows.append(_posting("payment", number, THE_ONE, "bank", "receivable"))
    others_bills = range(2, others + 2)
    return rows + [_posting("invoice", ENTRIES + each, each, "receivable", "sales") for each in others_bills]


def _posting(kind: str, number: int, customer_id: int, debit: str, credit: str) -> dict[str, Any]:
    return {
        "at": NOW,
        "day": FIRST + timedelta(days=number % 600),
        "customer_id": customer_id,
        "debit_account": debit,
        "credit_account": credit,
        "amount_rials": 1_000,
        "document": kind,
        "document_id": number,
        "kind": kind,
        "facts": {},
        "key": f"{kind}:{number}",
    }


def said(measured: Books) -> str:
    return (
        f"balance and exposure of a customer with {measured.entries} entries: {measured.few_ms:.1f} ms among"
        f" {FEW} others, {measured.many_ms:.1f} ms among {MANY:,} (at most {MOST_MS:g});"
        f" {measured.ratio} times as long (at most {MOST_RATIO})"
    )


async def main() -> int:
    with tempfile.TemporaryDirectory(prefix="bonak-books-") as folder:
        measured = await measure_books(Path(folder))
    print(said(measured), asdict(measured))
    return 0 if measured.many_ms <= MOST_MS and measured.ratio <= MOST_RATIO else 1


if __name__ == "__main__":
    sys.exit(asyncio.run(main()))
