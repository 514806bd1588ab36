"""Rows B-1 to B-4 and A-14: whoever taps when, nothing is sold twice, and nothing that was not shown."""

from __future__ import annotations

from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import datetime
from functools import partial
from pathlib import Path

import pytest
from sqlalchemy import select

from domain.catalogue import Product
from domain.errors import Shortage
from services.stock import reserve
from storage.tables.messages import notifications
from storage.unit_of_work import Store, open_store
from tests.builders.catalogue import a_product
from tests.databases import drop_postgres, new_postgres
from tests.nemesis import naive
from tests.nemesis.buyers import PLACED, tap_all, two_crowds
from tests.nemesis.checker import list_broken
from tests.nemesis.harness import FULL, Zygote, seeded, trials
from tests.nemesis.market import Offer, a_crowd, line_of, offers, placed

BUYERS = 300
UNITS = 100
TAPS = 1_000


@pytest.fixture
async def market(store: Store, now: datetime) -> AsyncIterator[Store]:
    """A database with a crowd of buyers in it."""
    async with store.unit_of_work() as uow:
        await a_crowd(uow, BUYERS, now)
    yield store
    assert await list_broken(store) == []


CROWD = range(50_001, 50_001 + BUYERS)


async def test_many_taps_on_one_summary_place_one_order(market: Store, now: datetime) -> None:
    """B-1: a thousand taps at once; one order, written down once, and nobody else told twice."""
    for cart in range(trials(100)):
        async with market.unit_of_work() as uow:
            product = await a_product(uow, on_hand=1_000)
            (offer,) = await offers(uow, [CROWD[cart]], [(product, 3)], now)
        taps = TAPS if FULL or cart == 0 else TAPS // 10
        ended = await tap_all(market, [offer] * taps, now)
        assert ended == {PLACED: 1, "AlreadyPlaced": taps - 1}
    assert await placed(market) == trials(100)
    async with market.reading() as uow:
        keys = (await uow.connection.scalars(select(notifications.c.key))).all()
    assert len(keys) == len(set(keys))


async def test_without_a_nonce_every_tap_is_an_order(sqlite_store: Store, now: datetime) -> None:
    async with sqlite_store.unit_of_work() as uow:
        await a_crowd(uow, 1, now)
        product = await a_product(uow, on_hand=1_000)
        (offer,) = await offers(uow, CROWD[:1], [(product, 3)], now)
    ended = await tap_all(sqlite_store, [offer] * 20, now, naive.place_again)
    assert ended[PLACED] > 1


async def test_the_last_units_are_sold_once(
    zygote: Zygote, market: Store, database_url: str, now: datetime, tmp_path: Path
) -> None:
    """B-2: 300 buyers want 100 units; on PostgreSQL two processes race, SQLite has one."""
    if market.dialect == "sqlite":
        await _sell_the_last(market, now, partial(tap_all, market, now=now))
        return
    async with two_crowds(zygote, database_url, now, tmp_path) as crowds:
        await _sell_the_last(market, now, crowds.tap_all)


async def _sell_the_last(
    market: Store, now: datetime, tap: Callable[[list[Offer]], Awaitable[Counter[str]]]
) -> None:
    for trial in range(trials(100)):
        async with market.unit_of_work() as uow:
            product = await a_product(uow, on_hand=UNITS)
            shown = await offers(uow, CROWD, [(product, 1)], now)
        assert await tap(shown) == {PLACED: UNITS, "Shortage": BUYERS - UNITS}, trial
        assert await _left(market, product) == 0


async def test_two_processes_share_one_sqlite_file(
    zygote: Zygote, sqlite_url: str, now: datetime, tmp_path: Path
) -> None:
    """Not how it is meant to run, but nothing must break."""
    store = open_store(sqlite_url)
    async with store.unit_of_work() as uow:
        await a_crowd(uow, 60, now)
        product = await a_product(uow, on_hand=20)
        shown = await offers(uow, CROWD[:60], [(product, 1)], now)
    async with two_crowds(zygote, sqlite_url, now, tmp_path) as crowds:
        ended = await crowds.tap_all(shown)
    assert ended == {PLACED: 20, "Shortage": 40}
    assert await list_broken(store) == []
    await store.close()


async def _left(store: Store, product: Product) -> int:
    async with store.reading() as uow:
        return (await uow.stock.get(product.id)).available


async def test_reading_the_stock_before_taking_it_sells_too_much(store: Store, now: datetime) -> None:
    """On SQLite too, when the transaction begins with a read as the driver's own does."""
    async with store.unit_of_work() as uow:
        product = await a_product(uow, on_hand=10)
    sold = await naive.sell_to_all(store, product.id, 40)
    assert sold > 10


async def test_one_product_on_two_lines_is_taken_together(store: Store, now: datetime) -> None:
    """B-3: 60 and 60 of 100 is refused as a whole, whatever stands between the two lines."""
    for trial in range(trials(200)):
        chance, seed = seeded("B-3", trial)
        async with store.unit_of_work() as uow:
            product, other = await a_product(uow, on_hand=100), await a_product(uow, on_hand=1_000)
        first = chance.randint(1, 100)
        lines = [
            line_of(product, first),
            line_of(other, 5),
            line_of(product, chance.randint(101 - first, 100)),
        ]
        chance.shuffle(lines)
        with pytest.raises(Shortage):
            async with store.unit_of_work() as uow:
                await reserve(uow, lines)
        assert (await _left(store, product), await _left(store, other)) == (100, 1_000), seed
        assert naive.is_enough_for_each_line(lines, {product.id: 100, other.id: 1_000}), seed


async def test_crossed_orders_wait_for_each_other(market: Store, now: datetime) -> None:
    """B-4: half of 50 buyers name A before B, half B before A; all are served, in three tries at most."""
    for trial in range(trials(200)):
        chance, seed = seeded("B-4", trial)
        async with market.unit_of_work() as uow:
            goods = [await a_product(uow, on_hand=500) for _each in range(2)]
            lines = [[(goods[0], 2), (goods[1], 3)], [(goods[1], 3), (goods[0], 2)]]
            shown = await offers(uow, CROWD[:50], [lines[n % 2] for n in range(50)], now)
        chance.shuffle(shown)
        assert await tap_all(market, shown, now) == {PLACED: 50}, seed
        assert [await _left(market, each) for each in goods] == [400, 350], seed


async def test_taking_stock_in_the_order_of_the_lines_deadlocks(now: datetime) -> None:
    """The negative control of B-4; only PostgreSQL lets two writers meet."""
    url = await new_postgres()
    store = open_store(url)
    async with store.unit_of_work() as uow:
        goods = [(await a_product(uow, on_hand=500)).id for _each in range(2)]
    assert "deadlock" in await naive.take_crossed(store, goods)
    await store.close()
    await drop_postgres(url)
