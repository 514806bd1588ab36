"""What our people see of a customer's credit, and what finance sets: limits, and stops (CRD-01, CRD-02)."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from domain.actors import Actor
from domain.balances import aging
from domain.calendar import today_in_tehran
from domain.cheque_errors import DuePassed
from domain.cheque_lists import ras_of
from domain.credit import CreditHold, CreditLimit, HoldKind
from domain.credit_books import BookLine, BookOrder, CreditCard, Debtor
from domain.errors import AlreadyDecided, NotFound
from domain.instruments import UNCLEARED
from domain.money import Money
from domain.staff import Role, Staff
from services.accounts import readable
from storage.unit_of_work import UnitOfWork

READERS = (Role.FINANCE, Role.MANAGER)
FINDERS = (*READERS, Role.VISITOR)
"""Visitors see the customers on their routes."""
YEAR = timedelta(days=365)
PER_PAGE = 10
MOST_LINES = 20_000
"""Of the whole book in one file."""
MOST_FOUND = 8
MOST_REASON = 300


async def open_card(uow: UnitOfWork, actor: Actor, customer_id: int, now: datetime) -> CreditCard:
    """One customer's credit; visitors see that of the customers on their routes."""
    staff = actor.require_staff(*FINDERS)
    await readable(uow, actor, customer_id)
    today = today_in_tehran(now)
    cheques = await uow.cheque_lists.list_of(customer_id, UNCLEARED)
    return CreditCard(
        debtor=Debtor(customer_id=customer_id, name=await uow.orders.customer_name(customer_id)),
        standing=await uow.credit.standing(customer_id, now),
        aging=aging(await uow.invoices.list_open(customer_id), today),
        ras=ras_of(today, cheques) if cheques else None,
        cheques=await uow.cheque_lists.totals(customer_id),
        record=await uow.cheque_lists.record(customer_id, today - YEAR),
        own_limit=await uow.credit.limit(now, customer_id=customer_id),
        holds=await uow.credit.list_holds(customer_id),
        may_change=staff.role is Role.FINANCE,
        account_manager=who.name if (who := await uow.account_managers.find(customer_id)) else "",
        may_assign=staff.role is Role.MANAGER,
    )


async def list_book(
    uow: UnitOfWork, actor: Actor, order: BookOrder, page: int, now: datetime
) -> tuple[tuple[BookLine, ...], bool]:
    """A page of the whole book, and whether there are more; pages count from 1."""
    actor.require_staff(*READERS)
    offset = (max(page, 1) - 1) * PER_PAGE
    found = await uow.credit_book.list_lines(order, today_in_tehran(now), PER_PAGE + 1, offset)
    return found[:PER_PAGE], len(found) > PER_PAGE


async def whole_book(uow: UnitOfWork, actor: Actor, order: BookOrder, now: datetime) -> tuple[BookLine, ...]:
    actor.require_staff(*READERS)
    return await uow.credit_book.list_lines(order, today_in_tehran(now), MOST_LINES)


async def find(uow: UnitOfWork, actor: Actor, text: str) -> tuple[Debtor, ...]:
    """The customers in whose name these words stand; none for whoever has no business with it."""
    if not isinstance(actor.person, Staff) or actor.person.role not in FINDERS:
        return ()
    own = actor.person.id if actor.person.role is Role.VISITOR else None
    return await uow.credit_book.find(text, MOST_FOUND, visited_by=own)


async def set_limit(
    uow: UnitOfWork,
    actor: Actor,
    customer_id: int,
    amount: Money,
    reason: str,
    now: datetime,
    *,
    is_open: bool = False,
    until: datetime | None = None,
) -> CreditCard:
    """A new ceiling, for good or ``until`` an instant; the other ceiling stays as it is. Finance alone."""
    staff = await _finance_at(uow, actor, customer_id)
    if until is not None and until <= now:
        raise DuePassed
    before = await uow.credit.limit(now, customer_id=customer_id)
    stands = before or CreditLimit()
    if until is None:
        # What was set for a time ends with the new word; the other ceiling is the one that stood before it.
        stands = await uow.credit.permanent_limit(customer_id) or CreditLimit()
    limit = replace(stands, open=amount) if is_open else replace(stands, total=amount)
    await _put(uow, actor, staff, customer_id, replace(limit, valid_until=until), before, reason, now)
    return await open_card(uow, actor, customer_id, now)


