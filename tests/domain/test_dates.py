from __future__ import annotations

from datetime import date

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from persiantools.jdatetime import JalaliDate

from domain.dates import Leaning, jalali, month_length, months_later, typed_day
from domain.errors import NotADay

TODAY = jalali(1405, 8, 30)
"""A Saturday of the story."""


@pytest.mark.parametrize(
    ("text", "year", "month", "day"),
    [
        ("۱۵ دی", 1405, 10, 15),
        ("15 دی", 1405, 10, 15),
        ("۱۵دی", 1405, 10, 15),
        ("۱۵ دی ماه", 1405, 10, 15),
        ("۱۵ دی‌ماه ۱۴۰۵", 1405, 10, 15),
        ("۱۵ دی سال ۱۴۰۶", 1406, 10, 15),
        ("سه‌شنبه ۱۵ دی", 1405, 10, 15),
        ("سه شنبه ۱۵ دی ۱۴۰۵", 1405, 10, 15),
        ("۱۵م دی", 1405, 10, 15),
        ("۱۵ ام دی", 1405, 10, 15),
        ("پانزده دی", 1405, 10, 15),
        ("پانزدهم دی", 1405, 10, 15),
        ("سی‌ام آبان", 1405, 8, 30),
        ("بیست و یکم آذر", 1405, 9, 21),
        ("بیست و سوم آذر", 1405, 9, 23),
        ("سوم آذر", 1405, 9, 3),
        ("اول آذر", 1405, 9, 1),
        ("آخر دی", 1405, 10, 30),
        ("پایان اسفند ۱۴۰۸", 1408, 12, 30),
        ("آخر اسفند", 1405, 12, 29),
        ("۱۵ برج ۱۰", 1405, 10, 15),
        ("۲۰ همین ماه", 1405, 8, 20),
        ("۵ ماه دیگه", 1406, 1, 30),
        ("پنج این ماه", 1405, 8, 5),
        ("۲۰ ماه آینده", 1405, 9, 20),
        ("بیستم ماه بعد", 1405, 9, 20),
        ("آخر ماه بعد", 1405, 9, 30),
        ("۱۴۰۵/۱۰/۱۵", 1405, 10, 15),
        ("1405-10-15", 1405, 10, 15),
        ("۱۴۰۵.۱۰.۱۵", 1405, 10, 15),
        ("۰۵/۱۰/۱۵", 1405, 10, 15),
        ("۹۹/۱/۲", 1399, 1, 2),
        ("۱۵/۱۰/۱۴۰۵", 1405, 10, 15),
        ("14051015", 1405, 10, 15),
        ("۱۰/۱۵", 1405, 10, 15),
        ("۱۵/۱۰", 1405, 10, 15),
        ("2027-01-05", 1405, 10, 15),
        ("امروز", 1405, 8, 30),
        ("ديروز", 1405, 8, 29),
        ("پریروز", 1405, 8, 28),
        ("فردا", 1405, 9, 1),
        ("پس‌فردا", 1405, 9, 2),
        ("۴۵ روز دیگه", 1405, 10, 15),
        ("چهل و پنج روز دیگر", 1405, 10, 15),
        ("دو ماه دیگه", 1405, 10, 30),
        ("یک هفته پیش", 1405, 8, 23),
        ("۱۰ روز قبل", 1405, 8, 20),
        ("دوشنبه", 1405, 9, 2),
        ("سه‌شنبه", 1405, 9, 3),
        ("چارشنبه", 1405, 9, 4),
        ("شنبه", 1405, 9, 7),
        ("شنبه قبل", 1405, 8, 23),
        ("جمعه گذشته", 1405, 8, 29),
        ("سه شنبه هفته بعد", 1405, 9, 10),
        ("سه شنبه همین هفته", 1405, 9, 3),
    ],
)  # fmt: skip
def test_days_are_read_as_people_type_them(text: str, year: int, month: int, day: int) -> None:
    found = JalaliDate.to_jalali(typed_day(text, TODAY))
    assert (found.year, found.month, found.day) == (year, month, day)


@pytest.mark.parametrize(
    "text",
    [
        "", " ", "دی", "۳۱ دی", "۳۰ اسفند ۱۴۰۵", "۰ دی", "۱۵", "۱۵ دیماه بعد", "1405/13/01", "1405/1/32",
        "12/31/12",
        "دوشنبه ۱۵ دی", "سلام", "۱۵ دی ۱۲ میلیون", "۱۵-۱۰/۱۴۰۵", "۹۹۹۹۹ روز دیگه", "۱۲۳۴ دی", "0000-00-00",
        "1305/01/01", "شنبه شنبه", "۱۵ برج ۱۳", "x" * 500, "روز دیگه", "دوازده دوازده دی", "۱۰/۴۰", "/",
        "ماه بعد", "۲ ماه بعد", "۵ ماه آینده",
    ],
)  # fmt: skip
def test_what_names_no_day_is_refused(text: str) -> None:
    with pytest.raises(NotADay):
        typed_day(text, TODAY)


@pytest.mark.parametrize(
    ("text", "leaning", "expected"),
    [
        ("۱ مهر", Leaning.PAST, (1405, 7, 1)),
        ("۱ مهر", Leaning.NEAREST, (1405, 7, 1)),
        ("۱ مهر", Leaning.FUTURE, (1406, 7, 1)),
        ("۲۵ آبان", Leaning.FUTURE, (1405, 8, 25)),
        ("۲ آذر", Leaning.PAST, (1405, 9, 2)),
        ("۱۵ دی", Leaning.PAST, (1404, 10, 15)),
        ("۱۵ دی", Leaning.FUTURE, (1405, 10, 15)),
        ("۳۰ اسفند", Leaning.FUTURE, (1408, 12, 30)),
        ("شنبه", Leaning.PAST, (1405, 8, 23)),
        ("آخر مهر", Leaning.PAST, (1405, 7, 30)),
    ],
)
def test_a_year_that_is_not_said_is_the_sensible_one(
    text: str, leaning: Leaning, expected: tuple[int, int, int]
) -> None:
    assert typed_day(text, TODAY, leaning) == jalali(*expected)


def test_a_month_later_is_the_same_day_or_the_last_one() -> None:
    assert months_later(jalali(1405, 6, 31), 1) == jalali(1405, 7, 30)
    assert months_later(jalali(1405, 12, 5), 1) == jalali(1406, 1, 5)
    assert months_later(jalali(1405, 1, 31), -1) == jalali(1404, 12, month_length(1404, 12))


@given(st.dates(date(2010, 1, 1), date(2070, 1, 1)))
def test_every_written_day_is_read_back(day: date) -> None:
    there = JalaliDate.to_jalali(day)
    for text in (f"{there:%Y/%m/%d}", f"{there.day}/{there.month}/{there.year}"):
        assert typed_day(text, TODAY) == day


@given(st.text(max_size=70))
@example("٣٠ اسفند ۱۴۰۸\u200f")
def test_any_text_is_a_day_or_refused(text: str) -> None:
    try:
        found = typed_day(text, TODAY)
    except NotADay:
        return
    assert isinstance(found, date)
