"""Which of our people looks after a customer: managers say so."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from domain.actors import Actor
from domain.errors import NotFound
from domain.staff import Role, Staff
from storage.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True, kw_only=True)
class Looking:
    """A customer, who looks after them, and who of our people could."""

    customer_id: int
    customer: str
    now: Staff | None
    people: tuple[Staff, ...]


async def open_manager(uow: UnitOfWork, actor: Actor, customer_id: int) -> Looking:
    actor.require_staff(Role.MANAGER)
    customer = await uow.orders.customer_name(customer_id)
    if not customer:
        raise NotFound
    return Looking(
        customer_id=customer_id,
        customer=customer,
        now=await uow.account_managers.find(customer_id),
        people=await uow.staff.list_active(Role.VISITOR, Role.MANAGER, Role.SUPPORT),
    )


async def set_manager(
    uow: UnitOfWork, actor: Actor, customer_id: int, staff_id: int | None, now: datetime
) -> Looking:
    """That colleague looks after the customer from now on; None: nobody in particular."""
    looking = await open_manager(uow, actor, customer_id)
    if staff_id is None:
        await uow.account_managers.drop(customer_id)
    elif staff_id in {each.id for each in looking.people}:
        await uow.account_managers.put(customer_id, staff_id)
    else:
        raise NotFound
    facts = {"staff_id": staff_id, "before": looking.now.id if looking.now else None}
    await uow.audit.write(actor, "account_manager.set", "customer", customer_id, now, facts)
    return await open_manager(uow, actor, customer_id)
