"""What a customer thinks after a delivery (rule R13): when they are asked, what an answer means, and NPS."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from domain.calendar import today_in_tehran
from domain.customers import Preferences
from domain.push_rules import PushRules
from domain.quiet_hours import next_allowed, shared_hours

BEST = 10
LEAST_ANSWERS = 5
"""Fewer answers than that say nothing: «داده کافی نیست»."""


class Opinion(StrEnum):
    """What a score from 0 to 10 makes of whoever gave it."""

    PROMOTER = "promoter"
    PASSIVE = "passive"
    DETRACTOR = "detractor"


def opinion_of(score: int) -> Opinion:
    if score >= 9:
        return Opinion.PROMOTER
    return Opinion.PASSIVE if score >= 7 else Opinion.DETRACTOR


class SurveyState(StrEnum):
    DUE = "due"
    ASKED = "asked"
    ANSWERED = "answered"
    EXPIRED = "expired"
    SKIPPED = "skipped"


class NotAsked(StrEnum):
    """Why somebody was never asked about a delivery."""

    TOO_SOON = "too_soon"
    OFF = "off"
    UNREACHABLE = "unreachable"


class SurveyReason(StrEnum):
    """What was good, what could be better, or what went wrong."""

    ON_TIME = "on_time"
    OFFERS = "offers"
    PEOPLE = "people"
    EASY = "easy"
    TIMING = "timing"
    STOCK = "stock"
    PRICE = "price"
    PACKING = "packing"
    LATE = "late"
    SHORT = "short"
    DAMAGED = "damaged"
    INVOICE = "invoice"
    RUDE = "rude"
    OTHER = "other"
    """Said in own words."""
    NONE = "none"
    """Asked, and left out."""


_R = SurveyReason
REASONS: dict[Opinion, tuple[SurveyReason, ...]] = {
    Opinion.PROMOTER: (_R.ON_TIME, _R.OFFERS, _R.PEOPLE, _R.EASY),
    Opinion.PASSIVE: (_R.TIMING, _R.STOCK, _R.PRICE, _R.PACKING),
    Opinion.DETRACTOR: (_R.LATE, _R.SHORT, _R.DAMAGED, _R.INVOICE, _R.RUDE, _R.PRICE),
}
"""What is offered as a button after such a score, in this order."""


class Again(StrEnum):
    """What somebody says when what they complained of was settled."""

    GLAD = "glad"
    SO_SO = "so_so"
    NOT_YET = "not_yet"


@dataclass(frozen=True, slots=True, kw_only=True)
class Survey:
    """One question about one delivery, to the contact who ordered it."""

    id: int
    order_id: int
    order_number: int
    customer_id: int
    customer_name: str
    contact_id: int
    contact_name: str
    state: SurveyState
    delivered_at: datetime
    due_at: datetime
    asked_at: datetime | None = None
    expires_at: datetime | None = None
    score: int | None = None
    reason: SurveyReason | None = None
    comment: str | None = None
    answered_at: datetime | None = None
    asked_again_at: datetime | None = None
    again: Again | None = None

    @property
    def opinion(self) -> Opinion | None:
        return None if self.score is None else opinion_of(self.score)

    def is_open(self, now: datetime) -> bool:
        """Whether it was asked and may be answered for the first time."""
        is_asked = self.state is SurveyState.ASKED and self.expires_at is not None
        return is_asked and self.expires_at is not None and now < self.expires_at

    def may_change(self, now: datetime, rules: PushRules) -> bool:
        """Whether what was answered may still be answered otherwise."""
        return self.answered_at is not None and now < self.answered_at + timedelta(hours=rules.change_hours)


def first_moment(
    delivered_at: datetime, wanted: Preferences, rules: PushRules, holidays: Collection[date]
) -> datetime:
    """When that delivery is asked about: a day after it, in hours that the company and the contact allow."""
    after = delivered_at + timedelta(hours=rules.survey_after_hours)
    return next_allowed(after, shared_hours(rules.survey_hours, wanted.hours), holidays)


def gap_days(wanted: Preferences, rules: PushRules) -> int:
    """So many days apart this contact is asked; 0 is after each delivery, which one may wish for."""
    return 0 if wanted.surveys else rules.min_gap_days


def is_too_soon(last_asked: datetime | None, now: datetime, gap: int) -> bool:
    """Days are counted, not hours: seven days later at the same time is not too soon."""
    if last_asked is None or gap <= 0:
        return False
    return (today_in_tehran(now) - today_in_tehran(last_asked)).days < gap


@dataclass(frozen=True, slots=True, kw_only=True)
class Nps:
    """How many said what."""

    promoters: int = 0
    passives: int = 0
    detractors: int = 0

    @property
    def count(self) -> int:
        return self.promoters + self.passives + self.detractors

    @property
    def is_enough(self) -> bool:
        return self.count >= LEAST_ANSWERS

    @property
    def score(self) -> int | None:
        """Percent of promoters less percent of detractors, as a whole number; None where it says nothing."""
        if not self.is_enough:
            return None
        # Rounded half away from zero, so that turning every opinion round turns the sign and nothing else.
        twice = 200 * (self.promoters - self.detractors)
        rounded = (abs(twice) + self.count) // (2 * self.count)
        return rounded if twice >= 0 else -rounded


def nps_of(scores: Iterable[int]) -> Nps:
    opinions = [opinion_of(score) for score in scores]
    return Nps(
        promoters=opinions.count(Opinion.PROMOTER),
        passives=opinions.count(Opinion.PASSIVE),
        detractors=opinions.count(Opinion.DETRACTOR),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    customer_id: int
    contact_id: int
    score: int
    at: datetime


def values_of(answers: Iterable[Answer]) -> dict[int, int]:
    """What each customer thinks: the last answer of each of its contacts, and of several their mean."""
    last: dict[tuple[int, int], int] = {}
    for each in sorted(answers, key=lambda answer: answer.at):
        last[each.customer_id, each.contact_id] = each.score
    scores: dict[int, list[int]] = defaultdict(list)
    for (customer_id, _contact), score in last.items():
        scores[customer_id].append(score)
    return {customer_id: mean_score(sum(found), len(found)) for customer_id, found in scores.items()}


def mean_score(total: int, count: int) -> int:
    """The mean as a whole score, half a point up."""
    return (2 * total + count) // (2 * count)


def nps_by_customer(answers: Iterable[Answer]) -> Nps:
    """Each customer counts once, however many of its people have answered."""
    return nps_of(values_of(answers).values())
