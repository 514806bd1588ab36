"""What levels do beside their message: colleagues hear of it or call, credit stops, promises end."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from domain.balances import Promise, PromiseState
from domain.credit import HoldKind
from domain.money import total
from domain.notifications import Notification, Recipient
from domain.reminder_tones import LevelEffect
from domain.reminders import DueItem
from domain.reminding import RemindedCustomer, ReminderDay, ToldInvoice
from domain.staff import Role
from domain.tasks import Task
from storage.unit_of_work import UnitOfWork


async def act(
    uow: UnitOfWork, debtor: RemindedCustomer, items: Sequence[DueItem], day: ReminderDay, now: datetime
) -> str | None:
    """What the levels do beside the message; who calls the customer, if somebody does."""
    caller = None
    wanted = {effect for each in items for effect in each.level.effects}
    if LevelEffect.CALL in wanted or (LevelEffect.CALL_BEST in wanted and debtor.is_best):
        caller = await call(uow, debtor, items, day, now)
    if LevelEffect.VISITOR in wanted:
        await tell_ours(
            uow, "debt_followed", debtor, items, await uow.cheque_lists.list_visitors(debtor.id), day, now
        )
    if LevelEffect.MANAGER in wanted:
        managers = [each.id for each in await uow.staff.list_active(Role.MANAGER)]
        await tell_ours(uow, "debt_warned", debtor, items, managers, day, now)
    if LevelEffect.HOLD in wanted:
        await _stop(uow, debtor, [each for each in items if each.level.stops_credit], day, now)
    return caller


async def call(
    uow: UnitOfWork, debtor: RemindedCustomer, items: Sequence[DueItem], day: ReminderDay, now: datetime
) -> str:
    """A task to call today, for the account manager or for finance; who that is, or nothing for anybody."""
    manager = await uow.reminders.account_manager(debtor.id)
    await uow.tasks.put(
        Task(
            key=f"reminder_call:{debtor.id}:{day.key}",
            kind="reminder_call",
            role=Role.FINANCE,
            staff_id=manager[0] if manager else None,
            customer_id=debtor.id,
            subject_id=debtor.id,
            facts={
                "amount_rials": total(each.invoice.open for each in items).rials,
                "mobile": await uow.reminders.phone(debtor.id),
            },
            due_on=day.today,
        ),
        now=now,
    )
    return manager[1] if manager else ""


async def _stop(
    uow: UnitOfWork, debtor: RemindedCustomer, items: Sequence[DueItem], day: ReminderDay, now: datetime
) -> None:
    """Nothing more on credit until it is paid (rule R2.3-4)."""
    cause = items[0].invoice
    if not await uow.credit.put_hold(debtor.id, HoldKind.OVERDUE, now, subject_id=cause.id):
        return
    facts = {"invoice": cause.number, "overdue_days": cause.overdue_days(day.today)}
    await uow.audit.write(None, "credit.stopped", "customer", debtor.id, now, facts)
    desk = [each.id for each in await uow.staff.list_active(Role.FINANCE, Role.MANAGER)]
    await tell_ours(uow, "credit_stopped", debtor, items, desk, day, now)


async def tell_ours(
    uow: UnitOfWork,
    kind: str,
    debtor: RemindedCustomer,
    items: Sequence[DueItem],
    staff_ids: Sequence[int],
    day: ReminderDay,
    now: datetime,
) -> None:
    """Colleagues hear what was said to the customer, once for each day."""
    facts = {
        "customer": debtor.name,
        "day": day.key,
        "items": [item_facts(each) for each in items],
    }
    await uow.outbox.put(
        *(
            Notification(
                key=f"{kind}:{debtor.id}:{day.key}:{each}",
                kind=kind,
                to=Recipient(staff_id=each),
                subject_id=debtor.id,
                due_at=now,
                facts=facts,
            )
            for each in staff_ids
        )
    )


async def tell_ours_of_broken(
    uow: UnitOfWork, debtor: RemindedCustomer, broken: Sequence[Promise], now: datetime
) -> None:
    desk = await uow.staff.list_active(Role.FINANCE) or await uow.staff.list_active(Role.MANAGER)
    ours = [*(each.id for each in desk), *await uow.cheque_lists.list_visitors(debtor.id)]
    await uow.outbox.put(
        *(
            Notification(
                key=f"promise_broken_alert:{promise.id}:{each}",
                kind="promise_broken_alert",
                to=Recipient(staff_id=each),
                subject_id=debtor.id,
                due_at=now,
                facts={
                    "customer": debtor.name,
                    "amount_rials": promise.amount.rials,
                    "promised_on": promise.on.isoformat(),
                },
            )
            for promise in broken
            for each in ours
        )
    )


async def judge(uow: UnitOfWork, promise: Promise, state: PromiseState, now: datetime) -> bool:
    """Whether it was open until now."""
    if not await uow.promises.judge(promise.id, state, now):
        return False
    facts = {"customer_id": promise.customer_id, "amount_rials": promise.amount.rials}
    await uow.audit.write(None, f"promise.{state.value}", "promise", promise.id, now, facts)
    return True


async def release_stop(uow: UnitOfWork, hold_id: int, customer_id: int, now: datetime) -> int:
    """What the stop was about is paid: credit is there again, and the customer hears so; how many do."""
    await uow.credit.lock(customer_id)
    if (hold_id, customer_id) not in await uow.reminders.list_settled_stops(customer_id=customer_id, limit=9):
        return 0
    await uow.credit.release_hold(hold_id, now, staff_id=None, reason="")
    facts = {"kind": HoldKind.OVERDUE.value, "hold_id": hold_id, "settled": True}
    await uow.audit.write(None, "credit.released", "customer", customer_id, now, facts)
    readers = await uow.reminders.readers(customer_id)
    await uow.outbox.put(
        *(
            Notification(
                key=f"credit_back:{hold_id}:{each.contact_id}",
                kind="credit_back",
                to=Recipient(contact_id=each.contact_id),
                subject_id=customer_id,
                due_at=now,
            )
            for each in readers
        )
    )
    return len(readers)


def item_facts(item: DueItem) -> list[object]:
    invoice = item.invoice
    told = ToldInvoice(
        invoice_id=invoice.id, number=invoice.number, amount=invoice.open, due_on=invoice.due_on
    )
    return told.facts()
