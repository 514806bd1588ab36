"""People who act as fast as the bot answers them, and what is measured of that."""

from __future__ import annotations

import asyncio
import math
import os
import signal
import subprocess
import sys
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from time import perf_counter
from typing import Any

from sandbox.actions import Actions
from sandbox.state import Sandbox

PATIENCE = 30.0
MOST_BACK = 6
"""So many messages are looked back for a button."""


@dataclass
class Measured:
    """Latencies in seconds, one an update, of everybody together; and how long the run took."""

    latencies: list[float] = field(default_factory=list)
    seconds: float = 0.0
    until: float = math.inf
    """What is answered later is not counted: not everybody is at it any more."""

    def note(self, began: float) -> None:
        now = perf_counter()
        if now <= self.until:
            self.latencies.append(now - began)

    @property
    def updates_per_s(self) -> float:
        return len(self.latencies) / self.seconds if self.seconds else 0.0

    def percentile_ms(self, share: float) -> float:
        ordered = sorted(self.latencies)
        return ordered[min(len(ordered) - 1, int(len(ordered) * share))] * 1000 if ordered else 0.0


class Player:
    """One person at the sandbox: acts, and waits until the bot has reacted."""

    def __init__(self, box: Sandbox, user_id: int, measured: Measured) -> None:
        self._box, self._actions, self.user_id = box, Actions(box), user_id
        self._measured = measured

    async def write(self, text: str) -> None:
        """Send a text and wait for the bot's next message."""
        began = perf_counter()
        done = self._actions.write(self.user_id, text)
        await self._until(done["seq"], _is_said)
        self._measured.note(began)

    async def tap(self, starts: str) -> None:
        """Tap the first button with this data (or beginning so, up to a colon) and wait for the answer."""
        began = perf_counter()
        done = await self._actions.tap({"user_id": self.user_id, "data": self.data(starts)})
        query_id = done["callback_query_ids"][0]

        def is_answer(event: dict[str, Any]) -> bool:
            if event["kind"] != "call":
                return False
            call = event["call"]
            asked = call["params"].get("callback_query_id")
            return bool(call["method"] == "answerCallbackQuery" and asked == query_id)

        await self._until(done["seq"], is_answer)
        self._measured.note(began)

    def data(self, starts: str) -> str:
        """The data of such a button on the newest message that has one: by day a reminder may be below it."""
        for data in self._buttons():
            if data == starts or (starts.endswith(":") and data.startswith(starts)):
                return data
        raise LookupError(f"no button {starts} in the chat of {self.user_id}")

    def _buttons(self) -> Iterator[str]:
        """What the last messages' buttons say, the newest message's first."""
        told = [each for each in self._box.chats[self.user_id].messages.values() if each.from_bot]
        for message in reversed(told[-MOST_BACK:]):
            markup = message.wire.get("reply_markup")
            if not message.deleted and markup:
                for row in markup["inline_keyboard"]:
                    yield from (str(button.get("callback_data", "")) for button in row)

    async def _until(self, since: int, is_it: Callable[[dict[str, Any]], bool]) -> None:
        events = self._box.events
        deadline = perf_counter() + PATIENCE
        while True:
            for event in events.since(since, self.user_id):
                since = event["seq"]
                if event["user_id"] == self.user_id and is_it(event):
                    return
            left = deadline - perf_counter()
            if left <= 0 or not await events.change(self.user_id, left):
                raise TimeoutError(f"no reaction for {self.user_id}")


def _is_said(event: dict[str, Any]) -> bool:
    return event["kind"] in ("message", "edited") and bool(event["message"]["from_bot"])


Script = Callable[[Player], Awaitable[None]]


async def play(box: Sandbox, user_ids: Sequence[int], script: Script, seconds: float) -> Measured:
    """Everybody plays the script once, and again until that long is over.

    What is begun is finished, but only what is answered while everybody plays is counted.
    """
    until = perf_counter() + seconds
    measured = Measured(seconds=seconds, until=until)

    async def one(user_id: int) -> None:
        player = Player(box, user_id, measured)
        await script(player)
        while perf_counter() < until:
            await script(player)

    await asyncio.gather(*(one(user_id) for user_id in user_ids))
    return measured


@asynccontextmanager
async def process(
    arguments: Sequence[str], environment: dict[str, str]
) -> AsyncIterator[subprocess.Popen[bytes]]:
    """A bot in a process of its own, ended by its id when the block ends."""
    running = subprocess.Popen(
        [sys.executable, *arguments],
        env={**os.environ, **environment},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        yield running
    finally:
        running.send_signal(signal.SIGTERM)
        try:
            await asyncio.to_thread(running.wait, 15)
        except subprocess.TimeoutExpired:
            running.kill()
            running.wait()
