"""A customer's books in plain whole numbers: what must be true after each step, worked out a second time.

Nothing of the house is imported here either: rules R1.4a, R2.1 to R2.3, R3, R5.3, R5.7 and R6.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date, timedelta

from tests.nemesis.books_model import (
    BONUS_AT,
    BONUS_GOODS,
    BOOKED,
    ON_ITS_WAY,
    TERMS,
    Cheque,
    Invoice,
    Order,
    Shelf,
    Source,
    priced,
)

LET_GO = 5
FRIDAY = 4


class Books:
    """One customer's account, and the goods that all share."""

    def __init__(self, shelves: dict[str, Shelf], today: date, is_best: bool, *, waits: bool) -> None:
        self.shelves, self.today, self.is_best = shelves, today, is_best
        self.waits = waits
        """Missing bonus goods are sent later, or forgotten."""
        self.accounts: Counter[str] = Counter()
        self.orders: list[Order] = []
        self.invoices: list[Invoice] = []
        self.sources: list[Source] = []
        self.cheques: list[Cheque] = []
        self.limits: tuple[int | None, int | None] = (None, None)
        self.companys_limit = 0
        self.holds: dict[str, Cheque | None] = {}

    # What is true now.

    @property
    def balance(self) -> int:
        return self.accounts["receivable"] + self.accounts["bounced"]

    @property
    def on_its_way(self) -> list[Order]:
        return [each for each in self.orders if each.status in ON_ITS_WAY]

    @property
    def exposure(self) -> dict[str, int]:
        """Its five parts."""
        return {
            "open_invoices": sum(each.open for each in self.invoices),
            "bounced": self._in("bounced", "legal"),
            "uncleared": self._in("received", "deposited", "endorsed"),
            "open_orders": sum(each.credit for each in self.on_its_way),
            "unallocated": sum(each.left for each in self.sources),
        }

    @property
    def used(self) -> int:
        return sum(self.exposure.values()) - 2 * self.exposure["unallocated"]

    @property
    def limit(self) -> int:
        return self.companys_limit if self.limits[1] is None else self.limits[1]

    @property
    def owing(self) -> list[Invoice]:
        return sorted((each for each in self.invoices if each.open), key=lambda each: (each.due, each.id))

    def _in(self, *states: str) -> int:
        return sum(each.amount for each in self.cheques if each.state in states)

    def decide(self, order: Order, instead_of: Order | None = None) -> str:
        """Table R2.3, for an order that does not count yet."""
        if not order.credit:
            return "cash"
        counted = instead_of.credit if instead_of else 0
        if self.exposure["bounced"] or {"bounced", "manual"} & set(self.holds):
            return "held_finance"
        overdue = max((self.today - self.owing[0].due).days, 0) if self.owing else 0
        if overdue > (45 if self.is_best else 30):
            return "held_both"
        account = sum(
            each.credit for each in self.on_its_way if each.is_on_account and each is not instead_of
        )
        used = self.balance + account + (order.credit if order.is_on_account else 0)
        total = self.used - counted + order.credit

        def fits(percent: int) -> bool:
            is_open = self.limits[0] is None or used <= self.limits[0] * percent // 100
            return is_open and total <= self.limit * percent // 100

        if fits(100):
            return "auto"
        if not fits(110):
            return "finance"
        return "auto_told" if self.is_best and not overdue else "manager"

    # What happens.

    def can_be_served(self, order: Order, own: Counter[str]) -> bool:
        """Fill in the bonus goods; whether what is paid for is there."""
        free = {goods: shelf.free + own[goods] for goods, shelf in self.shelves.items()}
        if any(units > free[goods] for goods, units in order.paid.items()):
            return False
        earned = order.paid.get(BONUS_GOODS, 0) // BONUS_AT
        order.bonus = min(earned, free[BONUS_GOODS] - order.paid.get(BONUS_GOODS, 0))
        order.later = earned - order.bonus if self.waits else 0
        return True

    def reserve(self, units: Counter[str], sign: int = 1) -> None:
        for goods, count in units.items():
            self.shelves[goods].reserved += sign * count

    def deliver(self, order: Order) -> Invoice:
        for goods, units in order.units.items():
            shelf = self.shelves[goods]
            shelf.on_hand, shelf.reserved, shelf.shipped = (
                shelf.on_hand - units,
                shelf.reserved - units,
                shelf.shipped + units,
            )
        order.status = "part_delivered" if order.later else "delivered"
        due = self.today + timedelta(days=TERMS[order.term][0])
        due += timedelta(days=due.weekday() == FRIDAY)
        invoice = Invoice(dict(order.paid), order.bonus, due)
        invoice.open = invoice.total
        self.invoices.append(invoice)
        for net, vat in map(priced, order.paid.items()):
            self.post("receivable", "sales", net)
            self.post("receivable", "vat", vat)
        return invoice

    def post(self, debit: str, credit: str, amount: int) -> None:
        self.accounts[debit] += amount
        self.accounts[credit] -= amount

    def take_in(self, source: Source, named: Sequence[Invoice] | None = None) -> None:
        """All of it is the customer's credit, and settles what is named, or the oldest due first."""
        if source not in self.sources:
            self.sources.append(source)
        source.left, source.is_in_use = source.amount, True
        self.settle(source, source.amount, named)

    def settle(self, source: Source, amount: int, named: Sequence[Invoice] | None = None) -> int:
        """What is left of the amount after it has settled what it can."""
        left, is_done = amount, False
        for invoice in self.owing if named is None else named:
            if left <= (LET_GO if is_done else 0):
                break
            paid = min(left, invoice.open)
            rest = invoice.open - paid
            let_go = rest if rest <= LET_GO else 0
            left, is_done = left - paid, is_done or rest <= LET_GO
            invoice.open -= paid + let_go
            source.paid[invoice] += paid
            source.let_go[invoice] += let_go
            self.post("rounding", "receivable", let_go)
        if is_done and 0 < left <= LET_GO:
            self.post("receivable", "rounding", left)
            source.over, left = source.over + left, 0
        source.left -= amount - left
        return left

    def use_credit(self) -> None:
        for source in sorted(self.sources, key=lambda each: (each.at, each.kind, each.id)):
            if source.left:
                self.settle(source, source.left)

    def give_up(self, source: Source) -> None:
        """It pays for nothing any more."""
        for invoice, paid in source.paid.items():
            invoice.open += paid + source.let_go[invoice]
            self.post("receivable", "rounding", source.let_go[invoice])
        self.post("rounding", "receivable", source.over)
        source.paid.clear()
        source.let_go.clear()
        source.left, source.over, source.is_in_use = 0, 0, False

    def pay(self, payment: Source, named: Sequence[Invoice] | None) -> None:
        self.post("bank", "receivable", payment.amount)
        self.take_in(payment, named)

    def credit(self, note: Source, of: Invoice, net: int) -> None:
        """What came back settles its own invoice first, and then what is oldest."""
        self.post("returns", "receivable", net)
        self.post("vat", "receivable", note.amount - net)
        self.sources.append(note)
        note.left, note.is_in_use = note.amount, True
        left = note.amount
        if of.open:
            left = self.settle(note, left, [of])
        if left:
            self.settle(note, left)

    def move(self, cheque: Cheque, to: str, *, is_replaced: bool = False) -> None:
        """One move of the table, with all that follows in the books."""
        was, cheque.state = cheque.state, to
        cheque.path.append((was, to, is_replaced))
        if is_replaced:
            self.post("receivable", "bounced", cheque.amount)
            self.give_up(cheque)
            self.use_credit()
        elif (was, to) in BOOKED:
            self.post(*BOOKED[was, to], cheque.amount)
        if (was, to) == ("announced", "received"):
            self.take_in(cheque)
        if (was, to) == ("received", "handed_back"):
            self.give_up(cheque)
        if to == "bounced":
            self.holds.setdefault("bounced", cheque)

    def undo(self, cheque: Cheque) -> None:
        """The last move was a mistake."""
        before, was, is_replaced = cheque.path.pop()
        cheque.state = before
        if (before, was) == ("announced", "received"):
            self.give_up(cheque)
        if is_replaced:
            self.post("bounced", "receivable", cheque.amount)
        elif (before, was) in BOOKED:
            debit, credit = BOOKED[before, was]
            self.post(credit, debit, cheque.amount)
        if is_replaced or (before, was) == ("received", "handed_back"):
            self.take_in(cheque)
        if was == "bounced" and not self.exposure["bounced"] and self.holds.get("bounced") is cheque:
            del self.holds["bounced"]
