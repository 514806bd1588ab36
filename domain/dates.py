"""Days as people type them: «۱۵ دی», «۱۴۰۵/۱۰/۱۵», «پریروز», «سه‌شنبه», «۴۵ روز دیگه», «آخر دی»."""

from __future__ import annotations

import re
from datetime import date, timedelta
from enum import StrEnum

from persiantools.jdatetime import JalaliDate

from domain.errors import NotADay
from domain.numerals import AND, of_words, plainly

LONGEST_TEXT = 60
GRACE = timedelta(days=31)
"""A day that lies so little on the other side was not meant in another year."""
_YEARS = range(1380, 1451)
_GREGORIAN = range(2001, 2072)
_MOST_AHEAD = 3_700

_MONTHS = {
    "فروردین": 1, "اردیبهشت": 2, "خرداد": 3, "تیر": 4, "مرداد": 5, "امرداد": 5, "شهریور": 6, "مهر": 7,
    "ابان": 8, "اذر": 9, "دی": 10, "بهمن": 11, "اسفند": 12,
}  # fmt: skip
_WEEKDAYS = {"دوشنبه": 0, "سهشنبه": 1, "چهارشنبه": 2, "پنجشنبه": 3, "جمعه": 4, "شنبه": 5, "یکشنبه": 6}
_RELATIVE = {
    "امروز": 0, "الان": 0, "today": 0, "دیروز": -1, "yesterday": -1, "پریروز": -2,
    "فردا": 1, "tomorrow": 1, "پس فردا": 2, "پسفردا": 2,
}  # fmt: skip
_AHEAD = frozenset({"دیگر", "دیگه", "بعد", "اینده"})
_BACK = frozenset({"پیش", "قبل", "گذشته"})
_DIRECTIONS = dict.fromkeys(_AHEAD, 1) | dict.fromkeys(_BACK, -1)
_WEEKS = {"این هفته": 0, "همین هفته": 0} | {f"هفته {word}": way for word, way in _DIRECTIONS.items()}
SATURDAY = 5
_COUNTED = frozenset({"دیگر", "دیگه", "پیش"})
"""«دو ماه دیگه» counts months; «۲۰ ماه بعد» is a day of the next month, and «۲ ماه بعد» could be either."""
_ORDINALS = {"اول": 1, "یکم": 1, "دوم": 2, "سوم": 3}
_OF_FIVE = re.compile(r"\b(یک|دو|سه|چهار|چار|پنج) ?شنبه\b")
_NUMERIC = re.compile(r"(?:([0-9]{4}|[0-9]{2})([/.-]))?([0-9]{1,2})([/.-])([0-9]{1,2})")
_YEAR_LAST = re.compile(r"([0-9]{1,2})([/.-])([0-9]{1,2})\2([0-9]{4})")
_COMPACT = re.compile(r"([0-9]{4})([0-9]{2})([0-9]{2})")
_UNJOINED = re.compile(r"(?<=[0-9])(?=[^\W\d_])|(?<=[^\W\d_])(?=[0-9])")


class Leaning(StrEnum):
    """Where a day without its year lies: a cheque falls due, a payment was made."""

    PAST = "past"
    NEAREST = "nearest"
    FUTURE = "future"


def typed_day(text: str, today: date, leaning: Leaning = Leaning.NEAREST) -> date:
    """The day that was typed; refused when it names none, or one that does not exist."""
    text = " ".join(plainly(text[: LONGEST_TEXT + 1]).strip(" .،,!؟\n").split())
    if not 0 < len(text) <= LONGEST_TEXT:
        raise NotADay
    text = _OF_FIVE.sub(lambda found: found[1].replace("چار", "چهار") + "شنبه", text)
    try:
        for reader in _READERS:
            day = reader(text, today, leaning)
            if day is not None:
                return day
    except (ValueError, OverflowError):
        raise NotADay from None
    raise NotADay


def jalali(year: int, month: int, day: int) -> date:
    """That day of the Jalali calendar; ValueError when there is none."""
    return JalaliDate(year, month, day).to_gregorian()


def month_length(year: int, month: int) -> int:
    return JalaliDate.days_in_month(month, year)


def months_later(day: date, months: int) -> date:
    """The same day so many Jalali months later, or the last day of a shorter month."""
    start = JalaliDate.to_jalali(day)
    year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    return jalali(year, month + 1, min(start.day, month_length(year, month + 1)))


def _relative(text: str, today: date, _leaning: Leaning) -> date | None:
    if text in _RELATIVE:
        return today + timedelta(days=_RELATIVE[text])
    words = text.split()
    if len(words) < 3 or words[-1] not in _DIRECTIONS or words[-2] not in {"روز", "هفته", "ماه"}:
        return None
    many = _count(words[:-2])
    if many is None or many > _MOST_AHEAD:
        return None
    many *= _DIRECTIONS[words[-1]]
    if words[-2] == "ماه":
        return months_later(today, many) if words[-1] in _COUNTED else None
    return today + timedelta(days=many * (7 if words[-2] == "هفته" else 1))


