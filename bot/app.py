"""Builds everything and keeps it running: one supervised platform beside the clock's jobs."""

from __future__ import annotations

import asyncio
import gc
import sys
from collections.abc import Callable, Coroutine, Mapping
from contextlib import AsyncExitStack
from datetime import UTC, datetime, timedelta
from typing import Any, TypeVar

import aiohttp
import structlog
from aiogram import Bot, Dispatcher, Router
from aiogram.client.default import DefaultBotProperties
from aiogram.client.telegram import TelegramAPIServer
from aiohttp_socks import ProxyConnector

from bot.config import Settings
from bot.engine import Engine, OwnEngine
from bot.governor import Governor
from bot.intake import Intake, RawPoller
from bot.languages import read_languages
from bot.messenger import TelegramMessenger
from bot.middlewares import Attachments, Identify, Memory, ShowAnswer, Transaction
from bot.naming import keep_pace, learn_name
from bot.outages import Outages
from bot.processing import Processing
from bot.restored import freeze_restored, keep_marking
from bot.scanner import Scanner
from bot.session import JsonSession
from bot.show import Show
from bot.writing import Writing
from handlers import routers
from handlers.reading import is_reading, reading_prefixes
from jobs.deliver import Courier
from jobs.live import Keeper
from jobs.schedule import JOBS
from jobs.sending import CampaignSender
from jobs.timetable import Timetable
from screens.language import Language
from services.rendering import Rendering
from storage.leadership import Leadership
from storage.unit_of_work import Store

log = structlog.get_logger("bot.app")

TELEGRAM = "telegram"
SWITCH_SECONDS = 0.0005
GC_THRESHOLD = (10_000, 20, 20)
LOOKED_AT_EVERY = timedelta(seconds=1)
"""A clock that is turned must not have to wait for the machine's own."""
CANCEL_AGAIN = 25.0
"""Longer than anything takes that finishes its work when it is cancelled."""
Clock = Callable[[], datetime]
T = TypeVar("T")


def utc_now() -> datetime:
    return datetime.now(UTC)


def build_dispatcher(
    store: Store,
    show: Show,
    languages: Mapping[str, Language],
    clock: Clock,
    platform: str,
    root: Router | None = None,
    scanner: Scanner | None = None,
) -> Dispatcher:
    """The doors in their order, then the handlers: ours, unless others are given."""
    dispatcher = Dispatcher(disable_fsm=True)
    for door in (
        ShowAnswer(store, show, languages, clock),
        Attachments(store, platform, scanner or Scanner()),
        Transaction(store, clock),
        Memory(platform),
        Identify(languages, platform),
    ):
        dispatcher.update.outer_middleware(door)
    dispatcher.include_router(root or routers())
    return dispatcher


def build_bot(token: str, api: str, proxy: str | None) -> Bot:
    session = JsonSession(proxy=proxy, api=TelegramAPIServer.from_base(api), limit=200)
    return Bot(token, session, DefaultBotProperties(parse_mode="HTML"))


def build_engine(database_url: str, store: Store, clock: Clock) -> Engine:
    """Several processes may share a PostgreSQL; there is one on SQLite."""
    if store.dialect == "sqlite":
        return OwnEngine(store, clock)
    # Loaded only where it is needed: it brings a driver of its own.
    from bot.shared_engine import SharedEngine

    return SharedEngine(database_url, store, clock, None if clock is utc_now else LOOKED_AT_EVERY)


