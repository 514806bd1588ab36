"""Good customers who have heard nothing of us for too long (row MSG-04), for managers."""

from __future__ import annotations

from datetime import datetime, timedelta

from domain.actors import Actor
from domain.contact_gaps import GAP_DAYS, GAP_SEGMENT, ContactGap
from domain.staff import Role
from storage.unit_of_work import UnitOfWork

PER_PAGE = 8


async def list_gaps(
    uow: UnitOfWork, actor: Actor, page: int, now: datetime
) -> tuple[tuple[ContactGap, ...], int, bool]:
    """A page of them, the longest silence first; its number, and whether there are more."""
    actor.require_staff(Role.MANAGER)
    page = max(page, 1)
    before = now - timedelta(days=GAP_DAYS)
    found = await uow.contact_gaps.list_of(GAP_SEGMENT, before, PER_PAGE + 1, (page - 1) * PER_PAGE)
    return found[:PER_PAGE], page, len(found) > PER_PAGE
