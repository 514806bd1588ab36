"""Row E-4: the clock goes an hour back, a day on, 400 days on, and over the edges of the Jalali calendar."""

from __future__ import annotations

import random
from collections import Counter
from datetime import datetime, timedelta

import pytest
from persiantools.jdatetime import JalaliDate

from domain.balances import age_bucket
from domain.calendar import TEHRAN, today_in_tehran
from domain.quiet_hours import USUAL_HOURS, is_quiet, next_allowed
from domain.reminders import LEVELS, NEVER, Ladder
from domain.runs import LEASE, Run
from domain.staff import Role
from jobs.schedule import DAY, JOBS, Job
from screens.language import Language
from services.staff import fingerprint, invite
from storage.unit_of_work import Store
from tests.conftest import NOW
from tests.nemesis.harness import seeded, trials
from tests.nemesis.naive_keys import remember_moments
from tests.nemesis.reminding import HOUR, Model, Office, a_town, play, said

JUMPS = (-HOUR, DAY, 400 * DAY, -DAY, HOUR)
LEAP = 1408
"""The next Jalali leap year: its Esfand has thirty days."""


def edges() -> list[datetime]:
    """Midnight in Tehran around the ends of Jalali months and years, leap and not, a minute apart."""
    days = [JalaliDate(year, month, 1) for year in (1405, 1406, LEAP, LEAP + 1) for month in (1, 7, 12)]
    days += [JalaliDate(LEAP, 12, 30), JalaliDate(1405, 12, 29)]
    found = []
    for day in days:
        first = day.to_gregorian()
        midnight = datetime(first.year, first.month, first.day, tzinfo=TEHRAN)
        found += [midnight + timedelta(minutes=step) for step in (-1, 0, 1)]
    return found


async def test_no_reminder_comes_twice_however_far_the_clock_jumps(store: Store, persian: Language) -> None:
    for trial in range(trials(300, 1)):
        chance, seed = seeded("E-4", trial)
        town = await a_town(store, chance, shops=2)
        office, model = Office(store, persian), Model(town)
        script = [("on", step) for step in _jumps(chance)]
        await play(office, script, model, chance)
        counted = Counter(about for _at, each in office.heard if (about := said(each)) is not None)
        assert {about: count for about, count in counted.items() if count > 1} == {}, seed


def _jumps(chance: random.Random) -> list[timedelta]:
    """Ordinary days with jumps between them, and after each the way back now and then."""
    steps = []
    for _each in range(10):
        jump = chance.choice(JUMPS)
        steps += [9 * HOUR, jump]
        if chance.random() < 0.5:
            steps += [2 * HOUR, -jump]
    return steps


@pytest.mark.parametrize("jump", JUMPS)
async def test_invites_fail_closed(store: Store, jump: timedelta) -> None:
    """Neither one that has run out, nor one that seems to come from the future."""
    async with store.unit_of_work() as uow:
        token = await invite(uow, Role.VISITOR, NOW, timedelta(days=3))
    async with store.reading() as uow:
        assert await uow.staff.is_open(fingerprint(token), NOW)
        is_open = await uow.staff.is_open(fingerprint(token), NOW + jump)
    assert is_open is (timedelta() <= jump <= timedelta(days=3))


def test_no_age_is_negative_and_no_slot_lies_ahead() -> None:
    ladder = Ladder()
    for at in edges():
        today = today_in_tehran(at)
        assert today == at.date()
        for days in range(-3, 40):
            due = today - timedelta(days=days)
            assert age_bucket(days) is not None
            level = ladder.reached(due, today)
            assert (level is None) == (days < LEVELS[0].days)
            after = ladder.next_day(due, today, None if level is None else level.number)
            assert after == NEVER or after > today
        for job in (*JOBS, Job("daily", DAY, JOBS[0].run, at=9)):
            slot = job.slot(at)
            assert timedelta() <= at - slot < job.every
            assert job.slot(slot) == slot


def test_allowed_hours_hold_over_every_edge() -> None:
    for at in edges():
        told_at = next_allowed(at, USUAL_HOURS, frozenset())
        assert told_at >= at
        assert not is_quiet(told_at, USUAL_HOURS, frozenset())


def test_jalali_days_follow_each_other_over_a_leap_year() -> None:
    """What people read: 30 Esfand is there in a leap year alone, and no day is said twice."""
    first = JalaliDate(LEAP - 1, 12, 28).to_gregorian()
    said_days = [JalaliDate(first + timedelta(days=each)) for each in range(369)]
    assert len({(day.year, day.month, day.day) for day in said_days}) == 369
    assert (LEAP, 12, 30) in {(day.year, day.month, day.day) for day in said_days}
    assert not JalaliDate.is_leap(LEAP - 1)


@pytest.mark.parametrize("jump", JUMPS)
def test_a_lease_never_lasts_longer_than_it_was_given(jump: timedelta) -> None:
    run = Run(name="x", slot=NOW, started_at=NOW, leased_until=NOW + LEASE)
    waits = (run.again_at(NOW + jump) or NOW) - (NOW + jump)
    assert waits <= 2 * LEASE


async def test_under_keys_of_the_moment_reminders_repeat(
    store: Store, persian: Language, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The negative control: ours but for what is remembered: a day that comes again is told again."""
    remember_moments(monkeypatch)
    chance = random.Random("E-4")
    town = await a_town(store, chance, shops=2)
    office, model = Office(store, persian), Model(town)
    await play(office, [("on", step) for step in (9 * HOUR, *(DAY, -DAY, DAY + HOUR) * 5)], model, chance)
    counted = Counter(about for _at, each in office.heard if (about := said(each)) is not None)
    assert max(counted.values()) > 1