class App:
    """The whole bot on one platform: intake, processing and the jobs."""

    def __init__(
        self,
        settings: Settings,
        store: Store,
        *,
        clock: Clock = utc_now,
        poll_seconds: int = 30,
        root: Router | None = None,
    ) -> None:
        token = settings.telegram_token.get_secret_value() if settings.telegram_token else ""
        self._settings, self._store, self._clock, self._token = settings, store, clock, token
        self._poll_seconds = poll_seconds
        self.bot = build_bot(token, settings.telegram_api, settings.proxy)
        self.governor = Governor(
            settings.send_per_second,
            settings.send_per_chat,
            per_group=settings.send_per_group,
            is_paid=settings.paid_broadcasts,
        )
        self.languages = read_languages(settings.money_unit)
        self.rendering = Rendering()
        writing = Writing(self.bot, store, TELEGRAM, self.rendering, clock)
        show = Show(self.bot, writing, self.governor, self._note_pause)
        self.scanner = Scanner()
        self.dispatcher = build_dispatcher(store, show, self.languages, clock, TELEGRAM, root, self.scanner)
        self.dispatcher["company"] = settings.company
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
        messenger = TelegramMessenger(self.bot, writing, self.governor, is_paid=settings.paid_broadcasts)
        rate = settings.send_per_second
        self.courier = Courier(store, {TELEGRAM: messenger}, self.languages, clock, rate)
        self.sender = CampaignSender(store, {TELEGRAM: messenger}, self.languages, clock, rate)
        self.timetable = Timetable(store, self.courier, clock, self.sender)
        self.keeper = Keeper(store, {TELEGRAM: messenger}, self.languages, clock)
        self.engine = build_engine(settings.database_url, store, clock)
        for job in JOBS:
            self.engine.periodic(job)

    async def _note_pause(self, seconds: float) -> None:
        """A reply was met with 429: other processes are to know."""
        async with self._store.unit_of_work() as uow:
            until = self._clock() + timedelta(seconds=seconds)
            await uow.pauses.put(TELEGRAM, self.bot.id, until)

    async def run(self, stop: asyncio.Event) -> None:
        """Until ``stop`` is set; then nothing more is taken, and what runs is finished."""
        # SQLite answers in threads of its own: they get the interpreter's lock sooner, the loop waits less.
        sys.setswitchinterval(SWITCH_SECONDS)
        # What was built for good is looked through no more, and what is young less often.
        gc.collect()
        gc.freeze()
        gc.set_threshold(*GC_THRESHOLD)
        async with AsyncExitStack() as stack:
            stack.push_async_callback(self.bot.session.close)
            stack.callback(self.rendering.close)
            stack.callback(self.scanner.close)
            session = await stack.enter_async_context(_session(self._settings.proxy))
            await freeze_restored(self._store, self._settings.sqlite_path, self._clock)
            if self._settings.sqlite_path is not None:
                marking = asyncio.create_task(keep_marking(self._store, self._settings.sqlite_path))
                stack.push_async_callback(_end, marking)
            # What runs by itself needs no leader: a process that waits for its turn takes its share of it.
            ticking = asyncio.create_task(self.engine.run())
            stack.push_async_callback(_end, ticking)
            stack.push_async_callback(self.engine.stop)
            leading = self._store.leadership(f"updates:{self.bot.id}")
            leadership = await _unless_stopped(stack.enter_async_context(leading), stop)
            if leadership is None:
                return
            intake = Intake(
                RawPoller(session, self._settings.telegram_api, self._token, self._poll_seconds),
                self._store,
                platform=TELEGRAM,
                bot_id=self.bot.id,
                bot=self.bot,
                clock=self._clock,
                hand_over=self.processing.hand_over,
                outages=Outages(self._store, TELEGRAM, self.bot.id, self._clock),
            )
            await keep_pace(self._store, self._settings.send_per_second, self._clock)
            naming = asyncio.create_task(learn_name(self.bot, self._store, TELEGRAM, self._clock))
            stack.push_async_callback(_end, naming)
            log.info("running", bot=self.bot.id)
            await self._supervise(intake, leadership, ticking, stop)
            log.info("stopped", bot=self.bot.id)

    async def _supervise(
        self, intake: Intake, leadership: Leadership, ticking: asyncio.Task[None], stop: asyncio.Event
    ) -> None:
        """All run until ``stop``, or until one of them ends, which none should: then its fault goes up."""
        polling = asyncio.create_task(intake.run())
        working = asyncio.create_task(self.processing.run())
        telling = asyncio.create_task(self.timetable.run())
        showing = asyncio.create_task(self.keeper.run())
        keeping = asyncio.create_task(leadership.keep())
        stopping = asyncio.create_task(stop.wait())
        running = (polling, working, telling, showing, ticking, keeping, stopping)
        try:
            ended, _running = await asyncio.wait(running, return_when=asyncio.FIRST_COMPLETED)
        finally:
            await _end(polling)
            await asyncio.gather(self.processing.stop(), self.timetable.stop(), self.engine.stop())
            await _end(telling, showing, working, keeping, stopping)
        for task in ended:
            task.result()


async def _end(*tasks: asyncio.Task[Any]) -> None:
    """Cancel and wait; how they ended is left in them.

    Cancelled once more where it takes long: in Python 3.11 ``wait_for`` forgets a cancel that comes together
    with what it waits for, and drivers use it.
    """
    running = set(tasks)
    while running:
        for task in running:
            task.cancel()
        _ended, running = await asyncio.wait(running, timeout=CANCEL_AGAIN)
    await asyncio.gather(*tasks, return_exceptions=True)


async def _unless_stopped(waiting: Coroutine[Any, Any, T], stop: asyncio.Event) -> T | None:
    """What we wait for; None when ``stop`` was set before it came."""
    task, stopping = asyncio.create_task(waiting), asyncio.create_task(stop.wait())
    try:
        await asyncio.wait((task, stopping), return_when=asyncio.FIRST_COMPLETED)
    finally:
        stopping.cancel()
        if not task.done():
            await _end(task)
    return None if task.cancelled() else task.result()


def _session(proxy: str | None) -> aiohttp.ClientSession:
    if proxy is None:
        return aiohttp.ClientSession()
    return aiohttp.ClientSession(connector=ProxyConnector.from_url(proxy))
