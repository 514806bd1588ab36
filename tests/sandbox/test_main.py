"""`python -m sandbox` as a process of its own: what `make run` starts."""

from __future__ import annotations

import asyncio
import os
import re
import signal
import socket
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from sandbox.__main__ import main
from sandbox.client import SandboxClient
from sandbox.window import ChatWindow

ROOT = Path(__file__).parents[2]
PATIENCE = 180


@asynccontextmanager
async def started(folder: Path, **settings: str) -> AsyncIterator[Process]:
    named = {"DATABASE_URL": f"sqlite+aiosqlite:///{folder}/town.db", "SANDBOX_PORT": "0", **settings}
    environment = {**os.environ, **{f"BONAK_{name}": value for name, value in named.items()}}
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "sandbox", cwd=ROOT, env=environment, stdout=PIPE, stderr=PIPE
    )
    try:
        yield process
    finally:
        if process.returncode is None:
            process.kill()
        await process.communicate()


async def address(process: Process) -> str:
    """What it prints once everything runs."""
    assert process.stdout is not None
    async with asyncio.timeout(PATIENCE):
        async for line in process.stdout:
            if found := re.search(r"http://127\.0\.0\.1:\d+", line.decode()):
                return found[0]
    assert process.stderr is not None
    raise AssertionError((await process.stderr.read()).decode())


async def ends(process: Process) -> int:
    async with asyncio.timeout(PATIENCE):
        return await process.wait()


async def test_one_command_runs_the_town_twice(tmp_path: Path) -> None:
    async with started(tmp_path) as process:
        async with SandboxClient(await address(process)) as client:
            first = await client.users()
            salon = next(user for user in first if user["customer"] == "سالن زیبایی نگین")
            window = ChatWindow(client, salon["id"])
            await window.write("/start")
            assert "سالن زیبایی نگین" in window.text
        process.send_signal(signal.SIGTERM)
        assert await ends(process) == 0
    async with started(tmp_path) as process:
        async with SandboxClient(await address(process)) as client:
            assert {user["id"] for user in await client.users()} == {user["id"] for user in first}
        process.send_signal(signal.SIGINT)
        assert await ends(process) == 0


@pytest.fixture
def setting(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str, str], None]:
    """Set what the program reads, which then runs in this process: it ends before anything is served."""
    monkeypatch.chdir(tmp_path)

    def put(name: str, value: str) -> None:
        monkeypatch.setenv(f"BONAK_{name}", value)

    put("DATABASE_URL", f"sqlite+aiosqlite:///{tmp_path}/town.db")
    return put


def test_a_taken_port_is_said_in_one_line(
    setting: Callable[[str, str], None], capsys: pytest.CaptureFixture[str]
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        setting("SANDBOX_PORT", port)
        assert main() == 3
    assert capsys.readouterr().err == f"Port {port} is taken: set BONAK_SANDBOX_PORT to another one.\n"


def test_a_wrong_setting_stops_the_start(
    setting: Callable[[str, str], None], capsys: pytest.CaptureFixture[str]
) -> None:
    setting("SEND_PER_SECOND", "fast")
    assert main() == 2
    (said,) = capsys.readouterr().err.splitlines()
    assert said.startswith("BONAK_SEND_PER_SECOND: ")
