"""Which rule of the messages is changed, and within which bounds («قواعد پیام»)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from enum import StrEnum

from domain.errors import NotHours, NumberOutOfBounds
from domain.money import Money
from domain.numerals import plainly
from domain.push_rules import PushRules
from domain.quiet_hours import Hours

EARLIEST, LATEST = 6, 23
MOST_SPANS = 4
_SPAN = re.compile(r"([0-9]{1,2})[^0-9:]{1,9}([0-9]{1,2})(?![0-9:])")


class PushRule(StrEnum):
    """Each is named like its field of ``PushRules``."""

    REMINDER_HOURS = "reminder_hours"
    LEAST_REMINDER = "least_reminder_rials"
    REMINDERS_A_WEEK = "reminders_a_week"
    PROMISE_DAYS = "most_promise_days"
    PROMISE_PERCENT = "least_promise_percent"
    PROMISES = "most_promises"
    PROMOTION_HOURS = "promotion_hours"
    PROMOTIONS_A_WEEK = "promotions_a_week"
    SECOND_MANAGER = "second_manager_above"
    OVERDUE_SPARED = "overdue_days_spared"
    HOLDOUT_PERCENT = "holdout_percent"
    HOLDOUT_LEAST = "holdout_least"
    WINDOW = "window_days"
    SURVEY_HOURS = "survey_hours"
    SURVEY_AFTER = "survey_after_hours"
    SURVEY_EXPIRES = "survey_expires_hours"
    SURVEY_GAP = "min_gap_days"
    SURVEY_CHANGE = "change_hours"
    REFERRAL_GIFT = "referral_gift_rials"
    REFERRAL_FREE = "referral_free_rials"
    TICKET = "ticket_hours"
    KEY_TICKET = "key_ticket_hours"


class PushPart(StrEnum):
    REMINDERS = "due"
    PROMOTIONS = "promo"
    SURVEYS = "nps"


_R = PushRule
PARTS: Mapping[PushPart, tuple[PushRule, ...]] = {
    PushPart.REMINDERS: (
        _R.REMINDER_HOURS, _R.LEAST_REMINDER, _R.REMINDERS_A_WEEK, _R.PROMISE_DAYS, _R.PROMISE_PERCENT,
        _R.PROMISES,
    ),
    PushPart.PROMOTIONS: (
        _R.PROMOTION_HOURS, _R.PROMOTIONS_A_WEEK, _R.SECOND_MANAGER, _R.OVERDUE_SPARED, _R.HOLDOUT_PERCENT,
        _R.HOLDOUT_LEAST, _R.WINDOW,
    ),
    PushPart.SURVEYS: (
        _R.SURVEY_HOURS, _R.SURVEY_AFTER, _R.SURVEY_EXPIRES, _R.SURVEY_GAP, _R.SURVEY_CHANGE, _R.TICKET,
        _R.KEY_TICKET, _R.REFERRAL_GIFT, _R.REFERRAL_FREE,
    ),
}  # fmt: skip
AMOUNTS = frozenset({_R.LEAST_REMINDER, _R.REFERRAL_GIFT, _R.REFERRAL_FREE})
"""In rials; their owners write them in toman."""
HOURS = frozenset({_R.REMINDER_HOURS, _R.PROMOTION_HOURS, _R.SURVEY_HOURS})
BOUNDS: Mapping[PushRule, tuple[int, int]] = {
    _R.LEAST_REMINDER: (0, 10_000_000_000),
    _R.REFERRAL_GIFT: (0, 1_000_000_000),
    _R.REFERRAL_FREE: (0, 1_000_000_000),
    _R.REMINDERS_A_WEEK: (1, 7),
    _R.PROMISE_DAYS: (1, 60),
    _R.PROMISE_PERCENT: (1, 100),
    _R.PROMISES: (1, 10),
    _R.PROMOTIONS_A_WEEK: (0, 14),
    _R.SECOND_MANAGER: (0, 1_000_000),
    _R.OVERDUE_SPARED: (0, 365),
    _R.HOLDOUT_PERCENT: (0, 50),
    _R.HOLDOUT_LEAST: (0, 10_000),
    _R.WINDOW: (1, 60),
    _R.SURVEY_AFTER: (0, 240),
    _R.SURVEY_EXPIRES: (1, 720),
    _R.SURVEY_GAP: (0, 365),
    _R.SURVEY_CHANGE: (0, 240),
    _R.TICKET: (1, 240),
    _R.KEY_TICKET: (1, 48),
}


def part_of(rule: PushRule) -> PushPart:
    return next(part for part, rules in PARTS.items() if rule in rules)


def value_of(rules: PushRules, rule: PushRule) -> Hours | int:
    value: Hours | int = getattr(rules, rule.value)
    return value


def in_bounds(rule: PushRule, number: int) -> int:
    first, last = BOUNDS[rule]
    if not first <= number <= last:
        raise NumberOutOfBounds(first, last)
    return number


def typed_number(rule: PushRule, text: str | None) -> int:
    """A whole number in digits; an amount of money is read elsewhere."""
    said = plainly(text or "").strip()
    if not (said.isascii() and said.isdigit() and len(said) <= 9):
        raise NumberOutOfBounds(*BOUNDS[rule])
    return in_bounds(rule, int(said))


def amount_of(rule: PushRule, amount: Money) -> int:
    first, last = BOUNDS[rule]
    return min(max(amount.rials, first), last)


def typed_spans(text: str | None) -> Hours:
    """«۹ تا ۱۳ و ۱۶ تا ۲۰»: spans of whole hours by day, none within another."""
    spans = tuple(sorted((int(one), int(other)) for one, other in _SPAN.findall(plainly((text or "")[:200]))))
    if not 0 < len(spans) <= MOST_SPANS:
        raise NotHours
    ends = EARLIEST
    for first, last in spans:
        if not ends <= first < last <= LATEST:
            raise NotHours
        ends = last
    return spans
