"""What is killed in the middle of a broadcast: the courier and the sender of campaigns, and naive ones."""

from __future__ import annotations

import asyncio
import signal
from collections.abc import Callable
from datetime import datetime, timedelta
from time import time
from typing import Any

from sqlalchemy import select, update

from bot.app import build_bot
from bot.governor import Governor
from bot.languages import read_languages
from bot.logging import set_up_logging
from bot.messenger import TelegramMessenger
from bot.writing import Writing
from jobs.conveyor import AT_ONCE
from jobs.deliver import Courier
from jobs.sending import CampaignSender
from jobs.timetable import Timetable
from screens.screen import Screen
from storage.tables.campaigns import campaign_recipients
from storage.tables.people import identities
from storage.unit_of_work import Store, open_store

Options = dict[str, Any]
PLATFORM = "telegram"


def run_sender(options: Options) -> None:
    """Until SIGTERM."""
    set_up_logging("info", "json")
    asyncio.run(_run(options))


async def _run(options: Options) -> None:
    stop = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stop.set)
    store = open_store(options["database_url"])
    bot = build_bot(options["token"], options["api"], None)
    rate = float(options["per_second"])
    clock = a_clock(options)
    messenger = TelegramMessenger(bot, Writing(bot, store, PLATFORM), Governor(rate, 0))
    variant = options.get("variant", "ours")
    if variant == "ours":
        courier = Courier(store, {PLATFORM: messenger}, read_languages(), clock, rate)
        sender = CampaignSender(store, {PLATFORM: messenger}, read_languages(), clock, rate)
        if options.get("beside_another"):
            courier.begin = sender.begin = _nothing  # type: ignore[method-assign]
        timetable = Timetable(store, courier, clock, sender)
        work: Any = _leading(store, timetable) if options.get("leads") else timetable.run()
    else:
        work = (_by_cursor if variant == "cursor" else _mark_after)(store, messenger)
    working = asyncio.create_task(work)
    stopping = asyncio.create_task(stop.wait())
    await asyncio.wait((working, stopping), return_when=asyncio.FIRST_COMPLETED)
    if variant == "ours" and not working.done():
        await timetable.stop()
    for task in (working, stopping):
        task.cancel()
    await asyncio.gather(working, stopping, return_exceptions=True)
    await bot.session.close()
    await store.close()


def a_clock(options: Options) -> Callable[[], datetime]:
    """The time that all processes of a trial share; it may run faster than the real one."""
    start, since = datetime.fromisoformat(options["clock"]), float(options["since"])
    rate = float(options.get("clock_rate", 1))
    return lambda: start + timedelta(seconds=(time() - since) * rate)


async def _leading(store: Store, timetable: Timetable) -> None:
    """As the whole bot does: nobody tells anything who does not lead."""
    async with store.leadership("updates:42"):
        await timetable.run()


async def _nothing() -> None:
    return


async def _by_cursor(store: Store, messenger: TelegramMessenger) -> None:
    """The place in the list is moved when the next ones are fetched, as listmonk did."""
    while True:
        async with store.unit_of_work() as uow:
            last = int(await uow.company.decided("cursor", 0))
            found = await _chats(uow, last)
            if found:
                await uow.company.decide("cursor", found[-1][0], datetime.fromisoformat("2026-11-22T00:00Z"))
        if not found:
            return
        await asyncio.gather(*(messenger.send(chat, Screen("سلام")) for _id, chat in found))


async def _mark_after(store: Store, messenger: TelegramMessenger) -> None:
    """What was sent is marked when the batch is through; nobody knows that it is being sent."""
    while True:
        async with store.reading() as uow:
            found = await _chats(uow, 0)
        if not found:
            return
        await asyncio.gather(*(messenger.send(chat, Screen("سلام")) for _id, chat in found))
        async with store.unit_of_work() as uow:
            ids = [each for each, _chat in found]
            sent = update(campaign_recipients).where(campaign_recipients.c.id.in_(ids))
            await uow.connection.execute(sent.values(state="sent"))


async def _chats(uow: Any, after: int) -> list[tuple[int, int]]:
    wanted = (
        select(campaign_recipients.c.id, identities.c.user_id)
        .join(identities, identities.c.contact_id == campaign_recipients.c.contact_id)
        .where(campaign_recipients.c.state == "new", campaign_recipients.c.id > after)
        .order_by(campaign_recipients.c.id)
        .limit(AT_ONCE)
    )
    return [(row.id, row.user_id) for row in await uow.connection.execute(wanted)]
