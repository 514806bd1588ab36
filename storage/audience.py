"""Whom a campaign reaches: one statement counts them with every reason, one freezes them as recipients."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime

from sqlalchemy import func, insert, select, text
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.audiences import AudienceCount, Exclusion
from storage.audience_queries import Asked, counted, example, recipients
from storage.segment_queries import Then
from storage.tables.campaigns import campaign_recipients
from storage.tables.people import customers

_C, _R = customers.c, campaign_recipients.c
ROOM = -32_768
"""32 MB of pages, however many customers there are."""
__all__ = ["Asked", "Audience"]


class Audience:
    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection
        self._joins = connection.dialect.name == "postgresql"

    async def count(self, asked: Asked, now: datetime) -> AudienceCount:
        """Every customer of the segment once, with the first reason that holds; no holdout yet."""
        rows = await self._connection.execute(counted(asked, Then(now), by_joining=self._joins))
        found = {row.reason: row.how_many for row in rows}
        excluded = {why: found[why.value] for why in Exclusion if found.get(why.value)}
        return AudienceCount(matched=sum(found.values()), excluded=excluded)

    async def freeze(
        self, campaign_id: int, asked: Asked, size: AudienceCount, seed: int, now: datetime
    ) -> AudienceCount:
        """Make them recipients, in random order, the holdout spread evenly among them.

        ``size`` is what was counted in the same unit of work. Afterwards only these rows say who gets it.
        """
        columns = ["campaign_id", "customer_id", "contact_id", "is_holdout", "state", "text_version"]
        after = None
        if not self._joins:
            after = await self._connection.scalar(select(func.coalesce(func.max(_R.id), 0)))
            columns.append("id")
        rows = recipients(campaign_id, asked, size, seed, Then(now), after=after)
        async with self._roomy():
            await self._connection.execute(
                insert(campaign_recipients).from_select(columns, rows, include_defaults=False)
            )
        kept = select(func.count().label("all"), func.count().filter(_R.is_holdout).label("held"))
        row = (await self._connection.execute(kept.where(_R.campaign_id == campaign_id))).one()
        matched = row.all + sum(size.excluded.values())
        return AudienceCount(matched=matched, excluded=size.excluded, holdout=row.held)

    @asynccontextmanager
    async def _roomy(self) -> AsyncIterator[None]:
        """SQLite's writer keeps few pages: for so many rows it may keep more, and gives them back."""
        if self._joins:
            yield
            return
        usual = await self._connection.scalar(text("PRAGMA cache_size"))
        await self._connection.execute(text(f"PRAGMA cache_size={ROOM}"))
        try:
            yield
        finally:
            await self._connection.execute(text(f"PRAGMA cache_size={int(usual)}"))

    async def example(self, asked: Asked, now: datetime, after: int | None = None) -> int | None:
        """The next customer of the audience after that one, or the first; None: nobody is in it."""
        found = example(asked, Then(now)).limit(1)
        following: int | None = None
        if after is not None:
            following = await self._connection.scalar(found.where(_C.id > after))
        if following is None:
            following = await self._connection.scalar(found)
        return following
