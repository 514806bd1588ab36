"""From a draft to what goes out: at which time, agreed to by whom, and to whom exactly."""

from __future__ import annotations

from datetime import datetime

from domain.actors import Actor
from domain.campaigns import Campaign
from storage.unit_of_work import UnitOfWork


async def schedule(
    uow: UnitOfWork, actor: Actor, campaign_id: int, version: int, at: datetime, now: datetime
) -> Campaign:
    """It starts by itself then. With many recipients a second manager is asked first, and must agree."""
    raise NotImplementedError


async def unschedule(
    uow: UnitOfWork, actor: Actor, campaign_id: int, version: int, now: datetime
) -> Campaign:
    """A draft again."""
    raise NotImplementedError


async def start_now(uow: UnitOfWork, actor: Actor, campaign_id: int, version: int, now: datetime) -> Campaign:
    """Freeze the audience and let it go out; with many recipients it waits for a second manager."""
    raise NotImplementedError


async def approve(uow: UnitOfWork, actor: Actor, campaign_id: int, version: int, now: datetime) -> Campaign:
    """A second manager agrees to it as it stands; one whose time has come starts at once."""
    raise NotImplementedError


async def refuse(uow: UnitOfWork, actor: Actor, campaign_id: int, version: int, now: datetime) -> Campaign:
    """A second manager sends it back: a draft again, and its maker is told."""
    raise NotImplementedError


async def begin(uow: UnitOfWork, campaign_id: int, now: datetime) -> Campaign | None:
    """Start one that is due (by the clock); None when it has to wait or cannot be sent."""
    raise NotImplementedError
