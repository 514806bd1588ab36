from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from domain.basket import Summary
from domain.catalogue import Product
from domain.errors import (
    AlreadyPlaced,
    ChangedMeanwhile,
    NotFound,
    OrderClosed,
    Refusal,
    Shortage,
    TooLateToChange,
)
from domain.order_views import OrderView
from domain.orders import Order, OrderStatus
from domain.staff import Role
from services.basket import add_to_basket, find_basket, set_line
from services.fulfilment import move_order
from services.orders import (
    ask_cancel,
    cancel_order,
    change_order,
    drop_change,
    open_order,
)
from services.placing import FIRST_NUMBER
from storage.tables.messages import notifications
from storage.unit_of_work import Store, UnitOfWork
from tests.builders.catalogue import a_product
from tests.builders.orders import (
    MONDAY,
    WEDNESDAY,
    a_buyer,
    a_member_of_staff,
    a_placed_order,
    place,
    summarise,
)
from tests.conftest import NOW

AFTER_THE_CUTOFF = NOW + timedelta(days=2)


@pytest.fixture
async def uow(store: Store) -> AsyncIterator[UnitOfWork]:
    async with store.unit_of_work() as uow:
        yield uow


async def reserved(uow: UnitOfWork, *products: Product) -> list[int]:
    return [(await uow.stock.get(each.id)).reserved for each in products]


def lines(order: Order) -> list[tuple[int, int]]:
    return [(each.product_id, each.quantity) for each in order.lines]


async def test_a_changed_order_keeps_its_number_and_its_reservations_fit(store: Store) -> None:
    async with store.unit_of_work() as uow:
        buyer = await a_buyer(uow)
        one, two, three = await a_product(uow), await a_product(uow), await a_product(uow)
        order = await a_placed_order(uow, buyer, {one: 10, two: 5})
        copy = await change_order(uow, buyer, order.id, NOW)
        assert (lines(copy.draft), copy.draft.number) == (lines(order), None)
        await set_line(uow, buyer, one.id, 4, NOW)
        await set_line(uow, buyer, two.id, 0, NOW)
        await add_to_basket(uow, buyer, three.id, 7, NOW)
        done = await place(uow, buyer, await summarise(uow, buyer, NOW, WEDNESDAY))
        assert isinstance(done, OrderView)
        assert done.is_changed
    async with store.reading() as uow:
        kept = await uow.orders.get(order.id, of=buyer)
        assert (kept.number, kept.status, kept.deliver_on) == (FIRST_NUMBER, OrderStatus.APPROVED, WEDNESDAY)
        assert lines(kept) == [(one.id, 4), (three.id, 7)]
        assert await reserved(uow, one, two, three) == [4, 0, 7]
        assert (await find_basket(uow, buyer)).draft.lines == ()
        audit = await uow.audit.list_of("order", order.id)
        assert [action for action, _facts in audit] == ["order.placed", "order.changed"]
        before = audit[1][1]["before"]
        assert isinstance(before, list)
        assert len(before) == 2


async def test_the_ordinary_basket_waits_while_an_order_is_changed(uow: UnitOfWork) -> None:
    buyer, one, two = await a_buyer(uow), await a_product(uow), await a_product(uow)
    order = await a_placed_order(uow, buyer, {one: 1})
    await add_to_basket(uow, buyer, two.id, 9, NOW)
    change = await change_order(uow, buyer, order.id, NOW)
    assert (await find_basket(uow, buyer)).draft.id == change.draft.id
    view = await drop_change(uow, buyer, change.draft.id, NOW)
    assert lines(view.order) == [(one.id, 1)]
    assert lines((await find_basket(uow, buyer)).draft) == [(two.id, 9)]


async def test_what_the_order_holds_already_may_be_kept_when_nothing_else_is_left(uow: UnitOfWork) -> None:
    buyer, product = await a_buyer(uow), await a_product(uow, on_hand=10)
    order = await a_placed_order(uow, buyer, {product: 8})
    await change_order(uow, buyer, order.id, NOW)
    await set_line(uow, buyer, product.id, 10, NOW)
    with pytest.raises(Shortage) as refused:
        await set_line(uow, buyer, product.id, 11, NOW)
    assert refused.value.available == 10
    assert isinstance(await place(uow, buyer, await summarise(uow, buyer, NOW)), OrderView)
    assert await reserved(uow, product) == [10]


