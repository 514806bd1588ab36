"""A year of the town: what was delivered is paid, at once, on account or with a cheque."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from domain.instruments import ChequeState
from domain.money import Money, Rate
from domain.orders import DELIVERIES, OPEN
from domain.terms import Term, TermKind, made
from sandbox.town_bills import Bill, Sold, at_noon
from sandbox.town_books import Books
from sandbox.town_demo import Model
from sandbox.town_orders import SALON_AGO, SALON_ID, PastOrder
from sandbox.town_rows import Rows

PHARMACY_ID, CHAIN_ID = 1, 3
TOMAN, MILLION = 10, 10_000_000
"""In rials: one toman, and a million of them."""
LAST_INVOICE = 21_310
"""The number of the salon's last invoice in the scripts."""
LIMITS = {PHARMACY_ID: 150 * MILLION, SALON_ID: 60 * MILLION, CHAIN_ID: 300 * MILLION}
ACCOUNT, CHEQUE, CASH = made(TermKind.ACCOUNT, 21), made(TermKind.CHEQUE, 45), made(TermKind.COD)
BOUNCED_OF = 13
"""A customer one of whose cheques came back: selling on credit has stopped."""
LATE = frozenset({17, 29, 41})
"""Customers who pay long after it is due."""
_S = ChequeState
_DAY = timedelta(days=1)


def term_of(customer_id: int) -> Term:
    """How that customer pays for what was ordered in the past year."""
    if customer_id == SALON_ID:
        return ACCOUNT
    if customer_id in {PHARMACY_ID, CHAIN_ID, BOUNCED_OF}:
        return CHEQUE
    return (ACCOUNT, CHEQUE, ACCOUNT, CASH)[customer_id % 4]


