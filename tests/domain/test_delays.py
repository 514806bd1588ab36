from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from domain.delays import (
    Delay,
    DelayAnswer,
    DelayWord,
    days_after,
    hours_of,
    promised_on,
    require_hours,
    require_later,
    typed_hours,
    typed_reason,
)
from domain.errors import NoDeliveryDay, NotHours, TextRefused
from tests.builders.orders import MONDAY, WEDNESDAY, WEST
from tests.conftest import NOW
from tests.domain.test_orders import an_order

TUESDAY, FRIDAY = date(2026, 11, 24), date(2026, 11, 27)
WORD = DelayWord(reason="vehicle", deliver_on=TUESDAY, from_hour=9, until_hour=12)
DELAY = Delay(id=1, order_id=1, was_on=MONDAY, word=WORD, told_at=NOW)


def test_hours_are_read_as_people_write_them() -> None:
    assert typed_hours("۹ تا ۱۲") == typed_hours("ساعت 9-12") == typed_hours("9 الی 12") == (9, 12)


@pytest.mark.parametrize("text", ["", None, "صبح", "۱۲ تا ۹", "۹ تا ۹", "۲ تا ۵", "۲۰ تا ۲۶"])
def test_no_hours_of_a_day_are_refused(text: str | None) -> None:
    with pytest.raises(NotHours):
        typed_hours(text)


def test_forged_hours_are_refused() -> None:
    with pytest.raises(NotHours):
        require_hours(0, 99)


def test_a_typed_reason_is_one_line_without_its_full_stop() -> None:
    assert typed_reason(" تعمیر\nپل. ") == "تعمیر پل"
    with pytest.raises(TextRefused):
        typed_reason(".")


def test_the_new_day_is_a_working_day_after_the_promised_one() -> None:
    require_later(TUESDAY, MONDAY, MONDAY, ())
    for day in (MONDAY, MONDAY - timedelta(days=1), FRIDAY, MONDAY + timedelta(days=400)):
        with pytest.raises(NoDeliveryDay):
            require_later(day, MONDAY, MONDAY, ())
    with pytest.raises(NoDeliveryDay):
        require_later(TUESDAY, MONDAY, MONDAY, {TUESDAY})
    with pytest.raises(NoDeliveryDay):
        require_later(TUESDAY, MONDAY, WEDNESDAY, ())


def test_days_after_leave_out_fridays_holidays_and_what_is_behind_us() -> None:
    assert days_after(MONDAY, MONDAY, {TUESDAY}, 4) == tuple(date(2026, 11, day) for day in (25, 26, 28, 29))
    assert days_after(MONDAY, WEDNESDAY, (), 2, WEST.weekdays) == (WEDNESDAY, date(2026, 11, 28))


def test_a_day_that_never_comes_ends_the_search() -> None:
    assert days_after(MONDAY, MONDAY, (), 3, weekdays=()) == ()


def test_our_delays_do_not_move_the_promise_but_the_customers_wish_does() -> None:
    assert promised_on(MONDAY, ()) == MONDAY
    second = replace(DELAY, id=2, was_on=TUESDAY, word=replace(WORD, deliver_on=WEDNESDAY))
    assert promised_on(WEDNESDAY, (DELAY, second)) == MONDAY
    asked = replace(DELAY, answer=DelayAnswer.OTHER_DAY)
    assert promised_on(WEDNESDAY, (asked,)) == WEDNESDAY
    again = replace(DELAY, id=2, was_on=WEDNESDAY, word=replace(WORD, deliver_on=FRIDAY))
    assert promised_on(FRIDAY, (asked, again)) == WEDNESDAY


def test_the_hours_that_were_said_hold_for_the_day_of_which_they_were_said() -> None:
    order = replace(an_order(), deliver_on=TUESDAY)
    assert hours_of(order, WEST, DELAY) == (9, 12)
    assert hours_of(replace(order, deliver_on=WEDNESDAY), WEST, DELAY) == (10, 13)
    assert hours_of(order, WEST, None) == (10, 13)
