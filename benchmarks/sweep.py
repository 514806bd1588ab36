"""`python -m benchmarks.sweep`: a day's reminders among few and among many open invoices, on both databases.

A sweep shall cost what is due and not what is open: 1,000 due of 10,000 open, and 1,000 due of 1,000,000.
Both are swept in turn, day by day, so that the speed of the machine swings for both alike.
"""

from __future__ import annotations

import argparse
import asyncio
import sys
import tempfile
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import asdict, dataclass
from datetime import datetime, time, timedelta
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Any

from sqlalchemy import case, literal, literal_column, text
from sqlalchemy.ext.asyncio import create_async_engine

from benchmarks.audience import DATABASES, TODAY, _at, _put
from domain.calendar import TEHRAN
from jobs.reminders import sweep_reminders
from storage.schema import migrate
from storage.unit_of_work import Store, UnitOfWork, open_store
from tests.databases import drop_postgres, empty_postgres

DUE = 1_000
OPEN = (10_000, 1_000_000)
DAYS = 3
"""Saturday, Sunday and Monday: each has its own invoices that fall due."""
PER_CUSTOMER = 10
"""Open invoices of whoever has nothing due."""
MOST_RATIO = 1.5
SETTLING = {True: ("ANALYZE", "PRAGMA wal_checkpoint(TRUNCATE)"), False: ("VACUUM ANALYZE", "CHECKPOINT")}
"""For SQLite, and for PostgreSQL."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Swept:
    """Medians over the days. ``idle_ms``: a sweep when everything was told already."""

    database: str
    due: int
    open: int
    seconds: float
    idle_ms: float
    ratio: float
    """To the same due among the fewest open: the median of each day's own."""


async def measure_sweep(
    folder: Path, due: int = DUE, counts: tuple[int, ...] = OPEN, databases: tuple[str, ...] = DATABASES
) -> list[Swept]:
    found = []
    for database in databases:
        async with AsyncExitStack() as stack:
            stores = {
                count: await stack.enter_async_context(_laid_down(database, folder, due, count))
                for count in counts
            }
            took = await _days(stores, due)
            idle = {count: await _idle(store) for count, store in stores.items()}
        few = took[counts[0]]
        for count, own in took.items():
            found.append(
                Swept(
                    database=database,
                    due=due,
                    open=count,
                    seconds=round(median(own), 2),
                    idle_ms=round(idle[count], 1),
                    ratio=round(median(one / base for one, base in zip(own, few, strict=True)), 2),
                )
            )
    return found


async def _days(stores: dict[int, Store], due: int) -> dict[int, list[float]]:
    """Seconds of each day's sweep; every other day the stores go the other way round."""
    took: dict[int, list[float]] = {count: [] for count in stores}
    for day in range(DAYS):
        for count in stores if day % 2 == 0 else reversed(stores):
            began = perf_counter()
            told = await sweep_reminders(stores[count], _morning(day))
            took[count].append(perf_counter() - began)
            assert told == due, (told, due)
    return took


async def _idle(store: Store) -> float:
    """Milliseconds of a sweep that finds nothing, the best of five."""
    best = float("inf")
    for _round in range(5):
        began = perf_counter()
        assert await sweep_reminders(store, _morning(DAYS - 1)) == 0
        best = min(best, perf_counter() - began)
    return best * 1_000


def _morning(day: int) -> datetime:
    return datetime.combine(TODAY + timedelta(days=day), time(9), TEHRAN)


@asynccontextmanager
async def _laid_down(database: str, folder: Path, due: int, many: int) -> AsyncIterator[Store]:
    is_sqlite = database == "sqlite"
    url = f"sqlite+aiosqlite:///{folder / f'sweep-{many}.db'}" if is_sqlite else await empty_postgres()
    await migrate(url)
    store = open_store(url)
    try:
        async with store.unit_of_work() as uow:
            await _lay(uow, due, many)
        await _settle(url, is_sqlite=is_sqlite)
        yield store
    finally:
        await store.close()
        if not is_sqlite:
            await drop_postgres(url)


async def _settle(url: str, *, is_sqlite: bool) -> None:
    """What a database does by itself after many new rows is done before anything is measured."""
    engine = create_async_engine(url, isolation_level="AUTOCOMMIT")
    async with engine.connect() as connection:
        for wish in SETTLING[is_sqlite]:
            await connection.execute(text(wish))
    await engine.dispose()


async def _lay(uow: UnitOfWork, due: int, many: int) -> None:
    """Of each of the first customers one invoice falls due, on the day of their turn; all others' later."""
    debtors = due * DAYS
    others = (many - debtors) // PER_CUSTOMER
    await _put(
        uow, "customers", debtors + others,
        id="i", name="'مشتری ' || i", name_key="'مشتری ' || i", kind="'pharmacy'", is_blocked="1 = 0",
        is_active="1 = 1", created_at=_at(400),
    )  # fmt: skip
    await _put(uow, "contacts", debtors, id="i", name="'رابط ' || i", language="'fa'", is_active="1 = 1")
    await _put(
        uow, "contact_roles", debtors,
        contact_id="i", customer_id="i", may_order="1 = 1", may_see_balance="1 = 1", may_approve="1 = 0",
    )  # fmt: skip
    await _put(
        uow, "identities", debtors,
        id="i", platform="'telegram'", user_id="i", name="''", language="'fa'", contact_id="i",
        created_at=_at(400),
    )  # fmt: skip
    await _put(
        uow, "reaches", debtors,
        platform="'telegram'", bot_id="1", chat_id="i", identity_id="i", seen_at=_at(3),
    )  # fmt: skip
    whose = f"CASE WHEN i <= {debtors} THEN i ELSE {debtors} + (i - {debtors}) % {others} + 1 END"
    on = _days_of(debtors)
    await _put(
        uow, "invoices", many,
        id="i", number="i", customer_id=whose, issued_on=on, due_on=on, term="'{}'", gross_rials="90000000",
        discount_rials="0", net_rials="90000000", vat_rials="0", total_rials="90000000",
        open_rials="90000000", currency_unit="'IRR_OLD'", is_void="1 = 0", created_at=_at(40), version="0",
        remind_on=on,
    )  # fmt: skip


def _days_of(debtors: int) -> Any:
    """The debtors take turns with the days; whatever is later comes in the forty days after."""
    turns: Any = literal_column(f"CASE WHEN i <= {debtors} THEN i % {DAYS} ELSE {DAYS} + 7 + i % 40 END")
    return case(
        {at: literal(TODAY + timedelta(days=at)) for at in (*range(DAYS), *range(DAYS + 7, DAYS + 47))},
        value=turns,
    )


def said(measured: list[Swept]) -> str:
    return "\n".join(
        f"sweep on {each.database}: {each.due:,} due of {each.open:,} open in {each.seconds:.2f} s,"
        f" {each.ratio:.2f} times as long as among the fewest (at most {MOST_RATIO});"
        f" with nothing due {each.idle_ms:.1f} ms"
        for each in measured
    )


def rows_of(measured: list[Swept]) -> list[dict[str, object]]:
    return [asdict(each) for each in measured]


async def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--due", type=int, default=DUE)
    parser.add_argument("--database", choices=DATABASES, action="append")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="bonak-sweep-") as folder:
        databases = tuple(asked.database or DATABASES)
        measured = await measure_sweep(Path(folder), asked.due, OPEN, databases)
    print(said(measured))
    print(rows_of(measured))
    return 0 if all(each.ratio <= MOST_RATIO for each in measured) else 1


if __name__ == "__main__":
    sys.exit(asyncio.run(main()))
