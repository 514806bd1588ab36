"""Orders to be repeated, for tests: a shade of which there is too little, and what came of repeating."""

from __future__ import annotations

from domain.actors import Actor
from domain.catalogue import Product
from domain.orders import Order
from domain.repeats import Again, Repeated, ShortQuestion
from services.basket import find_basket
from storage.unit_of_work import Store, UnitOfWork
from tests.builders.catalogue import a_product, put_stock
from tests.builders.orders import a_buyer, a_placed_order


async def a_shade(uow: UnitOfWork, variant: str) -> Product:
    return await a_product(uow, f"رنگ {variant}", family="رنگ مو", variant=variant, on_hand=100)


async def salon_with_little(uow: UnitOfWork, on_hand: int = 8) -> tuple[Actor, Order, Product, Product]:
    """A buyer with an order of 12 of a shade of which ``on_hand`` are left, and the shade nearest to it."""
    buyer = await a_buyer(uow)
    wanted, near = await a_shade(uow, "۷/۳"), await a_shade(uow, "۷/۳۱")
    await a_shade(uow, "۷/۱")
    order = await a_placed_order(uow, buyer, {await a_shade(uow, "۶/۱"): 12, wanted: 12})
    await put_stock(uow, wanted.id, on_hand)
    return buyer, order, wanted, near


async def left(store: Store, buyer: Actor) -> Order:
    async with store.reading() as uow:
        return (await find_basket(uow, buyer)).draft


def question(found: Repeated) -> ShortQuestion:
    assert isinstance(found, ShortQuestion)
    return found


def final(found: Repeated) -> Again:
    assert isinstance(found, Again)
    return found