class Year:
    """What was delivered in a year, and how it was paid."""

    def __init__(self, past: Sequence[PastOrder], goods: Sequence[Model], day: date, books: Books) -> None:
        self.books, self.known = books, dict[int, int]()
        self.promises: Rows = []
        self.holds: Rows = []
        self._past, self._goods, self._day = past, goods, day
        self._exposed: dict[int, int] = {}
        self._cheques_of_salon = 14

    def everybody(self) -> None:
        """What was delivered has an invoice, and most invoices are paid."""
        for order_id, order in enumerate(self._past, start=1):
            if order.path[-1] in OPEN:
                owed = sum(line.toman * TOMAN * line.quantity + line.tax for line in order.lines)
                self._expose(order.customer_id, 0 if term_of(order.customer_id).is_cash else owed)
            if order.path[-1] not in DELIVERIES:
                continue
            is_last_of_salon = self._is_last_of_salon(order)
            on = self._day - SALON_AGO if is_last_of_salon else order.deliver_on
            bill = self.books.invoice(
                order.customer_id,
                on,
                self._sold(order),
                term_of(order.customer_id),
                order_id=order_id,
                outlet_id=order.outlet_id,
            )
            if is_last_of_salon:
                self.known[bill.id] = LAST_INVOICE
            elif order.customer_id in LIMITS:
                self._pay_of_named(bill)
            else:
                self._pay(bill)
            self._expose(order.customer_id, bill.open)

    def _is_last_of_salon(self, order: PastOrder) -> bool:
        return order.customer_id == SALON_ID and order.placed_at.date() == self._day - SALON_AGO

    def _sold(self, order: PastOrder) -> list[Sold]:
        """What went out: of a part delivery half of the first line waits."""
        is_part = order.path[-1].value == "part_delivered"
        found = []
        for position, line in enumerate(order.lines):
            quantity = line.quantity - line.quantity // 2 if position == 0 and is_part else line.quantity
            tax = Money(line.toman * TOMAN * quantity).share(Rate(line.vat)).rials
            found.append(self._line(line.product_id, quantity, line.toman, line.vat, tax))
        return found

    def _line(self, product_id: int, quantity: int, toman: int, vat: int, tax: int | None = None) -> Sold:
        model = self._goods[product_id - 1]
        if tax is None:
            tax = Money(toman * TOMAN * quantity).share(Rate(vat)).rials
        return Sold(product_id, model.name, model.unit.value, quantity, toman * TOMAN, vat, tax)

    def _named(self, label: str, quantity: int, toman: int) -> Sold:
        product_id = [model.label for model in self._goods].index(label) + 1
        return self._line(product_id, quantity, toman, self._goods[product_id - 1].vat)

    def _pay(self, bill: Bill) -> None:
        """As that customer uses to: at once, on account, or with a cheque."""
        term = term_of(bill.customer_id)
        if term.kind is TermKind.CHEQUE:
            self._pay_by_cheque(bill)
            return
        late = 24 if bill.customer_id in LATE else bill.id % 5 - 3
        on = bill.issued_on if term.is_cash else bill.due_on + timedelta(days=late)
        if on < self._day:
            method = "cash" if term.is_cash else ("card", "transfer")[bill.id % 2]
            self.books.pay(
                bill, bill.open, max(on, bill.issued_on), customer_id=bill.customer_id, method=method
            )

    def _pay_by_cheque(self, bill: Bill) -> None:
        received, due = bill.issued_on + 2 * _DAY, bill.issued_on + 45 * _DAY
        if received >= self._day:
            return
        sent = due - 4 * _DAY
        path: list[tuple[ChequeState, date]] = [(_S.DEPOSITED, sent)] if sent < self._day else []
        if due + 2 * _DAY < self._day:
            path.append((_S.CLEARED, due + 2 * _DAY))
        amount = bill.open
        is_bad = bill.customer_id == BOUNCED_OF and not self.holds and due > self._day - 40 * _DAY
        if is_bad and path and path[-1][0] is _S.CLEARED:
            path[-1] = (_S.BOUNCED, path[-1][1])
            self._stop(bill.customer_id, len(self.books.tables["cheques"]) + 1, path[-1][1])
        self.books.cheque(bill, amount, received, due, path)
        if path[-1:] and path[-1][0] is _S.CLEARED:
            return
        self._expose(bill.customer_id, amount)

    def _pay_of_named(self, bill: Bill) -> None:
        """Those of the scripts have settled what they ordered; the salon with cheques, for a while."""
        year = _first_of_year(self._day)
        due = bill.issued_on + 30 * _DAY
        if bill.customer_id == SALON_ID and year <= due < self._day - 4 * _DAY and self._cheques_of_salon:
            shares = 2 if self._cheques_of_salon > 1 and self._cheques_of_salon % 2 == 0 else 1
            for share in range(shares):
                amount = bill.open // (shares - share)
                path = [(_S.DEPOSITED, due - 3 * _DAY), (_S.CLEARED, due)]
                self.books.cheque(bill, amount, bill.issued_on + _DAY, due, path)
                self._cheques_of_salon -= 1
            return
        on = min(bill.issued_on + 4 * _DAY, self._day - _DAY)
        self.books.pay(bill, bill.open, on, customer_id=bill.customer_id, method="transfer")

    def _own(self, customer_id: int, on: date, toman: int, term: Term = ACCOUNT) -> Bill:
        """An invoice from the company's own books, of goods without tax, to the toman."""
        goods = self._named("دستکش M", toman // 250_000, 250_000)
        rest = toman - toman // 250_000 * 250_000
        lines = [goods] if not rest else [goods, self._named("دستکش M", 1, rest)]
        return self.books.invoice(customer_id, on, lines, term)

    def _stop(self, customer_id: int, cheque_id: int, on: date) -> None:
        self.holds.append(
            {
                "customer_id": customer_id,
                "kind": "bounced",
                "reason": "",
                "subject_id": cheque_id,
                "placed_at": at_noon(on),
            }
        )

    def _expose(self, customer_id: int, rials: int) -> None:
        self._exposed[customer_id] = self._exposed.get(customer_id, 0) + rials


def _first_of_year(day: date) -> date:
    """The first day of the Jalali year, near enough for a town: the twenty-first of March."""
    first = date(day.year, 3, 21)
    return first if first <= day else date(day.year - 1, 3, 21)
