"""Row A-12: after an outage nobody is stuck, and what was lost is counted and alarmed."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Sequence
from datetime import datetime, timedelta

import pytest
from sqlalchemy import select
from structlog.testing import capture_logs

from bot import metrics
from bot.intake import Intake
from bot.outages import BALE, WHOLE_BATCH, Outages
from domain.actors import Actor
from domain.outages import MOST_KEPT
from services.notifications import why_not
from storage.memory import Place, Remembered
from storage.tables.messages import notifications
from storage.tables.people import identities
from storage.unit_of_work import Store
from tests.bot.kit import a_text
from tests.builders.catalogue import a_product
from tests.builders.orders import a_basket, a_buyer
from tests.builders.reminders import reachable
from tests.conftest import NOW
from tests.nemesis.harness import seeded, trials
from tests.nemesis.messenger import FakeMessenger
from tests.patience import until

PLATFORM, BOT_ID = "telegram", 42
SOON = timedelta(minutes=2)
Reason = tuple[int, bool]
"""How many lines the basket has, and whether a question is open."""


class Line:
    """An intake between a messenger and a database, with a clock and real seconds that a test turns."""

    def __init__(self, store: Store, platform: str = PLATFORM, now: datetime = NOW) -> None:
        self.store, self.platform, self.now, self.tick = store, platform, now, 1_000.0
        self.messenger = FakeMessenger()
        self.starts()

    def starts(self, *, watches: bool = True) -> None:
        """A new process, which remembers nothing."""
        self.outages = Outages(self.store, self.platform, BOT_ID, lambda: self.now, lambda: self.tick)
        self.connects(watches=watches)

    def connects(self, *, watches: bool = True) -> None:
        self._intake = Intake(
            self.messenger,
            self.store,
            platform=self.platform,
            bot_id=BOT_ID,
            clock=lambda: self.now,
            hand_over=lambda _fresh: None,
            outages=self.outages if watches else None,
        )

    def passes(self, time: timedelta) -> None:
        self.now += time
        self.tick += time.total_seconds()

    async def polls(self) -> None:
        """Once, and what came is worked off."""
        before = len(self.messenger.offsets)
        running = asyncio.create_task(self._intake.run())
        await until(lambda: len(self.messenger.offsets) >= before + 2, "it has polled", every=0.001)
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)
        async with self.store.unit_of_work() as uow:
            waiting = await uow.inbox.list_new(self.platform, BOT_ID, 5_000)
            await uow.inbox.mark_done([each.id for each in waiting], self.now)

    async def says(self, *people: int) -> None:
        for person in people:
            self.messenger.push(a_text(person, "سلام"))
        await self.polls()

    async def resumed(self) -> dict[int, Reason]:
        """Who is told how it stands, by user id."""
        told = select(identities.c.user_id, notifications.c.facts).join(
            notifications, notifications.c.identity_id == identities.c.id
        )
        async with self.store.reading() as uow:
            rows = await uow.connection.execute(told.where(notifications.c.kind == "resumed"))
            return {row.user_id: (row.facts["lines"], row.facts["is_asked"]) for row in rows}


async def _shops(store: Store, count: int) -> Sequence[Actor]:
    async with store.unit_of_work() as uow:
        return [await reachable(uow, await a_buyer(uow)) for _ in range(count)]


async def _fills(store: Store, shop: Actor, lines: int) -> None:
    async with store.unit_of_work() as uow:
        await a_basket(uow, shop, {await a_product(uow): 2 for _ in range(lines)})


async def _is_asked(store: Store, shop: Actor) -> None:
    user_id = shop.identity.user_id
    place = Place(platform=PLATFORM, bot_id=BOT_ID, user_id=user_id, chat_id=user_id)
    async with store.unit_of_work() as uow:
        await uow.memory.save(place, Remembered(state="asking", data={}), NOW)


async def test_who_was_in_the_middle_of_something_sees_where_it_stands(store: Store) -> None:
    for trial in range(trials(20, 2)):
        chance, seed = seeded("A-12", trial)
        # Each trial after the one before, so that nobody is counted twice.
        line = Line(store, now=NOW + trial * timedelta(days=30))
        before = await line.resumed()
        wanted = await _trial(line, chance)
        assert {who: told for who, told in (await line.resumed()).items() if who not in before} == wanted, (
            seed
        )


async def _trial(line: Line, chance: random.Random) -> dict[int, Reason]:
    shops = await _shops(line.store, 6)
    wanted: dict[int, Reason] = {}
    early: list[int] = []
    active: list[int] = []
    for shop in shops:
        lines, is_asked, is_active = chance.randrange(3), chance.random() < 0.4, chance.random() < 0.7
        if lines:
            await _fills(line.store, shop, lines)
        if is_asked:
            await _is_asked(line.store, shop)
        (active if is_active else early).append(shop.identity.user_id)
        if is_active and (lines or is_asked):
            wanted[shop.identity.user_id] = (lines, is_asked)
    await line.says(*early)
    # An hour of polling that found nothing.
    line.now += timedelta(hours=1)
    await line.says(*active)
    line.passes(SOON)
    await line.polls()
    assert not set(await line.resumed()) & set(wanted), "two minutes are no outage"
    line.passes(timedelta(seconds=chance.uniform(151, 3_000)))
    if chance.random() < 0.5:
        line.starts()
    await line.polls()
    line.passes(timedelta(seconds=20))
    line.starts()
    await line.polls()
    return wanted


async def test_without_a_look_back_they_are_stuck(store: Store) -> None:
    """The negative control: polling just goes on, and nobody hears that a tap was lost."""
    (shop,) = await _shops(store, 1)
    await _fills(store, shop, 1)
    line = Line(store)
    line.starts(watches=False)
    await line.says(shop.identity.user_id)
    line.passes(timedelta(minutes=10))
    await line.polls()
    assert await line.resumed() == {}


async def test_a_turned_clock_is_no_outage(store: Store) -> None:
    (shop,) = await _shops(store, 1)
    await _fills(store, shop, 1)
    line = Line(store)
    await line.says(shop.identity.user_id)
    line.now += timedelta(days=2)
    line.tick += 20
    await line.polls()
    assert await line.resumed() == {}


async def test_by_the_clock_on_the_wall_a_turned_clock_is_an_outage(store: Store) -> None:
    """The negative control: ours but for what it reckons with, and people hear of an outage that was none."""
    (shop,) = await _shops(store, 1)
    await _fills(store, shop, 1)
    line = Line(store)
    line.outages = Outages(store, PLATFORM, BOT_ID, lambda: line.now, lambda: line.now.timestamp())
    line.connects()
    await line.says(shop.identity.user_id)
    line.now += timedelta(minutes=10)
    line.tick += 20
    await line.polls()
    assert set(await line.resumed()) == {shop.identity.user_id}


async def test_whoever_comes_back_alone_is_told_nothing(store: Store) -> None:
    (shop,) = await _shops(store, 1)
    await _fills(store, shop, 1)
    line = Line(store)
    await line.says(shop.identity.user_id)
    line.passes(timedelta(minutes=5))
    await line.polls()
    line.passes(timedelta(seconds=6))
    async with store.unit_of_work() as uow:
        (telling,) = await uow.outbox.claim(line.now, 5)
        assert await why_not(uow, telling, line.now) is None
    await line.says(shop.identity.user_id)
    async with store.reading() as uow:
        assert await why_not(uow, telling, line.now) is not None


@pytest.mark.parametrize(("hours", "is_lost"), [(23, False), (25, True)])
async def test_what_even_messages_do_not_survive_is_counted_and_alarmed(
    sqlite_store: Store, hours: int, is_lost: bool
) -> None:
    line = Line(sqlite_store)
    await line.polls()
    line.passes(timedelta(hours=hours))
    line.starts()
    counted = metrics.outages_with_loss.labels(PLATFORM)._value.get()
    with capture_logs() as logs:
        await line.polls()
    assert metrics.outages_with_loss.labels(PLATFORM)._value.get() == counted + is_lost
    alarms = [each for each in logs if each["log_level"] == "error"]
    assert [each["event"] for each in alarms] == ["updates older than a day are lost"] * is_lost


@pytest.mark.parametrize(
    ("platform", "waited", "is_alarmed"),
    [(BALE, MOST_KEPT, True), (BALE, MOST_KEPT - 100, False), (PLATFORM, MOST_KEPT, False)],
)
async def test_a_backlog_as_long_as_bale_keeps_is_alarmed(
    sqlite_store: Store, platform: str, waited: int, is_alarmed: bool
) -> None:
    line = Line(sqlite_store, platform)
    await line.polls()
    line.passes(timedelta(minutes=10))
    with capture_logs() as logs:
        for _batch in range(waited // WHOLE_BATCH):
            await line.outages.heard(WHOLE_BATCH, WHOLE_BATCH)
        await line.outages.heard(3, 3)
    said = [each["event"] for each in logs if each["log_level"] == "error"]
    assert said == ["the messenger may have dropped updates"] * is_alarmed
