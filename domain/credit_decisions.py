"""What follows for an order of a customer, by the table of rule R2.3, and what stands in its way."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum

from domain.credit import BEST_SEGMENT, CreditStanding, HoldKind
from domain.money import ZERO, Money
from domain.staff import Role

PERCENT = 100


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
