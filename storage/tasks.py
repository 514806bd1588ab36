"""Tasks of colleagues: put once for each cause, listed while they are open."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import and_, func, or_, select, true, update
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.staff import Role, Staff
from domain.tasks import Task
from storage.tables.claims import tasks
from storage.tables.people import customers
from storage.upsert import insert_or

MOST_KEYS = 500
"""So many keys are asked for at a time."""


class Tasks:
    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def put(self, *wanted: Task, now: datetime) -> None:
        """Add these; a key that was there before, done or not, changes nothing."""
        if not wanted:
            return
        rows = [
            {
                "key": task.key,
                "kind": task.kind,
                "role": task.role.value,
                "staff_id": task.staff_id,
                "customer_id": task.customer_id,
                "subject_id": task.subject_id,
                "facts": dict(task.facts),
                "due_on": task.due_on,
                "created_at": now,
            }
            for task in wanted
        ]
        await self._connection.execute(
            insert_or(self._connection, tasks).on_conflict_do_nothing(index_elements=["key"]), rows
        )

    async def fresh_keys(self, keys: Iterable[str]) -> frozenset[str]:
        """Those of the keys under which no task was ever put."""
        wanted, known = sorted(set(keys)), set[str]()
        for at in range(0, len(wanted), MOST_KEYS):
            part = wanted[at : at + MOST_KEYS]
            known |= set(await self._connection.scalars(select(tasks.c.key).where(tasks.c.key.in_(part))))
        return frozenset(wanted) - known

    async def list_open(self, staff: Staff, limit: int, offset: int = 0) -> tuple[Task, ...]:
        """What waits for that member of staff, or for anybody of their role, the first due first."""
        rows = await self._connection.execute(
            select(tasks, customers.c.name.label("customer_name"))
            .join_from(tasks, customers, customers.c.id == tasks.c.customer_id, isouter=True)
            .where(_of(staff))
            .order_by(tasks.c.due_on.is_(None), tasks.c.due_on, tasks.c.id)
            .limit(limit)
            .offset(offset)
        )
        return tuple(_task(row) for row in rows)

    async def count_open(self, staff: Staff) -> int:
        return await self._connection.scalar(select(func.count()).select_from(tasks).where(_of(staff))) or 0

    async def find(self, key: str) -> Task | None:
        """The open task of that key."""
        row = (
            await self._connection.execute(
                select(tasks, customers.c.name.label("customer_name"))
                .join_from(tasks, customers, customers.c.id == tasks.c.customer_id, isouter=True)
                .where(tasks.c.key == key, tasks.c.done_at.is_(None))
            )
        ).one_or_none()
        return _task(row) if row else None

    async def finish(self, key: str, now: datetime, by: int | None = None) -> bool:
        """Whether it was open until now."""
        done = update(tasks).where(tasks.c.key == key, tasks.c.done_at.is_(None))
        return (await self._connection.execute(done.values(done_at=now, done_by=by))).rowcount == 1

    async def is_own(self, task_id: int, staff: Staff) -> bool:
        """Whether it is or was that person's to do."""
        wanted = select(tasks.c.id).where(tasks.c.id == task_id, _is_for(staff))
        return await self._connection.scalar(wanted) is not None

    async def finish_own(self, task_id: int, staff: Staff, now: datetime) -> bool:
        """The same by id, if it is that person's to do."""
        done = update(tasks).where(tasks.c.id == task_id, _of(staff))
        return (await self._connection.execute(done.values(done_at=now, done_by=staff.id))).rowcount == 1


def _of(staff: Staff) -> Any:
    """A manager sees what is anybody's; others what is theirs by name or by role."""
    return and_(tasks.c.done_at.is_(None), _is_for(staff))


def _is_for(staff: Staff) -> Any:
    if staff.role is Role.MANAGER:
        return true()
    return or_(
        tasks.c.staff_id == staff.id, and_(tasks.c.staff_id.is_(None), tasks.c.role == staff.role.value)
    )


def _task(row: Any) -> Task:
    return Task(
        id=row.id,
        key=row.key,
        kind=row.kind,
        role=Role(row.role),
        staff_id=row.staff_id,
        customer_id=row.customer_id,
        customer_name=row.customer_name or "",
        subject_id=row.subject_id,
        facts=row.facts,
        due_on=row.due_on,
        created_at=row.created_at,
    )
