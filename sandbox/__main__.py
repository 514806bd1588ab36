"""`make run`: the town, the messenger with its page, and the bot, in one process."""

from __future__ import annotations

import asyncio
import errno
import signal
import sys
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from time import perf_counter
from typing import Any

from bot.config import Settings, WrongSetting, read_settings
from bot.logging import set_up_logging
from domain.calendar import today_in_tehran
from sandbox import census
from sandbox.running import running
from sandbox.town import fill, people, people_of
from storage.schema import migrate
from storage.unit_of_work import Store, open_store

SANDBOX_DATABASE = "sqlite+aiosqlite:///data/sandbox.db"
"""The town's own, unless BONAK_DATABASE_URL names another: a real business's data is never mixed with it."""
WRONG_SETTING, PORT_TAKEN = 2, 3


def main() -> int:
    try:
        settings = read_settings()
    except WrongSetting as wrong:
        return _complain(str(wrong), WRONG_SETTING)
    set_up_logging(settings.log_level, settings.log_format)
    try:
        asyncio.run(_run(settings))
    except KeyboardInterrupt:
        return 130
    except OSError as error:
        if error.errno != errno.EADDRINUSE:
            raise
        port = settings.sandbox_port
        return _complain(f"Port {port} is taken: set BONAK_SANDBOX_PORT to another one.", PORT_TAKEN)
    return 0


async def _run(settings: Settings) -> None:
    url = settings.database_url if "database_url" in settings.model_fields_set else SANDBOX_DATABASE
    _say("Bringing the database up to date …")
    await migrate(url)
    everybody = await _settle(url)
    ended = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, ended.set)
    # The messenger is on this machine, so no proxy stands between it and the bot.
    own = {"proxy": None, "clock_url": None}
    async with running(
        database_url=url, people=everybody, port=settings.sandbox_port, settings=settings, **own
    ) as world:
        _say(f"Open {world.url} in a browser and play anybody of the town. Ctrl+C ends it.")
        waiting = asyncio.create_task(ended.wait())
        counting = asyncio.create_task(census.keep(world.store, world.sandbox))
        await asyncio.wait({waiting, counting, world.stopped}, return_when=asyncio.FIRST_COMPLETED)
        waiting.cancel()
        counting.cancel()
        _say("Finishing what has begun …")
    _say("Done.")


async def _settle(url: str) -> Sequence[Mapping[str, Any]]:
    """Everybody of the town; it is laid down the first time."""
    store = open_store(url)
    try:
        async with store.reading() as uow:
            is_there = await uow.bulk.has_rows("products")
        return await people_of(store) if is_there else await _lay_down(store)
    finally:
        await store.close()


async def _lay_down(store: Store) -> Sequence[Mapping[str, Any]]:
    _say("Laying down the town: goods, customers and a year of orders …")
    began = perf_counter()
    town = await fill(store, today_in_tehran(datetime.now(UTC)))
    _say(f"The town stands after {perf_counter() - began:.1f} s.")
    return people(town)


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def _complain(line: str, code: int) -> int:
    sys.stderr.write(f"{line}\n")
    return code


if __name__ == "__main__":
    sys.exit(main())
