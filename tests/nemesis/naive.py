"""The obvious way to do it, which every fault test must be able to tell from ours."""

from __future__ import annotations

import asyncio
from typing import Any

from aiogram import Dispatcher
from aiogram.types import Message

from bot.app import build_bot, utc_now
from bot.logging import set_up_logging
from storage.unit_of_work import open_store
from tests.patience import pass_time


def run_polling(options: dict[str, Any]) -> None:
    """aiogram's own polling: an update is confirmed before its handler has finished, and is not known again."""
    set_up_logging("info", "json")
    asyncio.run(_poll(options))


async def _poll(options: dict[str, Any]) -> None:
    store = open_store(options["database_url"])
    dispatcher = Dispatcher(disable_fsm=True)

    async def note(message: Message) -> None:
        async with store.unit_of_work() as uow:
            await uow.audit.write(None, "effect", "test", None, utc_now(), {"what": message.text})
            if options.get("slow"):
                await pass_time(float(options["slow"]))

    dispatcher.message.register(note)
    bot = build_bot(options["token"], options["api"], None)
    try:
        await dispatcher.start_polling(bot, polling_timeout=1, close_bot_session=True)
    finally:
        await store.close()
