"""Cheques in lists and sums: a customer's, finance's desk, who is to be reminded and who is to be told."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, and_, case, exists, func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.cheque_lists import ChequeTotals, DeskPart, PaidInvoice, PartSum, last_of_week
from domain.drawers import ChequeRecord
from domain.instruments import UNCLEARED, UNSETTLED, Cheque, ChequeState
from domain.ledger import Voucher
from domain.money import Money
from domain.orders import DELIVERIES, OPEN
from domain.settling import ROUNDS_TO
from domain.terms import term_of
from storage.cheque_rows import WHOLE, cheque_of
from storage.tables.calendar import routes
from storage.tables.instruments import cheques
from storage.tables.ledger import allocations, invoices
from storage.tables.orders import orders
from storage.tables.people import contact_roles, contacts, outlets, preferences, staff

_C = cheques.c
GONE = frozenset({ChequeState.HANDED_BACK, ChequeState.VOID})
"""Cheques that pay for nothing any more: another may take their place."""


class ChequeLists:
    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def list_of(
        self, customer_id: int, states: Collection[ChequeState], limit: int = 100
    ) -> tuple[Cheque, ...]:
        """A customer's cheques in these states by their days, without their history."""
        wanted = (
            WHOLE.where(_C.customer_id == customer_id, _is_in(states)).order_by(_C.due_on, _C.id).limit(limit)
        )
        return await self._cheques(wanted)

    async def find_order(self, customer_id: int, amount: Money) -> int | None:
        """The one order that waits for a cheque of that amount, near enough; None where several do, or none.

        It was placed to be paid by cheque, no cheque names it yet, and once delivered its invoice is open.
        """
        is_named = exists().where(_C.order_id == orders.c.id, _C.state.not_in([each.value for each in GONE]))
        is_owed = exists().where(invoices.c.order_id == orders.c.id, invoices.c.open_rials > 0)
        rows = await self._connection.execute(
            select(orders.c.id, orders.c.term, (orders.c.net_rials + orders.c.vat_rials).label("rials"))
            .where(orders.c.customer_id == customer_id, orders.c.term.is_not(None), ~is_named)
            .where(
                orders.c.status.in_([each.value for each in OPEN])
                | (orders.c.status.in_([each.value for each in DELIVERIES]) & is_owed)
            )
        )
        fitting = [row.id for row in rows if _is_paid_by(row, amount)]
        return int(fitting[0]) if len(fitting) == 1 else None

    async def totals(self, customer_id: int) -> ChequeTotals:
        """What is not paid yet, and what came back and is not settled (rule R2.1)."""
        row = (
            await self._connection.execute(
                select(
                    *_summed("uncleared", _is_in(UNCLEARED)),
                    *_summed("bounced", _is_in(UNSETTLED)),
                    func.max(case((_is_in(UNSETTLED), _C.bounced_on))).label("last"),
                ).where(_C.customer_id == customer_id)
            )
        ).one()
        return ChequeTotals(
            uncleared_count=int(row.uncleared_count),
            uncleared=Money(int(row.uncleared_rials)),
            bounced_count=int(row.bounced_count),
            bounced=Money(int(row.bounced_rials)),
            last_bounced_on=row.last,
        )

    async def record(self, customer_id: int, since: date) -> ChequeRecord:
        """What became of the cheques since that day; one that came back counts as such for ever."""
        came_back = _C.bounced_on >= since
        cleared = and_(_C.state == ChequeState.CLEARED.value, _C.closed_on >= since, _C.bounced_on.is_(None))
        row = (
            await self._connection.execute(
                select(*_summed("cleared", cleared), *_summed("bounced", came_back)).where(
                    _C.customer_id == customer_id
                )
            )
        ).one()
        return ChequeRecord(
            cleared_count=int(row.cleared_count),
            cleared=Money(int(row.cleared_rials)),
            bounced_count=int(row.bounced_count),
            bounced=Money(int(row.bounced_rials)),
        )

    async def desk(self, today: date) -> dict[DeskPart, PartSum]:
        """How many cheques each part of the desk holds, and what they come to; in one statement."""
        columns = [column for part in DeskPart for column in _summed(part.value, _part(part, today))]
        open_states = UNCLEARED | UNSETTLED | {ChequeState.ANNOUNCED}
        row = (await self._connection.execute(select(*columns).where(_is_in(open_states)))).one()
        found = row._mapping
        return {
            part: PartSum(int(found[f"{part.value}_count"]), Money(int(found[f"{part.value}_rials"])))
            for part in DeskPart
        }

    async def count_announced(self) -> int:
        """Cheques that were announced and wait for the paper."""
        counted = select(func.count()).select_from(cheques).where(_C.state == ChequeState.ANNOUNCED.value)
        return int(await self._connection.scalar(counted) or 0)

    async def list_desk(self, part: DeskPart, today: date, limit: int, offset: int = 0) -> tuple[Cheque, ...]:
        wanted = WHOLE.where(_part(part, today)).order_by(_C.effective_due, _C.id).limit(limit).offset(offset)
        return await self._cheques(wanted)

    async def list_due(self, days: Collection[date]) -> tuple[Cheque, ...]:
        """Cheques that banks pay on one of these days, whose drawers want to be reminded."""
        return await self._cheques(
            WHOLE.where(_C.effective_due.in_(sorted(days)), _is_in(UNCLEARED), _C.wants_reminder).order_by(
                _C.id
            )
        )

    async def list_unpaid(self, first: date, last: date) -> tuple[Cheque, ...]:
        """Cheques written for these days that are announced or not paid yet."""
        states = UNCLEARED | {ChequeState.ANNOUNCED}
        return await self._cheques(
            WHOLE.where(_C.due_on.between(first, last), _is_in(states)).order_by(_C.id)
        )

    async def list_paid(self, cheque_id: int) -> tuple[PaidInvoice, ...]:
        """The invoices that the cheque pays for, the oldest first."""
        amount = func.sum(allocations.c.amount_rials)
        rows = await self._connection.execute(
            select(invoices.c.number, invoices.c.issued_on, amount.label("rials"))
            .join_from(allocations, invoices, invoices.c.id == allocations.c.invoice_id)
            .where(allocations.c.source == Voucher.CHEQUE.value, allocations.c.source_id == cheque_id)
            .group_by(invoices.c.id, invoices.c.number, invoices.c.issued_on)
            .having(amount != 0)
            .order_by(invoices.c.issued_on, invoices.c.number)
        )
        return tuple(PaidInvoice(row.number, row.issued_on, Money(int(row.rials))) for row in rows)

    async def wants_reminders(self, customer_id: int) -> bool:
        """As it was said of the customer's last cheque; yes while nothing was said."""
        last = select(_C.wants_reminder).where(_C.customer_id == customer_id).order_by(_C.id.desc()).limit(1)
        return await self._connection.scalar(last) is not False

    async def list_readers(self, customer_id: int, *, wants_reminders: bool = False) -> tuple[int, ...]:
        """The contacts who may see the customer's balance, or of these who want to be reminded."""
        wanted = (
            select(contact_roles.c.contact_id)
            .select_from(
                contact_roles.join(contacts, contacts.c.id == contact_roles.c.contact_id).outerjoin(
                    preferences, preferences.c.contact_id == contact_roles.c.contact_id
                )
            )
            .where(
                contact_roles.c.customer_id == customer_id,
                contact_roles.c.may_see_balance,
                contacts.c.is_active,
            )
            .order_by(contact_roles.c.contact_id)
        )
        if wants_reminders:
            wanted = wanted.where(func.coalesce(preferences.c.reminders, True))
        return tuple(await self._connection.scalars(wanted))

    async def list_visitors(self, customer_id: int) -> tuple[int, ...]:
        """Our visitors on whose routes the customer's outlets lie."""
        found = await self._connection.scalars(
            select(staff.c.id)
            .distinct()
            .select_from(
                outlets.join(routes, routes.c.id == outlets.c.route_id).join(
                    staff, staff.c.id == routes.c.visitor_id
                )
            )
            .where(outlets.c.customer_id == customer_id, staff.c.is_active)
            .order_by(staff.c.id)
        )
        return tuple(found)

    async def _cheques(self, wanted: Any) -> tuple[Cheque, ...]:
        return tuple(cheque_of(row) for row in await self._connection.execute(wanted))


