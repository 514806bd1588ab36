"""Who was in the middle of something when the messenger could not reach us any more."""

from datetime import datetime

from sqlalchemy import and_, exists, func, literal_column, select
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.outages import HEARD_EVERY, JUST_BEFORE, Interrupted, Outage
from storage.tables.messages import inbox, memory
from storage.tables.orders import orders
from storage.tables.people import identities

_DRAFT = orders.c.status == literal_column("'draft'")


class InterruptedPeople:
    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def list_interrupted(self, outage: Outage) -> tuple[Interrupted, ...]:
        """Whoever did something just before it and has a basket or a question that is open."""
        active = (
            select(inbox.c.person)
            .where(
                inbox.c.platform == outage.platform,
                inbox.c.bot_id == outage.bot_id,
                inbox.c.done_at >= outage.since - JUST_BEFORE,
                inbox.c.received_at <= outage.since + HEARD_EVERY,
            )
            .distinct()
        )
        lines = (
            select(func.max(orders.c.line_count))
            .where(_DRAFT, orders.c.contact_id == identities.c.contact_id)
            .scalar_subquery()
        )
        asked = exists().where(
            memory.c.platform == outage.platform,
            memory.c.bot_id == outage.bot_id,
            memory.c.user_id == identities.c.user_id,
            memory.c.state.is_not(None),
        )
        rows = await self._connection.execute(
            select(identities.c.id, func.coalesce(lines, 0).label("lines"), asked.label("asked"))
            .where(identities.c.platform == outage.platform, identities.c.user_id.in_(active))
            .order_by(identities.c.id)
        )
        found = (
            Interrupted(identity_id=row.id, line_count=row.lines, has_question=bool(row.asked))
            for row in rows
        )
        return tuple(each for each in found if each.line_count or each.has_question)

    async def is_back(self, identity_id: int, since: datetime) -> bool:
        """Whether this person has written or tapped since then, and so knows how it stands."""
        came = exists().where(
            and_(identities.c.platform == inbox.c.platform, identities.c.user_id == inbox.c.person),
            identities.c.id == identity_id,
            inbox.c.received_at > since,
        )
        return bool(await self._connection.scalar(select(came)))
