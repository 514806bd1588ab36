"""What a company decided about messages that nobody asked for; what it did not decide is as usual."""

from __future__ import annotations

from dataclasses import dataclass, fields

from domain.quiet_hours import Hours, hours_of, hours_text

PREFIX = "push."
"""Kept among the company's settings as ``push.<field>``."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PushRules:
    """Amounts in rials, hours in Tehran."""

    reminder_hours: Hours = ((9, 13), (16, 20))
    promotion_hours: Hours = ((9, 13), (16, 21))
    survey_hours: Hours = ((9, 13), (16, 20))
    promotions_a_week: int = 2
    """A contact hears at most so many promotions in seven days (MSG-04)."""
    second_manager_above: int = 1_000
    """More recipients than this need a second manager (S5)."""
    overdue_days_spared: int = 30
    """A shop that is overdue longer than this gets no promotions unless the manager says so."""
    holdout_percent: int = 10
    holdout_least: int = 30
    """Rule R15: a holdout of so many percent, at least so many shops."""
    window_days: int = 7
    """An order within so many days of the message counts for it."""
    least_reminder_rials: int = 5_000_000
    """Debts below this are not reminded of (R7: 500,000 toman)."""
    reminders_a_week: int = 3
    most_promise_days: int = 10
    least_promise_percent: int = 10
    most_promises: int = 2
    """Rule R7: a promise is at most so far off, of at least so much, and so often for one invoice."""
    survey_after_hours: int = 24
    survey_expires_hours: int = 72
    min_gap_days: int = 7
    """Rule R13: a contact is asked at most once in so many days; 0 asks after each delivery."""
    change_hours: int = 24
    """So long an answer may be changed."""
    referral_gift_rials: int = 5_000_000
    """Who sends us a shop gets so much with its first purchase, and so does the shop (S7.2); 0: nothing."""
    referral_free_rials: int = 5_000_000
    """A gift of more than this waits for a manager."""
    ticket_hours: int = 48
    """A detractor hears from us within so many hours."""
    key_ticket_hours: int = 4
    """The same for whoever has an account manager; these are hours of work (NPS-02)."""


def rules_of(kept: dict[str, object]) -> PushRules:
    """From what is kept, by field name; unknown names are left alone."""
    known = {each.name: each for each in fields(PushRules)}
    values: dict[str, object] = {}
    for name, value in kept.items():
        if name in known:
            values[name] = hours_of(value) if isinstance(value, str) else value
    return PushRules(**values)  # type: ignore[arg-type]


def kept_value(value: Hours | int) -> str | int:
    """As it is kept: hours as text, numbers as they are."""
    return value if isinstance(value, int) else hours_text(value)
