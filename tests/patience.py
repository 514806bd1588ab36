"""Waiting in tests: for a condition, with a deadline. Nothing here waits for time alone without saying so."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from inspect import isawaitable
from time import monotonic

LOOK_EVERY = 0.02
PATIENCE = 40.0
"""In seconds. A machine that has other things to do takes its time: only what never comes is a failure."""


async def pass_time(seconds: float) -> None:
    """Let real time go by, where the time itself is what it is about: the moment of a kill, an outage."""
    with suppress(TimeoutError):
        async with asyncio.timeout(seconds):
            await asyncio.Event().wait()


async def until(
    condition: Callable[[], bool | Awaitable[bool]],
    what: str,
    seconds: float = PATIENCE,
    every: float = LOOK_EVERY,
) -> None:
    """Come back as soon as the condition holds; fail with ``what`` when it does not within the deadline."""
    deadline = monotonic() + seconds
    while True:
        holds = condition()
        if await holds if isawaitable(holds) else holds:
            return
        assert monotonic() < deadline, f"not within {seconds} s: {what}"
        await pass_time(every)
