"""The time of the sandbox, which can be set, moved and made to run faster or stand still."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from datetime import UTC, datetime


class Clock:
    """A wall clock that starts at `start` (now when absent) and runs at the real rate until told otherwise.

    An object of this class is itself callable, so a bot in the same process can be handed the clock as its
    source of the present moment.
    """

    def __init__(self, start: datetime | None = None) -> None:
        self._base = start.timestamp() if start is not None else time.time()
        self._mark = time.monotonic()
        self._rate = 1.0
        self._sleepers: set[asyncio.Future[None]] = set()
        self.listeners: list[Callable[[], None]] = []

    def __call__(self) -> datetime:
        return self.now()

    def now(self) -> datetime:
        return datetime.fromtimestamp(self.seconds(), UTC)

    def seconds(self) -> float:
        """Return the present moment as seconds since 1970, which is what the wire speaks."""
        return self._base + (time.monotonic() - self._mark) * self._rate

    @property
    def current_rate(self) -> float:
        return self._rate

    @property
    def sleepers(self) -> int:
        """Return how many wait for this clock to move on."""
        return len(self._sleepers)

    def set(self, moment: datetime) -> None:
        if moment.tzinfo is None:
            raise ValueError("the clock is set with a moment that knows its time zone")
        self._turn(moment.timestamp(), self._rate)

    def advance(self, seconds: float) -> None:
        self._turn(self.seconds() + seconds, self._rate)

    def rate(self, rate: float) -> None:
        """Let the clock run `rate` times as fast as the real one; 0 makes it stand still."""
        if rate < 0:
            raise ValueError("the clock cannot run backwards")
        self._turn(self.seconds(), rate)

    async def sleep(self, seconds: float) -> None:
        """Wait until this clock has moved on by `seconds`, whoever moves it."""
        until = self.seconds() + seconds
        while (left := until - self.seconds()) > 0:
            woken = asyncio.get_running_loop().create_future()
            self._sleepers.add(woken)
            try:
                async with asyncio.timeout(left / self._rate if self._rate > 0 else None):
                    await woken
            except TimeoutError:
                # The time is up, or nearly: the loop looks at the clock again.
                continue
            finally:
                self._sleepers.discard(woken)

    def _turn(self, base: float, rate: float) -> None:
        self._base, self._rate, self._mark = base, rate, time.monotonic()
        for sleeper in self._sleepers:
            if not sleeper.done():
                sleeper.set_result(None)
        for listener in self.listeners:
            listener()
