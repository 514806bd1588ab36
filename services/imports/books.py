"""Open invoices, cheques and balances of the company's own books.

All of it is posted against the account of opening balances, under keys of its own: what is imported twice is
written once. What was settled before is settled here too, so that the books add up from the first day.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from domain.calendar import next_working_day, today_in_tehran
from domain.imports.errors import CellFault, RowError
from domain.imports.layout import Layout, error_of
from domain.imports.rows import BalanceRow, BalanceSide, ChequeRow, InvoiceRow
from domain.instruments import ChequePlace, ChequeState
from domain.ledger import Account, EntryKind, Posting, Voucher
from domain.money import Money
from domain.sayad import SayadState
from services.imports.taking import Taken
from storage.imports.batches import Step
from storage.imports.books import PREFIX, ImportedBooks, Posted
from storage.imports.customers import ImportedCustomers
from storage.unit_of_work import UnitOfWork

HOLIDAYS_AHEAD = timedelta(days=30)
PLACES = {
    ChequeState.RECEIVED: ChequePlace.SAFE,
    ChequeState.DEPOSITED: ChequePlace.BANK,
    ChequeState.CLEARED: ChequePlace.BANK,
    ChequeState.BOUNCED: ChequePlace.SAFE,
}
AT_THE_BANK = frozenset({ChequeState.DEPOSITED, ChequeState.CLEARED, ChequeState.BOUNCED})
"""Nothing goes to the bank that was not confirmed in Sayad."""
MOVED = {
    ChequeState.CLEARED: (Account.BANK, EntryKind.CHEQUE_CLEARED),
    ChequeState.BOUNCED: (Account.BOUNCED, EntryKind.CHEQUE_BOUNCED),
}


@dataclass(slots=True)
class _Written:
    """What an import writes, table by table, and what it posts."""

    now: datetime
    invoices: list[dict[str, Any]] = field(default_factory=list)
    payments: list[dict[str, Any]] = field(default_factory=list)
    cheques: list[dict[str, Any]] = field(default_factory=list)
    cheque_events: list[dict[str, Any]] = field(default_factory=list)
    allocations: list[dict[str, Any]] = field(default_factory=list)
    postings: list[Posting] = field(default_factory=list)

    def owe(
        self, paper: tuple[int, int], customer_id: int, on: date, due_on: date, rials: int, still: int
    ) -> None:
        """An invoice of that id and number without goods: they were sold before."""
        invoice_id, number = paper
        self.invoices.append(
            {
                "id": invoice_id,
                "number": number,
                "customer_id": customer_id,
                "issued_on": on,
                "due_on": due_on,
                "term": {},
                "gross_rials": rials,
                "net_rials": rials,
                "vat_rials": 0,
                "total_rials": rials,
                "open_rials": still,
                "created_at": self.now,
            }
        )

    def pay(self, payment_id: int, customer_id: int, on: date, rials: int, left: int) -> None:
        self.payments.append(
            {
                "id": payment_id,
                "customer_id": customer_id,
                "amount_rials": rials,
                "paid_on": on,
                "method": "opening",
                "unallocated_rials": left,
                "at": self.now,
            }
        )

    def settle(self, customer_id: int, invoice_id: int, source: Voucher, source_id: int, rials: int) -> None:
        self.allocations.append(
            {
                "customer_id": customer_id,
                "invoice_id": invoice_id,
                "source": source.value,
                "source_id": source_id,
                "amount_rials": rials,
                "at": self.now,
            }
        )

    def post(
        self,
        key: str,
        accounts: tuple[Account, Account],
        kind: EntryKind,
        paper: tuple[Voucher, int],
        customer_id: int,
        on: date,
        rials: int,
        **facts: object,
    ) -> None:
        """``accounts`` are debit and credit."""
        debit, credit = accounts
        voucher, voucher_id = paper
        self.postings.append(
            Posting(
                debit=debit,
                credit=credit,
                amount=Money(rials),
                customer_id=customer_id,
                voucher=voucher,
                voucher_id=voucher_id,
                kind=kind,
                key=f"{PREFIX}{key}",
                day=on,
                at=self.now,
                facts=facts,
            )
        )

    async def write(self, books: ImportedBooks, step: Step) -> None:
        await books.put("invoices", self.invoices, step)
        await books.put("payments", self.payments)
        await books.put("cheques", self.cheques)
        await books.put("cheque_events", self.cheque_events)
        await books.put("allocations", self.allocations)
        await books.post(self.postings)


OWED = (Account.RECEIVABLE, Account.OPENING)
PAID = (Account.OPENING, Account.RECEIVABLE)
HELD = (Account.CHEQUES, Account.RECEIVABLE)


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
) -> _Written:
    written = _Written(now)
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
) -> _Written:
    """What is owed is a paper that payments can settle; what is to their credit is a payment that waits."""
    written, today = _Written(now), today_in_tehran(now)
    owing = [row for row in rows if row.side is BalanceSide.OWES]
    papers = await _papers(books, len(owing))
    for (paper_id, number), row in zip(papers, owing, strict=True):
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


async def take_cheques(
    uow: UnitOfWork, layout: Layout, rows: Sequence[ChequeRow], now: datetime, *, is_dry: bool, step: Step
) -> Taken:
    books, taken = ImportedBooks(uow.connection), Taken()
    customers = await ImportedCustomers(uow.connection).ids()
    if not is_dry:
        await books.lock({customers[row.code] for row in rows if row.code in customers})
    posted, there = await books.posted("cheque"), await books.sayad_ids()
    new: list[ChequeRow] = []
    for row in rows:
        error = _cheque_error(layout, row, customers, posted, there)
        if error is not None:
            taken.errors.append(error)
        elif row.sayad_id in there:
            taken.same += 1
        else:
            taken.new += 1
            new.append(row)
    if new and not is_dry:
        holidays = await _holidays(uow, (row.due_on for row in new))
        await (await _cheques(books, new, customers, holidays, now)).write(books, step)
    return taken


def _cheque_error(
    layout: Layout,
    row: ChequeRow,
    customers: dict[str, int],
    posted: dict[str, Posted],
    there: set[str],
) -> RowError | None:
    """What became of a cheque since it was imported does not matter: only whose it is, and how much."""
    customer_id = customers.get(row.code)
    if customer_id is None:
        return error_of(layout, row.number, "code", CellFault.UNKNOWN_CUSTOMER, row.code)
    if row.sayad_id not in there:
        return None
    before = posted.get(row.sayad_id)
    if before is not None and (before.customer_id, before.rials) == (customer_id, row.rials):
        return None
    return error_of(layout, row.number, "sayad_id", CellFault.OTHERWISE_KNOWN, row.sayad_id)


async def _cheques(
    books: ImportedBooks,
    rows: Sequence[ChequeRow],
    customers: dict[str, int],
    holidays: frozenset[date],
    now: datetime,
) -> _Written:
    """Each has paid a debt of before, which is owed again if it is ever handed back."""
    written, today = _Written(now), today_in_tehran(now)
    papers = await _papers(books, len(rows))
    ids = await books.new_ids("cheques", len(rows))
    for cheque_id, (paper_id, number), row in zip(ids, papers, rows, strict=True):
        customer_id, on = customers[row.code], row.received_on or today
        written.cheques.append(_cheque(cheque_id, customer_id, row, on, holidays, now))
        written.cheque_events.append(
            {
                "cheque_id": cheque_id,
                "kind": row.state.value,
                "at": now,
                "staff_id": None,
                "reason": None,
                "facts": {"was": None},
            }
        )
        written.owe((paper_id, number), customer_id, on, max(row.due_on, on), row.rials, 0)
        written.settle(customer_id, paper_id, Voucher.CHEQUE, cheque_id, row.rials)
        key, facts = f"cheque:{row.sayad_id}", {"due_on": row.due_on.isoformat(), "bank": row.bank}
        paper, by = (Voucher.INVOICE, paper_id), (Voucher.CHEQUE, cheque_id)
        written.post(f"{key}:owed", OWED, EntryKind.OPENING, paper, customer_id, on, row.rials, number=number)
        written.post(key, HELD, EntryKind.CHEQUE_RECEIVED, by, customer_id, on, row.rials, **facts)
        if row.state in MOVED:
            account, kind = MOVED[row.state]
            to = (account, Account.CHEQUES)
            written.post(f"{key}:{row.state.value}", to, kind, by, customer_id, on, row.rials, **facts)
    return written


def _cheque(
    cheque_id: int,
    customer_id: int,
    row: ChequeRow,
    on: date,
    holidays: frozenset[date],
    now: datetime,
) -> dict[str, Any]:
    is_at_bank = row.state in AT_THE_BANK
    return {
        "id": cheque_id,
        "customer_id": customer_id,
        "sayad_id": row.sayad_id,
        "bank": row.bank,
        "drawer_name": row.drawer,
        "amount_rials": row.rials,
        "due_on": row.due_on,
        "effective_due": next_working_day(row.due_on, holidays),
        "received_on": on,
        "state": row.state.value,
        "place": PLACES[row.state].value,
        "sayad_state": (SayadState.CONFIRMED if is_at_bank else SayadState.NONE).value,
        "bounced_on": row.due_on if row.state is ChequeState.BOUNCED else None,
        "closed_on": row.due_on if row.state is ChequeState.CLEARED else None,
        "unallocated_rials": 0,
        "created_at": now,
    }


async def _papers(books: ImportedBooks, count: int) -> list[tuple[int, int]]:
    """Ids and numbers of papers for debts of before."""
    if not count:
        return []
    return list(zip(await books.new_ids("invoices", count), await books.opening_numbers(count), strict=True))


async def _holidays(uow: UnitOfWork, days: Iterable[date]) -> frozenset[date]:
    known = sorted(days)
    return await uow.calendars.list_holidays(known[0], known[-1] + HOLIDAYS_AHEAD)
