"""Many buyers who tap at the same time, in this process or in one of several."""

from __future__ import annotations

import asyncio
import json
from collections import Counter
from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from domain.actors import Actor
from domain.errors import Refusal
from domain.order_views import OrderView
from services.placing import place_order
from storage.passing import is_passing
from storage.unit_of_work import Store, UnitOfWork, open_store
from tests.nemesis.market import PLATFORM, Offer

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


def run_buyers(options: dict[str, Any]) -> None:
    """A share of the crowd in a process of its own; writes down how their taps ended."""
    ended = asyncio.run(_run(options))
    Path(options["out"]).write_text(json.dumps(ended))


async def _run(options: dict[str, Any]) -> Counter[str]:
    store = open_store(options["database_url"])
    offers = [Offer(**each) for each in options["offers"]]
    ended = await tap_all(store, offers, datetime.fromisoformat(options["now"]))
    await store.close()
    return ended
