"""Who hears what about a cheque: the customer's people, finance, managers and the visitor."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime

from domain.instruments import Cheque
from domain.notifications import MessageClass, Notification, Recipient
from domain.staff import Role
from domain.tasks import Task
from storage.unit_of_work import UnitOfWork


def facts_of(cheque: Cheque) -> dict[str, object]:
    """What was true of it when it was told; JSON values only."""
    return {
        "customer": cheque.customer_name,
        "customer_id": cheque.customer_id,
        "amount_rials": cheque.amount.rials,
        "due_on": cheque.due_on.isoformat(),
        "bank": cheque.bank,
        "reason": cheque.bounce_reason.value if cheque.bounce_reason else None,
        "state": cheque.state.value,
    }


async def tell_customer(uow: UnitOfWork, cheque: Cheque, kind: str, now: datetime, **facts: object) -> None:
    """Everybody of the customer who may see the balance; once for each version of the cheque."""
    readers = await uow.cheque_lists.list_readers(cheque.customer_id)
    people = (Recipient(contact_id=each) for each in readers)
    await _tell(uow, cheque, kind, people, {**facts_of(cheque), **facts}, now)


async def tell_desk(uow: UnitOfWork, cheque: Cheque, kind: str, now: datetime) -> None:
    """Finance; managers where there is none."""
    desk = await uow.staff.list_active(Role.FINANCE) or await uow.staff.list_active(Role.MANAGER)
    people = (Recipient(staff_id=each.id) for each in desk)
    await _tell(uow, cheque, kind, people, facts_of(cheque), now)


async def tell_bounce(uow: UnitOfWork, cheque: Cheque, now: datetime) -> None:
    """Finance, managers and the visitors of the customer: all of them at once (CRD-05)."""
    kind, facts = "cheque_bounce_alert", facts_of(cheque)
    desk = await uow.staff.list_active(Role.FINANCE, Role.MANAGER)
    await _tell(uow, cheque, kind, (Recipient(staff_id=each.id) for each in desk), facts, now)
    visitors = await uow.cheque_lists.list_visitors(cheque.customer_id)
    people = (Recipient(staff_id=each) for each in visitors)
    await _tell(uow, cheque, kind, people, {**facts, "is_visitor": True}, now)


async def tell_managers(uow: UnitOfWork, cheque: Cheque, kind: str, now: datetime, **facts: object) -> None:
    managers = await uow.staff.list_active(Role.MANAGER)
    people = (Recipient(staff_id=each.id) for each in managers)
    await _tell(uow, cheque, kind, people, {**facts_of(cheque), **facts}, now)


async def put_task(
    uow: UnitOfWork, cheque: Cheque, kind: str, now: datetime, role: Role = Role.FINANCE
) -> None:
    """One thing to do for that role about that cheque; each time it bounces again there is a new one."""
    task = Task(
        key=task_key(cheque, kind),
        kind=kind,
        role=role,
        customer_id=cheque.customer_id,
        subject_id=cheque.id,
        facts=facts_of(cheque),
        due_on=None,
    )
    await uow.tasks.put(task, now=now)


def task_key(cheque: Cheque, kind: str) -> str:
    times = sum(1 for move in cheque.moves if move.state.value == kind.removeprefix("cheque_"))
    return f"{kind}:{cheque.id}:{times}"


async def _tell(
    uow: UnitOfWork,
    cheque: Cheque,
    kind: str,
    people: Iterable[Recipient],
    facts: Mapping[str, object],
    now: datetime,
) -> None:
    notices = (
        Notification(
            key=f"{kind}:{cheque.id}:{cheque.version}:{_name(who)}",
            kind=kind,
            to=who,
            subject_id=cheque.id,
            due_at=now,
            facts=facts,
            message_class=MessageClass.NOTICE,
        )
        for who in people
    )
    await uow.outbox.put(*notices)


def _name(who: Recipient) -> str:
    return f"s{who.staff_id}" if who.staff_id is not None else f"c{who.contact_id}"
