"""C-3's lane: what is told of an order goes past a campaign at its full rate, also in a storm."""

from __future__ import annotations

import asyncio
import random
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from time import monotonic
from typing import Any

from bot.app import build_bot
from bot.governor import Governor
from bot.languages import read_languages
from bot.messenger import TelegramMessenger
from bot.writing import Writing
from domain.notifications import Notification, Recipient
from jobs.deliver import Courier
from jobs.sending import CampaignSender
from jobs.timetable import TELL_EVERY
from sandbox.mailing import FIRST_USER, lay_mailing
from storage.unit_of_work import Store
from tests.conftest import NOW
from tests.nemesis.harness import FULL, seeded, trials
from tests.nemesis.post_office import TOKEN, Answer, Call, PostOffice, a_post_office, done, refused
from tests.patience import until

BOT, PLATFORM = 42, "telegram"
OPEN = NOW + timedelta(hours=10)
LIMIT, SPEED = 30, 5
BULK, NOTICES = 400, 15
EVERY, IN_A_STORM, MOST_SECONDS = 0.6, 1.4, 5.0
MOST_IN_A_STORM = 5.0 if FULL else 8.0
"""Each refusal silences everybody for a second: in a storm about two messages a second come through."""
Ask = Callable[[Call], Answer]


@dataclass
class Lanes:
    """A campaign and the outbox under one budget, on a clock that runs faster; when each notice arrived."""

    store: Store
    office: PostOffice
    messenger: TelegramMessenger
    began: float = field(default_factory=monotonic)
    put_at: dict[int, float] = field(default_factory=dict)
    took: list[float] = field(default_factory=list)

    def clock(self) -> datetime:
        return OPEN + timedelta(seconds=(monotonic() - self.began) * SPEED)

    def hear(self, answer: Ask) -> None:
        def heard(call: Call) -> Answer:
            said = answer(call)
            if said.status == 200 and call.chat_id in self.put_at:
                self.took.append((call.at - self.put_at.pop(call.chat_id)) * SPEED)
            return said

        self.office.answer = heard

    async def put(self, *people: int) -> None:
        now = self.clock()
        async with self.store.unit_of_work() as uow:
            await uow.outbox.put(*(_notice(each - FIRST_USER, now) for each in people))

    async def tell_of_orders(self, people: tuple[int, ...], every: float = EVERY) -> None:
        for each in people:
            self.put_at[each] = monotonic()
            await self.put(each)
            await asyncio.sleep(every / SPEED)
        await until(lambda: len(self.took) == len(people), "all notices are told")

    async def courier(self) -> None:
        courier = Courier(self.store, {PLATFORM: self.messenger}, read_languages(), self.clock)
        while True:
            await courier.sweep()
            await asyncio.sleep(TELL_EVERY / SPEED)

    async def sender(self) -> None:
        sender = CampaignSender(self.store, {PLATFORM: self.messenger}, read_languages(), self.clock)
        while True:
            await sender.sweep()
            await asyncio.sleep(TELL_EVERY / SPEED)

    @property
    def p95(self) -> float:
        return sorted(self.took)[int((len(self.took) - 1) * 0.95)]


def _notice(contact_id: int, due_at: datetime) -> Notification:
    to = Recipient(contact_id=contact_id)
    return Notification(key=f"fault:{contact_id}", kind="fault", to=to, subject_id=1, due_at=due_at)


@asynccontextmanager
async def lanes(store: Store) -> AsyncIterator[Lanes]:
    async with a_post_office() as office:
        bot = build_bot(TOKEN, office.url, None)
        governor = Governor(
            LIMIT, 1, lambda: monotonic() * SPEED, sleep=lambda seconds: asyncio.sleep(seconds / SPEED)
        )
        try:
            yield Lanes(store, office, TelegramMessenger(bot, Writing(bot, store, PLATFORM), governor))
        finally:
            governor.close()
            await bot.session.close()


async def _beside(telling_orders: Awaitable[None], *working: asyncio.Task[None]) -> None:
    try:
        await telling_orders
    finally:
        for task in working:
            task.cancel()
        await asyncio.gather(*working, return_exceptions=True)


def _stormy(chance: random.Random) -> Ask:
    """A third of all calls are refused, for the shortest time that there is or without a word about it."""
    ways: tuple[dict[str, Any], ...] = (
        {"parameters": {"retry_after": 0}},
        {"parameters": {"retry_after": 1}},
        {},
    )

    def answer(call: Call) -> Answer:
        if chance.random() >= 0.3:
            return done(call)
        return refused(429, "Too Many Requests", **chance.choice(ways))

    return answer


async def test_orders_are_told_of_past_a_campaign(store: Store) -> None:
    for trial in range(trials(10, 1)):
        await _one_trial(store, 70 + trial * 2, EVERY, MOST_SECONDS, lambda _chance: done)


async def test_orders_are_told_of_past_a_campaign_in_a_storm(sqlite_store: Store) -> None:
    for trial in range(trials(10, 1)):
        await _one_trial(sqlite_store, 70 + trial * 2, IN_A_STORM, MOST_IN_A_STORM, _stormy)


async def _one_trial(
    store: Store, number: int, every: float, most: float, weather: Callable[[random.Random], Ask]
) -> None:
    chance, seed = seeded("C-3 lane", number)
    async with lanes(store) as telling:
        bulk = await lay_mailing(store, BULK, OPEN, bot_id=BOT, campaign_id=number)
        people = await lay_mailing(store, NOTICES, OPEN, bot_id=BOT, campaign_id=number + 1, state="paused")
        telling.hear(weather(chance))
        sending = asyncio.ensure_future(telling.sender())
        await until(lambda: len(telling.office.calls) > 5, "the campaign goes out")
        courier = asyncio.ensure_future(telling.courier())
        await _beside(telling.tell_of_orders(people, every), sending, courier)
        assert telling.p95 < most, (seed, telling.took)
        assert len(set(telling.office.arrived) & set(bulk)) < BULK, "the campaign was over too early"


async def test_in_one_queue_orders_wait_for_the_whole_campaign(sqlite_store: Store) -> None:
    """The negative control: first come, first served."""
    async with lanes(sqlite_store) as telling:
        bulk = await lay_mailing(sqlite_store, BULK, OPEN, bot_id=BOT, state="paused")
        people = await lay_mailing(sqlite_store, 4, OPEN, bot_id=BOT, campaign_id=71, state="paused")
        await telling.put(*bulk)
        telling.hear(done)
        await _beside(telling.tell_of_orders(people), asyncio.ensure_future(telling.courier()))
        assert telling.p95 > MOST_SECONDS
