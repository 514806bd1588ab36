"""One sender of campaigns in a process of its own: ``python -m benchmarks.push_sender '{…}'``.

It works through a campaign that was laid down, and prints what its governor granted and what it cost.
"""

from __future__ import annotations

import asyncio
import gc
import json
import os
import sys
from array import array
from contextlib import suppress
from datetime import datetime, timedelta
from time import monotonic, process_time
from typing import Any

import psutil

from benchmarks.push import held_up_seconds
from bot.app import GC_THRESHOLD, SWITCH_SECONDS, build_bot
from bot.governor import SHIFT, Governor
from bot.languages import read_languages
from bot.logging import set_up_logging
from bot.messenger import TelegramMessenger
from bot.turns import Turn
from bot.writing import Writing
from domain.notifications import MessageClass
from jobs.sending import CampaignSender
from storage.unit_of_work import open_store

EARLY = 0.0015
"""The loop's own timers are late by about that; where a clock runs faster that would be many milliseconds."""
SAYS_EVERY = 10.0


class Noting(Governor):
    """Keeps when it gave each turn."""

    def __init__(self, *arguments: Any, speed: float, **more: Any) -> None:
        super().__init__(*arguments, **more)
        self.given = array("d")
        self._speed = speed

    def _book(self, chat_id: int, message_class: MessageClass, now: float) -> Turn:
        self.given.append(now)
        return super()._book(chat_id, message_class, now)

    def goes(self, turn: Turn) -> None:
        """What comes after a grant does not run faster with the clock: there the grants alone are judged."""
        if self._speed == 1:
            super().goes(turn)


def a_governor(rate: float, speed: float) -> Noting:
    def now() -> float:
        return monotonic() * speed

    async def sleep(seconds: float) -> None:
        until = now() + seconds
        await asyncio.sleep(max(0.0, seconds / speed - EARLY) if speed > 1 else seconds)
        while now() < until:
            await asyncio.sleep(0)

    return Noting(rate, 1, now, speed=speed, shift=SHIFT if speed == 1 else 0.001, sleep=sleep)


async def main(told: dict[str, Any]) -> None:
    speed, rate = float(told["speed"]), float(told["limit"])
    began_at, start = monotonic(), datetime.fromisoformat(told["clock"])
    store = open_store(told["database_url"])
    bot = build_bot(told["token"], told["api"], None)
    governor = a_governor(rate, speed)
    messenger = TelegramMessenger(bot, Writing(bot, store, "telegram"), governor)
    sender = CampaignSender(
        store,
        {"telegram": messenger},
        read_languages(),
        lambda: start + timedelta(seconds=monotonic() - began_at),
        rate * speed,
    )
    await sender.begin()
    gc.collect()
    gc.freeze()
    spent, real, held_up = process_time(), monotonic(), held_up_seconds(os.getpid())
    watched = Watched(governor, int(told["count"]))
    watching = asyncio.ensure_future(watched.watch())
    with suppress(TimeoutError):
        async with asyncio.timeout(float(told["seconds"])):
            await sender.sweep()
    spent, real = process_time() - spent, monotonic() - real
    watching.cancel()
    found = {"given": [round(each, 6) for each in governor.given], "cpu_seconds": spent}
    now_held = held_up_seconds(os.getpid())
    share = None if held_up is None or now_held is None else round((now_held - held_up) / real, 3)
    print(json.dumps({**found, "held_up": share, "grown_mb": round(megabytes() - watched.first_mb, 1)}))
    await bot.session.close()
    await store.close()


def megabytes() -> float:
    return float(psutil.Process().memory_info().rss) / 2**20


class Watched:
    """Says now and then how far it is, and how large the process was when a tenth was sent."""

    def __init__(self, governor: Noting, count: int) -> None:
        self._governor, self._count = governor, count
        self.first_mb = megabytes()

    async def watch(self) -> None:
        began, is_warm, said = monotonic(), False, monotonic()
        while True:
            await asyncio.sleep(0.5)
            sent = len(self._governor.given)
            if not is_warm and sent >= self._count / 10:
                is_warm, self.first_mb = True, megabytes()
            if monotonic() - said >= SAYS_EVERY:
                said = monotonic()
                rate = sent / (said - began)
                print(f"  {sent:,} of {self._count:,}, {rate:,.0f}/s", file=sys.stderr, flush=True)


if __name__ == "__main__":
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})
    sys.setswitchinterval(SWITCH_SECONDS)
    gc.set_threshold(*GC_THRESHOLD)
    set_up_logging("error", "text")
    asyncio.run(main(json.loads(sys.argv[1])))
