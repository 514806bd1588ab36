"""Every night it is counted what customers buy together, so that no tap has to."""

from __future__ import annotations

from datetime import datetime

from services.associations import count_market, forget_old
from storage.unit_of_work import Store


async def sweep_associations(store: Store, now: datetime) -> int:
    """Market by market; how many pairs say something."""
    async with store.reading() as uow:
        markets = await uow.associations.markets()
    found = 0
    for market in markets:
        found += await count_market(store, market, now)
    async with store.unit_of_work() as uow:
        await forget_old(uow, now)
    return found
