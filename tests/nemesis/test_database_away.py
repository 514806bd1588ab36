"""Row A-6: while the database is away nothing is confirmed, nothing counted as failed, and nothing lost."""

from __future__ import annotations

import asyncio
import sqlite3
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from sqlalchemy import func, select
from sqlalchemy.engine import make_url

from storage.tables.messages import inbox
from tests.bot.kit import effects
from tests.databases import drop_postgres, new_postgres
from tests.nemesis.harness import OUTAGE, Scene, Zygote, a_scene, seeded, trials
from tests.nemesis.naive import start_naive
from tests.nemesis.proxy import Cable, a_cable
from tests.patience import pass_time, until

PEOPLE = 20


@asynccontextmanager
async def _away(scene: Scene, cable: Cable | None) -> AsyncIterator[None]:
    """PostgreSQL cannot be reached, or another process holds SQLite's write lock."""
    if cable is not None:
        await cable.pull()
        yield
        await cable.plug()
        return
    path = make_url(scene.database_url).database
    assert path is not None
    thief = sqlite3.connect(path, isolation_level=None, timeout=10)
    thief.execute("BEGIN IMMEDIATE")
    try:
        yield
    finally:
        thief.execute("ROLLBACK")
        thief.close()


async def _outages(scene: Scene, cable: Cable | None) -> int:
    said = 0
    for trial in range(trials(50)):
        chance, _seed = seeded("A-6", trial)
        for _before in range(chance.randint(0, 15)):
            scene.say(chance.randint(1, PEOPLE), f"{said:06}")
            said += 1
        await pass_time(chance.uniform(0, 0.1))
        async with _away(scene, cable):
            for _during in range(20):
                scene.say(chance.randint(1, PEOPLE), f"{said:06}")
                said += 1
                await pass_time(OUTAGE / 20)
        await until(lambda: not scene.box.updates.pending(), "all confirmed after the outage", OUTAGE + 60)
    return said


async def test_nothing_is_lost_while_the_database_is_away(zygote: Zygote, sqlite_url: str) -> None:
    """On both at the same time, for most of it is waiting."""
    async with asyncio.TaskGroup() as group:
        group.create_task(_while_sqlite_is_locked(zygote, sqlite_url))
        group.create_task(_while_postgresql_is_away(zygote))


async def _while_sqlite_is_locked(zygote: Zygote, url: str) -> None:
    async with a_scene(zygote, url, handlers="notes") as scene:
        await _survives(scene, None)


async def _while_postgresql_is_away(zygote: Zygote) -> None:
    url = await new_postgres()
    async with a_cable(url) as cable, a_scene(zygote, url, handlers="notes") as scene:
        scene.options["database_url"] = cable.url
        await _survives(scene, cable)
    await drop_postgres(url)


async def _survives(scene: Scene, cable: Cable | None) -> None:
    scene.people(1, PEOPLE)
    child = scene.start()
    await scene.polls()
    said = await _outages(scene, cable)
    await scene.settled(said)
    await scene.stop(child)
    await scene.check("A-6")
    noted = Counter(await effects(scene.store))
    assert len(noted) == said
    assert set(noted.values()) == {1}
    async with scene.store.reading() as uow:
        assert not await uow.connection.scalar(select(func.max(inbox.c.attempts))), "an outage was counted"
        assert not await uow.inbox.count("dead")


async def test_the_usual_polling_loses_what_comes_while_the_database_is_away(zygote: Zygote) -> None:
    url = await new_postgres()
    async with a_cable(url) as cable, a_scene(zygote, url) as scene:
        scene.people(1, PEOPLE)
        start_naive(scene, database_url=cable.url)
        await scene.polls()
        async with _away(scene, cable):
            for person in range(1, 11):
                scene.say(person, str(person))
            await until(lambda: not scene.box.updates.pending(), "all of them confirmed")
            await pass_time(1)
        scene.say(1, "after")

        async def has_recovered() -> bool:
            return "after" in await effects(scene.store)

        await until(has_recovered, "it works again")
        assert len(await effects(scene.store)) < 11
    await drop_postgres(url)
