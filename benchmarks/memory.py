"""How much memory the bot takes beyond its libraries, and whether it grows."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from pathlib import Path

import psutil

from benchmarks.crowd import lay_down
from benchmarks.measuring import Measured, Player
from benchmarks.scripts import browse, hello, order
from sandbox.clock import Clock
from sandbox.server import serve
from sandbox.state import Sandbox

BARE = (
    "import aiogram, sqlalchemy, sqlalchemy.ext.asyncio, os, psutil;print(psutil.Process().memory_info().rss)"
)
MB = 2**20
Starts = Callable[[str, Sandbox, str, Path], AbstractAsyncContextManager[psutil.Process]]


@dataclass(frozen=True, slots=True)
class Memory:
    above_bare_mb: float
    growth_mb: float
    updates: int


async def measure_memory(folder: Path, bot: Starts, people: int = 32, updates: int = 10_000) -> Memory:
    """Everybody browses and orders in turn until that many updates are done."""
    bare = int(subprocess.run([sys.executable, "-c", BARE], capture_output=True, check=True).stdout)
    path = folder / "memory.db"
    crowd = await lay_down(path, people)
    box = Sandbox(Clock())
    users = [box.add_user(**person)["id"] for person in crowd]
    async with serve(box) as served, bot("order", box, served.url, path) as running:
        at_2000 = 0
        measured = Measured()
        players = [Player(box, user_id, measured) for user_id in users]
        for player in players:
            await hello(player)
        while len(measured.latencies) < updates:
            for player in players:
                await browse(player)
                await order(player)
            if not at_2000 and len(measured.latencies) >= 2_000:
                at_2000 = running.memory_info().rss
        at_end = running.memory_info().rss
    return Memory((at_end - bare) / MB, (at_end - at_2000) / MB, len(measured.latencies))
