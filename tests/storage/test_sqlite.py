"""What our connection to SQLite must keep, whatever it saves on the way."""

import asyncio
import sqlite3

import pytest
from sqlalchemy import insert, select, text
from sqlalchemy.exc import IntegrityError, OperationalError

from storage import sqlite
from storage.tables.catalogue import brands
from storage.unit_of_work import Store


async def names(store: Store) -> list[str]:
    async with store.reading() as uow:
        return list(await uow.connection.scalars(select(brands.c.name).order_by(brands.c.id)))


async def put(store: Store, name: str) -> None:
    async with store.unit_of_work() as uow:
        await uow.connection.execute(insert(brands).values(name=name))


async def test_what_was_committed_is_read_and_what_failed_is_not(sqlite_store: Store) -> None:
    await put(sqlite_store, "آوین")
    with pytest.raises(IntegrityError):
        async with sqlite_store.unit_of_work() as uow:
            await uow.connection.execute(insert(brands), [{"name": "نگاره"}, {"name": "آوین"}])
    assert await names(sqlite_store) == ["آوین"]


def test_a_migrated_file_is_ready_for_readers_beside_a_writer(sqlite_url: str) -> None:
    """Connections that turn it into such a file at the same time lock each other out at once."""
    connection = sqlite3.connect(sqlite_url.removeprefix("sqlite+aiosqlite:///"))
    assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    connection.close()


async def test_a_unit_of_work_that_touches_nothing_ends_well(sqlite_store: Store) -> None:
    async with sqlite_store.unit_of_work():
        pass
    async with sqlite_store.reading():
        pass
    await put(sqlite_store, "آوین")
    assert await names(sqlite_store) == ["آوین"]


async def test_foreign_keys_are_on(sqlite_store: Store) -> None:
    with pytest.raises(IntegrityError):
        async with sqlite_store.unit_of_work() as uow:
            await uow.connection.execute(text("INSERT INTO stock_alerts VALUES (1, 9, 9, 9, 1, 0, 0, NULL)"))


async def test_a_reader_cannot_write(sqlite_store: Store) -> None:
    with pytest.raises(OperationalError):
        async with sqlite_store.reading() as uow:
            await uow.connection.execute(insert(brands).values(name="نگاره"))


async def test_a_reader_sees_one_moment_and_does_not_wait_for_a_writer(sqlite_store: Store) -> None:
    async with sqlite_store.reading() as uow:
        assert (await uow.connection.scalars(select(brands.c.name))).all() == []
        await put(sqlite_store, "آوین")
        assert (await uow.connection.scalars(select(brands.c.name))).all() == []
    assert await names(sqlite_store) == ["آوین"]


async def test_writers_that_read_first_queue_up_and_none_is_locked_out(sqlite_store: Store) -> None:
    """With deferred transactions most of these would end as "database is locked"."""

    async def one(number: int) -> None:
        async with sqlite_store.unit_of_work() as uow:
            count = len((await uow.connection.scalars(select(brands.c.id))).all())
            await uow.connection.execute(insert(brands).values(name=f"{count}"))

    await asyncio.gather(*(one(number) for number in range(60)))
    assert await names(sqlite_store) == [str(number) for number in range(60)]


async def test_the_naive_transaction_is_locked_out(sqlite_url: str) -> None:
    """The negative control: two plain connections that read before they write."""
    path = sqlite_url.removeprefix("sqlite+aiosqlite:///")
    first, second = (sqlite3.connect(path, timeout=0, isolation_level=None) for _each in range(2))
    try:
        first.execute("PRAGMA journal_mode=WAL")
        for connection in (first, second):
            connection.execute("BEGIN")
            connection.execute("SELECT count(*) FROM brands").fetchall()
        first.execute("INSERT INTO brands (name) VALUES ('a')")
        first.execute("COMMIT")
        with pytest.raises(sqlite3.OperationalError, match="locked"):
            second.execute("INSERT INTO brands (name) VALUES ('b')")
    finally:
        first.close()
        second.close()


async def test_a_statement_that_is_slow_again_and_again_leaves_the_event_loop(
    sqlite_store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert await names(sqlite_store) == []
    monkeypatch.setattr(sqlite, "SLOW_SECONDS", 0.0)
    monkeypatch.setattr(sqlite, "_slow", {})
    for _each in range(sqlite.TIMES_SLOW + 2):
        assert await names(sqlite_store) == []
    assert list(sqlite._slow.values()) == [sqlite.TIMES_SLOW]


async def test_a_statement_that_was_slow_once_stays(
    sqlite_store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert await names(sqlite_store) == []
    monkeypatch.setattr(sqlite, "_slow", {})
    monkeypatch.setattr(sqlite, "SLOW_SECONDS", 0.0)
    assert await names(sqlite_store) == []
    monkeypatch.setattr(sqlite, "SLOW_SECONDS", 60.0)
    assert await names(sqlite_store) == []
    assert sqlite._slow == {}


async def test_a_writer_waits_for_another_process_without_holding_up_readers(
    sqlite_store: Store, sqlite_url: str
) -> None:
    other = sqlite3.connect(sqlite_url.removeprefix("sqlite+aiosqlite:///"), isolation_level=None)
    try:
        await put(sqlite_store, "آوین")
        other.execute("BEGIN IMMEDIATE")
        waiting = asyncio.create_task(put(sqlite_store, "نگاره"))
        assert await names(sqlite_store) == ["آوین"]
        other.execute("COMMIT")
        await waiting
        assert await names(sqlite_store) == ["آوین", "نگاره"]
    finally:
        other.close()


async def test_a_failed_statement_leaves_the_connection_usable(sqlite_store: Store) -> None:
    with pytest.raises(OperationalError):
        async with sqlite_store.unit_of_work() as uow:
            await uow.connection.execute(text("INSERT INTO nowhere VALUES (1)"))
    await put(sqlite_store, "آوین")
    assert await names(sqlite_store) == ["آوین"]


async def test_a_cancelled_writer_holds_nothing(sqlite_store: Store) -> None:
    started = asyncio.Event()

    async def stuck() -> None:
        async with sqlite_store.unit_of_work() as uow:
            await uow.connection.execute(insert(brands).values(name="نگاره"))
            started.set()
            await asyncio.Event().wait()

    task = asyncio.create_task(stuck())
    await started.wait()
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)
    await put(sqlite_store, "آوین")
    assert await names(sqlite_store) == ["آوین"]
