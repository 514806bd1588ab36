"""Those who usually order about now hear a word, each once (rule R18)."""

from __future__ import annotations

from datetime import datetime

from services.nudges import changed, keep_changed, keep_looked, look, nudge
from storage.unit_of_work import Store

AT_ONCE = 500
EVENTS = 2_000


async def sweep_nudges(store: Store, now: datetime) -> int:
    """Whose day has come, a page at a time; how many heard something.

    It costs what is due and what has changed since the last one, not how many customers there are.
    """
    await plan_nudges(store, now)
    after: int | None = 0
    told = 0
    while after is not None:
        async with store.reading() as uow:
            looked = await look(uow, now, after, AT_ONCE)
        for customer_id in looked.due:
            async with store.unit_of_work() as uow:
                told += await nudge(uow, customer_id, now)
        async with store.unit_of_work() as uow:
            await keep_looked(uow, looked, now)
        after = looked.after
    return told


async def plan_nudges(store: Store, now: datetime) -> None:
    """Whose orders have changed is looked at on another day than was planned."""
    while True:
        async with store.reading() as uow:
            last, days = await changed(uow, now, EVENTS)
        if not last:
            return
        async with store.unit_of_work() as uow:
            await keep_changed(uow, last, days, now)
