"""Moving a cheque along the table of its life (rule R3): the move, its posting and what follows.

Each move locks the customer first, starts from exactly what was shown, and writes its audit row.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from domain.actors import Actor
from domain.calendar import today_in_tehran
from domain.cheque_books import POSTED, REPLACED, ChequePosting
from domain.cheque_errors import NotReplaced
from domain.credit import HoldKind
from domain.drawers import require_acceptable
from domain.errors import ChangedMeanwhile
from domain.instruments import BounceReason, Cheque, ChequeState
from domain.ledger import Posting, Voucher
from domain.money import ZERO
from domain.staff import Role
from services import ledger
from services.instruments.policy import colour_policy
from services.instruments.telling import facts_of, put_task, task_key, tell_bounce, tell_customer
from storage.unit_of_work import UnitOfWork

_S = ChequeState
TOLD = {
    _S.RECEIVED: "cheque_received",
    _S.CLEARED: "cheque_cleared",
    _S.BOUNCED: "cheque_bounced",
    _S.SETTLED: "cheque_settled",
    _S.HANDED_BACK: "cheque_handed_back",
    _S.VOID: "cheque_void",
}
"""What the customer hears of a move; a cheque that only comes back from the bank is nothing to them."""


async def locked(uow: UnitOfWork, by: Actor, cheque_id: int, version: int) -> Cheque:
    """The cheque as it was shown, with its customer's money locked."""
    by.require_staff(Role.FINANCE)
    await uow.credit.lock(await uow.cheques.owner(cheque_id))
    cheque = await uow.cheques.get(cheque_id, of=by)
    if cheque.version != version:
        raise ChangedMeanwhile
    return cheque


async def receive(
    uow: UnitOfWork,
    by: Actor,
    cheque_id: int,
    version: int,
    now: datetime,
    to_invoices: Sequence[int] | None = None,
) -> Cheque:
    """Take an announced cheque: the balance falls, the remaining credit stays (CUS-06).

    It settles the invoices that are named, or the oldest due first; the rest of it is the customer's credit.
    """
    was = await locked(uow, by, cheque_id, version)
    was.moved_to(_S.RECEIVED, now)
    if was.state is _S.ANNOUNCED:
        await _require_drawer(uow, was, now)
    taken = await move_and_post(uow, by, was, was.moved_to(_S.RECEIVED, now), now)
    if was.state is _S.ANNOUNCED:
        await spend(uow, taken, now, by, to_invoices)
        await uow.tasks.finish(task_key(was, "cheque_announced"), now, by.staff_id)
        await tell_customer(uow, taken, TOLD[_S.RECEIVED], now)
    return await uow.cheques.get(cheque_id, of=by)


async def move_cheque(
    uow: UnitOfWork, by: Actor, cheque_id: int, to: ChequeState, version: int, now: datetime
) -> Cheque:
    """Any other move that needs no more words: to the bank, on to others, paid, legal, back, void."""
    if to is _S.RECEIVED:
        return await receive(uow, by, cheque_id, version, now)
    was = await locked(uow, by, cheque_id, version)
    moved = await move_and_post(uow, by, was, was.moved_to(to, now), now)
    if was.state is _S.RECEIVED and to is _S.HANDED_BACK:
        await give_up(uow, moved, now, by)
    if was.state is _S.ANNOUNCED:
        await uow.tasks.finish(task_key(was, "cheque_announced"), now, by.staff_id)
    if to in TOLD:
        await tell_customer(uow, moved, TOLD[to], now)
    return await uow.cheques.get(cheque_id, of=by)


async def bounce(
    uow: UnitOfWork,
    by: Actor,
    cheque_id: int,
    reason: BounceReason,
    version: int,
    now: datetime,
    code: str | None = None,
) -> Cheque:
    """The bank has sent it back: the debt is back, credit stops, and everybody concerned hears it at once."""
    was = await locked(uow, by, cheque_id, version)
    came_back = replace(was.moved_to(_S.BOUNCED, now), bounce_reason=reason, bounce_code=code)
    bounced = await move_and_post(uow, by, was, came_back, now)
    await uow.credit.put_hold(
        was.customer_id, HoldKind.BOUNCED, now, subject_id=cheque_id, staff_id=by.staff_id
    )
    await put_task(uow, bounced, "cheque_bounced", now)
    await tell_customer(uow, bounced, TOLD[_S.BOUNCED], now)
    await tell_bounce(uow, bounced, now)
    return await uow.cheques.get(cheque_id, of=by)


