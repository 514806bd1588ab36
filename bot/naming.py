"""What the messenger calls our bot, of which links are made, and how fast it sends: for screens."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import datetime

import structlog
from aiogram import Bot
from aiogram.exceptions import AiogramError

from domain.campaign_progress import PACE
from domain.referrals import NAME_OF_BOT
from storage.unit_of_work import Store

log = structlog.get_logger("bot.naming")

ASK_AGAIN_SECONDS = (1.0, 10.0, 60.0, 300.0, 900.0, 3600.0)


async def keep_pace(store: Store, per_second: float, clock: Callable[[], datetime]) -> None:
    """How many messages a second this process lets out: of that the time is reckoned that a sending takes."""
    async with store.reading() as uow:
        is_known = await uow.company.decided(PACE) == per_second
    if not is_known:
        async with store.unit_of_work() as uow:
            await uow.company.decide(PACE, per_second, clock())


async def learn_name(bot: Bot, store: Store, platform: str, clock: Callable[[], datetime]) -> None:
    """Ask for it, and some times again where nobody answers; kept, so that it is known when nobody does."""
    username = await _asked(bot)
    for wait in ASK_AGAIN_SECONDS:
        if username is not None:
            break
        await asyncio.sleep(wait)
        username = await _asked(bot)
    if username is None:
        return
    name = NAME_OF_BOT + platform
    async with store.reading() as uow:
        is_known = await uow.company.decided(name) == username
    if not is_known:
        async with store.unit_of_work() as uow:
            await uow.company.decide(name, username, clock())


async def _asked(bot: Bot) -> str | None:
    try:
        return (await bot.get_me()).username
    except (AiogramError, OSError, TimeoutError) as fault:
        log.warning("the bot's name is not known", fault=type(fault).__name__)
        return None
