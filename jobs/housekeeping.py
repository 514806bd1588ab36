"""What is forgotten in time."""

from datetime import datetime, timedelta

from storage.unit_of_work import Store

KEPT = timedelta(days=8)
"""Update ids may start again at random after a week of silence, so done rows are kept longer than that."""
FOUND_KEPT = timedelta(days=30)
"""So long the results of a search can be leafed through; afterwards its buttons ask to write it again."""

RUNS_KEPT = timedelta(days=2)
ASKED_KEPT = timedelta(days=7)
"""So long it is known of a placed order what was asked while it was written."""


async def prune_inbox(store: Store, now: datetime) -> int:
    """Done updates that are old enough; how many went."""
    async with store.unit_of_work() as uow:
        return await uow.inbox.prune(now - KEPT)


async def prune_searches(store: Store, now: datetime) -> int:
    """Searches whose results nobody looks at any more; how many went."""
    async with store.unit_of_work() as uow:
        return await uow.searches.prune(now - FOUND_KEPT)


async def prune_runs(store: Store, now: datetime) -> int:
    """Runs of this timetable that nobody asks about any more; how many went."""
    async with store.unit_of_work() as uow:
        return await uow.runs.prune(now - RUNS_KEPT)


async def prune_readings(store: Store, now: datetime) -> int:
    """What was asked about orders that are placed by now; how many orders these were."""
    async with store.unit_of_work() as uow:
        return await uow.readings.prune(now - ASKED_KEPT)
