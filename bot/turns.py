"""What the governor counts with: turns that were given, those who wait for one, and spans of time."""

from __future__ import annotations

import asyncio
from bisect import insort
from collections import deque
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Turn:
    """Leave to send one message, given at that time."""

    at: float


@dataclass(order=True, slots=True)
class Waiter:
    message_class: int
    number: int
    chat_id: int = field(compare=False)
    turn: asyncio.Future[Turn | None] = field(compare=False)


class Window:
    """At most so many in any such span of time."""

    __slots__ = ("most", "span", "times")

    def __init__(self, most: int, span: float) -> None:
        self.most, self.span = most, span
        self.times: deque[float] = deque()

    def count(self, now: float) -> int:
        while self.times and self.times[0] <= now - self.span:
            self.times.popleft()
        return len(self.times)

    def put_off(self, since: float, now: float) -> None:
        """What was counted at ``since`` happens only now."""
        times = self.times
        for at in range(len(times) - 1, -1, -1):
            if times[at] == since:
                del times[at]
                insort(times, now)
                return
            if times[at] <= since:
                return

    def free_at(self, now: float) -> float:
        return self.times[0] + self.span if self.count(now) >= self.most else now
