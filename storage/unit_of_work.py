"""Store and UnitOfWork: where a transaction begins and ends. Nothing else in the house commits."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, AsyncExitStack, asynccontextmanager
from typing import Any

from sqlalchemy import event, text
from sqlalchemy.engine import make_url
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine
from sqlalchemy.pool import NullPool

from domain.lexicon import Lexicon
from storage.leadership import Leadership, leading
from storage.lending import Lending
from storage.passing import DatabaseAway
from storage.repositories import Repositories
from storage.sqlite import BUSY_TIMEOUT, opener
from storage.statements import STATEMENTS

READERS = 4
IDLE = "60000"
"""Milliseconds: what a process that stands still in the middle of its work has locked is free again then."""
SHARED = {"compiled_cache": STATEMENTS}
Opens = Callable[[], AbstractAsyncContextManager[AsyncConnection]]

SQLITE_PRAGMAS = (
    "PRAGMA journal_mode=WAL",
    "PRAGMA synchronous=FULL",
    "PRAGMA foreign_keys=ON",
    BUSY_TIMEOUT,
    "PRAGMA temp_store=MEMORY",
)
READER_CACHE = "PRAGMA cache_size=-32768"
WRITER_CACHE = "PRAGMA cache_size=-4096"
"""The writer walks through pages of the inbox that are not read again: keeping many only takes memory."""


class UnitOfWork(Repositories):
    """All that one update reads and writes: it is kept whole, or not at all."""


class Store:
    """Makes units of work. On SQLite one writer and some readers, on PostgreSQL one pool for both."""

    def __init__(self, writer: AsyncEngine, reader: AsyncEngine) -> None:
        self._writer, self._reader = writer, reader
        self._begin: Opens = writer.begin
        self._read: Opens = reader.connect
        self._lent: tuple[Lending, ...] = ()
        self._lexicon = Lexicon()

    @classmethod
    def lending(cls, writer: AsyncEngine, reader: AsyncEngine, readers: int) -> Store:
        """A store whose connections stay open (SQLite)."""
        store = cls(writer, reader)
        writing = Lending(writer, 1, "BEGIN IMMEDIATE", keeps=True)
        reading = Lending(reader, readers, "BEGIN", keeps=False)
        store._begin, store._read, store._lent = writing.lend, reading.lend, (writing, reading)
        return store

    @property
    def dialect(self) -> str:
        return self._writer.dialect.name

    @asynccontextmanager
    async def unit_of_work(self) -> AsyncIterator[UnitOfWork]:
        """A unit of work that may write: commits when its block ends well, rolls back on any error."""
        async with AsyncExitStack() as stack:
            yield UnitOfWork(await _entered(stack, self._begin()), self._lexicon)

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[UnitOfWork]:
        """A unit of work that only reads, and never waits for a writer."""
        async with AsyncExitStack() as stack:
            yield UnitOfWork(await _entered(stack, self._read()), self._lexicon)

    def leadership(self, of: str) -> AbstractAsyncContextManager[Leadership]:
        """Wait until no other process leads this, then lead until the block ends (or the process dies).

        PostgreSQL keeps the lock with a connection of its own; on SQLite there is one process.
        """
        return leading(self._writer if self.dialect == "postgresql" else None, of)

    async def check(self) -> None:
        """Raise when the database does not answer."""
        async with self._read() as connection:
            await connection.execute(text("SELECT 1"))

    async def close(self) -> None:
        for lending in self._lent:
            await lending.close()
        await self._reader.dispose()
        if self._writer is not self._reader:
            await self._writer.dispose()


async def _entered(
    stack: AsyncExitStack, opening: AbstractAsyncContextManager[AsyncConnection]
) -> AsyncConnection:
    """A connection, or the one fault that says that none could be made."""
    try:
        return await stack.enter_async_context(opening)
    except SQLAlchemyError:
        raise
    except Exception as fault:
        # Before there is a connection the driver's own errors come up as they are.
        raise DatabaseAway(type(fault).__name__) from fault


def open_store(url: str, pool_size: int = 10) -> Store:
    """A Store on ``sqlite+aiosqlite:///path`` or ``postgresql+asyncpg://…``."""
    if make_url(url).get_backend_name() != "sqlite":
        engine = create_async_engine(
            url,
            pool_size=pool_size,
            max_overflow=pool_size,
            pool_pre_ping=True,
            execution_options=SHARED,
            connect_args={"server_settings": {"idle_in_transaction_session_timeout": IDLE}},
        )
        return Store(engine, engine)
    writer, reader = (
        create_async_engine(
            url, poolclass=NullPool, execution_options=SHARED, connect_args=_connecting(is_reader=is_reader)
        )
        for is_reader in (False, True)
    )
    _prepare(writer, pragmas=(*SQLITE_PRAGMAS, WRITER_CACHE))
    _prepare(reader, pragmas=(*SQLITE_PRAGMAS, READER_CACHE, "PRAGMA query_only=ON"))
    return Store.lending(writer, reader, READERS)


def _connecting(*, is_reader: bool) -> dict[str, Any]:
    return {"timeout": 30, "isolation_level": None, "async_creator_fn": opener(is_reader=is_reader)}


def _prepare(engine: AsyncEngine, *, pragmas: tuple[str, ...]) -> None:
    """SQLite's defaults lose foreign keys; each connection is set up before its first use."""

    @event.listens_for(engine.sync_engine, "connect")
    def _connect(connection: Any, _record: Any) -> None:
        cursor = connection.cursor()
        for pragma in pragmas:
            cursor.execute(pragma)
        cursor.close()
