"""One sender of campaigns in a process of its own: ``python -m benchmarks.push_sender '{…}'``.

It works through a campaign that was laid down, and prints what its governor granted and what it cost.
"""

from __future__ import annotations

import asyncio
import gc
import json
import os
import sys
from datetime import datetime, timedelta
from time import monotonic, process_time
from typing import Any

from bot.app import GC_THRESHOLD, SWITCH_SECONDS, build_bot
from bot.governor import Governor
from bot.languages import read_languages
from bot.logging import set_up_logging
from bot.messenger import TelegramMessenger
from bot.writing import Writing
from domain.notifications import MessageClass
from jobs.sending import CampaignSender
from storage.unit_of_work import open_store

EARLY = 0.0015
"""The loop's own timers are late by about that; where a clock runs faster that would be many milliseconds."""


class Noting(Governor):
    """Keeps when it gave each turn."""

    def __init__(self, *arguments: Any, **more: Any) -> None:
        super().__init__(*arguments, **more)
        self.given: list[float] = []

    def _book(self, chat_id: int, message_class: MessageClass, now: float) -> None:
        self.given.append(now)
        super()._book(chat_id, message_class, now)


async def main(told: dict[str, Any]) -> None:
    speed, rate = float(told["speed"]), float(told["limit"])

    def now() -> float:
        return monotonic() * speed

    async def sleep(seconds: float) -> None:
        until = now() + seconds
        await asyncio.sleep(max(0.0, seconds / speed - EARLY) if speed > 1 else seconds)
        while now() < until:
            await asyncio.sleep(0)

    began_at, start = monotonic(), datetime.fromisoformat(told["clock"])
    store = open_store(told["database_url"])
    bot = build_bot(told["token"], told["api"], None)
    governor = Noting(rate, 1, now, sleep=sleep)
    messenger = TelegramMessenger(bot, Writing(bot, store, "telegram"), governor)
    sender = CampaignSender(
        store,
        {"telegram": messenger},
        read_languages(),
        lambda: start + timedelta(seconds=monotonic() - began_at),
        rate * speed,
    )
    await sender.begin()
    cpu, real = process_time(), monotonic()
    await sender.sweep()
    print(
        json.dumps(
            {
                "given": [round(each, 4) for each in governor.given],
                "seconds": monotonic() - real,
                "cpu_seconds": process_time() - cpu,
            }
        )
    )
    await bot.session.close()
    await store.close()


if __name__ == "__main__":
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})
    sys.setswitchinterval(SWITCH_SECONDS)
    gc.set_threshold(*GC_THRESHOLD)
    set_up_logging("error", "text")
    asyncio.run(main(json.loads(sys.argv[1])))
