"""Whoever waited for a product is told when it is there."""

from __future__ import annotations

from datetime import datetime

from services.alerts import tell_alerts
from storage.unit_of_work import Store

AT_ONCE = 200


async def sweep_alerts(store: Store, now: datetime) -> int:
    """Look for products that are there again, and tell those who waited; how many were told."""
    async with store.reading() as uow:
        product_ids = await uow.alerts.list_products(now, AT_ONCE)
    told = 0
    for product_id in product_ids:
        async with store.unit_of_work() as uow:
            told += await tell_alerts(uow, product_id, now)
    return told
