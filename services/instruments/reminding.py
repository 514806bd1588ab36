"""What the clock does with cheques: drawers are reminded (S3.7), finance has its list each morning."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from domain.calendar import HORIZON, TEHRAN, is_working_day, today_in_tehran
from domain.cheque_lists import DeskPart
from domain.instruments import UNCLEARED, Cheque, effective_due, remind_on
from domain.notifications import MessageClass, Notification, Recipient
from domain.quiet_hours import is_quiet
from domain.staff import Role
from services.instruments.telling import facts_of
from services.notifications import still_true
from storage.unit_of_work import UnitOfWork

DIGEST_AT = 8
REMIND_AT = 9
"""Hours in Tehran."""
LOOK_AHEAD = timedelta(days=30)
"""Longer than three working days ever take, holidays and all."""
LOOK_BACK = timedelta(days=HORIZON)


async def _holidays(uow: UnitOfWork, today: date) -> frozenset[date]:
    return await uow.calendars.list_holidays(today - LOOK_BACK, today + LOOK_AHEAD + LOOK_BACK)


async def list_reminders(uow: UnitOfWork, now: datetime) -> tuple[tuple[int, int], ...]:
    """Which cheques' drawers are to be reminded today: the cheque's id, and how many working days are left.

    A reminder that was missed is made up for while it still helps, and never in quiet hours.
    """
    today = today_in_tehran(now)
    holidays = await _holidays(uow, today)
    if is_quiet(now, (await uow.company.push_rules()).reminder_hours, holidays):
        return ()
    days = [today + timedelta(days=ahead) for ahead in range(1, LOOK_AHEAD.days)]
    found = []
    for cheque in await uow.cheque_lists.list_due(days):
        left = _left(cheque, today, holidays)
        if left is not None and not await uow.cheques.list_notes(cheque.id, _kind(left)):
            found.append((cheque.id, left))
    return tuple(found)


def _left(cheque: Cheque, today: date, holidays: frozenset[date]) -> int | None:
    """Which reminder it is time for: the nearest whose day has come; none for what came in after that day."""
    due = remind_on(cheque.effective_due, holidays)
    left = min((left for left, day in due.items() if day <= today), default=None)
    if left is None or (cheque.received_on is not None and cheque.received_on > due[left]):
        return None
    return left


def _kind(left: int) -> str:
    return f"reminded_{left}"


async def remind(uow: UnitOfWork, cheque_id: int, left: int, now: datetime) -> int:
    """Remind everybody of the drawer who wants it, once for each cheque and day; how many they are."""
    cheque = await uow.cheques.get(cheque_id, of=await uow.cheques.owner(cheque_id))
    if cheque.state not in UNCLEARED or await uow.cheques.list_notes(cheque_id, _kind(left)):
        return 0
    readers = await uow.cheque_lists.list_readers(cheque.customer_id, wants_reminders=True)
    facts = {**facts_of(cheque), "effective_due": cheque.effective_due.isoformat()}
    holidays = await _holidays(uow, today_in_tehran(now))
    notices = (
        Notification(
            key=f"cheque_due:{cheque_id}:{left}:{contact_id}",
            kind="cheque_due",
            to=Recipient(contact_id=contact_id),
            subject_id=cheque_id,
            due_at=now,
            facts=facts,
            message_class=MessageClass.REMINDER,
            expires_at=_stale_from(cheque.effective_due, left, holidays, now),
        )
        for contact_id in readers
    )
    await uow.outbox.put(*notices)
    await uow.cheques.note(cheque_id, _kind(left), now, facts={"contacts": list(readers)})
    return len(readers)


def _stale_from(due: date, left: int, holidays: frozenset[date], now: datetime) -> datetime:
    """When a reminder is wrong: the next one's day has begun, or the bank's day is over."""
    later = [day for other, day in remind_on(due, holidays).items() if other < left]
    day = min(later, default=due + timedelta(days=1))
    return datetime.combine(day, time(), TEHRAN).astimezone(now.tzinfo)


@still_true("cheque_due")
async def _is_still_due(uow: UnitOfWork, told: Notification, _now: datetime) -> bool:
    """The bank has not paid it meanwhile, it was not handed back, and its day is the same."""
    cheque = await uow.cheques.get(told.subject_id, of=await uow.cheques.owner(told.subject_id))
    return cheque.state in UNCLEARED and cheque.effective_due.isoformat() == told.facts["effective_due"]


async def digest(uow: UnitOfWork, now: datetime) -> int:
    """Tell finance what is due today and this week; once a working day, and only when there is something."""
    today = today_in_tehran(now)
    if not is_working_day(today, await _holidays(uow, today)):
        return 0
    parts = await uow.cheque_lists.desk(today)
    facts: dict[str, object] = {part.value: [held.count, held.amount.rials] for part, held in parts.items()}
    if not any(held.count for part, held in parts.items() if part in _WORTH_TELLING):
        return 0
    desk = await uow.staff.list_active(Role.FINANCE)
    await uow.outbox.put(
        *(
            Notification(
                key=f"cheque_digest:{today.isoformat()}:{each.id}",
                kind="cheque_digest",
                to=Recipient(staff_id=each.id),
                subject_id=each.id,
                due_at=now,
                facts={**facts, "day": today.isoformat()},
            )
            for each in desk
        )
    )
    return len(desk)


_WORTH_TELLING = frozenset(
    {DeskPart.LATE, DeskPart.TODAY, DeskPart.WEEK, DeskPart.ANNOUNCED, DeskPart.BOUNCED}
)


async def list_moved(uow: UnitOfWork, now: datetime) -> dict[int, date]:
    """Cheques whose bank's day is another since the holidays were changed, with that day."""
    today = today_in_tehran(now)
    holidays = await _holidays(uow, today)
    unpaid = await uow.cheque_lists.list_unpaid(today - LOOK_AHEAD, today + LOOK_AHEAD)
    return {
        each.id: day for each in unpaid if (day := effective_due(each.due_on, holidays)) != each.effective_due
    }
