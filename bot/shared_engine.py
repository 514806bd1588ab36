"""The engine of several processes on one PostgreSQL: procrastinate says when, once for all of them.

It keeps its tables in a schema of their own and holds no truth. See docs/decisions/0011.
"""

from __future__ import annotations

import asyncio
import logging
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any, Protocol

import psycopg
import structlog
from procrastinate import App, JobContext, PsycopgConnector
from procrastinate.exceptions import AlreadyEnqueued
from procrastinate.jobs import Status
from procrastinate.schema import SchemaManager
from procrastinate.utils import utcnow
from procrastinate.worker import Worker
from psycopg.conninfo import make_conninfo
from psycopg.sql import SQL, Identifier

from bot.engine import look
from jobs.schedule import Job
from jobs.timetable import STOP_SECONDS, Clock
from storage.libpq import libpq_address
from storage.unit_of_work import Store

log = structlog.get_logger("bot.shared_engine")

SCHEMA = f"bonak_engine_{sha256(SchemaManager.get_schema().encode()).hexdigest()[:8]}"
"""Two releases whose libraries differ do not share one: our own rows keep them from running a slot twice."""
_OTHERS = "SELECT nspname FROM pg_namespace WHERE nspname ~ '^bonak_engine_[0-9a-f]{8}$' AND nspname <> %s"
SEARCH_PATH = f"-c search_path={SCHEMA}"
AT_ONCE = 4
STALLED_SECONDS = 30.0
MOST_BETWEEN = timedelta(minutes=30)
"""A look costs little and a slot decides by itself, so what is daily is looked at more often."""
AGAIN = 5.0
_MINUTE = 60


async def prepare(url: str, *, is_alone: bool = False) -> None:
    """Make the engine's tables, unless they are there; two processes may do so at once.

    ``is_alone``: nothing runs on this database, so the tables of other releases go.
    """
    async with await psycopg.AsyncConnection.connect(**_connecting(url)) as connection:
        await connection.execute("SELECT pg_advisory_xact_lock(3, hashtext('bonak_engine'))")
        if is_alone:
            others = await connection.execute(_OTHERS, (SCHEMA,))
            for (name,) in await others.fetchall():
                await connection.execute(SQL("DROP SCHEMA {} CASCADE").format(Identifier(name)))
        found = await connection.execute("SELECT to_regnamespace(%s) IS NULL", (SCHEMA,))
        if await found.fetchone() == (True,):
            await connection.execute(SQL("CREATE SCHEMA {}").format(Identifier(SCHEMA)))
            await connection.execute(SchemaManager.get_schema())


def _connecting(url: str) -> dict[str, Any]:
    return {**libpq_address(url), "options": SEARCH_PATH}


def cron(every: timedelta) -> str:
    """How often to look at what is due once in that time: more often where cron cannot say it."""
    seconds = int(min(every, MOST_BETWEEN).total_seconds())
    if seconds < _MINUTE:
        return f"* * * * * */{_divisor(seconds)}"
    return f"*/{_divisor(seconds // _MINUTE)} * * * *"


def _divisor(most: int) -> int:
    return max(each for each in range(1, most + 1) if 60 % each == 0)


class _Worker(Protocol):
    """What we use of procrastinate's worker."""

    async def run(self) -> None: ...

    def stop(self) -> None: ...


