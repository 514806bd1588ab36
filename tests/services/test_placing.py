from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from domain.actors import Actor
from domain.basket import Renewal, Summary
from domain.catalogue import Product, Stock
from domain.errors import (
    AlreadyPlaced,
    EmptyOrder,
    NoDeliveryDay,
    NotAllowed,
    NotFound,
    NotSold,
    Refusal,
    Shortage,
)
from domain.money import of_toman
from domain.order_views import OrderView
from domain.orders import Order, OrderStatus
from services import stock
from services.basket import add_to_basket, find_basket, put_note, set_line
from services.orders import list_open_orders, open_order
from services.placing import FIRST_NUMBER, place_order
from storage.tables.messages import notifications
from storage.tables.orders import orders
from storage.unit_of_work import Store, UnitOfWork
from tests.builders.catalogue import a_price, a_product, put_stock
from tests.builders.orders import MONDAY, WEDNESDAY, a_basket, a_buyer, a_placed_order, place, summarise
from tests.conftest import NOW

TWO_DAYS = timedelta(days=2)


@pytest.fixture
async def uow(store: Store) -> AsyncIterator[UnitOfWork]:
    async with store.unit_of_work() as uow:
        yield uow


async def reserved(uow: UnitOfWork, *products: Product) -> list[int]:
    return [(await uow.stock.get(each.id)).reserved for each in products]


async def placed_count(uow: UnitOfWork) -> int:
    counted = select(func.count()).select_from(orders).where(orders.c.number.is_not(None))
    return int(await uow.connection.scalar(counted) or 0)


async def test_an_order_at_night_is_approved_reserved_and_in_the_queue_at_once(store: Store) -> None:
    async with store.unit_of_work() as uow:
        buyer, shampoo, gloves = await a_buyer(uow), await a_product(uow), await a_product(uow, vat=0)
        await a_basket(uow, buyer, {shampoo: 24, gloves: 10})
        shown = await summarise(uow, buyer, NOW, WEDNESDAY)
        assert isinstance(await place(uow, buyer, shown), OrderView)
    async with store.reading() as uow:
        order = await uow.orders.get(shown.basket.draft.id, of=buyer)
        assert order.number == FIRST_NUMBER
        assert (order.status, order.deliver_on) == (OrderStatus.APPROVED, WEDNESDAY)
        assert [(each.status.value, each.at) for each in order.events] == [("placed", NOW), ("approved", NOW)]
        assert order.lines == shown.basket.draft.lines
        assert await reserved(uow, shampoo, gloves) == [24, 10]
        assert [each.number for each in await uow.orders.list_desk(9)] == [FIRST_NUMBER]
        assert [each.number for each in await list_open_orders(uow, buyer)] == [FIRST_NUMBER]
        assert [action for action, _ in await uow.audit.list_of("order", order.id)] == ["order.placed"]
        assert not (await find_basket(uow, buyer)).draft.lines


async def test_numbers_follow_each_other(uow: UnitOfWork) -> None:
    buyer, product = await a_buyer(uow), await a_product(uow)
    numbers = [(await a_placed_order(uow, buyer, {product: 1})).number for _n in range(3)]
    assert numbers == [FIRST_NUMBER, FIRST_NUMBER + 1, FIRST_NUMBER + 2]


async def test_a_summary_is_placed_once_and_later_taps_hear_its_number(uow: UnitOfWork) -> None:
    buyer, product = await a_buyer(uow), await a_product(uow)
    await a_basket(uow, buyer, {product: 5})
    shown = await summarise(uow, buyer, NOW)
    await place(uow, buyer, shown)
    for later in (NOW, NOW + timedelta(minutes=10), NOW + timedelta(days=30)):
        with pytest.raises(AlreadyPlaced) as refused:
            await place(uow, buyer, shown, later)
        assert refused.value.number == FIRST_NUMBER
    assert (await placed_count(uow), await reserved(uow, product)) == (1, [5])


