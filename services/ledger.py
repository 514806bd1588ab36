"""What moves a customer's money, and what settles what.

Whoever calls one of these has the customer's lock (``uow.credit.lock``) or gets it here: it is the first lock
of a unit of work, before an order's and before stock.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from domain import settling
from domain.actors import Actor
from domain.calendar import today_in_tehran
from domain.errors import NotFound
from domain.ledger import Account, EntryKind, Posting, Voucher
from domain.money import ZERO, Money, total
from domain.settling import Payment, Settled
from domain.staff import Role
from storage.unit_of_work import UnitOfWork

BOOKKEEPERS = (Role.FINANCE, Role.MANAGER)


async def post(uow: UnitOfWork, *postings: Posting) -> None:
    """Write these down for good. A key that is in the books already fails the whole unit of work."""
    await uow.ledger.put(*postings)


async def take_back_posting(
    uow: UnitOfWork, voucher: Voucher, voucher_id: int, kind: EntryKind, now: datetime, by: int | None
) -> None:
    """Mirror the postings of that kind that still stand: what was posted by mistake stays, and is undone."""
    known = await uow.ledger.list_postings(voucher, voucher_id)
    undone = {each.reverses for each in known}
    standing = [each for each in known if each.reverses is None and each.id not in undone]
    mirrored = (each.mirrored(today_in_tehran(now), now, by) for each in standing if each.kind is kind)
    await post(uow, *mirrored)


async def allocate(
    uow: UnitOfWork,
    customer_id: int,
    source: Voucher,
    source_id: int,
    amount: Money,
    now: datetime,
    *,
    to_invoice: int | Sequence[int] | None = None,
    by: int | None = None,
) -> Settled:
    """Settle the oldest due first, or only the named invoices, with so much of what that source still has.

    What nobody owes stays the source's unallocated credit. A remainder within five rials is let go.
    """
    await uow.credit.lock(customer_id)
    named = (to_invoice,) if isinstance(to_invoice, int) else to_invoice
    owing = await uow.invoices.list_open(customer_id)
    if named is not None and not set(named) <= {each.id for each in owing}:
        raise NotFound
    settled = settling.allocate(amount, owing, named)
    last = 0
    for part in settled.parts:
        await uow.invoices.settle(part.invoice_id, part.amount + part.rounding)
        to = (customer_id, part.invoice_id)
        last = await uow.settling.put_allocation(*to, source, source_id, part.amount, now, by)
        if part.rounding:
            await uow.settling.put_allocation(*to, Voucher.ROUNDING, last, part.rounding, now, by)
            await _round(uow, customer_id, source, source_id, last, -part.rounding, now, by)
    if settled.over:
        await _round(uow, customer_id, source, source_id, last, settled.over, now, by)
    if used := amount - settled.left:
        await uow.settling.use_credit(source, source_id, used)
    return settled


async def _round(
    uow: UnitOfWork,
    customer_id: int,
    source: Voucher,
    source_id: int,
    allocation_id: int,
    paid_over: Money,
    now: datetime,
    by: int | None,
) -> None:
    """Post the few rials that were paid too much, or (negative) too little."""
    accounts = (Account.RECEIVABLE, Account.ROUNDING)
    debit, credit = accounts if paid_over > ZERO else accounts[::-1]
    await post(
        uow,
        Posting(
            debit=debit,
            credit=credit,
            amount=paid_over if paid_over > ZERO else -paid_over,
            customer_id=customer_id,
            voucher=source,
            voucher_id=source_id,
            kind=EntryKind.ROUNDING,
            key=f"rounding:{allocation_id}:{'over' if paid_over > ZERO else 'under'}",
            day=today_in_tehran(now),
            at=now,
            by=by,
        ),
    )


async def take_back(
    uow: UnitOfWork,
    customer_id: int,
    source: Voucher,
    source_id: int,
    now: datetime,
    *,
    by: int | None = None,
) -> Mapping[int, Money]:
    """Open again what that source has settled; its credit is there again. What was opened, by invoice."""
    await uow.credit.lock(customer_id)
    rounded = await uow.settling.standing_roundings(source, source_id)
    settled = await uow.settling.standing_allocations(source, source_id)
    over = await _rounded_over(uow, source, source_id)
    await take_back_posting(uow, source, source_id, EntryKind.ROUNDING, now, by)
    opened: dict[int, Money] = {}
    for invoice_id, amount in settled.items():
        rounding = rounded.get(invoice_id, ZERO)
        to = (customer_id, invoice_id)
        made = await uow.settling.put_allocation(*to, source, source_id, -amount, now, by)
        if rounding:
            await uow.settling.put_allocation(*to, Voucher.ROUNDING, made, -rounding, now, by)
        opened[invoice_id] = amount + rounding
        await uow.invoices.settle(invoice_id, -opened[invoice_id])
    if given_back := total(settled.values()) + over:
        await uow.settling.use_credit(source, source_id, -given_back)
    return opened


async def _rounded_over(uow: UnitOfWork, source: Voucher, source_id: int) -> Money:
    """What of that source went to rounding and still stands."""
    known = await uow.ledger.list_postings(source, source_id)
    roundings = [each for each in known if each.kind is EntryKind.ROUNDING]
    over = [each for each in roundings if each.key.endswith(":over")]
    undone = {each.reverses for each in roundings}
    return total(each.amount for each in over if each.id not in undone and each.reverses is None)


async def use_credit(uow: UnitOfWork, customer_id: int, now: datetime) -> None:
    """Let credit that has settled nothing yet, the oldest first, settle what is owed now."""
    for credit in await uow.settling.list_credits(customer_id):
        await allocate(uow, customer_id, credit.source, credit.source_id, credit.unallocated, now)


async def receive_payment(
    uow: UnitOfWork,
    actor: Actor,
    payment: Payment,
    now: datetime,
    *,
    to_invoice: int | Sequence[int] | None = None,
) -> tuple[Payment, Settled]:
    """Money is there: book it on the day it was paid, and settle what it is for."""
    staff = actor.require_staff(*BOOKKEEPERS)
    await uow.credit.lock(payment.customer_id)
    kept = await uow.settling.put_payment(payment, now, staff.id)
    await post(uow, _paid(kept, now, staff.id))
    settled = await allocate(
        uow,
        kept.customer_id,
        Voucher.PAYMENT,
        kept.id,
        kept.amount,
        now,
        to_invoice=to_invoice,
        by=staff.id,
    )
    facts = {
        "customer_id": kept.customer_id,
        "amount_rials": kept.amount.rials,
        "method": kept.method,
        "receipt_id": kept.receipt_id,
        "invoices": [[part.invoice_id, part.amount.rials] for part in settled.parts],
    }
    await uow.audit.write(actor, "payment.received", "payment", kept.id, now, facts)
    return kept, settled


def _paid(payment: Payment, now: datetime, by: int | None) -> Posting:
    return Posting(
        debit=Account.CASH if payment.method == "cash" else Account.BANK,
        credit=Account.RECEIVABLE,
        amount=payment.amount,
        customer_id=payment.customer_id,
        voucher=Voucher.PAYMENT,
        voucher_id=payment.id,
        kind=EntryKind.PAYMENT,
        key=f"payment:{payment.id}",
        day=min(payment.paid_on, today_in_tehran(now)),
        at=now,
        facts={"method": payment.method},
        by=by,
    )
