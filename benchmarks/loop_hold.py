"""How long handlers hold the loop while the whole town taps and writes: the worst step, and whose it was."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

from benchmarks.holding import holds_of
from sandbox import town_people
from sandbox.clock import Clock
from sandbox.running import World, running
from sandbox.town import Town, fill, people
from sandbox.window import ChatWindow
from storage.schema import migrate
from storage.unit_of_work import open_store

NOW = datetime(2026, 11, 20, 21, tzinfo=UTC)
DAY = date(2026, 11, 21)
AT_MOST_MS = 20.0
TAPS = 150
SAME = 3
"""So often a person taps buttons of one kind."""
WHO = (
    town_people.PHARMACY,
    town_people.SALON,
    town_people.CHAIN,
    town_people.MANAGER,
    town_people.FINANCE,
    town_people.WAREHOUSE,
    town_people.VISITOR,
    town_people.SUPPORT,
)


def _texts() -> Iterator[str]:
    yield "شامپو"
    yield "shampo zedrizesh negare"
    yield "شمپو ضدشوره نگارا ۲۵۰"
    yield "سلام ۲ کارتن شامپو آوین ۲۵۰، یه کارتن دستکش مدیوم، خمیردندون ۳۰ تا. دوشنبه بفرستین"
    yield "\n".join(f"صابون پادینا {n + 1} عدد" for n in range(100))
    yield "\n".join(f"مسواکک نرمم شمارهه{n} لاوینن ۱۲ عدد" for n in range(60))
    yield "شامپوو ضدشووره اویین " * 150
    yield "😀" * 2_000
    yield "ابجد " * 800


@dataclass(frozen=True, slots=True, kw_only=True)
class LoopHold:
    """In milliseconds of the loop's own processor time."""

    updates: int
    p99_ms: float
    worst_ms: float
    handler: str
    longer: tuple[tuple[str, float], ...]
    """Every handler that held the loop longer than wanted, with its worst."""


async def measure_loop_hold(folder: Path, taps: int = TAPS) -> LoopHold:
    url = f"sqlite+aiosqlite:///{folder}/loop.db"
    await migrate(url)
    store = open_store(url)
    town = await fill(store, DAY, pictures=False)
    await store.close()
    clock = Clock(NOW)
    clock.rate(0)
    async with running(database_url=url, clock=clock, people=people(town)) as world:
        await world.chat(town.user_id(WHO[0])).write("شامپو")
        with holds_of(world.app.dispatcher) as holds:
            updates = sum([await _play(world, town, name, taps) for name in WHO])
    worst, handler = holds.worst
    longer = holds.longer_than(AT_MOST_MS / 1000)
    return LoopHold(
        updates=updates,
        p99_ms=round(holds.share(0.99) * 1000, 2),
        worst_ms=round(worst * 1000, 2),
        handler=handler,
        longer=tuple((name, round(took * 1000, 2)) for name, took in longer),
    )


async def _play(world: World, town: Town, name: str, taps: int) -> int:
    """One person taps whatever is new, and now and then begins again; then writes."""
    chat = world.chat(town.user_id(name))
    done = 0
    tapped: Counter[str] = Counter()
    while done < taps:
        await chat.write("/start")
        done += 1
        went_on = False
        while done < taps and (data := _next(chat, tapped)):
            tapped[_kind(data)] += 1
            await chat.tap(data, force=True)
            done += 1
            went_on = True
        if not went_on:
            break
    for text in _texts():
        await chat.write(text)
        done += 1
    return done


def _kind(data: str) -> str:
    return data.split(":", 1)[0]


def _next(chat: ChatWindow, tapped: Counter[str]) -> str | None:
    """A button of the newest message whose kind was tapped least."""
    offered = [button["data"] for row in chat.buttons for button in row if button.get("data")]
    fresh = [data for data in offered if tapped[_kind(data)] < SAME]
    return min(fresh, key=lambda data: tapped[_kind(data)], default=None)


def said_of_loop_hold(measured: LoopHold) -> str:
    longer = ", ".join(f"{name} {took:.0f} ms" for name, took in measured.longer) or "none"
    return (
        f"loop: {measured.updates} updates, p99 {measured.p99_ms:.1f} ms, worst {measured.worst_ms:.1f} ms"
        f" ({measured.handler}) (at most {AT_MOST_MS:.0f}); longer: {longer}"
    )
