"""`make bench`: updates a second and latencies of browsing and of whole orders, beside a bare echo bot.

The sandbox with the people runs in this process, each bot in another; checks are off, nothing is held back.
The bots take turns in short rounds, and ratios are taken within a round: the machine's speed cancels out.
"""

from __future__ import annotations

import argparse
import asyncio
import shutil
import sys
import tempfile
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import median
from typing import Any

import psutil

from benchmarks.audience import CUSTOMERS, measure_audience, rows_of
from benchmarks.audience import said as said_of_audience
from benchmarks.books import measure_books
from benchmarks.books import said as said_of_books
from benchmarks.crowd import lay_down
from benchmarks.documents import measure_documents, said
from benchmarks.keeping import RESULTS, keep, named
from benchmarks.loop_hold import measure_loop_hold, said_of_loop_hold
from benchmarks.measuring import Measured, Script, play, process
from benchmarks.memory import measure_memory
from benchmarks.pricing import measure_pricing
from benchmarks.pricing import said as said_of_pricing
from benchmarks.push import CASES, measure_push, row_of
from benchmarks.scripts import browse, echo, hello, order
from benchmarks.sweep import measure_sweep
from benchmarks.sweep import rows_of as rows_of_sweep
from benchmarks.sweep import said as said_of_sweep
from sandbox.clock import Clock
from sandbox.server import serve
from sandbox.state import TOKEN, Sandbox

