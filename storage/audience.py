"""Whom a campaign reaches: one statement counts them with every reason, one freezes them as recipients."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import func, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.audiences import AudienceCount, Exclusion
from storage.audience_queries import SENDABLE, Asked, matched, reason, recipients
from storage.segment_queries import Then
from storage.tables.campaigns import campaign_recipients
from storage.tables.people import customers

_C, _R = customers.c, campaign_recipients.c
__all__ = ["Asked", "Audience"]


class Audience:
    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def count(self, asked: Asked, now: datetime) -> AudienceCount:
        """Every customer of the segment once, with the first reason that holds; no holdout yet."""
        then = Then(now)
        each = select(reason(asked, then).label("reason")).where(*matched(asked, then)).subquery("each")
        counted = select(each.c.reason, func.count().label("how_many")).group_by(each.c.reason)
        found = {row.reason: row.how_many for row in await self._connection.execute(counted)}
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
            recipients(campaign_id, asked, size, seed, Then(now)),
            include_defaults=False,
        )
        await self._connection.execute(frozen)
        counted = select(func.count().label("all"), func.count().filter(_R.is_holdout).label("held")).where(
            _R.campaign_id == campaign_id
        )
        row = (await self._connection.execute(counted)).one()
        matched = row.all + sum(size.excluded.values())
        return AudienceCount(matched=matched, excluded=size.excluded, holdout=row.held)

    async def example(self, asked: Asked, now: datetime, after: int | None = None) -> int | None:
        """The next customer of the audience after that one, or the first; None: nobody is in it."""
        then = Then(now)
        found = (
            select(_C.id)
            .where(*matched(asked, then), reason(asked, then) == SENDABLE)
            .order_by(_C.id)
            .limit(1)
        )
        following: int | None = None
        if after is not None:
            following = await self._connection.scalar(found.where(_C.id > after))
        if following is None:
            following = await self._connection.scalar(found)
        return following
