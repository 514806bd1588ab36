"""After a restore: what the backup holds as untold was told meanwhile, perhaps, so nothing is told by itself.

A manager looks at what waits and lets it go or puts it aside. Campaigns that were going out stay paused then:
their recipients of the time since the backup have the message, and the backup does not know it.
"""

from __future__ import annotations

from datetime import datetime
from uuid import uuid4

from domain.actors import Actor
from domain.errors import ChangedMeanwhile
from domain.frozen import FROZEN, HOME, FrozenOutbox, Mark
from domain.staff import Role
from services import campaigns
from storage.unit_of_work import UnitOfWork

FIRST = 10


async def recognise(uow: UnitOfWork, before: Mark | None, now: datetime) -> bool:
    """Freeze the outbox where this database has come less far than it had, or is a copy of another."""
    home, was = await uow.frozen.home(), await uow.company.decided(HOME)
    if was is None or (home is not None and home != was):
        await uow.company.decide(HOME, home or uuid4().hex, now)
    is_copy = home is not None and was is not None and home != was
    is_older = before is not None and (await uow.frozen.mark()).is_behind(before)
    if not (is_copy or is_older) or await uow.frozen.is_frozen():
        return False
    await freeze(uow, now, "copy" if is_copy else "older")
    return True


async def freeze(uow: UnitOfWork, now: datetime, why: str) -> None:
    await uow.company.decide(FROZEN, now.isoformat(), now)
    await uow.audit.write(None, "outbox.frozen", "outbox", None, now, {"why": why})


async def look(uow: UnitOfWork, actor: Actor, now: datetime) -> FrozenOutbox | None:
    """What waits; None while nothing is frozen."""
    actor.require_staff(Role.MANAGER)
    since = await uow.company.decided(FROZEN)
    if not since:
        return None
    going = [await uow.campaigns.get(each.id) for each in await uow.recipients.list_going()]
    return FrozenOutbox(
        since=datetime.fromisoformat(since),
        counts=await uow.frozen.counts(now),
        campaigns=tuple(each.name for each in going),
        first=await uow.frozen.list_first(now, FIRST),
    )


async def thaw(uow: UnitOfWork, actor: Actor, now: datetime, *, tells: bool) -> int:
    """Tell what waits, or put it aside; how many were put aside. Of two managers one decides."""
    actor.require_staff(Role.MANAGER)
    if not await uow.company.decided(FROZEN):
        raise ChangedMeanwhile
    for each in await uow.recipients.list_going():
        await campaigns.pause(uow, actor, each.id, now)
    return await end(uow, actor, now, tells=tells)


async def end(uow: UnitOfWork, actor: Actor | None, now: datetime, *, tells: bool) -> int:
    aside = 0 if tells else await uow.frozen.set_aside(now)
    await uow.company.decide(FROZEN, None, now, actor.staff_id if actor else None)
    action = "outbox.released" if tells else "outbox.set_aside"
    await uow.audit.write(actor, action, "outbox", None, now, {"count": aside})
    return aside
