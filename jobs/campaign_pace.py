"""When promotions may go out: allowed hours and days, a contact's own hours, a campaign's gradual speed."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from domain.calendar import HORIZON
from domain.push_rules import PushRules
from domain.quiet_hours import is_quiet, next_allowed, shared_hours
from storage.recipients import Going, Leased
from storage.unit_of_work import UnitOfWork

MINUTE = timedelta(minutes=1)
UNLIMITED = 1_000_000


@dataclass(frozen=True, slots=True)
class Day:
    """What was decided about promotions, and which days are free."""

    rules: PushRules
    holidays: frozenset[date]

    def is_quiet(self, now: datetime) -> bool:
        return is_quiet(now, self.rules.promotion_hours, self.holidays)

    def opens_for(self, to: Leased, now: datetime) -> datetime:
        """When this contact may hear promotions: now, or later."""
        hours = self.rules.promotion_hours
        return next_allowed(now, shared_hours(hours, to.hours) if to.hours else hours, self.holidays)


async def the_day(uow: UnitOfWork, now: datetime) -> Day:
    today = now.date()
    span = (today - timedelta(days=1), today + timedelta(days=HORIZON))
    return Day(await uow.company.push_rules(), await uow.calendars.list_holidays(*span))


class Pace:
    """How many more of a gradual campaign may go out: evenly, never above its number in any minute."""

    def __init__(self) -> None:
        self._went: dict[int, deque[datetime]] = {}
        self._next: dict[int, datetime] = {}

    def room(self, campaign: Going, now: datetime) -> int:
        if campaign.per_minute is None:
            return UNLIMITED
        went = self._went.setdefault(campaign.id, deque())
        while went and went[0] <= now - MINUTE:
            went.popleft()
        # What was missed is caught up on, but no further back than the minute.
        first = max(self._next.get(campaign.id, now), now - MINUTE)
        self._next[campaign.id] = first
        due = int((now - first) / MINUTE * campaign.per_minute) + 1 if first <= now else 0
        return max(0, min(campaign.per_minute - len(went), due))

    def note(self, campaign: Going, count: int, now: datetime) -> None:
        if campaign.per_minute is not None and count:
            self._went[campaign.id].extend([now] * count)
            self._next[campaign.id] += count * MINUTE / campaign.per_minute
