"""Lists that were sent: each album once, each photo of it once; the first who types it counts."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.errors import AlreadyDecided, NotFound
from domain.sent_lists import LeftBecause, ListKind, RowLeft, SentList
from storage.tables.people import customers
from storage.tables.sent_lists import sent_list_pages, sent_lists
from storage.upsert import insert_or

_L = sent_lists.c


class SentLists:
    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def put(
        self,
        kind: ListKind,
        who: tuple[int, int, int],
        now: datetime,
        *,
        album: str | None = None,
        rows_left: Sequence[RowLeft] = (),
    ) -> int:
        """Keep a list of that identity, customer and contact; its id."""
        identity_id, customer_id, contact_id = who
        kept = await self._connection.scalar(
            insert(sent_lists)
            .values(
                kind=kind.value,
                identity_id=identity_id,
                customer_id=customer_id,
                contact_id=contact_id,
                album=album,
                rows_left=[[each.row, each.said, each.why.value] for each in rows_left],
                sent_at=now,
            )
            .returning(_L.id)
        )
        assert kept is not None
        return int(kept)

    async def of_album(self, identity_id: int, album: str) -> int | None:
        """The list of which these photos are pages."""
        return await self._connection.scalar(
            select(_L.id).where(_L.identity_id == identity_id, _L.album == album)
        )

    async def waits_with(self, contact_id: int, file_id: int) -> bool:
        """Whether that person has sent this very photo, and nobody has typed it yet."""
        found = await self._connection.scalar(
            select(_L.id)
            .join(sent_list_pages, sent_list_pages.c.list_id == _L.id)
            .where(_L.contact_id == contact_id, sent_list_pages.c.file_id == file_id, _L.entered_at.is_(None))
            .limit(1)
        )
        return found is not None

    async def add_page(self, list_id: int, file_id: int) -> None:
        put = insert_or(self._connection, sent_list_pages).values(list_id=list_id, file_id=file_id)
        await self._connection.execute(put.on_conflict_do_nothing(index_elements=["list_id", "file_id"]))

    async def count_pages(self, list_id: int) -> int:
        counted = select(func.count()).where(sent_list_pages.c.list_id == list_id)
        return int(await self._connection.scalar(counted) or 0)

    async def get(self, list_id: int) -> SentList:
        row = (
            await self._connection.execute(
                select(sent_lists, customers.c.name)
                .join(customers, customers.c.id == _L.customer_id)
                .where(_L.id == list_id)
            )
        ).one_or_none()
        if row is None:
            raise NotFound
        pages = await self._connection.scalars(
            select(sent_list_pages.c.file_id)
            .where(sent_list_pages.c.list_id == list_id)
            .order_by(sent_list_pages.c.id)
        )
        return _list(row, tuple(pages))

    async def enter(self, list_id: int, text: str, by: int, now: datetime) -> None:
        """Keep what the first colleague has typed."""
        kept = await self._connection.execute(
            update(sent_lists)
            .where(_L.id == list_id, _L.kind == ListKind.PHOTO.value, _L.entered_at.is_(None))
            .values(text=text, entered_by=by, entered_at=now)
        )
        if kept.rowcount != 1:
            raise AlreadyDecided

    async def draft_once(self, list_id: int, now: datetime) -> bool:
        """Whether what was typed had not been taken into a draft until now."""
        taken = await self._connection.execute(
            update(sent_lists)
            .where(_L.id == list_id, _L.entered_at.is_not(None), _L.drafted_at.is_(None))
            .values(drafted_at=now)
        )
        return taken.rowcount == 1


def _list(row: Any, pages: tuple[int, ...]) -> SentList:
    return SentList(
        id=row.id,
        kind=ListKind(row.kind),
        identity_id=row.identity_id,
        customer_id=row.customer_id,
        contact_id=row.contact_id,
        customer=row.name,
        sent_at=row.sent_at,
        pages=pages,
        text=row.text,
        rows_left=tuple(RowLeft(row=at, said=said, why=LeftBecause(why)) for at, said, why in row.rows_left),
        entered_at=row.entered_at,
    )
