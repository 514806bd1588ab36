"""Looks at the set-up from outside: what would keep the bot from running, found before it runs."""

from __future__ import annotations

import gettext
import os
import platform
import shutil
import sqlite3
import sys
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from pathlib import Path

import aiohttp
from aiohttp_socks import ProxyConnector
from babel.messages.pofile import read_po

from bot.config import Settings, WrongSetting, read_settings, unknown_settings
from bot.languages import LOCALES
from bot.logging import redacted
from domain.calendar import TEHRAN
from domain.runs import ALARM_AFTER, Run
from jobs.schedule import JOBS, Job
from screens.doctor import Check, Finding
from storage.schema import newest_revision, released_revisions, revision
from storage.unit_of_work import open_store

LEAST_PYTHON = (3, 11)
LEAST_SQLITE = (3, 35, 0)
"""RETURNING came with it."""
LEAST_FREE_GB = 0.5
MOST_SKEW_SECONDS = 60
LATE = timedelta(minutes=10)
PATIENCE = aiohttp.ClientTimeout(total=15)
_GB = 1024**3


async def examine() -> AsyncIterator[Finding]:
    """Every check in turn; without settings the rest cannot be looked at."""
    yield check_python(sys.version_info[:2], platform.python_version())
    try:
        settings = read_settings()
    except WrongSetting as wrong:
        yield Finding(Check.SETTINGS_WRONG, {"error": wrong})
        return
    unknown = unknown_settings()
    yield (
        Finding(Check.SETTINGS_UNKNOWN, {"names": ", ".join(unknown)}) if unknown else Finding(Check.SETTINGS)
    )
    folder = (settings.sqlite_path or Path("data/database")).absolute().parent
    yield check_folder(folder)
    yield check_disk(folder, shutil.disk_usage(_nearest(folder)).free)
    if settings.sqlite_path is not None:
        yield check_sqlite(sqlite3.sqlite_version_info, sqlite3.sqlite_version)
    database = await check_database(settings)
    yield database
    if database.is_well:
        for finding in await check_jobs(settings, datetime.now(UTC)):
            yield finding
    yield check_languages()
    async for finding in check_messenger(settings):
        yield finding


def check_python(found: tuple[int, ...], version: str) -> Finding:
    return Finding(Check.PYTHON if found >= LEAST_PYTHON else Check.PYTHON_OLD, {"version": version})


def check_sqlite(found: tuple[int, ...], version: str) -> Finding:
    least = ".".join(map(str, LEAST_SQLITE))
    check = Check.SQLITE if found >= LEAST_SQLITE else Check.SQLITE_OLD
    return Finding(check, {"version": version, "least": least})


def _nearest(folder: Path) -> Path:
    """The folder itself, or the one in which it will be made."""
    return next(each for each in (folder, *folder.parents) if each.is_dir())


def check_folder(folder: Path) -> Finding:
    is_open = os.access(_nearest(folder), os.W_OK | os.X_OK)
    return Finding(Check.FOLDER if is_open else Check.FOLDER_CLOSED, {"path": folder})


def check_disk(folder: Path, free: int) -> Finding:
    check = Check.DISK if free / _GB >= LEAST_FREE_GB else Check.DISK_FULL
    return Finding(check, {"free": f"{free / _GB:.1f}", "path": folder})


async def check_database(settings: Settings) -> Finding:
    """Also asked before the bot starts: it never works on tables that it does not know."""
    if settings.sqlite_path is not None and not settings.sqlite_path.exists():
        # To connect would make the file, and looking should leave no trace.
        return Finding(Check.DATABASE_ABSENT)
    try:
        found = await revision(settings.database_url)
    except Exception as error:
        # Every driver has faults of its own; whatever they are, the answer to the operator is this one.
        first_line = str(error).partition("\n")[0]
        return Finding(Check.DATABASE_UNREACHABLE, {"error": redacted(first_line)[:200]})
    if found == newest_revision():
        return Finding(Check.DATABASE)
    if found is None:
        return Finding(Check.DATABASE_ABSENT)
    return Finding(Check.DATABASE_BEHIND if found in released_revisions() else Check.DATABASE_STRANGE)


