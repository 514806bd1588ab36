"""The inbox, worked off: in order per person, several people at once, bounded.

What happened is judged by the row in the database, never by what the dispatcher returned: a row is done when
the transaction of its effects says so. A fault is tried again after 0.2, 1, 5 and 20 s; after the fifth the
row is set aside as dead and its sender is told once. Nothing dead stops anybody else.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import datetime

import structlog
from aiogram import Bot, Dispatcher
from aiogram.types import Update

from bot import metrics
from bot.done_marks import DoneMarks
from bot.middlewares import Taken
from services.notifications import tell_fault
from storage.inbox import Waiting
from storage.unit_of_work import Store

log = structlog.get_logger("bot.processing")

DELAYS = (0.2, 1.0, 5.0, 20.0)
MOST_IN_MEMORY = 2_000
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
        self._queues: dict[int, deque[Waiting]] = {}
        self._ready: asyncio.Queue[int] = asyncio.Queue()
        self._held = 0
        self._last_row = 0
        self._is_behind = True
        self._has_missed = False
        self._refilled = asyncio.Event()
        self._stopping = False
        self._running = 0
        self._finished = asyncio.Event()
        self._marks = DoneMarks(store, platform, bot.id, clock)

    def hand_over(self, rows: Sequence[Waiting]) -> None:
        """Rows that were just committed. What is too many for the memory is read from the inbox later."""
        for row in rows:
            if self._is_behind or self._held >= MOST_IN_MEMORY:
                self._is_behind = self._has_missed = True
                self._refilled.set()
                return
            self._accept(row)

    def _accept(self, row: Waiting) -> None:
        self._last_row = max(self._last_row, row.id)
        self._held += 1
        queue = self._queues.get(row.person)
        if queue is None:
            self._queues[row.person] = deque((row,))
            self._ready.put_nowait(row.person)
        else:
            queue.append(row)

    async def run(self) -> None:
        """Until cancelled or stopped."""
        tasks = [asyncio.create_task(self._work()) for _each in range(self._people_at_once)]
        tasks += [asyncio.create_task(self._refill()), asyncio.create_task(self._marks.run())]
        try:
            await asyncio.gather(*tasks)
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
            with suppress(Exception):
                await self._marks.flush()

    async def stop(self, seconds: float = DRAIN_SECONDS) -> None:
        """Take nothing more, let what runs finish; the rest stays in the inbox."""
        self._stopping = True
        for _each in range(self._people_at_once):
            self._ready.put_nowait(-1)
        with suppress(TimeoutError):
            await asyncio.wait_for(self._idle(), seconds)
        await self._marks.flush()

    async def _idle(self) -> None:
        while self._running:
            self._finished.clear()
            await self._finished.wait()

    async def _work(self) -> None:
        while not self._stopping:
            person = await self._ready.get()
            if self._stopping:
                return
            queue = self._queues[person]
            self._running += 1
            try:
                await self._one(queue[0])
            finally:
                self._running -= 1
                self._finished.set()
            queue.popleft()
            self._held -= 1
            if queue:
                self._ready.put_nowait(person)
            else:
                del self._queues[person]
            if self._is_behind:
                self._refilled.set()

    async def _refill(self) -> None:
        """Read from the inbox what is not in memory: at the start, and after a flood."""
        while True:
            if self._is_behind and self._held < MOST_IN_MEMORY // 2:
                self._has_missed = False
                try:
                    async with self._store.reading() as uow:
                        rows = await uow.inbox.list_new(
                            self._platform, self._bot.id, MOST_IN_MEMORY // 2, self._last_row
                        )
                except Exception:
                    log.exception("inbox cannot be read")
                    await asyncio.sleep(1)
                    continue
                # What was committed while we read was not taken from the intake: then we read once more.
                self._is_behind = len(rows) == MOST_IN_MEMORY // 2 or self._has_missed
                for row in rows:
                    if row.id > self._last_row:
                        self._accept(row)
                if self._is_behind:
                    continue
            self._refilled.clear()
            await self._refilled.wait()

    async def _one(self, row: Waiting) -> None:
        """Work one row off: whatever happens, it ends done, dead or left in the inbox for the next start."""
        tries = 0
        while not self._stopping:
            fault = await self._attempt(row)
            if fault is None:
                return
            metrics.updates_failed.labels(self._platform).inc()
            failed = await self._note(row, fault)
            if failed > len(self._delays):
                await self._set_aside(row, fault)
                return
            # While the database is away failures cannot be counted, and must not be: nothing dies of that.
            delay = self._delays[failed - 1] if failed else min(1.0, 0.1 * 2**tries)
            tries += 1
            await asyncio.sleep(delay)

    async def _attempt(self, row: Waiting) -> Exception | None:
        """None when the row needs no more work here; otherwise what went wrong."""
        try:
            update = Update.model_validate_json(row.payload, context={"bot": self._bot})
            reads = self._reads(update)
            before = self._marks.of(row.person)
            taken = Taken(row_id=row.id, person=row.person, reads=reads, read_before=before)
            await self._dispatcher.feed_update(self._bot, update, taken=taken)
        except Exception as fault:
            return await self._unless_done(row, fault)
        if taken.is_left:
            return await self._left(row)
        if taken.is_marked:
            self._marks.forget(row.person, before)
        else:
            self._marks.add(row.person, row.id)
        metrics.updates_done.labels(self._platform).inc()
        return None

    async def _left(self, row: Waiting) -> Exception | None:
        """Not ours: done by another, or behind an older one of the same person that another works on."""
        while not self._stopping:
            try:
                async with self._store.reading() as uow:
                    if await uow.inbox.state_of(row.id) != "new":
                        return None
            except Exception as fault:
                return fault
            await asyncio.sleep(BEHIND_ANOTHER)
            return await self._attempt(row)
        return None

    async def _unless_done(self, row: Waiting, fault: Exception) -> Exception | None:
        """A fault after the commit (the answer was not shown, the commit's reply was lost) is no retry."""
        try:
            async with self._store.reading() as uow:
                is_done = await uow.inbox.state_of(row.id) != "new"
        except Exception:
            return fault
        if is_done:
            log.warning("done, but not shown", row=row.id, fault=type(fault).__name__, said=str(fault))
            return None
        return fault

    async def _note(self, row: Waiting, fault: Exception) -> int:
        """Count the failure in the row; 0 when the database is away."""
        log.error("update failed", row=row.id, update_id=row.update_id, exc_info=fault)
        try:
            async with self._store.unit_of_work() as uow:
                return await uow.inbox.note_failure(row.id, type(fault).__name__)
        except Exception:
            log.warning("failure cannot be counted, the database is away", row=row.id)
            return 0

    async def _set_aside(self, row: Waiting, fault: Exception) -> None:
        now = self._clock()
        try:
            async with self._store.unit_of_work() as uow:
                await uow.inbox.set_aside(row.id, type(fault).__name__, now)
                await tell_fault(uow, self._platform, row.person, row.id, now)
        except Exception:
            # It stays new, and is tried again from the start when the database answers or we start again.
            log.exception("row cannot be set aside", row=row.id)
            return
        metrics.updates_dead.labels(self._platform).inc()
        log.error("update is dead", row=row.id, update_id=row.update_id, fault=type(fault).__name__)
