"""Notices are told at least once, each one written down, and nobody's fault stops the others."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from sqlalchemy import insert, select, update

from domain.notifications import MessageClass, Notification, Outcome, Recipient
from jobs.deliver import Courier, May, Told
from jobs.timetable import Timetable
from screens.language import Language
from screens.screen import Screen
from storage.notifications import LEASE
from storage.tables.messages import delivery_attempts, notifications
from storage.tables.people import identities, reaches
from storage.unit_of_work import Store
from tests.patience import until

PLATFORM = "telegram"
DELIVERED = Told(Outcome.DELIVERED, message_id=7)


class FakeMessenger:
    """What is sent is kept; how it ends is the test's choice, by the number of the attempt."""

    def __init__(self, *ends: Told) -> None:
        self.sent: list[tuple[int, str]] = []
        self._ends = list(ends)
        self.waited = 0.0
        self.while_sending: Callable[[], None] = lambda: None
        self.may_end = asyncio.Event()
        self.may_end.set()

    async def send(
        self,
        chat_id: int,
        screen: Screen,
        message_class: MessageClass = MessageClass.NOTICE,
        may: May | None = None,
    ) -> Told:
        if may is not None and (untold := await may()) is not None:
            return untold
        self.sent.append((chat_id, screen.text))
        self.while_sending()
        await self.may_end.wait()
        return self._ends.pop(0) if self._ends else DELIVERED

    async def edit(
        self,
        chat_id: int,
        message_id: int,
        screen: Screen,
        message_class: MessageClass = MessageClass.NOTICE,
        may: May | None = None,
    ) -> Told:
        return await self.send(chat_id, screen, message_class, may)

    def pause(self, seconds: float) -> None:
        self.waited = seconds

    def waits(self) -> float:
        return self.waited

    def close(self) -> None:
        self.may_end.set()


class Office:
    """A courier over a real database, whose clock is the test's."""

    def __init__(self, store: Store, messenger: FakeMessenger, language: Language, now: datetime) -> None:
        self.store, self.messenger, self.now = store, messenger, now
        self.courier = Courier(store, {PLATFORM: messenger}, {"fa": language}, lambda: self.now)

    async def knows(self, user_id: int) -> Recipient:
        """Somebody who can be written to."""
        async with self.store.unit_of_work() as uow:
            who = {"platform": PLATFORM, "user_id": user_id, "created_at": self.now}
            made = await uow.connection.execute(insert(identities).values(**who).returning(identities.c.id))
            identity_id = int(made.scalar_one())
            place = {"platform": PLATFORM, "bot_id": 42, "chat_id": user_id, "seen_at": self.now}
            await uow.connection.execute(insert(reaches).values(**place, identity_id=identity_id))
        return Recipient(identity_id=identity_id)

    async def put(self, to: Recipient, key: str = "fault:1", **more: object) -> None:
        told = Notification(key=key, kind="fault", to=to, subject_id=1, due_at=self.now, **more)  # type: ignore[arg-type]
        async with self.store.unit_of_work() as uow:
            await uow.outbox.put(told)

    async def states(self) -> list[tuple[str, int]]:
        async with self.store.reading() as uow:
            rows = await uow.connection.execute(
                select(notifications.c.state, notifications.c.attempts).order_by(notifications.c.id)
            )
            return [(row.state, row.attempts) for row in rows]

    async def outcomes(self) -> list[str | None]:
        async with self.store.reading() as uow:
            found = select(delivery_attempts.c.outcome).order_by(delivery_attempts.c.id)
            return list(await uow.connection.scalars(found))

    async def sweep_after(self, seconds: float) -> int:
        self.now += timedelta(seconds=seconds)
        return await self.courier.sweep()


@pytest.fixture
def office(store: Store, english: Language, now: datetime) -> Office:
    return Office(store, FakeMessenger(), english, now)


async def test_what_is_due_is_told_once(office: Office) -> None:
    await office.put(await office.knows(5))
    assert (await office.courier.sweep(), await office.courier.sweep()) == (1, 0)
    assert len(office.messenger.sent) == 1
    assert await office.states() == [("delivered", 1)]


async def test_the_same_thing_is_never_put_twice(office: Office) -> None:
    to = await office.knows(5)
    await office.put(to)
    await office.put(to)
    assert await office.courier.sweep() == 1


async def test_what_is_not_due_waits(office: Office) -> None:
    to = await office.knows(5)
    later = office.now + timedelta(minutes=5)
    async with office.store.unit_of_work() as uow:
        await uow.outbox.put(Notification(key="later", kind="fault", to=to, subject_id=1, due_at=later))
    assert await office.courier.sweep() == 0
    assert await office.sweep_after(301) == 1


async def test_somebody_who_blocked_us_is_marked_and_stops_nobody(office: Office) -> None:
    office.messenger = FakeMessenger(Told(Outcome.BLOCKED, error="Forbidden"))
    office.courier._messengers = {PLATFORM: office.messenger}
    await office.put(await office.knows(5), "a")
    await office.put(await office.knows(6), "b")
    assert await office.courier.sweep() == 2
    assert [state for state, _n in await office.states()] == ["blocked", "delivered"]
    async with office.store.reading() as uow:
        blocked = await uow.connection.scalars(
            select(reaches.c.chat_id).where(reaches.c.blocked_at.is_not(None))
        )
        assert list(blocked) == [5]


