"""What waits for a colleague, and word that it is done."""

from __future__ import annotations

from datetime import datetime

from domain.actors import Actor
from domain.errors import AlreadyDecided, NotFound
from domain.tasks import Task
from storage.unit_of_work import UnitOfWork

PER_PAGE = 8


async def list_tasks(uow: UnitOfWork, actor: Actor, page: int) -> tuple[tuple[Task, ...], bool]:
    """A page of what is this person's to do, and whether there are more; pages count from 1."""
    staff = actor.require_staff()
    found = await uow.tasks.list_open(staff, PER_PAGE + 1, (max(page, 1) - 1) * PER_PAGE)
    return found[:PER_PAGE], len(found) > PER_PAGE


async def finish_task(uow: UnitOfWork, actor: Actor, task_id: int, now: datetime) -> None:
    """It is done; whoever comes second is told so."""
    staff = actor.require_staff()
    if not await uow.tasks.finish_own(task_id, staff, now):
        raise AlreadyDecided if await uow.tasks.is_own(task_id, staff) else NotFound
    await uow.audit.write(actor, "task.done", "task", task_id, now)
