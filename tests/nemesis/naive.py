"""The obvious way to do it, which every fault test must be able to tell from ours."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

from aiogram import Dispatcher
from aiogram.types import Message

from bot.app import build_bot, utc_now
from bot.logging import set_up_logging
from storage.unit_of_work import open_store
from tests.patience import pass_time

if TYPE_CHECKING:
    from tests.nemesis.harness import Child, Scene


def run_polling(options: dict[str, Any]) -> None:
    """aiogram's own polling: updates are confirmed before their handlers have finished."""
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


def start_naive(scene: Scene, **options: object) -> Child:
    """The same messenger and database, with the usual polling between them."""
    told = {"database_url": scene.database_url, "api": scene.url, "token": scene.box.token, **options}
    child = scene.zygote.start("naive", told)
    scene.children.append(child)
    return child
