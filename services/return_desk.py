"""Finance takes goods of an invoice back, line by line, having seen what it comes to (rules R5.7, R6.6)."""

from __future__ import annotations

from datetime import datetime

from domain.actors import Actor
from domain.errors import ChangedMeanwhile
from domain.invoices import CreditNote, CreditReason, Invoice, sums
from domain.ledger import Voucher
from domain.money import ZERO
from domain.notifications import Notification, Recipient
from domain.return_desk import (
    BonusUnits,
    Returnable,
    ReturnCause,
    ReturnLine,
    ReturnPreview,
    ReturnWish,
    TakenBack,
)
from domain.staff import Role
from services.credit_notes import issue_credit_note, preview_credit_note
from services.returns import preview_return, take_return
from storage.unit_of_work import UnitOfWork

TAKING_BACK = (Role.FINANCE,)


async def returnable(uow: UnitOfWork, actor: Actor, invoice_id: int) -> Returnable:
    """Which lines of an invoice may still come back, and how much of each."""
    actor.require_staff(*TAKING_BACK)
    invoice = await uow.invoices.get(invoice_id, of=actor)
    return _returnable(invoice, await uow.settling.credited_units(invoice_id))


def _returnable(invoice: Invoice, before: dict[int, int]) -> Returnable:
    lines = (
        ReturnLine(
            position=line.position,
            name=line.name,
            unit=line.unit,
            left=line.quantity - before.get(line.position, 0),
        )
        for line in invoice.lines
        if not line.is_bonus and not invoice.is_void
    )
    return Returnable(
        invoice_id=invoice.id,
        number=invoice.number,
        customer_name=invoice.customer_name,
        lines=tuple(line for line in lines if line.left > 0),
        seen=sum(before.values()),
    )


async def preview(uow: UnitOfWork, actor: Actor, wish: ReturnWish) -> ReturnPreview:
    """What the units were paid with, and what of it would be refunded; nothing is written."""
    actor.require_staff(*TAKING_BACK)
    invoice = await uow.invoices.get(wish.invoice_id, of=actor)
    found = _returnable(invoice, await uow.settling.credited_units(wish.invoice_id))
    line = found.line(wish.position)
    line.require(wish.units)
    units = {wish.position: wish.units}
    paid = await preview_credit_note(uow, actor, wish.invoice_id, units)
    lines, bonus = paid, tuple[BonusUnits, ...]()
    if wish.cause is not ReturnCause.OURS:
        names = {each.position: each for each in invoice.lines if each.is_bonus}
        lines = await preview_return(uow, actor, wish.invoice_id, units)
        bonus = tuple(
            BonusUnits(
                position=each.position,
                name=names[each.position].name,
                unit=names[each.position].unit,
                units=each.units,
            )
            for each in lines
            if each.units and each.position in names
        )
        if wish.cause is ReturnCause.WITH_BONUS and bonus:
            lines = await preview_return(uow, actor, wish.invoice_id, _with(bonus, units))
    worth, amount = sum(sums(paid), start=ZERO), sum(sums(lines), start=ZERO)
    return ReturnPreview(wish=wish, found=found, line=line, worth=worth, amount=amount, bonus=bonus)


async def take_back(uow: UnitOfWork, actor: Actor, wish: ReturnWish, seen: int, now: datetime) -> TakenBack:
    """Write it down as it was shown; whoever has seen an older state of the invoice looks again."""
    actor.require_staff(*TAKING_BACK)
    await uow.credit.lock(await uow.invoices.owner_of(wish.invoice_id))
    if (await returnable(uow, actor, wish.invoice_id)).seen != seen:
        raise ChangedMeanwhile
    shown = await preview(uow, actor, wish)
    units = {wish.position: wish.units}
    match wish.cause:
        case ReturnCause.OURS:
            note = await issue_credit_note(uow, actor, wish.invoice_id, units, CreditReason.DAMAGE, now)
        case ReturnCause.THEIRS:
            note = await take_return(uow, actor, wish.invoice_id, units, now)
        case ReturnCause.WITH_BONUS:
            note = await take_return(uow, actor, wish.invoice_id, _with(shown.bonus, units), now)
    taken = await _taken(uow, actor, shown, note)
    await _tell_customer(uow, note, taken, now)
    return taken


def _with(bonus: tuple[BonusUnits, ...], units: dict[int, int]) -> dict[int, int]:
    return {**units, **{each.position: each.units for each in bonus}}


async def _taken(uow: UnitOfWork, actor: Actor, shown: ReturnPreview, note: CreditNote) -> TakenBack:
    settled = await uow.settling.standing_allocations(Voucher.CREDIT_NOTE, note.id)
    numbers = {each: (await uow.invoices.get(each, of=actor)).number for each in settled}
    unspent = await uow.settling.list_credits(note.customer_id)
    own = (each for each in unspent if (each.source, each.source_id) == (Voucher.CREDIT_NOTE, note.id))
    return TakenBack(
        preview=shown,
        customer_id=note.customer_id,
        number=note.number,
        amount=note.amount,
        settled=tuple((numbers[each], amount) for each, amount in settled.items()),
        left=next((each.unallocated for each in own), ZERO),
        balance=await uow.ledger.balance(note.customer_id),
    )


async def _tell_customer(uow: UnitOfWork, note: CreditNote, taken: TakenBack, now: datetime) -> None:
    """Everybody of the customer who may see the balance."""
    shown = taken.preview
    facts = {
        "number": note.number,
        "invoice": shown.found.number,
        "name": shown.line.name,
        "unit": shown.line.unit.value,
        "units": shown.wish.units,
        "amount_rials": note.amount.rials,
        "left_rials": taken.left.rials,
    }
    await uow.outbox.put(
        *(
            Notification(
                key=f"goods_returned:{note.id}:{contact_id}",
                kind="goods_returned",
                to=Recipient(contact_id=contact_id),
                subject_id=shown.wish.invoice_id,
                due_at=now,
                facts=facts,
            )
            for contact_id in await uow.cheque_lists.list_readers(note.customer_id)
        )
    )
