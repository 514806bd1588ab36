"""Somebody usually orders about now: a word with the usual basket, one working day before (R18, S4.5).

It sells something and nobody asked for it, so it is a promotion: whoever switched these off hears none, it
keeps to their hours, and it counts towards the promotions of a week. The cap is there for the person, who
does not care whether a campaign or a calendar made the message. What had to wait for the cap comes on a
later day, in the words of that day.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from domain.actors import Actor
from domain.calendar import HORIZON, TEHRAN, today_in_tehran
from domain.errors import NotFound
from domain.notifications import MessageClass, Notification, Recipient
from domain.nudges import Nudge, NudgeAnswer, NudgeReason, Regular, is_due, later, looks_on, when_used_up
from domain.quiet_hours import next_allowed, shared_hours
from domain.referral_errors import ForAnotherCentre
from domain.repeats import Repeated
from services.notifications import still_true
from services.repeats import fill_usual, usual_lines
from storage.unit_of_work import UnitOfWork

WEEK = timedelta(days=7)
PLANNED_AHEAD = timedelta(days=400)
SEEN = "nudges.seen"
"""Among what the company keeps: up to which event of an order everybody was looked at."""
OVERLAP = 1_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Looked:
    """A page of customers whose day has come."""

    due: tuple[int, ...]
    later: Mapping[int, date]
    """When the others are looked at next."""
    never: tuple[int, ...]
    """Not before they order again."""
    after: int | None
    """Where to go on; None at the end."""


async def changed(uow: UnitOfWork, now: datetime, how_many: int) -> tuple[int, Mapping[int, date]]:
    """Whose orders have changed since the last time, and when each of them is looked at.

    Gives the event up to which this is so, 0 when there is none. What is read overlaps: an event of a
    transaction that ended late has a smaller number than others that were seen before it.
    """
    seen = int(await uow.company.decided(SEEN, 0))
    last, customer_ids = await uow.nudge_plans.list_changed(max(seen - OVERLAP, 0), how_many + OVERLAP)
    if last <= seen:
        return 0, {}
    found = await _looked(uow, sorted(customer_ids), now)
    return last, {each: day for each, day in found.items() if day is not None}


async def keep_changed(uow: UnitOfWork, last: int, days: Mapping[int, date], now: datetime) -> None:
    await uow.nudge_plans.put(days)
    await uow.company.decide(SEEN, last, now)


async def look(uow: UnitOfWork, now: datetime, after: int, how_many: int) -> Looked:
    """The next customers by id whose day has come: to whom a word is due, and when the others are next."""
    today = today_in_tehran(now)
    ids = await uow.nudge_plans.list_due(today, after, how_many)
    found = await _looked(uow, ids, now)
    return Looked(
        due=tuple(each for each, day in found.items() if day == today),
        later={each: day for each, day in found.items() if day is not None and day != today},
        never=tuple(each for each, day in found.items() if day is None),
        after=ids[-1] if len(ids) == how_many else None,
    )


async def keep_looked(uow: UnitOfWork, looked: Looked, now: datetime) -> None:
    """Whoever was due stays so until the next look: what was told, or had to wait, decides then."""
    await uow.nudge_plans.looked_at(looked.later, looked.never, today_in_tehran(now))


async def _looked(uow: UnitOfWork, ids: Sequence[int], now: datetime) -> dict[int, date | None]:
    today = today_in_tehran(now)
    holidays = await uow.calendars.list_holidays(today - WEEK, today + PLANNED_AHEAD)
    days: dict[int, date | None] = dict.fromkeys(ids)
    for each in await uow.nudges.regulars(ids, now):
        days[each.customer_id] = looks_on(each, today, holidays)
    return days


async def nudge(uow: UnitOfWork, customer_id: int, now: datetime) -> bool:
    """Say it, if all still stands that speaks for it; whether it was said."""
    today = today_in_tehran(now)
    holidays = await uow.calendars.list_holidays(today - WEEK, today + timedelta(days=HORIZON))
    regulars = await uow.nudges.regulars([customer_id], now)
    if not regulars or not is_due(regulars[0], today, holidays):
        return False
    regular = regulars[0]
    usual = await usual_lines(uow, customer_id)
    if await uow.nudges.lacks_goods(customer_id, [line.product_id for line in usual], now):
        return False
    contact_id = await _reader(uow, regular, now)
    if contact_id is None:
        return False
    at = await _allowed(uow, contact_id, now, holidays)
    nudge_id = await uow.nudges.put(regular, contact_id, at)
    if nudge_id is None:
        return False
    await uow.outbox.put(_notice(nudge_id, regular, contact_id, at))
    return True


async def _reader(uow: UnitOfWork, regular: Regular, now: datetime) -> int | None:
    """Whoever ordered last, else another who orders there; nobody who has heard enough this week."""
    buyers: Sequence[int] = await uow.nudges.list_buyers(regular.customer_id)
    most = (await uow.company.push_rules()).promotions_a_week
    for contact_id in sorted(buyers, key=lambda each: each != regular.last_contact_id):
        if await uow.nudges.count_heard(contact_id, now - WEEK) < most:
            return contact_id
    return None


async def _allowed(uow: UnitOfWork, contact_id: int, now: datetime, holidays: frozenset[date]) -> datetime:
    rules = await uow.company.push_rules()
    theirs = await uow.settings.preferences(contact_id)
    return next_allowed(now, shared_hours(rules.promotion_hours, theirs.hours), holidays)


def _notice(nudge_id: int, regular: Regular, contact_id: int, at: datetime) -> Notification:
    """What it says is true on that day only."""
    day, rhythm = today_in_tehran(at), regular.rhythm
    was_asked = any(each.remind_on is not None for each in regular.told_now)
    return Notification(
        key=f"nudge:{nudge_id}",
        kind="nudge",
        to=Recipient(contact_id=contact_id),
        subject_id=nudge_id,
        due_at=at,
        expires_at=datetime.combine(day + timedelta(days=1), time(), TEHRAN),
        message_class=MessageClass.PROMOTION,
        facts={
            "typical": rhythm.typical,
            "days_since": rhythm.days_since(day),
            "days_left": (rhythm.next_on - day).days,
            "due_on": rhythm.next_on.isoformat(),
            "can_wait": not was_asked,
        },
    )


@still_true("nudge")
async def _has_still_to_order(uow: UnitOfWork, notification: Notification, _now: datetime) -> bool:
    return await uow.nudges.has_no_newer_order(notification.subject_id)


async def _own(uow: UnitOfWork, actor: Actor, nudge_id: int) -> Nudge:
    """A word to the centre for which this person acts; to another of theirs they are shown the way."""
    customer_id, contact_id = actor.require_buyer()
    try:
        return await uow.nudges.get(nudge_id, of=customer_id)
    except NotFound:
        other = await uow.nudges.centre_of(nudge_id, contact_id)
        if other is None:
            raise
        raise ForAnotherCentre(*other) from None


async def fill(
    uow: UnitOfWork, actor: Actor, nudge_id: int, now: datetime, *, instead_of: int | None = None
) -> Repeated:
    """«بچین»: the usual goods into the basket; harmless however often it is tapped."""
    told = await _own(uow, actor, nudge_id)
    if await uow.nudges.answer(told.id, NudgeAnswer.FILLED, now):
        await _write(uow, actor, told, "filled", now)
    return await fill_usual(uow, actor, told.last_order_id, now, instead_of=instead_of)


async def decline(uow: UnitOfWork, actor: Actor, nudge_id: int, now: datetime) -> Nudge:
    """«فعلاً نیاز ندارم»; as it stands after that: an answer before it stays."""
    told = await _own(uow, actor, nudge_id)
    if await uow.nudges.answer(told.id, NudgeAnswer.NOT_NOW, now):
        await _write(uow, actor, told, "declined", now)
    return await uow.nudges.get(nudge_id, of=told.customer_id)


async def remind_later(uow: UnitOfWork, actor: Actor, nudge_id: int, now: datetime) -> Nudge:
    """«۳ روز دیگر یادم بینداز», once."""
    told = await _own(uow, actor, nudge_id)
    day = later(today_in_tehran(now), await _holidays(uow, now))
    if await uow.nudges.answer(told.id, NudgeAnswer.LATER, now, remind_on=day):
        await uow.nudge_plans.put({told.customer_id: day})
        await _write(uow, actor, told, "later", now)
    return await uow.nudges.get(nudge_id, of=told.customer_id)


async def explain(uow: UnitOfWork, actor: Actor, nudge_id: int, reason: NudgeReason, now: datetime) -> Nudge:
    """Why nothing is needed: who has some left hears later again; another seller or a price is noted."""
    told = await _own(uow, actor, nudge_id)
    remind_on = None
    if reason is NudgeReason.STOCK:
        regulars = await uow.nudges.regulars([told.customer_id], now)
        if regulars:
            remind_on = when_used_up(
                today_in_tehran(now), regulars[0].rhythm.apart, await _holidays(uow, now)
            )
    if await uow.nudges.explain(told.id, reason, remind_on):
        if remind_on is not None:
            await uow.nudge_plans.put({told.customer_id: remind_on})
        await _write(uow, actor, told, f"reason.{reason.value}", now)
        if reason is NudgeReason.ELSEWHERE:
            await uow.nudges.note_competitor(told.customer_id, "nudge", "", now)
        if reason in (NudgeReason.ELSEWHERE, NudgeReason.PRICE):
            await _tell_manager(uow, actor, told, reason, now)
    return await uow.nudges.get(nudge_id, of=told.customer_id)


async def _holidays(uow: UnitOfWork, now: datetime) -> frozenset[date]:
    today = today_in_tehran(now)
    return await uow.calendars.list_holidays(today - WEEK, today + timedelta(days=HORIZON))


async def _write(uow: UnitOfWork, actor: Actor, told: Nudge, what: str, now: datetime) -> None:
    await uow.audit.write(actor, f"nudge.{what}", "nudge", told.id, now, {"customer_id": told.customer_id})


async def _tell_manager(
    uow: UnitOfWork, actor: Actor, told: Nudge, reason: NudgeReason, now: datetime
) -> None:
    """Who looks after the customer hears of it."""
    staff = await uow.account_managers.find(told.customer_id)
    if staff is None:
        return
    customer = actor.require_customer().name
    await uow.outbox.put(
        Notification(
            key=f"nudge_reason:{told.id}:{staff.id}",
            kind="nudge_reason",
            to=Recipient(staff_id=staff.id),
            subject_id=told.customer_id,
            due_at=now,
            facts={"customer": customer, "reason": reason.value},
        )
    )
