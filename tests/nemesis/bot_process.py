"""What runs in the processes that the nemesis kills: the whole bot, set up by a few plain options.

``python -m tests.nemesis.bot_process '{"database_url": …}'`` starts one; the zygote starts them by forking.
"""

from __future__ import annotations

import asyncio
import json
import os
import signal
import sys
from collections.abc import Callable
from datetime import datetime
from functools import cache
from typing import Any

import structlog
from aiogram import Router
from aiogram.types import Message
from sqlalchemy import event
from sqlalchemy.engine import Connection, Engine

from bot.app import App, utc_now
from bot.config import Settings
from bot.logging import set_up_logging
from domain.actors import Actor
from handlers import routers
from sandbox.clock import Clock
from screens.screen import Screen
from storage.unit_of_work import UnitOfWork, open_store
from tests.patience import pass_time

log = structlog.get_logger("tests.nemesis")
Options = dict[str, Any]
CAN_BE_STOPPED = "can be stopped"
"""What it says once SIGTERM is not simply the end of it."""
TAKING = "UPDATE inbox SET state"


def run_bot(options: Options) -> None:
    """Until SIGTERM; returns when everything has ended well."""
    set_up_logging("info", "json")
    if options.get("die_at"):
        die_at(int(options["die_at"]), str(options["die_after"]))
    asyncio.run(_run(options))


async def _run(options: Options) -> None:
    stop = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stop.set)
    log.info(CAN_BE_STOPPED)
    settings = Settings(
        _env_file=None,
        database_url=options["database_url"],
        telegram_api=options["api"],
        telegram_token=options["token"],
        people_at_once=options.get("people_at_once", 32),
        send_per_second=0,
        send_per_chat=0,
    )
    clock: Callable[[], datetime] = utc_now
    if options.get("clock"):
        clock = Clock(datetime.fromisoformat(options["clock"]))
    is_noting = options.get("handlers") == "notes"
    root = taking_notes(float(options.get("slow", 0))) if is_noting else whole_bot()
    store = open_store(settings.database_url)
    try:
        await App(settings, store, clock=clock, poll_seconds=1, root=root).run(stop)
    finally:
        await store.close()


@cache
def whole_bot() -> Router:
    """All handlers, set up once for the processes that are forked from here: each of them runs one bot."""
    return routers()


def taking_notes(slow: float = 0) -> Router:
    """Handlers whose effect is one row for each text, and which are in no hurry before they end."""

    async def note(message: Message, actor: Actor, uow: UnitOfWork, now: datetime) -> Screen:
        if (message.text or "").startswith("poison"):
            raise RuntimeError(message.text)
        await uow.audit.write(actor, "effect", "test", None, now, {"what": message.text})
        if slow:
            await pass_time(slow)
        return Screen(f"kept {message.text}")

    root = Router(name="notes")
    root.message.register(note)
    return root


def die_at(boundary: int, after: str) -> None:
    """Kill this process before the n-th thing that the database is asked, counted from the first statement
    that begins with ``after`` and is followed by others in the same transaction; a commit counts as well.
    """
    seen = 0

    def step(is_first: bool = False) -> None:
        nonlocal seen
        if seen or is_first:
            seen += 1
        if seen == boundary:
            os.kill(os.getpid(), signal.SIGKILL)

    @event.listens_for(Engine, "before_cursor_execute")
    def _statement(_connection: Connection, _cursor: Any, statement: str, *_more: Any) -> None:
        step(statement.lstrip().startswith(after))

    @event.listens_for(Engine, "commit")
    def _commit(_connection: Connection) -> None:
        step()


if __name__ == "__main__":
    run_bot(json.loads(sys.argv[1]))