async def test_many_taps_at_once_make_one_order(store: Store) -> None:
    async with store.unit_of_work() as uow:
        buyer, product = await a_buyer(uow), await a_product(uow)
        await a_basket(uow, buyer, {product: 5})
        shown = await summarise(uow, buyer, NOW)

    async def tap() -> object:
        try:
            async with store.unit_of_work() as uow:
                return await place(uow, buyer, shown)
        except Refusal as no:
            return no

    done = await asyncio.gather(*(tap() for _n in range(12)))
    assert sorted(type(each).__name__ for each in done) == ["AlreadyPlaced"] * 11 + ["OrderView"]
    async with store.reading() as uow:
        assert (await placed_count(uow), await reserved(uow, product)) == (1, [5])


async def test_a_summary_that_was_overtaken_is_shown_afresh(uow: UnitOfWork) -> None:
    """A-14: the tap on the summary comes after the line was changed elsewhere."""
    buyer, product = await a_buyer(uow), await a_product(uow)
    await a_basket(uow, buyer, {product: 5})
    old = await summarise(uow, buyer, NOW)
    await set_line(uow, buyer, product.id, 50, NOW)
    fresh = await place(uow, buyer, old)
    assert isinstance(fresh, Summary)
    assert (fresh.renewal, fresh.basket.draft.lines[0].quantity) == (Renewal.CHANGED, 50)
    assert (await placed_count(uow), await reserved(uow, product)) == (0, [0])
    assert isinstance(await place(uow, buyer, fresh), OrderView)


async def test_each_summary_makes_the_one_before_it_old(uow: UnitOfWork) -> None:
    buyer, product = await a_buyer(uow), await a_product(uow)
    await a_basket(uow, buyer, {product: 5})
    old, new = await summarise(uow, buyer, NOW), await summarise(uow, buyer, NOW)
    assert old.basket.draft.nonce != new.basket.draft.nonce
    assert isinstance(await place(uow, buyer, old), Summary)


async def test_a_forged_nonce_places_nothing(uow: UnitOfWork) -> None:
    buyer, product = await a_buyer(uow), await a_product(uow)
    await a_basket(uow, buyer, {product: 5})
    draft = (await summarise(uow, buyer, NOW)).basket.draft
    assert isinstance(await place_order(uow, buyer, draft.id, draft.version, "x" * 22, NOW), Summary)
    assert await placed_count(uow) == 0


async def test_a_changed_price_is_shown_before_it_is_placed(uow: UnitOfWork) -> None:
    buyer, product = await a_buyer(uow), await a_product(uow)
    await a_basket(uow, buyer, {product: 5})
    old = await summarise(uow, buyer, NOW)
    await a_price(uow, product.id, 150_000, since=NOW.date())
    fresh = await place(uow, buyer, old)
    assert isinstance(fresh, Summary)
    assert (fresh.renewal, fresh.basket.draft.net) == (Renewal.PRICES, of_toman(750_000))
    placed = await place(uow, buyer, fresh)
    assert isinstance(placed, OrderView)
    assert placed.order.net == of_toman(750_000)


async def test_a_product_that_lost_its_price_is_named(uow: UnitOfWork) -> None:
    buyer, product = await a_buyer(uow), await a_product(uow, toman=None)
    await a_price(uow, product.id, 100, until=NOW.date() + timedelta(days=1))
    await a_basket(uow, buyer, {product: 5})
    with pytest.raises(NotSold):
        await summarise(uow, buyer, NOW + timedelta(days=9))


async def test_a_passed_cutoff_moves_the_day_and_asks_again(uow: UnitOfWork) -> None:
    buyer, product = await a_buyer(uow), await a_product(uow)
    await a_basket(uow, buyer, {product: 5})
    old = await summarise(uow, buyer, NOW, MONDAY)
    fresh = await place(uow, buyer, old, NOW + TWO_DAYS)
    assert isinstance(fresh, Summary)
    assert (fresh.renewal, fresh.basket.draft.deliver_on) == (Renewal.LATE, WEDNESDAY)


