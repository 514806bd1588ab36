"""What customers owe, or have with us, beyond invoices and cheques that come by themselves."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from domain.calendar import today_in_tehran
from domain.imports.errors import CellFault
from domain.imports.layout import Layout, error_of
from domain.imports.rows import BalanceRow, BalanceSide
from domain.ledger import Account, EntryKind, Voucher
from services.imports.opening import OWED, PAID, Opening, papers
from services.imports.taking import Taken
from storage.imports.batches import Step
from storage.imports.books import ImportedBooks
from storage.imports.customers import ImportedCustomers
from storage.unit_of_work import UnitOfWork


async def take_balances(
    uow: UnitOfWork, layout: Layout, rows: Sequence[BalanceRow], now: datetime, *, is_dry: bool, step: Step
) -> Taken:
    books, taken = ImportedBooks(uow.connection), Taken()
    customers = await ImportedCustomers(uow.connection).ids()
    if not is_dry:
        await books.lock({customers[row.code] for row in rows if row.code in customers})
    posted = await books.posted("balance")
    new: list[BalanceRow] = []
    for row in rows:
        before = posted.get(row.code)
        if row.code not in customers:
            taken.errors.append(error_of(layout, row.number, "code", CellFault.UNKNOWN_CUSTOMER, row.code))
        elif before is None:
            taken.new += 1
            new.append(row)
        elif (before.rials, before.debit == Account.RECEIVABLE.value) == (
            row.rials,
            row.side is BalanceSide.OWES,
        ):
            taken.same += 1
        else:
            taken.errors.append(error_of(layout, row.number, "code", CellFault.OTHERWISE_KNOWN, row.code))
    if new and not is_dry:
        await (await _balances(books, new, customers, now)).write(books, step)
    return taken


async def _balances(
    books: ImportedBooks, rows: Sequence[BalanceRow], customers: dict[str, int], now: datetime
) -> Opening:
    """What is owed is a paper that payments can settle; what is to their credit is a payment that waits."""
    written, today = Opening(now), today_in_tehran(now)
    owing = [row for row in rows if row.side is BalanceSide.OWES]
    numbered = await papers(books, len(owing))
    for (paper_id, number), row in zip(numbered, owing, strict=True):
        customer_id, on = customers[row.code], row.on or today
        due_on = max(row.due_on or on, on)
        written.owe((paper_id, number), customer_id, on, due_on, row.rials, row.rials)
        paper = (Voucher.INVOICE, paper_id)
        key = f"balance:{row.code}"
        written.post(key, OWED, EntryKind.OPENING, paper, customer_id, on, row.rials, number=number)
    in_credit = [row for row in rows if row.side is BalanceSide.HAS_CREDIT]
    for payment_id, row in zip(await books.new_ids("payments", len(in_credit)), in_credit, strict=True):
        customer_id, on = customers[row.code], row.on or today
        written.pay(payment_id, customer_id, on, row.rials, row.rials)
        by, key = (Voucher.PAYMENT, payment_id), f"balance:{row.code}"
        written.post(key, PAID, EntryKind.OPENING, by, customer_id, on, row.rials, method="opening")
    return written
