"""Row B-12: a customer edits and cancels while two of the warehouse pick; one of them was first."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from datetime import datetime
from itertools import pairwise
from typing import Any

from sqlalchemy import select, update

from domain.actors import Actor
from domain.basket import Summary
from domain.catalogue import Product
from domain.errors import NotFound, Refusal
from domain.orders import NEXT, OPEN, Order, OrderStatus
from domain.staff import Role
from services.basket import set_line
from services.checkout import summarise
from services.fulfilment import move_order
from services.orders import cancel_order, change_order
from services.placing import place_order
from storage.tables.orders import order_events, orders
from storage.unit_of_work import Store, UnitOfWork
from tests.builders.catalogue import a_product
from tests.builders.orders import a_buyer, a_member_of_staff, a_placed_order
from tests.nemesis.checker import list_broken
from tests.nemesis.harness import seeded, trials

ORDERED, CHANGED_TO, ON_HAND = 12, 7, 100
Step = Callable[[UnitOfWork], Awaitable[Any]]


async def _tries(store: Store, step: Step) -> str:
    """How it ended for whoever tapped, a refusal by its name. Nobody deadlocks: no other fault comes up."""
    try:
        async with store.unit_of_work() as uow:
            return "nothing" if isinstance(await step(uow), Summary) else "done"
    except Refusal as no:
        return type(no).__name__


async def _edit(store: Store, buyer: Actor, order: Order, product: Product, now: datetime) -> Step:
    """The change is made and shown; what races is the tap that places it."""
    async with store.unit_of_work() as uow:
        await change_order(uow, buyer, order.id, now)
        await set_line(uow, buyer, product.id, CHANGED_TO, now)
        shown = await summarise(uow, buyer, now)
    assert isinstance(shown, Summary)
    draft = shown.basket.draft
    return lambda uow: place_order(uow, buyer, draft.id, draft.version, draft.nonce or "", now)


def _cancel(buyer: Actor, order: Order, now: datetime) -> Step:
    return lambda uow: cancel_order(uow, buyer, order.id, order.version, now)


def _pick(by: Actor, order: Order, now: datetime) -> Step:
    return lambda uow: move_order(uow, by, order.id, OrderStatus.PICKING, order.version, now)


async def test_of_those_who_change_cancel_and_pick_the_first_one_wins(store: Store, now: datetime) -> None:
    async with store.unit_of_work() as uow:
        buyer = await a_buyer(uow)
        keepers = [await a_member_of_staff(uow, Role.WAREHOUSE) for _each in range(2)]
    seen = set()
    for trial in range(trials(1_000, 25)):
        chance, seed = seeded("B-12", trial)
        async with store.unit_of_work() as uow:
            product = await a_product(uow, on_hand=ON_HAND)
            order = await a_placed_order(uow, buyer, {product: ORDERED}, now)
        steps = {
            "edit": await _edit(store, buyer, order, product, now),
            "cancel": _cancel(buyer, order, now),
            **{f"pick {n}": _pick(each, order, now) for n, each in enumerate(keepers)},
        }
        names = chance.sample(sorted(steps), len(steps))
        ended = dict(
            zip(names, await asyncio.gather(*(_tries(store, steps[name]) for name in names)), strict=True)
        )
        async with store.reading() as uow:
            path = await _path(uow, order.id)
            found = await uow.stock.get(product.id)
        assert all(to in NEXT[was] for was, to in pairwise(path)), (seed, path)
        held = {True: ORDERED if ended["edit"] != "done" else CHANGED_TO, False: 0}[path[-1] in OPEN]
        assert (found.on_hand, found.reserved) == (ON_HAND, held), (seed, ended)
        assert [ended[name] for name in ("cancel", "pick 0", "pick 1")].count("done") <= 1, (seed, ended)
        seen |= {name for name in names if ended[name] == "done"}
    assert len(seen) > 1, (seed, "the race was always won by the same one")
    assert await list_broken(store) == []


async def _path(uow: UnitOfWork, order_id: int) -> list[OrderStatus]:
    events = select(order_events.c.status).where(order_events.c.order_id == order_id)
    return [OrderStatus(each) for each in await uow.connection.scalars(events.order_by(order_events.c.id))]


async def test_writing_what_was_read_before_frees_goods_that_are_picked(store: Store, now: datetime) -> None:
    """The negative control: both have read that it is approved, and neither asks again when they write."""
    async with store.unit_of_work() as uow:
        buyer = await a_buyer(uow)
        product = await a_product(uow, on_hand=ON_HAND)
        order = await a_placed_order(uow, buyer, {product: ORDERED}, now)
    everybody_has_read = asyncio.Barrier(2)

    async def write(status: OrderStatus) -> None:
        async with store.reading() as uow:
            if (await uow.orders.get(order.id, of=buyer)).status is not OrderStatus.APPROVED:
                raise NotFound
        await everybody_has_read.wait()
        async with store.unit_of_work() as uow:
            await uow.connection.execute(
                update(orders).where(orders.c.id == order.id).values(status=status.value)
            )
            if status is OrderStatus.CANCELLED:
                await uow.stock.release({product.id: ORDERED})

    await asyncio.gather(write(OrderStatus.CANCELLED), write(OrderStatus.PICKING))
    async with store.unit_of_work() as uow:
        await uow.connection.execute(
            update(orders).where(orders.c.id == order.id).values(status=OrderStatus.PICKING.value)
        )
    assert [each for each in await list_broken(store) if each.startswith("I3")]
