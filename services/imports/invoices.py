"""Open invoices of the company's own books; what was paid of them before is settled here too."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from domain.imports.errors import CellFault
from domain.imports.layout import Layout, error_of
from domain.imports.rows import InvoiceRow
from domain.ledger import EntryKind, Voucher
from services.imports.opening import OWED, PAID, Opening
from services.imports.taking import Taken
from storage.imports.batches import Step
from storage.imports.books import ImportedBooks, Posted
from storage.imports.customers import ImportedCustomers
from storage.unit_of_work import UnitOfWork


async def take_invoices(
    uow: UnitOfWork, layout: Layout, rows: Sequence[InvoiceRow], now: datetime, *, is_dry: bool, step: Step
) -> Taken:
    books, taken = ImportedBooks(uow.connection), Taken()
    customers = await ImportedCustomers(uow.connection).ids()
    if not is_dry:
        await books.lock({customers[row.code] for row in rows if row.code in customers})
    posted, numbers = await books.posted("invoice"), await books.invoice_numbers()
    new: list[InvoiceRow] = []
    for row in rows:
        customer_id = customers.get(row.code)
        if customer_id is None:
            taken.errors.append(error_of(layout, row.number, "code", CellFault.UNKNOWN_CUSTOMER, row.code))
        elif row.invoice in numbers:
            if _is_same_invoice(row, customer_id, posted):
                taken.same += 1
            else:
                fault = CellFault.OTHERWISE_KNOWN
                taken.errors.append(error_of(layout, row.number, "invoice", fault, str(row.invoice)))
        else:
            taken.new += 1
            new.append(row)
    if new and not is_dry:
        written = await _invoices(books, new, customers, now)
        await written.write(books, step)
        await books.raise_counter("invoice", max(row.invoice for row in new))
    return taken


def _is_same_invoice(row: InvoiceRow, customer_id: int, posted: dict[str, Posted]) -> bool:
    """It came by an import and read the same then; what has been paid since does not matter."""
    whole = posted.get(str(row.invoice))
    settled = posted.get(f"{row.invoice}:settled")
    return (
        whole is not None
        and (whole.customer_id, whole.rials) == (customer_id, row.rials)
        and (settled.rials if settled else 0) == row.rials - row.open_rials
    )


async def _invoices(
    books: ImportedBooks, rows: Sequence[InvoiceRow], customers: dict[str, int], now: datetime
) -> Opening:
    written = Opening(now)
    part_paid = [row for row in rows if row.open_rials < row.rials]
    payments = dict(
        zip((row.invoice for row in part_paid), await books.new_ids("payments", len(part_paid)), strict=True)
    )
    for invoice_id, row in zip(await books.new_ids("invoices", len(rows)), rows, strict=True):
        customer_id, key = customers[row.code], f"invoice:{row.invoice}"
        due_on = row.due_on or row.issued_on
        written.owe((invoice_id, row.invoice), customer_id, row.issued_on, due_on, row.rials, row.open_rials)
        paper = (Voucher.INVOICE, invoice_id)
        on, number = row.issued_on, row.invoice
        written.post(key, OWED, EntryKind.INVOICE, paper, customer_id, on, row.rials, number=number)
        settled = row.rials - row.open_rials
        if settled:
            payment_id = payments[row.invoice]
            written.pay(payment_id, customer_id, on, settled, 0)
            written.settle(customer_id, invoice_id, Voucher.PAYMENT, payment_id, settled)
            by = (Voucher.PAYMENT, payment_id)
            written.post(
                f"{key}:settled", PAID, EntryKind.PAYMENT, by, customer_id, on, settled, method="opening"
            )
    return written
