"""Orders on which nobody has decided in time are given up, and their customers told."""

from __future__ import annotations

from datetime import datetime

from services.approvals import expire
from storage.unit_of_work import Store

AT_ONCE = 200


async def sweep_approvals(store: Store, now: datetime) -> int:
    """Each in a unit of work of its own; how many were given up."""
    async with store.reading() as uow:
        order_ids = await uow.approvals.list_due(now, AT_ONCE)
    given_up = 0
    for order_id in order_ids:
        async with store.unit_of_work() as uow:
            given_up += await expire(uow, order_id, now)
    return given_up
