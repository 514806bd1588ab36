"""What was owed and paid before: rows and postings against the account of opening balances.

Each is posted under a key of its own: what is imported twice is written once.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from domain.ledger import Account, EntryKind, Posting, Voucher
from domain.money import Money
from storage.imports.batches import Step
from storage.imports.books import PREFIX, ImportedBooks

OWED = (Account.RECEIVABLE, Account.OPENING)
PAID = (Account.OPENING, Account.RECEIVABLE)
HELD = (Account.CHEQUES, Account.RECEIVABLE)


@dataclass(slots=True)
class Opening:
    """What an import of the books writes, table by table, and what it posts."""

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


async def papers(books: ImportedBooks, count: int) -> list[tuple[int, int]]:
    """Ids and numbers of papers for debts of before."""
    if not count:
        return []
    return list(zip(await books.new_ids("invoices", count), await books.opening_numbers(count), strict=True))
