"""How much a bot may send: the messenger's limits, off until somebody switches them on."""

from __future__ import annotations

import math
from collections import deque
from typing import Any

from sandbox.clock import Clock
from sandbox.errors import ApiError, too_many_requests

# How many messages may follow each other at once in one chat before the limit of a chat bites.
BURST = 3


class Window:
    """At most `most` acts in any `span` seconds."""

    __slots__ = ("acts", "most", "span")

    def __init__(self, most: float, span: float) -> None:
        self.most = most
        self.span = span
        self.acts: deque[float] = deque()

    def wait(self, now: float) -> float:
        """Return how long the next act has to wait, 0 when it may happen now."""
        while self.acts and self.acts[0] <= now - self.span:
            self.acts.popleft()
        return self.acts[0] + self.span - now if len(self.acts) >= self.most else 0.0


class Limits:
    """Counts sends and edits per bot, per chat and per group, by the clock of the sandbox."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self.settings: dict[str, Any] = {}
        self._windows: dict[int | None, Window] = {}

    @property
    def latency(self) -> float:
        """Return the seconds every answer takes longer."""
        return float(self.settings.get("latency_ms") or 0) / 1000

    def set(self, settings: dict[str, Any]) -> None:
        self.settings = settings
        self._windows.clear()

    def check(self, chat_id: int) -> ApiError | None:
        """Count one send or edit in that chat, or return the refusal and count nothing."""
        windows = [window for window in (self._overall(), self._of(chat_id)) if window is not None]
        if not windows:
            return None
        now = self._clock.seconds()
        wait = max(window.wait(now) for window in windows)
        if wait > 0:
            return too_many_requests(max(1, math.ceil(wait)))
        for window in windows:
            window.acts.append(now)
        return None

    def _overall(self) -> Window | None:
        per_second = self.settings.get("per_second")
        return self._window(None, float(per_second), 1.0) if per_second else None

    def _of(self, chat_id: int) -> Window | None:
        if chat_id < 0:
            per_minute = self.settings.get("per_group_per_minute")
            return self._window(chat_id, float(per_minute), 60.0) if per_minute else None
        per_second = self.settings.get("per_chat_per_second")
        return self._window(chat_id, BURST, BURST / float(per_second)) if per_second else None

    def _window(self, key: int | None, most: float, span: float) -> Window:
        window = self._windows.get(key)
        if window is None:
            window = self._windows[key] = Window(most, span)
        return window
