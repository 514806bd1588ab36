"""Done marks of rows that only read, committed in batches: to read again after a crash is harmless.

A row that writes carries the open marks of the same person into its own transaction, so that the order of one
person's updates can always be checked in the database.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import datetime

import structlog

from storage.unit_of_work import Store

log = structlog.get_logger("bot.done_marks")

EVERY_SECONDS = 0.05


class DoneMarks:
    def __init__(self, store: Store, platform: str, bot_id: int, clock: Callable[[], datetime]) -> None:
        self._store, self._platform, self._bot_id, self._clock = store, platform, bot_id, clock
        self._open: dict[int, list[int]] = {}
        self._some = asyncio.Event()

    def __contains__(self, row_id: int) -> bool:
        return any(row_id in rows for rows in self._open.values())

    def of(self, person: int) -> tuple[int, ...]:
        """Rows of that person that were answered and are not marked yet."""
        return tuple(self._open.get(person, ()))

    def add(self, person: int, row_id: int) -> None:
        self._open.setdefault(person, []).append(row_id)
        self._some.set()

    def forget(self, person: int, row_ids: tuple[int, ...]) -> None:
        """Another transaction has marked them."""
        left = [each for each in self._open.pop(person, ()) if each not in row_ids]
        if left:
            self._open[person] = left

    async def run(self) -> None:
        while True:
            await self._some.wait()
            self._some.clear()
            try:
                await self.flush()
            except Exception:
                log.exception("done marks cannot be written")
                self._some.set()
            await asyncio.sleep(EVERY_SECONDS)

    async def flush(self) -> None:
        """One transaction for all that is open. Whoever tapped a reading button left an open question;
        but not when a writing row has marked the tap meanwhile, for that one may have asked a new question.
        """
        batch = {person: tuple(rows) for person, rows in self._open.items()}
        if not batch:
            return
        async with self._store.unit_of_work() as uow:
            left = await uow.inbox.mark_done([row for rows in batch.values() for row in rows], self._clock())
            if left:
                await uow.memory.forget(self._platform, self._bot_id, tuple(left))
        for person, rows in batch.items():
            self.forget(person, rows)
