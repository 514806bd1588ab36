"""The sender of campaigns by itself, in a process that has one core."""

from __future__ import annotations

import asyncio
import json
import os
import sys
from collections.abc import Mapping
from itertools import count
from pathlib import Path
from time import process_time
from typing import Any

from benchmarks.push import (
    BOT_ID,
    FAST_LIMIT,
    LATENCY_MS,
    LIMIT,
    PATIENCE,
    SPEED,
    Push,
    let_in,
    morning,
    most_in_a_second,
    standing_still,
)
from sandbox.clock import Clock
from sandbox.mailing import lay_mailing
from sandbox.server import serve
from sandbox.state import TOKEN, Sandbox
from storage.schema import migrate
from storage.unit_of_work import open_store
from tests.databases import drop_postgres, leave_nothing, new_postgres

AT_LEAST_SECONDS = 60
_numbers = count(71)


async def on_a_fast_clock(folder: Path, recipients: int) -> Push:
    url = await _fresh_sqlite(folder)
    return await _alone("clock", url, recipients, LIMIT, SPEED, latency_ms=1)


async def fast_sqlite(folder: Path, recipients: int) -> Push:
    url = await _fresh_sqlite(folder)
    return await _alone("sqlite", url, recipients, FAST_LIMIT, 1, latency_ms=LATENCY_MS)


async def fast_postgresql(_folder: Path, recipients: int) -> Push:
    url = await new_postgres()
    try:
        return await _alone("postgresql", url, recipients, FAST_LIMIT, 1, latency_ms=LATENCY_MS)
    finally:
        await drop_postgres(url)
        await asyncio.to_thread(leave_nothing)


async def _fresh_sqlite(folder: Path) -> str:
    url = f"sqlite+aiosqlite:///{folder / f'push-{next(_numbers)}.db'}"
    await migrate(url)
    return url


async def _alone(
    case: str, database_url: str, recipients: int, limit: int, speed: int, *, latency_ms: int
) -> Push:
    box, start = Sandbox(Clock(), forgets=True), morning()
    store = open_store(database_url)
    people = await lay_mailing(store, recipients, start, bot_id=BOT_ID, campaign_id=next(_numbers))
    await store.close()
    let_in(box, people)
    box.limits.set({"latency_ms": latency_ms})
    seconds = PATIENCE * recipients / (limit * speed) + AT_LEAST_SECONDS
    async with serve(box) as served, standing_still() as standing:
        told = {"database_url": database_url, "api": served.url, "token": TOKEN, "count": str(recipients)}
        told |= {"limit": str(limit), "speed": str(speed), "clock": start.isoformat()}
        spent = process_time()
        found = await _sent_by({**told, "seconds": str(seconds)}, seconds)
        spent = process_time() - spent
    given: list[float] = found["given"]
    sent = box.calls.count("sendMessage")
    rate = (len(given) - 1) / (given[-1] - given[0])
    return Push(
        case=case,
        limit=limit,
        database=database_url.split("+")[0],
        judged_on="grants" if speed == 1 else f"grants, clock x{speed}",
        recipients=sent,
        sent_per_s=round(rate, 2),
        most_in_a_second=most_in_a_second(given),
        used=round(rate / limit, 4),
        cpu_ms=round(found["cpu_seconds"] * 1000 / sent, 3),
        sandbox_cpu_ms=round(spent * 1000 / sent, 3),
        sandbox_stood_ms=round(standing.longest_ms, 1),
        held_up=found["held_up"],
        grown_mb=found["grown_mb"],
    )


async def _sent_by(told: Mapping[str, str], seconds: float) -> dict[str, Any]:
    """What the sender says when it is through, or when its time is up."""
    running = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "benchmarks.push_sender", json.dumps(told), stdout=asyncio.subprocess.PIPE
    )
    _keep_off(max(os.sched_getaffinity(0)))
    try:
        async with asyncio.timeout(seconds + AT_LEAST_SECONDS):
            said, _errors = await running.communicate()
    finally:
        if running.returncode is None:
            running.kill()
            await running.wait()
        os.sched_setaffinity(0, range(os.cpu_count() or 1))
    if running.returncode:
        raise RuntimeError("the sender failed")
    found: dict[str, Any] = json.loads(said)
    return found


def _keep_off(core: int) -> None:
    """That one is the sender's; the messenger has the others."""
    others = os.sched_getaffinity(0) - {core}
    if others:
        os.sched_setaffinity(0, others)
