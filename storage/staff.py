"""Our people and their invites."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.staff import Role, Staff
from storage.tables.people import staff, staff_invites

MOST_AHEAD = timedelta(minutes=5)
"""Two machines may differ by so much."""


class StaffMembers:
    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def put(self, name: str, role: Role, mobile: str | None = None) -> int:
        """A new member of staff; their id."""
        kept = await self._connection.scalar(
            insert(staff).values(name=name[:120], role=role.value, mobile=mobile).returning(staff.c.id)
        )
        assert kept is not None
        return int(kept)

    async def list_active(self, *roles: Role) -> tuple[Staff, ...]:
        """Everybody who works with us, in these roles (or in any)."""
        rows = select(staff).where(staff.c.is_active).order_by(staff.c.id)
        if roles:
            rows = rows.where(staff.c.role.in_([role.value for role in roles]))
        return tuple(_staff(row) for row in await self._connection.execute(rows))

    async def put_invite(self, token_hash: str, role: Role, now: datetime, expires_at: datetime) -> None:
        await self._connection.execute(
            insert(staff_invites).values(
                token_hash=token_hash, role=role.value, created_at=now, expires_at=expires_at
            )
        )

    async def is_open(self, token_hash: str, now: datetime) -> bool:
        """Whether an invite of that hash could be used now."""
        found = await self._connection.scalar(
            select(staff_invites.c.id).where(
                staff_invites.c.token_hash == token_hash,
                staff_invites.c.used_at.is_(None),
                *_is_valid(now),
            )
        )
        return found is not None

    async def use_invite(self, token_hash: str, now: datetime) -> tuple[int, Role] | None:
        """Use the invite up: its id and role for the first who comes in time, None for everybody else."""
        row = (
            await self._connection.execute(
                update(staff_invites)
                .where(
                    staff_invites.c.token_hash == token_hash,
                    staff_invites.c.used_at.is_(None),
                    *_is_valid(now),
                )
                .values(used_at=now)
                .returning(staff_invites.c.id, staff_invites.c.role)
            )
        ).one_or_none()
        return (row.id, Role(row.role)) if row else None

    async def note_joined(self, invite_id: int, staff_id: int) -> None:
        await self._connection.execute(
            update(staff_invites).where(staff_invites.c.id == invite_id).values(staff_id=staff_id)
        )


def _is_valid(now: datetime) -> tuple[ColumnElement[bool], ...]:
    """An invite from the future was made before the clock was set back: nobody knows how old it is."""
    return staff_invites.c.expires_at > now, staff_invites.c.created_at <= now + MOST_AHEAD


def _staff(row: Any) -> Staff:
    return Staff(
        id=row.id,
        name=row.name,
        role=Role(row.role),
        mobile=row.mobile,
        language=row.language,
        is_active=row.is_active,
    )
