"""`python -m benchmarks --only push`: how fast campaigns go out under a limit, and what people notice of it.

Four cases, each by itself with `--case`, with fewer recipients with `--recipients`:

- `people`: the whole bot at 30 a second, judged on what arrives, while people use it and orders are told of;
- `clock`: the sender alone on a clock that runs twenty times faster, judged on its governor's own grants;
- `sqlite`, `postgresql`: the sender alone at 1,000 a second, in one process on one core.

They take about two, three, two and two minutes. Each says what it has done every ten seconds and ends by
itself after three times the time it should take; a row of `push` in `benchmarks/results.json` replaces the
former one of its case. `held_up` is the share of the time in which the sending process was ready and had no
processor: where that is not next to nothing, the machine was measured and not the sender. What is judged on
arrivals needs a messenger that does not stand still itself (`sandbox_stood_ms`).
"""

from __future__ import annotations

import asyncio
import gc
import json
from collections.abc import AsyncIterator, Iterable, Sequence
from contextlib import asynccontextmanager
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from time import perf_counter
from typing import Any

from domain.quiet_hours import next_allowed
from sandbox.state import TOKEN, Sandbox

LIMIT, FAST_LIMIT, SPEED = 30, 1_000, 20
FEW, MANY = 3_000, 100_000
LATENCY_MS = 20
BOT_ID = int(TOKEN.split(":")[0])
CASES = ("people", "clock", "sqlite", "postgresql")
LEAST_USED, MOST_REPLY_MS, MOST_NOTICE_MS, LEAST_FAST = 0.97, 1_000, 5_000, 950
BEAT = 0.01
PATIENCE = 3
"""A case may take so many times what it should."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Push:
    case: str
    limit: int
    database: str
    judged_on: str
    recipients: int
    sent_per_s: float
    most_in_a_second: int
    used: float
    reply_p95_ms: float | None = None
    notice_p95_ms: float | None = None
    """From an order's notice being put until it arrives, while the campaign goes out."""
    cpu_ms: float
    """Processor time of the sending process for each message."""
    sandbox_cpu_ms: float
    sandbox_stood_ms: float
    """The longest that the messenger of this benchmark itself stood still: what arrives is late by that."""
    held_up: float | None
    grown_mb: float | None = None
    """What the sending process grew by after the first tenth."""

    @property
    def is_enough(self) -> bool:
        if self.most_in_a_second > self.limit:
            return False
        if self.limit == FAST_LIMIT:
            return self.sent_per_s >= LEAST_FAST
        is_heard = self.reply_p95_ms is None or self.reply_p95_ms < MOST_REPLY_MS
        is_told = self.notice_p95_ms is None or self.notice_p95_ms < MOST_NOTICE_MS
        return self.used >= LEAST_USED and is_heard and is_told


def most_in_a_second(times: Sequence[float]) -> int:
    most = first = 0
    for last, at in enumerate(times):
        while times[first] <= at - 1:
            first += 1
        most = max(most, last - first + 1)
    return most


def p95(values: Iterable[float]) -> float:
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * 0.95))]


def morning() -> datetime:
    """A time at which promotions may go out, with hours of it to come."""
    return next_allowed(datetime.now(UTC), ((9, 10),), ())


def let_in(box: Sandbox, people: Sequence[int]) -> None:
    """The bot may write to them."""
    for user_id in people:
        box.add_user(id=user_id, first_name="مسئول", started=True)


@dataclass
class Standing:
    """How long this process' loop stood still at most."""

    longest_ms: float = 0.0

    async def watch(self) -> None:
        while True:
            before = perf_counter()
            await asyncio.sleep(BEAT)
            self.longest_ms = max(self.longest_ms, (perf_counter() - before - BEAT) * 1000)


@asynccontextmanager
async def standing_still() -> AsyncIterator[Standing]:
    """Watched while the block runs. What was laid down before is looked through by nobody any more."""
    gc.collect()
    gc.freeze()
    standing = Standing()
    watching = asyncio.ensure_future(standing.watch())
    try:
        yield standing
    finally:
        watching.cancel()
        gc.unfreeze()


def held_up_seconds(process_id: int) -> float | None:
    """How long that process has been ready and without a processor; None where the system does not say."""
    path = Path(f"/proc/{process_id}/schedstat")
    return int(path.read_text().split()[1]) / 1e9 if path.exists() else None


async def measure_push(
    folder: Path, cases: Sequence[str] = CASES, recipients: int | None = None
) -> AsyncIterator[Push]:
    from benchmarks.push_alone import fast_postgresql, fast_sqlite, on_a_fast_clock
    from benchmarks.push_people import beside_people

    runs = {
        "people": beside_people,
        "clock": on_a_fast_clock,
        "sqlite": fast_sqlite,
        "postgresql": fast_postgresql,
    }
    for case in cases:
        most = FEW if case == "people" else MANY
        row = await runs[case](folder, min(most, recipients or most))
        print(json.dumps(row_of(row)), flush=True)
        yield row


def row_of(push: Push) -> dict[str, Any]:
    return {**asdict(push), "is_enough": push.is_enough}
