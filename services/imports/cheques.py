"""Cheques that were received before: those in hand, at the bank, paid, and those that came back."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from domain.calendar import next_working_day, today_in_tehran
from domain.imports.errors import CellFault, RowError
from domain.imports.layout import Layout, error_of
from domain.imports.rows import ChequeRow
from domain.instruments import ChequePlace, ChequeState
from domain.ledger import Account, EntryKind, Voucher
from domain.sayad import SayadState
from services.imports.opening import HELD, OWED, Opening, papers
from services.imports.taking import Taken
from storage.imports.batches import Step
from storage.imports.books import ImportedBooks, Posted
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
) -> Opening:
    """Each has paid a debt of before, which is owed again if it is ever handed back."""
    written, today = Opening(now), today_in_tehran(now)
    numbered = await papers(books, len(rows))
    ids = await books.new_ids("cheques", len(rows))
    for cheque_id, (paper_id, number), row in zip(ids, numbered, rows, strict=True):
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


async def _holidays(uow: UnitOfWork, days: Iterable[date]) -> frozenset[date]:
    known = sorted(days)
    return await uow.calendars.list_holidays(known[0], known[-1] + HOLIDAYS_AHEAD)
