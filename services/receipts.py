"""What a customer says to have paid: a receipt, put before finance (S6.6, CRD-09)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

from domain.actors import Actor
from domain.calendar import today_in_tehran
from domain.errors import NotAllowed, NotAProof, NotFound
from domain.money import Money
from domain.receipts import Debts, Proof, Receipt, require_amount, require_day
from services.receipt_desk import facts_of_audit, tell_desk
from storage.unit_of_work import UnitOfWork

FIRST_NUMBER = 1_001
"""Of a company that begins with us; one that has numbered before sets its counter."""
_SIGNATURES = (b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"GIF8", b"RIFF", b"%PDF-")


async def debts(uow: UnitOfWork, actor: Actor, invoice_id: int | None = None) -> Debts:
    """What the customer may be about to pay; that invoice alone, when one is named."""
    customer_id = _payer(actor)
    found = await uow.invoices.list_open(customer_id)
    if invoice_id is not None:
        found = tuple(each for each in found if each.id == invoice_id)
        if not found:
            raise NotFound
    return Debts(invoices=tuple(sorted(found, key=lambda each: (each.due_on, each.id))))


async def keep_photo(
    uow: UnitOfWork, actor: Actor, name: str, mime_type: str, content: bytes, now: datetime
) -> int:
    """Keep the picture of a receipt; what only pretends to be one is refused."""
    _payer(actor)
    if not content.startswith(_SIGNATURES):
        raise NotAProof
    return await uow.files.put(name, mime_type, content, now)


async def require_new(uow: UnitOfWork, actor: Actor, proof: Proof) -> None:
    """Refuse the number of a transfer that was sent before, while another can still be typed."""
    _payer(actor)
    if proof.tracking is not None:
        await uow.receipts.require_unused(proof.tracking)


async def send_receipt(
    uow: UnitOfWork,
    actor: Actor,
    amount: Money,
    paid_on: date,
    proof: Proof,
    now: datetime,
    *,
    photo_id: int | None = None,
    invoice_id: int | None = None,
) -> Receipt:
    """Keep what the customer says and put it before finance; the balance stays as it is until then."""
    customer_id = _payer(actor)
    require_amount(amount)
    require_day(paid_on, today_in_tehran(now))
    if invoice_id is not None:
        await uow.invoices.get(invoice_id, of=actor)
    receipt = await uow.receipts.put(
        Receipt(
            id=0,
            number=await uow.audit.next_number("receipt", FIRST_NUMBER),
            customer_id=customer_id,
            contact_id=actor.contact_id,
            amount=amount,
            paid_on=paid_on,
            proof=proof,
            photo_id=photo_id,
            invoice_id=invoice_id,
            created_at=now,
        )
    )
    await uow.audit.write(actor, "receipt.sent", "receipt", receipt.id, now, facts_of_audit(receipt))
    assert actor.customer is not None
    await tell_desk(uow, replace(receipt, customer_name=actor.customer.name), "receipt_sent", now)
    return receipt


def _payer(actor: Actor) -> int:
    """Whoever sends receipts sees what is owed."""
    customer = actor.require_customer()
    if not actor.rights.may_see_balance:
        raise NotAllowed("balance")
    return customer.id