class SharedEngine:
    """Jobs are deferred once, however many processes run, and those of a dead one are taken over.

    procrastinate goes by the machine's clock. ``every`` makes it look so often at everything, for a clock
    that may be turned.
    """

    def __init__(self, url: str, store: Store, clock: Clock, every: timedelta | None = None) -> None:
        self._url, self._store, self._clock, self._every = url, store, clock, every
        self._jobs: dict[str, Job] = {}
        self._early: list[tuple[Job, str, datetime]] = []
        self._worker: _Worker | None = None
        self._working: asyncio.Task[None] | None = None
        self._stopping = False
        self._is_open = False
        # It tells of each job at each step, which is of interest to nobody.
        for name in ("procrastinate", "psycopg.pool"):
            logging.getLogger(name).setLevel(logging.WARNING)
        connector = PsycopgConnector(
            conninfo=make_conninfo(**libpq_address(url)),
            kwargs={"options": SEARCH_PATH},
            min_size=1,
            max_size=AT_ONCE,
        )
        self._app = App(connector=connector)
        self._look: Any = self._app.task(name="look")(self._run_look)
        self._app.periodic(cron="*/1 * * * *", periodic_id="stalled", queueing_lock="stalled")(
            self._app.task(name="free_stalled", pass_context=True)(_free_stalled)
        )

    def periodic(self, job: Job) -> None:
        self._jobs[job.name] = job
        self._app.periodic(
            cron=cron(self._every or job.every),
            periodic_id=job.name,
            queueing_lock=job.name,
            task_kwargs={"name": job.name},
        )(self._look)

    async def defer(self, job: Job, *, key: str, at: datetime | None = None) -> None:
        now = self._clock()
        slot = at or now
        if not self._is_open:
            self._early.append((job, key, slot))
            return
        await self._defer(job.name, f"{job.name}:{key}", slot, max(slot - now, timedelta()))

    async def _defer(self, name: str, key: str, slot: datetime | None, wait: timedelta) -> None:
        task = self._look.configure(queueing_lock=key, schedule_at=utcnow() + wait)
        try:
            await task.defer_async(name=name, slot=None if slot is None else slot.isoformat())
        except AlreadyEnqueued:
            return

    async def _run_look(self, name: str, slot: str | None = None, **_when: object) -> None:
        """procrastinate also says when it wanted it; what is due is told by our own clock."""
        job = self._jobs.get(name)
        if job is None:
            # Deferred by a program of another release.
            return
        only = None if slot is None else datetime.fromisoformat(slot)
        looked = await look(self._store, job, self._clock, only)
        if looked.again_at is not None:
            wait = max(looked.again_at - self._clock(), timedelta(seconds=1))
            await self._defer(name, f"{name}:again:{slot or ''}", only, wait)

    async def run(self) -> None:
        """Until :meth:`stop`, which is all that it needs: a cancel may be lost, for the driver's waits of
        Python 3.11 forget one that comes together with what they wait for.
        """
        while not self._stopping:
            try:
                await prepare(self._url)
                if not self._stopping:
                    async with self._app.open_async():
                        await self._work()
            except Exception as fault:
                log.warning("the engine cannot run", fault=type(fault).__name__)
            finally:
                self._is_open = False
            if not self._stopping:
                await asyncio.sleep(AGAIN)

    async def _work(self) -> None:
        """What was missed while nobody ran is looked at once, then whatever comes."""
        self._is_open = True
        for name in self._jobs:
            await self._defer(name, name, None, timedelta())
        early, self._early = self._early, []
        for job, key, slot in early:
            await self.defer(job, key=key, at=slot)
        self._worker = self._new_worker()
        self._working = working = asyncio.ensure_future(self._worker.run())
        # With its first step it forgets that it was asked to end.
        await asyncio.sleep(0)
        if self._stopping:
            self._worker.stop()
        try:
            await asyncio.wait({working})
        finally:
            self._worker.stop()
            # It finishes its jobs first; whatever is not done by then is another process's, by its lease.
            await asyncio.wait({working}, timeout=2 * STOP_SECONDS)
        if working.done():
            working.result()

    def _new_worker(self) -> _Worker:
        return Worker(
            self._app,
            concurrency=AT_ONCE,
            install_signal_handlers=False,
            delete_jobs="always",
            shutdown_graceful_timeout=STOP_SECONDS,
            stalled_worker_timeout=STALLED_SECONDS,
        )

    async def stop(self, seconds: float = STOP_SECONDS) -> None:
        """The worker is asked to end and never cancelled, which would make it forget its jobs."""
        self._stopping = True
        if self._worker is not None and self._working is not None:
            self._worker.stop()
            await asyncio.wait({self._working}, timeout=seconds)


async def _free_stalled(context: JobContext, **_when: object) -> None:
    """What a dead process was looking at is looked at again. Its locks are not the library's, which would
    hold a job up until then, but the leases of our own rows.
    """
    manager = context.app.job_manager
    for stalled in await manager.get_stalled_jobs(seconds_since_heartbeat=STALLED_SECONDS):
        log.warning("taken over from a dead process", job=stalled.call_string)
        await manager.finish_job(job=stalled, status=Status.FAILED, delete_job=True)
        again = context.app.configure_task(stalled.task_name, queueing_lock=stalled.queueing_lock)
        try:
            await again.defer_async(**stalled.task_kwargs)
        except AlreadyEnqueued:
            continue
