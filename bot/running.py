"""What `bonak run` and `bonak staff invite` do: the commands that need the messenger's library."""

from __future__ import annotations

import asyncio
import os
import signal
from contextlib import AsyncExitStack
from datetime import UTC, datetime, timedelta

import aiohttp
import structlog
from aiogram.exceptions import AiogramError

from bot.app import App, Clock, build_bot, utc_now
from bot.clock import SandboxClock
from bot.config import Settings
from bot.starting import FAILED, say
from domain.staff import Role
from handlers.staff import INVITE
from services.staff import invite
from storage.unit_of_work import open_store

log = structlog.get_logger("bot")

ASKING_SECONDS = 10


async def run_until_stopped(settings: Settings) -> int:
    """0 when it was asked to stop and has finished what it had begun."""
    stop = asyncio.Event()
    stop_on_signals(stop)
    store = open_store(settings.database_url)
    async with AsyncExitStack() as stack:
        stack.push_async_callback(store.close)
        try:
            clock = await _clock(settings.clock_url, stack)
        except (aiohttp.ClientError, TimeoutError, ValueError, KeyError) as error:
            say(f"BONAK_CLOCK_URL: {settings.clock_url} does not tell the time ({type(error).__name__}).")
            return FAILED
        try:
            await App(settings, store, clock=clock).run(stop)
        except Exception:
            log.exception("the bot has failed")
            return FAILED
    return 0


def stop_on_signals(stop: asyncio.Event) -> None:
    """The first signal lets what runs finish; whoever sends a second one does not want to wait for that."""

    def asked(number: int) -> None:
        if stop.is_set():
            os._exit(128 + number)
        stop.set()

    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, asked, number)


async def _clock(url: str | None, stack: AsyncExitStack) -> Clock:
    """The machine's clock, or the sandbox's, which is then followed until the stack closes."""
    if url is None:
        return utc_now
    session = await stack.enter_async_context(aiohttp.ClientSession())
    clock = SandboxClock(url)
    await clock.read(session)
    following = asyncio.create_task(clock.follow(session))
    stack.callback(following.cancel)
    return clock


async def invite_link(settings: Settings, role: Role, valid_for: timedelta) -> str:
    """The link; when the messenger cannot be asked for the bot's name, what to send to the bot instead."""
    store = open_store(settings.database_url)
    try:
        async with store.unit_of_work() as uow:
            token = await invite(uow, role, datetime.now(UTC), valid_for)
    finally:
        await store.close()
    username = await _username(settings)
    if username is None:
        return f"Send this to the bot, once: /start {INVITE}{token}"
    return f"https://t.me/{username}?start={INVITE}{token}"


async def _username(settings: Settings) -> str | None:
    if settings.telegram_token is None:
        return None
    bot = build_bot(settings.telegram_token.get_secret_value(), settings.telegram_api, settings.proxy)
    try:
        return (await bot.get_me(request_timeout=ASKING_SECONDS)).username
    except (AiogramError, OSError, TimeoutError):
        return None
    finally:
        await bot.session.close()
