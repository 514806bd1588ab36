"""Finance's desk of receipts: looking, correcting, booking or rejecting (S6.7, S6.8)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from domain.actors import Actor
from domain.balances import OpenInvoice
from domain.calendar import today_in_tehran
from domain.errors import ChangedMeanwhile, NotFound
from domain.money import Money
from domain.notifications import Notification, Recipient
from domain.receipt_facts import facts_of
from domain.receipts import Receipt, ReceiptCard, ReceiptState, RejectReason, proposed
from domain.settling import Payment, allocate
from domain.staff import Role
from services.ledger import receive_payment
from storage.unit_of_work import UnitOfWork

SECOND_FROM = "receipts.second_person_from_rials"
"""The company's word on the amount from which two people have to agree; without it one is enough."""
DECIDING = (Role.FINANCE,)
LOOKING = (Role.FINANCE, Role.MANAGER)
PER_PAGE = 8


async def list_receipts(uow: UnitOfWork, actor: Actor, page: int) -> tuple[tuple[Receipt, ...], bool]:
    """A page of what waits, and whether there are more; pages count from 1."""
    actor.require_staff(*LOOKING)
    found = await uow.receipts.list_waiting(PER_PAGE + 1, (max(page, 1) - 1) * PER_PAGE)
    return found[:PER_PAGE], len(found) > PER_PAGE


async def open_receipt(uow: UnitOfWork, actor: Actor, receipt_id: int) -> ReceiptCard:
    """A receipt with what it would settle at this moment."""
    actor.require_staff(*LOOKING)
    return await _card(uow, actor, await uow.receipts.get(receipt_id, of=actor))


async def photo_of(uow: UnitOfWork, actor: Actor, receipt_id: int) -> tuple[int, bool]:
    """The file that was sent with it, and whether it is a picture."""
    actor.require_staff(*LOOKING)
    receipt = await uow.receipts.get(receipt_id, of=actor)
    if receipt.photo_id is None:
        raise NotFound
    file = await uow.files.get(receipt.photo_id)
    return file.id, not file.content.startswith(b"%PDF-")


async def invoices_of(uow: UnitOfWork, actor: Actor, receipt_id: int) -> tuple[OpenInvoice, ...]:
    """What the customer of that receipt owes, the oldest due first."""
    await require_decidable(uow, actor, receipt_id)
    return await uow.invoices.list_open(await uow.receipts.owner(receipt_id))


async def require_decidable(uow: UnitOfWork, actor: Actor, receipt_id: int) -> None:
    """Refuse to ask what can be done no more."""
    actor.require_staff(*DECIDING)
    (await uow.receipts.get(receipt_id, of=actor)).require_waiting()


async def approve_receipt(
    uow: UnitOfWork, actor: Actor, receipt_id: int, version: int, now: datetime
) -> ReceiptCard:
    """The money is there: book it and settle what it is for; a large amount waits for a second person."""
    staff = actor.require_staff(*DECIDING)
    was = await _locked(uow, actor, receipt_id, version)
    agreed = was.approved_by(staff.id, second_from=await _second_from(uow))
    card = await _card(uow, actor, was)
    saved = await uow.receipts.save(agreed, was, now)
    await uow.audit.write(
        actor, f"receipt.{agreed.state.value}", "receipt", was.id, now, facts_of_audit(saved)
    )
    if agreed.state is ReceiptState.SECONDED:
        await tell_desk(uow, saved, "receipt_seconded", now, but=staff.id)
        return await _card(uow, actor, saved)
    await _book(uow, actor, saved, now)
    booked = replace(card, receipt=saved)
    await _tell_customer(uow, saved, now, "receipt_approved", _told(booked, now))
    return booked


async def change_amount(
    uow: UnitOfWork, actor: Actor, receipt_id: int, version: int, amount: Money, now: datetime
) -> ReceiptCard:
    """Finance has found another amount at the bank; it is booked when it is approved."""
    actor.require_staff(*DECIDING)
    was = await _locked(uow, actor, receipt_id, version)
    return await _changed(uow, actor, was, was.changed_to(amount), now)


async def change_invoice(
    uow: UnitOfWork, actor: Actor, receipt_id: int, version: int, invoice_id: int | None, now: datetime
) -> ReceiptCard:
    """It is for that invoice, or for the oldest due first."""
    actor.require_staff(*DECIDING)
    was = await _locked(uow, actor, receipt_id, version)
    if invoice_id is not None:
        owing = await uow.invoices.list_open(was.customer_id)
        if all(each.id != invoice_id for each in owing):
            raise NotFound
    return await _changed(uow, actor, was, was.paid_for(invoice_id), now)