async def test_only_a_day_that_is_offered_can_be_chosen(uow: UnitOfWork) -> None:
    buyer, product = await a_buyer(uow), await a_product(uow)
    with pytest.raises(EmptyOrder):
        await summarise(uow, buyer, NOW)
    await a_basket(uow, buyer, {product: 5})
    for day in (MONDAY - timedelta(days=1), MONDAY + timedelta(days=1), MONDAY - timedelta(days=2)):
        with pytest.raises(NoDeliveryDay):
            await summarise(uow, buyer, NOW, day)


async def test_what_was_sold_meanwhile_is_refused_whole(store: Store) -> None:
    async with store.unit_of_work() as uow:
        buyer, one, two = await a_buyer(uow), await a_product(uow), await a_product(uow, "ماسک", on_hand=10)
        await a_basket(uow, buyer, {one: 5, two: 10})
        shown = await summarise(uow, buyer, NOW)
        await put_stock(uow, two.id, 10, reserved=4)
    with pytest.raises(Shortage) as refused:
        async with store.unit_of_work() as uow:
            await place(uow, buyer, shown)
    assert (refused.value.label, refused.value.available) == ("ماسک", 6)
    async with store.reading() as uow:
        assert (await placed_count(uow), await reserved(uow, one, two)) == (0, [0, 4])


async def test_what_comes_later_is_not_reserved(uow: UnitOfWork) -> None:
    buyer, product = await a_buyer(uow), await a_product(uow, on_hand=8)
    await set_line(uow, buyer, product.id, 12, NOW, later=4)
    assert isinstance(await place(uow, buyer, await summarise(uow, buyer, NOW)), OrderView)
    assert await reserved(uow, product) == [8]


async def test_the_guard_refuses_two_lines_of_one_product_as_a_whole(uow: UnitOfWork) -> None:
    """B-3: 60 and 60 of 100, and nothing of another product that was there."""
    buyer, one, two = await a_buyer(uow), await a_product(uow, on_hand=100), await a_product(uow)
    draft = await a_basket(uow, buyer, {one: 60, two: 1})
    async with uow.connection.begin_nested() as savepoint:
        with pytest.raises(Shortage) as refused:
            await stock.reserve(uow, (*draft.lines, draft.lines[0]))
        await savepoint.rollback()
    assert refused.value.asked == 120
    assert await uow.stock.get(one.id) == Stock(on_hand=100)


async def test_crossed_orders_wait_for_each_other_instead_of_deadlocking(store: Store) -> None:
    """B-4: A and B by one, B and A by the other, and the sum is exact."""
    buyers: list[Actor] = []
    async with store.unit_of_work() as uow:
        one, two = await a_product(uow, on_hand=100), await a_product(uow, on_hand=100)
        for turn in range(8):
            buyer = await a_buyer(uow, name=f"مشتری {turn}")
            await a_basket(uow, buyer, {one: 3, two: 2} if turn % 2 else {two: 2, one: 3})
            buyers.append(buyer)
    shown: list[Summary] = []
    for buyer in buyers:
        async with store.unit_of_work() as uow:
            shown.append(await summarise(uow, buyer, NOW))

    async def tap(buyer: Actor, summary: Summary) -> None:
        async with store.unit_of_work() as uow:
            await place(uow, buyer, summary)

    await asyncio.gather(*map(tap, buyers, shown))
    async with store.reading() as uow:
        assert (await placed_count(uow), await reserved(uow, one, two)) == (8, [24, 16])


async def test_the_last_units_are_sold_once(store: Store) -> None:
    """B-2, small: twelve buyers and ten units."""
    async with store.unit_of_work() as uow:
        product = await a_product(uow, on_hand=10)
        buyers = [await a_buyer(uow, name=f"مشتری {n}") for n in range(12)]
        for buyer in buyers:
            await a_basket(uow, buyer, {product: 1})
        shown = [await summarise(uow, buyer, NOW) for buyer in buyers]

    async def tap(buyer: Actor, summary: Summary) -> str:
        try:
            async with store.unit_of_work() as uow:
                await place(uow, buyer, summary)
        except Shortage:
            return "refused"
        return "sold"

    done = await asyncio.gather(*map(tap, buyers, shown))
    assert (done.count("sold"), done.count("refused")) == (10, 2)
    async with store.reading() as uow:
        assert await reserved(uow, product) == [10]


