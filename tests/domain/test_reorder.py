"""Rule R18."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.dates import jalali
from domain.reorder import MOST_DAYS, BoughtOn, Lateness, Rhythm, rhythm_of, usual_lines
from tests.domain.test_orders import a_line, an_order

DAYS = tuple(jalali(1405, month, day) for month, day in ((6, 2), (6, 16), (7, 1), (7, 13), (7, 28), (8, 12)))
TODAY = jalali(1405, 8, 30)


def of(*days: date) -> Rhythm | None:
    return rhythm_of(BoughtOn(day=day) for day in days)


def known(*days: date) -> Rhythm:
    rhythm = of(*days)
    assert rhythm is not None
    return rhythm


def test_the_worked_example() -> None:
    gaps = [(after - before).days for before, after in pairwise(DAYS)]
    assert gaps == [14, 16, 12, 15, 14]
    rhythm = known(*DAYS)
    assert (rhythm.typical, rhythm.spread) == (14, 1)
    assert rhythm.next_on == jalali(1405, 8, 26)
    assert rhythm.days_since(TODAY) == 18
    assert round(float(rhythm.ratio(TODAY)), 2) == 1.29
    assert rhythm.lateness(TODAY) is Lateness.DUE
    assert rhythm.lost_after == jalali(1405, 9, 24)
    assert (rhythm.lost_after - rhythm.last_on).days == 42


@pytest.mark.parametrize(
    ("days", "state"),
    [
        (13, Lateness.NORMAL),
        (14, Lateness.DUE),
        (20, Lateness.DUE),
        (21, Lateness.LATE),
        (27, Lateness.LATE),
        (28, Lateness.AT_RISK),
        (42, Lateness.AT_RISK),
        (43, Lateness.LOST),
    ],
)
def test_how_far_behind_somebody_is(days: int, state: Lateness) -> None:
    assert known(*DAYS).lateness(DAYS[-1] + timedelta(days=days)) is state


def test_after_ninety_days_everybody_is_lost() -> None:
    rarely = known(*(TODAY + timedelta(days=60 * n) for n in range(4)))
    last = rarely.last_on
    assert rarely.lateness(last + timedelta(days=MOST_DAYS)) is Lateness.LATE
    assert rarely.lateness(last + timedelta(days=MOST_DAYS + 1)) is Lateness.LOST
    assert rarely.lost_after == last + timedelta(days=MOST_DAYS)


def test_three_orders_say_nothing() -> None:
    assert of(*DAYS[:3]) is None
    assert of(*DAYS[:4]) is not None


def test_orders_of_two_days_running_are_one() -> None:
    twice = [each for day in DAYS for each in (day, day + timedelta(days=1))]
    assert known(*twice) == known(*DAYS)
    assert of(*(DAYS[0] + timedelta(days=n // 2) for n in range(6))) is None


def test_who_orders_every_day_has_a_rhythm_all_the_same() -> None:
    assert known(*(TODAY + timedelta(days=n) for n in range(20))).typical == 2


def test_newer_gaps_count_more() -> None:
    days = [TODAY]
    for gap in (30, 30, 30, 10, 10, 10):
        days.append(days[-1] + timedelta(days=gap))
    assert known(*days).typical == 10


def test_what_was_bought_in_plenty_lasts_longer_but_not_for_ever() -> None:
    def bought(last: int) -> Rhythm:
        quantities = (12, 12, 12, 12, 12, last)
        found = rhythm_of(
            (BoughtOn(day=day, quantity=units) for day, units in zip(DAYS, quantities, strict=True)),
            by_quantity=True,
        )
        assert found is not None
        return found

    assert bought(12).next_on == jalali(1405, 8, 26)
    assert bought(18).factor == Fraction(3, 2)
    assert bought(18).next_on == DAYS[-1] + timedelta(days=21)
    assert bought(120).next_on == DAYS[-1] + timedelta(days=28)
    assert bought(1).next_on == DAYS[-1] + timedelta(days=7)


def test_it_is_told_one_working_day_before() -> None:
    rhythm = known(*DAYS)
    assert rhythm.next_on.weekday() == 1
    assert rhythm.told_from(()) == jalali(1405, 8, 25)
    assert rhythm.told_from({jalali(1405, 8, 25)}) == jalali(1405, 8, 24)
    on_saturday = replace(rhythm, last_on=rhythm.last_on - timedelta(days=3))
    assert on_saturday.next_on.weekday() == 5
    assert on_saturday.told_from(()).weekday() == 3


@given(st.lists(st.integers(0, 700), min_size=1, max_size=60))
def test_any_orders_make_a_rhythm_of_possible_days_or_none(offsets: list[int]) -> None:
    rhythm = of(*(TODAY + timedelta(days=each) for each in offsets))
    if rhythm is not None:
        assert 2 <= rhythm.typical <= 700
        assert 0 <= rhythm.spread <= 700
        assert rhythm.last_on <= TODAY + timedelta(days=max(offsets))
        assert rhythm.last_on < rhythm.next_on


def test_the_usual_goods_are_those_of_every_second_order() -> None:
    orders = (
        an_order(a_line(1, 12), a_line(2, 6)),
        an_order(a_line(1, 24), a_line(3, 5)),
        an_order(a_line(1, 12), a_line(2, 10)),
        an_order(a_line(2, 8, later=8)),
    )
    usual = usual_lines(orders)
    assert {(line.product_id, line.quantity, line.later) for line in usual} == {(1, 12, 0), (2, 8, 0)}


def test_who_buys_something_else_each_time_gets_the_last_order() -> None:
    orders = tuple(an_order(a_line(number, number)) for number in range(1, 6))
    assert usual_lines(orders) == orders[0].paid_lines
    assert usual_lines(()) == ()
