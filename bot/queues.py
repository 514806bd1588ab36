"""The rows of the inbox that are in memory: in order per person, and one person with one worker at a time."""

from __future__ import annotations

import asyncio
from bisect import insort
from dataclasses import dataclass

from storage.inbox import Waiting


@dataclass(slots=True)
class Held:
    """One row in memory. ``tries`` counts attempts that failed while the database was away."""

    row: Waiting
    tries: int = 0


class Queues:
    """A person is ready, with a worker, or put off for a while; never two of these at once."""

    def __init__(self) -> None:
        self._of: dict[int, list[Held]] = {}
        self._ready: asyncio.Queue[int | None] = asyncio.Queue()
        self._ids: set[int] = set()
        self._finished: set[int] = set()

    def __len__(self) -> int:
        return len(self._ids)

    def __contains__(self, row_id: int) -> bool:
        """Held now, or finished after the last :meth:`begin_reading`."""
        return row_id in self._ids or row_id in self._finished

    def accept(self, row: Waiting) -> None:
        """Keep the row at its place: one that was brought back is older than those that wait."""
        if row.id in self._ids:
            return
        self._ids.add(row.id)
        queue = self._of.get(row.person)
        if queue is None:
            self._of[row.person] = [Held(row)]
            self._ready.put_nowait(row.person)
        else:
            insort(queue, Held(row), key=lambda held: held.row.id)

    def bring_back(self, row: Waiting) -> None:
        """Keep a row that had been given up, even if that was only just now."""
        self._finished.discard(row.id)
        self.accept(row)

    async def next(self) -> Held | None:
        """The oldest row of somebody who is ready; None when a worker was told to look up."""
        person = await self._ready.get()
        return None if person is None else self._of[person][0]

    def finish(self, held: Held) -> None:
        """That row needs no more work; the person's next one may be taken."""
        person = held.row.person
        queue = self._of[person]
        queue.remove(held)
        self._ids.discard(held.row.id)
        self._finished.add(held.row.id)
        if queue:
            self._ready.put_nowait(person)
        else:
            del self._of[person]

    def put_off(self, held: Held, seconds: float) -> None:
        """Try this person again after a while; meanwhile the worker is free for others."""
        asyncio.get_running_loop().call_later(seconds, self._ready.put_nowait, held.row.person)

    def wake(self, workers: int) -> None:
        """Make that many workers look up."""
        for _each in range(workers):
            self._ready.put_nowait(None)

    def begin_reading(self) -> None:
        """Rows are about to be read from the inbox: what is finished from now on may still look new there."""
        self._finished.clear()
