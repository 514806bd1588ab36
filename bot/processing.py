"""The inbox, worked off: in order per person, several people at once, bounded.

What happened is judged by the row in the database, never by what the dispatcher returned: a row is done when
the transaction of its effects says so. A fault is tried again after 0.2, 1, 5 and 20 s; after the fifth the
row is set aside as dead and its sender is told once. Nothing dead stops anybody else.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from datetime import datetime

import structlog
from aiogram import Bot, Dispatcher
from aiogram.types import Update

from bot import metrics
from bot.done_marks import DoneMarks
from bot.middlewares import LeftAlone, Taken
from bot.queues import Held, Queues
from bot.refill import Refill
from bot.updates import as_update
from services.notifications import tell_fault
from storage.inbox import Waiting
from storage.passing import is_passing
from storage.unit_of_work import Store

log = structlog.get_logger("bot.processing")

DELAYS = (0.2, 1.0, 5.0, 20.0)
DRAIN_SECONDS = 30.0
BEHIND_ANOTHER = 0.05


class Processing:
    """Workers over the inbox of one bot on one platform."""

    def __init__(
        self,
        dispatcher: Dispatcher,
        bot: Bot,
        store: Store,
        *,
        platform: str,
        clock: Callable[[], datetime],
        reads: Callable[[Update], bool],
        people_at_once: int = 32,
        delays: Sequence[float] = DELAYS,
    ) -> None:
        self._dispatcher, self._bot, self._store = dispatcher, bot, store
        self._platform, self._clock, self._reads = platform, clock, reads
        self._people_at_once, self._delays = people_at_once, delays
        self._queues = Queues()
        self._stopping = False
        self._running = 0
        self._finished = asyncio.Event()
        self._marks = DoneMarks(store, platform, bot.id, clock)
        self._refill = Refill(store, platform, bot.id, self._queues, self._marks)

    def hand_over(self, rows: Sequence[Waiting]) -> None:
        """Rows that were just committed. What is too many for the memory is read from the inbox later."""
        self._refill.hand_over(rows)

    async def run(self) -> None:
        """Until cancelled or stopped."""
        tasks = [asyncio.create_task(self._work()) for _each in range(self._people_at_once)]
        tasks += [
            asyncio.create_task(each())
            for each in (self._refill.run, self._refill.find_strays, self._marks.run)
        ]
        try:
            await asyncio.gather(*tasks)
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)

    async def stop(self, seconds: float = DRAIN_SECONDS) -> None:
        """Take nothing more, let what runs finish; the rest stays in the inbox."""
        self._stopping = True
        self._queues.wake(self._people_at_once)
        try:
            async with asyncio.timeout(seconds):
                while self._running:
                    self._finished.clear()
                    await self._finished.wait()
        except TimeoutError:
            log.warning("stopped before all was finished", running=self._running)
        try:
            await self._marks.flush()
        except Exception:
            # To read again after the next start is harmless.
            log.exception("done marks cannot be written")

    async def _work(self) -> None:
        while not self._stopping:
            held = await self._queues.next()
            if held is None:
                continue
            if self._stopping:
                return
            self._running += 1
            try:
                wait = await self._one(held)
            except Exception:
                # A fault of our own, not of the handler: no worker ever dies of a row.
                log.exception("row cannot be worked on", row=held.row.id)
                wait = self._delays[-1]
            finally:
                self._running -= 1
                self._finished.set()
            if wait is None:
                self._queues.finish(held)
                self._refill.note_room()
            else:
                self._queues.put_off(held, wait)

    async def _one(self, held: Held) -> float | None:
        """Attempt one row; None when it needs no more work, else in how many seconds it is tried again."""
        row = held.row
        fault = await self._attempt(row)
        if fault is None:
            return None
        if isinstance(fault, LeftAlone):
            return BEHIND_ANOTHER
        metrics.updates_failed.labels(self._platform).inc()
        failed = 0 if is_passing(fault) else await self._note(row, fault)
        if not failed:
            # While the database is away failures cannot be counted, and must not be: nothing dies of that.
            held.tries += 1
            log.warning("update waits for the database", row=row.id, fault=type(fault).__name__)
            return min(1.0, 0.1 * (1 << min(held.tries, 5)))
        if failed <= len(self._delays):
            return self._delays[failed - 1]
        return None if await self._set_aside(row, fault) else self._delays[-1]

    async def _attempt(self, row: Waiting) -> Exception | None:
        """None when the row needs no more work; LeftAlone when it waits for another; else what went wrong."""
        try:
            update = row.parsed if isinstance(row.parsed, Update) else as_update(row.payload, self._bot)
            reads = self._reads(update)
            before = self._marks.of(row.person)
            taken = Taken(
                row_id=row.id,
                platform=self._platform,
                bot_id=self._bot.id,
                person=row.person,
                reads=reads,
                read_before=before,
            )
            await self._dispatcher.feed_update(self._bot, update, taken=taken)
        except asyncio.CancelledError:
            task = asyncio.current_task()
            if task is None or task.cancelling():
                raise
            # Something within the handler was cancelled, not this worker: a fault like any other.
            return await self._unless_done(row, RuntimeError("the handler was cancelled"))
        except Exception as fault:
            return await self._unless_done(row, fault)
        if taken.is_left:
            return await self._unless_done(row, LeftAlone())
        if taken.is_marked:
            self._marks.forget(row.person, before)
            if taken.brought_back is not None:
                self._queues.bring_back(taken.brought_back)
        else:
            self._marks.add(row.person, row.id)
        metrics.updates_done.labels(self._platform).inc()
        return None

    async def _unless_done(self, row: Waiting, fault: Exception) -> Exception | None:
        """The row is the judge: when it is done, by us or by another, there is nothing to try again."""
        try:
            async with self._store.reading() as uow:
                is_done = await uow.inbox.state_of(row.id) != "new"
        except Exception:
            return fault
        if not is_done:
            return fault
        if not isinstance(fault, LeftAlone):
            log.warning("done, but not shown", row=row.id, fault=type(fault).__name__, said=str(fault))
        return None

    async def _note(self, row: Waiting, fault: Exception) -> int:
        """Count the failure in the row; 0 when the database is away."""
        log.error("update failed", row=row.id, update_id=row.update_id, exc_info=fault)
        try:
            async with self._store.unit_of_work() as uow:
                return await uow.inbox.note_failure(row.id, type(fault).__name__)
        except Exception:
            return 0

    async def _set_aside(self, row: Waiting, fault: Exception) -> bool:
        """Whether that could be written down; if not, the row is still new and is tried again."""
        now = self._clock()
        try:
            async with self._store.unit_of_work() as uow:
                if await uow.inbox.set_aside(row.id, type(fault).__name__, now):
                    await tell_fault(uow, self._platform, row.person, row.id, now)
        except Exception:
            log.exception("row cannot be set aside", row=row.id)
            return False
        metrics.updates_dead.labels(self._platform).inc()
        log.error("update is dead", row=row.id, update_id=row.update_id, fault=type(fault).__name__)
        return True
