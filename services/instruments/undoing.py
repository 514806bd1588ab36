"""Taking a cheque's last move back, by finance and with a reason: with all that it had done to the books."""

from __future__ import annotations

from datetime import datetime

from domain.actors import Actor
from domain.calendar import today_in_tehran
from domain.cheque_books import POSTED, REPLACED
from domain.credit import HoldKind
from domain.instruments import Cheque, ChequeState
from domain.ledger import EntryKind, Posting, Voucher
from services import ledger
from services.instruments.moving import TOLD, give_up, locked, spend
from services.instruments.telling import task_key, tell_customer
from storage.unit_of_work import UnitOfWork

_S = ChequeState
_BACK_TO_INVOICES = (EntryKind.CHEQUE_HANDED_BACK, EntryKind.CHEQUE_SETTLED)


async def undo(
    uow: UnitOfWork, by: Actor, cheque_id: int, version: int, reason: str, now: datetime
) -> Cheque:
    """Back to where it was before its last move that still stands."""
    was = await locked(uow, by, cheque_id, version)
    back = was.undone(now, reason, by=None)
    saved = await uow.cheques.save(back, was, by_staff=by.staff_id)
    if (was.state, back.state) == (_S.RECEIVED, _S.ANNOUNCED):
        await give_up(uow, saved, now, by)
    mirrored = await _mirror(uow, was, back.state, now, by)
    if mirrored is not None and _had_left_invoices(mirrored):
        await spend(uow, saved, now, by)
    if was.state is _S.BOUNCED:
        await uow.tasks.finish(task_key(was, "cheque_bounced"), now, by.staff_id)
        await _end_stop(uow, by, saved, reason, now)
    facts = {"was": was.state.value, "state": back.state.value, "reason": reason}
    await uow.audit.write(by, "cheque.undone", "cheque", cheque_id, now, facts)
    if was.state in TOLD and not (was.state is _S.RECEIVED and back.state is not _S.ANNOUNCED):
        await tell_customer(uow, saved, "cheque_corrected", now, undone=was.state.value)
    return await uow.cheques.get(cheque_id, of=by)


async def _mirror(
    uow: UnitOfWork, was: Cheque, before: ChequeState, now: datetime, by: Actor
) -> Posting | None:
    """Post the opposite of what the move had posted; what that was, or None."""
    posted = POSTED.get((before, was.state))
    if posted is None:
        return None
    known = await uow.ledger.list_postings(Voucher.CHEQUE, was.id)
    undone = {each.reverses for each in known}
    standing = [
        each for each in known if each.reverses is None and each.id not in undone and each.kind is posted.kind
    ]
    if not standing:
        return None
    await ledger.post(uow, standing[-1].mirrored(today_in_tehran(now), now, by.staff_id))
    return standing[-1]


def _had_left_invoices(posting: Posting) -> bool:
    """Whether that posting had put the debt back on the invoices, which the cheque pays again now."""
    return posting.kind in _BACK_TO_INVOICES and posting.debit is REPLACED.debit


async def _end_stop(uow: UnitOfWork, by: Actor, cheque: Cheque, reason: str, now: datetime) -> None:
    """A stop on credit that only this cheque had caused ends with the mistake."""
    assert by.staff_id is not None
    if (await uow.cheque_lists.totals(cheque.customer_id)).bounced_count:
        return
    for hold in await uow.credit.list_holds(cheque.customer_id):
        if hold.kind is HoldKind.BOUNCED and hold.subject_id == cheque.id:
            await uow.credit.release_hold(hold.id, now, staff_id=by.staff_id, reason=reason)
