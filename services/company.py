"""The company's letterhead: who may change it, and what was changed."""

from __future__ import annotations

from datetime import datetime

from domain.actors import Actor
from domain.company import Company, CompanyPart, changed, without
from domain.staff import Role
from storage.unit_of_work import UnitOfWork


async def letterhead(uow: UnitOfWork, by: Actor, default_name: str) -> Company:
    by.require_staff(Role.MANAGER)
    return await uow.company.get(default_name)


async def change_letterhead(
    uow: UnitOfWork, by: Actor, part: CompanyPart, text: str | None, now: datetime
) -> None:
    """Print that part as it was typed from now on."""
    manager = by.require_staff(Role.MANAGER)
    company = changed(await uow.company.get(), part, text)
    await _keep(uow, by, manager.id, company, part, now)


async def clear_letterhead(uow: UnitOfWork, by: Actor, part: CompanyPart, now: datetime) -> None:
    manager = by.require_staff(Role.MANAGER)
    await _keep(uow, by, manager.id, without(await uow.company.get(), part), part, now)


async def _keep(
    uow: UnitOfWork, by: Actor, staff_id: int, company: Company, part: CompanyPart, now: datetime
) -> None:
    value = str(getattr(company, part.value))
    await uow.company.put_part(part, value, now, staff_id)
    await uow.audit.write(by, "letterhead_changed", "company", None, now, {part.value: value})
