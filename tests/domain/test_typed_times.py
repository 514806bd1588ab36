"""Moments as people type them."""

from __future__ import annotations

from datetime import datetime

import pytest

from domain.calendar import TEHRAN
from domain.typed_times import NotAMoment, typed_moment
from tests.conftest import NOW


@pytest.mark.parametrize(
    ("text", "day", "hour", "minute"),
    [
        ("۳ آذر ۱۰:۳۰", (2026, 11, 24), 10, 30),
        ("۳ آذر، ساعت ۱۰", (2026, 11, 24), 10, 0),
        ("شنبه ساعت ۱۸", (2026, 11, 28), 18, 0),
        ("فردا ۶ عصر", (2026, 11, 22), 18, 0),
        ("فردا ساعت ۹ و نیم صبح", (2026, 11, 22), 9, 30),
        ("۱۷:۰۰", (2026, 11, 21), 17, 0),
        ("00:10", (2026, 11, 22), 0, 10),
        ("امروز ۱۲ ظهر", (2026, 11, 21), 12, 0),
        ("1405/09/10 16:15", (2026, 12, 1), 16, 15),
        ("دوشنبه ۹:۰۵", (2026, 11, 23), 9, 5),
        ("ساعت ۲ بعد از ظهر", (2026, 11, 21), 14, 0),
    ],
)
def test_day_and_hour_are_understood(text: str, day: tuple[int, int, int], hour: int, minute: int) -> None:
    assert typed_moment(text, NOW) == datetime(*day, hour, minute, tzinfo=TEHRAN)


@pytest.mark.parametrize(
    "text", ["", "فردا", "۲۵:۰۰", "۱۰:۷۵", "۳ آذر", "هر وقت شد", "۳۱ آذر ۱۰:۰۰", "a" * 200]
)
def test_anything_else_is_asked_again(text: str) -> None:
    with pytest.raises(NotAMoment):
        typed_moment(text, NOW)
