"""A conveyor that is stopped or cancelled ends, whatever it does at that very moment."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

import pytest

from jobs.conveyor import AT_ONCE, Conveyor

ENDS_WITHIN = 5.0
"""In seconds: a conveyor that is cancelled has nothing to wait for."""
MOST_STEPS = 12
"""So many turns of the loop pass at most between room being made and the next thing being taken."""


class Belt:
    """An endless supply; what is taken is acted on at once, and the writing down tells when it is through."""

    def __init__(self) -> None:
        self.taken = 0
        self.is_kept = asyncio.Event()
        self.conveyor = Conveyor[int, int](self.take, self.act, self.keep)

    async def take(self, most: int) -> Sequence[int]:
        self.taken += most
        return range(most)

    async def act(self, item: int) -> int:
        # Whatever else there is stays under way, so that the window is full when the first is written down.
        if item >= AT_ONCE // 2:
            await asyncio.Event().wait()
        return item

    async def keep(self, batch: Sequence[tuple[int, int]]) -> None:
        self.is_kept.set()


@pytest.mark.parametrize("steps", range(MOST_STEPS))
async def test_it_ends_when_it_is_cancelled_just_as_room_is_made(steps: int) -> None:
    """With ``asyncio.wait_for`` Python 3.11 forgets a cancel that comes together with the room."""
    belt = Belt()
    running = asyncio.create_task(belt.conveyor.run())
    await belt.is_kept.wait()
    for _step in range(steps):
        await asyncio.sleep(0)
    running.cancel()
    await asyncio.wait({running}, timeout=ENDS_WITHIN)
    has_ended = running.cancelled()
    if not has_ended:
        await _end_by_force(running)
    assert has_ended


async def _end_by_force(running: asyncio.Task[int]) -> None:
    """Whoever forgot one cancel hears the next: nothing is left for the tests that follow."""
    while not running.done():
        for task in asyncio.all_tasks() - {asyncio.current_task()}:
            task.cancel()
        await asyncio.wait({running}, timeout=0.1)


async def test_it_ends_what_is_under_way_when_it_is_stopped() -> None:
    belt = Belt()
    begun, under_way = asyncio.Event(), asyncio.Event()

    async def act(item: int) -> int:
        begun.set()
        await under_way.wait()
        return item

    belt.conveyor._act = act
    running = asyncio.create_task(belt.conveyor.run())
    await begun.wait()
    belt.conveyor.stop()
    under_way.set()
    assert await running == belt.taken
    assert belt.is_kept.is_set()