async def test_tapping_change_again_finds_the_same_draft(uow: UnitOfWork) -> None:
    buyer, product = await a_buyer(uow), await a_product(uow)
    order = await a_placed_order(uow, buyer, {product: 8})
    first = await change_order(uow, buyer, order.id, NOW)
    await set_line(uow, buyer, product.id, 3, NOW)
    again = await change_order(uow, buyer, order.id, NOW)
    assert (again.draft.id, lines(again.draft)) == (first.draft.id, [(product.id, 3)])


async def test_a_colleague_who_changes_the_order_takes_the_change_over(uow: UnitOfWork) -> None:
    buyer, product = await a_buyer(uow), await a_product(uow)
    colleague = await a_buyer(uow, colleague_of=buyer)
    order = await a_placed_order(uow, buyer, {product: 8})
    mine = await change_order(uow, buyer, order.id, NOW)
    await set_line(uow, buyer, product.id, 3, NOW)
    shown = await summarise(uow, buyer, NOW)
    theirs = await change_order(uow, colleague, order.id, NOW)
    assert (theirs.draft.id != mine.draft.id, lines(theirs.draft)) == (True, [(product.id, 8)])
    with pytest.raises(NotFound):
        await place(uow, buyer, shown)


async def test_a_change_is_placed_once(uow: UnitOfWork) -> None:
    buyer, product = await a_buyer(uow), await a_product(uow)
    order = await a_placed_order(uow, buyer, {product: 8})
    await change_order(uow, buyer, order.id, NOW)
    await set_line(uow, buyer, product.id, 3, NOW)
    shown = await summarise(uow, buyer, NOW)
    await place(uow, buyer, shown)
    with pytest.raises(AlreadyPlaced) as refused:
        await place(uow, buyer, shown)
    assert (refused.value.number, await reserved(uow, product)) == (FIRST_NUMBER, [3])


async def test_a_change_that_was_overtaken_is_shown_afresh(uow: UnitOfWork) -> None:
    buyer, product = await a_buyer(uow), await a_product(uow)
    order = await a_placed_order(uow, buyer, {product: 8})
    await change_order(uow, buyer, order.id, NOW)
    old = await summarise(uow, buyer, NOW)
    await set_line(uow, buyer, product.id, 3, NOW)
    assert isinstance(await place(uow, buyer, old), Summary)
    assert lines(await uow.orders.get(order.id, of=buyer)) == [(product.id, 8)]


async def test_after_the_cutoff_nothing_is_changed_or_cancelled(uow: UnitOfWork) -> None:
    buyer, product = await a_buyer(uow), await a_product(uow)
    order = await a_placed_order(uow, buyer, {product: 8})
    assert (await open_order(uow, buyer, order.id, NOW)).can_change
    late = AFTER_THE_CUTOFF
    assert not (await open_order(uow, buyer, order.id, late)).can_change
    for wish in (
        change_order(uow, buyer, order.id, late),
        ask_cancel(uow, buyer, order.id, late),
        cancel_order(uow, buyer, order.id, order.version, late),
    ):
        with pytest.raises(TooLateToChange) as refused:
            await wish
        assert refused.value.number == FIRST_NUMBER


async def test_a_change_begun_before_the_cutoff_cannot_be_placed_after_it(uow: UnitOfWork) -> None:
    buyer, product = await a_buyer(uow), await a_product(uow)
    order = await a_placed_order(uow, buyer, {product: 8}, day=MONDAY)
    await change_order(uow, buyer, order.id, NOW)
    shown = await summarise(uow, buyer, NOW, WEDNESDAY)
    with pytest.raises(TooLateToChange):
        await place(uow, buyer, shown, AFTER_THE_CUTOFF)


async def test_what_the_warehouse_picks_is_not_changed_under_its_hands(uow: UnitOfWork) -> None:
    buyer, product, picker = await a_buyer(uow), await a_product(uow), await a_member_of_staff(uow)
    order = await a_placed_order(uow, buyer, {product: 8})
    change = await change_order(uow, buyer, order.id, NOW)
    shown = await summarise(uow, buyer, NOW)
    await move_order(uow, picker, order.id, OrderStatus.PICKING, order.version, NOW)
    assert (await find_basket(uow, buyer)).draft.lines == ()
    for wish in (
        place(uow, buyer, shown),
        drop_change(uow, buyer, change.draft.id, NOW),
        change_order(uow, buyer, order.id, NOW),
        cancel_order(uow, buyer, order.id, order.version, NOW),
    ):
        with pytest.raises(Refusal):
            await wish
    assert await reserved(uow, product) == [8]


