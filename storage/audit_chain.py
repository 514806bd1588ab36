"""Sealing the audit trail, and looking whether it still reads as it was sealed."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import datetime
from typing import Any

from sqlalchemy import func, insert, select, text
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.audit_chain import (
    NOTHING_BEFORE,
    SEALED_AFTER,
    AuditFault,
    AuditRow,
    Checking,
    Link,
    digest_of,
)
from storage.tables.audit import audit, audit_links

AT_ONCE = 1_000
_LOCK = text("SELECT pg_advisory_xact_lock(hashtext('bonak.audit_chain'))")
_UNSEALED = (
    select(audit)
    .join_from(audit, audit_links, audit_links.c.audit_id == audit.c.id, isouter=True)
    .where(audit_links.c.id.is_(None))
    .order_by(audit.c.id)
)


class AuditChain:
    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def seal(self, now: datetime, at_once: int = AT_ONCE) -> int:
        """Seal the oldest rows that are not sealed yet; how many. One process does so at a time."""
        if self._connection.dialect.name == "postgresql":
            await self._connection.execute(_LOCK)
        wanted = _UNSEALED.where(audit.c.at < now - SEALED_AFTER).limit(at_once)
        rows = [_row(each) for each in await self._connection.execute(wanted)]
        if not rows:
            return 0
        digest = await self._head()
        links = []
        for row in rows:
            digest = digest_of(digest, row)
            links.append({"audit_id": row.id, "digest": digest, "sealed_at": now})
        await self._connection.execute(insert(audit_links), links)
        return len(rows)

    async def check(self) -> tuple[tuple[AuditFault, ...], str]:
        """Every row that was altered, deleted or put in afterwards; and the last digest of the chain."""
        checking = Checking()
        faults = [fault async for link in self._links() if (fault := checking.follow(link)) is not None]
        unsealed = [_row(each) for each in await self._connection.execute(_UNSEALED)]
        faults += [fault for row in unsealed if (fault := checking.unsealed(row)) is not None]
        return tuple(faults), checking.head

    async def _links(self) -> AsyncIterator[Link]:
        """All of them in their order, some at a time: a trail of years does not fit into memory."""
        last = 0
        wanted = select(
            audit_links.c.id.label("link_id"),
            audit_links.c.audit_id,
            audit_links.c.digest,
            audit_links.c.sealed_at,
            audit,
        ).join_from(audit_links, audit, audit.c.id == audit_links.c.audit_id, isouter=True)
        while True:
            page = wanted.where(audit_links.c.id > last).order_by(audit_links.c.id).limit(AT_ONCE)
            rows = (await self._connection.execute(page)).all()
            for row in rows:
                yield Link(
                    audit_id=row.audit_id,
                    digest=row.digest,
                    sealed_at=row.sealed_at,
                    row=None if row.id is None else _row(row),
                )
            if len(rows) < AT_ONCE:
                return
            last = rows[-1].link_id

    async def _head(self) -> str:
        newest = select(func.max(audit_links.c.id)).scalar_subquery()
        digest = await self._connection.scalar(select(audit_links.c.digest).where(audit_links.c.id == newest))
        return digest or NOTHING_BEFORE


def _row(row: Any) -> AuditRow:
    return AuditRow(
        id=row.id,
        at=row.at,
        identity_id=row.identity_id,
        staff_id=row.staff_id,
        action=row.action,
        subject=row.subject,
        subject_id=row.subject_id,
        facts=row.facts,
    )
