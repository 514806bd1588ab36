"""How much a customer may owe, how much they owe and what follows for an order (rule R2)."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date, datetime
from enum import StrEnum

from domain.money import ZERO, Money, total

BEST_SEGMENT = "A"


class HoldKind(StrEnum):
    """Why selling on credit is stopped until finance lets it go on."""

    BOUNCED = "bounced"
    OVERDUE = "overdue"
    MANUAL = "manual"
    LEGAL = "legal"


@dataclass(frozen=True, slots=True, kw_only=True)
class CreditHold:
    """One stop; with ``released_at`` it is history."""

    id: int
    customer_id: int
    kind: HoldKind
    reason: str
    placed_at: datetime
    subject_id: int | None = None
    placed_by: int | None = None
    released_at: datetime | None = None
    release_reason: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CreditLimit:
    """Two ceilings of one owner. None is inherited from the next one up the chain; zero is cash only."""

    open: Money | None = None
    total: Money | None = None
    valid_until: datetime | None = None
    """A temporary limit holds until then; the one before it holds again after."""

    @property
    def is_empty(self) -> bool:
        """Nothing is agreed: all is inherited."""
        return self.open is None and self.total is None

    def holds_at(self, now: datetime) -> bool:
        return self.valid_until is None or now < self.valid_until

    def over(self, next_up: CreditLimit) -> CreditLimit:
        """This limit, its empty ceilings filled by the next one up the chain."""
        return replace(
            self,
            open=next_up.open if self.open is None else self.open,
            total=next_up.total if self.total is None else self.total,
        )


def chained(*limits: CreditLimit | None) -> CreditLimit:
    """The limit that holds: customer, then group, then company. Where nobody says a total, all is cash."""
    holds = CreditLimit()
    for limit in limits:
        holds = holds if limit is None else holds.over(limit)
    own = limits[0] if limits else None
    return replace(
        holds,
        total=ZERO if holds.total is None else holds.total,
        valid_until=own.valid_until if own else None,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class CreditPolicy:
    """What the company has decided for itself about credit."""

    overdue_days: int = 30
    overdue_days_best: int = 45
    most_percent: int = 110
    """Up to that share of a limit a sales manager may decide; above it, finance."""
    decide_hours: int = 2
    """Working hours in which somebody has to decide."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CreditStanding:
    """All that is known of a customer's credit at one instant."""

    customer_id: int
    open_invoices: Money = ZERO
    bounced: Money = ZERO
    bounced_count: int = 0
    uncleared: Money = ZERO
    uncleared_count: int = 0
    open_orders: Money = ZERO
    account_orders: Money = ZERO
    """Of the open orders, what will be owed on open account, not by cheque."""
    unallocated: Money = ZERO
    overdue: Money = ZERO
    oldest_due: date | None = None
    today: date
    has_broken_promise: bool = False
    is_blocked: bool = False
    holds: frozenset[HoldKind] = frozenset()
    segment: str | None = None
    overdue_days_allowed: int | None = None
    """The customer's own; None is as the company says."""
    limit: CreditLimit = field(default_factory=lambda: CreditLimit(total=ZERO))
    policy: CreditPolicy = field(default_factory=CreditPolicy)

    @property
    def exposure(self) -> Money:
        """«اعتبار مصرف‌شده»: what would be lost if the customer never paid again."""
        parts = (self.open_invoices, self.bounced, self.uncleared, self.open_orders)
        return total(parts) - self.unallocated

    @property
    def balance(self) -> Money:
        """«مانده حساب»: cheques that were handed over are deducted already."""
        return self.open_invoices + self.bounced - self.unallocated

    @property
    def on_account(self) -> Money:
        """What the ceiling on open account is measured with."""
        return self.balance + self.account_orders

    @property
    def total_limit(self) -> Money:
        return self.limit.total if self.limit.total is not None else ZERO

    @property
    def remaining(self) -> Money:
        """May be negative: then a limit was cut, or somebody decided so."""
        return self.total_limit - self.exposure

    @property
    def is_cash_only(self) -> bool:
        return not self.total_limit

    @property
    def overdue_days(self) -> int:
        """Days past the oldest day that was to be paid on; zero when nothing is."""
        return max((self.today - self.oldest_due).days, 0) if self.oldest_due else 0

    @property
    def most_overdue_days(self) -> int:
        if self.overdue_days_allowed is not None:
            return self.overdue_days_allowed
        is_best = self.segment == BEST_SEGMENT
        return self.policy.overdue_days_best if is_best else self.policy.overdue_days

    def with_order(self, amount: Money, *, on_account: bool = False) -> CreditStanding:
        """As it would stand with one more open order of so much credit."""
        return replace(
            self,
            open_orders=self.open_orders + amount,
            account_orders=self.account_orders + amount if on_account else self.account_orders,
        )

    def without_order(self, amount: Money, *, on_account: bool = False) -> CreditStanding:
        """As it stands without an open order that is counted already."""
        return self.with_order(-amount, on_account=on_account)
