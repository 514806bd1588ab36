"""Row B-16: on SQLite nobody is ever told that the database is locked, however many write at once."""

from __future__ import annotations

import asyncio
import sqlite3
from datetime import datetime
from time import perf_counter

import pytest
from sqlalchemy import text
from sqlalchemy.engine import make_url

from domain.catalogue import Product
from storage.unit_of_work import Store, open_store
from tests.builders.catalogue import a_product
from tests.nemesis.buyers import PLACED, as_shown
from tests.nemesis.harness import FULL, trials
from tests.nemesis.market import PLATFORM, a_crowd, offers, placed

WRITERS = 8
SECONDS = 2.0 if FULL else 5.0


async def test_eight_writers_and_a_long_reader_only_wait(sqlite_url: str, now: datetime) -> None:
    """Each writer has a connection of its own, as in a process of its own; the reader sees one moment."""
    first = open_store(sqlite_url)
    async with first.unit_of_work() as uow:
        crowd = await a_crowd(uow, WRITERS, now)
        product = await a_product(uow, on_hand=100_000)
    stores = [open_store(sqlite_url) for _each in range(WRITERS)]
    rounds = trials(50)
    async with first.reading() as reader:
        before = await reader.connection.scalar(text("SELECT count(*) FROM orders"))
        took = await asyncio.gather(
            *(_order(store, user, product, rounds, now) for store, user in zip(stores, crowd, strict=True))
        )
        assert await reader.connection.scalar(text("SELECT count(*) FROM orders")) == before
    assert await placed(first) == WRITERS * rounds
    slowest_first = sorted((each for one in took for each in one), reverse=True)
    assert slowest_first[len(slowest_first) // 100] < SECONDS
    for store in (first, *stores):
        await store.close()


async def _order(store: Store, user: int, product: Product, rounds: int, now: datetime) -> list[float]:
    """How long each order took; any fault at all fails the test."""
    took = []
    for _each in range(rounds):
        async with store.unit_of_work() as uow:
            (offer,) = await offers(uow, [user], [(product, 1)], now)
        began = perf_counter()
        async with store.unit_of_work() as uow:
            found = await uow.customers.by_messenger(PLATFORM, 42, user, user)
            assert found is not None
            assert await as_shown(uow, found[0], offer, now) == PLACED
        took.append(perf_counter() - began)
    return took


async def test_reading_before_writing_in_one_transaction_is_told_so(sqlite_url: str) -> None:
    """The negative control: the driver's own transactions begin with a read, and no patience helps them."""
    path = make_url(sqlite_url).database or ""
    one, other = (sqlite3.connect(path, isolation_level=None, timeout=30) for _each in range(2))
    for each in (one, other):
        each.execute("BEGIN")
        each.execute("SELECT count(*) FROM counters").fetchone()
    change = "INSERT INTO counters (name, value) VALUES (?, 1)"
    one.execute(change, ("one",))
    one.execute("COMMIT")
    with pytest.raises(sqlite3.OperationalError, match="locked"):
        other.execute(change, ("other",))
    one.close()
    other.close()
