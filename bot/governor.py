"""One send budget per platform: replies before notices before reminders, surveys and promotions (house 3.18).

Replies are counted but never wait. Everything else asks :meth:`Governor.turn`; whoever matters more goes
first. No second and no minute, wherever one begins to count, ever holds more than its limit of what waits.
"""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from heapq import heappop, heappush
from itertools import count
from math import inf
from time import monotonic

from bot.turns import Turn, Waiter, Window
from domain.notifications import MessageClass

PACE = 1.02
"""Turns are spaced a little wider than the limit asks for, for the network shifts them against each other."""
SHIFT = 0.015
"""What the limit allows in a second is allowed in so much more; the pace alone would not see catching up."""
BURST = 0.2
"""Seconds of the budget that somebody finds who comes after a silence."""
LATE = 1.0
"""Seconds of it that those in line catch up on at most, when the machine stood still and nobody replies."""
AT_A_TIME = 0.004
"""Turns that follow each other faster are given together: a timer for each would cost more than it orders."""
ROOM = 6
"""One part in so many of the budget is left free for replies at most, while there are some."""
EXPECTED_FROM = 3.0
"""Replies of so many seconds say how many are to be expected."""
PATIENCE = 10.0
"""Nobody stands in line through a longer pause: what waits is given back, to be told when it is over."""
MOST_PAUSE = 3_600.0
MOST_CHATS = 10_000
FREE = 30
"""What the messenger sends for nothing in a second; only paid broadcasts go above it."""
MINUTE = 60.0


