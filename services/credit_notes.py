"""Credit notes of what comes back, or was wrong on an invoice."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from domain.actors import Actor
from domain.calendar import today_in_tehran
from domain.errors import MoreThanDelivered
from domain.invoices import (
    CreditLine,
    CreditNote,
    CreditReason,
    Invoice,
    InvoiceLine,
    credited,
    part_of,
    sums,
)
from domain.ledger import Account, EntryKind, Posting, Voucher
from domain.money import ZERO, Money
from domain.returns import BonusBack, Refund
from services.ledger import BOOKKEEPERS, allocate, post
from storage.unit_of_work import UnitOfWork

FIRST_NOTE = 1_001


async def issue_credit_note(
    uow: UnitOfWork,
    actor: Actor,
    invoice_id: int,
    units: Mapping[int, int],
    reason: CreditReason,
    now: datetime,
    *,
    refund: Refund | None = None,
    words: str = "",
) -> CreditNote:
    """Credit for units of an invoice, by the place of their line (rules R5.7 and R6.6).

    What is our fault is credited at the paid unit net with its VAT. For other returns ``refund`` says what
    is left of the discounts; bonus goods that are not earned any more and do not come back are charged. It
    settles its own invoice first, then what is oldest; the rest waits.
    """
    staff = actor.require_staff(*BOOKKEEPERS)
    known = await uow.invoices.get(invoice_id, of=actor)
    await uow.credit.lock(known.customer_id)
    invoice = await uow.invoices.get(invoice_id, of=actor)
    lines = await _drawn_up(uow, invoice, units, refund)
    net, vat = sums(lines)
    if reason is CreditReason.VOID and net + vat != await _creditable(uow, invoice):
        # Void is all of it: what is owed for a part would be owed on no invoice.
        raise MoreThanDelivered
    number = await uow.audit.next_number("credit_note", FIRST_NOTE)
    wanted = CreditNote(
        id=0,
        number=number,
        customer_id=invoice.customer_id,
        invoice_id=invoice_id,
        reason=reason,
        net=net,
        vat=vat,
        issued_on=today_in_tehran(now),
        lines=lines,
    )
    note = await uow.settling.put_credit_note(wanted, now, staff.id, words)
    await post(uow, *_returned(note, invoice.number, now, staff.id))
    await uow.audit.write(
        actor, "credit_note.issued", "credit_note", note.id, now, _note_facts(note, invoice)
    )
    await _spend(uow, note, invoice, now, staff.id)
    if reason is CreditReason.VOID:
        await uow.invoices.mark_void(invoice_id)
    return note


async def give_credit(
    uow: UnitOfWork,
    actor: Actor | None,
    customer_id: int,
    amount: Money,
    now: datetime,
    about: Mapping[str, object],
) -> CreditNote:
    """A credit note that is about no invoice; it settles what is oldest, and the rest waits."""
    await uow.credit.lock(customer_id)
    by = actor.staff_id if actor else None
    wanted = CreditNote(
        id=0,
        number=await uow.audit.next_number("credit_note", FIRST_NOTE),
        customer_id=customer_id,
        invoice_id=None,
        reason=CreditReason.GIFT,
        net=amount,
        vat=ZERO,
        issued_on=today_in_tehran(now),
    )
    note = await uow.settling.put_credit_note(wanted, now, by)
    gift = _returned(note, None, now, by)
    await post(uow, *(replace(each, debit=Account.GIFTS) for each in gift))
    facts = {"number": note.number, "reason": note.reason.value, "amount_rials": amount.rials, **about}
    await uow.audit.write(actor, "credit_note.issued", "credit_note", note.id, now, facts)
    await allocate(uow, customer_id, Voucher.CREDIT_NOTE, note.id, amount, now, by=by)
    return note


async def preview_credit_note(
    uow: UnitOfWork,
    actor: Actor,
    invoice_id: int,
    units: Mapping[int, int],
    *,
    refund: Refund | None = None,
) -> tuple[CreditLine, ...]:
    """The lines that :func:`issue_credit_note` would write for these units; nothing is written.

    Where they come to nothing, or to more than is left, it would refuse them: that is not looked at here.
    """
    actor.require_staff(*BOOKKEEPERS)
    invoice = await uow.invoices.get(invoice_id, of=actor)
    return _credited(invoice, units, await uow.settling.credited_units(invoice_id), refund)


async def _drawn_up(
    uow: UnitOfWork, invoice: Invoice, units: Mapping[int, int], refund: Refund | None
) -> tuple[CreditLine, ...]:
    lines = _credited(invoice, units, await uow.settling.credited_units(invoice.id), refund)
    net, vat = sums(lines)
    if net < ZERO or vat < ZERO or not ZERO < net + vat <= await _creditable(uow, invoice):
        raise MoreThanDelivered
    return lines


async def _creditable(uow: UnitOfWork, invoice: Invoice) -> Money:
    return invoice.total - await uow.settling.credited_sum(invoice.id)


def _credited(
    invoice: Invoice, units: Mapping[int, int], before: Mapping[int, int], refund: Refund | None
) -> tuple[CreditLine, ...]:
    by_position = {line.position: line for line in invoice.lines}
    found = []
    for position, count in sorted(units.items()):
        line = by_position.get(position)
        had = before.get(position, 0)
        if line is None or not 0 < count <= line.quantity - had:
            raise MoreThanDelivered
        found.append(credited(line, count, had))
    if refund is None:
        return tuple(found)
    refunded = (_refunded(line, by_position[line.position], refund) for line in found)
    return (
        *refunded,
        *_changed_otherwise(invoice, units, refund),
        *_charged(invoice, units, before, refund),
    )


def _refunded(line: CreditLine, of: InvoiceLine, refund: Refund) -> CreditLine:
    """The same units for what is refunded; bonus goods come back for nothing."""
    if of.is_bonus:
        return line
    known = next((each for each in refund.lines if each.product_id == of.product_id), None)
    if known is None:
        raise MoreThanDelivered
    return replace(line, net=known.net, vat=known.vat)


def _changed_otherwise(invoice: Invoice, units: Mapping[int, int], refund: Refund) -> list[CreditLine]:
    """Lines that stay whole but cost more now, because a discount has gone with the others."""
    changed = {each.product_id: each for each in refund.lines if not each.returned and (each.net or each.vat)}
    return [
        CreditLine(
            position=line.position,
            units=0,
            net=changed[line.product_id].net,
            vat=changed[line.product_id].vat,
        )
        for line in invoice.lines
        if line.product_id in changed and not line.is_bonus and line.position not in units
    ]


def _charged(
    invoice: Invoice, units: Mapping[int, int], before: Mapping[int, int], refund: Refund
) -> list[CreditLine]:
    """Bonus goods that are not earned any more and stay with the customer are paid at the unit net."""
    found = []
    for bonus in refund.bonus_back:
        line = next((each for each in invoice.lines if _is_bonus_of(each, bonus)), None)
        at = line.position if line else -1
        kept = bonus.units - units.get(at, 0) - before.get(at, 0)
        if line is None or kept <= 0 or bonus.charge is None:
            continue
        net = part_of(bonus.charge, kept, bonus.units)
        vat = net.share(line.vat_rate)
        found.append(CreditLine(position=at, units=kept, net=-net, vat=-vat))
    return found


def _is_bonus_of(line: InvoiceLine, bonus: BonusBack) -> bool:
    return line.is_bonus and line.product_id == bonus.product_id


def _returned(note: CreditNote, invoice_number: int | None, now: datetime, by: int | None) -> list[Posting]:
    parts = (("net", Account.RETURNS, note.net), ("vat", Account.VAT, note.vat))
    return [
        Posting(
            debit=account,
            credit=Account.RECEIVABLE,
            amount=amount,
            customer_id=note.customer_id,
            voucher=Voucher.CREDIT_NOTE,
            voucher_id=note.id,
            kind=EntryKind.CREDIT_NOTE,
            key=f"credit_note:{note.id}:{name}",
            day=note.issued_on,
            at=now,
            facts={"number": note.number, "reason": note.reason.value, "invoice": invoice_number},
            by=by,
        )
        for name, account, amount in parts
        if amount
    ]


async def _spend(uow: UnitOfWork, note: CreditNote, invoice: Invoice, now: datetime, by: int) -> None:
    left = note.amount
    to = (uow, note.customer_id, Voucher.CREDIT_NOTE, note.id)
    if invoice.open:
        left = (await allocate(*to, left, now, to_invoice=invoice.id, by=by)).left
    if left:
        await allocate(*to, left, now, by=by)


def _note_facts(note: CreditNote, invoice: Invoice) -> dict[str, object]:
    return {
        "number": note.number,
        "invoice": invoice.number,
        "reason": note.reason.value,
        "amount_rials": note.amount.rials,
        "units": [[line.position, line.units] for line in note.lines],
    }
