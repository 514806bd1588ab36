"""Who owes how much: one customer's card, and the whole book (CRD-02)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from domain.balances import Aging
from domain.cheque_lists import ChequeTotals
from domain.credit import CreditHold, CreditLimit, CreditStanding
from domain.credit_decisions import CreditOutcome, decide
from domain.drawers import ChequeRecord
from domain.money import Money
from domain.ras import Ras


class BookOrder(StrEnum):
    """Who comes first in the book."""

    DEBT = "debt"
    OVERDUE = "late"


@dataclass(frozen=True, slots=True, kw_only=True)
class BookLine:
    """One customer of the book."""

    customer_id: int
    customer: str
    balance: Money
    overdue: Money
    oldest_due: date | None
    uncleared: Money
    uncleared_count: int
    bounced: Money
    bounced_count: int

    def overdue_days(self, today: date) -> int:
        return max((today - self.oldest_due).days, 0) if self.oldest_due else 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Debtor:
    """A customer, by name."""

    customer_id: int
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CreditCard:
    """One customer's credit as our people see it (CRD-02)."""

    debtor: Debtor
    standing: CreditStanding
    aging: Aging
    ras: Ras | None
    """Of the cheques that are not cleared yet."""
    cheques: ChequeTotals
    record: ChequeRecord
    own_limit: CreditLimit | None
    holds: tuple[CreditHold, ...]
    may_change: bool = False
    account_manager: str = ""
    may_assign: bool = False
    """A manager says who looks after the customer."""

    @property
    def next_order(self) -> CreditOutcome:
        """What would follow for the smallest order on credit."""
        return decide(self.standing, Money(1)).outcome
