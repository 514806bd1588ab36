"""Tickets: what has to be put right, by when and by whom, and what was done about it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import and_, func, insert, or_, select, text, update
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.errors import AlreadyDecided, NotFound
from domain.money import Money
from domain.orders import DELIVERIES
from domain.staff import Role, Staff
from domain.tickets import Earned, Ticket, TicketKind, TicketNote, TicketState
from storage.tables.catalogue import products
from storage.tables.orders import order_lines, orders
from storage.tables.people import contacts, customers, staff
from storage.tables.push import account_managers
from storage.tables.surveys import surveys, ticket_notes, tickets

_T = tickets.c
_OPEN = text("tickets.state = 'open'")
_WHOLE = (
    select(
        tickets,
        customers.c.name.label("customer_name"),
        contacts.c.name.label("contact_name"),
        contacts.c.mobile,
        orders.c.number.label("order_number"),
        staff.c.name.label("owner_name"),
        surveys.c.score,
    )
    .join_from(tickets, customers, customers.c.id == _T.customer_id)
    .outerjoin(contacts, contacts.c.id == _T.contact_id)
    .outerjoin(orders, orders.c.id == _T.order_id)
    .outerjoin(staff, staff.c.id == _T.owner_id)
    .outerjoin(surveys, surveys.c.id == _T.survey_id)
)


class Tickets:
    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def put(self, ticket: Ticket) -> Ticket:
        """Write a new one down; its id is given by us."""
        made = insert(tickets).values(
            number=ticket.number,
            kind=ticket.kind.value,
            customer_id=ticket.customer_id,
            contact_id=ticket.contact_id,
            order_id=ticket.order_id,
            survey_id=ticket.survey_id,
            subject=ticket.subject,
            text=ticket.text,
            owner_id=ticket.owner_id,
            state=ticket.state.value,
            is_urgent=0,
            due_at=ticket.due_at,
            created_at=ticket.created_at,
        )
        return replace(ticket, id=int((await self._connection.execute(made.returning(_T.id))).scalar_one()))

    async def get(self, ticket_id: int, *, of: int | None = None) -> Ticket:
        """The ticket; ``of`` is the contact whose it must be."""
        found = await self._find(_T.id == ticket_id)
        if found is None or of not in (None, found.contact_id):
            raise NotFound
        return found

    async def find_of_survey(self, survey_id: int) -> Ticket | None:
        return await self._find(_T.survey_id == survey_id)

    async def _find(self, which: Any) -> Ticket | None:
        row = (await self._connection.execute(_WHOLE.where(which))).one_or_none()
        return _ticket(row) if row else None

    async def list_open(self, limit: int, offset: int = 0, *, owner: int | None = None) -> tuple[Ticket, ...]:
        """What waits, by its deadline: all of it, or one colleague's."""
        wanted = _WHOLE.where(_OPEN).order_by(_T.due_at, _T.id).limit(limit).offset(offset)
        if owner is not None:
            wanted = wanted.where(_T.owner_id == owner)
        return tuple(_ticket(row) for row in await self._connection.execute(wanted))

    async def list_of_customer(self, customer_id: int, but: int, limit: int) -> tuple[Ticket, ...]:
        wanted = _WHOLE.where(_T.customer_id == customer_id, _T.id != but).order_by(_T.id.desc())
        return tuple(_ticket(row) for row in await self._connection.execute(wanted.limit(limit)))

    async def count_open(self, *, owner: int | None = None) -> int:
        wanted = select(func.count()).select_from(tickets).where(_OPEN)
        if owner is not None:
            wanted = wanted.where(_T.owner_id == owner)
        return int(await self._connection.scalar(wanted) or 0)

    async def open_by_owner(self) -> dict[int, int]:
        """How many open tickets each colleague has."""
        rows = await self._connection.execute(
            select(_T.owner_id, func.count()).where(_OPEN, _T.owner_id.is_not(None)).group_by(_T.owner_id)
        )
        return {int(owner): int(count) for owner, count in rows}

    async def account_manager(self, customer_id: int) -> Staff | None:
        """Who answers for that customer, while they work with us."""
        row = (
            await self._connection.execute(
                select(staff)
                .join_from(account_managers, staff, staff.c.id == account_managers.c.staff_id)
                .where(account_managers.c.customer_id == customer_id, staff.c.is_active)
            )
        ).one_or_none()
        if row is None:
            return None
        return Staff(id=row.id, name=row.name, role=Role(row.role), mobile=row.mobile, language=row.language)

    async def name_reason(self, ticket_id: int, subject: str, words: str) -> None:
        """What was wrong, as far as the customer has said it by now."""
        await self._change(ticket_id, None, {"subject": subject, "text": words})

    async def attach(self, ticket_id: int, photo_id: int) -> None:
        await self._change(ticket_id, None, {"photo_file_id": photo_id})

    async def hurry(self, ticket_id: int) -> bool:
        """Whether nobody has asked for it before."""
        asked = update(tickets).where(_T.id == ticket_id, _T.is_urgent == 0).values(is_urgent=1)
        return (await self._connection.execute(asked)).rowcount == 1

    async def assign(self, ticket_id: int, owner_id: int) -> None:
        await self._change(ticket_id, TicketState.OPEN, {"owner_id": owner_id})

    async def solve(self, ticket_id: int, outcome: str, now: datetime) -> None:
        """The first who solves it; whoever comes second is told so."""
        solved = {"state": TicketState.SOLVED.value, "outcome": outcome, "solved_at": now}
        await self._change(ticket_id, TicketState.OPEN, solved)

    async def close(self, ticket_id: int) -> None:
        await self._change(ticket_id, TicketState.SOLVED, {"state": TicketState.CLOSED.value})

    async def reopen(self, ticket_id: int, due_at: datetime) -> None:
        again = {"state": TicketState.OPEN.value, "solved_at": None, "due_at": due_at}
        await self._change(ticket_id, TicketState.SOLVED, again)

    async def _change(self, ticket_id: int, was: TicketState | None, values: Mapping[str, Any]) -> None:
        changed = update(tickets).where(_T.id == ticket_id)
        if was is not None:
            changed = changed.where(_T.state == was.value)
        done = await self._connection.execute(changed.values({**values, "version": _T.version + 1}))
        if done.rowcount != 1:
            raise AlreadyDecided

    async def put_note(
        self,
        ticket_id: int,
        words: str,
        now: datetime,
        *,
        staff_id: int | None = None,
        contact_id: int | None = None,
        facts: Mapping[str, object] | None = None,
    ) -> None:
        row = {"ticket_id": ticket_id, "text": words, "noted_at": now, "facts": dict(facts or {})}
        await self._connection.execute(
            insert(ticket_notes).values(**row, staff_id=staff_id, contact_id=contact_id)
        )

    async def list_notes(self, ticket_id: int, limit: int) -> tuple[TicketNote, ...]:
        """What has happened to it, the newest of all but oldest first."""
        named = func.coalesce(staff.c.name, contacts.c.name, "").label("who")
        rows = await self._connection.execute(
            select(ticket_notes, named)
            .outerjoin(staff, staff.c.id == ticket_notes.c.staff_id)
            .outerjoin(contacts, contacts.c.id == ticket_notes.c.contact_id)
            .where(ticket_notes.c.ticket_id == ticket_id)
            .order_by(ticket_notes.c.id.desc())
            .limit(limit)
        )
        found = [TicketNote(who=row.who, text=row.text, at=row.noted_at, facts=row.facts) for row in rows]
        return tuple(reversed(found))

    async def earned(self, customer_id: int, since: datetime) -> Earned | None:
        """What delivered goods of known cost brought since then; None where no cost is known."""
        line = order_lines.c
        sold = line.quantity - line.later
        given = line.discount_rials * sold // line.quantity
        margin = sold * (line.unit_price_rials - products.c.cost_rials) - given
        row = (
            await self._connection.execute(
                select(func.sum(margin).label("margin"), func.min(orders.c.placed_at).label("first"))
                .join_from(orders, order_lines, line.order_id == orders.c.id)
                .join(products, and_(products.c.id == line.product_id, products.c.cost_rials.is_not(None)))
                .where(
                    orders.c.customer_id == customer_id,
                    orders.c.number.is_not(None),
                    orders.c.placed_at >= since,
                    or_(*(orders.c.status == each.value for each in sorted(DELIVERIES))),
                )
            )
        ).one()
        if row.margin is None or row.first is None:
            return None
        return Earned(margin=Money(int(row.margin)), since=row.first)


def _ticket(row: Any) -> Ticket:
    return Ticket(
        id=row.id,
        number=row.number,
        kind=TicketKind(row.kind),
        customer_id=row.customer_id,
        customer_name=row.customer_name,
        contact_id=row.contact_id,
        contact_name=row.contact_name or "",
        mobile=row.mobile,
        order_id=row.order_id,
        order_number=row.order_number,
        survey_id=row.survey_id,
        score=row.score,
        subject=row.subject,
        text=row.text,
        photo_id=row.photo_file_id,
        owner_id=row.owner_id,
        owner_name=row.owner_name or "",
        state=TicketState(row.state),
        is_urgent=bool(row.is_urgent),
        due_at=row.due_at,
        outcome=row.outcome,
        created_at=row.created_at,
        version=row.version,
    )
