"""Two processes that keep the same updates at the same time, in different orders."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from datetime import datetime

import pytest
from sqlalchemy import func, literal, select, text
from sqlalchemy.exc import DBAPIError

from storage import inbox
from storage.inbox import Arrived, Waiting
from storage.tables.messages import inbox as rows
from storage.unit_of_work import Store, open_store
from tests.databases import drop_postgres, new_postgres
from tests.patience import PATIENCE, until

BOT = 42
# The watcher's own transaction must be a new one each time: this view stands still within one.
WAITED_FOR = text(
    "SELECT locktype FROM pg_locks JOIN pg_stat_activity USING (pid)"
    " WHERE NOT granted AND datname = current_database()"
)


@pytest.fixture
async def postgres() -> AsyncIterator[Store]:
    """SQLite has one writer at a time: there nothing of this can happen."""
    url = await new_postgres()
    store = open_store(url)
    yield store
    await store.close()
    await drop_postgres(url)


def update(number: int) -> Arrived:
    return Arrived(update_id=number, person=5, payload=f'{{"update_id":{number}}}')


async def put(store: Store, now: datetime, *numbers: int) -> tuple[Waiting, ...]:
    async with store.unit_of_work() as uow:
        return await uow.inbox.put("telegram", BOT, [update(number) for number in numbers], now)


async def put_crossed(store: Store, now: datetime, waits_for: str) -> tuple[Waiting, ...]:
    """One puts 1, then 2, while another puts 2 and 1 at once; what was new to the other.

    The other is seen waiting for that kind of lock before the first goes on.
    """

    async def another_waits() -> bool:
        async with store.reading() as uow:
            return list(await uow.connection.scalars(WAITED_FOR)) == [waits_for]

    async with asyncio.TaskGroup() as group, store.unit_of_work() as uow:
        assert len(await uow.inbox.put("telegram", BOT, [update(1)], now)) == 1
        other = group.create_task(put(store, now, 2, 1))
        await until(another_waits, f"the other waits for a lock: {waits_for}")
        assert len(await uow.inbox.put("telegram", BOT, [update(2)], now)) == 1
    return other.result()


async def kept(store: Store) -> list[tuple[int, int]]:
    """Each update's id, and how often it is there."""
    counted = select(rows.c.update_id, func.count()).group_by(rows.c.update_id).order_by(rows.c.update_id)
    async with store.reading() as uow:
        return [(row[0], row[1]) for row in await uow.connection.execute(counted)]


async def test_batches_in_different_orders_are_kept_one_after_the_other(
    postgres: Store, now: datetime
) -> None:
    assert await put_crossed(postgres, now, "advisory") == ()
    assert await kept(postgres) == [(1, 1), (2, 1)]


async def test_another_bots_batch_does_not_wait(postgres: Store, now: datetime) -> None:
    async with postgres.unit_of_work() as uow:
        await uow.inbox.put("telegram", BOT + 1, [update(1)], now)
        async with asyncio.timeout(PATIENCE):
            assert len(await put(postgres, now, 2, 1)) == 2


async def test_without_the_bots_lock_they_wait_for_each_other_for_ever(
    postgres: Store, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The negative control; PostgreSQL ends such a wait by letting one of the two fail."""
    monkeypatch.setattr(inbox, "_LOCK_BOT", select(literal(1)))
    with pytest.RaisesGroup(pytest.RaisesExc(DBAPIError, match="deadlock detected")):
        await put_crossed(postgres, now, "transactionid")
