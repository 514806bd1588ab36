"""Rows B-8 and B-9: whoever does not hear how a commit ended tries again, and nothing happens twice."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import datetime
from typing import Any

import pytest
from sqlalchemy import func, select, text

from domain.catalogue import Product
from domain.errors import AlreadyDecided, AlreadyPlaced
from domain.money import Money
from domain.order_views import OrderView
from domain.receipts import Proof
from services.placing import place_order
from services.receipt_desk import approve_receipt
from services.receipts import send_receipt
from services.truths import find_violations
from storage.passing import is_passing
from storage.tables.ledger import payments
from storage.tables.orders import orders
from storage.unit_of_work import Store, UnitOfWork, open_store
from tests.builders.catalogue import a_product
from tests.builders.cheques import a_sayad_id
from tests.builders.ledger import TODAY, a_bookkeeper, an_invoice, an_owner
from tests.databases import drop_postgres, new_postgres
from tests.nemesis import naive
from tests.nemesis.buyers import PLACED
from tests.nemesis.checker import list_broken
from tests.nemesis.harness import FULL, seeded, trials
from tests.nemesis.market import PLATFORM, Offer, a_crowd, offers, placed
from tests.nemesis.own_server import a_server
from tests.nemesis.proxy import Cable, Cut, a_cable
from tests.patience import pass_time, until

CLIENTS = 12
RESTARTS = 200 if FULL else 4


@pytest.fixture
async def cable() -> AsyncIterator[Cable]:
    url = await new_postgres()
    async with a_cable(url) as cable:
        yield cable
    await drop_postgres(url)


async def stubbornly(store: Store, step: Callable[[UnitOfWork], Awaitable[Any]]) -> tuple[Any, int]:
    """Try until it is known how it ended, as the inbox does; and how many tries that took."""
    tried = 0
    while True:
        tried += 1
        try:
            async with store.unit_of_work() as uow:
                return await step(uow), tried
        except Exception as fault:
            if not is_passing(fault):
                raise
            await pass_time(0.05)


def _placing(offer: Offer, now: datetime) -> Callable[[UnitOfWork], Awaitable[int]]:
    """The number under which it is placed, also when it was placed before."""

    async def place(uow: UnitOfWork) -> int:
        found = await uow.customers.by_messenger(PLATFORM, 42, offer.user_id, offer.user_id)
        assert found is not None
        try:
            done = await place_order(uow, found[0], offer.order_id, offer.version, offer.nonce, now)
        except AlreadyPlaced as before:
            return before.number
        assert isinstance(done, OrderView)
        return done.number

    return place


async def test_an_order_whose_commit_was_not_heard_is_placed_once(cable: Cable, now: datetime) -> None:
    """B-9: the same button leads to the same number, whether the commit came through or not."""
    store = open_store(cable.url)
    async with store.unit_of_work() as uow:
        (user,) = await a_crowd(uow, 1, now)
        product = await a_product(uow, on_hand=100_000)
    numbers = []
    for trial in range(trials(500, 30)):
        chance, seed = seeded("B-9", trial)
        async with store.unit_of_work() as uow:
            (offer,) = await offers(uow, [user], [(product, 2)], now)
        cable.next_cut = chance.choice(list(Cut))
        number, tried = await stubbornly(store, _placing(offer, now))
        assert tried > 1, f"{seed}: the commit was not cut"
        numbers.append(number)
        async with store.reading() as uow:
            found = await uow.connection.scalars(select(orders.c.number).where(orders.c.nonce == offer.nonce))
            assert found.all() == [number], seed
    assert len(set(numbers)) == len(numbers) == await placed(store)
    assert await list_broken(store) == []
    await store.close()


async def test_without_a_nonce_the_second_try_is_a_second_order(cable: Cable, now: datetime) -> None:
    store = open_store(cable.url)
    async with store.unit_of_work() as uow:
        (user,) = await a_crowd(uow, 1, now)
        product = await a_product(uow, on_hand=1_000)
        (offer,) = await offers(uow, [user], [(product, 2)], now)

    async def place(uow: UnitOfWork) -> str:
        found = await uow.customers.by_messenger(PLATFORM, 42, offer.user_id, offer.user_id)
        assert found is not None
        return await naive.place_again(uow, found[0], offer, now)

    cable.next_cut = Cut.AFTER
    assert await stubbornly(store, place) == (PLACED, 2)
    assert await placed(store) == 2
    await store.close()


async def test_a_receipt_whose_booking_was_not_heard_is_booked_once(cable: Cable, now: datetime) -> None:
    """B-9 for money: finance taps again, and hears that it is decided; one payment is in the books."""
    store = open_store(cable.url)
    async with store.unit_of_work() as uow:
        owner, finance = await an_owner(uow), await a_bookkeeper(uow)
        await an_invoice(uow, owner, 900_000_000)
    for trial in range(trials(500, 20)):
        chance, seed = seeded("B-9 receipts", trial)
        cut = chance.choice(list(Cut))
        async with store.unit_of_work() as uow:
            proof = Proof(tracking=a_sayad_id())
            sent = await send_receipt(uow, owner, Money(1_000_000), TODAY, proof, now)
        cable.next_cut = cut

        async def approve(uow: UnitOfWork, receipt_id: int = sent.id, version: int = sent.version) -> str:
            try:
                await approve_receipt(uow, finance, receipt_id, version, now)
            except AlreadyDecided:
                return "was decided"
            return "decided"

        ended = await stubbornly(store, approve)
        assert ended == ("was decided" if cut is Cut.AFTER else "decided", 2), seed
        async with store.reading() as uow:
            booked = select(func.count()).where(payments.c.receipt_id == sent.id)
            assert await uow.connection.scalar(booked) == 1, seed
    async with store.reading() as uow:
        assert (await find_violations(uow, now))[0] == ()
        owed = 900_000_000 - 1_000_000 * trials(500, 20)
        assert await uow.ledger.balance(owner.require_customer().id) == Money(owed)
    await store.close()


async def test_a_restarted_server_neither_loses_nor_doubles_an_order(now: datetime) -> None:
    """B-8: twelve clients order while the server is restarted, politely and as if its plug were pulled."""
    chance, seed = seeded("B-8")
    async with a_server() as server:
        store = open_store(server.url, pool_size=CLIENTS)
        async with store.unit_of_work() as uow:
            crowd = await a_crowd(uow, CLIENTS, now)
            product = await a_product(uow, on_hand=10_000_000)
        is_over = asyncio.Event()
        async with asyncio.TaskGroup() as group:
            clients = [group.create_task(_order_until(store, user, product, is_over, now)) for user in crowd]
            for _each in range(RESTARTS):
                await pass_time(chance.uniform(0.5, 1.5))
                await asyncio.to_thread(server.restart, chance.choice(["fast", "immediate"]))
            is_over.set()
        told = {nonce: number for client in clients for nonce, number in client.result().items()}
        async with store.reading() as uow:
            rows = await uow.connection.execute(
                select(orders.c.nonce, orders.c.number).where(orders.c.number.is_not(None))
            )
            assert sorted(told.items()) == sorted(tuple(row) for row in rows), seed
        assert len(set(told.values())) == len(told) >= CLIENTS
        assert await list_broken(store) == [], seed
        await store.close()


async def _order_until(
    store: Store, user: int, product: Product, is_over: asyncio.Event, now: datetime
) -> dict[str, int]:
    """One order after the other, each until its number is known."""
    told: dict[str, int] = {}
    while not is_over.is_set():
        (offer,), _tried = await stubbornly(store, lambda uow: offers(uow, [user], [(product, 1)], now))
        told[offer.nonce], _tried = await stubbornly(store, _placing(offer, now))
    return told


async def test_a_server_that_commits_before_it_has_written_forgets_orders(now: datetime) -> None:
    """The negative control of B-8: an order was acknowledged, and is not there any more."""
    async with a_server() as server:
        store = open_store(server.url)
        async with store.unit_of_work() as uow:
            (user,) = await a_crowd(uow, 1, now)
            product = await a_product(uow, on_hand=100)
            (offer,) = await offers(uow, [user], [(product, 1)], now)
        await server.set(synchronous_commit="off", wal_writer_delay="10s")

        async def has_heard() -> bool:
            async with store.reading() as uow:
                return bool(await uow.connection.scalar(text("SHOW synchronous_commit")) == "off")

        await until(has_heard, "the server has read its settings")
        number, _tried = await stubbornly(store, _placing(offer, now))
        assert number
        await asyncio.to_thread(server.restart, "immediate")

        async def count(uow: UnitOfWork) -> int:
            numbers = await uow.connection.scalars(select(orders.c.number).where(orders.c.number == number))
            return len(numbers.all())

        assert await stubbornly(store, count) == (0, 1)
        await store.close()
