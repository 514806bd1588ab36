"""Cheques together: what a customer sees of theirs, what finance has on the desk, and what they sum up to."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from fractions import Fraction

from persiantools.jdatetime import JalaliDate

from domain.drawers import ChequeRecord, DrawerDecision
from domain.instruments import Cheque, ChequeState
from domain.money import ZERO, Money, total
from domain.ras import DueAmount, Ras, credit_days, ras

DAYS_AFTER_SATURDAY = {5: 0, 6: 1, 0: 2, 1: 3, 2: 4, 3: 5, 4: 6}


@dataclass(frozen=True, slots=True, kw_only=True)
class ChequeTotals:
    """A customer's cheques that are not paid yet, and those that came back and are not settled."""

    uncleared_count: int = 0
    uncleared: Money = ZERO
    bounced_count: int = 0
    bounced: Money = ZERO
    last_bounced_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ChequeList:
    """What a customer sees of the own cheques (S3.4): those under way, and how the others did this year."""

    today: date
    cheques: tuple[Cheque, ...]
    announced: tuple[Cheque, ...] = ()
    bounced: tuple[Cheque, ...] = ()
    cleared_count: int = 0
    bounced_count: int = 0
    has_reminders: bool = True

    @property
    def amount(self) -> Money:
        return total(each.amount for each in self.cheques)

    @property
    def ras(self) -> Ras | None:
        return ras_of(self.today, self.cheques)

    @property
    def all(self) -> tuple[Cheque, ...]:
        """As they are numbered on the screen."""
        return (*self.cheques, *self.announced, *self.bounced)


@dataclass(frozen=True, slots=True)
class PaidInvoice:
    """What of a cheque went to one invoice."""

    number: int
    issued_on: date
    amount: Money


@dataclass(frozen=True, slots=True, kw_only=True)
class ChequeView:
    """One cheque with what it pays for."""

    cheque: Cheque
    paid: tuple[PaidInvoice, ...] = ()

    @property
    def credit_days(self) -> Fraction | None:
        """From the average day of the invoices that it pays to its own; None when it pays none."""
        bought = ras(self.cheque.due_on, (DueAmount(each.amount, each.issued_on) for each in self.paid))
        due = ras_of(self.cheque.due_on, (self.cheque,))
        return None if bought is None or due is None else credit_days(due, bought)

    @property
    def is_for_earlier(self) -> bool:
        """It pays invoices of months before the one in which it was received («مانده قبلی»)."""
        received = self.cheque.received_on
        return (
            bool(self.paid)
            and received is not None
            and all(_month(each.issued_on) < _month(received) for each in self.paid)
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class ChequeCard:
    """One cheque as finance sees it: what it pays, how the customer's others did, and who may do what."""

    view: ChequeView
    record: ChequeRecord
    decision: DrawerDecision | None = None
    """What the company does with a drawer of that colour; None until the colour is known."""
    is_finance: bool = True
    is_stopped: bool = False
    """Selling to the customer on credit is stopped."""

    @property
    def cheque(self) -> Cheque:
        return self.view.cheque

    @property
    def waits_for_manager(self) -> bool:
        waits = self.cheque.state is ChequeState.ANNOUNCED and self.decision is DrawerDecision.MANAGER
        return waits and not self.cheque.is_drawer_approved


class DeskPart(StrEnum):
    """What finance has to look at."""

    LATE = "late"
    """The bank's day has passed, and nobody has said what became of it."""
    TODAY = "today"
    WEEK = "week"
    ANNOUNCED = "announced"
    RECEIVED = "received"
    DEPOSITED = "deposited"
    ENDORSED = "endorsed"
    BOUNCED = "bounced"


@dataclass(frozen=True, slots=True)
class PartSum:
    count: int
    amount: Money


@dataclass(frozen=True, slots=True, kw_only=True)
class ChequePage:
    """One page of a part of the desk; pages count from 1."""

    part: DeskPart
    cheques: tuple[Cheque, ...]
    total: PartSum
    page: int
    pages: int


def ras_of(start: date, cheques: Iterable[Cheque]) -> Ras | None:
    """By the written days: the bank's days are for cash flow only."""
    return ras(start, (DueAmount(each.amount, each.due_on) for each in cheques))


def last_of_week(day: date) -> date:
    """The Friday of that day's week; weeks begin on Saturday."""
    return day + timedelta(days=6 - DAYS_AFTER_SATURDAY[day.weekday()])


def bank_day(cheque: Cheque) -> date | None:
    """The day on which banks pay it, where that is not the written one."""
    return None if cheque.effective_due == cheque.due_on else cheque.effective_due


def _month(day: date) -> tuple[int, int]:
    jalali = JalaliDate.to_jalali(day)
    return jalali.year, jalali.month


def day_in_month(day: date, after: date) -> int | None:
    """The number of a day in the month of the other; None when it lies in another month."""
    return JalaliDate.to_jalali(day).day if _month(day) == _month(after) else None
