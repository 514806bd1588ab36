"""The doctor names what is wrong with the set-up, and what to do about it."""

from __future__ import annotations

import os
import shutil
from collections.abc import AsyncIterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from aiohttp import web

from bot.config import Settings
from bot.doctor import (
    check_clock,
    check_database,
    check_disk,
    check_folder,
    check_jobs,
    check_languages,
    check_messenger,
    check_python,
    check_sqlite,
    examine,
)
from bot.languages import LOCALES
from jobs.schedule import JOBS
from sandbox.clock import Clock
from sandbox.server import serve
from sandbox.state import TOKEN, Sandbox
from screens.doctor import Check, Finding, last_line, line
from storage.schema import migrate, take_back
from storage.unit_of_work import open_store
from tests.conftest import NOW

GB = 1024**3


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder, and an environment that says nothing."""
    monkeypatch.chdir(tmp_path)
    for name in os.environ:
        if name.upper().startswith("BONAK_"):
            monkeypatch.delenv(name)
    return tmp_path


@pytest.fixture
async def messenger() -> AsyncIterator[str]:
    async with serve(Sandbox(Clock(NOW))) as served:
        yield served.url


async def found(**settings: object) -> list[Check]:
    """What the messenger's checks find with those settings."""
    return [finding.check async for finding in check_messenger(Settings(_env_file=None, **settings))]  # type: ignore[arg-type]


def test_old_versions_are_named() -> None:
    assert check_python((3, 10), "3.10.2").check is Check.PYTHON_OLD
    assert check_python((3, 14), "3.14.0").check is Check.PYTHON
    assert check_sqlite((3, 34, 1), "3.34.1").check is Check.SQLITE_OLD
    assert check_sqlite((3, 35, 0), "3.35.0").check is Check.SQLITE


def test_a_full_disk_is_named(folder: Path) -> None:
    assert check_disk(folder, 100_000_000).check is Check.DISK_FULL
    assert check_disk(folder, GB).check is Check.DISK


