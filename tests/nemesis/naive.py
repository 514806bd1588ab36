"""The obvious way to do it, which every fault test must be able to tell from ours."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING, Any

from aiogram import Dispatcher
from aiogram.types import Message
from sqlalchemy import update

from bot.app import build_bot, utc_now
from bot.logging import set_up_logging
from domain.actors import Actor
from domain.orders import OrderLine, OrderStatus
from storage.tables.catalogue import stock
from storage.unit_of_work import Store, UnitOfWork, open_store
from tests.nemesis.market import Offer
from tests.patience import pass_time

if TYPE_CHECKING:
    from tests.nemesis.harness import Child, Scene


def run_polling(options: dict[str, Any]) -> None:
    """aiogram's own polling: updates are confirmed before their handlers have finished."""
    if options.get("plain_logs"):
        logging.basicConfig(level=logging.INFO)
    else:
        set_up_logging("info", "json")
    asyncio.run(_poll(options))


async def _poll(options: dict[str, Any]) -> None:
    store = open_store(options["database_url"])
    dispatcher = Dispatcher(disable_fsm=True)

    async def note(message: Message) -> None:
        async with store.unit_of_work() as uow:
            await uow.audit.write(None, "effect", "test", None, utc_now(), {"what": message.text})
            if options.get("slow"):
                await pass_time(float(options["slow"]))

    dispatcher.message.register(note)
    bot = build_bot(options["token"], options["api"], None)
    try:
        await dispatcher.start_polling(bot, polling_timeout=1, close_bot_session=True)
    finally:
        await store.close()


def start_naive(scene: Scene, **options: object) -> Child:
    """The same messenger and database, with the usual polling between them."""
    told = {"database_url": scene.database_url, "api": scene.url, "token": scene.box.token, **options}
    child = scene.zygote.start("naive", told)
    scene.children.append(child)
    return child


async def place_again(uow: UnitOfWork, actor: Actor, offer: Offer, now: datetime) -> str:
    """An order of whatever is in the basket, for every tap: no nonce, no version."""
    draft = await uow.orders.get(offer.order_id, of=actor.customer_id or 0)
    number = await uow.audit.next_number("order", 1)
    copy = replace(draft, number=None, nonce=None, changes=None, contact_id=None)
    made = await uow.orders.create_draft(copy, now)
    await uow.orders.save(replace(made, number=number, status=OrderStatus.APPROVED, placed_at=now), made)
    return "placed"


async def sell_to_all(store: Store, product_id: int, buyers: int) -> int:
    """Read how much there is, then write what is left: how many units were sold that way, one to each."""
    everybody_has_read = asyncio.Event()
    readers = 0

    async def sell() -> bool:
        nonlocal readers
        async with store.reading() as uow:
            free = (await uow.stock.get(product_id)).available
        readers += 1
        if readers == buyers:
            everybody_has_read.set()
        await everybody_has_read.wait()
        if free < 1:
            return False
        async with store.unit_of_work() as uow:
            left = update(stock).where(stock.c.product_id == product_id).values(reserved=1)
            await uow.connection.execute(left)
        return True

    return sum(await asyncio.gather(*(sell() for _each in range(buyers))))


def is_enough_for_each_line(lines: Sequence[OrderLine], free: Mapping[int, int]) -> bool:
    """Look at one line at a time, as if no other asked for the same product."""
    return all(line.quantity <= free[line.product_id] for line in lines)


async def take_crossed(store: Store, goods: Sequence[int]) -> str:
    """Two buyers take two products one after the other, as their lines stand; what the database says."""
    both_have_one = asyncio.Barrier(2)

    async def take(wanted: Sequence[int]) -> str:
        try:
            async with store.unit_of_work() as uow:
                await uow.stock.reserve({wanted[0]: 1})
                await both_have_one.wait()
                await uow.stock.reserve({wanted[1]: 1})
        except Exception as fault:
            return str(fault)
        return ""

    said = await asyncio.gather(take(goods), take(list(reversed(goods))))
    return " ".join(said)