async def reject_receipt(
    uow: UnitOfWork, actor: Actor, receipt_id: int, version: int, reason: RejectReason, now: datetime
) -> Receipt:
    """No such money was found; the customer hears why, and may send it again."""
    staff = actor.require_staff(*DECIDING)
    was = await _locked(uow, actor, receipt_id, version)
    saved = await uow.receipts.save(was.rejected_by(staff.id, reason.value), was, now)
    facts = {**facts_of_audit(saved), "reason": reason.value}
    await uow.audit.write(actor, "receipt.rejected", "receipt", was.id, now, facts)
    await _tell_customer(uow, saved, now, "receipt_rejected", {"reason": reason.value})
    return saved


async def _locked(uow: UnitOfWork, actor: Actor, receipt_id: int, version: int) -> Receipt:
    """The receipt as it was shown, with its customer's money locked."""
    await uow.credit.lock(await uow.receipts.owner(receipt_id))
    receipt = await uow.receipts.get(receipt_id, of=actor)
    receipt.require_waiting()
    if receipt.version != version:
        raise ChangedMeanwhile
    return receipt


async def _changed(
    uow: UnitOfWork, actor: Actor, was: Receipt, changed: Receipt, now: datetime
) -> ReceiptCard:
    saved = await uow.receipts.save(changed, was, now)
    facts = {**facts_of_audit(saved), "before_rials": was.money.rials, "before_invoice_id": was.invoice_id}
    await uow.audit.write(actor, "receipt.changed", "receipt", was.id, now, facts)
    return await _card(uow, actor, saved)


async def _card(uow: UnitOfWork, actor: Actor | None, receipt: Receipt) -> ReceiptCard:
    """What it would settle at this moment; ``actor`` is whoever looks at it."""
    owing = await uow.invoices.list_open(receipt.customer_id)
    settled = allocate(receipt.money, owing, _named(receipt, owing))
    promise = await uow.ledger.find_promise(receipt.customer_id)
    staff = actor.require_staff(*LOOKING) if actor else None
    return ReceiptCard(
        receipt=receipt,
        proposal=proposed(settled, owing),
        left=settled.left,
        promised_on=promise.on if promise else None,
        second_from=await _second_from(uow),
        first_by=await uow.receipts.colleague(receipt.first_by) if receipt.first_by else None,
        may_decide=staff is None or (staff.role in DECIDING and receipt.first_by != staff.id),
    )


def _named(receipt: Receipt, owing: Sequence[OpenInvoice]) -> list[int] | None:
    """The invoice that was named, while something of it is open; else the oldest due first."""
    if receipt.invoice_id is None or all(each.id != receipt.invoice_id for each in owing):
        return None
    return [receipt.invoice_id]


async def _book(uow: UnitOfWork, actor: Actor, receipt: Receipt, now: datetime) -> None:
    payment = Payment(
        customer_id=receipt.customer_id,
        amount=receipt.money,
        paid_on=receipt.paid_on,
        method="card" if receipt.proof.last_four else "transfer",
        tracking=receipt.proof.tracking,
        receipt_id=receipt.id,
    )
    owing = await uow.invoices.list_open(receipt.customer_id)
    await receive_payment(uow, actor, payment, now, to_invoice=_named(receipt, owing))


async def _second_from(uow: UnitOfWork) -> Money | None:
    rials = await uow.company.decided(SECOND_FROM)
    return Money(int(rials)) if rials is not None else None


async def tell_desk(
    uow: UnitOfWork, receipt: Receipt, kind: str, now: datetime, *, but: int | None = None
) -> None:
    """Finance hears of it with the card; where there is nobody of finance, the managers do."""
    people = await uow.staff.list_active(Role.FINANCE) or await uow.staff.list_active(Role.MANAGER)
    facts = facts_of(await _card(uow, None, receipt))
    await uow.outbox.put(
        *(
            Notification(
                key=f"{kind}:{receipt.id}:{receipt.version}:{each.id}",
                kind=kind,
                to=Recipient(staff_id=each.id),
                subject_id=receipt.id,
                due_at=now,
                facts=facts,
            )
            for each in people
            if each.id != but
        )
    )


async def _tell_customer(
    uow: UnitOfWork, receipt: Receipt, now: datetime, kind: str, facts: dict[str, object]
) -> None:
    if receipt.contact_id is None:
        return
    await uow.outbox.put(
        Notification(
            key=f"{kind}:{receipt.id}",
            kind=kind,
            to=Recipient(contact_id=receipt.contact_id),
            subject_id=receipt.id,
            due_at=now,
            facts={**facts_of_audit(receipt), **facts},
        )
    )


def _told(card: ReceiptCard, now: datetime) -> dict[str, object]:
    """The invoices that are paid now, whether a promise was kept, and what is left over."""
    return {
        "invoices": [each.number for each in card.proposal if each.is_full],
        "left_rials": card.left.rials,
        "promise_kept": card.promised_on is not None and card.promised_on >= today_in_tehran(now),
    }


def facts_of_audit(receipt: Receipt) -> dict[str, object]:
    return {
        "number": receipt.number,
        "amount_rials": receipt.money.rials,
        "paid_on": receipt.paid_on.isoformat(),
    }