async def test_the_warehouse_never_picks_a_list_that_was_changed(uow: UnitOfWork) -> None:
    buyer, product, picker = await a_buyer(uow), await a_product(uow), await a_member_of_staff(uow)
    order = await a_placed_order(uow, buyer, {product: 8})
    await change_order(uow, buyer, order.id, NOW)
    await set_line(uow, buyer, product.id, 3, NOW)
    await place(uow, buyer, await summarise(uow, buyer, NOW))
    with pytest.raises(ChangedMeanwhile):
        await move_order(uow, picker, order.id, OrderStatus.PICKING, order.version, NOW)


async def test_a_cancelled_order_gives_its_stock_back_and_stays_cancelled(store: Store) -> None:
    async with store.unit_of_work() as uow:
        buyer, product = await a_buyer(uow), await a_product(uow)
        chief = await a_buyer(uow, colleague_of=buyer, may_approve=True)
        order = await a_placed_order(uow, buyer, {product: 8})
        await change_order(uow, buyer, order.id, NOW)
        asked = await ask_cancel(uow, buyer, order.id, NOW)
        await cancel_order(uow, buyer, asked.id, asked.version, NOW)
    async with store.unit_of_work() as uow:
        kept = await uow.orders.get(order.id, of=buyer)
        assert (kept.status, kept.events[-1].status) == (OrderStatus.CANCELLED, OrderStatus.CANCELLED)
        assert await reserved(uow, product) == [0]
        assert await uow.orders.find_change(order.id) is None
        assert not await uow.orders.list_desk(9)
        for version in (asked.version, kept.version):
            with pytest.raises(OrderClosed):
                await cancel_order(uow, buyer, order.id, version, NOW)
        told = select(notifications.c.kind).where(notifications.c.contact_id == chief.contact_id)
        assert (await uow.connection.scalars(told)).all() == ["order_placed", "order_cancelled"]


async def test_a_cancel_that_was_asked_before_a_change_is_not_done(uow: UnitOfWork) -> None:
    buyer, product = await a_buyer(uow), await a_product(uow)
    order = await a_placed_order(uow, buyer, {product: 8})
    await change_order(uow, buyer, order.id, NOW)
    await place(uow, buyer, await summarise(uow, buyer, NOW))
    with pytest.raises(ChangedMeanwhile):
        await cancel_order(uow, buyer, order.id, order.version, NOW)


async def test_only_a_draft_that_changes_something_can_be_left(uow: UnitOfWork) -> None:
    buyer, product = await a_buyer(uow), await a_product(uow)
    order = await a_placed_order(uow, buyer, {product: 8})
    with pytest.raises(OrderClosed):
        await drop_change(uow, buyer, order.id, NOW)
    draft = (await add_to_basket(uow, buyer, product.id, 1, NOW)).basket.draft
    with pytest.raises(OrderClosed):
        await drop_change(uow, buyer, draft.id, NOW)


async def test_two_savings_of_one_version_are_one_too_many(store: Store) -> None:
    async with store.unit_of_work() as uow:
        buyer, product = await a_buyer(uow), await a_product(uow)
        draft = (await add_to_basket(uow, buyer, product.id, 1, NOW)).basket.draft
        await uow.orders.save(replace(draft, note="یک"), draft)
        with pytest.raises(ChangedMeanwhile):
            await uow.orders.save(replace(draft, note="دو"), draft)


async def test_staff_change_nothing_from_the_customers_screens(uow: UnitOfWork) -> None:
    buyer, product = await a_buyer(uow), await a_product(uow)
    order = await a_placed_order(uow, buyer, {product: 8})
    manager = await a_member_of_staff(uow, Role.MANAGER)
    for wish in (
        open_order(uow, manager, order.id, NOW),
        change_order(uow, manager, order.id, NOW),
        cancel_order(uow, manager, order.id, order.version, NOW),
    ):
        with pytest.raises(NotFound):
            await wish
