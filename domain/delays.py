"""An order that does not come on the day that was promised (S1.22)."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from domain.addresses import typed
from domain.calendar import HORIZON, ONE_DAY, WORKING_WEEKDAYS, Route, is_working_day
from domain.errors import NoDeliveryDay, NotHours
from domain.numerals import plainly
from domain.orders import Order, OrderStatus

LATE = frozenset({OrderStatus.APPROVED, OrderStatus.PICKING, OrderStatus.LOADED})
"""What the warehouse has in its hands can be late; and only that."""
MOST_REASON = 120
_HOURS = re.compile(r"([0-9]{1,2})[^0-9:]{1,9}([0-9]{1,2})(?![0-9:])")


class DelayReason(StrEnum):
    """What a tap says; another reason is typed."""

    VEHICLE = "vehicle"
    ROAD = "road"
    WEATHER = "weather"
    GOODS = "goods"


class DelayAnswer(StrEnum):
    FINE = "fine"
    OTHER_DAY = "other_day"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True, kw_only=True)
class DelayWord:
    """What is said of one order, or of all orders of a route: why, and when they come instead."""

    reason: str
    """One of ``DelayReason``, or what was typed."""
    deliver_on: date
    from_hour: int
    until_hour: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Delay:
    """One word about one order. ``was_on`` is the day that was promised when it was said."""

    id: int
    order_id: int
    was_on: date
    word: DelayWord
    told_at: datetime
    answer: DelayAnswer | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LateOrder:
    """What is needed of an order to say that it is late."""

    id: int
    number: int
    customer_id: int
    contact_id: int | None
    status: OrderStatus
    deliver_on: date
    version: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RouteDay:
    """What one route has to bring on one day."""

    route_id: int
    name: str
    day: date
    count: int


def typed_reason(text: str | None) -> str:
    """On one line, without the full stop that the sentence sets itself."""
    return typed((text or "").strip().rstrip(".。؟?!،, "), MOST_REASON)


def typed_hours(text: str | None) -> tuple[int, int]:
    """«۹ تا ۱۲»."""
    found = _HOURS.search(plainly((text or "")[:60]))
    if found is None:
        raise NotHours
    return require_hours(int(found[1]), int(found[2]))


def require_hours(first: int, last: int) -> tuple[int, int]:
    if not 6 <= first < last <= 23:
        raise NotHours
    return first, last


def require_later(day: date, was_on: date, today: date, holidays: Collection[date]) -> None:
    """The new day is a working one after the day that was promised, and not behind us."""
    is_later = day > was_on and today <= day <= today + timedelta(days=HORIZON)
    if not is_later or not is_working_day(day, holidays):
        raise NoDeliveryDay


def days_after(
    after: date,
    today: date,
    holidays: Collection[date],
    how_many: int,
    weekdays: Collection[int] = WORKING_WEEKDAYS,
) -> tuple[date, ...]:
    """The next working days after that one, from today on; those of a route by its weekdays."""
    found: list[date] = []
    day = max(after + ONE_DAY, today)
    for _step in range(HORIZON):
        if len(found) == how_many:
            break
        if day.weekday() in weekdays and is_working_day(day, holidays):
            found.append(day)
        day += ONE_DAY
    return tuple(found)


def hours_of(order: Order, route: Route, newest: Delay | None) -> tuple[int, int]:
    """Between which hours it comes: as was said last, if that was about this day, else as the route goes."""
    if newest is not None and newest.word.deliver_on == order.deliver_on:
        return newest.word.from_hour, newest.word.until_hour
    return route.from_hour, route.until_hour


def promised_on(deliver_on: date, delays: Iterable[Delay]) -> date:
    """The day by which an order is judged (OTIF): our own delays do not move it, the customer's wish does.

    ``delays`` are those of the order, oldest first; ``deliver_on`` is its day now.
    """
    promise: date | None = None
    for each in delays:
        promise = promise or each.was_on
        if each.answer is DelayAnswer.OTHER_DAY:
            promise = None
    return promise or deliver_on
