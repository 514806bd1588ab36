"""The sandbox's clock, followed from another process: asked now and then, and reckoned on in between.

Only for trying and testing: a bot in production reads the machine's own clock.
"""

from __future__ import annotations

import asyncio
import time
from datetime import UTC, datetime, timedelta

import aiohttp
import structlog

log = structlog.get_logger("bot.clock")

PATH = "/sim/clock"
ASK_EVERY = 0.5
PATIENCE = aiohttp.ClientTimeout(total=5)


class SandboxClock:
    """Callable like every clock. ``read`` must have succeeded once before it is asked for the time."""

    def __init__(self, url: str) -> None:
        self._url = url if url.endswith(PATH) else url + PATH
        self._base = datetime.fromtimestamp(0, UTC)
        self._mark = time.monotonic()
        self._rate = 1.0

    def __call__(self) -> datetime:
        return self._base + timedelta(seconds=(time.monotonic() - self._mark) * self._rate)

    async def read(self, session: aiohttp.ClientSession) -> None:
        """Ask for the time and the rate; raises what aiohttp raises when nobody answers."""
        async with session.get(self._url, timeout=PATIENCE) as answer:
            answer.raise_for_status()
            told = await answer.json()
        self._base, self._mark = datetime.fromisoformat(told["now"]), time.monotonic()
        self._rate = float(told["rate"])

    async def follow(self, session: aiohttp.ClientSession) -> None:
        """Keep asking, for ever. When the sandbox does not answer, time goes on as it last went."""
        while True:
            await asyncio.sleep(ASK_EVERY)
            try:
                await self.read(session)
            except (aiohttp.ClientError, TimeoutError, ValueError, KeyError) as error:
                log.warning("the sandbox does not tell the time", error=type(error).__name__)
