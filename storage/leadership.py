"""One process leads: on PostgreSQL a session's lock says which, and it ends with the session."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

import structlog
from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

log = structlog.get_logger("storage.leadership")

ASK_EVERY = 0.5
"""A waiting process asks again and again, for one that blocked in the database could not be stopped."""

WAITS = "another process leads"
"""What a process says that is up but has nothing to do yet."""


class LeadershipLost(Exception):
    """Another process leads now: this one has to stop at once."""


class Leadership:
    """The right to lead, for as long as the process holds its session."""

    def __init__(self, engine: AsyncEngine | None, of: str) -> None:
        self._engine, self._of = engine, of
        self._connection: AsyncConnection | None = None

    async def keep(self) -> None:
        """For ever, while we lead: after the database was away, ask for the lock again.

        Raises LeadershipLost when somebody else was faster.
        """
        while self._engine is not None:
            await asyncio.sleep(ASK_EVERY)
            if await self._stands():
                continue
            await self.give_up()
            try:
                has_it = await self.ask()
            except Exception as fault:
                # The database is still away, for others too.
                log.warning("cannot ask to lead", fault=type(fault).__name__)
                continue
            if not has_it:
                raise LeadershipLost(self._of)
        await asyncio.Event().wait()

    async def _stands(self) -> bool:
        """Whether the session still lives."""
        if self._connection is None:
            return False
        try:
            await self._connection.execute(select(1))
            await self._connection.commit()
        except Exception:
            return False
        return True

    async def ask(self) -> bool:
        """Whether we lead from now on."""
        assert self._engine is not None
        connection = await self._engine.connect()
        try:
            key = func.hashtext(self._of)
            has_it = bool(await connection.scalar(select(func.pg_try_advisory_lock(key))))
            await connection.commit()
        except BaseException:
            await connection.close()
            raise
        if has_it:
            self._connection = connection
        else:
            await connection.close()
        return has_it

    async def give_up(self) -> None:
        """End the session, and the lock with it; it may be gone already."""
        connection, self._connection = self._connection, None
        if connection is not None:
            # Not given back to the pool: whoever got it next would hold the lock without knowing.
            with suppress(Exception):
                await connection.invalidate()
            with suppress(Exception):
                await connection.close()


@asynccontextmanager
async def leading(engine: AsyncEngine | None, of: str) -> AsyncIterator[Leadership]:
    """Wait until no other process leads this, then lead until the block ends; at once without an engine."""
    leadership = Leadership(engine, of)
    if engine is not None and not await leadership.ask():
        log.info(WAITS, of=of)
        await asyncio.sleep(ASK_EVERY)
        while not await leadership.ask():  # noqa: ASYNC110 - another process must end
            await asyncio.sleep(ASK_EVERY)
    try:
        yield leadership
    finally:
        await leadership.give_up()