async def check_jobs(settings: Settings, now: datetime) -> tuple[Finding, ...]:
    """When the timetable's jobs ran last: which are late, and which keep failing."""
    store = open_store(settings.database_url)
    try:
        async with store.reading() as uow:
            runs = await uow.runs.list_last()
    finally:
        await store.close()
    known = {each.name: each for each in JOBS}
    found = [_job(run, known[run.name], now) for run in runs if run.name in known]
    wrong = tuple(each for each in found if not each.is_well)
    late = tuple(each for each in found if each.check is Check.JOB_LATE)[:1]
    if wrong or late or not found:
        return (*wrong, *late) or (Finding(Check.JOBS_NEVER),)
    last = max((run for run in runs if run.name in known), key=lambda run: run.started_at)
    return (Finding(Check.JOBS, {"job": last.name, "at": _said(last.started_at)}),)


def _job(run: Run, job: Job, now: datetime) -> Finding:
    facts = {"job": run.name, "at": _said(run.started_at)}
    if run.failures >= ALARM_AFTER:
        return Finding(Check.JOB_FAILING, {**facts, "failures": run.failures, "error": run.error or "a kill"})
    is_late = now - run.started_at > 2 * job.every + LATE
    return Finding(Check.JOB_LATE if is_late else Check.JOBS, facts)


def _said(at: datetime) -> str:
    return at.astimezone(TEHRAN).strftime("%Y-%m-%d %H:%M")


def check_languages(locales: Path = LOCALES) -> Finding:
    """The compiled catalogue says everything that the readable one says."""
    try:
        compiled = gettext.translation("messages", locales, ["fa"])
        with (locales / "fa" / "LC_MESSAGES" / "messages.po").open("rb") as readable:
            words = {str(each.id): str(each.string) for each in read_po(readable) if each.id}
    except OSError:
        return Finding(Check.LANGUAGES_OLD)
    is_same = all(compiled.gettext(message) == string for message, string in words.items())
    return Finding(Check.LANGUAGES if is_same else Check.LANGUAGES_OLD)


async def check_messenger(settings: Settings) -> AsyncIterator[Finding]:
    """The token, and the clock by the date of the messenger's answer; the same way as the bot goes."""
    if settings.telegram_token is None:
        yield Finding(Check.TOKEN_ABSENT)
        return
    connector = ProxyConnector.from_url(settings.proxy) if settings.proxy else None
    url = f"{settings.telegram_api}/bot{settings.telegram_token.get_secret_value()}/getMe"
    try:
        async with (
            aiohttp.ClientSession(connector=connector, timeout=PATIENCE) as session,
            session.get(url) as answer,
        ):
            told, date, status = (
                await answer.json(content_type=None),
                answer.headers.get("Date"),
                answer.status,
            )
    except Exception as error:
        # A proxy has faults of its own kinds, and an answer that is no JSON is as good as none.
        facts = {"address": settings.telegram_api, "error": type(error).__name__}
        yield Finding(Check.MESSENGER_UNREACHABLE, facts)
        return
    if status in (401, 404):
        yield Finding(Check.TOKEN_REFUSED)
    elif status != 200 or not isinstance(told, dict) or not told.get("ok"):
        yield Finding(
            Check.MESSENGER_UNREACHABLE, {"address": settings.telegram_api, "error": f"HTTP {status}"}
        )
    else:
        yield Finding(Check.TOKEN, {"username": told["result"].get("username", "?")})
    if date is not None:
        yield check_clock(parsedate_to_datetime(date), datetime.now(UTC))


def check_clock(theirs: datetime, ours: datetime) -> Finding:
    seconds = round(abs((ours - theirs).total_seconds()))
    return Finding(Check.CLOCK if seconds <= MOST_SKEW_SECONDS else Check.CLOCK_WRONG, {"seconds": seconds})
