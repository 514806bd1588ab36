"""aiosqlite without a journey to another thread for every small step.

SQLAlchemy opens a cursor, executes, fetches and closes: with aiosqlite each of these goes to the connection's
thread and back, and so does the BEGIN before them. Such a hop costs several times what a small query takes.
So a statement does all of it at once, BEGIN travels with the first statement, and what cannot wait for a lock
or a flush of the disk stays on the event loop: a reader's statements, and a writer's once it holds the lock,
which it takes there when it is free. Waiting for it and committing are left to the thread, and so is what is
slow again and again.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Sequence
from time import perf_counter
from typing import Any

import aiosqlite

SLOW_SECONDS = 0.005
TIMES_SLOW = 3
"""A statement that took longer than that so many times in a row holds nobody up again. Once says little: the
machine may have been busy with something else, and a hop for good is dear."""
MOST_SLOW = 1_000
FEW = 20
"""So many rows at once are written as quickly as one."""
BUSY_TIMEOUT = "PRAGMA busy_timeout=30000"

_slow: dict[str, int] = {}

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
        await self._run(sqlite3.Cursor.execute, sql, parameters)

    async def executemany(self, sql: str, parameters: Sequence[Sequence[Any]]) -> None:
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
        """The transaction begins together with its first statement, if it has not begun."""
        if self._is_away or not self._conn.in_transaction:
            self._begin = sql

    async def in_one_step(self, how: Callable[..., Any], sql: str, parameters: Any) -> Done:
        is_long = how is sqlite3.Cursor.executemany and len(parameters) > FEW
        if not is_long and _slow.get(sql, 0) < TIMES_SLOW and self._may_stay():
            began = perf_counter()
            done: Done = _work(self._conn, self._take_begin(), how, sql, parameters)
            _note(sql, perf_counter() - began)
            return done
        away: Done = await self._in_thread(_work, self._conn, self._take_begin(), how, sql, parameters)
        return away

    def _may_stay(self) -> bool:
        """Whether the next statement has nobody to wait for."""
        if self._is_away:
            return False
        if self.is_reader or self._conn.in_transaction:
            return True
        if self._begin is None or not _began_at_once(self._conn, self._begin):
            return False
        self._begin = None
        return True

    def _take_begin(self) -> str | None:
        begin, self._begin = self._begin, None
        return begin

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


def _began_at_once(connection: sqlite3.Connection, begin: str) -> bool:
    """Begin, unless somebody else is writing just now: that is waited for elsewhere.

    The lock is a word in shared memory; to take it while it is free is a matter of microseconds.
    """
    connection.execute("PRAGMA busy_timeout=0")
    try:
        connection.execute(begin)
    except sqlite3.OperationalError as fault:
        if fault.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY:
            raise
        return False
    finally:
        connection.execute(BUSY_TIMEOUT)
    return True


def _note(sql: str, seconds: float) -> None:
    """Count how often in a row a statement was slow."""
    if seconds > SLOW_SECONDS:
        if len(_slow) < MOST_SLOW:
            _slow[sql] = _slow.get(sql, 0) + 1
    elif sql in _slow:
        del _slow[sql]


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