class Governor:
    """Who may send when, by one clock. ``per_group`` is a minute's, the others are a second's; 0 is off."""

    def __init__(
        self,
        per_second: float,
        per_chat: float,
        now: Callable[[], float] = monotonic,
        *,
        per_group: int = 0,
        is_paid: bool = False,
        shift: float = SHIFT,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self._now, self._sleep = now, sleep
        whole = max(1.0, 1 / per_second) if per_second else 0.0
        most = int(per_second * whole + 1e-9)
        self._shift = shift * whole
        self._gap = PACE * whole / most if most else 0.0
        self._sent = Window(most, whole + self._shift) if most else None
        self._replies = Window(most, EXPECTED_FROM)
        self._free = Window(FREE, 1 + shift) if is_paid and per_second > FREE else None
        self._chat_gap = 1 / per_chat if per_chat else 0.0
        self._per_group = per_group
        self._chats: OrderedDict[int, float] = OrderedDict()
        self._groups: dict[int, Window] = {}
        self._next = self._paused_until = -inf
        self._late = 0.0
        self._ready: list[Waiter] = []
        self._held: list[tuple[float, Waiter]] = []
        self._numbers = count()
        self._pump: asyncio.Task[None] | None = None
        self._nap: asyncio.Future[None] | None = None
        self._is_closed = False

    def count(self, chat_id: int) -> None:
        """A reply goes out now: the others live on what it leaves.

        In its own chat it waits one gap from now, however many replies came before: otherwise fast taps would
        put off a person's notices by a second each, and everybody's behind them.
        """
        now = self._now()
        self._replies.times.append(now)
        self._replies.count(now)
        self._book_chat(chat_id, now)
        if self._chat_gap:
            self._chats[chat_id] = min(self._chats[chat_id], now + self._chat_gap)

    def pause(self, seconds: float) -> None:
        """The messenger asked for silence: nobody sends before it is over."""
        seconds = min(seconds, MOST_PAUSE)
        self._paused_until = max(self._paused_until, self._now() + seconds)
        self._next = max(self._next, self._paused_until)
        if seconds > PATIENCE:
            self._send_away()

    def paused_for(self) -> float:
        return max(0.0, self._paused_until - self._now())

    def close(self) -> None:
        """No more turns: whoever waits for one goes without it. Replies still go out."""
        self._is_closed = True
        self._send_away()
        if self._pump is not None:
            self._pump.cancel()

    def wait_for(self, chat_id: int) -> float:
        """Seconds until something may be sent to that chat."""
        now = self._now()
        return max(0.0, self._budget_at(now) - now, self._chat_at(chat_id, now) - now)

    async def turn(self, chat_id: int, message_class: MessageClass = MessageClass.NOTICE) -> Turn | None:
        """Come back when it is this message's turn; None when there will be none for now."""
        if self._is_closed or self.paused_for() > PATIENCE:
            return None
        now = self._now()
        is_first = not self._ready and self.wait_for(chat_id) == 0
        if is_first and self._class_at(message_class, now) <= now:
            return self._book(chat_id, message_class, now)
        loop = asyncio.get_running_loop()
        waiter = Waiter(int(message_class), next(self._numbers), chat_id, loop.create_future())
        heappush(self._ready, waiter)
        if self._pump is None or self._pump.done():
            self._pump = loop.create_task(self._run())
        elif self._nap is not None and not self._nap.done():
            self._nap.cancel()
        return await waiter.turn

    def goes(self, turn: Turn) -> None:
        """The message of that turn goes out now.

        Whoever was held up between the two counts from now on, but for what the limit is widened by anyway:
        otherwise a machine that stands still for a moment would let what it had granted run into the next.
        """
        late = self._now() - self._shift
        if self._sent is not None and late > turn.at:
            self._sent.put_off(turn.at, late)

    async def _run(self) -> None:
        """Give turns for as long as somebody waits."""
        while self._ready or self._held:
            now = self._now()
            while self._held and self._held[0][0] <= now:
                heappush(self._ready, heappop(self._held)[1])
            if self._ready and (wait := self._budget_at(now) - now) > 0:
                await self._until(now + (wait if self._gap > AT_A_TIME else max(wait, AT_A_TIME)))
            elif self._ready:
                self._give(heappop(self._ready), now)
            else:
                await self._doze(self._held[0][0] - now)

    async def _until(self, then: float) -> None:
        """Sleep; and note when that took so much longer that turns were missed."""
        await self._sleep(then - self._now())
        late = self._now() - then
        if self._replies.times:
            self._late = 0.0
        elif late > max(self._gap, AT_A_TIME):
            self._late = min(LATE, self._late + late)

    def _give(self, waiter: Waiter, now: float) -> None:
        """A turn for whoever is first in line, unless their own chat or class has to wait longer."""
        if waiter.turn.done():
            return
        message_class = MessageClass(waiter.message_class)
        free_at = max(self._chat_at(waiter.chat_id, now), self._class_at(message_class, now))
        if free_at > now:
            heappush(self._held, (free_at, waiter))
            return
        waiter.turn.set_result(self._book(waiter.chat_id, message_class, now))

    async def _doze(self, seconds: float) -> None:
        """Everybody in line waits for their own chat: sleep, unless somebody comes who need not."""
        self._nap = asyncio.ensure_future(self._sleep(seconds))
        await asyncio.wait((self._nap,))
        self._nap = None

    def _send_away(self) -> None:
        for waiter in (*self._ready, *(held for _at, held in self._held)):
            if not waiter.turn.done():
                waiter.turn.set_result(None)
        self._ready.clear()
        self._held.clear()

    def _budget_at(self, now: float) -> float:
        """When the platform as a whole may be sent one more message that can wait."""
        free_at = max(now, self._paused_until)
        if self._sent is None:
            return free_at
        free_at = max(free_at, self._next - BURST)
        if self._sent.count(now) >= self._sent.most - self._left_to_replies(now):
            first = [times[0] + self._sent.span for times in (self._sent.times, self._replies.times) if times]
            free_at = max(free_at, min((each for each in first if each > now), default=now + self._gap))
        return free_at

    def _left_to_replies(self, now: float) -> int:
        """What replies have used of this second; and room for those that are to be expected."""
        assert self._sent is not None
        lately = self._replies.count(now)
        if not lately:
            return 0
        used = sum(each > now - self._sent.span for each in self._replies.times)
        expected = int(lately * self._sent.span / EXPECTED_FROM)
        return min(self._sent.most, max(used, min(expected, max(1, self._sent.most // ROOM))))

    def _chat_at(self, chat_id: int, now: float) -> float:
        free_at = self._chats.get(chat_id, now)
        group = self._groups.get(chat_id)
        return max(free_at, group.free_at(now)) if group else free_at

    def _class_at(self, message_class: MessageClass, now: float) -> float:
        if self._free is None or message_class is MessageClass.PROMOTION:
            return now
        return self._free.free_at(now)

    def _book(self, chat_id: int, message_class: MessageClass, now: float) -> Turn:
        self._next = max(self._next, now - BURST - self._late) + self._gap
        if self._sent is not None:
            self._sent.times.append(now)
            # The limit itself gives so much of it back.
            self._late = max(0.0, self._late - self._gap + self._sent.span / self._sent.most)
        if self._free is not None and message_class is not MessageClass.PROMOTION:
            self._free.times.append(now)
        self._book_chat(chat_id, now)
        return Turn(now)

    def _book_chat(self, chat_id: int, now: float) -> None:
        if chat_id < 0 and self._per_group:
            group = self._groups.setdefault(chat_id, Window(self._per_group, MINUTE))
            group.count(now)
            group.times.append(now)
        if self._chat_gap:
            self._chats[chat_id] = max(self._chats.get(chat_id, now), now) + self._chat_gap
            self._chats.move_to_end(chat_id)
            if len(self._chats) > MOST_CHATS:
                self._chats.popitem(last=False)
