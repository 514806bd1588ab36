from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import select

from domain.actors import Actor
from domain.catalogue import Product, Stock
from domain.errors import ChangedMeanwhile, NotFound, OrderClosed
from domain.order_views import OrderView
from domain.orders import Order, OrderStatus
from domain.staff import Role
from services.basket import add_to_basket, set_line
from services.fulfilment import PER_PAGE, cancel_ours, give_feedback, list_desk, move_order, open_job
from services.orders import open_order
from services.placing import FIRST_NUMBER
from storage.tables.messages import notifications
from storage.tables.orders import order_events, orders
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

WAY = (OrderStatus.PICKING, OrderStatus.LOADED, OrderStatus.DELIVERED)


@pytest.fixture
async def uow(store: Store) -> AsyncIterator[UnitOfWork]:
    async with store.unit_of_work() as uow:
        yield uow


async def told(uow: UnitOfWork, kind: str) -> list[Any]:
    rows = await uow.connection.execute(select(notifications).where(notifications.c.kind == kind))
    return list(rows)


async def deliver(uow: UnitOfWork, picker: Actor, order: Order) -> Order:
    for step in WAY:
        order = (await move_order(uow, picker, order.id, step, order.version, NOW)).order
    return order


async def ordered(uow: UnitOfWork, quantity: int = 8) -> tuple[Actor, Product, Order]:
    buyer, product = await a_buyer(uow), await a_product(uow, on_hand=100)
    return buyer, product, await a_placed_order(uow, buyer, {product: quantity})


async def test_an_order_goes_its_way_and_the_customer_hears_of_each_step_once(store: Store) -> None:
    async with store.unit_of_work() as uow:
        buyer, product, order = await ordered(uow)
        picker = await a_member_of_staff(uow)
        await deliver(uow, picker, order)
    async with store.reading() as uow:
        kept = (await open_order(uow, buyer, order.id, NOW)).order
        assert [each.status.value for each in kept.events] == [
            "placed", "approved", "picking", "loaded", "delivered",
        ]  # fmt: skip
        assert await uow.stock.get(product.id) == Stock(on_hand=92, reserved=0)
        for kind in ("order_picking", "order_loaded", "order_delivered"):
            (notice,) = await told(uow, kind)
            assert (notice.contact_id, notice.subject_id) == (buyer.contact_id, order.id)
            assert notice.facts["number"] == FIRST_NUMBER
        by = await uow.connection.scalars(
            select(order_events.c.staff_id)
            .where(order_events.c.order_id == order.id)
            .order_by(order_events.c.id)
        )
        assert by.all() == [None, None, picker.staff_id, picker.staff_id, picker.staff_id]
        assert not await uow.orders.list_desk(9)


async def test_a_step_is_made_once_and_from_what_was_shown(uow: UnitOfWork) -> None:
    _buyer, _product, order = await ordered(uow)
    picker = await a_member_of_staff(uow)
    await move_order(uow, picker, order.id, OrderStatus.PICKING, order.version, NOW)
    with pytest.raises(ChangedMeanwhile):
        await move_order(uow, picker, order.id, OrderStatus.PICKING, order.version, NOW)
    assert len(await told(uow, "order_picking")) == 1


async def test_no_step_is_left_out(uow: UnitOfWork) -> None:
    _buyer, _product, order = await ordered(uow)
    picker = await a_member_of_staff(uow)
    for step in (OrderStatus.LOADED, OrderStatus.DELIVERED, OrderStatus.CANCELLED):
        with pytest.raises(OrderClosed):
            await move_order(uow, picker, order.id, step, order.version, NOW)


async def test_only_the_warehouse_and_managers_move_orders(uow: UnitOfWork) -> None:
    buyer, _product, order = await ordered(uow)
    visitor = await a_member_of_staff(uow, Role.VISITOR)
    for stranger in (buyer, visitor):
        for wish in (
            list_desk(uow, stranger, 1),
            open_job(uow, stranger, order.id, NOW),
            move_order(uow, stranger, order.id, OrderStatus.PICKING, order.version, NOW),
        ):
            with pytest.raises(NotFound):
                await wish
    manager = await a_member_of_staff(uow, Role.MANAGER)
    job = await move_order(uow, manager, order.id, OrderStatus.PICKING, order.version, NOW)
    assert job.next_step is OrderStatus.LOADED


async def test_support_looks_but_does_not_touch(uow: UnitOfWork) -> None:
    _buyer, _product, order = await ordered(uow)
    support = await a_member_of_staff(uow, Role.SUPPORT)
    assert (await open_job(uow, support, order.id, NOW)).next_step is None
    with pytest.raises(NotFound):
        await move_order(uow, support, order.id, OrderStatus.PICKING, order.version, NOW)


async def test_the_queue_is_by_promised_day_and_page(uow: UnitOfWork) -> None:
    buyer, product = await a_buyer(uow), await a_product(uow)
    picker = await a_member_of_staff(uow)
    later = await a_placed_order(uow, buyer, {product: 1}, day=WEDNESDAY)
    sooner = [await a_placed_order(uow, buyer, {product: 1}, day=MONDAY) for _n in range(PER_PAGE)]
    first, has_more = await list_desk(uow, picker, 1)
    assert ([each.id for each in first], has_more) == ([each.id for each in sooner], True)
    second, has_more = await list_desk(uow, picker, 2)
    assert ([each.id for each in second], has_more) == ([later.id], False)
    assert first[0].customer_name == "داروخانه دکتر رضایی"


