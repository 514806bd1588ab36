"""The messages of reminders: who of the customer hears what, when, and whether it still holds then."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, time, timedelta

from domain.balances import Promise
from domain.calendar import TEHRAN
from domain.ledger import Voucher
from domain.money import total
from domain.notifications import MessageClass, Notification, Recipient
from domain.quiet_hours import next_allowed, shared_hours
from domain.reminder_tones import Tone
from domain.reminders import NOTE, DueItem, Reminding
from domain.reminding import RemindedCustomer, ReminderDay, ReminderReader, ToldInvoice, told_of
from domain.staff import Role
from domain.tasks import Task
from services.notifications import still_true
from services.reminder_effects import act, call, item_facts, tell_ours_of_broken
from storage.unit_of_work import UnitOfWork

REVIEW = timedelta(hours=48)
"""So long a receipt that waits for finance keeps its invoice quiet."""


async def tell_due(
    uow: UnitOfWork, debtor: RemindedCustomer, reminding: Reminding, day: ReminderDay, now: datetime
) -> int:
    """One message with all items, and what their levels do."""
    caller = await act(uow, debtor, reminding.items, day, now)
    facts: dict[str, object] = {
        "tone": reminding.level.tone.value,
        "items": [item_facts(each) for each in reminding.items],
        "caller": caller,
    }
    is_stop = reminding.level.stops_credit
    if is_stop:
        facts |= _overdue(debtor, day)
    told = [(each.invoice.id, each.level.number) for each in reminding.items]
    return await _tell(uow, debtor, "payment_reminder", facts, told, day, now, is_stop=is_stop)


async def tell_note(
    uow: UnitOfWork, debtor: RemindedCustomer, notes: Sequence[Promise], day: ReminderDay, now: datetime
) -> int:
    """S6.5: on the promised day, the one message of that time."""
    facts = {"items": [_promised(each, debtor) for each in notes]}
    for each in notes:
        assert each.invoice_id is not None
        await uow.reminders.put(debtor.id, [(each.invoice_id, NOTE)], note_key(each), day.today, now)
    return await _tell(uow, debtor, "promise_today", facts, (), day, now)


def note_key(promise: Promise) -> str:
    return f"promise:{promise.id}"


async def tell_broken(
    uow: UnitOfWork,
    debtor: RemindedCustomer,
    broken: Sequence[Promise],
    items: Sequence[DueItem],
    day: ReminderDay,
    now: datetime,
) -> int:
    """S6.9: one level higher, and finance and the visitor know it, too."""
    new = [each for each in items if each.level.number != each.invoice.told]
    caller = await act(uow, debtor, new, day, now) or await call(uow, debtor, items, day, now)
    await tell_ours_of_broken(uow, debtor, broken, now)
    facts: dict[str, object] = {
        "items": [item_facts(each) for each in items],
        "caller": caller,
        "promised_on": min(each.on for each in broken).isoformat(),
        "promised_rials": total(each.amount for each in broken).rials,
    }
    is_stop = any(each.level.stops_credit for each in new)
    kind = "payment_reminder" if is_stop else "promise_broken"
    if is_stop:
        facts |= {"tone": Tone.STOPPED.value, **_overdue(debtor, day)}
    told = [
        (each.invoice.id, each.level.number if each.level.number != each.invoice.told else NOTE)
        for each in items
    ]
    return await _tell(uow, debtor, kind, facts, told, day, now, is_stop=is_stop)


async def _tell(
    uow: UnitOfWork,
    debtor: RemindedCustomer,
    kind: str,
    facts: Mapping[str, object],
    told: Sequence[tuple[int, int]],
    day: ReminderDay,
    now: datetime,
    *,
    is_stop: bool = False,
) -> int:
    """Write down what is told and put it; a stop of credit is heard by all, reminders by who wants them."""
    key = f"dunning:{debtor.id}:{day.key}"
    if told:
        await uow.reminders.put(debtor.id, told, key, day.today, now)
    readers = [each for each in await uow.reminders.readers(debtor.id) if is_stop or each.wants_reminders]
    notices = [_notice(each, debtor, key, kind, facts, day, now, is_stop=is_stop) for each in readers]
    await uow.outbox.put(*notices)
    if not notices:
        await _nobody_hears(uow, debtor, facts, day, now)
    return len(notices)


def _notice(
    reader: ReminderReader,
    debtor: RemindedCustomer,
    key: str,
    kind: str,
    facts: Mapping[str, object],
    day: ReminderDay,
    now: datetime,
    *,
    is_stop: bool,
) -> Notification:
    """In the company's hours and this person's, and not later than that day's end: then it would be wrong."""
    hours = day.rules.reminder_hours
    if reader.hours:
        hours = shared_hours(hours, reader.hours)
    due_at = next_allowed(now, hours, day.holidays)
    on = due_at.astimezone(TEHRAN).date()
    ends = datetime.combine(on + timedelta(days=1), time(), TEHRAN).astimezone(now.tzinfo)
    return Notification(
        key=f"{key}:{reader.contact_id}",
        kind=kind,
        to=Recipient(contact_id=reader.contact_id),
        subject_id=debtor.id,
        due_at=due_at,
        facts={"customer": debtor.name, "day": on.isoformat(), **facts},
        message_class=MessageClass.NOTICE if is_stop else MessageClass.REMINDER,
        expires_at=None if is_stop else ends,
    )


