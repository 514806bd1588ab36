"""What happened in the sandbox, numbered, for the page, for tests and for whoever waits."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable, Collection, Iterable
from typing import Any

from sandbox.clock import Clock

KEPT_IN_ALL = 20_000
KEPT_PER_CHAT = 400

Event = dict[str, Any]


def is_by_the_bot(event: Event) -> bool:
    """Say whether the bot did this, as opposed to a person, the clock or the control API."""
    kind = event["kind"]
    if kind in ("message", "edited"):
        return bool(event["message"]["from_bot"])
    return kind in ("deleted", "toast", "chat_action", "call")


class Events:
    """The last events. One number grows through all of them and never starts again."""

    def __init__(self, clock: Clock) -> None:
        self.seq = 0
        self._clock = clock
        self._all: deque[Event] = deque(maxlen=KEPT_IN_ALL)
        self._per_chat: dict[int, deque[Event]] = {}
        self._waiting: dict[int | None, set[asyncio.Future[None]]] = {}

    def add(self, kind: str, user_id: int | None = None, **fields: Any) -> Event:
        self.seq += 1
        event = {
            "seq": self.seq,
            "at": self._clock.now().isoformat(),
            "kind": kind,
            "user_id": user_id,
            **fields,
        }
        self._all.append(event)
        if user_id is not None:
            chat = self._per_chat.get(user_id)
            if chat is None:
                chat = self._per_chat[user_id] = deque(maxlen=KEPT_PER_CHAT)
            chat.append(event)
            self._wake(user_id)
        self._wake(None)
        return event

    def since(self, seq: int, user_id: int | None = None) -> list[Event]:
        """Return the kept events after `seq`, oldest first."""
        kept: Iterable[Event] = self._all if user_id is None else self._per_chat.get(user_id, ())
        found: list[Event] = []
        for event in reversed(kept):  # type: ignore[call-overload]
            if event["seq"] <= seq:
                break
            found.append(event)
        found.reverse()
        return found

    async def change(self, user_id: int | None, timeout: float) -> bool:
        """Wait for the next event (of that chat, if one is given); False when none came in time."""
        waiting = self._waiting.setdefault(user_id, set())
        woken: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        waiting.add(woken)
        try:
            async with asyncio.timeout(timeout):
                await woken
        except TimeoutError:
            return False
        finally:
            waiting.discard(woken)
        return True

    async def wait_for_bot(
        self, user_id: int | None, since: int, timeout: float, kinds: Collection[str] = ()
    ) -> list[Event]:
        """Return all events after `since` as soon as the bot did one of `kinds` (anything when empty)."""
        await self.wait_for(user_id, since, timeout, lambda event: self._counts(event, kinds))
        return self.since(since, user_id)

    async def wait_for(
        self, user_id: int | None, since: int, timeout: float, is_it: Callable[[Event], bool]
    ) -> bool:
        """Wait for the first event after `since` that is it, each looked at once; False when time is up."""
        deadline = asyncio.get_running_loop().time() + timeout
        while True:
            for event in self.since(since, user_id):
                since = event["seq"]
                if is_it(event):
                    return True
            left = deadline - asyncio.get_running_loop().time()
            if left <= 0 or not await self.change(user_id, left):
                return any(is_it(event) for event in self.since(since, user_id))

    def clear(self) -> None:
        self._all.clear()
        self._per_chat.clear()

    @staticmethod
    def _counts(event: Event, kinds: Collection[str]) -> bool:
        if event["user_id"] is None or (kinds and event["kind"] not in kinds):
            return False
        return is_by_the_bot(event)

    def _wake(self, key: int | None) -> None:
        waiting = self._waiting.get(key)
        if waiting:
            for woken in waiting:
                if not woken.done():
                    woken.set_result(None)
