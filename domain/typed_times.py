"""A moment as people type it: «۳ آذر ۱۰:۳۰», «شنبه ساعت ۱۸», «فردا ۶ عصر», «۲۲:۳۰»."""

from __future__ import annotations

import re
from datetime import datetime, time, timedelta

from domain.calendar import TEHRAN
from domain.dates import Leaning, typed_day
from domain.errors import NotADay, NotAQuantity
from domain.numerals import plainly
from domain.quantities import typed
from domain.refusal import Refusal

LONGEST_TEXT = 60
NOON = 12
HOURS = 24
_CLOCK = re.compile(r"(?<![0-9:/])([0-9]{1,2}):([0-9]{2})(?![0-9:/])")
_NAMED = re.compile(r"(?:ساعت|at)\s*([0-9]{1,2})(?![0-9:/])(\s*و\s*(?:نیم|ربع))?")
_OF_THE_DAY = re.compile(
    r"(?<![0-9:/])([0-9]{1,2})(\s*و\s*(?:نیم|ربع))?\s+(صبح|ظهر|بعد از ظهر|بعدازظهر|عصر|شب|am|pm)"
)
_PART = re.compile(r"(صبح|بعد از ظهر|بعدازظهر|ظهر|عصر|شب|\bam\b|\bpm\b)")
_MORNING = frozenset({"صبح", "am"})


class NotAMoment(Refusal):
    """What was typed names no hour of a day."""


def typed_moment(text: str, now: datetime) -> datetime:
    """The moment that was typed, in the zone of ``now``; without a day it is the next time of that hour."""
    text = " ".join(plainly(text[: LONGEST_TEXT + 1]).strip(" .،,!؟\n").replace("،", " ").split())
    if not 0 < len(text) <= LONGEST_TEXT:
        raise NotAMoment
    hour, minute, rest = _hour(text)
    there = now.astimezone(TEHRAN)
    if rest:
        try:
            day = typed_day(rest, there.date(), Leaning.FUTURE)
        except NotADay:
            raise NotAMoment from None
        at = datetime.combine(day, time(hour, minute), TEHRAN)
    else:
        at = datetime.combine(there.date(), time(hour, minute), TEHRAN)
        if at <= there:
            at += timedelta(days=1)
    return at.astimezone(now.tzinfo)


def _hour(text: str) -> tuple[int, int, str]:
    """The hour, the minute, and what is left of the text: the day."""
    part = None
    if found := _CLOCK.search(text):
        hour, minute = int(found[1]), int(found[2])
        rest = text[: found.start()] + text[found.end() :]
    elif found := (_OF_THE_DAY.search(text) or _NAMED.search(text)):
        hour, minute = int(found[1]), _minutes(found[2])
        part = found[3] if found.re is _OF_THE_DAY else None
        rest = text[: found.start()] + text[found.end() :]
    else:
        raise NotAMoment
    if part is None and (said := _PART.search(rest)):
        part = said[1]
        rest = rest[: said.start()] + rest[said.end() :]
    rest = " ".join(word for word in rest.split() if word not in {"ساعت", "at", "راس", "در", "روز"})
    hour = _of_day(hour, part)
    if hour >= HOURS or minute >= 60:
        raise NotAMoment
    return hour, minute, rest


def _minutes(said: str | None) -> int:
    if said is None:
        return 0
    return 30 if "نیم" in said else 15


def _of_day(hour: int, part: str | None) -> int:
    """«۶ عصر» is 18; «۱۲ شب» is midnight, «۱۲ ظهر» is noon."""
    if part is None or hour > NOON:
        return hour
    if part in _MORNING or (part == "شب" and hour == NOON):
        return hour % NOON
    return hour if hour == NOON or (part == "ظهر" and hour > 4) else hour + NOON


def typed_days(text: str) -> int:
    """«۴۵», «۴۵ روز», "45 days"; anything else is refused as a number is."""
    return typed(plainly(text).replace("روز", "").replace("days", "").strip()).number


_OFFSET = re.compile(r"([-−]?)\s*([0-9]{1,3})\s*(?:روز|days?)?\s*(قبل|پیش|before)?(?:\s*(?:بعد|after))?")


def typed_offset(text: str | None) -> int:
    """Days after a day, or before it where they are negative: «۵», «-۳», «۳ روز قبل»."""
    found = _OFFSET.fullmatch(plainly(text or "").strip())
    if found is None:
        raise NotAQuantity
    days = int(found[2])
    return -days if found[1] or found[3] else days
