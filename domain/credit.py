"""How much a customer may owe, how much they owe and what follows for an order (rule R2)."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum

from domain.money import ZERO, Money, total
from domain.staff import Role

BEST_SEGMENT = "A"
PERCENT = 100


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


class CreditOutcome(StrEnum):
    """What follows for the order."""

    REFUSED = "refused"
    CASH = "cash"
    HELD_FINANCE = "held_finance"
    HELD_BOTH = "held_both"
    AUTO = "auto"
    AUTO_TOLD = "auto_told"
    MANAGER = "manager"
    FINANCE = "finance"

    @property
    def is_accepted(self) -> bool:
        return self in {CreditOutcome.CASH, CreditOutcome.AUTO, CreditOutcome.AUTO_TOLD}

    @property
    def is_over(self) -> bool:
        """Only the amount stands in the way: paying some of it in cash would do."""
        return self in {CreditOutcome.MANAGER, CreditOutcome.FINANCE}

    @property
    def deciders(self) -> tuple[Role, ...]:
        """Who may say yes in the end; nobody where the table has decided."""
        return _DECIDERS.get(self, ())


_DECIDERS = {
    CreditOutcome.REFUSED: (Role.FINANCE,),
    CreditOutcome.HELD_FINANCE: (Role.FINANCE,),
    CreditOutcome.HELD_BOTH: (Role.MANAGER, Role.FINANCE),
    CreditOutcome.MANAGER: (Role.MANAGER, Role.FINANCE),
    CreditOutcome.FINANCE: (Role.FINANCE,),
}
"""Finance may always decide what a sales manager may."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """The row of table R2.3 that has matched, and everything that it was matched with."""

    row: int
    outcome: CreditOutcome
    amount: Money
    """The part of the order on credit; zero for cash."""
    on_account: bool
    standing: CreditStanding

    @property
    def exposure(self) -> Money:
        return self.standing.exposure

    @property
    def limit(self) -> Money:
        return self.standing.total_limit

    @property
    def over_by(self) -> Money:
        """By how much the order passes the worse of the two ceilings; zero when it fits."""
        return _over_by(self.standing, self.amount, PERCENT, on_account=self.on_account)

    @property
    def with_order(self) -> Money:
        """The exposure that the order would make."""
        return self.exposure + self.amount

    @property
    def percent(self) -> int:
        """That exposure in percent of the limit, rounded half up."""
        return percent_of(self.with_order, self.limit)

    @property
    def inputs(self) -> dict[str, object]:
        return inputs_of(self.standing, self.amount, on_account=self.on_account)


def percent_of(part: Money, whole: Money) -> int:
    """Whole percents, half up; of nothing, everything is a hundred."""
    if whole <= ZERO:
        return PERCENT if part > ZERO else 0
    share = Decimal(part.rials) * PERCENT / whole.rials
    return int(share.quantize(Decimal(1), ROUND_HALF_UP))


def decide(standing: CreditStanding, amount: Money, *, on_account: bool = False) -> Decision:
    """The decision table R2.3: its first row that matches. Of cash ``amount`` is zero."""
    row, outcome = _matched(standing, amount, on_account=on_account)
    return Decision(row=row, outcome=outcome, amount=amount, on_account=on_account, standing=standing)


def _matched(standing: CreditStanding, amount: Money, *, on_account: bool) -> tuple[int, CreditOutcome]:
    if standing.is_blocked or HoldKind.LEGAL in standing.holds:
        return 1, CreditOutcome.REFUSED
    if not amount:
        return 2, CreditOutcome.CASH
    if standing.bounced or standing.holds & {HoldKind.BOUNCED, HoldKind.MANUAL}:
        return 3, CreditOutcome.HELD_FINANCE
    if _is_late(standing):
        return 4, CreditOutcome.HELD_BOTH
    if not _over_by(standing, amount, PERCENT, on_account=on_account):
        return 5, CreditOutcome.AUTO
    if _over_by(standing, amount, standing.policy.most_percent, on_account=on_account):
        return 8, CreditOutcome.FINANCE
    if standing.segment == BEST_SEGMENT and not standing.overdue_days:
        return 6, CreditOutcome.AUTO_TOLD
    return 7, CreditOutcome.MANAGER


def _is_late(standing: CreditStanding) -> bool:
    return (
        standing.overdue_days > standing.most_overdue_days
        or standing.has_broken_promise
        or HoldKind.OVERDUE in standing.holds
    )


def _over_by(standing: CreditStanding, amount: Money, percent: int, *, on_account: bool) -> Money:
    """By how much the worse of the two ceilings, stretched to so many percent, would be passed."""
    over = _excess(standing.exposure + amount, standing.total_limit, percent)
    if standing.limit.open is not None:
        used = standing.on_account + amount if on_account else standing.on_account
        over = max(over, _excess(used, standing.limit.open, percent))
    return over


def _excess(used: Money, limit: Money, percent: int) -> Money:
    """Whole rials, exactly: the ceiling is rounded down, so that what is left over passes."""
    return max(used - Money(limit.rials * percent // PERCENT), ZERO)


def inputs_of(standing: CreditStanding, amount: Money, *, on_account: bool) -> dict[str, object]:
    """Everything a decision looked at, as it is kept with it."""
    limit = standing.limit
    return {
        "amount_rials": amount.rials,
        "on_account": on_account,
        "open_invoices_rials": standing.open_invoices.rials,
        "bounced_rials": standing.bounced.rials,
        "bounced_count": standing.bounced_count,
        "uncleared_rials": standing.uncleared.rials,
        "uncleared_count": standing.uncleared_count,
        "open_orders_rials": standing.open_orders.rials,
        "account_orders_rials": standing.account_orders.rials,
        "unallocated_rials": standing.unallocated.rials,
        "overdue_rials": standing.overdue.rials,
        "overdue_days": standing.overdue_days,
        "most_overdue_days": standing.most_overdue_days,
        "has_broken_promise": standing.has_broken_promise,
        "is_blocked": standing.is_blocked,
        "holds": sorted(standing.holds),
        "segment": standing.segment,
        "open_limit_rials": None if limit.open is None else limit.open.rials,
        "total_limit_rials": standing.total_limit.rials,
        "most_percent": standing.policy.most_percent,
    }


@dataclass(frozen=True, slots=True, kw_only=True)
class OverLimit:
    """A draft that was not placed because of the customer's credit (S1.23): what stands in the way."""

    order_id: int
    version: int
    nonce: str
    payable: Money
    decision: Decision
    is_change: bool = False
    """It would have changed an order that was placed: nobody is asked about that."""

    @property
    def can_ask(self) -> bool:
        """Somebody may still let it through."""
        return not self.is_change and self.decision.outcome is not CreditOutcome.REFUSED

    @property
    def left(self) -> Money:
        """What the order may use of the credit; negative when more is used already than there is."""
        return self.decision.amount - self.decision.over_by

    @property
    def can_split(self) -> bool:
        """Paying the difference in cash would make the order fit."""
        was = self.decision
        if not was.outcome.is_over or was.over_by >= was.amount:
            return False
        rest = decide(was.standing, was.amount - was.over_by, on_account=was.on_account)
        return rest.outcome is CreditOutcome.AUTO
