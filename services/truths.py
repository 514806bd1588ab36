"""The nightly look at the books, and word of what does not hold to those who answer for the money."""

from __future__ import annotations

from datetime import datetime

from domain.notifications import Notification, Recipient
from domain.staff import Role
from domain.truths import Truth, Violation
from storage.unit_of_work import UnitOfWork

TOLD = (Role.MANAGER, Role.FINANCE)


async def find_violations(uow: UnitOfWork, now: datetime) -> tuple[tuple[Violation, ...], str]:
    """Everything that does not hold now, and the last digest of the audit's seal. Only reads."""
    faults, head = await uow.audit_chain.check()
    tampered = (
        Violation(
            rule=Truth.AUDIT.value, subject="audit", subject_id=fault.audit_id, facts={"kind": fault.kind}
        )
        for fault in faults
    )
    return (*await uow.truths.find(now), *tampered), head


async def keep_violations(
    uow: UnitOfWork, found: tuple[Violation, ...], now: datetime
) -> tuple[Violation, ...]:
    """Write down what is new and tell of it once; the new ones."""
    new = await uow.truths.keep(found, now)
    if not new:
        return ()
    facts = {
        "count": len(new),
        "violations": [
            {"rule": each.rule, "subject": each.subject, "subject_id": each.subject_id} for each in new[:20]
        ],
    }
    notices = (
        Notification(
            key=f"books_wrong:{now.isoformat()}:{each.id}",
            kind="books_wrong",
            to=Recipient(staff_id=each.id),
            subject_id=new[0].subject_id,
            due_at=now,
            facts=facts,
        )
        for each in await uow.staff.list_active(*TOLD)
    )
    await uow.outbox.put(*notices)
    return new
