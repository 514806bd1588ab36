"""What runs by itself and when, and the loop that runs it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime, timedelta

import structlog

from jobs.alerts import sweep_alerts
from jobs.approvals import sweep_approvals
from jobs.cheques import sweep_cheques
from jobs.deliver import AT_ONCE, Courier
from jobs.housekeeping import prune_inbox, prune_searches
from jobs.invariants import seal_audit, sweep_books
from storage.unit_of_work import Store

log = structlog.get_logger("jobs.timetable")

TELL_EVERY = 0.25
ALERT_EVERY = timedelta(minutes=1)
DECIDE_EVERY = timedelta(minutes=1)
CHEQUES_EVERY = timedelta(minutes=10)
BOOKS_EVERY = timedelta(minutes=5)
SLOW_EVERY = timedelta(hours=1)
STOP_SECONDS = 10.0


class Timetable:
    """Asks "what is due and not done", so a missed tick needs no catching up."""

    def __init__(self, store: Store, courier: Courier, clock: Callable[[], datetime]) -> None:
        self._store, self._courier, self._clock = store, courier, clock
        self._is_told = asyncio.Event()
        self._is_told.set()

    async def stop(self, seconds: float = STOP_SECONDS) -> None:
        """Begin no new telling, and let the one under way be written down: else it would be told again."""
        self._courier.stop()
        with suppress(TimeoutError):
            await asyncio.wait_for(self._is_told.wait(), seconds)

    async def run(self) -> None:
        """For ever; a job that fails is logged and comes again."""
        async with asyncio.TaskGroup() as group:
            group.create_task(self._telling())
            group.create_task(self._alerting())
            group.create_task(self._deciding())
            group.create_task(self._reminding())
            group.create_task(self._checking())
            group.create_task(self._hourly())

    async def _telling(self) -> None:
        has_freed = False
        while True:
            told = 0
            self._is_told.clear()
            try:
                if not has_freed:
                    async with self._store.unit_of_work() as uow:
                        await uow.outbox.free_leases(self._clock())
                    has_freed = True
                told = await self._courier.sweep()
            except Exception as fault:
                log.exception("outbox cannot be emptied", fault=type(fault).__name__)
            finally:
                self._is_told.set()
            if told < AT_ONCE:
                await asyncio.sleep(TELL_EVERY)

    async def _alerting(self) -> None:
        while True:
            try:
                await sweep_alerts(self._store, self._clock())
            except Exception:
                log.exception("nobody can be told of stock")
            await asyncio.sleep(ALERT_EVERY.total_seconds())

    async def _reminding(self) -> None:
        while True:
            try:
                await sweep_cheques(self._store, self._clock())
            except Exception:
                log.exception("nobody can be reminded of cheques")
            await asyncio.sleep(CHEQUES_EVERY.total_seconds())

    async def _deciding(self) -> None:
        while True:
            try:
                await sweep_approvals(self._store, self._clock())
            except Exception:
                log.exception("orders wait for ever")
            await asyncio.sleep(DECIDE_EVERY.total_seconds())

    async def _checking(self) -> None:
        while True:
            try:
                await seal_audit(self._store, self._clock())
                await sweep_books(self._store, self._clock())
            except Exception:
                log.exception("the books cannot be checked")
            await asyncio.sleep(BOOKS_EVERY.total_seconds())

    async def _hourly(self) -> None:
        while True:
            try:
                await prune_inbox(self._store, self._clock())
                await prune_searches(self._store, self._clock())
            except Exception:
                log.exception("housekeeping failed")
            await asyncio.sleep(SLOW_EVERY.total_seconds())