async def test_somebody_without_a_chat_is_not_waited_for(office: Office) -> None:
    to = await office.knows(5)
    async with office.store.unit_of_work() as uow:
        await uow.connection.execute(update(reaches).values(blocked_at=office.now))
    await office.put(to)
    assert await office.courier.sweep() == 1
    assert await office.states() == [("blocked", 1)]
    assert office.messenger.sent == []


async def test_a_notice_that_may_have_been_lost_is_told_again_a_few_times(office: Office) -> None:
    _replace(office, *[Told(Outcome.UNCERTAIN, error="timeout")] * 9)
    await office.put(await office.knows(5))
    told = [await office.sweep_after(wait) for wait in (0, 5, 60, 600, 3600, 86_400)]
    assert told == [1, 1, 1, 1, 1, 0]
    assert await office.states() == [("uncertain", 5)]
    assert await office.outcomes() == ["uncertain"] * 5


async def test_a_promotion_that_may_have_been_lost_is_not(office: Office) -> None:
    _replace(office, Told(Outcome.UNCERTAIN, error="timeout"))
    await office.put(await office.knows(5), message_class=MessageClass.PROMOTION)
    assert [await office.sweep_after(wait) for wait in (0, 86_400)] == [1, 0]
    assert await office.states() == [("uncertain", 1)]


async def test_what_never_went_out_is_tried_again_and_given_up_in_the_end(office: Office) -> None:
    _replace(office, *[Told(Outcome.RETRY, error="refused")] * 9)
    await office.put(await office.knows(5))
    assert [await office.sweep_after(wait) for wait in (0, 5, 60, 600, 3600, 86_400)] == [1, 1, 1, 1, 1, 0]
    assert await office.states() == [("failed", 5)]


async def test_being_asked_to_wait_costs_no_attempt(office: Office) -> None:
    """However often the messenger says 429, the notice arrives in the end."""
    _replace(office, *[Told(Outcome.RETRY, error="429", is_counted=False)] * 50)
    await office.put(await office.knows(5))
    for _each in range(50):
        assert await office.sweep_after(2) == 1
    assert await office.states() == [("new", 0)]
    assert await office.sweep_after(2) == 1
    assert await office.states() == [("delivered", 1)]


async def test_what_cannot_be_said_fails_alone(office: Office) -> None:
    to = await office.knows(5)
    async with office.store.unit_of_work() as uow:
        await uow.outbox.put(Notification(key="x", kind="unheard of", to=to, subject_id=1, due_at=office.now))
    await office.put(to, "b")
    assert [await office.courier.sweep(), await office.courier.sweep()] == [2, 0]
    assert [state for state, _n in await office.states()] == ["failed", "delivered"]


async def test_a_chat_that_waits_for_its_turn_holds_nobody_else_up(office: Office) -> None:
    """Thirty notices to one person go out one by one; another's goes out beside the first."""
    busy, other = await office.knows(5), await office.knows(6)
    for number in range(30):
        await office.put(busy, f"busy{number}")
    await office.put(other, "other")
    assert await office.courier.sweep() == 31
    assert sorted(chat_id for chat_id, _text in office.messenger.sent[:2]) == [5, 6]


async def test_a_courier_that_died_leaves_its_notices_to_the_next(office: Office) -> None:
    await office.put(await office.knows(5))
    async with office.store.unit_of_work() as uow:
        assert len(await uow.outbox.claim(office.now, 30)) == 1
    assert await office.sweep_after(1) == 0
    assert await office.sweep_after(LEASE.total_seconds() + 1) == 1
    assert await office.states() == [("delivered", 2)]


async def test_at_the_start_the_leases_of_the_dead_are_free_at_once(office: Office) -> None:
    await office.put(await office.knows(5))
    async with office.store.unit_of_work() as uow:
        await uow.outbox.claim(office.now, 30)
    await _run_until(office, lambda: len(office.messenger.sent) == 1)
    assert await office.states() == [("delivered", 2)]


async def test_what_is_being_told_at_the_end_is_written_down(office: Office) -> None:
    """Otherwise every deployment would tell it again."""
    office.messenger.may_end.clear()
    for key in ("a", "b"):
        await office.put(await office.knows(ord(key)), key)
    timetable = Timetable(office.store, office.courier, lambda: office.now)
    async with asyncio.TaskGroup() as group:
        running = group.create_task(timetable.run())
        await until(lambda: len(office.messenger.sent) == 2, "both are under way")
        stopping = group.create_task(timetable.stop())
        office.messenger.may_end.set()
        await stopping
        running.cancel()
    assert await office.states() == [("delivered", 1), ("delivered", 1)]


async def test_two_couriers_tell_nothing_twice(office: Office, english: Language) -> None:
    other = Office(office.store, FakeMessenger(), english, office.now)
    for number in range(40):
        await office.put(await office.knows(100 + number), f"n{number}")
    await asyncio.gather(office.courier.sweep(), other.courier.sweep())
    await asyncio.gather(office.courier.sweep(), other.courier.sweep())
    told = [chat_id for chat_id, _text in (*office.messenger.sent, *other.messenger.sent)]
    assert sorted(told) == list(range(100, 140))


def _replace(office: Office, *ends: Told) -> None:
    office.messenger = FakeMessenger(*ends)
    office.courier._messengers = {PLATFORM: office.messenger}


async def _run_until(office: Office, condition: Callable[[], bool]) -> None:
    timetable = Timetable(office.store, office.courier, lambda: office.now)
    async with asyncio.TaskGroup() as group:
        running = group.create_task(timetable.run())
        await until(condition, "told")
        await timetable.stop()
        running.cancel()
