"""Claim, then send: a bounded window of what is marked as being sent, and results written in batches.

What is taken is marked before it goes out, and nothing more is taken than fits into the window; room is made
only by results that are committed. So a process that dies leaves no more than a window behind (house 3.19).
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from typing import Generic, TypeVar

T = TypeVar("T")
R = TypeVar("R")

AT_ONCE = 30
"""So many are marked as being sent at most, at the rates that a messenger grants for nothing."""
FAST = 200
"""Above so many a second results are collected for a moment: committing each alone doubles the work."""
COLLECTED_SECONDS = 0.015
WINDOW_SECONDS = 0.3
"""At high rates the window holds what goes out in such a time: a round trip, and writing it down."""
LOOK_AGAIN_SECONDS = 0.25
WRITE_DOWN_AGAIN = (0.2, 1.0, 5.0, 20.0)


def window_of(per_second: float) -> int:
    return AT_ONCE if per_second <= FAST else max(AT_ONCE, int(per_second * WINDOW_SECONDS))


class Conveyor(Generic[T, R]):
    def __init__(
        self,
        take: Callable[[int], Awaitable[Sequence[T]]],
        act: Callable[[T], Awaitable[R]],
        keep: Callable[[Sequence[tuple[T, R]]], Awaitable[None]],
        per_second: float = 0,
    ) -> None:
        self._take, self._act, self._keep = take, act, keep
        self._window = window_of(per_second)
        self._collected = COLLECTED_SECONDS if per_second > FAST else 0.0
        self._marked = 0
        self._ended: list[tuple[T, R]] = []
        self._acting: set[asyncio.Task[None]] = set()
        self._changed = asyncio.Event()
        self._has_room = asyncio.Event()
        self._faults: list[BaseException] = []
        self._is_stopping = False

    def stop(self) -> None:
        """Take nothing more; what is under way is ended and written down."""
        self._is_stopping = True
        self._changed.set()
        self._has_room.set()

    async def run(self) -> int:
        """Until there is nothing to take any more; how many were taken."""
        feeding = asyncio.ensure_future(self._feed())
        feeding.add_done_callback(lambda _done: self._changed.set())
        try:
            while not feeding.done() or self._acting or self._ended:
                self._changed.clear()
                if self._ended:
                    await self._write()
                else:
                    await self._changed.wait()
            if self._faults:
                raise self._faults.pop()
            return feeding.result()
        finally:
            self._faults.clear()
            for task in (feeding, *self._acting):
                task.cancel()
            await asyncio.gather(feeding, *self._acting, return_exceptions=True)
            self._marked = len(self._ended)

    async def _feed(self) -> int:
        """Take more while there is room, beside the writing down: the window never runs empty meanwhile."""
        taken = 0
        while not self._is_stopping:
            if self._marked > self._window * 2 // 3:
                await self._some_room()
                continue
            fresh = await self._take(self._window - self._marked)
            self._start(fresh)
            taken += len(fresh)
            if fresh:
                continue
            if not self._marked:
                break
            await self._some_room()
        return taken

    async def _some_room(self) -> None:
        """Until results are written down; what has become due meanwhile is looked for in any case."""
        self._has_room.clear()
        with suppress(TimeoutError):
            async with asyncio.timeout(LOOK_AGAIN_SECONDS):
                await self._has_room.wait()

    def _start(self, fresh: Sequence[T]) -> None:
        self._marked += len(fresh)
        for each in fresh:
            task = asyncio.ensure_future(self._one(each))
            self._acting.add(task)
            task.add_done_callback(self._is_off)

    def _is_off(self, task: asyncio.Task[None]) -> None:
        """Said again when the task itself is gone: whoever writes down at once would wait for it for ever."""
        self._acting.discard(task)
        self._changed.set()

    async def _one(self, item: T) -> None:
        try:
            result = await self._act(item)
            self._ended.append((item, result))
        except Exception as fault:
            self._faults.append(fault)
            self._marked -= 1
        finally:
            self._changed.set()

    async def _write(self) -> None:
        if self._collected:
            await asyncio.sleep(self._collected)
        batch, self._ended = self._ended, []
        for again in (*WRITE_DOWN_AGAIN, None):
            try:
                await self._keep(batch)
            except Exception:
                # It was told and that must be known: else it would be told once more.
                if again is None:
                    raise
                await asyncio.sleep(again)
            else:
                break
        self._marked -= len(batch)
        self._has_room.set()
