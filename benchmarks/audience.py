"""`python -m benchmarks.audience`: whom a campaign reaches among a million customers, on both databases.

Five conditions, every reason of exclusion, and the audience frozen as rows in random order with a holdout.
What this process takes meanwhile is looked at fifty times a second: nothing of the million may come here.
"""

from __future__ import annotations

import argparse
import asyncio
import sys
import tempfile
import threading
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import asynccontextmanager, contextmanager
from dataclasses import asdict, dataclass, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from time import perf_counter
from typing import Any

import psutil
from sqlalchemy import case, insert, literal, literal_column, select, text

from domain.audiences import holdout_size
from domain.customers import CustomerKind
from domain.promotion_rules import Scope
from domain.push_rules import PushRules
from domain.segments import AllOf, Bought, CityIn, KindIn, Not, Overdue, SegmentIn
from storage.audience import Asked
from storage.schema import migrate
from storage.tables import metadata
from storage.tables.base import Instant
from storage.unit_of_work import Store, UnitOfWork, open_store
from tests.databases import drop_postgres, empty_postgres

CUSTOMERS = 1_000_000
PRODUCTS, CATEGORIES = 200, 8
MOST_SECONDS = 10.0
MOST_MB = 150.0
NOW = datetime(2026, 11, 21, 8, tzinfo=UTC)
TODAY = date(2026, 11, 21)
DATABASES = ("sqlite", "postgresql")
LOOK_EVERY = 0.02
SEGMENT = AllOf(
    (
        KindIn(frozenset({CustomerKind.PHARMACY, CustomerKind.SALON})),
        SegmentIn(frozenset("ABC")),
        CityIn(frozenset({"تهران", "کرج"})),
        Not(Bought(Scope(category_ids=frozenset({3})), 30)),
        Not(Overdue(0)),
    )
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """One audience: counted with its reasons, then frozen."""

    database: str
    customers: int
    conditions: int
    matched: int
    recipients: int
    count_s: float
    freeze_s: float
    memory_mb: float

    @property
    def seconds(self) -> float:
        return round(self.count_s + self.freeze_s, 2)


async def measure_audience(
    folder: Path, customers: int = CUSTOMERS, databases: tuple[str, ...] = DATABASES
) -> list[Made]:
    found = []
    for database in databases:
        async with _laid_down(database, folder, customers) as store:
            found.append(await _measured(store, database, customers))
    return found


async def _measured(store: Store, database: str, customers: int) -> Made:
    rules = PushRules()
    asked = Asked(rules=rules, node=SEGMENT, product_id=5)
    async with store.reading() as uow:
        # What is read and compiled on the first use is not what is measured.
        await uow.audience.example(asked, NOW)
    with _growth() as grown:
        began = perf_counter()
        async with store.unit_of_work() as uow, uow.audience.gathering(asked, NOW) as gathered:
            counted, count = perf_counter(), gathered.count
            size = replace(count, holdout=holdout_size(count.sendable, rules.holdout_percent, 30))
            frozen = await gathered.freeze(3, size, 7)
        ended = perf_counter()
    assert frozen == size, (frozen, size)
    return Made(
        database=database,
        customers=customers,
        conditions=len(SEGMENT.parts),
        matched=count.matched,
        recipients=count.sendable,
        count_s=round(counted - began, 2),
        freeze_s=round(ended - counted, 2),
        memory_mb=round(max(grown) / 2**20, 1),
    )


@contextmanager
def _growth() -> Iterator[list[int]]:
    """How much more memory this process held, looked at again and again until the block ends."""
    process, is_over, grown = psutil.Process(), threading.Event(), [0]
    before = process.memory_info().rss

    def look() -> None:
        while not is_over.wait(LOOK_EVERY):
            grown[0] = max(grown[0], process.memory_info().rss - before)

    thread = threading.Thread(target=look)
    thread.start()
    try:
        yield grown
    finally:
        is_over.set()
        thread.join()


# The million


@asynccontextmanager
async def _laid_down(database: str, folder: Path, customers: int) -> AsyncIterator[Store]:
    is_sqlite = database == "sqlite"
    url = f"sqlite+aiosqlite:///{folder / 'audience.db'}" if is_sqlite else await empty_postgres()
    await migrate(url)
    await _laid(url, customers)
    # Opened anew: what a file's log still holds of the laying is in the file by then.
    store = open_store(url)
    try:
        yield store
    finally:
        await store.close()
        if not is_sqlite:
            await drop_postgres(url)


async def _laid(url: str, customers: int) -> None:
    store = open_store(url)
    async with store.unit_of_work() as uow:
        await _lay(uow, customers)
    async with store.unit_of_work() as uow:
        await uow.connection.execute(text("ANALYZE"))
    await store.close()


async def _lay(uow: UnitOfWork, many: int) -> None:
    await _shelves(uow)
    await _customers(uow, many)
    ago = _some([NOW - timedelta(days=days) for days in (5, 15, 28, 45, 90, 300)], Instant())
    whose = f"(i - 1) % {many} + 1"
    await _put(
        uow, "orders", many * 2,
        id="i", number="i", customer_id=whose, outlet_id=whose, is_outlet_chosen="1 = 0",
        status="'delivered'", channel="'bot'", placed_at=ago, created_at=ago, line_count="2", version="1",
        gross_rials="1000", discount_rials="0", net_rials="1000", vat_rials="0", credit_rials="0",
    )  # fmt: skip
    await _put(
        uow, "order_lines", many * 4,
        order_id="(i + 1) / 2", position="i % 2", product_id=f"(i % 9973 * 7919) % {PRODUCTS} + 1",
        quantity="1", later="0", unit_price_rials="500", vat_basis_points="0", discount_rials="0",
    )  # fmt: skip
    due = _some([TODAY - timedelta(days=days) for days in (-20, -5, 3, 40, -1)], None)
    await _put(
        uow, "invoices", many // 2,
        id="i", number="i", customer_id=f"(i * 3) % {many} + 1", issued_on=due, due_on=due, term="'{}'",
        gross_rials="1000", discount_rials="0", net_rials="1000", vat_rials="0", total_rials="1000",
        open_rials="CASE WHEN i % 4 = 0 THEN 1000 ELSE 0 END", currency_unit="'IRR_OLD'", is_void="1 = 0",
        created_at=_at(0), version="0",
    )  # fmt: skip
    for campaign_id, days, share in ((1, 5, 3), (2, 2, 5)):
        await _put(
            uow, "campaign_recipients", many // share,
            campaign_id=str(campaign_id), customer_id=f"i * {share}", contact_id=f"i * {share}",
            is_holdout="1 = 0", state="'sent'", text_version="0", sent_at=_at(days),
        )  # fmt: skip


async def _shelves(uow: UnitOfWork) -> None:
    await uow.bulk.put("staff", [{"id": 1, "name": "مدیر", "role": "manager"}])
    await _put(uow, "categories", CATEGORIES, id="i", name="'c' || i", emoji="''", position="i")
    await _put(
        uow, "products", PRODUCTS,
        id="i", code="'p' || i", name="'p' || i", short_name="'p' || i", label="'p' || i",
        search_key="'p' || i", category_id=f"i % {CATEGORIES} + 1", unit="'piece'", carton="1", minimum="1",
        multiple="1", vat_basis_points="0", position="i", is_active="1 = 1",
    )  # fmt: skip
    await _put(uow, "price_lists", 1, id="i", name="'base'")
    await _put(uow, "prices", PRODUCTS, price_list_id="1", product_id="i", rials="500", valid_from=_day(300))
    await _put(uow, "stock", PRODUCTS, product_id="i", on_hand="9999", reserved="0", safety="0", low_at="20")
    await _put(
        uow, "campaigns", 3,
        id="i", name="'c'", kind="'announcement'", state="'finished'", conditions="'{}'", counts="'{}'",
        made_by="1", created_at=_at(9), text="''", text_version="0", corrects_sent="1 = 0",
        buttons="'none'", holdout_percent="0", with_complaints="1 = 0", with_overdue="1 = 0", version="0",
    )  # fmt: skip


async def _customers(uow: UnitOfWork, many: int) -> None:
    """Nineteen of twenty are connected, one in thirty blocked the bot, one in twenty wants no promotions."""
    kinds = _some(["pharmacy", "salon", "pharmacy", "chain", "salon"], None)
    cities = _some(["تهران", "کرج", "تهران", "قم", "مشهد", "تهران", "کرج"], None)
    await _put(
        uow, "customers", many,
        id="i", name="'مشتری ' || i", name_key="'مشتری ' || i", kind=kinds,
        segment="substr('ABCD', (i / 5) % 4 + 1, 1)", is_blocked="1 = 0", is_active="i % 50 <> 0",
        created_at=_at(400),
    )  # fmt: skip
    await _put(
        uow, "outlets", many,
        id="i", customer_id="i", name="'مرکز'", city=cities, address="'نشانی'", short_address="'نشانی'",
    )  # fmt: skip
    await _put(uow, "contacts", many, id="i", name="'رابط ' || i", language="'fa'", is_active="1 = 1")
    await _put(
        uow, "contact_roles", many,
        contact_id="i", customer_id="i", may_order="1 = 1", may_see_balance="1 = 0", may_approve="1 = 0",
    )  # fmt: skip
    await _put(
        uow, "identities", many - many // 20,
        id="i", platform="'telegram'", user_id="i", name="''", language="'fa'", contact_id="i",
        created_at=_at(400),
    )  # fmt: skip
    await _put(
        uow, "reaches", many - many // 20,
        platform="'telegram'", bot_id="1", chat_id="i", identity_id="i", seen_at=_at(3),
        blocked_at=case((literal_column("i % 30 = 0"), _at(1))),
    )  # fmt: skip
    await _put(
        uow, "preferences", many // 10,
        contact_id="i * 10", reminders="1 = 1", promotions="i % 2 = 0", surveys="1 = 0", hours="'9-13,16-20'",
        category_ids="''", no_surveys="1 = 0",
    )  # fmt: skip


async def _put(uow: UnitOfWork, table: str, many: int, **columns: Any) -> None:
    """``many`` rows of what each column is for the number ``i``: the database makes them by itself."""
    row = select(literal(1).label("i")).cte("n", recursive=True)
    row = row.union_all(select(row.c.i + 1).where(row.c.i < many))
    into = metadata.tables[table]
    values = [
        literal_column(each, into.c[name].type) if isinstance(each, str) else each
        for name, each in columns.items()
    ]
    if uow.connection.dialect.name == "postgresql":
        casts: Mapping[str, str] = {"conditions": "json", "counts": "json", "term": "json"}
        values = [
            literal_column(f"{columns[name]}::json") if name in casts else value
            for name, value in zip(columns, values, strict=True)
        ]
    made = insert(into).from_select(list(columns), select(*values).select_from(row), include_defaults=False)
    await uow.connection.execute(made)


def _some(values: list[Any], kind: Any) -> Any:
    """One of these for each number, in turns."""
    turn: Any = literal_column(f"i % {len(values)}")
    return case({at: literal(each, kind) for at, each in enumerate(values)}, value=turn)


def _at(days: int) -> Any:
    return literal(NOW - timedelta(days=days), Instant())


def _day(days: int) -> Any:
    return literal(TODAY - timedelta(days=days))


def said(measured: list[Made]) -> str:
    return "\n".join(
        f"audience on {each.database}: {each.matched:,} of {each.customers:,} customers by {each.conditions}"
        f" conditions, {each.recipients:,} recipients; counted in {each.count_s:.1f} s, frozen in"
        f" {each.freeze_s:.1f} s (at most {MOST_SECONDS:g} together), {each.memory_mb:+.0f} MB"
        for each in measured
    )


def rows_of(measured: list[Made]) -> list[dict[str, object]]:
    return [{**asdict(each), "seconds": each.seconds} for each in measured]


async def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--customers", type=int, default=CUSTOMERS)
    parser.add_argument("--database", choices=DATABASES, action="append")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="bonak-audience-") as folder:
        measured = await measure_audience(Path(folder), asked.customers, tuple(asked.database or DATABASES))
    print(said(measured))
    print(rows_of(measured))
    return 0 if all(each.seconds <= MOST_SECONDS and each.memory_mb <= MOST_MB for each in measured) else 1


if __name__ == "__main__":
    sys.exit(asyncio.run(main()))
