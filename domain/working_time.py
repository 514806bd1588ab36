"""Hours in which people of ours are at work: what is promised «تا ۲ ساعت کاری» ends in one of them."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime, time, timedelta

from domain.calendar import HORIZON, TEHRAN, is_working_day

OPENS, CLOSES, CLOSES_ON_THURSDAY = time(8), time(17), time(13)
THURSDAY = 3


def closing(day: date) -> time:
    return CLOSES_ON_THURSDAY if day.weekday() == THURSDAY else CLOSES


def working_hours_later(now: datetime, hours: float, holidays: Collection[date]) -> datetime:
    """When so many hours of work will have passed; what comes at night waits for the morning."""
    left = timedelta(hours=hours)
    day = now.astimezone(TEHRAN).date()
    for _ahead in range(HORIZON):
        if is_working_day(day, holidays):
            begins = max(now, datetime.combine(day, OPENS, TEHRAN))
            open_for = max(datetime.combine(day, closing(day), TEHRAN) - begins, timedelta())
            if left <= open_for:
                return (begins + left).astimezone(now.tzinfo)
            left -= open_for
        day += timedelta(days=1)
    return now + timedelta(days=HORIZON)
