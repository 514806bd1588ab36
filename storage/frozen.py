"""Whether anything may be told by itself, how far this database has come, and what would be told."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import func, select, text, update
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.frozen import FROZEN, HOME, Held, Mark
from domain.notifications import MessageClass, Notification, Recipient
from storage.built import built
from storage.tables.audit import audit
from storage.tables.company import company_settings
from storage.tables.messages import delivery_attempts, notifications
from storage.tables.people import contacts, identities, staff

_N = notifications.c
_OPEN = _N.state.in_(("new", "sending"))
_FROZEN = built(select(company_settings.c.value).where(company_settings.c.name == FROZEN))
_MARK = built(
    select(
        select(func.coalesce(func.max(delivery_attempts.c.id), 0)).scalar_subquery().label("attempts"),
        select(func.coalesce(func.max(audit.c.id), 0)).scalar_subquery().label("audits"),
        select(company_settings.c.value)
        .where(company_settings.c.name == HOME)
        .scalar_subquery()
        .label("home"),
    )
)


class Frozen:
    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def is_frozen(self) -> bool:
        return bool(await self._connection.scalar(_FROZEN))

    async def mark(self) -> Mark:
        row = (await self._connection.execute(_MARK)).one()
        return Mark(attempts=row.attempts, audits=row.audits, home=row.home or "")

    async def home(self) -> str | None:
        """Which database of its server this is; None for a file, which has no name of its own."""
        if self._connection.dialect.name != "postgresql":
            return None
        here = text("SELECT oid FROM pg_database WHERE datname = current_database()")
        return str(await self._connection.scalar(here))

    async def counts(self, now: datetime) -> Mapping[MessageClass, int]:
        """What would be told, without what nobody wants to hear any more."""
        counted = select(_N.message_class, func.count().label("n")).where(_OPEN, _fresh(now))
        rows = await self._connection.execute(counted.group_by(_N.message_class))
        return {MessageClass(row.message_class): row.n for row in rows}

    async def list_first(self, now: datetime, limit: int) -> tuple[Held, ...]:
        name = func.coalesce(contacts.c.name, staff.c.name, identities.c.name, "")
        rows = await self._connection.execute(
            select(notifications, name.label("reader"))
            .outerjoin(contacts, contacts.c.id == _N.contact_id)
            .outerjoin(staff, staff.c.id == _N.staff_id)
            .outerjoin(identities, identities.c.id == _N.identity_id)
            .where(_OPEN, _fresh(now))
            .order_by(_N.message_class, _N.due_at, _N.id)
            .limit(limit)
        )
        return tuple(
            Held(
                reader=row.reader,
                notification=Notification(
                    key=row.key,
                    kind=row.kind,
                    to=Recipient(
                        contact_id=row.contact_id, staff_id=row.staff_id, identity_id=row.identity_id
                    ),
                    subject_id=row.subject_id,
                    due_at=row.due_at,
                    facts=row.facts,
                    message_class=MessageClass(row.message_class),
                    expires_at=row.expires_at,
                ),
            )
            for row in rows
        )

    async def set_aside(self, before: datetime) -> int:
        """All that waits and was due before then is told to nobody; how many that were."""
        put = update(notifications).where(_OPEN, _N.due_at <= before)
        aside = put.values(state="withdrawn", leased_until=None, lease=None)
        return (await self._connection.execute(aside)).rowcount


def _fresh(now: datetime) -> Any:
    return _N.expires_at.is_(None) | (_N.expires_at > now)
