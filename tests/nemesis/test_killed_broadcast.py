"""C-1 and C-2: senders that are killed or stopped in the middle lose nothing and repeat next to nothing."""

from __future__ import annotations

import asyncio
import random
import signal
import sqlite3
import sys
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from time import time
from typing import Any

import pytest
from sqlalchemy import func, select, text

from domain.notifications import MessageClass, Notification, Outcome, Recipient
from jobs.conveyor import AT_ONCE
from jobs.deliver import Told
from sandbox.mailing import lay_mailing
from services.notifications import conclude
from storage.notifications import LEASE
from storage.tables.campaigns import campaign_recipients
from storage.tables.messages import notifications
from storage.unit_of_work import Store, open_store
from tests.conftest import NOW
from tests.nemesis.harness import FULL, Child, Zygote, seeded
from tests.nemesis.post_office import TOKEN, PostOffice, a_post_office
from tests.patience import pass_time, until

BOT = 42
OPEN = NOW + timedelta(hours=10)
RATE = 200.0
KILLS = 200 if FULL else 4
PEOPLE = 6_000 if FULL else 250
MOST_ROUNDS = 12 if FULL else 1
"""Campaigns one after the other until there were enough kills."""
LIVES = 0.4 if FULL else 0.25
"""Seconds that a sender has at most when it has begun to send."""


@dataclass
class Broadcast:
    """Recipients, the messenger they are written to by, and the processes that write."""

    office: PostOffice
    store: Store
    zygote: Zygote
    options: dict[str, Any]
    people: tuple[int, ...] = ()
    children: list[Child] = field(default_factory=list)

    def start(self, **more: Any) -> Child:
        child = self.zygote.start("sender", {**self.options, **more})
        self.children.append(child)
        return child

    async def lay_campaign(self, count: int, number: int = 70) -> None:
        self.people = await lay_mailing(self.store, count, OPEN, bot_id=BOT, campaign_id=number)

    async def lay_notices(self, count: int, number: int = 70) -> None:
        self.people = await lay_mailing(
            self.store, count, OPEN, bot_id=BOT, campaign_id=number, state="paused"
        )
        first = number * 1_000_000
        async with self.store.unit_of_work() as uow:
            await uow.outbox.put(*(_notice(first + each) for each in range(count)))

    async def states(self, of: Any) -> Counter[str]:
        async with self.store.reading() as uow:
            rows = await uow.connection.execute(
                select(of.c.state, func.count().label("n")).group_by(of.c.state)
            )
            return Counter({row.state: row.n for row in rows})

    async def kill_at_random(self, of: Any, chance: random.Random, most: int, **more: Any) -> int:
        """Start a sender, kill it in the middle, and so on until nothing is left; how many were killed."""
        killed = 0
        while await self._is_open(of):
            before = len(self.office.calls)
            child = self.start(**more)
            await self._has_work_done(of, before + 1)
            if killed >= most:
                await self.is_through(of)
            else:
                await pass_time(chance.uniform(0.02, LIVES))
                killed += 1
            await child.kill()
        return killed

    async def has_sent(self, count: int, child: Child) -> None:
        """So many calls have arrived in all, or there is nobody who could make them."""
        await until(lambda: len(self.office.calls) >= count or not child.is_alive, "it sends")

    async def stop(self, child: Child) -> None:
        """Let it stand still where it has nothing locked: that would be free only after a minute."""

        async def stands_still() -> bool:
            child._signal(signal.SIGSTOP)
            if not await self._is_locked():
                return True
            child._signal(signal.SIGCONT)
            return False

        await until(stands_still, "it stands still")

    async def _is_locked(self) -> bool:
        if self.store.dialect == "sqlite":
            return await asyncio.to_thread(_cannot_write, self.options["database_url"].split(":///")[1])
        async with self.store.reading() as uow:
            return bool(await uow.connection.scalar(text(_AT_WORK)))

    async def _has_work_done(self, of: Any, count: int) -> None:
        """It has sent something, or found that only what may not be told twice was left."""

        async def has() -> bool:
            return len(self.office.calls) >= count or not await self._is_open(of)

        await until(has, "it sends")

    async def _is_open(self, of: Any) -> bool:
        states = await self.states(of)
        return bool(states["new"] + states["leased"] + states["sending"])

    async def is_through(self, of: Any) -> None:
        async def is_closed() -> bool:
            return not await self._is_open(of)

        await until(is_closed, "all is sent", 240)