def _overdue(debtor: RemindedCustomer, day: ReminderDay) -> dict[str, object]:
    """All that the customer is late with, and for how long."""
    late = [each for each in debtor.invoices if each.overdue_days(day.today) > 0]
    return {
        "overdue_rials": total(each.open for each in late).rials,
        "overdue_days": max((each.overdue_days(day.today) for each in late), default=0),
    }


async def _nobody_hears(
    uow: UnitOfWork, debtor: RemindedCustomer, facts: Mapping[str, object], day: ReminderDay, now: datetime
) -> None:
    """Nobody of the customer may see the balance, or can be written to: finance has to find another way."""
    items = told_of(facts)
    await uow.tasks.put(
        Task(
            key=f"nobody_reminded:{items[0].invoice_id}",
            kind="nobody_reminded",
            role=Role.FINANCE,
            customer_id=debtor.id,
            subject_id=debtor.id,
            facts={
                "amount_rials": total(each.amount for each in items).rials,
                "mobile": await uow.reminders.phone(debtor.id),
            },
            due_on=day.today,
        ),
        now=now,
    )


def _promised(promise: Promise, debtor: RemindedCustomer) -> list[object]:
    """The invoice with what was promised of it."""
    invoice = next(each for each in debtor.invoices if each.id == promise.invoice_id)
    told = ToldInvoice(
        invoice_id=invoice.id,
        number=invoice.number,
        amount=min(promise.amount, invoice.open),
        due_on=invoice.due_on,
    )
    return told.facts()


@still_true("payment_reminder")
@still_true("promise_broken")
async def _is_still_owed(uow: UnitOfWork, told: Notification, now: datetime) -> bool:
    """Nothing of it was paid, promised or disputed meanwhile, and no receipt of it waits."""
    items = told_of(told.facts)
    promised = {each.invoice_id for each in await uow.promises.list_open(told.subject_id)}
    return await _is_open(uow, items, told.subject_id, now) and not any(
        each.invoice_id in promised or None in promised for each in items
    )


@still_true("promise_today")
async def _is_still_promised(uow: UnitOfWork, told: Notification, now: datetime) -> bool:
    return await _is_open(uow, told_of(told.facts), told.subject_id, now)


async def _is_open(uow: UnitOfWork, items: Sequence[ToldInvoice], customer_id: int, now: datetime) -> bool:
    review = await uow.reminders.review_of(customer_id, now - REVIEW)
    if None in review:
        return False
    for each in items:
        is_disputed = await uow.ledger.is_disputed(Voucher.INVOICE, each.invoice_id)
        owed = await uow.reminders.owed(each.invoice_id)
        if owed < each.amount or is_disputed or each.invoice_id in review:
            return False
    return True