async def test_a_draft_is_not_in_the_warehouse(uow: UnitOfWork) -> None:
    buyer, product = await a_buyer(uow), await a_product(uow)
    picker = await a_member_of_staff(uow)
    draft = (await add_to_basket(uow, buyer, product.id, 1, NOW)).basket.draft
    with pytest.raises(NotFound):
        await open_job(uow, picker, draft.id, NOW)
    with pytest.raises(NotFound):
        await move_order(uow, picker, draft.id, OrderStatus.PICKING, draft.version, NOW)


async def test_what_comes_later_stays_on_the_shelf(uow: UnitOfWork) -> None:
    buyer, product = await a_buyer(uow), await a_product(uow, on_hand=8)
    await set_line(uow, buyer, product.id, 12, NOW, later=4)
    view = await place(uow, buyer, await summarise(uow, buyer, NOW))
    assert isinstance(view, OrderView)
    delivered = await deliver(uow, await a_member_of_staff(uow), view.order)
    assert delivered.status is OrderStatus.PART_DELIVERED
    assert await uow.stock.get(product.id) == Stock(on_hand=0, reserved=0)
    assert len(await told(uow, "order_part_delivered")) == 1


@pytest.mark.parametrize("verdict", ["short", "damaged"])
async def test_trouble_is_kept_and_goes_to_support(uow: UnitOfWork, verdict: str) -> None:
    buyer, _product, order = await ordered(uow)
    manager, support = await a_member_of_staff(uow, Role.MANAGER), await a_member_of_staff(uow, Role.SUPPORT)
    await deliver(uow, manager, order)
    await give_feedback(uow, buyer, order.id, verdict, True, NOW)
    await give_feedback(uow, buyer, order.id, "ok", False, NOW)
    kept = await uow.connection.scalar(select(orders.c.feedback).where(orders.c.id == order.id))
    assert kept == verdict
    (notice,) = await told(uow, "order_trouble")
    assert (notice.staff_id, notice.facts["verdict"]) == (support.staff_id, verdict)


async def test_without_support_managers_hear_of_trouble_and_nobody_of_a_good_delivery(
    uow: UnitOfWork,
) -> None:
    buyer, product, order = await ordered(uow)
    manager = await a_member_of_staff(uow, Role.MANAGER)
    await deliver(uow, manager, order)
    second = await deliver(uow, manager, await a_placed_order(uow, buyer, {product: 1}))
    await give_feedback(uow, buyer, second.id, "ok", False, NOW)
    assert not await told(uow, "order_trouble")
    await give_feedback(uow, buyer, order.id, "damaged", True, NOW)
    (notice,) = await told(uow, "order_trouble")
    assert notice.staff_id == manager.staff_id


async def test_a_verdict_is_given_on_ones_own_delivery(uow: UnitOfWork) -> None:
    buyer, _product, order = await ordered(uow)
    other = await a_buyer(uow, name="دیگری")
    with pytest.raises(OrderClosed):
        await give_feedback(uow, buyer, order.id, "ok", False, NOW)
    await deliver(uow, await a_member_of_staff(uow), order)
    with pytest.raises(NotFound):
        await give_feedback(uow, other, order.id, "ok", False, NOW)


async def test_what_we_cannot_send_is_cancelled_with_a_word_to_the_customer(uow: UnitOfWork) -> None:
    buyer, product, order = await ordered(uow)
    manager, picker = await a_member_of_staff(uow, Role.MANAGER), await a_member_of_staff(uow)
    picking = (await move_order(uow, picker, order.id, OrderStatus.PICKING, order.version, NOW)).order
    with pytest.raises(NotFound):
        await cancel_ours(uow, picker, order.id, picking.version, "goods", NOW)
    with pytest.raises(ChangedMeanwhile):
        await cancel_ours(uow, manager, order.id, order.version, "goods", NOW)
    job = await cancel_ours(uow, manager, order.id, picking.version, "goods", NOW)
    assert (job.order.status, job.next_step, job.can_cancel) == (OrderStatus.CANCELLED, None, False)
    with pytest.raises(OrderClosed):
        await cancel_ours(uow, manager, order.id, None, "goods", NOW)
    assert await uow.stock.get(product.id) == Stock(on_hand=100, reserved=0)
    (notice,) = await told(uow, "order_cancelled_by_us")
    assert (notice.contact_id, notice.facts["reason"]) == (buyer.contact_id, "goods")


async def test_an_order_that_nobody_of_the_bot_placed_tells_nobody(uow: UnitOfWork) -> None:
    _buyer, _product, order = await ordered(uow)
    unknown = await uow.orders.save(replace(order, contact_id=None), order)
    await deliver(uow, await a_member_of_staff(uow), unknown)
    assert not await told(uow, "order_picking")
