"""The levels of reminders as finance keeps them: their days, and which are off."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from domain.actors import Actor
from domain.calendar import today_in_tehran
from domain.errors import NotFound
from domain.reminder_errors import LevelOutOfOrder
from domain.reminders import FARTHEST_AFTER, FARTHEST_BEFORE, LEVELS, Ladder, Level
from domain.staff import Role
from services.reminders import LADDER, ladder
from storage.unit_of_work import UnitOfWork

LOOKING = (Role.FINANCE, Role.MANAGER)


async def open_levels(uow: UnitOfWork, actor: Actor) -> tuple[Ladder, bool]:
    """The levels, and whether this person may change them."""
    staff = actor.require_staff(*LOOKING)
    return await ladder(uow), staff.role is Role.FINANCE


async def level_to_change(uow: UnitOfWork, actor: Actor, number: int) -> tuple[Level, tuple[int, int]]:
    """A level whose day is about to be typed, and between which days it can lie."""
    actor.require_staff(Role.FINANCE)
    now = await ladder(uow)
    if number >= len(LEVELS):
        raise NotFound
    return now.at(number), now.bounds(number)


async def set_days(uow: UnitOfWork, actor: Actor, number: int, days: int, now: datetime) -> Ladder:
    """So many days after the due day, or before it; levels keep their order."""
    level, (first, last) = await level_to_change(uow, actor, number)
    if not first <= days <= last:
        raise LevelOutOfOrder(first, last)
    return await _keep(uow, actor, level, replace(level, days=days), now)


async def switch(uow: UnitOfWork, actor: Actor, number: int, now: datetime, *, is_on: bool) -> Ladder:
    level, _bounds = await level_to_change(uow, actor, number)
    return await _keep(uow, actor, level, replace(level, is_on=is_on), now)


async def _keep(uow: UnitOfWork, actor: Actor, was: Level, level: Level, now: datetime) -> Ladder:
    """Invoices that the change can concern are planned anew."""
    staff = actor.require_staff(Role.FINANCE)
    changed = (await ladder(uow)).with_level(level)
    if level == was:
        return changed
    await uow.company.decide(LADDER, changed.facts(), now, staff.id)
    facts = {
        "level": level.number,
        "old": {"days": was.days, "on": was.is_on},
        "new": {"days": level.days, "on": level.is_on},
    }
    await uow.audit.write(actor, "reminders.level", "company", None, now, facts)
    today = today_in_tehran(now)
    first, last = today - timedelta(days=FARTHEST_AFTER), today - timedelta(days=FARTHEST_BEFORE)
    await uow.reminders.replan(first, last)
    return changed
