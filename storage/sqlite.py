"""aiosqlite without a journey to another thread for every small step.

SQLAlchemy opens a cursor, executes, fetches and closes: with aiosqlite each of these goes to the connection's
thread and back, and so does the BEGIN before them. Such a hop costs several times what a small query takes.
So a statement does all of it at once, BEGIN travels with the first statement, and what cannot wait for a lock
or a flush of the disk stays on the event loop: a reader's statements, and a writer's once it holds the
lock. Beginning to write and committing are left to the thread, and so is whatever was slow before.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Sequence
from time import perf_counter
from typing import Any

import aiosqlite

_BEGINS = ("BEGIN", "BEGIN IMMEDIATE")
SLOW_SECONDS = 0.005
"""A statement that took longer than that holds nobody up a second time."""
MOST_SLOW = 1_000

_slow: set[str] = set()

Done = tuple[Any, int, int | None, list[Any]]
"""A cursor's description, row count and last row id, and all of its rows."""


class OneStepCursor:
    """What SQLAlchemy asks of a cursor; its rows are here as soon as it has executed."""

    arraysize = 1
    description: Any = None
    rowcount: int = -1
    lastrowid: int | None = None

    def __init__(self, connection: OneStepConnection) -> None:
        self._connection = connection
        self._rows: list[Any] = []

    async def __aenter__(self) -> OneStepCursor:
        return self

    async def execute(self, sql: str, parameters: Sequence[Any] = ()) -> None:
        if sql in _BEGINS:
            self._connection.begin_later(sql)
            return
        await self._run(sqlite3.Cursor.execute, sql, parameters)

    async def executemany(self, sql: str, parameters: Iterable[Sequence[Any]]) -> None:
        await self._run(sqlite3.Cursor.executemany, sql, parameters)

    async def _run(self, how: Callable[..., Any], sql: str, parameters: Any) -> None:
        done = await self._connection.in_one_step(how, sql, parameters)
        self.description, self.rowcount, self.lastrowid, self._rows = done

    async def fetchall(self) -> list[Any]:
        rows, self._rows = self._rows, []
        return rows

    async def fetchone(self) -> Any:
        return self._rows.pop(0) if self._rows else None

    async def close(self) -> None:
        self._rows = []


class OneStepConnection(aiosqlite.Connection):
    is_reader = False
    _begin: str | None = None
    _is_away = False
    """The thread works on something: nothing may be done beside it."""

    def cursor(self) -> OneStepCursor:  # type: ignore[override]
        return OneStepCursor(self)

    def begin_later(self, sql: str) -> None:
        """The transaction begins together with its first statement."""
        self._begin = sql

    async def in_one_step(self, how: Callable[..., Any], sql: str, parameters: Any) -> Done:
        begin, self._begin = self._begin, None
        if self._may_stay(begin, sql, is_many=how is sqlite3.Cursor.executemany):
            began = perf_counter()
            done: Done = _work(self._conn, begin, how, sql, parameters)
            if perf_counter() - began > SLOW_SECONDS and len(_slow) < MOST_SLOW:
                _slow.add(sql)
            return done
        away: Done = await self._in_thread(_work, self._conn, begin, how, sql, parameters)
        return away

    def _may_stay(self, begin: str | None, sql: str, *, is_many: bool) -> bool:
        if self._is_away or is_many or sql in _slow:
            return False
        return self.is_reader or (begin is None and self._conn.in_transaction)

    async def _in_thread(self, work: Callable[..., Any], *arguments: Any) -> Any:
        self._is_away = True
        try:
            done = await self._execute(work, *arguments)  # type: ignore[no-untyped-call]
        except sqlite3.Error:
            self._is_away = False
            raise
        # Whoever is cancelled does not come here: the thread may still be at work then.
        self._is_away = False
        return done

    async def commit(self) -> None:
        if self._begin is None and self._conn.in_transaction:
            await self._in_thread(self._conn.commit)
        self._begin = None

    async def rollback(self) -> None:
        if self._begin is not None:
            self._begin = None
        elif self._is_away:
            await super().rollback()
        elif self._conn.in_transaction:
            self._conn.rollback()


def _work(
    connection: sqlite3.Connection, begin: str | None, how: Callable[..., Any], sql: str, parameters: Any
) -> Done:
    if begin is not None:
        connection.execute(begin)
    cursor = connection.cursor()
    try:
        how(cursor, sql, parameters)
        rows = cursor.fetchall() if cursor.description else []
        return cursor.description, cursor.rowcount, cursor.lastrowid, rows
    finally:
        cursor.close()


def opener(*, is_reader: bool) -> Callable[..., OneStepConnection]:
    """For ``connect_args={"async_creator_fn": …}`` of an aiosqlite engine."""

    def open_one(database: str, **arguments: Any) -> OneStepConnection:
        arguments["check_same_thread"] = False
        connection = OneStepConnection(lambda: sqlite3.connect(database, **arguments), iter_chunk_size=64)
        connection.is_reader = is_reader
        connection._thread.daemon = True
        return connection

    return open_one
