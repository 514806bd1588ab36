"""Rows A-3, A-5, A-13: updates that come again, that cannot be read, and whose ids start again anywhere."""

from __future__ import annotations

import asyncio
import json
from collections import Counter
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from datetime import datetime

import pytest
from sqlalchemy import select

from bot.intake import Intake, read_update
from storage.inbox import Waiting
from storage.tables.messages import inbox
from storage.unit_of_work import Store, open_store
from tests.bot.kit import PLATFORM, a_desk, a_text, effects, for_texts
from tests.nemesis.harness import Zygote, a_scene, seeded, trials
from tests.nemesis.messenger import AS_IT_IS, SPOILT, FakeMessenger, spoilt
from tests.nemesis.naive import start_naive
from tests.patience import until

HandOver = Callable[[Sequence[Waiting]], None]


@asynccontextmanager
async def _taking_in(
    store: Store, messenger: FakeMessenger, now: datetime, bot_id: int
) -> AsyncIterator[list[Waiting]]:
    """An intake that runs; what it hands over is collected."""
    handed: list[Waiting] = []
    intake = Intake(
        messenger, store, platform=PLATFORM, bot_id=bot_id, clock=lambda: now, hand_over=handed.extend
    )
    async with asyncio.TaskGroup() as group:
        running = group.create_task(intake.run())
        try:
            yield handed
        finally:
            running.cancel()


async def _kept(store: Store, bot_id: int) -> Counter[str]:
    async with store.reading() as uow:
        return Counter(await uow.connection.scalars(select(inbox.c.state).where(inbox.c.bot_id == bot_id)))


async def test_one_spoilt_update_stops_no_other(store: Store, now: datetime) -> None:
    """A-5: 1 of 100 cannot be read; 99 go on, 1 is dead, and all is confirmed within 2 s."""
    for trial in range(trials(500)):
        await _spoil_one(store, now, trial)


async def _spoil_one(store: Store, now: datetime, trial: int) -> None:
    chance, seed = seeded("A-5", trial)
    place = chance.randrange(100)
    messenger = FakeMessenger()
    for number in range(100):
        raw, says = a_text(chance.randint(1, 20), f"{number}", 5_000 + number), AS_IT_IS
        if number == place:
            says, name = spoilt(raw, chance)
            seed = f"{seed} {name}"
        messenger.push(raw, says)
    async with _taking_in(store, messenger, now, trial) as handed:
        await until(lambda: len(messenger.waiting) <= 1, seed, every=0.005)
        await until(lambda: len(handed) == 99, seed, every=0.005)
    # Only what has no usable id of its own may wait there, until something newer is confirmed.
    assert [each.update_id for each in messenger.waiting] in ([], [5_099]), seed
    assert await _kept(store, trial) == {"new": 99, "dead": 1}, seed
    assert [each.update_id for each in handed] == [5_000 + n for n in range(100) if n != place], seed


@pytest.mark.parametrize("name", sorted(SPOILT))
def test_what_cannot_be_read_is_dead_at_once(name: str) -> None:
    arrived = read_update(SPOILT[name](a_text(5, "hello")))
    assert arrived.error
    assert "hello" not in arrived.error


async def test_the_usual_polling_is_stopped_by_one_spoilt_update(zygote: Zygote, sqlite_url: str) -> None:
    async with a_scene(zygote, sqlite_url) as scene:
        scene.people(1, 20)
        for number in range(1, 20):
            scene.say(number, str(number))
        scene.box.updates.push({"message": {"message_id": 1, "date": 1}})
        start_naive(scene)
        await until(lambda: scene.box.calls.count("getUpdates") >= 2, "it asks again")
        assert scene.box.updates.pending() == 20
        assert await effects(scene.store) == []


async def test_the_whole_bot_reads_on_past_a_spoilt_update(zygote: Zygote, sqlite_url: str) -> None:
    async with a_scene(zygote, sqlite_url, handlers="notes") as scene:
        scene.people(1, 20)
        for number in range(1, 20):
            scene.say(number, str(number))
        scene.box.updates.push({"message": {"message_id": 1, "date": 1}})
        scene.say(20, "20")
        scene.start()
        await scene.settled(21)
        assert sorted(await effects(scene.store), key=int) == [str(number) for number in range(1, 21)]