def _in_digits(text: str, today: date, leaning: Leaning) -> date | None:
    text = text.replace(" / ", "/").replace(" - ", "-")
    if found := _COMPACT.fullmatch(text):
        return _of_year(*(int(part) for part in found.groups()))
    if found := _YEAR_LAST.fullmatch(text):
        return _of_year(int(found[4]), int(found[3]), int(found[1]))
    found = _NUMERIC.fullmatch(text)
    if found is None or (found[2] or found[4]) != found[4]:
        return None
    first, second = int(found[3]), int(found[5])
    if found[1] is not None:
        year = int(found[1])
        return _of_year(year if year > 99 else year + (1400 if year < 50 else 1300), first, second)
    # The month stands first, as in a whole date; only where it cannot, the day does.
    month, day = (second, first) if first > 12 else (first, second)
    return _nearest(month, day, today, leaning)


def _of_year(year: int, month: int, day: int) -> date | None:
    if year in _YEARS:
        return jalali(year, month, day)
    return date(year, month, day) if year in _GREGORIAN else None


def _of_month(text: str, today: date, leaning: Leaning) -> date | None:
    """«۱۵ دی», «سه‌شنبه ۱۵ دی ماه ۱۴۰۵», «آخر دی», «۱۵ برج ۱۰», «۲۰ ماه بعد»."""
    words = _UNJOINED.sub(" ", text).split()
    weekday = _WEEKDAYS.get(words[0])
    if weekday is not None:
        words = words[1:]
    year = None
    if len(words) > 2 and words[-1].isdigit() and int(words[-1]) in _YEARS and words[-2] != "برج":
        year = int(words.pop())
        if words[-1] == "سال":
            words.pop()
    month, year, words = _month(words, year, today)
    if month is None or not words:
        return None
    guessed = _last_of(month, year, today, leaning) if words in (["اخر"], ["پایان"]) else None
    if guessed is None:
        number = _count(words)
        if number is None:
            return None
        guessed = _nearest(month, number, today, leaning) if year is None else jalali(year, month, number)
    if weekday is not None and guessed.weekday() != weekday:
        return None
    return guessed


def _month(words: list[str], year: int | None, today: date) -> tuple[int | None, int | None, list[str]]:
    """The month at the end, its year where that is said with it, and the words before it."""
    now = JalaliDate.to_jalali(today)
    if words[-2:-1] == ["برج"] and words[-1].isdigit() and 1 <= int(words[-1]) <= 12:
        return int(words[-1]), year, words[:-2]
    if words[-2:] in (["این", "ماه"], ["همین", "ماه"]):
        return now.month, now.year, words[:-2]
    if words[-2:-1] == ["ماه"] and words[-1] in _DIRECTIONS:
        if words[0].isdigit() and int(words[0]) <= 12:
            return None, None, []
        there = JalaliDate.to_jalali(months_later(today, _DIRECTIONS[words[-1]]))
        return there.month, there.year, words[:-2]
    if words[-1:] == ["ماه"]:
        words = words[:-1]
    return (_MONTHS.get(words[-1]) if words else None), year, words[:-1]


def _of_week(text: str, today: date, leaning: Leaning) -> date | None:
    """«شنبه» is the next one, or the last one where the past is meant; today is said as «امروز»."""
    weekday, *said = text.split()
    if weekday not in _WEEKDAYS:
        return None
    weeks = _WEEKS.get(" ".join(said))
    if weeks is not None:
        # The week begins on Saturday.
        began = today - timedelta(days=(today.weekday() - SATURDAY) % 7)
        return began + timedelta(days=7 * weeks + (_WEEKDAYS[weekday] - SATURDAY) % 7)
    if said and (len(said) > 1 or said[0] not in _DIRECTIONS):
        return None
    direction = _DIRECTIONS[said[0]] if said else -1 if leaning is Leaning.PAST else 1
    away = (_WEEKDAYS[weekday] - today.weekday()) * direction % 7 or 7
    return today + timedelta(days=away * direction)


def _nearest(month: int, day: int, today: date, leaning: Leaning) -> date:
    """That day of the year that is meant. Nobody means one that is eleven months away the wrong way."""
    this = JalaliDate.to_jalali(today).year
    there = [found for year in range(this - 4, this + 5) if (found := _if_there(year, month, day))]
    if leaning is Leaning.FUTURE:
        return min(found for found in there if found >= today - GRACE)
    if leaning is Leaning.PAST:
        return max(found for found in there if found <= today + GRACE)
    return min(there, key=lambda found: abs(found - today))


def _last_of(month: int, year: int | None, today: date, leaning: Leaning) -> date:
    if year is None:
        year = JalaliDate.to_jalali(_nearest(month, 28, today, leaning)).year
    return jalali(year, month, month_length(year, month))


def _if_there(year: int, month: int, day: int) -> date | None:
    try:
        return jalali(year, month, day)
    except ValueError:
        return None


def _count(words: list[str]) -> int | None:
    """«۱۵», «۱۵م», «پانزدهم», «سی ام», «بیست و یکم», «اول»."""
    if words and words[-1] in {"ام", "م"}:
        words = words[:-1]
    if len(words) == 1 and words[0].isdigit() and len(words[0]) < 5:
        return int(words[0])
    if not words:
        return None
    last = _ORDINALS.get(words[-1])
    if last is not None:
        tens = of_words([*words[:-2]]) if len(words) > 2 and words[-2] == AND else 0
        return None if tens is None or (len(words) == 2) else tens + last
    number = of_words(words)
    return number if number is not None else of_words([*words[:-1], words[-1].removesuffix("م")])


_READERS = (_relative, _in_digits, _of_month, _of_week)
