"""Pushing updates to the bot's own address, with the patience and the order of the real server."""

from __future__ import annotations

import asyncio
import random
from collections import deque
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

from sandbox.clock import Clock
from sandbox.faults import Fault, Faults
from sandbox.people import Wire
from sandbox.postman import Delivery, Postman
from sandbox.updates import CALLBACK_QUEUES, Updates, Waiting

FIRST_DELAY = 2.0
LONGEST_DELAY = (60.0, 120.0)
LONGEST_RETRY_AFTER = 3600.0
GONE_FOR = 23 * 3600.0

Execute = Callable[[Wire], Awaitable[None]]


@dataclass(slots=True)
class Settings:
    """What setWebhook was told; an empty `url` means that the bot polls."""

    url: str = ""
    secret: str = ""
    max_connections: int = 40
    allowed: list[str] | None = None


@dataclass(slots=True)
class Line:
    """The updates of one chat, or the taps of one person: strictly one after the other."""

    entries: deque[Waiting] = field(default_factory=deque)
    failures: int = 0
    gone_since: float | None = None
    arrived: asyncio.Event = field(default_factory=asyncio.Event)


class Webhooks:
    """One worker for each line that has something in it; a failing line stops no other."""

    def __init__(self, clock: Clock, updates: Updates, rng: random.Random, faults: Faults) -> None:
        self.settings = Settings()
        self.last_error: tuple[int, str] | None = None
        # Carries out the method call a bot may put into its answer.
        self.execute: Execute | None = None
        self._clock, self._updates, self._random, self._faults = clock, updates, rng, faults
        self._postman: Postman | None = None
        self._lines: dict[int, Line] = {}
        self._workers: dict[int, asyncio.Task[None]] = {}

    @property
    def url(self) -> str:
        return self.settings.url

    async def open(self, settings: Settings) -> None:
        """Push from now on, beginning with everything that waits already."""
        await self.close()
        self.settings = settings
        self.last_error = None
        self._postman = Postman(settings.url, settings.secret, settings.max_connections)
        self._updates.on_push = self._enqueue
        for entry in list(self._updates.waiting.values()):
            self._enqueue(entry)

    async def close(self) -> None:
        """Stop pushing; what was not delivered goes on waiting for whoever asks for it."""
        self.settings = Settings()
        self._updates.on_push = None
        workers = list(self._workers.values())
        self._workers.clear()
        self._lines.clear()
        current = asyncio.current_task()
        for worker in workers:
            if worker is not current:
                worker.cancel()
        await asyncio.gather(*(worker for worker in workers if worker is not current), return_exceptions=True)
        if self._postman is not None:
            await self._postman.close()
            self._postman = None

    def drop_pending(self) -> None:
        for line in self._lines.values():
            line.entries.clear()

    def _enqueue(self, entry: Waiting) -> None:
        line = self._lines.get(entry.queue)
        if line is None:
            line = self._lines[entry.queue] = Line()
        line.entries.append(entry)
        line.arrived.set()
        if entry.queue not in self._workers:
            self._workers[entry.queue] = asyncio.create_task(self._work(entry.queue, line))

    async def _work(self, key: int, line: Line) -> None:
        while line.entries:
            entry = line.entries[0]
            if entry.expires <= self._clock.seconds():
                self._done(line, entry)
                continue
            fault = self._faults.pick("webhook", _person_of(key), None, webhook=True)
            if fault is not None and fault.kind == "webhook_reorder":
                await self._let_next_pass(line, fault)
                continue
            delivery = await self._deliver(entry, fault)
            if delivery.error is None:
                await self._delivered(line, entry, delivery)
            elif not await self._retry_later(line, entry, delivery):
                return
        # Nothing is awaited between the last look at the line and this, so no entry can slip in between.
        if self._workers.get(key) is asyncio.current_task():
            del self._workers[key]
            self._lines.pop(key, None)

    async def _deliver(self, entry: Waiting, fault: Fault | None) -> Delivery:
        postman = self._postman
        if postman is None:
            raise asyncio.CancelledError
        if fault is None:
            return await postman.deliver(entry.update)
        if fault.kind == "webhook_late":
            await asyncio.sleep(fault.seconds if fault.seconds is not None else 1.0)
        elif fault.kind == "webhook_duplicate":
            await postman.deliver(entry.update)
        elif fault.kind == "webhook_bad_secret":
            return await postman.deliver(entry.update, secret=fault.description or "")
        delivery = await postman.deliver(entry.update)
        if fault.kind == "webhook_drop_after":
            return Delivery("Connection reset by peer")
        return delivery

    async def _delivered(self, line: Line, entry: Waiting, delivery: Delivery) -> None:
        self._done(line, entry)
        line.failures, line.gone_since = 0, None
        if delivery.call is not None and self.execute is not None:
            await self.execute(delivery.call)

    def _done(self, line: Line, entry: Waiting) -> None:
        """Take an entry out, unless somebody has dropped all of them meanwhile."""
        if line.entries and line.entries[0] is entry:
            line.entries.popleft()
        if self._updates.waiting.get(entry.update["update_id"]) is entry:
            del self._updates.waiting[entry.update["update_id"]]

    async def _retry_later(self, line: Line, entry: Waiting, delivery: Delivery) -> bool:
        """Wait before the next try; False when the webhook has been given up meanwhile."""
        now = self._clock.seconds()
        self.last_error = (int(now), str(delivery.error))
        if delivery.status != 410:
            line.gone_since = None
        elif line.gone_since is None:
            line.gone_since = now
        elif now - line.gone_since >= GONE_FOR:
            await self.close()
            return False
        line.failures += 1
        delay = self._delay(line.failures, delivery.retry_after)
        if now + delay >= entry.expires:
            self._done(line, entry)
            line.failures = 0
        elif delay > 0:
            await self._clock.sleep(delay)
        return True

    def _delay(self, failures: int, retry_after: float | None) -> float:
        if retry_after is not None:
            return min(retry_after, LONGEST_RETRY_AFTER)
        if failures == 1:
            return 0.0
        longest = self._random.uniform(*LONGEST_DELAY)
        # The exponent is bounded because an update may be tried for a day.
        return float(min(FIRST_DELAY * 2 ** min(failures - 2, 10), longest))

    async def _let_next_pass(self, line: Line, fault: Fault) -> None:
        """Bring the second of the line to its front, waiting a little for one to come."""
        if len(line.entries) < 2:
            line.arrived.clear()
            try:
                async with asyncio.timeout(fault.seconds if fault.seconds is not None else 1.0):
                    await line.arrived.wait()
            except TimeoutError:
                return
        if line.entries:
            line.entries.append(line.entries.popleft())


def _person_of(key: int) -> int:
    return key - CALLBACK_QUEUES if key >= CALLBACK_QUEUES else key
