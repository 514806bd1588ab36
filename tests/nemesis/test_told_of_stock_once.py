"""Two processes look at once for what is in stock again: the first in the queue hears it, once (CAT-06)."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from uuid import uuid4

import pytest
from sqlalchemy import select

from domain.notifications import Notification, Recipient
from jobs.alerts import sweep_alerts
from services.alerts import ask_alert
from storage.tables.messages import notifications
from storage.unit_of_work import Store, open_store
from tests.builders.catalogue import a_product, put_stock
from tests.builders.orders import a_buyer
from tests.conftest import NOW
from tests.nemesis.harness import trials

WAITING, UNITS = 5, 10
HOUR = timedelta(hours=1)

pytestmark = pytest.mark.nemesis


async def naive_sweep(store: Store, product_id: int, looked: asyncio.Barrier) -> None:
    """Looks who waits and tells them, and marks them afterwards."""
    async with store.reading() as uow:
        waiting = await uow.alerts.list_waiting(product_id, NOW)
    await looked.wait()
    async with store.unit_of_work() as uow:
        for alert in waiting:
            word = Notification(
                key=f"stock_alert:{uuid4()}",
                kind="stock_alert",
                to=Recipient(contact_id=alert.contact_id),
                subject_id=product_id,
                due_at=NOW,
                facts={"label": "-"},
            )
            await uow.outbox.put(word)
        await uow.alerts.mark_told([alert.id for alert in waiting], NOW)


async def settle(store: Store) -> tuple[int, list[int]]:
    """A product that is out, and the contacts who wait for it, in the order in which they asked."""
    contacts = []
    async with store.unit_of_work() as uow:
        product = await a_product(uow, on_hand=0)
        for number in range(WAITING):
            buyer = await a_buyer(uow)
            await ask_alert(uow, product.id, UNITS, buyer, NOW - HOUR + timedelta(seconds=number))
            contacts.append(buyer.contact_id or 0)
    return product.id, contacts


async def heard(store: Store) -> list[int]:
    async with store.reading() as uow:
        said = select(notifications.c.contact_id).where(notifications.c.kind == "stock_alert")
        return list(await uow.connection.scalars(said.order_by(notifications.c.id)))


async def test_who_waits_is_told_once_and_in_turn_by_however_many(store: Store, database_url: str) -> None:
    product_id, contacts = await settle(store)
    other = open_store(database_url)
    try:
        for trial in range(trials(20, 3)):
            async with store.unit_of_work() as uow:
                await put_stock(uow, product_id, UNITS * 2 + trial)
            now = NOW + trial * HOUR / 20
            told = await asyncio.gather(*(sweep_alerts(each, now) for each in (store, other, store, other)))
            assert sum(told) == (2 if trial == 0 else 0)
        assert await heard(store) == contacts[:2]
        later = NOW + 3 * HOUR
        await asyncio.gather(*(sweep_alerts(each, later) for each in (store, other)))
    finally:
        await other.close()
    assert await heard(store) == contacts[:4]


async def test_who_marks_after_telling_tells_twice(store: Store, database_url: str) -> None:
    """The negative control."""
    product_id, contacts = await settle(store)
    other = open_store(database_url)
    try:
        looked = asyncio.Barrier(2)
        await asyncio.gather(*(naive_sweep(each, product_id, looked) for each in (store, other)))
    finally:
        await other.close()
    assert sorted(await heard(store)) == sorted([*contacts, *contacts])
