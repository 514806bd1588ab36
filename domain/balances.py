"""What a customer owes at an instant, how old it is, and when it is due (rules R2.1, R6.1 and R6.2)."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from domain.calendar import next_working_day
from domain.credit import CreditStanding
from domain.money import ZERO, Money, total


class AgeBucket(StrEnum):
    """For how many days something has been overdue (rule R6.2)."""

    NOT_DUE = "not_due"
    TO_7 = "1_7"
    TO_15 = "8_15"
    TO_30 = "16_30"
    TO_60 = "31_60"
    OVER_60 = "over_60"


_UNTIL = ((0, AgeBucket.NOT_DUE), (7, AgeBucket.TO_7), (15, AgeBucket.TO_15), (30, AgeBucket.TO_30))


def age_bucket(overdue_days: int) -> AgeBucket:
    for days, bucket in (*_UNTIL, (60, AgeBucket.TO_60)):
        if overdue_days <= days:
            return bucket
    return AgeBucket.OVER_60


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenInvoice:
    """An invoice of which something is still owed."""

    id: int
    number: int
    issued_on: date
    due_on: date
    open: Money
    total: Money

    def overdue_days(self, today: date) -> int:
        """Zero or less while it is not overdue: the day itself does not count."""
        return (today - self.due_on).days

    def is_overdue(self, today: date) -> bool:
        return self.overdue_days(today) > 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Aging:
    """What is owed on invoices, by how long it has been overdue: every bucket, also the empty ones."""

    by_bucket: Mapping[AgeBucket, Money]

    @property
    def overdue(self) -> Money:
        return total(amount for bucket, amount in self.by_bucket.items() if bucket is not AgeBucket.NOT_DUE)

    @property
    def total(self) -> Money:
        return total(self.by_bucket.values())


def aging(invoices: Iterable[OpenInvoice], today: date) -> Aging:
    buckets = dict.fromkeys(AgeBucket, ZERO)
    for invoice in invoices:
        buckets[age_bucket(invoice.overdue_days(today))] += invoice.open
    return Aging(by_bucket=buckets)


def due_on(delivered_on: date, days: int, holidays: Collection[date]) -> date:
    """The working day on which that term ends (rule R6.1)."""
    return next_working_day(delivered_on + timedelta(days=days), holidays)


class PromiseState(StrEnum):
    OPEN = "open"
    KEPT = "kept"
    BROKEN = "broken"


@dataclass(frozen=True, slots=True, kw_only=True)
class Promise:
    """The customer has said when they will pay."""

    amount: Money
    on: date
    invoice_id: int | None = None
    state: PromiseState = PromiseState.OPEN
    id: int = 0
    customer_id: int = 0
    made_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Balance:
    """A customer's account at an instant: what is owed and since when, what is on its way, what is left.

    ``amount`` is the sum of the postings; positive is owed to us.
    """

    customer_id: int
    customer_name: str
    at: datetime
    today: date
    amount: Money
    invoices: tuple[OpenInvoice, ...]
    """All that are open, the oldest due first."""
    standing: CreditStanding
    promise: Promise | None = None

    @property
    def aging(self) -> Aging:
        return aging(self.invoices, self.today)

    @property
    def overdue(self) -> tuple[OpenInvoice, ...]:
        return tuple(each for each in self.invoices if each.is_overdue(self.today))

    @property
    def upcoming(self) -> tuple[OpenInvoice, ...]:
        """What is due next: all invoices of the first day that is still to come."""
        later = [each for each in self.invoices if not each.is_overdue(self.today)]
        return tuple(each for each in later if each.due_on == later[0].due_on)
