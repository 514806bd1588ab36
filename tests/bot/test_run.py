"""`bonak run` and `bonak staff invite` against the sandbox: work until told to stop, and then end well."""

from __future__ import annotations

import asyncio
import os
import re
import signal
import sys
from asyncio.subprocess import PIPE
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest

from bot.config import Settings
from bot.running import invite_link, run_until_stopped, stop_on_signals
from domain.staff import Role
from handlers.staff import INVITE
from sandbox.clock import Clock
from sandbox.server import serve
from sandbox.state import TOKEN, Sandbox
from tests.conftest import NOW

ROOT = Path(__file__).parents[2]
PATIENCE = 180
SIGNALS = (signal.SIGTERM, signal.SIGINT)


@pytest.fixture
async def api() -> AsyncIterator[str]:
    async with serve(Sandbox(Clock(NOW))) as served:
        yield served.url


def settings_of(database: str, api: str, **others: str) -> Settings:
    return Settings(_env_file=None, database_url=database, telegram_api=api, telegram_token=TOKEN, **others)  # type: ignore[arg-type]


async def test_the_bot_runs_until_it_is_told_to_stop(sqlite_url: str, api: str, tmp_path: Path) -> None:
    named = {"DATABASE_URL": sqlite_url, "TELEGRAM_API": api, "TELEGRAM_TOKEN": TOKEN, "CLOCK_URL": api}
    environment = {name: value for name, value in os.environ.items() if not name.startswith("BONAK_")}
    environment |= {f"BONAK_{name}": value for name, value in named.items()} | {"PYTHONPATH": str(ROOT)}
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot", "run", env=environment, cwd=tmp_path, stderr=PIPE
    )
    said = b""
    try:
        assert process.stderr is not None
        async with asyncio.timeout(PATIENCE):
            while b"running" not in said and (line := await process.stderr.readline()):
                said += line
            process.send_signal(signal.SIGTERM)
            said += await process.stderr.read()
            assert await process.wait() == 0, said.decode()
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()
    assert b"stopped" in said


async def test_a_clock_that_nobody_tells_stops_the_start(
    sqlite_url: str, api: str, capsys: pytest.CaptureFixture[str]
) -> None:
    nobody = "http://127.0.0.1:1"
    assert await run_until_stopped(settings_of(sqlite_url, api, clock_url=nobody)) == 1
    assert capsys.readouterr().err.startswith(f"BONAK_CLOCK_URL: {nobody} does not tell the time")
    _forget_signals()


async def test_a_bot_that_fails_says_so_and_ends(
    sqlite_url: str, api: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def fails(_self: object, _stop: asyncio.Event) -> None:
        raise RuntimeError("broken")

    monkeypatch.setattr("bot.app.App.run", fails)
    assert await run_until_stopped(settings_of(sqlite_url, api)) == 1
    _forget_signals()


async def test_an_invite_is_a_link_to_the_bot(sqlite_url: str, api: str) -> None:
    link = await invite_link(settings_of(sqlite_url, api), Role.MANAGER, timedelta(days=3))
    assert re.fullmatch(rf"https://t\.me/bonak_sandbox_bot\?start={INVITE}[\w-]{{22}}", link)


async def test_an_invite_does_not_need_the_messenger(sqlite_url: str) -> None:
    link = await invite_link(settings_of(sqlite_url, "http://127.0.0.1:1"), Role.MANAGER, timedelta(days=3))
    assert re.fullmatch(rf"Send this to the bot, once: /start {INVITE}[\w-]{{22}}", link)


async def test_a_second_signal_does_not_wait(monkeypatch: pytest.MonkeyPatch) -> None:
    ended: list[int] = []
    gone = asyncio.Event()

    def leave(code: int) -> None:
        ended.append(code)
        gone.set()

    monkeypatch.setattr(os, "_exit", leave)
    stop = asyncio.Event()
    stop_on_signals(stop)
    signal.raise_signal(signal.SIGINT)
    async with asyncio.timeout(PATIENCE):
        await stop.wait()
    assert ended == []
    signal.raise_signal(signal.SIGTERM)
    async with asyncio.timeout(PATIENCE):
        await gone.wait()
    assert ended == [128 + signal.SIGTERM]
    _forget_signals()


def _forget_signals() -> None:
    loop = asyncio.get_running_loop()
    assert all(loop.remove_signal_handler(number) for number in SIGNALS)
