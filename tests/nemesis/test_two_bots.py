"""Two processes for one bot: one leads, the other waits, and takes over when the first is gone."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import AsyncIterator

import pytest
from sqlalchemy import text

from storage.leadership import WAITS, LeadershipLost
from storage.unit_of_work import open_store
from tests.bot.kit import effects
from tests.databases import drop_postgres, new_postgres
from tests.nemesis.bot_process import CAN_BE_STOPPED
from tests.nemesis.harness import Scene, Zygote, a_scene
from tests.patience import PATIENCE, until

# The server may be that of other tests too.
LOCKS_HERE = (
    "FROM pg_locks WHERE locktype = 'advisory' AND granted"
    " AND database = (SELECT oid FROM pg_database WHERE datname = current_database())"
)
END_WHO_LEADS = text(f"SELECT pg_terminate_backend(pid) {LOCKS_HERE}")
IS_LED = text(f"SELECT count(*) {LOCKS_HERE}")


@pytest.fixture
async def postgres_url() -> AsyncIterator[str]:
    url = await new_postgres()
    yield url
    await drop_postgres(url)


async def test_one_leads_and_the_other_takes_over(zygote: Zygote, postgres_url: str) -> None:
    async with a_scene(zygote, postgres_url, handlers="notes") as scene:
        scene.people(1, 10)
        first = scene.start()
        await scene.polls()
        second = scene.start()
        await _say(scene, range(50))
        await scene.settled(50)
        assert not [call for call in scene.box.calls.find("getUpdates") if call["status"] == 409]
        await first.kill()
        await _say(scene, range(50, 100))
        await scene.settled(100)
        await scene.stop(second)
        assert Counter(await effects(scene.store)) == {str(number): 1 for number in range(100)}


async def _say(scene: Scene, numbers: range) -> None:
    for number in numbers:
        scene.say(1 + number % 10, str(number))


async def test_one_that_waits_to_lead_can_be_stopped(zygote: Zygote, postgres_url: str) -> None:
    async with a_scene(zygote, postgres_url, handlers="notes") as scene:
        leader = scene.start()
        await scene.polls()
        waiting = scene.start()
        # By then SIGTERM is not simply the end of it any more.
        await until(lambda: waiting.has_said(WAITS), "it has asked to lead, and waits")
        assert waiting.has_said(CAN_BE_STOPPED)
        await scene.stop(waiting)
        assert leader.is_alive


async def test_whoever_finds_another_in_the_lead_gives_up(postgres_url: str) -> None:
    """The database was away, and somebody else was faster when it came back."""
    first, second = open_store(postgres_url), open_store(postgres_url)
    async with first.leadership("x") as leading:
        async with first.unit_of_work() as uow:
            await uow.connection.execute(END_WHO_LEADS)
        async with second.leadership("x"):
            with pytest.raises(LeadershipLost):
                async with asyncio.timeout(PATIENCE):
                    await leading.keep()
    await first.close()
    await second.close()


async def test_whoever_lost_the_session_leads_again_when_nobody_else_does(postgres_url: str) -> None:
    store = open_store(postgres_url)
    async with store.leadership("x") as leading, store.reading() as uow:
        async with store.unit_of_work() as other:
            await other.connection.execute(END_WHO_LEADS)
        async with asyncio.TaskGroup() as group:
            keeping = group.create_task(leading.keep())

            async def leads_again() -> bool:
                return bool(await uow.connection.scalar(IS_LED))

            await until(leads_again, "the lock is held again")
            assert not keeping.done()
            keeping.cancel()
    await store.close()


async def test_two_bots_on_one_sqlite_file_break_nothing(zygote: Zygote, sqlite_url: str) -> None:
    """Not how it is meant to run: two messengers' worth of the same updates, worked off once."""
    async with (
        a_scene(zygote, sqlite_url, handlers="notes") as one,
        a_scene(zygote, sqlite_url, handlers="notes") as two,
    ):
        for scene in (one, two):
            scene.people(1, 10)
            scene.start()
        for number in range(100):
            update_id = one.say(1 + number % 10, str(number))
            update = one.box.updates.waiting[update_id].update
            two.box.updates.push({k: v for k, v in update.items() if k != "update_id"}, update_id)
        await one.settled(100)
        await two.settled(100)
        assert Counter(await effects(one.store)) == {str(number): 1 for number in range(100)}
        await one.check("two bots")
