"""The company's rules of messages that nobody asked for, and its holidays: who changes them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from domain.actors import Actor
from domain.addresses import typed
from domain.calendar import today_in_tehran
from domain.errors import NotADay, NotFound
from domain.push_rules import PREFIX, PushRules, kept_value
from domain.push_settings import PushPart, PushRule, part_of, value_of
from domain.quiet_hours import Hours
from domain.staff import Role
from storage.unit_of_work import UnitOfWork

MOST_NAME = 80
FARTHEST_YEARS = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class RulesSeen:
    rules: PushRules
    parts: tuple[PushPart, ...]
    """Those that this person may change."""


async def open_rules(uow: UnitOfWork, actor: Actor) -> RulesSeen:
    """Managers change all of them, finance those of payment reminders."""
    staff = actor.require_staff(Role.MANAGER, Role.FINANCE)
    parts = tuple(PushPart) if staff.role is Role.MANAGER else (PushPart.REMINDERS,)
    return RulesSeen(rules=await uow.company.push_rules(), parts=parts)


async def rule_to_change(uow: UnitOfWork, actor: Actor, rule: PushRule) -> Hours | int:
    """What it is now, for whoever may change it."""
    seen = await open_rules(uow, actor)
    if part_of(rule) not in seen.parts:
        raise NotFound
    return value_of(seen.rules, rule)


async def set_rule(
    uow: UnitOfWork, actor: Actor, rule: PushRule, value: Hours | int, now: datetime
) -> RulesSeen:
    """It holds from the next message on; what is in the outbox keeps its time."""
    before = await rule_to_change(uow, actor, rule)
    if value != before:
        await uow.company.decide(PREFIX + rule.value, kept_value(value), now, actor.staff_id)
        facts = {"rule": rule.value, "old": kept_value(before), "new": kept_value(value)}
        await uow.audit.write(actor, "push.rule", "company", None, now, facts)
    return await open_rules(uow, actor)


async def list_holidays(uow: UnitOfWork, actor: Actor, now: datetime) -> tuple[tuple[date, str], ...]:
    """From today on, by day, with their names."""
    actor.require_staff(Role.MANAGER)
    return await uow.calendars.list_named_holidays(today_in_tehran(now))


def require_coming(actor: Actor, day: date, now: datetime) -> date:
    """A day that has not begun, within some years."""
    actor.require_staff(Role.MANAGER)
    today = today_in_tehran(now)
    if not today < day <= today.replace(year=today.year + FARTHEST_YEARS, day=min(today.day, 28)):
        raise NotADay
    return day


async def add_holiday(uow: UnitOfWork, actor: Actor, day: date, name: str | None, now: datetime) -> int:
    """Nothing is delivered, reminded or due on that day; how many orders are promised for it."""
    require_coming(actor, day, now)
    said = typed(name, MOST_NAME)
    await uow.calendars.put_holidays({day: said})
    await uow.nudge_plans.look_again(day, today_in_tehran(now))
    facts = {"day": day.isoformat(), "name": said}
    await uow.audit.write(actor, "holiday.added", "calendar", None, now, facts)
    return sum(each.count for each in await uow.delays.list_routes() if each.day == day)


async def holiday_to_drop(uow: UnitOfWork, actor: Actor, day: date, now: datetime) -> str:
    """Its name; only a day that is still to come."""
    found = dict(await list_holidays(uow, actor, now))
    if day not in found:
        raise NotFound
    return found[day]


async def drop_holiday(uow: UnitOfWork, actor: Actor, day: date, now: datetime) -> None:
    """It is a working day again."""
    name = await holiday_to_drop(uow, actor, day, now)
    await uow.calendars.drop_holiday(day)
    facts = {"day": day.isoformat(), "name": name}
    await uow.audit.write(actor, "holiday.removed", "calendar", None, now, facts)