async def drop_limit(uow: UnitOfWork, actor: Actor, customer_id: int, now: datetime) -> CreditCard:
    """Nothing is agreed with that customer alone: what the group or the company says holds."""
    staff = await _finance_at(uow, actor, customer_id)
    before = await uow.credit.limit(now, customer_id=customer_id)
    if before is not None and not before.is_empty:
        await _put(uow, actor, staff, customer_id, CreditLimit(), before, "", now)
    return await open_card(uow, actor, customer_id, now)


async def _put(
    uow: UnitOfWork,
    actor: Actor,
    staff: Staff,
    customer_id: int,
    limit: CreditLimit,
    before: CreditLimit | None,
    reason: str,
    now: datetime,
) -> None:
    await uow.credit.put_limit(limit, now, customer_id=customer_id, staff_id=staff.id, reason=reason)
    facts = {"old": _facts(before), "new": _facts(limit), "reason": reason}
    await uow.audit.write(actor, "credit.limit", "customer", customer_id, now, facts)


def _facts(limit: CreditLimit | None) -> dict[str, object] | None:
    if limit is None:
        return None
    return {
        "open_rials": None if limit.open is None else limit.open.rials,
        "total_rials": None if limit.total is None else limit.total.rials,
        "valid_until": limit.valid_until.isoformat() if limit.valid_until else None,
    }


async def stop(uow: UnitOfWork, actor: Actor, customer_id: int, reason: str, now: datetime) -> CreditCard:
    """Nothing more on credit until it is released."""
    staff = await _finance_at(uow, actor, customer_id)
    put = await uow.credit.put_hold(customer_id, HoldKind.MANUAL, now, reason=reason, staff_id=staff.id)
    if not put:
        raise AlreadyDecided
    await uow.audit.write(actor, "credit.stopped", "customer", customer_id, now, {"reason": reason})
    return await open_card(uow, actor, customer_id, now)


async def begin_release(uow: UnitOfWork, actor: Actor, hold_id: int) -> CreditHold:
    """The stop about whose end a word is about to be typed: it must still stand."""
    actor.require_staff(Role.FINANCE)
    hold = await uow.credit.get_hold(hold_id)
    if hold.released_at is not None:
        raise AlreadyDecided
    return hold


async def release(uow: UnitOfWork, actor: Actor, hold_id: int, reason: str, now: datetime) -> CreditCard:
    """Credit goes on; what bounced must have been settled by then to count no more."""
    actor.require_staff(Role.FINANCE)
    hold = await uow.credit.get_hold(hold_id)
    staff = await _finance_at(uow, actor, hold.customer_id)
    await uow.credit.release_hold(hold_id, now, staff_id=staff.id, reason=reason)
    facts = {"kind": hold.kind.value, "hold_id": hold_id, "reason": reason}
    await uow.audit.write(actor, "credit.released", "customer", hold.customer_id, now, facts)
    return await open_card(uow, actor, hold.customer_id, now)


async def require_finance(uow: UnitOfWork, actor: Actor, customer_id: int) -> Debtor:
    """Whose limit or stop is about to be typed."""
    actor.require_staff(Role.FINANCE)
    name = await uow.orders.customer_name(customer_id)
    if not name:
        raise NotFound
    return Debtor(customer_id=customer_id, name=name)


async def _finance_at(uow: UnitOfWork, actor: Actor, customer_id: int) -> Staff:
    """Nobody spends that customer's credit while it is changed."""
    await require_finance(uow, actor, customer_id)
    await uow.credit.lock(customer_id)
    return actor.require_staff(Role.FINANCE)
