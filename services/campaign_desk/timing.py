"""When: which times are offered, and what is proposed instead of a quiet hour."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from domain.actors import Actor
from domain.calendar import TEHRAN, today_in_tehran
from domain.campaign_errors import TimePassed
from domain.errors import NotFound
from domain.quantities import typed
from domain.quiet_hours import next_allowed
from domain.staff import Role
from storage.unit_of_work import UnitOfWork

AHEAD = timedelta(days=60)
ONE_DAY = timedelta(days=1)
AFTERNOON, MORNING = time(17), time(10)
MINUTES = 60
MOST_MINUTE = 24 * MINUTES


@dataclass(frozen=True, slots=True, kw_only=True)
class Start:
    """A moment as a button says it: the day, and the minute of it."""

    day: int
    minute: int


def moment_of(start: Start, zone: datetime) -> datetime:
    """That minute of that day in Tehran, in the zone of ``zone``; a forged one is refused."""
    if start.minute >= MOST_MINUTE:
        raise NotFound
    hour, minute = divmod(start.minute, MINUTES)
    there = datetime.combine(date.fromordinal(start.day), time(hour, minute), TEHRAN)
    return there.astimezone(zone.tzinfo)


async def offered_starts(uow: UnitOfWork, actor: Actor, now: datetime) -> tuple[datetime, ...]:
    """This afternoon and tomorrow morning, or the next time after it when anything may be told."""
    actor.require_staff(Role.MANAGER)
    today = today_in_tehran(now)
    asked = (datetime.combine(today, AFTERNOON, TEHRAN), datetime.combine(today + ONE_DAY, MORNING, TEHRAN))
    allowed = [await _allowed(uow, each.astimezone(now.tzinfo)) for each in asked if each > now]
    return tuple(dict.fromkeys(allowed))


async def proposed_instead(uow: UnitOfWork, actor: Actor, at: datetime, now: datetime) -> datetime | None:
    """The next time that is not quiet; None where this one is not. The past is refused."""
    actor.require_staff(Role.MANAGER)
    if at <= now:
        raise TimePassed
    proposed = await _allowed(uow, at)
    return None if proposed == at else proposed


async def _allowed(uow: UnitOfWork, at: datetime) -> datetime:
    rules, today = await uow.company.push_rules(), today_in_tehran(at)
    holidays = await uow.calendars.list_holidays(today, today + AHEAD)
    return next_allowed(at, rules.promotion_hours, holidays)


def typed_speed(text: str) -> int:
    """So many a minute."""
    return typed(text).number
