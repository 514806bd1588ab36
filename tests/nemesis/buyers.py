"""Many buyers who tap at the same time, in this process or in one of several."""

from __future__ import annotations

import asyncio
import json
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import asdict
from datetime import datetime
from itertools import count
from pathlib import Path
from typing import Any

from domain.actors import Actor
from domain.errors import Refusal
from domain.order_views import OrderView
from services.placing import place_order
from storage.passing import is_passing
from storage.unit_of_work import Store, UnitOfWork, open_store
from tests.nemesis.harness import Child, Zygote
from tests.nemesis.market import PLATFORM, Offer
from tests.patience import until

MOST_TRIES = 3
PLACED = "placed"
Placing = Callable[[UnitOfWork, Actor, Offer, datetime], Awaitable[str]]


async def as_shown(uow: UnitOfWork, actor: Actor, offer: Offer, now: datetime) -> str:
    """What the bot does when the summary is tapped."""
    done = await place_order(uow, actor, offer.order_id, offer.version, offer.nonce, now)
    return PLACED if isinstance(done, OrderView) else "summary"


async def tap_all(
    store: Store, offers: Sequence[Offer], now: datetime, place: Placing = as_shown
) -> Counter[str]:
    """All of them at once; how many ended how. A refusal counts by its name, a fault as ``raw``."""
    async with asyncio.TaskGroup() as group:
        taps = [group.create_task(_tap(store, offer, now, place)) for offer in offers]
    return Counter(tap.result() for tap in taps)


async def _tap(store: Store, offer: Offer, now: datetime, place: Placing) -> str:
    for tried in range(1, MOST_TRIES + 1):
        try:
            async with store.unit_of_work() as uow:
                found = await uow.customers.by_messenger(PLATFORM, 42, offer.user_id, offer.user_id)
                assert found is not None
                return await place(uow, found[0], offer, now)
        except Refusal as no:
            return type(no).__name__
        except Exception as fault:
            # What passes by itself is tried again, as the inbox does it.
            if not is_passing(fault) or tried == MOST_TRIES:
                return f"raw {type(fault).__name__}"
    raise AssertionError


class TwoCrowds:
    """Two processes that share the buyers of one trial after the other: their connections are made once."""

    def __init__(self, zygote: Zygote, database_url: str, now: datetime, folder: Path) -> None:
        self._folders = [folder / f"crowd-{number}" for number in (0, 1)]
        self._rounds = 0
        common = {"database_url": database_url, "now": now.isoformat()}
        self._children: list[Child] = []
        for each in self._folders:
            each.mkdir()
            self._children.append(zygote.start("buyers", {**common, "folder": str(each)}))

    async def tap_all(self, offers: Sequence[Offer]) -> Counter[str]:
        """All of them at once, half of them in each process; how many ended how."""
        self._rounds += 1
        for number, folder in enumerate(self._folders):
            _put(folder / f"offers-{self._rounds}", [asdict(each) for each in offers[number::2]])
        outs = [folder / f"ended-{self._rounds}" for folder in self._folders]
        await until(lambda: all(map(Path.exists, outs)) or self._has_died(), "the crowds are served", 120)
        assert not self._has_died(), [each.log.read_text()[-2000:] for each in self._children]
        return sum((Counter(json.loads(each.read_text())) for each in outs), Counter())

    def _has_died(self) -> bool:
        return not all(each.is_alive for each in self._children)

    async def close(self) -> None:
        for each in self._children:
            await each.kill()


@asynccontextmanager
async def two_crowds(
    zygote: Zygote, database_url: str, now: datetime, folder: Path
) -> AsyncIterator[TwoCrowds]:
    crowds = TwoCrowds(zygote, database_url, now, folder)
    try:
        yield crowds
    finally:
        await crowds.close()


def _put(path: Path, content: object) -> None:
    """Written under another name first: whoever finds it finds all of it."""
    unready = path.with_suffix(".unready")
    unready.write_text(json.dumps(content))
    unready.rename(path)


def run_buyers(options: dict[str, Any]) -> None:
    """A share of the crowd in a process of its own, until it is killed; writes down how their taps ended."""
    asyncio.run(_run(options))


async def _run(options: dict[str, Any]) -> None:
    store = open_store(options["database_url"])
    folder, now = Path(options["folder"]), datetime.fromisoformat(options["now"])
    for number in count(1):
        given = folder / f"offers-{number}"
        await until(given.exists, "the next buyers", 600)
        offers = [Offer(**each) for each in json.loads(given.read_text())]
        _put(folder / f"ended-{number}", await tap_all(store, offers, now))
