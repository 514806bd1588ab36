"""`python -m benchmarks --only push`: how fast campaigns go out under a limit, and what people notice of it.

Three runs. The whole bot at 30 a second, judged on what arrives, while people use it; the sender alone on a
clock that runs twenty times faster, judged on its governor's own grants; and the sender alone at 1,000 a
second, on each database.
"""

from __future__ import annotations

import asyncio
import json
import sys
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from time import perf_counter
from typing import Any

import psutil
from sqlalchemy import update

from benchmarks.crowd import lay_down
from benchmarks.measuring import Measured, Player, process
from domain.quiet_hours import next_allowed
from sandbox.clock import Clock
from sandbox.mailing import CAMPAIGN_ID, lay_mailing
from sandbox.server import serve
from sandbox.state import TOKEN, Sandbox
from storage.schema import migrate
from storage.tables.campaigns import campaigns
from storage.unit_of_work import open_store
from tests.databases import drop_postgres, leave_nothing, new_postgres

LIMIT, FAST_LIMIT, SPEED = 30, 1_000, 20
FEW, MANY = 3_000, 100_000
LATENCY_MS = 20
PEOPLE = 4
THINKING_SECONDS = 1.0
BOT_ID = int(TOKEN.split(":")[0])
LEAST_USED, MOST_REPLY_MS, LEAST_FAST = 0.97, 1_000, 950


@dataclass(frozen=True, slots=True, kw_only=True)
class Push:
    limit: int
    database: str
    judged_on: str
    recipients: int
    sent_per_s: float
    most_in_a_second: int
    used: float
    reply_p95_ms: float | None
    cpu_ms: float
    """Processor time of the sending process for each message."""

    @property
    def is_enough(self) -> bool:
        if self.limit == FAST_LIMIT:
            return self.sent_per_s >= LEAST_FAST and self.most_in_a_second <= self.limit
        is_heard = self.reply_p95_ms is None or self.reply_p95_ms < MOST_REPLY_MS
        return self.used >= LEAST_USED and self.most_in_a_second <= self.limit and is_heard


def most_in_a_second(times: Sequence[float]) -> int:
    most = first = 0
    for last, at in enumerate(times):
        while times[first] <= at - 1:
            first += 1
        most = max(most, last - first + 1)
    return most


async def measure_push(folder: Path, few: int = FEW, many: int = MANY) -> list[Push]:
    rows = [await _beside_people(folder, few)]
    print_push(rows[-1])
    sqlite = f"sqlite+aiosqlite:///{folder / 'push-fast.db'}"
    await migrate(sqlite)
    rows.append(await _alone(sqlite, many, LIMIT, SPEED, latency_ms=1, number=71))
    print_push(rows[-1])
    rows.append(await _alone(sqlite, many, FAST_LIMIT, 1, latency_ms=LATENCY_MS, number=72))
    print_push(rows[-1])
    postgres = await new_postgres()
    try:
        rows.append(await _alone(postgres, many, FAST_LIMIT, 1, latency_ms=LATENCY_MS, number=73))
    finally:
        await drop_postgres(postgres)
        await asyncio.to_thread(leave_nothing)
    print_push(rows[-1])
    return rows


def _morning() -> datetime:
    """A time at which promotions may go out, with hours of it to come."""
    return next_allowed(datetime.now(UTC), ((9, 10),), ())


def _told(box: Sandbox, people: Sequence[int]) -> None:
    for user_id in people:
        box.add_user(id=user_id, first_name="مسئول", started=True)


async def _beside_people(folder: Path, count: int) -> Push:
    """The whole bot: its campaign goes out while people tap."""
    path, box = folder / "push.db", Sandbox(Clock(_morning()))
    crowd = await lay_down(path, PEOPLE)
    users = [box.add_user(**person)["id"] for person in crowd]
    store = open_store(f"sqlite+aiosqlite:///{path}")
    people = await lay_mailing(store, count, box.clock.now(), bot_id=BOT_ID, state="paused")
    _told(box, people)
    box.limits.set({"latency_ms": LATENCY_MS})
    pushes, replies = _arrivals(box, frozenset(people))
    async with serve(box) as served, _bot(served.url, path, box) as running:
        measured = Measured()
        stop = asyncio.Event()
        tapping = [asyncio.ensure_future(_tap(box, each, measured, stop)) for each in users]
        cpu = running.cpu_times()
        async with store.unit_of_work() as uow:
            ours = update(campaigns).where(campaigns.c.id == CAMPAIGN_ID)
            await uow.connection.execute(ours.values(state="running"))
        async with asyncio.timeout(count / LIMIT * 3 + 60):
            while len(pushes) < count:
                await asyncio.sleep(0.2)
        spent = running.cpu_times()
        stop.set()
        await asyncio.gather(*tapping)
    await store.close()
    first, last = pushes[0], pushes[-1]
    beside = sum(first <= each <= last for each in replies)
    seconds = last - first
    return Push(
        limit=LIMIT,
        database="sqlite",
        judged_on="arrivals",
        recipients=count,
        sent_per_s=round((len(pushes) - 1) / seconds, 2),
        most_in_a_second=most_in_a_second(pushes),
        used=round((len(pushes) - 1 + beside) / seconds / LIMIT, 4),
        reply_p95_ms=round(measured.percentile_ms(0.95), 1),
        cpu_ms=round((spent.user + spent.system - cpu.user - cpu.system) * 1000 / count, 2),
    )


