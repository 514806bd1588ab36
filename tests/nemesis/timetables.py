"""A process that only runs the timetable and tells: the engine of PostgreSQL, and a turned clock."""

from __future__ import annotations

import asyncio
import gettext
import signal
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
import structlog

from bot.app import build_engine
from bot.languages import LOCALES
from bot.logging import set_up_logging
from jobs.deliver import Courier, Told
from jobs.timetable import Timetable
from screens.language import Language
from storage.tellings import Telling
from storage.unit_of_work import open_store
from tests.jobs.test_deliver import PLATFORM, FakeMessenger
from tests.nemesis.naive_keys import remember_moments
from tests.nemesis.reminding import JOBS

log = structlog.get_logger("tests.nemesis")
RUNS = "the timetable runs"


class _Noting(Courier):
    """Writes what it tells into a file, as the outside world sees it: the end of a process undoes nothing."""

    out: Path

    async def _attempt(self, telling: Telling) -> Told:
        result = await super()._attempt(telling)
        if result.message_id is not None:
            with self.out.open("a") as told:
                told.write(f"{self._clock().isoformat()} {telling.notification.key}\n")
        return result


def run_timetable(options: dict[str, Any]) -> None:
    """Until SIGTERM. The clock is a file that somebody else writes."""
    set_up_logging("info", "json")
    asyncio.run(_run(options))


async def _run(options: dict[str, Any]) -> None:
    stop = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stop.set)
    if options.get("naive"):
        remember_moments(pytest.MonkeyPatch())
    store = open_store(options["database_url"])
    language = Language("fa", gettext.translation("messages", LOCALES, ["fa"]))

    def clock() -> datetime:
        return datetime.fromisoformat(Path(options["clock"]).read_text())

    courier = _Noting(store, {PLATFORM: FakeMessenger()}, {"fa": language}, clock)
    courier.out = Path(options["out"])
    timetable = Timetable(store, courier, clock)
    engine = build_engine(options["database_url"], store, clock)
    for job in JOBS:
        engine.periodic(job)
    running = [asyncio.create_task(each.run()) for each in (timetable, engine)]
    log.info(RUNS)
    await stop.wait()
    await asyncio.gather(timetable.stop(), engine.stop())
    for each in running:
        each.cancel()
    await asyncio.gather(*running, return_exceptions=True)
    await store.close()
