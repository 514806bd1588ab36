"""Connections that stay open are lent to one unit of work at a time."""

from typing import Any

import pytest
from sqlalchemy import event, func, insert, select
from sqlalchemy.exc import TimeoutError as NoConnectionFree

from storage import lending
from storage.built import built
from storage.passing import is_passing
from storage.tables.catalogue import brands
from storage.unit_of_work import READERS, Store

PUT = built(insert(brands))
COUNT = built(select(func.count()).select_from(brands))


async def test_who_gets_no_connection_in_time_may_try_again(
    sqlite_store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lending, "PATIENCE_SECONDS", 0.05)
    async with sqlite_store.unit_of_work():
        with pytest.raises(NoConnectionFree) as none_free:
            await put(sqlite_store, "آوین")
        assert is_passing(none_free.value)
    await put(sqlite_store, "آوین")


async def test_the_connection_used_last_is_used_next(sqlite_store: Store) -> None:
    async with sqlite_store.reading() as first, sqlite_store.reading() as second:
        assert first.connection is not second.connection
    async with sqlite_store.reading() as third:
        assert third.connection is first.connection


async def test_a_failure_costs_no_connection(sqlite_store: Store) -> None:
    for _each in range(READERS + 1):
        with pytest.raises(ZeroDivisionError):
            await fail(sqlite_store)
    await put(sqlite_store, "آوین")
    async with sqlite_store.reading() as uow:
        assert await uow.connection.scalar(COUNT) == 1


async def test_a_connection_that_was_given_up_is_lent_to_nobody(sqlite_store: Store) -> None:
    """SQLAlchemy gives a connection up when its work is cancelled in the middle of a statement."""
    with pytest.raises(ZeroDivisionError):
        await _give_up(sqlite_store)
    await put(sqlite_store, "آوین")


async def _give_up(store: Store) -> None:
    async with store.unit_of_work() as uow:
        await uow.connection.execute(select(1))
        await uow.connection.invalidate()
        raise ZeroDivisionError


async def test_whoever_listens_hears_built_statements_and_their_commit(sqlite_store: Store) -> None:
    heard: list[str] = []

    def statement(_connection: Any, _cursor: Any, text: str, *_more: Any) -> None:
        heard.append(text.split()[0])

    async with sqlite_store.unit_of_work() as uow:
        event.listen(uow.connection.sync_connection, "before_cursor_execute", statement)
        event.listen(uow.connection.sync_connection, "commit", lambda _connection: heard.append("COMMIT"))
        await uow.connection.execute(PUT, {"name": "آوین"})
        await uow.connection.execute(PUT, [{"name": "نگاره"}])
    assert heard == ["INSERT", "INSERT", "COMMIT"]


async def put(store: Store, name: str) -> None:
    async with store.unit_of_work() as uow:
        await uow.connection.execute(PUT, {"name": name})


async def fail(store: Store) -> None:
    async with store.reading() as uow, store.unit_of_work() as writing:
        await uow.connection.scalar(COUNT)
        await writing.connection.execute(PUT, {"name": "نگاره"})
        raise ZeroDivisionError