_AT_WORK = (
    "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND xact_start IS NOT NULL"
    " AND pid <> pg_backend_pid() AND backend_type = 'client backend'"
)


def _cannot_write(path: str) -> bool:
    with closing(sqlite3.connect(path, timeout=0.1, isolation_level=None)) as connection:
        try:
            connection.execute("BEGIN IMMEDIATE")
            connection.execute("ROLLBACK")
        except sqlite3.OperationalError:
            return True
    return False


def _notice(contact_id: int) -> Notification:
    to = Recipient(contact_id=contact_id)
    return Notification(key=f"fault:{contact_id}", kind="fault", to=to, subject_id=1, due_at=OPEN)


@asynccontextmanager
async def a_broadcast(zygote: Zygote, database_url: str, **more: Any) -> AsyncIterator[Broadcast]:
    store = open_store(database_url)
    async with a_post_office() as office:
        options = {"database_url": database_url, "api": office.url, "token": TOKEN, "per_second": RATE}
        options |= {"clock": OPEN.isoformat(), "since": time(), **more}
        broadcast = Broadcast(office, store, zygote, options)
        try:
            yield broadcast
        finally:
            for child in broadcast.children:
                await child.kill()
            await store.close()


async def test_killed_notices_are_never_lost(
    zygote: Zygote, database_url: str, capsys: pytest.CaptureFixture[str]
) -> None:
    chance, seed = seeded("C-1 notices")
    killed = repeated = lost = 0
    async with a_broadcast(zygote, database_url) as broadcast:
        for number in range(70, 70 + MOST_ROUNDS):
            await broadcast.lay_notices(PEOPLE, number)
            broadcast.office.calls.clear()
            kills = await broadcast.kill_at_random(notifications, chance, KILLS - killed)
            arrived = broadcast.office.arrived
            killed += kills
            lost += sum(arrived[each] == 0 for each in broadcast.people)
            again = sum(arrived[each] - 1 for each in broadcast.people if arrived[each])
            assert again <= AT_ONCE * kills, seed
            repeated += again
            told = PEOPLE * (number - 69)
            if killed >= KILLS:
                break
        assert await broadcast.states(notifications) == {"delivered": told}, seed
    _say(capsys, f"C-1 notices: {killed} kills, {lost} lost, {repeated} repeated, 0 parked")
    assert (lost, killed >= min(KILLS, 2)) == (0, True), seed


async def test_killed_promotions_are_never_repeated(
    zygote: Zygote, database_url: str, capsys: pytest.CaptureFixture[str]
) -> None:
    chance, seed = seeded("C-1 promotions")
    killed = repeated = lost = parked = 0
    async with a_broadcast(zygote, database_url) as broadcast:
        for number in range(70, 70 + MOST_ROUNDS):
            await broadcast.lay_campaign(PEOPLE, number)
            broadcast.office.calls.clear()
            kills = await broadcast.kill_at_random(campaign_recipients, chance, KILLS - killed)
            arrived = broadcast.office.arrived
            killed += kills
            repeated += sum(arrived[each] > 1 for each in broadcast.people)
            missing = sum(arrived[each] == 0 for each in broadcast.people)
            uncertain = (await broadcast.states(campaign_recipients))["uncertain"] - parked
            lost += max(0, missing - uncertain)
            parked += uncertain
            assert uncertain <= AT_ONCE * kills, seed
            if killed >= KILLS:
                break
        states = await broadcast.states(campaign_recipients)
        assert set(states) <= {"sent", "uncertain"}, seed
    _say(capsys, f"C-1 promotions: {killed} kills, {lost} lost, {repeated} repeated, {parked} parked")
    assert (lost, repeated, killed >= min(KILLS, 2)) == (0, 0, True), seed


async def test_a_cursor_that_is_moved_at_fetch_loses(zygote: Zygote, sqlite_url: str) -> None:
    """The negative control: whoever was fetched and not sent is never fetched again."""
    async with a_broadcast(zygote, sqlite_url, per_second=50) as broadcast:
        await broadcast.lay_campaign(100)
        for _kill in range(2):
            child = broadcast.start(variant="cursor")
            await broadcast.has_sent(len(broadcast.office.calls) + 1, child)
            await child.kill()
        await broadcast.start(variant="cursor", per_second=0).ended()
        assert any(broadcast.office.arrived[each] == 0 for each in broadcast.people)


