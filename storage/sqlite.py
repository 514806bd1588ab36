"""aiosqlite with one thread hop a statement.

SQLAlchemy opens a cursor, executes, fetches and closes: with aiosqlite each of these goes to the connection's
thread and back, and so does the BEGIN before them. A hop costs more than a small query, so a statement does
all of it in one, BEGIN travels with the first statement, and a reader's ROLLBACK is not waited for.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Sequence
from typing import Any

import aiosqlite

_BEGINS = ("BEGIN", "BEGIN IMMEDIATE")


class OneHopCursor:
    """What SQLAlchemy asks of a cursor; its rows are here as soon as it has executed."""

    arraysize = 1
    description: Any = None
    rowcount: int = -1
    lastrowid: int | None = None

    def __init__(self, connection: OneHopConnection) -> None:
        self._connection = connection
        self._rows: list[Any] = []

    async def __aenter__(self) -> OneHopCursor:
        return self

    async def execute(self, sql: str, parameters: Sequence[Any] = ()) -> None:
        if sql in _BEGINS:
            self._connection.begin_later(sql)
            return
        await self._run(sqlite3.Cursor.execute, sql, parameters)

    async def executemany(self, sql: str, parameters: Iterable[Sequence[Any]]) -> None:
        await self._run(sqlite3.Cursor.executemany, sql, parameters)

    async def _run(self, how: Callable[..., Any], sql: str, parameters: Any) -> None:
        done = await self._connection.in_one_hop(how, sql, parameters)
        self.description, self.rowcount, self.lastrowid, self._rows = done

    async def fetchall(self) -> list[Any]:
        rows, self._rows = self._rows, []
        return rows

    async def fetchone(self) -> Any:
        return self._rows.pop(0) if self._rows else None

    async def close(self) -> None:
        self._rows = []


class OneHopConnection(aiosqlite.Connection):
    is_reader = False
    _begin: str | None = None

    def cursor(self) -> OneHopCursor:  # type: ignore[override]
        return OneHopCursor(self)

    def begin_later(self, sql: str) -> None:
        """The transaction begins together with its first statement."""
        self._begin = sql

    async def in_one_hop(self, how: Callable[..., Any], sql: str, parameters: Any) -> tuple[Any, ...]:
        begin, self._begin = self._begin, None

        def work() -> tuple[Any, ...]:
            if begin is not None:
                self._conn.execute(begin)
            cursor = self._conn.cursor()
            try:
                how(cursor, sql, parameters)
                rows = cursor.fetchall() if cursor.description else []
                return cursor.description, cursor.rowcount, cursor.lastrowid, rows
            finally:
                cursor.close()

        done: tuple[Any, ...] = await self._execute(work)  # type: ignore[no-untyped-call]
        return done

    async def commit(self) -> None:
        if self._begin is None:
            await super().commit()
        self._begin = None

    async def rollback(self) -> None:
        if self._begin is not None:
            self._begin = None
        elif self.is_reader:
            # Nothing depends on its end, and the next statement stands behind it in the thread's queue.
            self._tx.put_nowait((None, self._conn.rollback))
        else:
            await super().rollback()


def opener(*, is_reader: bool) -> Callable[..., OneHopConnection]:
    """For ``connect_args={"async_creator_fn": …}`` of an aiosqlite engine."""

    def open_one(database: str, **arguments: Any) -> OneHopConnection:
        connection = OneHopConnection(lambda: sqlite3.connect(database, **arguments), iter_chunk_size=64)
        connection.is_reader = is_reader
        connection._thread.daemon = True
        return connection

    return open_one
