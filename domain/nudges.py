"""A word to somebody who usually orders about now (S4.5): when it may come, and what is answered."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from domain.calendar import next_working_day, previous_working_day
from domain.reorder import Lateness, Rhythm

MOST_UNASKED = 2
"""Of one missed order so many words come by themselves: before it is due, and once more when it is late."""
LATER_DAYS = 3


class NudgeAnswer(StrEnum):
    FILLED = "filled"
    NOT_NOW = "not_now"
    LATER = "later"


class NudgeReason(StrEnum):
    """Why nothing is needed now."""

    STOCK = "stock"
    ELSEWHERE = "elsewhere"
    PRICE = "price"
    UNSAID = "unsaid"


@dataclass(frozen=True, slots=True, kw_only=True)
class Nudge:
    id: int
    customer_id: int
    contact_id: int
    last_order_id: int
    round: int
    due_on: date
    sent_on: date
    answer: NudgeAnswer | None = None
    reason: NudgeReason | None = None
    remind_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Regular:
    """Somebody with nothing on the way: how often they order, and what they were told so far."""

    customer_id: int
    last_order_id: int
    last_contact_id: int | None
    rhythm: Rhythm
    told: tuple[Nudge, ...] = ()
    """All words they ever heard, oldest first."""

    @property
    def told_now(self) -> tuple[Nudge, ...]:
        """Those since their last order."""
        return tuple(each for each in self.told if each.last_order_id == self.last_order_id)


def looks_on(regular: Regular, today: date, holidays: Collection[date]) -> date | None:
    """The first day, from today on, on which a word may come (rule R18); None: not before they order.

    What was asked for comes on its day, once. An answer ends it until the next order; who is lost is not
    nudged any more, and two words lie at least half the usual time apart.
    """
    rhythm, told = regular.rhythm, regular.told_now
    if told and told[-1].remind_on is not None:
        return max(told[-1].remind_on, today)
    if _has_ended(told):
        return None
    first = max(rhythm.told_from(holidays), today)
    if regular.told:
        first = max(first, regular.told[-1].sent_on + timedelta(days=rhythm.apart))
    return None if rhythm.lateness(first) is Lateness.LOST else first


def is_due(regular: Regular, today: date, holidays: Collection[date]) -> bool:
    """Whether a word about it may come today."""
    return looks_on(regular, today, holidays) == today


def _has_ended(told: Sequence[Nudge]) -> bool:
    was_asked = any(each.remind_on is not None for each in told)
    return bool(told) and (was_asked or told[-1].answer is not None or len(told) >= MOST_UNASKED)


def later(today: date, holidays: Collection[date]) -> date:
    """«۳ روز دیگر»."""
    return next_working_day(today + timedelta(days=LATER_DAYS), holidays)


def when_used_up(today: date, apart: int, holidays: Collection[date]) -> date:
    """There is some left: the next word comes half the usual time later, one working day before."""
    return max(previous_working_day(today + timedelta(days=apart), holidays), today + timedelta(days=1))
