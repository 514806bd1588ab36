"""Row C-10 with real processes on PostgreSQL: two run the timetable, one is killed when something is due."""

from __future__ import annotations

import os
import random
from collections import Counter
from collections.abc import AsyncIterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from domain.calendar import TEHRAN
from domain.instruments import remind_on
from domain.runs import LEASE
from storage.tables.messages import notifications
from storage.unit_of_work import Store, open_store
from tests.databases import drop_postgres, new_postgres
from tests.nemesis.harness import Child, Zygote, seeded, trials
from tests.nemesis.reminding import DAY, HOLIDAYS, JOBS, Town, a_town
from tests.nemesis.timetables import RUNS
from tests.patience import pass_time, until


@pytest.fixture
async def postgres_url() -> AsyncIterator[str]:
    url = await new_postgres()
    yield url
    await drop_postgres(url)


def _stage(key: str) -> tuple[int, ...]:
    """Of which cheque, and how many days before."""
    return tuple(map(int, key.split(":")[1:3]))


class Pair:
    """Two processes, the clock they read, and what they said to the outside."""

    def __init__(
        self, zygote: Zygote, url: str, store: Store, folder: Path, *, is_naive: bool = False
    ) -> None:
        self._is_naive = is_naive
        self._zygote, self._url, self._store = zygote, url, store
        self._clock, self._out = folder / "clock", folder / "told"
        self._out.touch()
        self.children: list[Child] = []

    def turn(self, now: datetime) -> None:
        # Renamed into its place: nobody reads half a time.
        fresh = self._clock.with_suffix(".new")
        fresh.write_text(now.isoformat())
        os.replace(fresh, self._clock)

    async def start(self) -> None:
        options = {"database_url": self._url, "clock": str(self._clock), "out": str(self._out)}
        if self._is_naive:
            options["naive"] = "yes"
        child = self._zygote.start("timetable", options)
        self.children.append(child)
        await until(lambda: child.has_said(RUNS), "it runs")

    async def kill(self, child: Child) -> None:
        self.children.remove(child)
        await child.kill()

    async def end(self) -> None:
        for child in self.children:
            child.terminate()
        for child in self.children:
            await child.ended()

    async def done(self, now: datetime) -> None:
        """Every job has run at this time, and what it put is told."""

        async def is_done() -> bool:
            async with self._store.reading() as uow:
                last = {each.name: each for each in await uow.runs.list_last()}
                waits = await uow.outbox.count("new") + await uow.outbox.count("sending")
            has_run = all(
                each.name in last and last[each.name].slot >= each.slot(now) and last[each.name].ended_at
                for each in JOBS
            )
            return has_run and not waits

        await until(is_done, f"everything of {now}")

    async def uncertain(self) -> set[tuple[int, ...]]:
        """Reminders of cheques of which nobody knows whether they were said."""
        async with self._store.reading() as uow:
            keys = await uow.connection.scalars(
                select(notifications.c.key).where(
                    notifications.c.state == "uncertain", notifications.c.key.startswith("cheque_due")
                )
            )
            return {_stage(each) for each in keys}

    def told(self) -> list[str]:
        return [line.split()[1] for line in self._out.read_text().splitlines()]


async def test_two_processes_tell_each_reminder_once(
    zygote: Zygote, postgres_url: str, tmp_path: Path
) -> None:
    store = open_store(postgres_url)
    for trial in range(trials(10, 1)):
        chance, seed = seeded("C-10-processes", trial)
        town = await a_town(store, chance, shops=2)
        pair = Pair(zygote, postgres_url, store, tmp_path)
        mornings = _mornings(town)
        pair.turn(mornings[0])
        await pair.start()
        await pair.start()
        await pair.done(mornings[0])
        for now in mornings[1:-1]:
            pair.turn(now)
            await pair.done(now)
        await _one_dies_when_it_is_due(pair, mornings[-1], chance)
        told = [each for each in pair.told() if each.startswith(("cheque_due", "dunning"))]
        assert {key: count for key, count in Counter(told).items() if count > 1} == {}, f"repeated, {seed}"
        stages = {_stage(key) for key in told if key.startswith("cheque_due")}
        wanted = {(cheque_id, left) for cheque_id in town.cheques for left in (3, 1)}
        # Whoever dies while a reminder is on its way leaves it uncertain: then nobody says it again.
        assert stages <= wanted, seed
        assert wanted - stages <= await pair.uncertain(), seed
        await pair.end()
    await store.close()


async def test_two_processes_with_keys_of_the_moment_repeat(
    zygote: Zygote, postgres_url: str, tmp_path: Path
) -> None:
    """The negative control: the same two, but what was said is known by when it was said."""
    store = open_store(postgres_url)
    town = await a_town(store, random.Random("C-10-naive"), shops=1)
    pair = Pair(zygote, postgres_url, store, tmp_path, is_naive=True)
    first, _back, again, *_later = _mornings(town)
    pair.turn(first)
    await pair.start()
    await pair.start()
    await until(lambda: bool(_stages(pair)), "they are told")
    pair.turn(again)
    await until(lambda: max(_stages(pair).values()) > 1, "they are told again")
    await pair.end()
    await store.close()


def _stages(pair: Pair) -> Counter[str]:
    """How often each drawer was reminded of each day."""
    return Counter(":".join(each.split(":")[:3]) for each in pair.told() if each.startswith("cheque_due"))


def _mornings(town: Town) -> list[datetime]:
    """The days on which drawers are reminded, with a day back and forth after the first."""
    days = sorted({day for due in town.cheques.values() for day in remind_on(due, HOLIDAYS).values()})
    at_nine = [datetime(day.year, day.month, day.day, 9, tzinfo=TEHRAN) for day in days]
    first = at_nine[0]
    return [first, first - DAY, first + timedelta(hours=1), *at_nine[1:]]


async def _one_dies_when_it_is_due(pair: Pair, now: datetime, chance: random.Random) -> None:
    """A look comes each second: some of the deaths fall into it."""
    pair.turn(now)
    await pass_time(chance.uniform(0, 1.5))
    await pair.kill(pair.children[chance.randrange(2)])
    await pair.start()
    # Its lease goes by: what it had begun is taken over.
    later = now + LEASE
    pair.turn(later)
    await pair.done(later)
