"""Two processes look at once who is to be reminded of the usual order: everybody hears it once (R18)."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from sqlalchemy import func, select

from domain.notifications import Notification, Recipient
from jobs.nudges import plan_nudges, sweep_nudges
from services.nudges import look
from storage.tables.messages import notifications
from storage.tables.push import nudges
from storage.unit_of_work import Store, open_store
from tests.builders.catalogue import a_product
from tests.builders.nudges import a_regular
from tests.nemesis.harness import trials

REGULARS = 4
MORNING = datetime(2026, 11, 21, 5, 30, tzinfo=UTC)

pytestmark = pytest.mark.nemesis


async def naive_sweep(store: Store, now: datetime) -> int:
    """Looks first and says it later, under a key of its own."""
    async with store.reading() as uow:
        due = (await look(uow, now, 0, 500)).due
    for customer_id in due:
        async with store.unit_of_work() as uow:
            contact_id = (await uow.nudges.list_buyers(customer_id))[0]
            word = Notification(
                key=f"nudge:{uuid4()}",
                kind="nudge",
                to=Recipient(contact_id=contact_id),
                subject_id=customer_id,
                due_at=now,
            )
            await uow.outbox.put(word)
    return len(due)


async def settle(store: Store) -> None:
    async with store.unit_of_work() as uow:
        product = await a_product(uow, on_hand=10_000)
        for number in range(REGULARS):
            await a_regular(uow, product, (60, 45, 30, 18), name=f"سالن {number}")


async def heard(store: Store) -> list[int]:
    """How often each contact was told."""
    async with store.reading() as uow:
        counted = select(func.count()).where(notifications.c.kind == "nudge")
        rows = await uow.connection.scalars(counted.group_by(notifications.c.contact_id))
        return sorted(rows)


async def test_two_sweeps_at_once_tell_everybody_once(store: Store, database_url: str) -> None:
    await settle(store)
    other = open_store(database_url)
    try:
        for day in range(trials(20, 3)):
            now = MORNING + timedelta(days=day)
            told = await asyncio.gather(*(sweep_nudges(each, now) for each in (store, other, store, other)))
            assert sum(told) == (REGULARS if day == 0 else 0)
    finally:
        await other.close()
    assert await heard(store) == [1] * REGULARS
    async with store.reading() as uow:
        assert await uow.connection.scalar(select(func.count()).select_from(nudges)) == REGULARS


async def test_who_looks_first_and_tells_later_tells_twice(store: Store, database_url: str) -> None:
    """The negative control."""
    await settle(store)
    await plan_nudges(store, MORNING)
    other = open_store(database_url)
    try:
        await asyncio.gather(naive_sweep(store, MORNING), naive_sweep(other, MORNING))
    finally:
        await other.close()
    assert max(await heard(store)) > 1