async def test_marking_after_without_a_lease_repeats(zygote: Zygote, sqlite_url: str) -> None:
    """The negative control: two workers know nothing of each other, and a killed one of nothing at all."""
    repeated = 0
    for number in range(90, 94):
        # One may be through before the other has begun; then they are tried again.
        async with a_broadcast(zygote, sqlite_url, per_second=80) as broadcast:
            await broadcast.lay_campaign(120, number)
            first, second = broadcast.start(variant="after"), broadcast.start(variant="after")
            await first.ended()
            await second.ended()
            repeated = sum(broadcast.office.arrived[each] > 1 for each in broadcast.people)
        if repeated > AT_ONCE:
            break
    assert repeated > AT_ONCE


async def test_a_stopped_sender_that_wakes_up_repeats_no_more_than_it_had_in_flight(
    zygote: Zygote, database_url: str
) -> None:
    """C-2: it stood still for longer than its lease, and another has taken over meanwhile."""
    chance, seed = seeded("C-2")
    for number in range(70, 70 + (50 if FULL else 1)):
        # A lease of two minutes is over in two seconds here.
        async with a_broadcast(zygote, database_url, clock_rate=60, beside_another=True) as broadcast:
            await broadcast.lay_notices(150, number)
            stopped = broadcast.start()
            await broadcast.has_sent(5, stopped)
            await pass_time(chance.uniform(0, 0.2))
            await broadcast.stop(stopped)
            other = broadcast.start()
            await broadcast.is_through(notifications)
            stopped._signal(signal.SIGCONT)
            await pass_time(0.5)
            await other.kill()
            await stopped.kill()
            arrived = broadcast.office.arrived
            assert sum(arrived[each] == 0 for each in broadcast.people) == 0, seed
            assert sum(arrived[each] - 1 for each in broadcast.people) <= AT_ONCE, seed
            assert set(await broadcast.states(notifications)) == {"delivered"}, seed


async def test_whoever_lost_the_lease_marks_nothing(store: Store) -> None:
    """C-2, step by step: fencing; told without its token the same result would be written down."""
    await lay_mailing(store, 1, OPEN, bot_id=BOT, state="paused")
    async with store.unit_of_work() as uow:
        await uow.outbox.put(_notice(70_000_000))
    stale = await _claim(store, OPEN)
    fresh = await _claim(store, OPEN + LEASE + timedelta(seconds=1))
    assert stale.id == fresh.id
    await _conclude(store, stale)
    assert await _state(store) == "sending"
    await _conclude(store, fresh)
    assert await _state(store) == "delivered"


async def test_a_promotion_that_is_lost_in_the_outbox_is_parked(store: Store) -> None:
    await lay_mailing(store, 1, OPEN, bot_id=BOT, state="paused")
    to = Recipient(contact_id=70_000_000)
    nudge = Notification(
        key="n", kind="fault", to=to, subject_id=1, due_at=OPEN, message_class=MessageClass.PROMOTION
    )
    async with store.unit_of_work() as uow:
        await uow.outbox.put(nudge)
    await _claim(store, OPEN)
    async with store.unit_of_work() as uow:
        assert await uow.outbox.park_lost(OPEN + LEASE + timedelta(seconds=1)) == 1
    assert await _state(store) == "uncertain"


async def _claim(store: Store, now: datetime) -> Any:
    async with store.unit_of_work() as uow:
        (telling,) = await uow.outbox.claim(now, 5)
        return telling


async def _conclude(store: Store, telling: Any) -> None:
    async with store.unit_of_work() as uow:
        await conclude(uow, [(telling, Told(Outcome.DELIVERED, message_id=1))], OPEN)


async def _state(store: Store) -> str:
    async with store.reading() as uow:
        return str(await uow.connection.scalar(select(notifications.c.state)))


def _say(capsys: pytest.CaptureFixture[str], words: str) -> None:
    with capsys.disabled():
        sys.stdout.write(f"\n{words}\n")
