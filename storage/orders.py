"""Orders from the first line of a draft to the delivery: one statement reads a whole order."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from itertools import takewhile
from typing import Any

from sqlalchemy import Select, bindparam, delete, func, insert, literal_column, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.actors import Actor
from domain.errors import ChangedMeanwhile, NotFound
from domain.order_views import OrderBrief
from domain.orders import OPEN, Order, OrderEvent, OrderLine, OrderStatus
from storage.built import built
from storage.order_rows import BRIEF, WHOLE, brief_of, columns, line_columns, order_of
from storage.tables.base import Key
from storage.tables.orders import order_events, order_lines, orders
from storage.tables.people import contact_roles, customers, outlets

DRAFT = orders.c.status == literal_column("'draft'")
"""Spelled as a literal, so that SQLite sees that its index of drafts can answer."""


_ACTIVE_ID = (
    select(orders.c.id)
    .where(orders.c.contact_id == bindparam("contact"), orders.c.customer_id == bindparam("customer"), DRAFT)
    .order_by(orders.c.changes.is_(None), orders.c.id)
    .limit(1)
    .scalar_subquery()
)
# What taps read most is built once: building a statement costs more than running it.
_ACTIVE = built(WHOLE.where(orders.c.id == _ACTIVE_ID))
_ANY = built(WHOLE.where(orders.c.id == bindparam("order")))
_OWN = built(_ANY.where(orders.c.customer_id == bindparam("customer")))
_CHANGING = built(WHOLE.where(orders.c.changes == bindparam("order"), DRAFT))
_FIRST_OUTLET = (
    select(func.min(outlets.c.id)).where(outlets.c.customer_id == bindparam("whose")).scalar_subquery()
)
_CREATE = built(
    insert(orders)
    .values(outlet_id=func.coalesce(bindparam("chosen", type_=Key), _FIRST_OUTLET))
    .returning(orders.c.id, orders.c.outlet_id)
)
_SAVE = built(
    update(orders).where(orders.c.id == bindparam("was_id"), orders.c.version == bindparam("was_version"))
)
_CUT_LINES = built(
    delete(order_lines).where(
        order_lines.c.order_id == bindparam("order"), order_lines.c.position >= bindparam("kept")
    )
)
_PUT_LINES = built(insert(order_lines))
_PUT_EVENTS = built(insert(order_events))
_EVENTS = built(
    select(order_events.c.status, order_events.c.at)
    .where(order_events.c.order_id == bindparam("order"))
    .order_by(order_events.c.id)
)
_FORGET = built(delete(orders).where(orders.c.id == bindparam("order"), DRAFT))
_NUMBER = built(
    select(orders.c.number).where(
        orders.c.nonce == bindparam("nonce"), orders.c.customer_id == bindparam("customer")
    )
)
_NAME = built(select(customers.c.name).where(customers.c.id == bindparam("customer")))
_APPROVERS = built(
    select(contact_roles.c.contact_id)
    .where(
        contact_roles.c.customer_id == bindparam("customer"),
        contact_roles.c.may_approve,
        contact_roles.c.contact_id != bindparam("but"),
    )
    .order_by(contact_roles.c.contact_id)
)


class Orders:
    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def find_draft(self, customer_id: int, contact_id: int) -> Order | None:
        """The draft this contact works on for that customer: a change of a placed order goes first."""
        return await self._find(_ACTIVE, customer=customer_id, contact=contact_id)

    async def create_draft(self, draft: Order, now: datetime) -> Order:
        """Write a new draft with its lines down; the same draft with its own id.

        ``draft.id`` is ignored. An ``outlet_id`` of 0 means the customer's first outlet.
        """
        row = {**columns(draft), "created_at": now, "version": 0, "customer_id": draft.customer_id}
        row |= {"chosen": row.pop("outlet_id") or None, "whose": draft.customer_id}
        order_id, outlet_id = (await self._connection.execute(_CREATE, row)).one()
        draft = replace(draft, id=order_id, outlet_id=outlet_id, version=0)
        await self._save_lines(draft, ())
        return draft

    async def lock(self, order_id: int) -> None:
        """Let nobody else place, change or move this order until we end; read it after, not before.

        Of a draft, also the placed order that it changes. That one is older: whoever cancels it takes it
        first and then gives the draft up, so that two who meet wait instead of deadlocking. On SQLite there
        is one writer at a time anyway.
        """
        if self._connection.dialect.name == "postgresql":
            changes = select(orders.c.changes).where(orders.c.id == order_id).scalar_subquery()
            both = select(orders.c.id).where(or_(orders.c.id == order_id, orders.c.id == changes))
            await self._connection.execute(both.order_by(orders.c.id).with_for_update(of=orders))

    async def get(self, order_id: int, *, of: Actor | int) -> Order:
        """The order, if it is of that customer (the actor's own, or by id); for staff any order.

        A draft is only of the contact who makes it: for a colleague it does not exist.
        """
        if isinstance(of, Actor) and of.staff_id is not None:
            order = await self._find(_ANY, order=order_id)
        else:
            owner = of if isinstance(of, int) else of.customer_id or 0
            order = await self._find(_OWN, order=order_id, customer=owner)
        if order is None:
            raise NotFound
        if order.is_draft:
            if isinstance(of, Actor) and order.contact_id != of.contact_id:
                raise NotFound
            return order
        return replace(order, events=await self._events(order_id))

    async def save(self, order: Order, was: Order, *, by_staff: int | None = None) -> Order:
        """Keep what differs from ``was``, as it was read; somebody else's save in between refuses ours.

        Gives the order back with its next version. Events that ``was`` did not have are written too.
        """
        row = {**columns(order), "version": was.version + 1, "was_id": was.id, "was_version": was.version}
        if (await self._connection.execute(_SAVE, row)).rowcount != 1:
            raise ChangedMeanwhile
        await self._save_lines(order, was.lines)
        events = order.events[len(was.events) :]
        if events:
            await self._connection.execute(
                _PUT_EVENTS,
                [
                    {"order_id": order.id, "status": each.status.value, "at": each.at, "staff_id": by_staff}
                    for each in events
                ],
            )
        return replace(order, version=was.version + 1)

    async def delete_draft(self, draft: Order) -> None:
        """Forget a draft that was given up, or that has become part of the order it changes."""
        draft.require_draft()
        await self._connection.execute(_CUT_LINES, {"order": draft.id, "kept": 0})
        await self._connection.execute(_FORGET, {"order": draft.id})

    async def find_change(self, order_id: int) -> Order | None:
        """The draft that changes that placed order, whoever of the customer makes it."""
        return await self._find(_CHANGING, order=order_id)

    async def find_number(self, nonce: str, customer_id: int) -> int | None:
        """The number under which that nonce was used up."""
        found: int | None = await self._connection.scalar(_NUMBER, {"nonce": nonce, "customer": customer_id})
        return found

    async def list_open(self, customer_id: int, limit: int = 20) -> tuple[OrderBrief, ...]:
        """The orders on their way to that customer, the next delivery first."""
        return await self._briefs(
            BRIEF.where(orders.c.customer_id == customer_id, orders.c.number.is_not(None), _is_in(OPEN))
            .order_by(orders.c.deliver_on, orders.c.number)
            .limit(limit)
        )

    async def list_desk(self, limit: int, offset: int = 0) -> tuple[OrderBrief, ...]:
        """What the warehouse has to do, by the promised day."""
        desk = (OrderStatus.APPROVED, OrderStatus.PICKING, OrderStatus.LOADED)
        return await self._briefs(
            BRIEF.where(_is_in(desk))
            .order_by(orders.c.deliver_on, orders.c.number)
            .limit(limit)
            .offset(offset)
        )

    async def customer_name(self, customer_id: int) -> str:
        return await self._connection.scalar(_NAME, {"customer": customer_id}) or ""

    async def list_approvers(self, customer_id: int, but: int | None) -> tuple[int, ...]:
        """The contacts who answer for what is ordered in the customer's name, without that one."""
        return tuple(await self._connection.scalars(_APPROVERS, {"customer": customer_id, "but": but or 0}))

    async def put_feedback(self, order_id: int, customer_id: int, verdict: str) -> bool:
        """Keep the first verdict on a delivery; False when there is one already."""
        kept = (
            update(orders)
            .where(orders.c.id == order_id, orders.c.customer_id == customer_id, orders.c.feedback.is_(None))
            .values(feedback=verdict)
        )
        return (await self._connection.execute(kept)).rowcount == 1

    async def _find(self, wanted: Select[Any], **values: int) -> Order | None:
        rows = (await self._connection.execute(wanted, values)).all()
        return order_of(rows) if rows else None

    async def _briefs(self, wanted: Select[Any]) -> tuple[OrderBrief, ...]:
        return tuple(brief_of(row) for row in await self._connection.execute(wanted))

    async def _events(self, order_id: int) -> tuple[OrderEvent, ...]:
        rows = await self._connection.execute(_EVENTS, {"order": order_id})
        return tuple(OrderEvent(status=OrderStatus(row.status), at=row.at) for row in rows)

    async def _save_lines(self, order: Order, old: tuple[OrderLine, ...]) -> None:
        """Lines keep their place: from the first one that differs on they are written anew."""
        kept = sum(1 for _each in takewhile(lambda pair: pair[0] == pair[1], zip(order.lines, old)))  # noqa: B905
        if len(old) > kept:
            await self._connection.execute(_CUT_LINES, {"order": order.id, "kept": kept})
        if len(order.lines) > kept:
            await self._connection.execute(
                _PUT_LINES,
                [line_columns(order.id, at, order.lines[at]) for at in range(kept, len(order.lines))],
            )


def _is_in(statuses: Iterable[OrderStatus]) -> Any:
    return orders.c.status.in_(sorted(each.value for each in statuses))
