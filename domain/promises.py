"""When a customer says that they will pay: which days are offered, what is taken, and how it is judged."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from domain.balances import OpenInvoice, Promise, PromiseState
from domain.calendar import ONE_DAY, is_working_day, next_working_day
from domain.money import Money, Rate
from domain.push_rules import PushRules
from domain.reminder_errors import (
    AlreadyPromised,
    DayTooFar,
    NoMorePromises,
    NothingOwed,
    PromisedTooLittle,
    PromisedTooMuch,
)

OFFERED = 3


def silent_until(promised_on: date, holidays: Collection[date]) -> date:
    """The last day on which nothing is said of it; on the next one it is judged."""
    return next_working_day(promised_on + ONE_DAY, holidays)


def offered_days(today: date, holidays: Collection[date], most_days: int) -> tuple[date, ...]:
    """Every other working day that is still to come."""
    ahead = (today + timedelta(days=days) for days in range(1, most_days + 1))
    return tuple(day for day in ahead if is_working_day(day, holidays))[1::2][:OFFERED]


def least_promise(owed: Money, rules: PushRules) -> Money:
    return owed.share(Rate(rules.least_promise_percent * 100))


@dataclass(frozen=True, slots=True, kw_only=True)
class Promisable:
    """An invoice about which something is to be promised, and what was promised of it before."""

    invoice: OpenInvoice
    known: Sequence[Promise]
    today: date
    rules: PushRules
    days: tuple[date, ...] = ()
    """Those that are offered."""

    def require_open(self) -> None:
        """Refuse where nothing (more) can be promised."""
        if self.invoice.open.rials <= 0:
            raise NothingOwed
        for each in self.known:
            if each.state is PromiseState.OPEN:
                raise AlreadyPromised(each.on)
        if len(self.known) >= self.rules.most_promises:
            raise NoMorePromises(self.rules.most_promises)

    def require_day(self, day: date) -> None:
        if not self.today <= day <= self.today + timedelta(days=self.rules.most_promise_days):
            raise DayTooFar(self.rules.most_promise_days)

    def require_amount(self, amount: Money) -> None:
        least = least_promise(self.invoice.open, self.rules)
        if amount < least:
            raise PromisedTooLittle(least)
        if amount > self.invoice.open:
            raise PromisedTooMuch(self.invoice.open)


def judged(promise: Promise, settled: Money, is_paid: bool) -> PromiseState:
    """``settled`` since it was made, of what it was about; ``is_paid``: nothing of the invoice is open."""
    return PromiseState.KEPT if is_paid or settled >= promise.amount else PromiseState.BROKEN


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptRatio:
    """How many of the promises that were judged were kept."""

    kept: int
    broken: int

    @property
    def judged(self) -> int:
        return self.kept + self.broken

    @property
    def rate(self) -> Rate | None:
        """None while nothing was judged."""
        if not self.judged:
            return None
        return Rate((self.kept * 1_000 // self.judged + 5) // 10 * 100)


@dataclass(frozen=True, slots=True, kw_only=True)
class PromiseLine:
    """A promise as our people list it."""

    promise: Promise
    customer_name: str
    invoice_number: int | None
