"""Row C-10, a restored database: what was told after the backup is not told again by itself."""

from __future__ import annotations

import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.languages import read_languages
from bot.restored import freeze_restored, keep_mark, mark_beside
from domain.errors import ChangedMeanwhile, NotFound
from domain.frozen import Mark
from domain.notifications import MessageClass, Notification, Outcome, Recipient
from domain.staff import Role
from jobs.deliver import Courier, May, Told
from screens.screen import Screen
from services import frozen
from storage.unit_of_work import Store, UnitOfWork, open_store
from tests.builders.nudges import reachable
from tests.builders.people import a_centre, a_colleague, a_contact_of, linked
from tests.databases import copied_postgres, drop_postgres
from tests.nemesis.harness import trials

PEOPLE = 5
START = datetime(2026, 11, 21, 6, tzinfo=UTC)

pytestmark = pytest.mark.nemesis


@dataclass
class Office:
    """A messenger that only counts."""

    told: list[int] = field(default_factory=list)

    async def send(
        self,
        chat_id: int,
        screen: Screen,
        message_class: MessageClass = MessageClass.NOTICE,
        may: May | None = None,
    ) -> Told:
        assert screen.text
        self.told.append(chat_id)
        return Told(Outcome.DELIVERED, message_id=len(self.told))

    async def edit(
        self,
        chat_id: int,
        message_id: int,
        screen: Screen,
        message_class: MessageClass = MessageClass.NOTICE,
        may: May | None = None,
    ) -> Told:
        raise AssertionError(f"nothing is edited here: {chat_id}, {message_id}")

    def pause(self, seconds: float) -> None:
        assert seconds

    def waits(self) -> float:
        return 0.0

    def close(self) -> None:
        return


async def told_by(store: Store, office: Office, now: datetime) -> int:
    courier = Courier(store, {"telegram": office}, read_languages(), lambda: now)
    await courier.begin()
    return await courier.sweep()


async def settle(uow: UnitOfWork) -> None:
    for number in range(PEOPLE):
        reader = await reachable(uow, await linked(uow, await a_contact_of(uow, await a_centre(uow))))
        word = Notification(
            key=f"word:{number}",
            kind="referral_given",
            to=Recipient(contact_id=reader.contact_id),
            subject_id=number + 1,
            due_at=START,
            facts={"rials": 5_000_000, "is_new": False},
        )
        await uow.outbox.put(word)


@asynccontextmanager
async def restored(url: str, office: Office) -> AsyncIterator[tuple[Store, Path | None]]:
    """The database as its backup had it, after everything in it was told."""
    path = Path(url.removeprefix("sqlite+aiosqlite:///")) if url.startswith("sqlite") else None
    store = open_store(url)
    async with store.unit_of_work() as uow:
        await settle(uow)
    assert not await freeze_restored(store, path, lambda: START), "a database is not its own copy"
    await store.close()
    copy = url
    if path is not None:
        shutil.copyfile(path, backup := path.with_suffix(".backup"))
    else:
        copy = await copied_postgres(url)
    store = open_store(url)
    assert await told_by(store, office, START) == PEOPLE
    if path is not None:
        await keep_mark(store, mark_beside(path))
    await store.close()
    if path is not None:
        for log in ("-wal", "-shm"):
            path.with_name(path.name + log).unlink(missing_ok=True)
        shutil.copyfile(backup, path)
    store = open_store(copy)
    try:
        yield store, path
    finally:
        await store.close()
        if path is None:
            await drop_postgres(copy)


async def test_what_was_told_after_the_backup_waits_for_a_manager(database_url: str) -> None:
    office, later = Office(), START + timedelta(hours=1)
    async with restored(database_url, office) as (store, path):
        assert await freeze_restored(store, path, lambda: later)
        for _again in range(trials(3, 2)):
            assert await told_by(store, office, later) == 0
            assert not await freeze_restored(store, path, lambda: later), "once"
        async with store.unit_of_work() as uow:
            manager, other = await a_colleague(uow, Role.MANAGER), await a_colleague(uow, Role.FINANCE)
            with pytest.raises(NotFound):
                await frozen.look(uow, other, later)
            seen = await frozen.look(uow, manager, later)
            assert seen is not None
            assert (seen.total, len(seen.first)) == (PEOPLE, PEOPLE)
            assert await frozen.thaw(uow, manager, later, tells=False) == PEOPLE
        async with store.unit_of_work() as uow:
            assert await frozen.look(uow, manager, later) is None
            with pytest.raises(ChangedMeanwhile):
                await frozen.thaw(uow, manager, later, tells=True)
            new = Notification(
                key="new", kind="referral_given", to=Recipient(staff_id=manager.staff_id), subject_id=1,
                due_at=later, facts={"rials": 5_000_000, "is_new": False},
            )  # fmt: skip
            await uow.outbox.put(new)
        await told_by(store, office, later)
        async with store.reading() as uow:
            assert await uow.frozen.counts(later) == {}, "what is new is told as usual"
    assert sorted(office.told) == sorted(set(office.told)), "nobody heard anything twice"


async def test_what_a_manager_lets_go_is_told(database_url: str) -> None:
    office, later = Office(), START + timedelta(hours=1)
    async with restored(database_url, office) as (store, path):
        assert await freeze_restored(store, path, lambda: later)
        async with store.unit_of_work() as uow:
            manager = await a_colleague(uow, Role.MANAGER)
            assert await frozen.thaw(uow, manager, later, tells=True) == 0
        assert await told_by(store, office, later) == PEOPLE


async def test_without_looking_it_is_all_told_again(database_url: str) -> None:
    """The negative control: the same, and nobody asks whether it was restored."""
    office = Office()
    async with restored(database_url, office) as (store, _path):
        assert await told_by(store, office, START + timedelta(hours=1)) == PEOPLE
    assert max(office.told.count(each) for each in office.told) > 1


def test_what_was_made_anew_in_the_same_place_is_no_older_one() -> None:
    assert Mark(1, 1, "a").is_behind(Mark(2, 1, "a"))
    assert not Mark(1, 1, "b").is_behind(Mark(2, 1, "a"))
    assert not Mark(2, 1, "a").is_behind(Mark(2, 1, "a"))
