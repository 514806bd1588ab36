"""When a shop and we last had to do with each other."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import and_, case, func, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.campaigns import RecipientState
from domain.contact_gaps import ContactGap
from storage.tables.calendar import routes
from storage.tables.campaigns import campaign_recipients
from storage.tables.messages import support_messages
from storage.tables.orders import orders
from storage.tables.people import contact_roles, customers, identities, outlets, reaches, staff

_C = customers.c
KINDS = ("ordered", "seen", "asked", "told")


class ContactGaps:
    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def list_of(
        self, segment: str, before: datetime, limit: int, offset: int = 0
    ) -> tuple[ContactGap, ...]:
        """Active shops of that group with no contact since then, the longest silence first."""
        theirs = outlets.alias("theirs")
        first = select(func.min(theirs.c.id)).where(theirs.c.customer_id == _C.id).scalar_subquery()
        every = (
            select(_C.id, _C.name, staff.c.name.label("visitor"), *_contacts())
            .select_from(
                customers.outerjoin(outlets, outlets.c.id == first)
                .outerjoin(routes, routes.c.id == outlets.c.route_id)
                .outerjoin(staff, and_(staff.c.id == routes.c.visitor_id, staff.c.is_active))
            )
            .where(_C.segment == segment, _C.is_active)
            .subquery()
        )
        last = _latest([every.c[name] for name in KINDS])
        known = select(every.c.id, every.c.name, every.c.visitor, last.label("last_at")).subquery()
        silent = (
            select(known)
            .where(or_(known.c.last_at.is_(None), known.c.last_at < before))
            .order_by(known.c.last_at.is_not(None), known.c.last_at, known.c.id)
        )
        return tuple(
            ContactGap(customer_id=row.id, customer=row.name, last_at=row.last_at, visitor=row.visitor or "")
            for row in await self._connection.execute(silent.limit(limit).offset(offset))
        )


def _contacts() -> tuple[Any, ...]:
    """The last of each: an order, a tap or a word of its people, a question to our support, a campaign."""
    ordered = select(func.max(orders.c.placed_at)).where(
        orders.c.customer_id == _C.id, orders.c.number.is_not(None)
    )
    seen = (
        select(func.max(reaches.c.seen_at))
        .join_from(contact_roles, identities, identities.c.contact_id == contact_roles.c.contact_id)
        .join(reaches, reaches.c.identity_id == identities.c.id)
        .where(contact_roles.c.customer_id == _C.id)
    )
    asked = select(func.max(support_messages.c.asked_at)).where(support_messages.c.customer_id == _C.id)
    told = select(func.max(campaign_recipients.c.sent_at)).where(
        campaign_recipients.c.customer_id == _C.id,
        campaign_recipients.c.state == RecipientState.SENT.value,
    )
    several = (ordered, seen, asked, told)
    return tuple(each.scalar_subquery().label(name) for name, each in zip(KINDS, several, strict=True))


def _latest(several: list[Any]) -> Any:
    """The latest of them; one database's own word for that forgets all when one is missing."""
    latest, *rest = several
    for each in rest:
        latest = case((latest.is_(None), each), (each > latest, each), else_=latest)
    return latest
