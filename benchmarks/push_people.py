"""The whole bot: its campaign goes out while people use it and orders are told of."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from time import perf_counter, process_time
from typing import Any

import psutil
from sqlalchemy import update

from benchmarks.crowd import lay_down
from benchmarks.measuring import Measured, Player, process
from benchmarks.push import (
    BOT_ID,
    LATENCY_MS,
    LIMIT,
    PATIENCE,
    Push,
    held_up_seconds,
    let_in,
    morning,
    most_in_a_second,
    p95,
    standing_still,
)
from domain.notifications import Notification, Recipient
from sandbox.clock import Clock
from sandbox.mailing import CAMPAIGN_ID, FIRST_USER, lay_mailing
from sandbox.server import serve
from sandbox.state import TOKEN, Sandbox
from storage.tables.campaigns import campaigns
from storage.unit_of_work import Store, open_store

PEOPLE = 4
THINKING_SECONDS = 1.0
TOLD_EVERY = 2.0
NOTICE = "fault"
"""The plainest kind there is."""
SAYS_EVERY = 10.0
LASTING = 60


@dataclass
class Arrivals:
    """When messages to the recipients arrive, when notices do, and when whatever else counts."""

    people: frozenset[int]
    waiting: dict[int, float] = field(default_factory=dict)
    """Whom something of an order is to be told, and since when."""
    pushes: list[float] = field(default_factory=list)
    others: list[float] = field(default_factory=list)
    notices: list[float] = field(default_factory=list)

    def note(self, method: str, user_id: int | None) -> None:
        now = perf_counter()
        if user_id in self.waiting:
            self.notices.append(now - self.waiting.pop(user_id))
            self.others.append(now)
        elif user_id in self.people:
            self.pushes.append(now)
        elif method.startswith(("send", "edit")):
            self.others.append(now)

    def listen(self, box: Sandbox) -> None:
        add = box.calls.add

        def noting(method: str, params: Any, status: int, response: Any, user_id: int | None) -> Any:
            self.note(method, user_id)
            return add(method, params, status, response, user_id)

        box.calls.add = noting  # type: ignore[method-assign]


async def beside_people(folder: Path, count: int) -> Push:
    path, box = folder / "push.db", Sandbox(Clock(morning()))
    users = [box.add_user(**person)["id"] for person in await lay_down(path, PEOPLE)]
    store = open_store(f"sqlite+aiosqlite:///{path}")
    now = box.clock.now()
    people = await lay_mailing(store, count, now, bot_id=BOT_ID, state="paused")
    told = await lay_mailing(
        store, count // 20, now, bot_id=BOT_ID, campaign_id=CAMPAIGN_ID + 1, state="paused"
    )
    let_in(box, (*people, *told))
    box.limits.set({"latency_ms": LATENCY_MS})
    arrivals, measured = Arrivals(frozenset(people)), Measured()
    arrivals.listen(box)
    async with serve(box) as served, _bot(served.url, path, box) as running, standing_still() as standing:
        began, own = perf_counter(), process_time()
        spent, held = running.cpu_times(), held_up_seconds(running.pid)
        beside = [asyncio.ensure_future(_tap(box, each, measured)) for each in users]
        beside.append(asyncio.ensure_future(_tell(store, box, arrivals, told)))
        await _begin(store)
        await _until_all_have_come(arrivals, count)
        seconds, own = perf_counter() - began, process_time() - own
        now_spent, now_held = running.cpu_times(), held_up_seconds(running.pid)
        for task in beside:
            task.cancel()
        await asyncio.gather(*beside, return_exceptions=True)
    await store.close()
    cpu = now_spent.user + now_spent.system - spent.user - spent.system
    share = None if held is None or now_held is None else round((now_held - held) / seconds, 3)
    row = _judged(arrivals, measured, cpu, own)
    return replace(row, held_up=share, sandbox_stood_ms=round(standing.longest_ms, 1))


async def _begin(store: Store) -> None:
    async with store.unit_of_work() as uow:
        ours = update(campaigns).where(campaigns.c.id == CAMPAIGN_ID)
        await uow.connection.execute(ours.values(state="running"))


async def _until_all_have_come(arrivals: Arrivals, count: int) -> None:
    """Or until it has taken far too long; what has come by then is judged."""
    until, said = perf_counter() + count / LIMIT * PATIENCE + LASTING, perf_counter()
    while len(arrivals.pushes) < count and perf_counter() < until:
        await asyncio.sleep(0.2)
        if perf_counter() - said >= SAYS_EVERY:
            said = perf_counter()
            print(f"  {len(arrivals.pushes):,} of {count:,}", file=sys.stderr, flush=True)


def _judged(arrivals: Arrivals, measured: Measured, cpu: float, own: float) -> Push:
    pushes = arrivals.pushes
    first, last = pushes[0], pushes[-1]
    beside = sum(first <= each <= last for each in arrivals.others)
    seconds = last - first
    return Push(
        case="people",
        limit=LIMIT,
        database="sqlite",
        judged_on="arrivals",
        recipients=len(pushes),
        sent_per_s=round((len(pushes) - 1) / seconds, 2),
        most_in_a_second=most_in_a_second(pushes),
        used=round((len(pushes) - 1 + beside) / seconds / LIMIT, 4),
        reply_p95_ms=round(measured.percentile_ms(0.95), 1),
        notice_p95_ms=round(p95(arrivals.notices) * 1000, 1),
        cpu_ms=round(cpu * 1000 / len(pushes), 3),
        sandbox_cpu_ms=round(own * 1000 / len(pushes), 3),
        sandbox_stood_ms=0.0,
        held_up=None,
    )


async def _tap(box: Sandbox, user_id: int, measured: Measured) -> None:
    """Somebody who looks at what they got before they ask again.

    They write rather than tap: a reminder that comes in between would push the buttons away.
    """
    player = Player(box, user_id, measured)
    while True:
        await player.write("/start")
        await asyncio.sleep(THINKING_SECONDS)


async def _tell(store: Store, box: Sandbox, arrivals: Arrivals, people: Sequence[int]) -> None:
    """Now and then something happens that somebody is to hear of at once."""
    for user_id in people:
        to, now = Recipient(contact_id=user_id - FIRST_USER), box.clock.now()
        arrivals.waiting[user_id] = perf_counter()
        async with store.unit_of_work() as uow:
            await uow.outbox.put(
                Notification(key=f"push:{user_id}", kind=NOTICE, to=to, subject_id=1, due_at=now)
            )
        await asyncio.sleep(TOLD_EVERY)


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
