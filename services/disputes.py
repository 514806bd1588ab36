"""«مغایرت دارم»: a customer disputes a row of the statement, finance answers (S3.8)."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from domain.actors import Actor
from domain.disputes import Dispute, DisputeState, DisputeSubject
from domain.errors import AlreadyDecided, NotAllowed, NotFound
from domain.ledger import Voucher
from domain.notifications import Notification, Recipient
from domain.staff import Role
from domain.tasks import Task
from domain.tickets import FIRST_NUMBER, SERIES
from services.accounts import readable
from storage.unit_of_work import UnitOfWork

ANSWERING = (Role.FINANCE, Role.MANAGER)
PER_PAGE = 8


async def open_dispute(
    uow: UnitOfWork,
    actor: Actor,
    voucher: Voucher | None,
    voucher_id: int | None,
    now: datetime,
    subject: DisputeSubject | None = None,
) -> Dispute:
    """A ticket about one row of one's own statement or about what is missing there; an open one stays.

    From now on nobody is reminded of that amount, and finance has a task.
    """
    customer_id = await _disputing(uow, actor)
    assert actor.contact_id is not None
    entry = None
    if voucher is not None and voucher_id is not None:
        entry = await uow.ledger.find_entry(customer_id, voucher, voucher_id)
        if entry is None:
            raise NotFound
    await uow.credit.lock(customer_id)
    known = await uow.disputes.find_open(customer_id, voucher, voucher_id)
    if known is not None:
        return replace(known, entry=entry)
    wanted = Dispute(
        id=0,
        number=await uow.audit.next_number(SERIES, FIRST_NUMBER),
        customer_id=customer_id,
        customer_name=actor.require_customer().name,
        contact_id=actor.contact_id,
        voucher=voucher,
        voucher_id=voucher_id,
        entry=entry,
        subject=subject,
        created_at=now,
    )
    dispute = await uow.disputes.put(wanted)
    await uow.tasks.put(_task(dispute), now=now)
    await uow.audit.write(actor, "dispute.opened", "dispute", dispute.id, now, {"number": dispute.number})
    await _tell_finance(uow, dispute, "dispute_opened", now)
    return dispute


async def explain_dispute(
    uow: UnitOfWork, actor: Actor, dispute_id: int, text: str, photo_id: int | None, now: datetime
) -> Dispute:
    """The customer's words or photo, put before finance."""
    customer_id = await _disputing(uow, actor)
    await uow.disputes.get(dispute_id, of=customer_id)
    await uow.disputes.explain(dispute_id, text, photo_id)
    dispute = await _with_entry(uow, await uow.disputes.get(dispute_id, of=customer_id))
    await _tell_finance(uow, dispute, "dispute_explained", now)
    return dispute


async def keep_photo(uow: UnitOfWork, name: str, mime_type: str, content: bytes, now: datetime) -> int:
    return await uow.files.put(name, mime_type, content, now)


async def list_disputes(uow: UnitOfWork, actor: Actor, page: int) -> tuple[tuple[Dispute, ...], bool]:
    """A page of what waits for finance's answer, and whether there are more; pages count from 1."""
    actor.require_staff(*ANSWERING)
    found = await uow.disputes.list_open(PER_PAGE + 1, (max(page, 1) - 1) * PER_PAGE)
    return found[:PER_PAGE], len(found) > PER_PAGE


async def read_dispute(uow: UnitOfWork, actor: Actor, dispute_id: int) -> Dispute:
    actor.require_staff(*ANSWERING)
    return await _with_entry(uow, await uow.disputes.get(dispute_id))


async def photo_of(uow: UnitOfWork, actor: Actor, dispute_id: int) -> int:
    """The file that came with it."""
    dispute = await read_dispute(uow, actor, dispute_id)
    if dispute.photo_id is None:
        raise NotFound
    return dispute.photo_id


async def require_unanswered(uow: UnitOfWork, actor: Actor, dispute_id: int) -> Dispute:
    dispute = await read_dispute(uow, actor, dispute_id)
    if dispute.state is not DisputeState.OPEN:
        raise AlreadyDecided
    return dispute


async def answer_dispute(uow: UnitOfWork, actor: Actor, dispute_id: int, text: str, now: datetime) -> Dispute:
    """Finance's answer goes to whoever asked, and reminders of that amount may come again."""
    staff = actor.require_staff(*ANSWERING)
    dispute = await require_unanswered(uow, actor, dispute_id)
    await uow.disputes.answer(dispute_id, text, staff.id, now)
    await uow.tasks.finish(_key(dispute), now, staff.id)
    await uow.audit.write(actor, "dispute.answered", "dispute", dispute_id, now, {"number": dispute.number})
    await uow.outbox.put(
        Notification(
            key=f"dispute_answered:{dispute_id}",
            kind="dispute_answered",
            to=Recipient(contact_id=dispute.contact_id),
            subject_id=dispute_id,
            due_at=now,
            facts={"number": dispute.number, "answer": text, "customer_id": dispute.customer_id},
        )
    )
    return replace(dispute, state=DisputeState.ANSWERED, answer=text)


async def _disputing(uow: UnitOfWork, actor: Actor) -> int:
    """Only customers dispute, and only those who may see what they dispute."""
    customer = actor.require_customer()
    if not actor.rights.may_see_balance:
        raise NotAllowed("balance")
    return await readable(uow, actor, customer.id)


async def _with_entry(uow: UnitOfWork, dispute: Dispute) -> Dispute:
    if dispute.voucher is None or dispute.voucher_id is None:
        return dispute
    entry = await uow.ledger.find_entry(dispute.customer_id, dispute.voucher, dispute.voucher_id)
    return replace(dispute, entry=entry)


def _key(dispute: Dispute) -> str:
    return f"dispute:{dispute.id}"


def _task(dispute: Dispute) -> Task:
    return Task(
        key=_key(dispute),
        kind="dispute",
        role=Role.FINANCE,
        customer_id=dispute.customer_id,
        subject_id=dispute.id,
        facts={"number": dispute.number},
    )


async def _tell_finance(uow: UnitOfWork, dispute: Dispute, kind: str, now: datetime) -> None:
    """Finance, or the managers where there is none."""
    people = await uow.staff.list_active(*ANSWERING)
    desk = [each for each in people if each.role is Role.FINANCE] or people
    facts = {
        "number": dispute.number,
        "customer": dispute.customer_name,
        "text": dispute.text,
        "has_photo": dispute.photo_id is not None,
    }
    notices = (
        Notification(
            key=f"{kind}:{dispute.id}:{dispute.version}:{each.id}",
            kind=kind,
            to=Recipient(staff_id=each.id),
            subject_id=dispute.id,
            due_at=now,
            facts=facts,
        )
        for each in desk
    )
    await uow.outbox.put(*notices)
