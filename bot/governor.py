"""One send budget per platform: replies before notices before campaigns.

Replies are counted but never wait. Everything else asks :meth:`Governor.turn` and gets its turn at a steady
pace, so that what was sent in any second stays within the rate; a 429 pauses all.
"""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import Callable
from time import monotonic

BURST = 0.04
"""Share of a second's budget that may go out at once: turns are spaced, not counted per window."""
MOST_CHATS = 10_000


class Governor:
    def __init__(self, per_second: float, per_chat: float, now: Callable[[], float] = monotonic) -> None:
        self._gap = 1 / per_second if per_second else 0.0
        self._chat_gap = 1 / per_chat if per_chat else 0.0
        self._burst = BURST if per_second else 0.0
        self._now = now
        self._next = 0.0
        self._chats: OrderedDict[int, float] = OrderedDict()
        self._paused_until = 0.0

    def count(self, chat_id: int) -> None:
        """A reply goes out now: what waits moves back by one.

        In its own chat it waits one gap from now, however many replies came before: otherwise fast taps would
        put off a person's notices by a second each, and everybody's behind them.
        """
        now = self._now()
        self._book(chat_id, now)
        if self._chat_gap:
            self._chats[chat_id] = min(self._chats[chat_id], now + self._chat_gap)

    def pause(self, seconds: float) -> None:
        """The messenger asked for silence: nobody sends before it is over."""
        self._paused_until = max(self._paused_until, self._now() + seconds)

    def wait_for(self, chat_id: int) -> float:
        """Seconds until something may be sent to that chat."""
        now = self._now()
        free = max(self._next - self._burst, self._paused_until, self._chats.get(chat_id, 0.0))
        return max(0.0, free - now)

    async def turn(self, chat_id: int) -> None:
        """Come back when it is this message's turn."""
        while (wait := self.wait_for(chat_id)) > 0:  # noqa: ASYNC110 - it waits for time, not for an event
            await asyncio.sleep(wait)
        self._book(chat_id, self._now())

    def _book(self, chat_id: int, at: float) -> None:
        self._next = max(self._next, at) + self._gap
        if self._chat_gap:
            self._chats[chat_id] = max(self._chats.get(chat_id, 0.0), at) + self._chat_gap
            self._chats.move_to_end(chat_id)
            if len(self._chats) > MOST_CHATS:
                self._chats.popitem(last=False)
