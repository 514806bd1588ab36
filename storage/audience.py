"""Whom a campaign reaches: one statement counts them with every reason, one freezes them as recipients."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import func, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.audiences import AudienceCount, Exclusion
from storage.audience_queries import Asked, counted, example, recipients
from storage.segment_queries import Then
from storage.tables.campaigns import campaign_recipients
from storage.tables.people import customers

_C, _R = customers.c, campaign_recipients.c
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
        frozen = insert(campaign_recipients).from_select(
            ["campaign_id", "customer_id", "contact_id", "is_holdout", "state", "text_version"],
            recipients(campaign_id, asked, size, seed, Then(now), by_joining=self._joins),
            include_defaults=False,
        )
        await self._connection.execute(frozen)
        kept = select(func.count().label("all"), func.count().filter(_R.is_holdout).label("held"))
        row = (await self._connection.execute(kept.where(_R.campaign_id == campaign_id))).one()
        matched = row.all + sum(size.excluded.values())
        return AudienceCount(matched=matched, excluded=size.excluded, holdout=row.held)

    async def example(self, asked: Asked, now: datetime, after: int | None = None) -> int | None:
        """The next customer of the audience after that one, or the first; None: nobody is in it."""
        found = example(asked, Then(now)).limit(1)
        following: int | None = None
        if after is not None:
            following = await self._connection.scalar(found.where(_C.id > after))
        if following is None:
            following = await self._connection.scalar(found)
        return following
