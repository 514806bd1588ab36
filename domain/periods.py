"""Spans of days as statements know them: Jalali months, and what a person types."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from persiantools.jdatetime import JalaliDate

from domain.dates import Leaning, jalali, month_length, months_later, typed_day
from domain.errors import NotADay
from domain.persian import search_key

_NAMES = "فروردین؛ اردیبهشت؛ خرداد؛ تیر؛ مرداد؛ شهریور؛ مهر؛ آبان؛ آذر؛ دی؛ بهمن؛ اسفند"
_MONTHS = {search_key(name): number for number, name in enumerate(_NAMES.split("؛"), start=1)}
_UNTIL = re.compile(r"\s+(?:تا|الی|until|to)\s+")
_FROM = re.compile(r"^\s*(?:از|from)\s+")
LAST_MONTHS = 3


@dataclass(frozen=True, slots=True)
class Period:
    """From the first to the last of these days, both counted."""

    first: date
    last: date

    @property
    def is_month(self) -> bool:
        """Whether it is exactly one Jalali month."""
        return self == month_of(self.first)


def month_of(day: date) -> Period:
    """The Jalali month in which that day lies."""
    of = JalaliDate.to_jalali(day)
    return Period(jalali(of.year, of.month, 1), jalali(of.year, of.month, month_length(of.year, of.month)))


def this_month(today: date) -> Period:
    return month_of(today)


def last_month(today: date) -> Period:
    return month_of(months_later(month_of(today).first, -1))


def last_months(today: date) -> Period:
    """This month and the two before it."""
    return Period(months_later(month_of(today).first, 1 - LAST_MONTHS), month_of(today).last)


def typed_period(text: str, today: date) -> Period:
    """«مهر», «۱ مهر تا ۱۵ آبان», «از ۱ مهر»; refused when it names no days, or the last before the first."""
    parts = _UNTIL.split(_FROM.sub("", text.strip()))
    if len(parts) == 1:
        month = _MONTHS.get(search_key(parts[0]))
        if month is not None:
            return _latest(month, today)
        parts.append("")
    if len(parts) != 2:
        raise NotADay
    first = typed_day(parts[0], today, Leaning.PAST)
    last = typed_day(parts[1], today, Leaning.PAST) if parts[1] else today
    if not first <= last:
        raise NotADay
    return Period(first, last)


def _latest(month: int, today: date) -> Period:
    """The last such month that has begun."""
    now = JalaliDate.to_jalali(today)
    return month_of(jalali(now.year if month <= now.month else now.year - 1, month, 1))
