"""Rows A-1 and A-2: whatever ends the process, no update is lost and none takes effect twice."""

from __future__ import annotations

import random
from collections import Counter
from time import monotonic

import pytest
from sqlalchemy import select

from storage.tables.audit import audit
from tests.bot.kit import effects
from tests.nemesis.harness import Scene, Zygote, a_scene, seeded, trials
from tests.nemesis.naive import start_naive
from tests.patience import pass_time, until

AT_ONCE = 50


async def test_a_deployment_loses_nothing(zygote: Zygote, database_url: str) -> None:
    """A-1: SIGTERM while 50 people are waited on; then a new process goes on."""
    async with a_scene(zygote, database_url, handlers="notes", people_at_once=AT_ONCE) as scene:
        scene.people(1, AT_ONCE)
        for trial in range(trials(100)):
            chance, seed = seeded("A-1", trial)
            child = scene.start(slow=0.01)
            await scene.polls()
            for person in range(1, AT_ONCE + 1):
                scene.say(person, f"{trial}-{person}")
            await pass_time(chance.uniform(0, 0.25))
            begun = monotonic()
            await scene.stop(child)
            assert monotonic() - begun < 30, seed
        last = scene.start()
        await scene.settled(AT_ONCE * trials(100))
        await scene.check(seed)
        await scene.stop(last)
        noted = Counter(await effects(scene.store))
    assert len(noted) == AT_ONCE * trials(100)
    assert set(noted.values()) == {1}


async def test_the_usual_polling_loses_updates_at_a_deployment(zygote: Zygote, sqlite_url: str) -> None:
    async with a_scene(zygote, sqlite_url) as scene:
        scene.people(1, AT_ONCE)
        child = start_naive(scene, slow=0.1)
        await scene.polls()
        for person in range(1, AT_ONCE + 1):
            scene.say(person, str(person))
        await until(lambda: not scene.box.updates.pending(), "all of them confirmed")
        child.terminate()
        await child.ended()
        start_naive(scene)
        await scene.polls()
        await until(lambda: not scene.box.updates.pending(), "nothing more comes")
        assert len(await effects(scene.store)) < AT_ONCE


async def test_kill_9_loses_nothing_and_doubles_nothing(zygote: Zygote, database_url: str) -> None:
    """A-2: updates stream in, and the process is killed again and again after 0.1 to 1 s."""
    chance, seed = seeded("A-2")
    kills, rate = trials(200), 100
    async with a_scene(zygote, database_url, handlers="notes") as scene:
        scene.people(1, 40)
        said = 0
        for _kill in range(kills):
            child = scene.start()
            said = await _stream(scene, chance, said, rate, chance.uniform(0.1, 1.0))
            await child.kill()
        last = scene.start()
        await scene.settled(said)
        await scene.check(seed)
        await scene.stop(last)
        noted = Counter(await effects(scene.store))
        by_person = await _in_order(scene)
    assert len(noted) == said, seed
    assert set(noted.values()) == {1}, seed
    assert by_person, f"{seed}: somebody's updates changed places"


async def _stream(scene: Scene, chance: random.Random, said: int, rate: int, seconds: float) -> int:
    ends = monotonic() + seconds
    while monotonic() < ends:
        for _each in range(rate // 20):
            scene.say(chance.randint(1, 40), f"{said:06}")
            said += 1
        await pass_time(0.05)
    return said


async def _in_order(scene: Scene) -> bool:
    """What each person said, in the order of the effects, is in the order of the saying."""
    async with scene.store.reading() as uow:
        rows = await uow.connection.execute(
            select(audit.c.identity_id, audit.c.facts).where(audit.c.action == "effect").order_by(audit.c.id)
        )
        last: dict[int, str] = {}
        for person, facts in rows:
            if facts["what"] < last.get(person, ""):
                return False
            last[person] = facts["what"]
    return True


async def test_the_usual_polling_loses_updates_when_it_is_killed(zygote: Zygote, sqlite_url: str) -> None:
    chance, seed = seeded("A-2-naive")
    async with a_scene(zygote, sqlite_url) as scene:
        scene.people(1, 40)
        said = 0
        for _kill in range(5):
            child = start_naive(scene, slow=0.02)
            await scene.polls()
            said = await _stream(scene, chance, said, 200, chance.uniform(0.2, 0.5))
            await child.kill()
        start_naive(scene)
        await scene.polls()
        await until(lambda: not scene.box.updates.pending(), "nothing more comes")
        await pass_time(0.5)
        assert len(set(await effects(scene.store))) < said, seed


@pytest.mark.parametrize("number", [15, 9])
async def test_the_harness_sees_how_a_process_ended(zygote: Zygote, sqlite_url: str, number: int) -> None:
    async with a_scene(zygote, sqlite_url, handlers="notes") as scene:
        child = scene.start()
        await scene.polls()
        if number == 9:
            await child.kill()
            assert child.exit_code is None
        else:
            await scene.stop(child)
            assert child.exit_code == 0
        assert not child.is_alive
