"""What discounts never break, whatever promotions say: a manager sets it (rule R5.1, step 7)."""

from __future__ import annotations

from datetime import datetime

from domain.actors import Actor
from domain.money import Rate
from domain.promotion_said import rate_said
from domain.staff import Role
from services.pricing import set_limits
from storage.unit_of_work import UnitOfWork

LIMITS = "pricing.limits"


async def price_limits(uow: UnitOfWork, actor: Actor) -> tuple[Rate | None, Rate | None]:
    """The margin floor, and the most discount of customers without a segment of their own."""
    actor.require_staff(Role.MANAGER)
    floor, most = await _limits(uow)
    return floor, most.get("")


async def change_floor(uow: UnitOfWork, actor: Actor, text: str | None, now: datetime) -> None:
    """Keep the margin floor that was typed; None takes it away."""
    actor.require_staff(Role.MANAGER)
    _floor, most = await _limits(uow)
    rate = rate_said(text) if text is not None else None
    await set_limits(uow, actor, now, margin_floor=rate, most_discount=most)


async def change_most(uow: UnitOfWork, actor: Actor, text: str | None, now: datetime) -> None:
    """The same for the most discount; those of segments stay."""
    actor.require_staff(Role.MANAGER)
    floor, most = await _limits(uow)
    others = {segment: rate for segment, rate in most.items() if segment}
    if text is not None:
        others[""] = rate_said(text)
    await set_limits(uow, actor, now, margin_floor=floor, most_discount=others)


async def _limits(uow: UnitOfWork) -> tuple[Rate | None, dict[str, Rate]]:
    facts = await uow.company.decided(LIMITS, {})
    floor = facts.get("margin_floor")
    most = {segment: Rate(points) for segment, points in facts.get("most_discount", {}).items()}
    return None if floor is None else Rate(floor), most
