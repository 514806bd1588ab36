"""Bots as real processes against a sandbox, killed and stopped on purpose; and what must hold afterwards."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import Any

from sandbox.clock import Clock
from sandbox.server import serve
from sandbox.state import TOKEN, Sandbox
from storage.unit_of_work import Store, open_store
from tests.bot.kit import a_text
from tests.nemesis.checker import list_broken
from tests.patience import until

FULL = os.environ.get("BONAK_TRIALS") == "full"
OUTAGE = 60.0 if FULL else 1.0
SECRET = TOKEN.split(":")[1]
"""What no log may ever hold."""
ROOT = Path(__file__).parents[2]
SEEDS = ROOT / ".pytest_cache" / "nemesis-seeds.txt"
_NUMBERS = count(1)


def trials(whole: int, part: int | None = None) -> int:
    """How many trials of a row of the table: a tenth, unless all are asked for."""
    return whole if FULL else part or max(1, whole // 10)


def seeded(name: str, trial: int = 0) -> tuple[random.Random, str]:
    """The chance of one trial, and words that name its seed; ``BONAK_SEED`` plays one again."""
    seed = os.environ.get("BONAK_SEED") or f"{name}-{trial}-{random.SystemRandom().randrange(10**6)}"
    sys.stdout.write(f"seed {seed}\n")
    SEEDS.parent.mkdir(exist_ok=True)
    with SEEDS.open("a") as kept:
        kept.write(f"{seed}\n")
    return random.Random(seed), f"BONAK_SEED={seed}"


class Zygote:
    """Starts processes by forking one that is ready (see tests/nemesis/zygote.py)."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.nemesis.zygote"],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env={**os.environ, "PYTHONUNBUFFERED": "1"},
        )

    def start(self, target: str, options: Mapping[str, Any]) -> Child:
        log = self._folder / f"{target}-{next(_NUMBERS)}.log"
        stdin, stdout = self._process.stdin, self._process.stdout
        assert stdin is not None
        assert stdout is not None
        stdin.write(json.dumps({"target": target, "options": dict(options), "log": str(log)}) + "\n")
        stdin.flush()
        return Child(int(stdout.readline()), log)

    def close(self) -> None:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.close()
        # It may not even have begun to listen, where nobody has asked it for anything.
        self._process.wait(120)
        self._process.stdout.close()


@dataclass(slots=True)
class Child:
    """One process, ours to end."""

    pid: int
    log: Path

    @property
    def is_alive(self) -> bool:
        try:
            os.kill(self.pid, 0)
        except ProcessLookupError:
            return False
        return True

    @property
    def exit_code(self) -> int | None:
        """0 when it ended well, 1 when it failed; None while it runs, and when it was killed."""
        ended = Path(f"{self.log}.ended")
        return int(ended.read_text()) if ended.exists() else None

    def has_said(self, words: str) -> bool:
        return self.log.exists() and words.encode() in self.log.read_bytes()

    async def kill(self) -> None:
        self._signal(signal.SIGKILL)
        await self.ended()

    def terminate(self) -> None:
        self._signal(signal.SIGTERM)

    async def ended(self, seconds: float = 60) -> None:
        await until(lambda: not self.is_alive, f"process {self.pid} ends", seconds)

    def _signal(self, number: int) -> None:
        if self.is_alive:
            os.kill(self.pid, number)


@contextmanager
def a_zygote(folder: Path) -> Iterator[Zygote]:
    zygote = Zygote(folder)
    try:
        yield zygote
    finally:
        zygote.close()


@dataclass
class Scene:
    """A sandbox, a database, and the bots that were started on both."""

    box: Sandbox
    url: str
    database_url: str
    store: Store
    zygote: Zygote
    options: dict[str, Any] = field(default_factory=dict)
    children: list[Child] = field(default_factory=list)

    def start(self, **options: Any) -> Child:
        """Start a bot; it polls as soon as it can."""
        told = {"database_url": self.database_url, "api": self.url, "token": TOKEN, **self.options, **options}
        child = self.zygote.start("bot", told)
        self.children.append(child)
        return child

    async def polls(self) -> None:
        """Some bot asks for updates (again)."""
        self.box.ready = False
        await until(lambda: self.box.ready, "a bot polls", 120)

    async def stop(self, child: Child) -> None:
        """End it as a deployment does, and let it have ended well."""
        child.terminate()
        await child.ended()
        assert child.exit_code == 0, child.log.read_text()[-2000:]

    def people(self, first: int, many: int) -> None:
        """People whom the bot may write to."""
        for user_id in range(first, first + many):
            self.box.add_user(id=user_id, first_name=f"Person {user_id}", started=True)

    def say(self, user_id: int, text: str) -> int:
        """Somebody writes to the bot; the id of that update."""
        update = a_text(user_id, text)
        del update["update_id"]
        update_id = self.box.updates.push(update)
        assert update_id is not None
        return update_id

    async def settled(self, arrived: int | None = None, seconds: float = 180) -> None:
        """So many updates came in, none is left to be worked off, and nothing waits at the messenger."""

        async def is_settled() -> bool:
            if self.box.updates.pending():
                return False
            async with self.store.reading() as uow:
                if await uow.inbox.count("new"):
                    return False
                finished = await uow.inbox.count("done") + await uow.inbox.count("dead")
            return arrived is None or finished >= arrived

        await until(is_settled, f"all of {arrived} updates worked off", seconds, every=0.1)

    def logs(self) -> bytes:
        return b"".join(child.log.read_bytes() for child in self.children if child.log.exists())

    async def check(self, seed: str, *secrets: str) -> None:
        """What must hold after every trial; phones and names of the people in it are ``secrets``."""
        assert not await list_broken(self.store), (seed, await list_broken(self.store))
        logs = self.logs()
        for secret in (SECRET, *secrets):
            assert secret.encode() not in logs, f"{seed}: a secret is in the logs"


@asynccontextmanager
async def a_scene(
    zygote: Zygote, database_url: str, *, api: str | None = None, clock: Clock | None = None, **options: Any
) -> AsyncIterator[Scene]:
    """A sandbox on a port of its own; every process that was started ends with the block."""
    box = Sandbox(clock or Clock())
    store = open_store(database_url)
    async with serve(box) as served:
        scene = Scene(box, api or served.url, database_url, store, zygote, dict(options))
        try:
            yield scene
        finally:
            for child in scene.children:
                await child.kill()
            await store.close()
