"""Once a week our people are told what was looked for in vain."""

from __future__ import annotations

from datetime import datetime

from services.search_misses import tell_week
from storage.unit_of_work import Store


async def sweep_search_misses(store: Store, now: datetime) -> int:
    """The word of this week; whoever has had it gets it no second time."""
    async with store.unit_of_work() as uow:
        return await tell_week(uow, now)
