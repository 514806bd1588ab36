"""The town's books say what the scripts say, to the rial, and add up."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from typing import Any

from sqlalchemy import select

from sandbox.town import fill
from sandbox.town_accounts import LATE_INVOICE
from sandbox.town_orders import SALON_ID
from sandbox.town_year import CHAIN_ID, LAST_INVOICE, MILLION, PHARMACY_ID
from storage.tables import metadata
from storage.unit_of_work import Store

DAY = date(2026, 11, 21)


async def rows(store: Store, table: str, customer_id: int | None = None) -> list[Any]:
    asked = metadata.tables[table].select()
    if customer_id is not None:
        asked = asked.where(metadata.tables[table].c.customer_id == customer_id)
    async with store.reading() as uow:
        return list((await uow.connection.execute(asked)).all())


async def parts(store: Store, customer_id: int) -> dict[str, int]:
    """What the customer's exposure is made of, read row by row."""
    invoices = await rows(store, "invoices", customer_id)
    cheques = await rows(store, "cheques", customer_id)
    orders = await rows(store, "orders", customer_id)
    payments = await rows(store, "payments", customer_id)
    return {
        "open": sum(row.open_rials for row in invoices),
        "uncleared": sum(row.amount_rials for row in cheques if row.state in {"received", "deposited"}),
        "orders": sum(row.credit_rials for row in orders),
        "unallocated": sum(row.unallocated_rials for row in payments),
    }


async def test_the_named_customers_owe_what_the_scripts_say(town: Store) -> None:
    assert await parts(town, SALON_ID) == {
        "open": 181_212_000,
        "uncleared": 215_000_000,
        "orders": 25_344_000,
        "unallocated": 0,
    }
    assert await parts(town, CHAIN_ID) == {
        "open": 120 * MILLION,
        "uncleared": 95 * MILLION,
        "orders": 30 * MILLION,
        "unallocated": 5 * MILLION,
    }
    pharmacy = await parts(town, PHARMACY_ID)
    assert sum(pharmacy.values()) == 623_000_000


async def test_the_salon_has_the_papers_of_the_scripts(sqlite_town: Store) -> None:
    invoices = {row.number: row for row in await rows(sqlite_town, "invoices", SALON_ID)}
    late, last = invoices[LATE_INVOICE], invoices[LAST_INVOICE]
    assert (late.issued_on, late.due_on, late.open_rials) == (
        DAY - timedelta(days=27),
        date(2026, 11, 15),
        123_000_000,
    )
    assert (last.issued_on, last.due_on, last.open_rials) == (
        DAY - timedelta(days=10),
        date(2026, 12, 2),
        58_212_000,
    )
    cheques = Counter(row.state for row in await rows(sqlite_town, "cheques", SALON_ID))
    assert cheques == {"cleared": 14, "received": 2, "deposited": 1}


async def test_every_balance_is_what_the_papers_say(town: Store) -> None:
    owed: Counter[int] = Counter()
    for posting in await rows(town, "postings"):
        owed[posting.customer_id] += posting.amount_rials * (
            (posting.debit_account in {"receivable", "bounced"})
            - (posting.credit_account in {"receivable", "bounced"})
        )
    papers: Counter[int] = Counter()
    for invoice in await rows(town, "invoices"):
        papers[invoice.customer_id] += invoice.open_rials
    for cheque in await rows(town, "cheques"):
        papers[cheque.customer_id] += cheque.amount_rials if cheque.state == "bounced" else 0
    for payment in await rows(town, "payments"):
        papers[payment.customer_id] -= payment.unallocated_rials
    assert {each: owed[each] for each in owed if owed[each]} == {
        each: papers[each] for each in papers if papers[each]
    }


async def test_what_settled_an_invoice_is_what_is_not_open_of_it(sqlite_town: Store) -> None:
    settled: Counter[int] = Counter()
    for allocation in await rows(sqlite_town, "allocations"):
        settled[allocation.invoice_id] += allocation.amount_rials
    invoices = await rows(sqlite_town, "invoices")
    assert all(row.total_rials - row.open_rials == settled[row.id] for row in invoices)
    assert len({row.number for row in invoices}) == len(invoices)


async def test_a_town_on_another_day_has_books_too(sqlite_store: Store) -> None:
    await fill(sqlite_store, date(2027, 4, 2), pictures=False)
    async with sqlite_store.reading() as uow:
        found = await uow.connection.scalars(select(metadata.tables["invoices"].c.number))
        assert {LATE_INVOICE, LAST_INVOICE} <= set(found)
