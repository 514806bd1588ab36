"""Builds everything and keeps it running: one supervised platform beside the clock's jobs."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from contextlib import AsyncExitStack
from datetime import UTC, datetime

import aiohttp
import structlog
from aiogram import Bot, Dispatcher
from aiogram.client.default import DefaultBotProperties
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiohttp_socks import ProxyConnector

from bot.config import Settings
from bot.governor import Governor
from bot.intake import Intake, RawPoller
from bot.languages import read_languages
from bot.messenger import TelegramMessenger
from bot.middlewares import Attachments, Identify, Memory, ShowAnswer, Transaction
from bot.processing import Processing
from bot.show import Show
from bot.writing import Writing
from handlers import routers
from handlers.reading import is_reading, reading_prefixes
from jobs.deliver import Courier
from jobs.timetable import Timetable
from screens.language import Language
from storage.unit_of_work import Store

log = structlog.get_logger("bot.app")

TELEGRAM = "telegram"
Clock = Callable[[], datetime]


def utc_now() -> datetime:
    return datetime.now(UTC)


def build_dispatcher(
    store: Store, show: Show, languages: Mapping[str, Language], clock: Clock, platform: str
) -> Dispatcher:
    """The doors in their order, then the handlers."""
    dispatcher = Dispatcher(disable_fsm=True)
    for door in (
        ShowAnswer(store, show, languages, clock),
        Attachments(),
        Transaction(store, clock),
        Memory(platform),
        Identify(languages, platform),
    ):
        dispatcher.update.outer_middleware(door)
    dispatcher.include_router(routers())
    return dispatcher


def build_bot(token: str, api: str, proxy: str | None) -> Bot:
    session = AiohttpSession(proxy=proxy, api=TelegramAPIServer.from_base(api), limit=200)
    return Bot(token, session, DefaultBotProperties(parse_mode="HTML"))


class App:
    """The whole bot on one platform: intake, processing and the jobs."""

    def __init__(
        self, settings: Settings, store: Store, *, clock: Clock = utc_now, poll_seconds: int = 30
    ) -> None:
        token = settings.telegram_token.get_secret_value() if settings.telegram_token else ""
        self._settings, self._store, self._clock, self._token = settings, store, clock, token
        self._poll_seconds = poll_seconds
        self.bot = build_bot(token, settings.telegram_api, settings.proxy)
        self.governor = Governor(settings.send_per_second, settings.send_per_chat)
        self.languages = read_languages()
        writing = Writing(self.bot, store, TELEGRAM)
        show = Show(self.bot, writing, self.governor)
        self.dispatcher = build_dispatcher(store, show, self.languages, clock, TELEGRAM)
        prefixes = reading_prefixes(self.dispatcher)
        self.processing = Processing(
            self.dispatcher,
            self.bot,
            store,
            platform=TELEGRAM,
            clock=clock,
            reads=lambda update: is_reading(update, prefixes),
            people_at_once=settings.people_at_once,
        )
        messenger = TelegramMessenger(self.bot, writing, self.governor)
        self.courier = Courier(store, {TELEGRAM: messenger}, self.languages, clock)
        self.timetable = Timetable(store, self.courier, clock)

    async def run(self, stop: asyncio.Event) -> None:
        """Until ``stop`` is set; then nothing more is taken, and what runs is finished."""
        async with AsyncExitStack() as stack:
            stack.push_async_callback(self.bot.session.close)
            session = await stack.enter_async_context(_session(self._settings.proxy))
            await stack.enter_async_context(self._store.leadership(f"updates:{self.bot.id}"))
            intake = Intake(
                RawPoller(session, self._settings.telegram_api, self._token, self._poll_seconds),
                self._store,
                platform=TELEGRAM,
                bot_id=self.bot.id,
                clock=self._clock,
                hand_over=self.processing.hand_over,
            )
            polling = asyncio.create_task(intake.run())
            working = asyncio.create_task(self.processing.run())
            telling = asyncio.create_task(self.timetable.run())
            log.info("running", bot=self.bot.id)
            stopping = asyncio.create_task(stop.wait())
            try:
                await asyncio.wait({polling, working, telling, stopping}, return_when=asyncio.FIRST_COMPLETED)
            finally:
                await _end(polling)
                await self.processing.stop()
                await _end(telling)
                await _end(working)
                await _end(stopping)
            log.info("stopped", bot=self.bot.id)


async def _end(task: asyncio.Task[object]) -> None:
    """Cancel and wait; a task that failed by itself is a fault of ours and goes on up."""
    task.cancel()
    try:
        await task
    except asyncio.CancelledError:
        return


def _session(proxy: str | None) -> aiohttp.ClientSession:
    if proxy is None:
        return aiohttp.ClientSession()
    return aiohttp.ClientSession(connector=ProxyConnector.from_url(proxy))
