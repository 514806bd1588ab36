"""Connections to SQLite that stay open, each lent to one unit of work at a time."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any

from sqlalchemy.engine import Dialect
from sqlalchemy.exc import TimeoutError as NoConnectionFree
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from storage.built import as_ours, compiled, is_built
from storage.sqlite import OneStepConnection

PATIENCE_SECONDS = 60


class LentConnection(AsyncConnection):
    """What is built goes straight to the driver, in the same transaction as everything else."""

    __slots__ = ("_driver", "_speaks")
    _driver: OneStepConnection
    _speaks: Dialect

    async def open(self) -> None:
        await self.start()
        driver = (await self.get_raw_connection()).driver_connection
        assert isinstance(driver, OneStepConnection)
        self._driver, self._speaks = driver, self.dialect

    async def execute(self, statement: Any, parameters: Any = None, **options: Any) -> Any:
        made = compiled(statement, parameters, self._speaks) if is_built(statement) else None
        if made is None:
            # It may have to be compiled first, and a row of those is long: others have their turn in between.
            await asyncio.sleep(0)
            return await super().execute(statement, parameters, **options)
        how: Callable[..., Any]
        if isinstance(parameters, list):
            how, (text, values) = sqlite3.Cursor.executemany, made.say_many(parameters)
        else:
            how, (text, values) = sqlite3.Cursor.execute, made.say(parameters)
        # Whoever listens to what the database is asked hears this too.
        for heard in self._proxied.dispatch.before_cursor_execute:
            heard(self._proxied, None, text, values, None, isinstance(parameters, list))
        try:
            description, rowcount, _last, rows = await self._driver.in_one_step(how, text, values)
        except sqlite3.Error as error:
            raise as_ours(error, text, self._speaks) from error
        return made.result(description, rowcount, rows)

    def begin_with(self, begin: str) -> None:
        self._driver.begin_later(begin)

    async def keep(self) -> None:
        """Commit. SQLAlchemy knows of the transaction only when it has executed something in it."""
        if self.in_transaction():
            await self.commit()
            return
        self._proxied.dispatch.commit(self._proxied)
        try:
            await self._driver.commit()
        except sqlite3.Error as error:
            raise as_ours(error, "COMMIT", self._speaks) from error

    async def undo(self) -> None:
        if self.in_transaction():
            await self.rollback()
        else:
            await self._driver.rollback()


class Lending:
    """At most ``size`` connections of one engine; the one used last, whose cache is warm, is lent next."""

    def __init__(self, engine: AsyncEngine, size: int, begin: str, *, keeps: bool) -> None:
        self._engine, self._begin, self._keeps = engine, begin, keeps
        self._free = asyncio.Semaphore(size)
        self._idle: list[LentConnection] = []

    @asynccontextmanager
    async def lend(self) -> AsyncIterator[LentConnection]:
        """A transaction: kept when its block ends well (if this lending keeps), undone on any error."""
        connection = await self._take()
        try:
            connection.begin_with(self._begin)
            yield connection
            if self._keeps:
                await connection.keep()
            else:
                await connection.undo()
        except BaseException:
            # Whoever is cancelled twice must not give back a connection in whose thread something runs.
            await asyncio.shield(self._rescue(connection))
            raise
        self._give_back(connection)

    async def close(self) -> None:
        while self._idle:
            await self._idle.pop().close()
        await self._engine.dispose()

    async def _take(self) -> LentConnection:
        if self._free.locked():
            await self._wait()
        else:
            await self._free.acquire()
        try:
            if self._idle:
                return self._idle.pop()
            connection = LentConnection(self._engine)
            await connection.open()
        except BaseException:
            self._free.release()
            raise
        return connection

    async def _wait(self) -> None:
        try:
            async with asyncio.timeout(PATIENCE_SECONDS):
                await self._free.acquire()
        except TimeoutError as none_free:
            raise NoConnectionFree("no connection was free in time") from none_free

    def _give_back(self, connection: LentConnection) -> None:
        self._idle.append(connection)
        self._free.release()

    async def _rescue(self, connection: LentConnection) -> None:
        """Undo and give back; a connection that cannot even do that is closed instead.

        So is one that SQLAlchemy has closed, as it does when whoever waits for an answer is cancelled.
        """
        try:
            await connection.undo()
        except Exception:
            await connection.invalidate()
        if connection.invalidated:
            self._free.release()
            await connection.close()
        else:
            self._give_back(connection)
