"""Row A-14: a tap places what its summary showed, or shows a fresh one; whatever overtook it on the way."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from datetime import datetime

from sqlalchemy import func, select

from domain.basket import Summary
from domain.errors import Refusal
from services.basket import set_line
from services.placing import place_order
from storage.tables.orders import order_lines, orders
from storage.unit_of_work import Store
from tests.builders.catalogue import a_product
from tests.nemesis import naive
from tests.nemesis.buyers import tap_all
from tests.nemesis.checker import list_broken
from tests.nemesis.harness import seeded, trials
from tests.nemesis.market import PLATFORM, TOMAN, Offer, a_crowd, offers

BUYERS = 100
CROWD = range(50_001, 50_001 + BUYERS)


async def test_a_tap_that_overtakes_or_is_overtaken_places_only_what_it_showed(
    store: Store, now: datetime
) -> None:
    """A-14: a typed quantity and the tap that confirms arrive in either order, or at the same time."""
    async with store.unit_of_work() as uow:
        await a_crowd(uow, BUYERS, now)
    stale = 0
    for trial in range(trials(1000)):
        chance, seed = seeded("A-14", trial)
        user_id = CROWD[trial % BUYERS]
        async with store.unit_of_work() as uow:
            product = await a_product(uow, on_hand=1_000, toman=TOMAN)
            (offer,) = await offers(uow, [user_id], [(product, 2)], now)
        steps = [_type(store, user_id, product.id, now), _confirm(store, offer, now)]
        if chance.random() < 0.5:
            steps.reverse()
        if chance.random() < 0.5:
            await asyncio.gather(*steps)
        else:
            for step in steps:
                await step
        bought = await _bought(store, offer.order_id)
        assert bought in (2, None), f"{seed}: {bought} were ordered, 2 were shown"
        stale += bought is None
    assert stale, "no tap was ever overtaken"
    assert await list_broken(store) == []


async def _type(store: Store, user_id: int, product_id: int, now: datetime) -> None:
    # When the tap was first there is no such draft any more, or it changes under our hands.
    with suppress(Refusal):
        async with store.unit_of_work() as uow:
            found = await uow.customers.by_messenger(PLATFORM, 42, user_id, user_id)
            assert found is not None
            await set_line(uow, found[0], product_id, 9, now)


async def _confirm(store: Store, offer: Offer, now: datetime) -> None:
    async with store.unit_of_work() as uow:
        found = await uow.customers.by_messenger(PLATFORM, 42, offer.user_id, offer.user_id)
        assert found is not None
        done = await place_order(uow, found[0], offer.order_id, offer.version, offer.nonce, now)
        if isinstance(done, Summary):
            assert done.basket.draft.lines[0].quantity == 9, "the fresh summary shows what is there now"


async def _bought(store: Store, order_id: int) -> int | None:
    async with store.reading() as uow:
        return await uow.connection.scalar(
            select(order_lines.c.quantity)
            .join_from(order_lines, orders)
            .where(orders.c.id == order_id, orders.c.number.is_not(None))
        )


async def test_without_a_version_a_stale_tap_places_what_was_never_shown(
    sqlite_store: Store, now: datetime
) -> None:
    async with sqlite_store.unit_of_work() as uow:
        await a_crowd(uow, 1, now)
        product = await a_product(uow, on_hand=1_000)
        (offer,) = await offers(uow, CROWD[:1], [(product, 2)], now)
    await _type(sqlite_store, offer.user_id, product.id, now)
    await tap_all(sqlite_store, [offer], now, naive.place_again)
    async with sqlite_store.reading() as uow:
        newest = select(func.max(orders.c.id)).where(orders.c.number.is_not(None)).scalar_subquery()
        bought = select(order_lines.c.quantity).where(order_lines.c.order_id == newest)
        assert await uow.connection.scalar(bought) == 9
