"""What is taken into memory: what was just committed, and what the inbox holds besides."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

import structlog

from bot.done_marks import DoneMarks
from bot.queues import Queues
from storage.inbox import Waiting
from storage.unit_of_work import Store

log = structlog.get_logger("bot.refill")

MOST_IN_MEMORY = 2_000
LOOK_AGAIN = 1.0
"""How often the inbox is searched for rows that nobody holds, such as one that was brought back."""


class Refill:
    """Keeps the queues of one bot filled, and never fuller than the memory allows."""

    def __init__(self, store: Store, platform: str, bot_id: int, queues: Queues, marks: DoneMarks) -> None:
        self._store, self._platform, self._bot_id = store, platform, bot_id
        self._queues, self._marks = queues, marks
        self._last_row = 0
        self._is_behind = True
        self._has_missed = False
        self._wants_more = asyncio.Event()

    def hand_over(self, rows: Sequence[Waiting]) -> None:
        """Rows that were just committed. What is too many for the memory is read from the inbox later."""
        for row in rows:
            if self._is_behind or len(self._queues) >= MOST_IN_MEMORY:
                self._is_behind = self._has_missed = True
                self._wants_more.set()
                return
            self._accept(row)

    def note_room(self) -> None:
        """A row was finished."""
        if self._is_behind:
            self._wants_more.set()

    async def run(self) -> None:
        """Read from the inbox what is not in memory: at the start, and after a flood."""
        while True:
            while self._is_behind and len(self._queues) <= MOST_IN_MEMORY // 2:
                try:
                    await self._read_more()
                except Exception as fault:
                    log.warning("inbox cannot be read", fault=type(fault).__name__, said=str(fault))
                    await asyncio.sleep(1)
            self._wants_more.clear()
            await self._wants_more.wait()

    async def find_strays(self) -> None:
        """Find rows that nobody holds: one that was brought back, or that another process left behind."""
        while True:
            await asyncio.sleep(LOOK_AGAIN)
            try:
                await self._find_strays()
            except Exception as fault:
                log.warning("inbox cannot be searched", fault=type(fault).__name__, said=str(fault))

    def _accept(self, row: Waiting) -> None:
        self._last_row = max(self._last_row, row.id)
        self._queues.accept(row)

    async def _read_more(self) -> None:
        self._has_missed = False
        most = MOST_IN_MEMORY // 2
        async with self._store.reading() as uow:
            rows = await uow.inbox.list_new(self._platform, self._bot_id, most, after=self._last_row)
        # What was committed while we read was not taken from the intake: then we read once more.
        self._is_behind = len(rows) == most or self._has_missed
        for row in rows:
            self._accept(row)

    async def _find_strays(self) -> None:
        self._queues.begin_reading()
        async with self._store.reading() as uow:
            new = await uow.inbox.list_new_ids(self._platform, self._bot_id, self._last_row)
        strays = [each for each in new if each not in self._queues and each not in self._marks]
        if not strays:
            return
        # Looked at once more: a done mark may have been on its way when we read.
        async with self._store.reading() as uow:
            rows = await uow.inbox.list_new_of(strays[:MOST_IN_MEMORY])
        for row in rows:
            self._queues.accept(row)
