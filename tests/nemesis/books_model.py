"""What the books are about, in plain whole numbers: goods, orders, invoices, and what settles them.

Nothing of the house is imported here: the rules stand once more, as short as they go.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import date

GOODS = {"shampoo": (1_480_000, 10), "cream": (960_005, 10), "gloves": (2_650_003, 0)}
"""Rials for a unit, and percent of VAT. Ten of the first bring one more."""
BONUS_GOODS, BONUS_AT = "shampoo", 10
TERMS = {"cod": (0, 100, ""), "acc": (21, 0, "acc"), "chq": (45, 0, "chq"), "mix": (30, 40, "chq")}
"""Days until it is due, percent in cash, and how the rest is owed."""
MOVES = {
    "announced": ("received", "handed_back", "void"),
    "received": ("deposited", "endorsed", "cleared", "handed_back"),
    "deposited": ("received", "cleared", "bounced"),
    "endorsed": ("received", "cleared", "bounced"),
    "cleared": (),
    "bounced": ("deposited", "legal", "settled"),
    "legal": ("settled",),
    "settled": ("handed_back",),
    "handed_back": (),
    "void": (),
}
BOOKED = {
    ("announced", "received"): ("cheques", "receivable"),
    ("received", "cleared"): ("bank", "cheques"),
    ("deposited", "cleared"): ("bank", "cheques"),
    ("endorsed", "cleared"): ("payable_out", "cheques"),
    ("deposited", "bounced"): ("bounced", "cheques"),
    ("endorsed", "bounced"): ("bounced", "cheques"),
    ("bounced", "deposited"): ("cheques", "bounced"),
    ("bounced", "settled"): ("bank", "bounced"),
    ("legal", "settled"): ("bank", "bounced"),
    ("received", "handed_back"): ("receivable", "cheques"),
}
ON_ITS_WAY = ("held", "approved", "picking", "loaded")


def half_up(amount: int, of: int) -> int:
    return (2 * amount + of) // (2 * of)


@dataclass(eq=False)
class Shelf:
    """What is there of one of the goods."""

    on_hand: int
    reserved: int = 0
    shipped: int = 0

    @property
    def free(self) -> int:
        return self.on_hand - self.reserved


@dataclass(eq=False)
class Order:
    paid: dict[str, int]
    term: str
    bonus: int = 0
    later: int = 0
    id: int = 0
    version: int = 0
    status: str = ""
    down: int = 0
    day: date = date.min

    @property
    def units(self) -> Counter[str]:
        """What is reserved for it."""
        return Counter(self.paid) + Counter({BONUS_GOODS: self.bonus})

    @property
    def payable(self) -> int:
        return sum(net + vat for net, vat in map(priced, self.paid.items()))

    @property
    def credit(self) -> int:
        """The part that is owed after the delivery; a share in cash is whole toman."""
        percent = TERMS[self.term][1]
        if percent == 100:
            return 0
        cash = half_up(half_up(self.payable * percent, 100), 10) * 10
        return self.payable - min(self.payable, cash + self.down)

    @property
    def is_on_account(self) -> bool:
        return TERMS[self.term][2] == "acc"


def priced(line: tuple[str, int]) -> tuple[int, int]:
    """Net and VAT of so many of the goods."""
    price, percent = GOODS[line[0]]
    return price * line[1], half_up(price * line[1] * percent, 100)


@dataclass(eq=False)
class Invoice:
    lines: dict[str, int]
    bonus: int
    due: date
    id: int = 0
    open: int = 0
    returned: Counter[str] = field(default_factory=Counter)

    @property
    def total(self) -> int:
        return sum(net + vat for net, vat in map(priced, self.lines.items()))

    def worth(self, goods: str, units: int) -> tuple[int, int]:
        """Net and VAT of so many more units of a line; all units together with all that was paid."""
        had = self._until(goods, self.returned[goods])
        has = self._until(goods, self.returned[goods] + units)
        return has[0] - had[0], has[1] - had[1]

    def _until(self, goods: str, units: int) -> tuple[int, int]:
        net, vat = priced((goods, self.lines[goods]))
        part = half_up(net * units, self.lines[goods])
        return part, vat if units == self.lines[goods] else half_up(part * GOODS[goods][1], 100)


@dataclass(eq=False)
class Source:
    """Something that settles invoices: a payment, a credit note or a cheque."""

    kind: str
    amount: int
    at: int
    id: int = 0
    left: int = 0
    paid: Counter[Invoice] = field(default_factory=Counter)
    let_go: Counter[Invoice] = field(default_factory=Counter)
    over: int = 0
    is_in_use: bool = False


@dataclass(eq=False)
class Cheque(Source):
    state: str = "announced"
    sayad: str = "none"
    version: int = 0
    path: list[tuple[str, str, bool]] = field(default_factory=list)
    """Its moves that were not taken back; whether it was replaced by others."""
