"""Working days, and on which day a route delivers what is ordered now (rules R1.6 and R22)."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from persiantools.jdatetime import JalaliDate

TEHRAN = ZoneInfo("Asia/Tehran")
FRIDAY = 4
ONE_DAY = timedelta(days=1)
HORIZON = 60
"""So many days ahead a delivery is looked for: longer than any run of holidays, and an end to every loop."""
WORKING_WEEKDAYS = frozenset({5, 6, 0, 1, 2, 3})


@dataclass(frozen=True, slots=True, kw_only=True)
class Route:
    """When a lorry goes round. Weekdays count from Monday, 0; minutes and hours are Tehran's.

    ``cutoff_minutes`` is the time of the previous working day until which orders are taken. A route that
    is not strict still takes an order after it, for a day that has not begun, with a warning.
    """

    id: int
    name: str
    weekdays: frozenset[int]
    cutoff_minutes: int = 17 * 60
    from_hour: int = 10
    until_hour: int = 13
    visitor_name: str | None = None
    is_strict: bool = True


EVERY_DAY = Route(id=0, name="", weekdays=WORKING_WEEKDAYS)
"""For an outlet that no route has been given yet: any working day."""


def today_in_tehran(now: datetime) -> date:
    return now.astimezone(TEHRAN).date()


def is_working_day(day: date, holidays: Collection[date]) -> bool:
    return day.weekday() != FRIDAY and day not in holidays


def next_working_day(day: date, holidays: Collection[date]) -> date:
    """That day, or the first working day after it."""
    while not is_working_day(day, holidays):
        day += ONE_DAY
    return day


def previous_working_day(day: date, holidays: Collection[date]) -> date:
    """The last working day before that day."""
    day -= ONE_DAY
    while not is_working_day(day, holidays):
        day -= ONE_DAY
    return day


def cutoff(route: Route, day: date, holidays: Collection[date]) -> datetime:
    """Until when an order for that day may be placed, changed or cancelled."""
    hour, minute = divmod(route.cutoff_minutes, 60)
    return datetime.combine(previous_working_day(day, holidays), time(hour, minute), TEHRAN)


def is_late(route: Route, day: date, now: datetime, holidays: Collection[date]) -> bool:
    """Whether the cut-off of that day has passed."""
    return now >= cutoff(route, day, holidays)


def delivery_days(
    route: Route, now: datetime, holidays: Collection[date], how_many: int = 2
) -> tuple[date, ...]:
    """The first days on which what is ordered now can be delivered; fewer when the route rarely goes."""
    found: list[date] = []
    for day in _route_days(route, today_in_tehran(now), holidays):
        if len(found) == how_many:
            break
        if _is_open(route, day, now, holidays):
            found.append(day)
    return tuple(found)


def missed_today(route: Route, now: datetime, holidays: Collection[date]) -> date | None:
    """Today, when the route delivers today but takes no more orders for it (S1.17)."""
    today = today_in_tehran(now)
    goes_today = next(_route_days(route, today, holidays), None) == today
    return today if goes_today and not _is_open(route, today, now, holidays) else None


def _is_open(route: Route, day: date, now: datetime, holidays: Collection[date]) -> bool:
    if not route.is_strict and day > today_in_tehran(now):
        return True
    return not is_late(route, day, now, holidays)


def _route_days(route: Route, first: date, holidays: Collection[date]) -> Iterator[date]:
    for ahead in range(HORIZON):
        day = first + timedelta(days=ahead)
        if day.weekday() in route.weekdays and is_working_day(day, holidays):
            yield day


@dataclass(frozen=True, slots=True, kw_only=True)
class DeliveryPlan:
    """How goods come to one outlet: where it is, its route, and the holidays around today."""

    short_address: str
    route: Route
    holidays: frozenset[date]
    has_others: bool = False
    """Its customer has other outlets too, so that it must be said which one is meant."""

    def days(self, now: datetime) -> tuple[date, ...]:
        return delivery_days(self.route, now, self.holidays)

    def missed_today(self, now: datetime) -> date | None:
        return missed_today(self.route, now, self.holidays)

    def between(self, first: int, last: int) -> DeliveryPlan:
        """The same plan for goods that come between these hours of the day."""
        return replace(self, route=replace(self.route, from_hour=first, until_hour=last))

    def cutoff(self, day: date) -> datetime:
        return cutoff(self.route, day, self.holidays)

    def is_late(self, day: date, now: datetime) -> bool:
        return is_late(self.route, day, now, self.holidays)


def year_began(now: datetime) -> datetime:
    """The first instant of the Jalali year in which that instant lies."""
    first = JalaliDate(JalaliDate.to_jalali(today_in_tehran(now)).year, 1, 1).to_gregorian()
    return datetime.combine(first, time(), TEHRAN)
