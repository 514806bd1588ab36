"""The town's books, row by row: invoices, payments, cheques and their postings, as the services keep them."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from domain.calendar import next_working_day
from domain.cheque_books import POSTED
from domain.instruments import ChequePlace, ChequeState
from domain.ledger import Account, EntryKind, Voucher
from domain.sayad import SayadState
from domain.terms import Term
from sandbox.town_bills import Bill, Sold, at_noon, between, line_rows, made_bill
from sandbox.town_rows import Rows

_S = ChequeState
_PLACES = {
    _S.RECEIVED: ChequePlace.SAFE,
    _S.DEPOSITED: ChequePlace.BANK,
    _S.CLEARED: ChequePlace.BANK,
    _S.BOUNCED: ChequePlace.SAFE,
}
_CLOSED = frozenset({_S.CLEARED})
BANKS = ("ملت", "ملی", "صادرات", "تجارت", "پاسارگاد", "سامان")


@dataclass(slots=True)
class Books:
    """Everything that is written, as rows of their tables; amounts in whole rials."""

    holidays: Collection[date]
    staff_id: int
    bills: list[Bill] = field(default_factory=list)
    tables: dict[str, Rows] = field(
        default_factory=lambda: {
            "invoices": [],
            "invoice_lines": [],
            "payments": [],
            "cheques": [],
            "cheque_events": [],
            "allocations": [],
            "postings": [],
        }
    )

    def invoice(
        self,
        customer_id: int,
        on: date,
        lines: Sequence[Sold],
        term: Term,
        *,
        order_id: int | None = None,
        outlet_id: int | None = None,
    ) -> Bill:
        """An invoice of these lines; numbers are given when all are known."""
        bill = made_bill(
            len(self.bills) + 1, customer_id, on, lines, term, self.holidays, order_id, outlet_id
        )
        self.bills.append(bill)
        self.tables["invoices"].append(bill.row)
        self.tables["invoice_lines"].extend(line_rows(bill, lines))
        return bill

    def number(self, known: dict[int, int], step: int = 4) -> int:
        """Give every invoice its number by its day; those in ``known`` have theirs. The last one of all."""
        ordered = sorted(self.bills, key=lambda each: (each.issued_on, each.id))
        fixed = [(at, known[bill.id]) for at, bill in enumerate(ordered) if bill.id in known]
        for at, bill in enumerate(ordered):
            bill.row["number"] = between(at, fixed, step)
            self._post_sale(bill)
        return max((int(bill.row["number"]) for bill in ordered), default=0)

    def pay(self, bill: Bill | None, amount: int, on: date, *, customer_id: int, method: str) -> None:
        """Money that came in; without a bill it settles nothing yet."""
        number = len(self.tables["payments"]) + 1
        self.tables["payments"].append(
            {
                "id": number,
                "customer_id": customer_id,
                "amount_rials": amount,
                "paid_on": on,
                "method": method,
                "tracking": f"{70_000_000 + number * 7_919}",
                "unallocated_rials": 0 if bill else amount,
                "at": at_noon(on),
                "staff_id": self.staff_id,
            }
        )
        debit = Account.CASH if method == "cash" else Account.BANK
        self._post(
            customer_id,
            on,
            debit,
            Account.RECEIVABLE,
            amount,
            Voucher.PAYMENT,
            number,
            EntryKind.PAYMENT,
            f"payment:{number}",
            {"method": method},
        )
        if bill:
            self._settle(bill, amount, Voucher.PAYMENT, number, on)

    def cheque(
        self,
        bill: Bill,
        amount: int,
        received_on: date,
        due_on: date,
        path: Sequence[tuple[ChequeState, date]],
        *,
        sayad_id: str | None = None,
        bank: str | None = None,
    ) -> None:
        """A cheque that settles so much of a bill; ``path`` is what happened to it after it was received."""
        number = len(self.tables["cheques"]) + 1
        moves = [(_S.RECEIVED, received_on), *path]
        state, last = moves[-1]
        is_sent = any(each is _S.DEPOSITED for each, _on in moves)
        row = {
            "id": number,
            "customer_id": bill.customer_id,
            "sayad_id": sayad_id or f"{4_200_000_000_000_000 + number * 104_729_003}",
            "serial": f"{number * 37:06}",
            "bank": bank or BANKS[number % len(BANKS)],
            "amount_rials": amount,
            "due_on": due_on,
            "effective_due": next_working_day(due_on, self.holidays),
            "received_on": received_on,
            "state": state.value,
            "place": _PLACES[state].value,
            "sayad_state": (SayadState.CONFIRMED if is_sent else SayadState.REGISTERED).value,
            "bounce_reason": "funds" if state is _S.BOUNCED else None,
            "bounced_on": last if state is _S.BOUNCED else None,
            "closed_on": last if state in _CLOSED else None,
            "unallocated_rials": 0,
            "created_at": at_noon(received_on),
            "version": len(moves),
        }
        self.tables["cheques"].append(row)
        was = _S.ANNOUNCED
        for step, (to, on) in enumerate(moves, start=1):
            self._event(number, was, to, on)
            posted = POSTED.get((was, to))
            if posted is not None:
                facts = {"due_on": due_on.isoformat(), "sayad_id": row["sayad_id"], "bank": row["bank"]}
                self._post(
                    bill.customer_id,
                    on,
                    posted.debit,
                    posted.credit,
                    amount,
                    Voucher.CHEQUE,
                    number,
                    posted.kind,
                    f"cheque:{number}:{step}",
                    facts,
                )
            was = to
        self._settle(bill, amount, Voucher.CHEQUE, number, received_on)

    def _event(self, cheque_id: int, was: ChequeState, to: ChequeState, on: date) -> None:
        """Before it goes to the bank, the cheque was confirmed in the register of cheques."""
        rows = self.tables["cheque_events"]
        common = {"cheque_id": cheque_id, "staff_id": self.staff_id, "reason": None}
        if to is _S.DEPOSITED:
            confirmed = at_noon(on) - timedelta(hours=2)
            rows.append({**common, "kind": "sayad_confirmed", "at": confirmed, "facts": {}})
        rows.append({**common, "kind": to.value, "at": at_noon(on), "facts": {"was": was.value}})

    def _settle(self, bill: Bill, amount: int, source: Voucher, source_id: int, on: date) -> None:
        assert 0 < amount <= bill.open
        bill.open -= amount
        bill.row["open_rials"] = bill.open
        self.tables["allocations"].append(
            {
                "customer_id": bill.customer_id,
                "invoice_id": bill.id,
                "source": source.value,
                "source_id": source_id,
                "amount_rials": amount,
                "at": at_noon(on),
                "staff_id": self.staff_id,
            }
        )

    def _post_sale(self, bill: Bill) -> None:
        facts = {"number": bill.row["number"]}
        for name, account in (("net", Account.SALES), ("vat", Account.VAT)):
            if amount := bill.row[f"{name}_rials"]:
                self._post(
                    bill.customer_id,
                    bill.issued_on,
                    Account.RECEIVABLE,
                    account,
                    amount,
                    Voucher.INVOICE,
                    bill.id,
                    EntryKind.INVOICE,
                    f"invoice:{bill.id}:{name}",
                    facts,
                )

    def _post(
        self,
        customer_id: int,
        on: date,
        debit: Account,
        credit: Account,
        amount: int,
        voucher: Voucher,
        voucher_id: int,
        kind: EntryKind,
        key: str,
        facts: dict[str, Any],
    ) -> None:
        self.tables["postings"].append(
            {
                "at": at_noon(on),
                "day": on,
                "customer_id": customer_id,
                "debit_account": debit.value,
                "credit_account": credit.value,
                "amount_rials": amount,
                "document": voucher.value,
                "document_id": voucher_id,
                "kind": kind.value,
                "facts": facts,
                "key": key,
                "staff_id": self.staff_id,
            }
        )

    def rows(self) -> dict[str, Rows]:
        """All tables; what was posted stands in the order of its days."""
        self.tables["postings"].sort(key=lambda row: (row["day"], row["key"]))
        return self.tables
