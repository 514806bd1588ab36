"""Who of the town owes what: a year of paying, and the accounts of the scripts to the rial."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from domain.holidays import holidays
from domain.instruments import ChequeState
from domain.orders import OPEN
from domain.terms import Term
from sandbox.town_bills import at_noon
from sandbox.town_books import Books
from sandbox.town_demo import Model
from sandbox.town_orders import SALON_ID, PastOrder
from sandbox.town_rows import Rows
from sandbox.town_year import ACCOUNT, CHAIN_ID, CHEQUE, LIMITS, MILLION, PHARMACY_ID, TOMAN, Year, term_of

NEXT_RECEIPT, NEXT_TICKET = 5_092, 1_179
LATE_INVOICE = 21_045
"""The invoice of the salon in the scripts that is late."""
COMPANY_LIMIT = 120 * MILLION
BANK_OF_SALON = "ملت"
_S = ChequeState
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Accounts:
    """The rows of the books, how orders were agreed to be paid, and the last numbers given."""

    tables: dict[str, Rows]
    terms: Mapping[int, Term]
    last_invoice: int


def accounts(
    past: Sequence[PastOrder],
    goods: Sequence[Model],
    day: date,
    staff_id: int,
    without: Collection[int],
) -> Accounts:
    """A year of books up to the evening before that day."""
    plan = _Scripts(past, goods, day, Books(frozenset(holidays()), staff_id))
    plan.everybody()
    for customer_id, write in (
        (SALON_ID, plan.salon),
        (CHAIN_ID, plan.chain),
        (PHARMACY_ID, plan.pharmacy),
    ):
        if customer_id not in without:
            write()
    last = plan.books.number(plan.known)
    tables = plan.books.rows()
    tables["promises"] = plan.promises
    tables["credit_holds"] = plan.holds
    tables["credit_limits"] = plan.limits(without)
    return Accounts(tables, {each.customer_id: term_of(each.customer_id) for each in past}, last)


class _Scripts(Year):
    """The accounts of those in the scripts, beside the year."""

    def salon(self) -> None:
        """S3: 12,300,000 late, 5,821,200 to come, cheques of 7.5, 8 and 6 million on their way."""
        day, books = self._day, self.books
        before = self._own(SALON_ID, day - 52 * _DAY, 14_800_000)
        for amount, issued, received, due in ((8_000_000, 66, 60, 20), (6_000_000, 60, 55, 31)):
            bill = self._own(SALON_ID, day - issued * _DAY, amount)
            books.cheque(bill, amount * TOMAN, day - received * _DAY, day + due * _DAY, [])
        late = books.invoice(
            SALON_ID,
            day - 27 * _DAY,
            [
                self._named("رنگ ۶/۱", 40, 125_000),
                self._named("اکسیدان ۶٪", 25, 180_000),
                self._named("رنگ ۷/۳", 4, 125_000),
                self._named("دستکش M", 5, 260_000),
            ],
            ACCOUNT,
        )
        self.known[late.id] = LATE_INVOICE
        books.cheque(
            before,
            7_500_000 * TOMAN,
            day - 24 * _DAY,
            day + 5 * _DAY,
            [(_S.DEPOSITED, day - 2 * _DAY)],
            sayad_id="1234567890123456",
            bank=BANK_OF_SALON,
        )
        books.pay(before, 7_300_000 * TOMAN, day - 18 * _DAY, customer_id=SALON_ID, method="card")
        self.promises.append(
            {
                "customer_id": SALON_ID,
                "invoice_id": late.id,
                "amount_rials": late.open,
                "promised_on": day + 2 * _DAY,
                "state": "open",
                "made_at": at_noon(day - 3 * _DAY),
            }
        )

    def chain(self) -> None:
        """R2.2: 120 million on open invoices, three cheques of 95, 30 on the way, 5 paid in advance."""
        day, books = self._day, self.books
        for amount, ago in ((70_000_000, 12), (50_000_000, 6)):
            self._own(CHAIN_ID, day - ago * _DAY, amount, CHEQUE)
        for amount, ago, due, is_sent in ((40, 50, 5, True), (30, 46, 9, False), (25, 42, -1, True)):
            bill = self._own(CHAIN_ID, day - ago * _DAY, amount * 1_000_000, CHEQUE)
            path = [(_S.DEPOSITED, day - 3 * _DAY)] if is_sent else []
            books.cheque(bill, bill.open, bill.issued_on + 3 * _DAY, day + due * _DAY, path)
        books.pay(None, 5 * MILLION, day - 3 * _DAY, customer_id=CHAIN_ID, method="transfer")

    def pharmacy(self) -> None:
        """S1.18: 62,300,000 of its credit are used before the order of the script."""
        self._own(PHARMACY_ID, self._day - 11 * _DAY, 40_000_000, CHEQUE)
        bill = self._own(PHARMACY_ID, self._day - 40 * _DAY, 22_300_000, CHEQUE)
        self.books.cheque(bill, bill.open, bill.issued_on + 3 * _DAY, self._day + 5 * _DAY, [])

    def limits(self, without: Collection[int]) -> Rows:
        """The company's limit for everybody, and more for whoever buys more."""
        long_ago = at_noon(self._day - timedelta(days=370))
        rows: dict[int | None, int] = {None: COMPANY_LIMIT}
        for customer_id, owed in sorted(self._exposed.items()):
            if customer_id not in LIMITS and owed > COMPANY_LIMIT * 8 // 10:
                rows[customer_id] = -(-owed * 13 // (10 * 50 * MILLION)) * 50 * MILLION
        rows |= {each: rials for each, rials in LIMITS.items() if each not in without}
        return [
            {"customer_id": owner, "total_rials": rials, "at": long_ago, "reason": ""}
            for owner, rials in rows.items()
        ]


def order_money(order: PastOrder, term: Term) -> dict[str, Any]:
    """What an order of the past says of its money, beside its net and its tax."""
    net = sum(line.toman * line.quantity for line in order.lines) * TOMAN
    owed = net + sum(line.tax for line in order.lines)
    is_owed = order.path[-1] in OPEN and not term.is_cash
    return {"gross_rials": net, "credit_rials": owed if is_owed else 0, "term": term.facts()}
