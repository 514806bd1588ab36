"""Who is told of an order that waits for a decision, and of what was decided."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime

from domain.approval_facts import facts_of
from domain.approvals import ApprovalCard
from domain.credit_decisions import CreditOutcome
from domain.notifications import Notification, Recipient
from domain.orders import Order
from domain.staff import Role, Staff
from storage.unit_of_work import UnitOfWork

DECIDERS = (Role.MANAGER, Role.FINANCE)


async def deciders(uow: UnitOfWork, card: ApprovalCard) -> tuple[Staff, ...]:
    """Those to whom the row leaves it; a sales manager's row comes before finance only if nobody else is."""
    outcome = card.decision.outcome
    first = (Role.MANAGER,) if outcome is CreditOutcome.MANAGER else outcome.deciders or DECIDERS
    return await uow.staff.list_active(*first) or await uow.staff.list_active(*DECIDERS)


async def tell(
    uow: UnitOfWork, card: ApprovalCard, staff: Iterable[Staff], cause: str, now: datetime
) -> None:
    facts = facts_of(card)
    notices = (
        Notification(
            key=f"credit_approval:{card.order_id}:{cause}:{each.id}",
            kind="credit_approval",
            to=Recipient(staff_id=each.id),
            subject_id=card.order_id,
            due_at=now,
            facts={**facts, "role": each.role.value},
        )
        for each in staff
    )
    await uow.outbox.put(*notices)


async def tell_customer(
    uow: UnitOfWork, order: Order, kind: str, now: datetime, facts: Mapping[str, object], cause: str = ""
) -> None:
    if order.contact_id is None:
        return
    about: dict[str, object] = {
        "number": order.number,
        "deliver_on": order.deliver_on.isoformat() if order.deliver_on else None,
    }
    await uow.outbox.put(
        Notification(
            key=f"{kind}:{order.id}:{order.version}{cause}",
            kind=kind,
            to=Recipient(contact_id=order.contact_id),
            subject_id=order.id,
            due_at=now,
            facts={**about, **facts},
        )
    )