async def test_nobody_places_or_sees_the_order_of_another_customer(uow: UnitOfWork) -> None:
    buyer, other, product = await a_buyer(uow), await a_buyer(uow, name="دیگری"), await a_product(uow)
    await a_basket(uow, buyer, {product: 5})
    shown = await summarise(uow, buyer, NOW)
    with pytest.raises(NotFound):
        await place(uow, other, shown)
    done = await place(uow, buyer, shown)
    assert isinstance(done, OrderView)
    with pytest.raises(NotFound):
        await open_order(uow, other, done.order.id, NOW)
    with pytest.raises(NotFound):
        await place(uow, other, shown)


async def test_a_draft_is_no_order_yet(uow: UnitOfWork) -> None:
    buyer, product = await a_buyer(uow), await a_product(uow)
    draft = await a_basket(uow, buyer, {product: 5})
    with pytest.raises(NotFound):
        await open_order(uow, buyer, draft.id, NOW)


async def test_the_right_to_order_can_be_taken_before_the_tap(uow: UnitOfWork) -> None:
    buyer, product = await a_buyer(uow), await a_product(uow)
    await a_basket(uow, buyer, {product: 5})
    shown = await summarise(uow, buyer, NOW)
    with pytest.raises(NotAllowed):
        await place(uow, replace(buyer, rights=replace(buyer.rights, may_order=False)), shown)


async def test_two_contacts_place_their_own_and_both_see_both(uow: UnitOfWork) -> None:
    one, product = await a_buyer(uow), await a_product(uow)
    two = await a_buyer(uow, colleague_of=one)
    await a_placed_order(uow, one, {product: 1})
    second = await a_placed_order(uow, two, {product: 2})
    assert [each.number for each in await list_open_orders(uow, one)] == [FIRST_NUMBER, FIRST_NUMBER + 1]
    assert (await open_order(uow, one, second.id, NOW)).order.contact_id == two.contact_id


async def test_whoever_answers_for_the_customer_hears_of_a_colleagues_order(uow: UnitOfWork) -> None:
    buyer, product = await a_buyer(uow), await a_product(uow)
    chief = await a_buyer(uow, colleague_of=buyer, may_approve=True)
    await a_placed_order(uow, buyer, {product: 1})
    await a_placed_order(uow, chief, {product: 1})
    told = await uow.connection.execute(select(notifications.c.kind, notifications.c.contact_id))
    assert [tuple(row) for row in told] == [("order_placed", chief.contact_id)]


async def test_the_note_and_the_day_are_kept_with_the_order(uow: UnitOfWork) -> None:
    buyer, product = await a_buyer(uow), await a_product(uow)
    await a_basket(uow, buyer, {product: 1})
    await put_note(uow, buyer, "زنگ بزنید", NOW)
    await summarise(uow, buyer, NOW, WEDNESDAY)
    await add_to_basket(uow, buyer, product.id, 1, NOW)
    done = await place(uow, buyer, await summarise(uow, buyer, NOW))
    assert isinstance(done, OrderView)
    kept: Order = done.order
    assert (kept.note, kept.deliver_on) == ("زنگ بزنید", WEDNESDAY)


async def test_an_order_of_more_than_a_hundred_lines_is_placed(uow: UnitOfWork) -> None:
    buyer, first = await a_buyer(uow), await a_product(uow)
    many = {first: 1} | {await a_product(uow, category_id=first.category_id): 1 for _n in range(119)}
    order = await a_placed_order(uow, buyer, many)
    assert len((await uow.orders.get(order.id, of=buyer)).lines) == 120
    assert sum(await reserved(uow, *many)) == 120
