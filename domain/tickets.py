"""Something that has to be put right for a customer, until they are told how."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum

from domain.money import Money
from domain.push_rules import PushRules
from domain.staff import Staff
from domain.working_time import working_hours_later


class TicketKind(StrEnum):
    SURVEY = "survey"


class TicketState(StrEnum):
    OPEN = "open"
    SOLVED = "solved"
    """The customer was told how; their word on it may still come."""
    CLOSED = "closed"


NEXT_STATES: dict[TicketState, frozenset[TicketState]] = {
    TicketState.OPEN: frozenset({TicketState.SOLVED}),
    TicketState.SOLVED: frozenset({TicketState.CLOSED, TicketState.OPEN}),
    TicketState.CLOSED: frozenset(),
}

SERIES, FIRST_NUMBER = "dispute", 1_001
"""Tickets of every kind share one series of numbers: a number that a customer names is found once."""
UNSAID = "unsaid"
"""The subject of a ticket as long as nobody has said what was wrong."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ticket:
    """``subject`` is the reason that was given, ``text`` are the customer's own words."""

    id: int
    number: int
    kind: TicketKind = TicketKind.SURVEY
    customer_id: int
    customer_name: str = ""
    contact_id: int | None = None
    contact_name: str = ""
    mobile: str | None = None
    order_id: int | None = None
    order_number: int | None = None
    survey_id: int | None = None
    score: int | None = None
    """What was answered when that was the cause."""
    subject: str = UNSAID
    text: str = ""
    photo_id: int | None = None
    owner_id: int | None = None
    owner_name: str = ""
    state: TicketState = TicketState.OPEN
    is_urgent: bool = False
    due_at: datetime
    outcome: str | None = None
    created_at: datetime
    version: int = 0

    def is_overdue(self, now: datetime) -> bool:
        return self.state is TicketState.OPEN and self.due_at < now


@dataclass(frozen=True, slots=True, kw_only=True)
class TicketNote:
    """What has happened to a ticket: a colleague's words, or one of the customer's steps (``facts``)."""

    who: str
    text: str
    at: datetime
    facts: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class EarlierAnswer:
    """What the same customer said about another delivery."""

    order_number: int
    score: int
    reason: str | None
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class TicketHistory:
    """All that helps to answer: what was done, what this customer said before, and their other tickets."""

    ticket: Ticket
    notes: tuple[TicketNote, ...]
    answers: tuple[EarlierAnswer, ...]
    others: tuple[Ticket, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Earned:
    """What was earned from a customer since a day, from goods whose cost is known."""

    margin: Money
    since: datetime


def deadline(now: datetime, rules: PushRules, holidays: Collection[date], *, is_key: bool) -> datetime:
    """Until when somebody calls; whoever has an account manager hears from us within hours of work."""
    if is_key:
        return working_hours_later(now, rules.key_ticket_hours, holidays)
    return now + timedelta(hours=rules.ticket_hours)


def least_busy(people: Sequence[Staff], open_by_owner: Mapping[int, int]) -> Staff | None:
    """Who has the fewest open tickets; of several who came first."""
    return min(people, key=lambda each: (open_by_owner.get(each.id, 0), each.id), default=None)


LEAST_DAYS, MONTH_DAYS = 30, 30
MARGIN_DAYS = 90
"""What a customer earns us in a month is taken from so many days."""


def monthly_margin(earned: Earned | None, now: datetime) -> Money | None:
    """A month's share; a customer who came only lately is not spread over days before that."""
    if earned is None:
        return None
    days = min(MARGIN_DAYS, max(LEAST_DAYS, (now - earned.since).days + 1))
    return Money(earned.margin.rials * MONTH_DAYS // days)
