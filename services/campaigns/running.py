"""Campaigns that go out: stopping, going on, correcting, ending."""

from __future__ import annotations

from datetime import datetime

from domain.actors import Actor
from domain.campaigns import Campaign, PauseReason
from storage.unit_of_work import UnitOfWork


async def pause(
    uow: UnitOfWork, actor: Actor, campaign_id: int, now: datetime, reason: PauseReason | None = None
) -> Campaign:
    """Nobody is claimed any more from now on; pausing what is paused changes nothing."""
    raise NotImplementedError


async def pause_because(
    uow: UnitOfWork, actor: Actor, campaign_id: int, reason: PauseReason, now: datetime
) -> Campaign:
    """Why it was paused, said afterwards (S5.9)."""
    raise NotImplementedError


async def resume(uow: UnitOfWork, actor: Actor, campaign_id: int, now: datetime) -> Campaign:
    """It goes on with whoever is left; what goes out already stays as it is."""
    raise NotImplementedError


async def correct_text(
    uow: UnitOfWork, actor: Actor, campaign_id: int, text: str, now: datetime, *, for_all: bool
) -> Campaign:
    """The right text for those who are left; with ``for_all`` those who have the wrong one get it edited."""
    raise NotImplementedError


async def end(uow: UnitOfWork, actor: Actor, campaign_id: int, now: datetime) -> Campaign:
    """Whoever is left gets nothing."""
    raise NotImplementedError


async def finish(uow: UnitOfWork, campaign_id: int, now: datetime) -> Campaign | None:
    """Finished, and its maker told; None while a recipient is open."""
    raise NotImplementedError
