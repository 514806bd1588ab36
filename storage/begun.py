"""Registrations that were begun and not sent yet: a way home in between loses no answer."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.registration import Begun
from storage.tables.people import begun_registrations
from storage.upsert import insert_or

_B = begun_registrations


class BegunRegistrations:
    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def find(self, identity_id: int) -> Begun | None:
        found = select(_B.c.step, _B.c.answers).where(_B.c.identity_id == identity_id)
        row = (await self._connection.execute(found)).one_or_none()
        return Begun(step=row.step, answers=row.answers) if row else None

    async def put(self, identity_id: int, step: str, answers: Mapping[str, Any], now: datetime) -> None:
        """The newest step takes the place of the one before."""
        kept = {"step": step, "answers": dict(answers), "updated_at": now}
        put = insert_or(self._connection, _B).values(identity_id=identity_id, **kept)
        await self._connection.execute(put.on_conflict_do_update(index_elements=["identity_id"], set_=kept))

    async def drop(self, identity_id: int) -> None:
        await self._connection.execute(delete(_B).where(_B.c.identity_id == identity_id))
