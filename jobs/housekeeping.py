"""What is forgotten in time."""

from datetime import datetime, timedelta

from storage.unit_of_work import Store

KEPT = timedelta(days=8)
"""Update ids may start again at random after a week of silence, so done rows are kept longer than that."""


async def prune_inbox(store: Store, now: datetime) -> int:
    """Done updates that are old enough; how many went."""
    async with store.unit_of_work() as uow:
        return await uow.inbox.prune(now - KEPT)
