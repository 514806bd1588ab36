"""`bonak` as a process of its own: it runs until it is told to stop, and then ends well."""

from __future__ import annotations

import asyncio
import os
import re
import signal
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from bot.running import stop_on_signals
from handlers.staff import INVITE
from sandbox.clock import Clock
from sandbox.server import serve
from sandbox.state import TOKEN, Sandbox
from storage.schema import migrate
from tests.conftest import NOW

ROOT = Path(__file__).parents[2]
PATIENCE = 30


async def start(*arguments: str, database: str, api: str, **settings: str) -> Process:
    """The command as a process of its own."""
    named = {"DATABASE_URL": database, "TELEGRAM_API": api, "TELEGRAM_TOKEN": TOKEN, **settings}
    environment = {name: value for name, value in os.environ.items() if not name.startswith("BONAK_")}
    environment |= {f"BONAK_{name}": value for name, value in named.items()} | {"PYTHONPATH": str(ROOT)}
    return await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot", *arguments, env=environment, stdout=PIPE, stderr=PIPE
    )


@asynccontextmanager
async def running(tmp_path: Path) -> AsyncIterator[tuple[Process, Sandbox]]:
    """The bot at work on the sandbox, by its clock."""
    url = f"sqlite+aiosqlite:///{tmp_path}/bonak.db"
    await migrate(url)
    async with serve(Sandbox(Clock(NOW))) as served:
        process = await start("run", database=url, api=served.url, CLOCK_URL=served.url)
        try:
            assert process.stderr is not None
            async with asyncio.timeout(PATIENCE):
                async for read in process.stderr:
                    if b"running" in read:
                        break
            yield process, served.sandbox
        finally:
            if process.returncode is None:
                process.kill()
            await process.communicate()


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
async def test_the_bot_runs_until_it_is_told_to_stop(tmp_path: Path, number: signal.Signals) -> None:
    async with running(tmp_path) as (process, _sandbox):
        process.send_signal(number)
        async with asyncio.timeout(PATIENCE):
            assert await process.wait() == 0


async def test_a_clock_that_nobody_tells_stops_the_start(tmp_path: Path) -> None:
    url = f"sqlite+aiosqlite:///{tmp_path}/bonak.db"
    await migrate(url)
    process = await start("run", database=url, api="http://127.0.0.1:1", CLOCK_URL="http://127.0.0.1:1")
    _said, errors = await process.communicate()
    assert process.returncode == 1
    assert errors.decode().startswith("BONAK_CLOCK_URL: http://127.0.0.1:1 does not tell the time")


async def test_a_second_signal_does_not_wait(monkeypatch: pytest.MonkeyPatch) -> None:
    ended: list[int] = []
    gone = asyncio.Event()

    def leave(code: int) -> None:
        ended.append(code)
        gone.set()

    monkeypatch.setattr(os, "_exit", leave)
    stop = asyncio.Event()
    stop_on_signals(stop)
    signal.raise_signal(signal.SIGTERM)
    async with asyncio.timeout(PATIENCE):
        await stop.wait()
    assert ended == []
    signal.raise_signal(signal.SIGTERM)
    async with asyncio.timeout(PATIENCE):
        await gone.wait()
    assert ended == [128 + signal.SIGTERM]
    loop = asyncio.get_running_loop()
    assert all(loop.remove_signal_handler(number) for number in (signal.SIGTERM, signal.SIGINT))


async def test_an_invite_is_a_link_to_the_bot(tmp_path: Path) -> None:
    url = f"sqlite+aiosqlite:///{tmp_path}/bonak.db"
    await migrate(url)
    async with serve(Sandbox(Clock(NOW))) as served:
        process = await start("staff", "invite", "manager", database=url, api=served.url)
        said, _errors = await process.communicate()
    assert re.fullmatch(rf"https://t\.me/bonak_sandbox_bot\?start={INVITE}[\w-]{{22}}\n", said.decode())
