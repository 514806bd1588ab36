"""When something that nobody asked for may be told: allowed hours, no Fridays, no holidays (R7, R13)."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime, time, timedelta

from domain.calendar import HORIZON, ONE_DAY, TEHRAN, is_working_day

Hours = tuple[tuple[int, int], ...]
"""Spans of whole hours in Tehran, the end not included, sorted: ((9, 13), (16, 20))."""

USUAL_HOURS: Hours = ((9, 13), (16, 20))


def is_quiet(at: datetime, hours: Hours, holidays: Collection[date]) -> bool:
    """Whether nothing unasked may be told now."""
    there = at.astimezone(TEHRAN)
    if not is_working_day(there.date(), holidays):
        return True
    return not any(first <= there.hour < last for first, last in hours)


def next_allowed(at: datetime, hours: Hours, holidays: Collection[date]) -> datetime:
    """That moment where it is allowed, else the first one after it; in the zone of ``at``.

    Without any allowed hours the usual ones hold, so that nothing waits for ever.
    """
    there, spans = at.astimezone(TEHRAN), hours or USUAL_HOURS
    day = there.date()
    for _ in range(HORIZON):
        if is_working_day(day, holidays):
            for first, last in spans:
                opens = datetime.combine(day, time(first), TEHRAN)
                closes = opens + timedelta(hours=last - first)
                if there < closes:
                    return max(opens, there).astimezone(at.tzinfo)
        day += ONE_DAY
    return at


def shared_hours(one: Hours, other: Hours) -> Hours:
    """The hours that both allow, e.g. a company's and a person's; the first's where they share none."""
    shared = tuple(
        (max(first, from_hour), min(last, until_hour))
        for first, last in one
        for from_hour, until_hour in other
        if max(first, from_hour) < min(last, until_hour)
    )
    return shared or one


def hours_of(text: str) -> Hours:
    """«9-13,16-20», as preferences and company settings keep it."""
    spans = (span.split("-") for span in text.split(",") if span)
    return tuple(sorted((int(first), int(last)) for first, last in spans))


def hours_text(hours: Hours) -> str:
    return ",".join(f"{first}-{last}" for first, last in hours)
