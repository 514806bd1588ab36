"""Store and UnitOfWork: where a transaction begins and ends. Nothing else in the house commits."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, AsyncExitStack, asynccontextmanager
from functools import cached_property
from typing import Any

from sqlalchemy import event, text
from sqlalchemy.engine import make_url
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine
from sqlalchemy.pool import NullPool

from storage.alerts import Alerts
from storage.applied import AppliedKept
from storage.approvals import Approvals
from storage.audit import Audit
from storage.audit_chain import AuditChain
from storage.bulk import Bulk
from storage.calendar import Calendars
from storage.catalogue import Catalogue
from storage.cheque_lists import ChequeLists
from storage.company import CompanyKept
from storage.credit import Credit
from storage.credit_book import CreditBook
from storage.customers import Customers
from storage.disputes import Disputes
from storage.files import Files
from storage.history import History
from storage.inbox import Inbox
from storage.instruments import Cheques
from storage.invoices import Invoices
from storage.leadership import Leadership, leading
from storage.ledger import Ledger
from storage.lending import Lending
from storage.memory import MemoryKept
from storage.notifications import Outbox
from storage.orders import Orders
from storage.parties import Parties
from storage.passing import DatabaseAway
from storage.promotion_goods import PromotionGoods
from storage.promotions import Promotions
from storage.receipts import Receipts
from storage.registration import Registrations
from storage.searches import Searches
from storage.settings import SettingsKept
from storage.settling import Settling
from storage.sqlite import BUSY_TIMEOUT, opener
from storage.staff import StaffMembers
from storage.stock import Stocks
from storage.support import Support
from storage.tasks import Tasks
from storage.terms import Terms
from storage.truths import Truths

READERS = 4
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


class UnitOfWork:
    """All that one update reads and writes: it is kept whole, or not at all."""

    def __init__(self, connection: AsyncConnection) -> None:
        self.connection = connection

    @cached_property
    def alerts(self) -> Alerts:
        return Alerts(self.connection)

    @cached_property
    def applied(self) -> AppliedKept:
        return AppliedKept(self.connection)

    @cached_property
    def approvals(self) -> Approvals:
        return Approvals(self.connection)

    @cached_property
    def audit(self) -> Audit:
        return Audit(self.connection)

    @cached_property
    def audit_chain(self) -> AuditChain:
        return AuditChain(self.connection)

    @cached_property
    def bulk(self) -> Bulk:
        return Bulk(self.connection)

    @cached_property
    def calendars(self) -> Calendars:
        return Calendars(self.connection)

    @cached_property
    def catalogue(self) -> Catalogue:
        return Catalogue(self.connection)

    @cached_property
    def company(self) -> CompanyKept:
        return CompanyKept(self.connection)

    @cached_property
    def credit(self) -> Credit:
        return Credit(self.connection)

    @cached_property
    def credit_book(self) -> CreditBook:
        return CreditBook(self.connection)

    @cached_property
    def cheque_lists(self) -> ChequeLists:
        return ChequeLists(self.connection)

    @cached_property
    def cheques(self) -> Cheques:
        return Cheques(self.connection)

    @cached_property
    def customers(self) -> Customers:
        return Customers(self.connection)

    @cached_property
    def disputes(self) -> Disputes:
        return Disputes(self.connection)

    @cached_property
    def files(self) -> Files:
        return Files(self.connection)

    @cached_property
    def history(self) -> History:
        return History(self.connection)

    @cached_property
    def inbox(self) -> Inbox:
        return Inbox(self.connection)

    @cached_property
    def invoices(self) -> Invoices:
        return Invoices(self.connection)

    @cached_property
    def ledger(self) -> Ledger:
        return Ledger(self.connection)

    @cached_property
    def memory(self) -> MemoryKept:
        return MemoryKept(self.connection)

    @cached_property
    def outbox(self) -> Outbox:
        return Outbox(self.connection)

    @cached_property
    def orders(self) -> Orders:
        return Orders(self.connection)

    @cached_property
    def promotion_goods(self) -> PromotionGoods:
        return PromotionGoods(self.connection)

    @cached_property
    def promotions(self) -> Promotions:
        return Promotions(self.connection)

    @cached_property
    def receipts(self) -> Receipts:
        return Receipts(self.connection)

    @cached_property
    def parties(self) -> Parties:
        return Parties(self.connection)

    @cached_property
    def registrations(self) -> Registrations:
        return Registrations(self.connection)

    @cached_property
    def searches(self) -> Searches:
        return Searches(self.connection)

    @cached_property
    def settings(self) -> SettingsKept:
        return SettingsKept(self.connection)

    @cached_property
    def settling(self) -> Settling:
        return Settling(self.connection)

    @cached_property
    def staff(self) -> StaffMembers:
        return StaffMembers(self.connection)

    @cached_property
    def stock(self) -> Stocks:
        return Stocks(self.connection)

    @cached_property
    def support(self) -> Support:
        return Support(self.connection)

    @cached_property
    def tasks(self) -> Tasks:
        return Tasks(self.connection)

    @cached_property
    def truths(self) -> Truths:
        return Truths(self.connection)

    @cached_property
    def terms(self) -> Terms:
        return Terms(self.connection)


class Store:
    """Makes units of work. On SQLite one writer and some readers, on PostgreSQL one pool for both."""

    def __init__(self, writer: AsyncEngine, reader: AsyncEngine) -> None:
        self._writer, self._reader = writer, reader
        self._begin: Opens = writer.begin
        self._read: Opens = reader.connect
        self._lent: tuple[Lending, ...] = ()

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
            yield UnitOfWork(await _entered(stack, self._begin()))

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[UnitOfWork]:
        """A unit of work that only reads, and never waits for a writer."""
        async with AsyncExitStack() as stack:
            yield UnitOfWork(await _entered(stack, self._read()))

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
        engine = create_async_engine(url, pool_size=pool_size, max_overflow=pool_size, pool_pre_ping=True)
        return Store(engine, engine)
    writer = create_async_engine(url, poolclass=NullPool, connect_args=_connecting(is_reader=False))
    reader = create_async_engine(url, poolclass=NullPool, connect_args=_connecting(is_reader=True))
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