PEOPLE = (1, 8, 32, 128)
SCRIPTS: dict[str, Script] = {"echo": echo, "browse": browse, "order": order}
WARM_UP_SECONDS = 2.0
Round = Callable[[float], Awaitable[Measured]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    name: str
    database: str
    people: int
    updates_per_s: float
    p50_ms: float
    p95_ms: float
    ratio_to_echo: float
    p95_ratio_to_echo: float


@asynccontextmanager
async def bot(kind: str, box: Sandbox, url: str, path: Path) -> AsyncIterator[psutil.Process]:
    """The echo bot or Bonak, running and polling."""
    environment = {
        "BONAK_DATABASE_URL": f"sqlite+aiosqlite:///{path}",
        "BONAK_TELEGRAM_TOKEN": TOKEN,
        "BONAK_TELEGRAM_API": url,
        "BONAK_SEND_PER_SECOND": "0",
        "BONAK_SEND_PER_CHAT": "0",
        "BONAK_LOG_LEVEL": "error",
    }
    arguments = ["-m", "benchmarks.echo_bot", url, TOKEN] if kind == "echo" else ["-m", "bot", "run"]
    box.updates.polled_at = float("-inf")
    async with process(arguments, environment) as running:
        async with asyncio.timeout(30):
            while box.updates.polled_at == float("-inf"):
                await asyncio.sleep(0.05)
        yield psutil.Process(running.pid)


@asynccontextmanager
async def ready(name: str, crowd: Sequence[dict[str, Any]], path: Path) -> AsyncIterator[Round]:
    """A bot with a messenger and people of its own, warmed up; each call is one round of that script."""
    box = Sandbox(Clock())
    users = [box.add_user(**person)["id"] for person in crowd]

    async def one_round(seconds: float) -> Measured:
        return await play(box, users, SCRIPTS[name], seconds)

    async with serve(box) as served, bot(name, box, served.url, path):
        await play(box, users, hello, 0)
        await one_round(WARM_UP_SECONDS)
        yield one_round


async def side_by_side(
    crowd: Sequence[dict[str, Any]], path: Path, rounds: int, seconds: float
) -> dict[str, list[Measured]]:
    """All bots are up, and act one after the other: each round has them all within a few seconds.

    The speed of a shared machine swings from minute to minute. Within a round it is about the same for all,
    so ratios are taken there; every other round goes the other way round.
    """
    found: dict[str, list[Measured]] = {name: [] for name in SCRIPTS}
    async with AsyncExitStack() as stack:
        plays: dict[str, Round] = {}
        for name in SCRIPTS:
            own = path.with_name(f"{name}-{len(crowd)}.db")
            shutil.copyfile(path, own)
            plays[name] = await stack.enter_async_context(ready(name, crowd, own))
        for number in range(rounds):
            for name in SCRIPTS if number % 2 == 0 else reversed(SCRIPTS):
                found[name].append(await plays[name](seconds))
    return found


def result_of(name: str, people: int, own: Sequence[Measured], echoed: Sequence[Measured]) -> Result:
    """Medians over the rounds, so that one disturbed round says nothing."""
    pairs = list(zip(own, echoed, strict=True))
    return Result(
        name=name,
        database="sqlite",
        people=people,
        updates_per_s=round(median(each.updates_per_s for each in own), 1),
        p50_ms=round(median(each.percentile_ms(0.50) for each in own), 1),
        p95_ms=round(median(each.percentile_ms(0.95) for each in own), 1),
        ratio_to_echo=round(median(ours.updates_per_s / base.updates_per_s for ours, base in pairs), 3),
        p95_ratio_to_echo=round(
            median(ours.percentile_ms(0.95) / base.percentile_ms(0.95) for ours, base in pairs), 2
        ),
    )


async def table(rounds: int, seconds: float, counts: Sequence[int], folder: Path) -> list[Result]:
    results: list[Result] = []
    crowd = await lay_down(folder / "bench.db", max(counts))
    for count in counts:
        found = await side_by_side(crowd[:count], folder / "bench.db", rounds, seconds)
        for name, own in found.items():
            results.append(result_of(name, count, own, found["echo"]))
            print_row(results[-1])
    return results


def print_row(result: Result) -> None:
    print(
        f"{result.name:<8} {result.database:<8} {result.people:>6} {result.updates_per_s:>9.1f}"
        f" {result.p50_ms:>8.1f} {result.p95_ms:>8.1f} {result.ratio_to_echo:>8.2f}"
        f" {result.p95_ratio_to_echo:>8.2f}",
        flush=True,
    )


async def alone(what: str, asked: argparse.Namespace) -> None:
    """One thing by itself, kept as soon as it is measured."""
    with tempfile.TemporaryDirectory(prefix="bonak-bench-") as name:
        folder = Path(name)
        match what:
            case "push":
                async for row in measure_push(folder, asked.case, asked.recipients):
                    keep(named("push", [row_of(row)]))
            case "audience":
                audience = await measure_audience(folder, asked.customers)
                print(said_of_audience(audience))
                keep(named("audience", rows_of(audience)))
            case "sweep":
                sweeps = await measure_sweep(folder)
                print(said_of_sweep(sweeps))
                keep(named("sweep", rows_of_sweep(sweeps)))
            case "loop":
                held = await measure_loop_hold(folder)
                print(said_of_loop_hold(held))
                keep(named("loop_hold", [asdict(held)]))


async def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=7, help="how often each bot has its turn")
    parser.add_argument("--seconds", type=float, default=2.0, help="how long a turn is")
    parser.add_argument("--people", type=int, nargs="+", default=PEOPLE)
    parser.add_argument("--without-memory", action="store_true")
    parser.add_argument(
        "--only",
        choices=("push", "audience", "sweep", "loop"),
        help="measure that alone, and keep the other results",
    )
    parser.add_argument("--case", choices=CASES, nargs="+", default=CASES, help="those cases of the pushes")
    parser.add_argument("--recipients", type=int, help="fewer recipients for the pushes")
    parser.add_argument("--customers", type=int, default=CUSTOMERS, help="fewer customers for the audience")
    asked = parser.parse_args()
    if asked.only:
        await alone(asked.only, asked)
        return
    print(
        f"{'name':<8} {'database':<8} {'people':>6} {'upd/s':>9} {'p50 ms':>8} {'p95 ms':>8}"
        f" {'of echo':>8} {'p95 of':>8}"
    )
    with tempfile.TemporaryDirectory(prefix="bonak-bench-") as folder:
        results = await table(asked.rounds, asked.seconds, asked.people, Path(folder))
        memory = None if asked.without_memory else await measure_memory(Path(folder), bot)
        books = await measure_books(Path(folder))
    keep(asdict(each) for each in results)
    if memory:
        keep(named("memory", [asdict(memory)]))
    if memory:
        print(
            f"memory: {memory.above_bare_mb:.0f} MB above bare imports (at most 120);"
            f" {memory.growth_mb:+.1f} MB from update 2,000 to 10,000 (at most 5)"
        )
    documents = measure_documents()
    print(said(documents))
    pricing = measure_pricing()
    print(said_of_pricing(pricing))
    print(said_of_books(books))
    keep(named("documents", [asdict(documents)]))
    keep(named("pricing", [asdict(pricing)]))
    keep(named("books", [{**asdict(books), "ratio": books.ratio}]))
    for each in ("push", "audience", "sweep", "loop"):
        await alone(each, asked)
    print(f"written to {RESULTS.relative_to(Path.cwd()) if RESULTS.is_relative_to(Path.cwd()) else RESULTS}")


if __name__ == "__main__":
    sys.exit(asyncio.run(main()))
