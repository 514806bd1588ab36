"""C-6: a hundred thousand recipients under the limit of a second; and how the usual limiter breaks it."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Sequence

import pytest

from bot.governor import Governor
from domain.notifications import MessageClass
from tests.nemesis.harness import FULL, seeded

LIMIT, LINE = 30, 100
RECIPIENTS = 100_000 if FULL else 4_000
ROUNDS = 3 if FULL else 1
WHOLE = 100_000
LEAST_MINUTES, MOST_MINUTES = 55.6, 70.0


class Watch:
    """Time passes only while the governor sleeps, and always a little more of it than was asked for."""

    def __init__(self, chance: random.Random) -> None:
        self.time, self._chance = 0.0, chance

    def __call__(self) -> float:
        return self.time

    async def sleep(self, seconds: float) -> None:
        for _others in range(4):
            await asyncio.sleep(0)
        self.time += seconds + self._chance.uniform(0, 0.004)


def most_in_a_second(times: Sequence[float]) -> int:
    most = first = 0
    for last, at in enumerate(times):
        while times[first] <= at - 1:
            first += 1
        most = max(most, last - first + 1)
    return most


@pytest.mark.parametrize("trial", range(ROUNDS))
async def test_the_limit_holds_in_every_second_and_it_ends_in_time(trial: int) -> None:
    chance, seed = seeded("C-6", trial)
    watch = Watch(chance)
    governor = Governor(LIMIT, 1, watch, sleep=watch.sleep)
    given: list[float] = []
    last: dict[int, float] = {}
    waiting = iter(range(1, RECIPIENTS + 1))

    async def in_line() -> None:
        for each in waiting:
            # Every tenth one is somebody who was written to a moment ago.
            chat = each if chance.random() < 0.9 else max(1, each - chance.randrange(20))
            assert await governor.turn(chat, MessageClass.PROMOTION)
            assert watch.time - last.get(chat, -9.0) >= 1.0, seed
            last[chat] = watch.time
            given.append(watch.time)

    await asyncio.gather(*(in_line() for _each in range(LINE)))
    assert len(given) == RECIPIENTS, seed
    assert most_in_a_second(given) <= LIMIT, seed
    minutes = (given[-1] - given[0]) / (RECIPIENTS - 1) * WHOLE / 60
    assert LEAST_MINUTES <= minutes <= MOST_MINUTES, seed


def test_a_leaky_bucket_lets_twice_as_many_through() -> None:
    """The negative control: thirty at once, and meanwhile the next thirty drip in."""
    level, at = 0.0, 0.0
    times: list[float] = []
    while len(times) < 200:
        if level + 1 <= LIMIT:
            level += 1
            times.append(at)
            continue
        at += 0.001
        level = max(0.0, level - LIMIT * 0.001)
    assert most_in_a_second(times) > 50
