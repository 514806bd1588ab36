"""Whom a campaign reaches: counted with every reason, and frozen as recipients of what was gathered once."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import (
    Column,
    Integer,
    MetaData,
    Table,
    func,
    insert,
    select,
    text,
)
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.audiences import AudienceCount, Exclusion
from domain.refusal import Refusal
from storage.audience_queries import REASONS, Asked, counted, example, gathered, recipients
from storage.segment_queries import Then
from storage.tables.base import Key
from storage.tables.campaigns import campaign_recipients
from storage.tables.people import customers

_C, _R = customers.c, campaign_recipients.c
ROOM = -32_768
"""32 MB of pages, however many customers there are."""
_GATHERED = Table(
    "gathered_audience",
    MetaData(),
    Column("customer_id", Key, primary_key=True),
    Column("contact_id", Key),
    # Its place in ``REASONS``.
    Column("reason", Integer, nullable=False),
)
"""Seen by one connection alone, and only while an audience is frozen: a few bytes for each customer of it."""
_CREATE = """CREATE TEMPORARY TABLE gathered_audience
(customer_id {key} PRIMARY KEY, contact_id {key}, reason INTEGER NOT NULL)"""
_DROP = text("DROP TABLE gathered_audience")
__all__ = ["Asked", "Audience", "Gathered"]


@dataclass(frozen=True, slots=True)
class Gathered:
    """The customers of a segment, each looked at once: how many they are, and the rows they will be."""

    count: AudienceCount
    """No holdout yet."""
    _connection: AsyncConnection

    async def freeze(self, campaign_id: int, size: AudienceCount, seed: int) -> AudienceCount:
        """Make them recipients, in random order, the holdout of ``size`` spread evenly among them.

        Afterwards only these rows say who gets it.
        """
        columns = ["campaign_id", "customer_id", "contact_id", "is_holdout", "state", "text_version"]
        after = None
        if not _joins(self._connection):
            after = await self._connection.scalar(select(func.coalesce(func.max(_R.id), 0)))
            columns.append("id")
        rows = recipients(campaign_id, _GATHERED, size, seed, after=after)
        made = insert(campaign_recipients).from_select(columns, rows, include_defaults=False)
        async with _roomy(self._connection):
            await self._connection.execute(made)
        kept = select(func.count().label("all"), func.count().filter(_R.is_holdout).label("held"))
        row = (await self._connection.execute(kept.where(_R.campaign_id == campaign_id))).one()
        matched = row.all + sum(size.excluded.values())
        return AudienceCount(matched=matched, excluded=size.excluded, holdout=row.held)


class Audience:
    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def count(self, asked: Asked, now: datetime) -> AudienceCount:
        """Every customer of the segment once, with the first reason that holds; no holdout yet."""
        rows = gathered(asked, Then(now), by_joining=_joins(self._connection)).subquery("gathered")
        return _count_of(await self._connection.execute(counted(rows)))

    @asynccontextmanager
    async def gathering(self, asked: Asked, now: datetime) -> AsyncIterator[Gathered]:
        """The same, kept until the block ends, to be frozen without looking at everybody again."""
        joins = _joins(self._connection)
        key = "BIGINT" if joins else "INTEGER"
        await self._connection.execute(text(_CREATE.format(key=key)))
        rows = gathered(asked, Then(now), by_joining=joins)
        into = insert(_GATHERED).from_select(["customer_id", "contact_id", "reason"], rows)
        async with _roomy(self._connection):
            await self._connection.execute(into)
        count = _count_of(await self._connection.execute(counted(_GATHERED)))
        try:
            yield Gathered(count, self._connection)
        except Refusal:
            # The unit of work may go on; after any other fault the rows go with all that it has done.
            await self._connection.execute(_DROP)
            raise
        await self._connection.execute(_DROP)

    async def example(self, asked: Asked, now: datetime, after: int | None = None) -> int | None:
        """The next customer of the audience after that one, or the first; None: nobody is in it."""
        found = example(asked, Then(now)).limit(1)
        following: int | None = None
        if after is not None:
            following = await self._connection.scalar(found.where(_C.id > after))
        if following is None:
            following = await self._connection.scalar(found)
        return following


def _joins(connection: AsyncConnection) -> bool:
    return connection.dialect.name == "postgresql"


def _count_of(rows: Any) -> AudienceCount:
    found = {REASONS[row.reason]: row.how_many for row in rows}
    excluded = {why: found[why] for why in Exclusion if why in found}
    return AudienceCount(matched=sum(found.values()), excluded=excluded)


@asynccontextmanager
async def _roomy(connection: AsyncConnection) -> AsyncIterator[None]:
    """For so many rows a database may keep more in memory than for one order; it gives that back."""
    if _joins(connection):
        # Until the transaction ends.
        await connection.execute(text(f"SET LOCAL work_mem = {-ROOM}"))
        yield
        return
    usual = await connection.scalar(text("PRAGMA cache_size"))
    await connection.execute(text(f"PRAGMA cache_size={ROOM}"))
    try:
        yield
    finally:
        await connection.execute(text(f"PRAGMA cache_size={int(usual)}"))
