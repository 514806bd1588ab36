"""Row C-10: whatever the clock and the processes do, each reminder is told once, none is left out, and
none comes when nobody wants to be written to.
"""

from __future__ import annotations

import random
from collections import Counter
from pathlib import Path

import pytest

from domain.quiet_hours import is_quiet
from screens.language import Language
from storage.unit_of_work import Store, open_store
from tests.databases import drop_postgres, new_postgres, new_sqlite
from tests.nemesis.harness import seeded, trials
from tests.nemesis.reminding import (
    DAY,
    HOLIDAYS,
    HOUR,
    HOURS,
    Model,
    Office,
    Said,
    a_script,
    a_town,
    play,
    play_naively,
    said,
)

STEPS = 30


@pytest.fixture(params=["sqlite", "postgresql"])
def backend(request: pytest.FixtureRequest) -> str:
    return str(request.param)


async def test_each_reminder_is_told_once(backend: str, database_folder: Path, persian: Language) -> None:
    for trial in range(trials(500, 2 if backend == "sqlite" else 1)):
        chance, seed = seeded("C-10", trial)
        url = await (new_sqlite(database_folder) if backend == "sqlite" else new_postgres())
        store = open_store(url)
        town = await a_town(store, chance)
        office, model = Office(store, persian), Model(town)
        await play(office, a_script(chance, STEPS), model, chance)
        told = [(at, about) for at, each in office.heard if (about := said(each)) is not None]
        counted = Counter(about for _at, about in told)
        assert {about for about, count in counted.items() if count > 1} == set(), f"repeated, {seed}"
        assert set(counted) == model.wanted, f"left out or too many, {seed}"
        assert not [at for at, _about in told if is_quiet(at, HOURS, HOLIDAYS)], f"at night, {seed}"
        await store.close()
        if backend == "postgresql":
            await drop_postgres(url)


async def test_without_rows_reminders_repeat_and_get_lost(sqlite_store: Store) -> None:
    """The negative control: a sweep by the clock's hour alone, two on each morning but every third."""
    town = await a_town(sqlite_store, random.Random("C-10"), shops=6)
    script = [("two", 4 * HOUR), *(("two", step) for step in (DAY, 2 * DAY) * 6)]
    counted: Counter[Said] = Counter()
    model = Model(town)
    play_naively(town, script, model, lambda about: counted.update([about]))
    assert max(counted.values()) == 2
    assert {each for each in model.wanted if each[0] == "cheque"} - set(counted)