def test_a_folder_that_cannot_be_written_is_named(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert check_folder(folder / "not" / "there" / "yet").check is Check.FOLDER
    monkeypatch.setattr(os, "access", lambda _path, _mode: False)
    assert check_folder(folder).check is Check.FOLDER_CLOSED


def test_a_clock_that_is_wrong_is_named() -> None:
    assert check_clock(NOW, NOW + timedelta(seconds=60)).check is Check.CLOCK
    assert check_clock(NOW, NOW - timedelta(seconds=61)).check is Check.CLOCK_WRONG


def test_words_that_are_not_compiled_are_named(folder: Path) -> None:
    assert check_languages(folder).check is Check.LANGUAGES_OLD
    shutil.copytree(LOCALES / "fa" / "LC_MESSAGES", folder / "fa" / "LC_MESSAGES")
    assert check_languages(folder).check is Check.LANGUAGES
    readable = folder / "fa" / "LC_MESSAGES" / "messages.po"
    readable.write_text(readable.read_text() + '\nmsgid "Something new"\nmsgstr "چیزی تازه"\n')
    assert check_languages(folder).check is Check.LANGUAGES_OLD


async def test_a_database_is_absent_behind_strange_or_well(folder: Path) -> None:
    url = f"sqlite+aiosqlite:///{folder}/x.db"
    settings = Settings(_env_file=None, database_url=url)
    assert (await check_database(settings)).check is Check.DATABASE_ABSENT
    assert not (folder / "x.db").exists()
    await migrate(url)
    assert (await check_database(settings)).check is Check.DATABASE
    await take_back(url)
    assert (await check_database(settings)).check is Check.DATABASE_ABSENT
    (folder / "x.db").write_bytes(b"this is no database " * 100)
    assert (await check_database(settings)).check is Check.DATABASE_UNREACHABLE


async def test_another_revision_is_told_apart(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    url = f"sqlite+aiosqlite:///{folder}/x.db"
    settings = Settings(_env_file=None, database_url=url)
    await migrate(url)
    monkeypatch.setattr("bot.doctor.newest_revision", lambda: "a newer one")
    assert (await check_database(settings)).check is Check.DATABASE_BEHIND
    monkeypatch.setattr("bot.doctor.released_revisions", frozenset)
    assert (await check_database(settings)).check is Check.DATABASE_STRANGE


async def test_a_server_that_is_not_there_is_named_without_its_password() -> None:
    url = "postgresql+asyncpg://bonak:canary@127.0.0.1:1/bonak"
    finding = await check_database(Settings(_env_file=None, database_url=url))
    assert finding.check is Check.DATABASE_UNREACHABLE
    assert "canary" not in line(finding)


async def test_a_token_is_known_refused_or_absent(messenger: str) -> None:
    assert await found() == [Check.TOKEN_ABSENT]
    assert await found(telegram_api=messenger, telegram_token=TOKEN) == [Check.TOKEN, Check.CLOCK]
    other = "123456789:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw"
    assert await found(telegram_api=messenger, telegram_token=other) == [Check.TOKEN_REFUSED, Check.CLOCK]


async def test_a_messenger_behind_no_door_is_named() -> None:
    nowhere = "http://127.0.0.1:1"
    assert await found(telegram_api=nowhere, telegram_token=TOKEN) == [Check.MESSENGER_UNREACHABLE]
    there = {"telegram_api": "http://127.0.0.1:2", "telegram_token": TOKEN}
    assert await found(**there, proxy="socks5://127.0.0.1:1") == [Check.MESSENGER_UNREACHABLE]


@pytest.mark.parametrize(
    ("status", "body"), [(502, "<html>bad gateway</html>"), (200, "[]"), (500, '{"ok":false}')]
)
async def test_an_answer_that_is_none_is_named(status: int, body: str) -> None:
    async def answer(_request: web.BaseRequest) -> web.Response:
        return web.Response(status=status, text=body)

    runner = web.ServerRunner(web.Server(answer))
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    checks = await found(telegram_api=f"http://127.0.0.1:{runner.addresses[0][1]}", telegram_token=TOKEN)
    await runner.cleanup()
    assert checks[0] is Check.MESSENGER_UNREACHABLE


async def test_a_whole_set_up_is_well(folder: Path, messenger: str, monkeypatch: pytest.MonkeyPatch) -> None:
    url = f"sqlite+aiosqlite:///{folder}/x.db"
    await migrate(url)
    monkeypatch.setenv("BONAK_DATABASE_URL", url)
    monkeypatch.setenv("BONAK_TELEGRAM_API", messenger)
    monkeypatch.setenv("BONAK_TELEGRAM_TOKEN", TOKEN)
    findings = [finding async for finding in examine()]
    assert [line(finding) for finding in findings if not finding.is_well] == []
    assert len(findings) == 10


async def test_wrong_and_unknown_settings_are_named(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (folder / ".env").write_text("BONAK_PROXI=x\n")
    assert Check.SETTINGS_UNKNOWN in [finding.check async for finding in examine()]
    monkeypatch.setenv("BONAK_LOG_LEVEL", "loud")
    assert [finding.check async for finding in examine()] == [Check.PYTHON, Check.SETTINGS_WRONG]


def test_every_finding_has_its_words() -> None:
    names = ("version", "error", "names", "least", "path", "free", "username", "address", "seconds")
    facts = dict.fromkeys((*names, "job", "at", "failures"), "x")
    for check in Check:
        said = line(Finding(check, facts))
        assert len(said.splitlines()) == 1
        assert said[0] in "✓✗"


def test_the_end_counts_what_is_wrong() -> None:
    assert "bonak run" in last_line(0)
    assert last_line(1) == "1 thing is wrong."
    assert last_line(2) == "2 things are wrong."


async def test_the_doctor_says_when_jobs_ran_and_which_keep_failing(sqlite_url: str) -> None:
    settings = Settings(_env_file=None, database_url=sqlite_url)
    job = next(each for each in JOBS if each.every == timedelta(hours=1))
    store = open_store(sqlite_url)

    async def checks(now: datetime) -> list[Check]:
        return [each.check for each in await check_jobs(settings, now)]

    async def ran(now: datetime, error: str | None = None) -> None:
        async with store.unit_of_work() as uow:
            run = await uow.runs.begin(job.name, job.slot(now), now)
            assert run is not None
            await uow.runs.end(run, now, error=error)

    assert await checks(NOW) == [Check.JOBS_NEVER]
    await ran(NOW)
    assert await checks(NOW + timedelta(hours=2)) == [Check.JOBS]
    assert await checks(NOW + timedelta(hours=3)) == [Check.JOB_LATE]
    for hours in (3, 4, 5):
        await ran(NOW + timedelta(hours=hours), "OSError")
    (failing,) = await check_jobs(settings, NOW + timedelta(hours=5))
    said = f"✗ Timetable: {job.name} has failed 3 times in a row, at 2026-11-21 05:30 with OSError."
    assert line(failing).startswith(said)
    await store.close()
