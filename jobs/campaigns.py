"""Campaigns by the clock: what is due starts, what is done is finished, what was ended lets everybody go."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable
from datetime import datetime, timedelta

from domain.errors import ChangedMeanwhile
from services.campaigns import begin, finish, let_go
from storage.unit_of_work import Store, UnitOfWork

AT_ONCE = 50
GIVEN_BACK_WITHIN = timedelta(days=1)
"""So long after its end a campaign is looked at again for recipients that a sender still had in hand."""


async def sweep_campaigns(store: Store, now: datetime) -> int:
    """What is due and not done, each in a unit of work of its own; how many campaigns have moved on."""
    async with store.reading() as uow:
        due = await uow.campaigns.list_due(now, AT_ONCE)
        done = await uow.campaigns.list_done(AT_ONCE)
        left = await uow.campaigns.list_given_back(now - GIVEN_BACK_WITHIN, AT_ONCE)

    async def finished(uow: UnitOfWork, campaign_id: int) -> bool:
        return await finish(uow, campaign_id, now) is not None

    async def begun(uow: UnitOfWork, campaign_id: int) -> bool:
        return await begin(uow, campaign_id, now) is not None

    async def freed(uow: UnitOfWork, campaign_id: int) -> bool:
        await let_go(uow, campaign_id)
        return False

    await _each(store, left, freed)
    return await _each(store, done, finished) + await _each(store, due, begun)


async def _each(
    store: Store, campaign_ids: Iterable[int], move: Callable[[UnitOfWork, int], Awaitable[bool]]
) -> int:
    moved = 0
    for campaign_id in campaign_ids:
        try:
            async with store.unit_of_work() as uow:
                moved += await move(uow, campaign_id)
        except ChangedMeanwhile:
            # A manager, or another process, was faster: it is looked at again in a moment.
            continue
    return moved