async def settle(
    uow: UnitOfWork, by: Actor, cheque_id: int, version: int, now: datetime, *, is_replaced: bool = False
) -> Cheque:
    """A cheque that came back was made good: with money, or with other cheques that we hold by now.

    The stop on credit stays until finance releases it.
    """
    was = await locked(uow, by, cheque_id, version)
    if is_replaced:
        await _require_replaced(uow, was, now)
    settled = await move_and_post(
        uow, by, was, was.moved_to(_S.SETTLED, now), now, REPLACED if is_replaced else None
    )
    if is_replaced:
        await give_up(uow, settled, now, by)
        await ledger.use_credit(uow, was.customer_id, now)
    await uow.tasks.finish(task_key(was, "cheque_bounced"), now, by.staff_id)
    await tell_customer(uow, settled, TOLD[_S.SETTLED], now)
    return await uow.cheques.get(cheque_id, of=by)


async def move_and_post(
    uow: UnitOfWork,
    by: Actor,
    was: Cheque,
    moved: Cheque,
    now: datetime,
    posted: ChequePosting | None = None,
) -> Cheque:
    """Save the move, post what it moves, and write it down."""
    saved = await uow.cheques.save(moved, was, by_staff=by.staff_id)
    posted = posted or POSTED.get((was.state, moved.state))
    if posted is not None:
        await ledger.post(uow, _posting(saved, posted, now, by))
    facts = {**facts_of(saved), "was": was.state.value}
    await uow.audit.write(by, f"cheque.{moved.state.value}", "cheque", was.id, now, facts)
    return saved


def _posting(cheque: Cheque, posted: ChequePosting, now: datetime, by: Actor) -> Posting:
    return Posting(
        debit=posted.debit,
        credit=posted.credit,
        amount=cheque.amount,
        customer_id=cheque.customer_id,
        voucher=Voucher.CHEQUE,
        voucher_id=cheque.id,
        kind=posted.kind,
        key=f"cheque:{cheque.id}:{len(cheque.moves)}",
        day=today_in_tehran(now),
        at=now,
        facts={"due_on": cheque.due_on.isoformat(), "sayad_id": cheque.sayad_id, "bank": cheque.bank},
        by=by.staff_id,
    )


async def spend(
    uow: UnitOfWork, cheque: Cheque, now: datetime, by: Actor, to_invoices: Sequence[int] | None = None
) -> None:
    """All of it is the customer's credit now, and settles invoices."""
    await uow.cheques.set_unallocated(cheque.id, cheque.amount)
    await ledger.allocate(
        uow,
        cheque.customer_id,
        Voucher.CHEQUE,
        cheque.id,
        cheque.amount,
        now,
        to_invoice=to_invoices,
        by=by.staff_id,
    )


async def give_up(uow: UnitOfWork, cheque: Cheque, now: datetime, by: Actor) -> None:
    """It pays for nothing any more: what it had settled is owed again, and no credit of it is left."""
    await ledger.take_back(uow, cheque.customer_id, Voucher.CHEQUE, cheque.id, now, by=by.staff_id)
    await uow.cheques.set_unallocated(cheque.id, ZERO)


async def _require_drawer(uow: UnitOfWork, cheque: Cheque, now: datetime) -> None:
    """The drawer's colour allows it, measured against the order it is for, or else all that is owed."""
    if cheque.order_id is not None:
        owed = (await uow.orders.get(cheque.order_id, of=cheque.customer_id)).payable
    else:
        owed = (await uow.credit.standing(cheque.customer_id, now)).open_invoices
    require_acceptable(
        cheque.colour,
        await colour_policy(uow),
        is_approved=cheque.is_drawer_approved,
        amount=cheque.amount,
        owed=owed,
    )


async def _require_replaced(uow: UnitOfWork, cheque: Cheque, now: datetime) -> None:
    """Other cheques or payments must hold as much credit as what this one had paid."""
    others = (await uow.credit.standing(cheque.customer_id, now)).unallocated - cheque.unallocated
    if others < cheque.amount:
        raise NotReplaced(cheque.amount - others)
