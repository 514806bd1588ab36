"""Cheques together: what a customer sees of theirs, what finance has on the desk, and what they sum up to."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from domain.instruments import Cheque
from domain.money import ZERO, Money, total
from domain.ras import DueAmount, Ras, ras

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
