"""What a reminded customer answers beside paying and promising: an objection, a call, another plan."""

from __future__ import annotations

from datetime import datetime

from domain.actors import Actor
from domain.calendar import today_in_tehran
from domain.customers import Contact
from domain.disputes import Dispute, DisputeSubject
from domain.errors import NotFound
from domain.ledger import Voucher
from domain.notifications import Notification, Recipient
from domain.staff import Role
from domain.tasks import Task
from services.disputes import open_dispute
from services.promises import owing
from storage.unit_of_work import UnitOfWork


async def require_own(uow: UnitOfWork, actor: Actor, invoice_id: int) -> None:
    """Refuse to ask about what is not theirs."""
    own = owing(actor)
    if await uow.invoices.owner_of(invoice_id) != own:
        raise NotFound


async def object_to(
    uow: UnitOfWork, actor: Actor, invoice_id: int, subject: DisputeSubject, now: datetime
) -> Dispute:
    """S6.12: a ticket for finance; the invoice is not reminded of until it is answered."""
    await require_own(uow, actor, invoice_id)
    return await open_dispute(uow, actor, Voucher.INVOICE, invoice_id, now, subject)


async def ask_call(uow: UnitOfWork, actor: Actor, now: datetime) -> str:
    """«الان تماس بگیرید»: whoever looks after the customer has it to do; their name, or nothing."""
    customer_id = owing(actor)
    manager = await uow.reminders.account_manager(customer_id)
    await _ask(uow, actor, "call_wanted", manager[0] if manager else None, now)
    return manager[1] if manager else ""


async def ask_coordination(uow: UnitOfWork, actor: Actor, now: datetime) -> None:
    """«تقسیط / هماهنگی»: finance talks about another way to pay."""
    owing(actor)
    await _ask(uow, actor, "instalments_wanted", None, now)


async def _ask(uow: UnitOfWork, actor: Actor, kind: str, staff_id: int | None, now: datetime) -> None:
    """Once a day, however often it is tapped."""
    customer = actor.require_customer()
    today = today_in_tehran(now)
    key = f"{kind}:{customer.id}:{today.isoformat()}"
    if await uow.tasks.find(key) is not None:
        return
    owed = await uow.ledger.balance(customer.id)
    mobile = actor.person.mobile if isinstance(actor.person, Contact) else None
    facts = {"amount_rials": owed.rials, "mobile": mobile}
    task = Task(
        key=key,
        kind=kind,
        role=Role.FINANCE,
        staff_id=staff_id,
        customer_id=customer.id,
        subject_id=customer.id,
        facts=facts,
        due_on=today,
    )
    await uow.tasks.put(task, now=now)
    await uow.audit.write(actor, kind, "customer", customer.id, now)
    people = [staff_id] if staff_id else [each.id for each in await uow.staff.list_active(Role.FINANCE)]
    await uow.outbox.put(
        *(
            Notification(
                key=f"{key}:{each}",
                kind=kind,
                to=Recipient(staff_id=each),
                subject_id=customer.id,
                due_at=now,
                facts={"customer": customer.name, "amount_rials": owed.rials, "mobile": mobile},
            )
            for each in people
        )
    )
