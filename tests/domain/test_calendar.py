from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.calendar import (
    EVERY_DAY,
    TEHRAN,
    Route,
    cutoff,
    delivery_days,
    is_late,
    is_working_day,
    missed_today,
    next_working_day,
    previous_working_day,
    today_in_tehran,
)

WEST = Route(id=1, name="غرب ۳", weekdays=frozenset({5, 0, 2}))
SATURDAY, SUNDAY = date(2026, 11, 21), date(2026, 11, 22)
MONDAY, WEDNESDAY, THURSDAY, FRIDAY = (SATURDAY + timedelta(days=n) for n in (2, 4, 5, 6))
HALF_PAST_MIDNIGHT = datetime(2026, 11, 20, 21, 0, tzinfo=UTC)

days = st.dates(date(2025, 1, 1), date(2028, 12, 31))
holiday_sets = st.frozensets(st.dates(date(2026, 10, 1), date(2027, 3, 1)), max_size=20)
instants = st.datetimes(datetime(2026, 10, 10), datetime(2027, 2, 1), timezones=st.just(UTC))  # noqa: DTZ001
routes = st.builds(
    Route,
    id=st.just(1),
    name=st.just("غرب"),
    weekdays=st.frozensets(st.integers(0, 6), min_size=1),
    cutoff_minutes=st.integers(0, 24 * 60 - 1),
    is_strict=st.booleans(),
)


def tehran(day: date, hour: int, minute: int = 0) -> datetime:
    return datetime.combine(day, time(hour, minute), TEHRAN)


def test_the_worked_example_of_the_rule() -> None:
    """R22: at half past midnight on Saturday its cut-off has passed (on Thursday): Monday and Wednesday."""
    assert today_in_tehran(HALF_PAST_MIDNIGHT) == SATURDAY
    assert delivery_days(WEST, HALF_PAST_MIDNIGHT, frozenset()) == (MONDAY, WEDNESDAY)
    assert missed_today(WEST, HALF_PAST_MIDNIGHT, frozenset()) == SATURDAY
    assert cutoff(WEST, MONDAY, frozenset()) == tehran(SUNDAY, 17)


def test_the_cutoff_of_a_saturday_is_on_thursday() -> None:
    next_saturday = SATURDAY + timedelta(days=7)
    assert cutoff(WEST, next_saturday, frozenset()) == tehran(THURSDAY, 17)


def test_the_last_minute_still_counts_and_the_next_does_not() -> None:
    assert delivery_days(WEST, tehran(SUNDAY, 16, 59), frozenset())[0] == MONDAY
    assert delivery_days(WEST, tehran(SUNDAY, 17), frozenset())[0] == WEDNESDAY
    assert is_late(WEST, MONDAY, tehran(SUNDAY, 17), frozenset())


def test_a_holiday_moves_both_the_day_and_the_cutoff() -> None:
    assert delivery_days(WEST, HALF_PAST_MIDNIGHT, {MONDAY})[0] == WEDNESDAY
    assert cutoff(WEST, WEDNESDAY, {MONDAY, MONDAY + timedelta(days=1)}) == tehran(SUNDAY, 17)


def test_nothing_was_missed_on_a_day_without_delivery() -> None:
    assert missed_today(WEST, tehran(SUNDAY, 12), frozenset()) is None
    assert missed_today(WEST, HALF_PAST_MIDNIGHT, {SATURDAY}) is None


def test_a_route_that_is_not_strict_takes_orders_until_the_day_begins() -> None:
    easy = Route(id=1, name="غرب", weekdays=WEST.weekdays, is_strict=False)
    late = tehran(SUNDAY, 23)
    assert delivery_days(easy, late, frozenset())[0] == MONDAY
    assert is_late(easy, MONDAY, late, frozenset())
    assert delivery_days(easy, tehran(MONDAY, 0, 1), frozenset())[0] == WEDNESDAY


def test_an_outlet_without_a_route_gets_any_working_day() -> None:
    assert delivery_days(EVERY_DAY, tehran(THURSDAY, 18), frozenset(), 1) == (THURSDAY + timedelta(days=3),)


def test_a_route_that_never_goes_has_no_days() -> None:
    assert delivery_days(Route(id=1, name="-", weekdays=frozenset()), HALF_PAST_MIDNIGHT, frozenset()) == ()


@pytest.mark.parametrize(("day", "following"), [(THURSDAY, THURSDAY), (FRIDAY, FRIDAY + timedelta(days=1))])
def test_friday_is_no_working_day(day: date, following: date) -> None:
    assert next_working_day(day, frozenset()) == following


@given(days, holiday_sets)
def test_there_is_no_working_day_between_a_day_and_its_next_or_previous_one(
    day: date, holidays: frozenset[date]
) -> None:
    after, before = next_working_day(day, holidays), previous_working_day(day, holidays)
    assert before < day <= after
    assert is_working_day(after, holidays)
    assert is_working_day(before, holidays)
    between = [before + timedelta(days=n) for n in range(1, (after - before).days)]
    assert not any(is_working_day(each, holidays) for each in between if each != day)


@given(routes, instants, holiday_sets, st.integers(1, 5))
def test_delivery_days_are_the_first_that_the_route_can_keep(
    route: Route, now: datetime, holidays: frozenset[date], how_many: int
) -> None:
    found = delivery_days(route, now, holidays, how_many)
    assert list(found) == sorted(set(found))
    assert len(found) <= how_many
    for day in found:
        assert day.weekday() in route.weekdays
        assert is_working_day(day, holidays)
        assert day > today_in_tehran(now)
        assert not route.is_strict or now < cutoff(route, day, holidays)
    if route.is_strict and found:
        early = today_in_tehran(now)
        skipped = [early + timedelta(days=n) for n in range((found[0] - early).days)]
        for day in skipped:
            goes = day.weekday() in route.weekdays and is_working_day(day, holidays)
            assert not goes or is_late(route, day, now, holidays)


@given(routes, instants, holiday_sets)
def test_waiting_never_brings_an_earlier_day(route: Route, now: datetime, holidays: frozenset[date]) -> None:
    first = delivery_days(route, now, holidays)
    later = delivery_days(route, now + timedelta(hours=7), holidays)
    assert not first or not later or first[0] <= later[0]
