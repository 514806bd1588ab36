"""What customers think as managers read it: by week, month or quarter, and by route, kind or visitor."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from persiantools.jdatetime import JalaliDate

from domain.calendar import TEHRAN
from domain.customers import CustomerKind
from domain.dates import jalali, months_later
from domain.periods import Period, month_of
from domain.surveys import Nps, SurveyReason

WEEK, ONE_DAY = timedelta(days=7), timedelta(days=1)
SATURDAY = 5
SEASON = 3
POINTS = 6
"""So many spans one after another are shown as a trend."""
MOST_BACK = 400


class NpsSpan(StrEnum):
    WEEK = "w"
    MONTH = "m"
    QUARTER = "q"


class NpsPart(StrEnum):
    """By what the answers are taken apart."""

    NONE = "-"
    ROUTE = "r"
    KIND = "k"
    VISITOR = "v"


def span_of(span: NpsSpan, today: date, back: int = 0) -> Period:
    """The week (from Saturday), Jalali month or season of that day, or one that many before it."""
    back = min(max(back, 0), MOST_BACK)
    match span:
        case NpsSpan.WEEK:
            first = today - timedelta(days=(today.weekday() - SATURDAY) % 7) - back * WEEK
            return Period(first, first + WEEK - ONE_DAY)
        case NpsSpan.MONTH:
            return month_of(months_later(month_of(today).first, -back))
        case NpsSpan.QUARTER:
            of = JalaliDate.to_jalali(today)
            begins = jalali(of.year, (of.month - 1) // SEASON * SEASON + 1, 1)
            first = months_later(begins, -SEASON * back)
            return Period(first, months_later(first, SEASON) - ONE_DAY)


def instants_of(period: Period) -> tuple[datetime, datetime]:
    """From the first minute of its first day to the first minute after it, in Tehran."""
    first = datetime.combine(period.first, time(), TEHRAN)
    return first, datetime.combine(period.last + ONE_DAY, time(), TEHRAN)


@dataclass(frozen=True, slots=True, kw_only=True)
class Loop:
    """Unhappy answers of the span that became tickets, and how many of these customers were told the end."""

    tickets: int = 0
    closed: int = 0
    in_time: int = 0
    glad: int = 0

    @property
    def percent(self) -> int | None:
        return None if not self.tickets else round(100 * self.closed / self.tickets)


@dataclass(frozen=True, slots=True, kw_only=True)
class NpsComment:
    customer_name: str
    order_number: int
    score: int
    reason: SurveyReason | None
    words: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class NpsAnswer:
    """One answer with all that it is counted by."""

    customer_name: str
    contact_name: str
    order_number: int
    kind: CustomerKind
    route: str | None
    visitor: str | None
    score: int
    reason: SurveyReason | None
    words: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class NpsReport:
    """``groups`` are named by route, kind or visitor; None is for answers that have none."""

    span: NpsSpan
    back: int
    part: NpsPart
    period: Period
    all: Nps
    by_customer: Nps
    asked: int = 0
    loop: Loop = field(default_factory=Loop)
    reasons: Mapping[SurveyReason, int] = field(default_factory=dict)
    """Why the unhappy ones were unhappy."""
    groups: tuple[tuple[str | None, Nps], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class NpsPoint:
    period: Period
    nps: Nps