async def test_an_update_that_comes_again_takes_effect_once(database_url: str, now: datetime) -> None:
    """A-3: each update comes 1 to 5 times, in any order, through two intakes to two sets of workers."""
    chance, seed = seeded("A-3")
    many = trials(1000)
    raws = [a_text(chance.randint(1, 30), f"{number}", 9_000 + number) for number in range(many)]
    deliveries = [raw for raw in raws for _each in range(chance.randint(1, 5))]
    chance.shuffle(deliveries)
    first, second = open_store(database_url), open_store(database_url)
    async with a_desk(first, now, for_texts()) as one, a_desk(second, now, for_texts()) as two:
        async with asyncio.TaskGroup() as group:
            for desk, share in ((one, deliveries[::2]), (two, deliveries[1::2])):
                size = chance.randint(1, 20)
                batches = [share[at : at + size] for at in range(0, len(share), size)]
                group.create_task(_deliver(desk.store, now, desk.processing.hand_over, batches))
        await one.settled()
    assert Counter(await effects(first)) == {str(number): 1 for number in range(many)}, seed
    assert await _kept(first, 42) == {"done": many}, seed
    await first.close()
    await second.close()


async def _deliver(
    store: Store, now: datetime, hand_over: HandOver, batches: Sequence[Sequence[object]]
) -> None:
    intake = Intake(
        FakeMessenger(), store, platform=PLATFORM, bot_id=42, clock=lambda: now, hand_over=hand_over
    )
    for batch in batches:
        await intake.keep(batch)


async def test_the_usual_polling_works_off_what_comes_again_once_more(
    zygote: Zygote, sqlite_url: str
) -> None:
    async with a_scene(zygote, sqlite_url) as scene:
        scene.people(1, 1)
        update_id = scene.say(1, "1")
        scene.box.updates.redeliver(update_id, None, 3)
        start_naive(scene)
        await scene.polls()
        await until(lambda: not scene.box.updates.pending() and not scene.box.updates.again, "all taken")

        async def is_doubled() -> bool:
            return Counter(await effects(scene.store))["1"] > 1

        await until(is_doubled, "the effect comes twice")


async def test_ids_that_start_again_anywhere_lose_nothing(store: Store, now: datetime) -> None:
    """A-13: whenever nothing waits, the messenger may go on at any other id, higher or lower."""
    for first in range(0, trials(200), 20):
        async with asyncio.TaskGroup() as group:
            for trial in range(first, first + 20):
                group.create_task(_ids_start_again(store, now, trial))


async def _ids_start_again(store: Store, now: datetime, trial: int) -> None:
    chance, seed = seeded("A-13", trial)
    messenger = FakeMessenger()
    said = 0
    async with _taking_in(store, messenger, now, trial) as handed:
        for _start in range(6):
            update_id = chance.choice((0, 1, chance.randrange(2**31), 2**31 - 50, 2**62))
            for _each in range(chance.randint(1, 12)):
                messenger.push(a_text(chance.randint(1, 5), f"{said}", update_id))
                update_id += chance.choice((1, 1, 1, 2, 40))
                said += 1
            if chance.random() < 0.5:
                messenger.faults = [ConnectionResetError("the answer was lost")]
            await until(lambda: not messenger.waiting, seed, every=0.002)
    assert [_text(each) for each in handed] == [str(number) for number in range(said)], seed


def _text(row: Waiting) -> str:
    return str(json.loads(row.payload)["message"]["text"])


async def test_whoever_remembers_the_last_id_drops_what_starts_below_it() -> None:
    """The negative control of A-13: the offset is remembered and said with every poll."""
    messenger = FakeMessenger()
    offset, seen = None, []
    for update_id in (900, 901, 5, 6):
        messenger.push(a_text(5, "x", update_id))
        for raw in await messenger.updates(offset):
            assert isinstance(raw, dict)
            seen.append(raw["update_id"])
            offset = max(offset or 0, raw["update_id"] + 1)
    assert seen == [900, 901]


async def test_a_refused_offset_is_not_said_again(sqlite_store: Store, now: datetime) -> None:
    messenger = FakeMessenger()
    messenger.push(a_text(5, "1", 77))
    messenger.refuses = 78
    async with _taking_in(sqlite_store, messenger, now, 1) as handed:
        await until(lambda: messenger.offsets.count(78) == 1, "confirmed")
        await until(lambda: messenger.offsets[-1] is None, "asked without an offset")
        messenger.refuses = None
        await until(lambda: not messenger.waiting, "confirmed in the end")
    assert len(handed) == 1
