"""Our people: how they join, and what waits for them."""

from __future__ import annotations

from datetime import datetime, timedelta
from hashlib import sha256
from secrets import token_urlsafe

from domain.actors import Actor, Stranger
from domain.errors import InviteRefused
from domain.staff import MoneyDesk, Role, Staff, Workload
from storage.unit_of_work import UnitOfWork

TOKEN_BYTES = 16
VALID_FOR = timedelta(days=3)


async def invite(uow: UnitOfWork, role: Role, now: datetime, valid_for: timedelta = VALID_FOR) -> str:
    """The token of a new one-time link. Only its hash is kept: the token is never seen again."""
    token = token_urlsafe(TOKEN_BYTES)
    await uow.staff.put_invite(fingerprint(token), role, now, now + valid_for)
    await uow.audit.write(None, "staff_invited", "staff", None, now, {"role": role.value})
    return token


async def require_open_invite(uow: UnitOfWork, by: Actor, invited: str, now: datetime) -> None:
    """Refuse an invite that this person could not use; unknown, used and expired are the same answer."""
    if not isinstance(by.person, Stranger) or not await uow.staff.is_open(invited, now):
        raise InviteRefused


async def join(uow: UnitOfWork, by: Actor, invited: str, name: str, now: datetime) -> Staff:
    """Use the invite of that fingerprint up and become a member of staff. Of several at once one succeeds."""
    if not isinstance(by.person, Stranger):
        raise InviteRefused
    used = await uow.staff.use_invite(invited, now)
    if used is None:
        raise InviteRefused
    invite_id, role = used
    staff_id = await uow.staff.put(name, role)
    await uow.staff.note_joined(invite_id, staff_id)
    assert by.identity.id is not None
    await uow.customers.link(by.identity.id, staff_id=staff_id)
    await uow.audit.write(by, "staff_joined", "staff", staff_id, now, {"role": role.value})
    return Staff(id=staff_id, name=name, role=role)


async def workload(uow: UnitOfWork, of: Staff) -> Workload:
    """What the home screen of this role counts."""
    tasks = await uow.tasks.count_open(of)
    match of.role:
        case Role.MANAGER:
            return Workload(
                request_count=await uow.registrations.count_pending(),
                order_count=await uow.settings.count_on_the_way(),
                questions=await uow.support.list_open(),
                money=await _money_desk(uow),
                task_count=tasks,
                ticket_count=await uow.tickets.count_open(),
                is_frozen=await uow.frozen.is_frozen(),
            )
        case Role.FINANCE:
            money = await _money_desk(uow)
            return Workload(money=money, task_count=tasks, ticket_count=await _own_tickets(uow, of))
        case Role.WAREHOUSE:
            return Workload(
                order_count=await uow.settings.count_on_the_way(),
                task_count=tasks,
                ticket_count=await _own_tickets(uow, of),
            )
        case Role.SUPPORT:
            return Workload(
                questions=await uow.support.list_open(),
                task_count=tasks,
                ticket_count=await uow.tickets.count_open(),
            )
    return Workload(task_count=tasks, ticket_count=await _own_tickets(uow, of))


async def _own_tickets(uow: UnitOfWork, of: Staff) -> int | None:
    """Whoever is at no desk of tickets sees these only while there are some of their own."""
    return await uow.tickets.count_open(owner=of.id) or None


async def _money_desk(uow: UnitOfWork) -> MoneyDesk:
    return MoneyDesk(
        receipts=await uow.receipts.count_waiting(),
        cheques=await uow.cheque_lists.count_announced(),
        disputes=await uow.disputes.count_open(),
        approvals=await uow.approvals.count_held(),
    )


def fingerprint(token: str) -> str:
    """By which an invite is known after its link was handed out."""
    return sha256(token.encode()).hexdigest()