def _arrivals(box: Sandbox, people: frozenset[int]) -> tuple[list[float], list[float]]:
    """When messages to the recipients arrive, and when whatever else counts does."""
    pushes: list[float] = []
    replies: list[float] = []
    add: Callable[..., Any] = box.calls.add

    def noting(
        method: str, params: dict[str, Any], status: int, response: Any, user_id: int | None
    ) -> dict[str, Any]:
        if user_id in people:
            pushes.append(perf_counter())
        elif method.startswith(("send", "edit")):
            replies.append(perf_counter())
        row: dict[str, Any] = add(method, params, status, response, user_id)
        return row

    box.calls.add = noting  # type: ignore[method-assign]
    return pushes, replies


async def _tap(box: Sandbox, user_id: int, measured: Measured, stop: asyncio.Event) -> None:
    """Somebody who looks at what they got before they ask again.

    They write rather than tap: a reminder that comes in between would push the buttons away.
    """
    player = Player(box, user_id, measured)
    while not stop.is_set():
        await player.write("/start")
        await asyncio.sleep(THINKING_SECONDS)


@asynccontextmanager
async def _bot(url: str, path: Path, box: Sandbox) -> AsyncIterator[psutil.Process]:
    environment = {
        "BONAK_DATABASE_URL": f"sqlite+aiosqlite:///{path}",
        "BONAK_TELEGRAM_TOKEN": TOKEN,
        "BONAK_TELEGRAM_API": url,
        "BONAK_CLOCK_URL": url,
        "BONAK_SEND_PER_SECOND": str(LIMIT),
        "BONAK_LOG_LEVEL": "error",
    }
    box.updates.polled_at = float("-inf")
    async with process(["-m", "bot", "run"], environment) as running:
        async with asyncio.timeout(180):
            while box.updates.polled_at == float("-inf"):
                await asyncio.sleep(0.05)
        yield psutil.Process(running.pid)


async def _alone(
    database_url: str, count: int, limit: int, speed: int, *, latency_ms: int, number: int
) -> Push:
    """The sender by itself, in a process that has one core."""
    box, start = Sandbox(Clock()), _morning()
    store = open_store(database_url)
    people = await lay_mailing(store, count, start, bot_id=BOT_ID, campaign_id=number)
    await store.close()
    _told(box, people)
    box.limits.set({"latency_ms": latency_ms})
    async with serve(box) as served:
        told = {"database_url": database_url, "api": served.url, "token": TOKEN}
        told |= {"limit": str(limit), "speed": str(speed), "clock": start.isoformat()}
        found = await _sent_by(told)
    assert box.calls.count("sendMessage") == count
    given: list[float] = found["given"]
    rate = (count - 1) / (given[-1] - given[0])
    return Push(
        limit=limit,
        database=database_url.split("+")[0],
        judged_on="grants" if speed == 1 else f"grants, clock x{speed}",
        recipients=count,
        sent_per_s=round(rate, 2),
        most_in_a_second=most_in_a_second(given),
        used=round(rate / limit, 4),
        reply_p95_ms=None,
        cpu_ms=round(found["cpu_seconds"] * 1000 / count, 2),
    )


async def _sent_by(told: Mapping[str, str]) -> dict[str, Any]:
    running = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "benchmarks.push_sender", json.dumps(told), stdout=asyncio.subprocess.PIPE
    )
    said, _errors = await running.communicate()
    if running.returncode:
        raise RuntimeError("the sender failed")
    found: dict[str, Any] = json.loads(said)
    return found


def print_push(row: Push) -> None:
    print(json.dumps({**asdict(row), "is_enough": row.is_enough}), flush=True)