def _is_in(states: Iterable[ChequeState]) -> ColumnElement[bool]:
    return _C.state.in_(sorted(each.value for each in states))


def _summed(name: str, where: ColumnElement[bool]) -> tuple[ColumnElement[Any], ...]:
    """How many there are and what they come to."""
    return (
        func.coalesce(func.sum(case((where, 1), else_=0)), 0).label(f"{name}_count"),
        func.coalesce(func.sum(case((where, _C.amount_rials), else_=0)), 0).label(f"{name}_rials"),
    )


def _part(part: DeskPart, today: date) -> ColumnElement[bool]:
    match part:
        case DeskPart.LATE:
            return and_(_is_in(UNCLEARED), _C.effective_due < today)
        case DeskPart.TODAY:
            return and_(_is_in(UNCLEARED), _C.effective_due == today)
        case DeskPart.WEEK:
            return and_(_is_in(UNCLEARED), _C.effective_due.between(today, last_of_week(today)))
        case DeskPart.BOUNCED:
            return _is_in(UNSETTLED)
    return _is_in({ChequeState(part.value)})


def _is_paid_by(row: Any, amount: Money) -> bool:
    term = term_of(row.term)
    part = term.credit_part(Money(row.rials))
    return term.is_by_cheque and abs(part.rials - amount.rials) <= ROUNDS_TO.rials
