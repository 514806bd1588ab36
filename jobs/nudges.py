"""Those who usually order about now hear a word, each once (rule R18)."""

from __future__ import annotations

from datetime import datetime

from services.nudges import list_due, nudge
from storage.unit_of_work import Store

AT_ONCE = 500


async def sweep_nudges(store: Store, now: datetime) -> int:
    """All customers whose last order is old enough, a page at a time; how many heard something."""
    after: int | None = 0
    told = 0
    while after is not None:
        async with store.reading() as uow:
            due, after = await list_due(uow, now, after, AT_ONCE)
        for customer_id in due:
            async with store.unit_of_work() as uow:
                told += await nudge(uow, customer_id, now)
    return told
