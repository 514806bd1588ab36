from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from domain.actors import Actor
from domain.catalogue import Stock
from domain.delays import DelayAnswer, DelayReason, DelayWord, promised_on
from domain.errors import ChangedMeanwhile, NoDeliveryDay, NotAllowed, NotFound, OrderClosed
from domain.money import ZERO
from domain.orders import Order, OrderStatus
from domain.staff import Role
from screens.delays import delay_words, word_facts
from screens.language import Language
from services.delay_answers import accept, cancel, choose_day, other_days
from services.delays import late_order, late_route, tell_late
from services.fulfilment import move_order
from services.orders import open_order
from storage.tables.messages import notifications
from storage.unit_of_work import Store, UnitOfWork
from tests.builders.catalogue import a_product
from tests.builders.credit import limited, million
from tests.builders.orders import MONDAY, WEDNESDAY, WEST, a_buyer, a_member_of_staff, a_placed_order
from tests.conftest import NOW
from tests.services.test_fulfilment import WAY, deliver, ordered

ON_MONDAY = NOW + timedelta(days=2, hours=8)
TUESDAY = date(2026, 11, 24)
WORD = DelayWord(reason="vehicle", deliver_on=TUESDAY, from_hour=9, until_hour=12)


@pytest.fixture
async def uow(store: Store) -> AsyncIterator[UnitOfWork]:
    async with store.unit_of_work() as uow:
        yield uow


async def told(uow: UnitOfWork, kind: str) -> list[Any]:
    found = select(notifications).where(notifications.c.kind == kind).order_by(notifications.c.id)
    return list(await uow.connection.execute(found))


async def loaded(uow: UnitOfWork, picker: Actor, order: Order) -> Order:
    for step in WAY[:2]:
        order = (await move_order(uow, picker, order.id, step, order.version, NOW)).order
    return order


async def told_late(uow: UnitOfWork, picker: Actor, order: Order, word: DelayWord = WORD) -> int:
    """Say it of that order; the id of what was said."""
    late = await late_order(uow, picker, order.id, ON_MONDAY)
    await tell_late(uow, picker, late, late.orders[0].version, word, ON_MONDAY)
    newest = await uow.delays.latest(order.id)
    assert newest is not None
    return newest.id


async def test_a_delay_moves_the_order_but_not_the_promise(store: Store) -> None:
    async with store.unit_of_work() as uow:
        buyer, _product, order = await ordered(uow)
        picker = await a_member_of_staff(uow)
        await told_late(uow, picker, await loaded(uow, picker, order))
    async with store.reading() as uow:
        view = await open_order(uow, buyer, order.id, ON_MONDAY)
        assert (view.order.deliver_on, view.plan.route.from_hour, view.plan.route.until_hour) == (
            TUESDAY,
            9,
            12,
        )
        delays = await uow.delays.list_of(order.id)
        assert promised_on(TUESDAY, delays) == MONDAY
        (notice,) = await told(uow, "order_delayed")
        assert (notice.contact_id, notice.facts["days_ago"]) == (buyer.contact_id, 0)
        assert "order.delayed" in [name for name, _facts in await uow.audit.list_of("order", order.id)]


async def test_the_loading_is_told_with_the_hours_that_were_said(uow: UnitOfWork) -> None:
    _buyer, _product, order = await ordered(uow)
    picker = await a_member_of_staff(uow)
    await told_late(uow, picker, order)
    order = await uow.orders.get(order.id, of=picker)
    await loaded(uow, picker, order)
    (notice,) = await told(uow, "order_loaded")
    assert (notice.facts["deliver_on"], notice.facts["from_hour"]) == (TUESDAY.isoformat(), 9)


async def test_it_is_told_once_from_what_was_shown(uow: UnitOfWork) -> None:
    _buyer, _product, order = await ordered(uow)
    picker = await a_member_of_staff(uow)
    late = await late_order(uow, picker, order.id, ON_MONDAY)
    seen = late.orders[0].version
    await tell_late(uow, picker, late, seen, WORD, ON_MONDAY)
    with pytest.raises(ChangedMeanwhile):
        await tell_late(uow, picker, late, seen, WORD, ON_MONDAY)
    assert len(await told(uow, "order_delayed")) == 1


async def test_only_what_the_warehouse_has_is_late(uow: UnitOfWork) -> None:
    buyer, _product, order = await ordered(uow)
    picker = await a_member_of_staff(uow)
    for stranger in (buyer, await a_member_of_staff(uow, Role.SUPPORT)):
        with pytest.raises(NotFound):
            await late_order(uow, stranger, order.id, ON_MONDAY)
    late = await late_order(uow, picker, order.id, ON_MONDAY)
    for day in (MONDAY, date(2026, 11, 27)):
        with pytest.raises(NoDeliveryDay):
            await tell_late(uow, picker, late, None, replace(WORD, deliver_on=day), ON_MONDAY)
    await deliver(uow, picker, order)
    with pytest.raises(OrderClosed):
        await late_order(uow, picker, order.id, ON_MONDAY)
    with pytest.raises(OrderClosed):
        await tell_late(uow, picker, late, None, WORD, ON_MONDAY)


async def test_a_delay_is_answered_once(store: Store) -> None:
    async with store.unit_of_work() as uow:
        buyer, _product, order = await ordered(uow)
        delay_id = await told_late(uow, await a_member_of_staff(uow), order)
        _delay, is_taken = await accept(uow, buyer, delay_id, ON_MONDAY)
        assert is_taken
    async with store.unit_of_work() as uow:
        assert not (await accept(uow, buyer, delay_id, ON_MONDAY))[1]
        assert not (await choose_day(uow, buyer, delay_id, WEDNESDAY, ON_MONDAY))[1]
        assert not (await cancel(uow, buyer, delay_id, 99, ON_MONDAY))[1]
        assert (await other_days(uow, buyer, delay_id, ON_MONDAY))[2] == ()
        kept = await uow.orders.get(order.id, of=buyer)
        assert (kept.status, kept.deliver_on) == (OrderStatus.APPROVED, TUESDAY)


async def test_only_the_newest_word_is_answered(uow: UnitOfWork) -> None:
    buyer, _product, order = await ordered(uow)
    picker = await a_member_of_staff(uow)
    first = await told_late(uow, picker, order)
    second = await told_late(uow, picker, order, replace(WORD, deliver_on=WEDNESDAY))
    assert not (await accept(uow, buyer, first, ON_MONDAY))[1]
    assert (await accept(uow, buyer, second, ON_MONDAY))[1]
    assert promised_on(WEDNESDAY, await uow.delays.list_of(order.id)) == MONDAY


async def test_another_day_is_of_the_route_and_moves_the_promise(uow: UnitOfWork) -> None:
    buyer, _product, order = await ordered(uow)
    picker = await a_member_of_staff(uow)
    delay_id = await told_late(uow, picker, await loaded(uow, picker, order))
    (_delay, _order, days) = await other_days(uow, buyer, delay_id, ON_MONDAY)
    assert days == (WEDNESDAY, date(2026, 11, 28), date(2026, 11, 30))
    with pytest.raises(NoDeliveryDay):
        await choose_day(uow, buyer, delay_id, TUESDAY, ON_MONDAY)
    moved, is_taken = await choose_day(uow, buyer, delay_id, WEDNESDAY, ON_MONDAY)
    assert (moved.deliver_on, moved.status, is_taken) == (WEDNESDAY, OrderStatus.LOADED, True)
    assert promised_on(WEDNESDAY, await uow.delays.list_of(order.id)) == WEDNESDAY
    (notice,) = await told(uow, "order_other_day")
    assert (notice.staff_id, notice.facts["deliver_on"]) == (picker.staff_id, WEDNESDAY.isoformat())


async def test_a_late_order_is_cancelled_after_its_cutoff_and_all_of_it_is_free(store: Store) -> None:
    async with store.unit_of_work() as uow:
        buyer, product, order = await ordered(uow)
        await limited(uow, buyer.require_customer().id, million(100))
        picker = await a_member_of_staff(uow)
        delay_id = await told_late(uow, picker, await loaded(uow, picker, order))
    async with store.unit_of_work() as uow:
        version = (await uow.orders.get(order.id, of=buyer)).version
        with pytest.raises(ChangedMeanwhile):
            await cancel(uow, buyer, delay_id, version + 1, ON_MONDAY)
        cancelled, is_taken = await cancel(uow, buyer, delay_id, version, ON_MONDAY)
        assert (cancelled.status, is_taken) == (OrderStatus.CANCELLED, True)
        assert not (await cancel(uow, buyer, delay_id, version, ON_MONDAY))[1]
    async with store.reading() as uow:
        assert await uow.stock.get(product.id) == Stock(on_hand=100, reserved=0)
        standing = await uow.credit.standing(buyer.require_customer().id, ON_MONDAY)
        assert standing.open_orders == ZERO
        (notice,) = await told(uow, "order_cancelled_late")
        assert (notice.staff_id, notice.facts["status"]) == (picker.staff_id, "loaded")
        (delay,) = await uow.delays.list_of(order.id)
        assert delay.answer is DelayAnswer.CANCELLED


async def test_after_the_delivery_it_is_not_cancelled(uow: UnitOfWork) -> None:
    buyer, product, order = await ordered(uow)
    picker = await a_member_of_staff(uow)
    order = await loaded(uow, picker, order)
    delay_id = await told_late(uow, picker, order)
    now = await uow.orders.get(order.id, of=picker)
    done = await move_order(uow, picker, order.id, OrderStatus.DELIVERED, now.version, ON_MONDAY)
    assert not (await cancel(uow, buyer, delay_id, done.order.version, ON_MONDAY))[1]
    assert await uow.stock.get(product.id) == Stock(on_hand=92, reserved=0)


async def test_nobody_answers_for_another_customer_or_without_the_right(uow: UnitOfWork) -> None:
    buyer, _product, order = await ordered(uow)
    delay_id = await told_late(uow, await a_member_of_staff(uow), order)
    with pytest.raises(NotFound):
        await accept(uow, await a_buyer(uow, name="دیگری"), delay_id, ON_MONDAY)
    onlooker = await a_buyer(uow, colleague_of=buyer, may_order=False)
    with pytest.raises(NotAllowed):
        await cancel(uow, onlooker, delay_id, 0, ON_MONDAY)
    with pytest.raises(NotAllowed):
        await choose_day(uow, onlooker, delay_id, WEDNESDAY, ON_MONDAY)


async def test_a_whole_route_is_told_at_once(store: Store) -> None:
    async with store.unit_of_work() as uow:
        product, picker = await a_product(uow, on_hand=100), await a_member_of_staff(uow)
        buyers = [await a_buyer(uow, name=f"مشتری {n}") for n in range(3)]
        orders = [await a_placed_order(uow, buyer, {product: 2}) for buyer in buyers]
        elsewhere = await a_buyer(uow, route=replace(WEST, name="شرق ۱"))
        other = await a_placed_order(uow, elsewhere, {product: 1})
        done = await deliver(uow, picker, await a_placed_order(uow, buyers[0], {product: 1}))
        (west,) = [each for each in await uow.delays.list_routes() if each.name == "غرب ۳"]
        assert (west.day, west.count) == (MONDAY, 3)
        late = await late_route(uow, picker, west.route_id, MONDAY, ON_MONDAY)
        assert late.route_days[0] == WEDNESDAY
        went = await tell_late(uow, picker, late, None, WORD, ON_MONDAY)
        assert [each.id for each in went] == [each.id for each in orders]
    async with store.reading() as uow:
        notices = await told(uow, "order_delayed")
        assert [each.contact_id for each in notices] == [each.contact_id for each in buyers]
        assert [each.facts["number"] for each in notices] == [each.number for each in orders]
        for order, delay in zip(orders, notices, strict=True):
            newest = await uow.delays.latest(order.id)
            assert newest is not None
            assert newest.id == delay.facts["delay_id"]
        for untouched in (other, done):
            assert (await uow.orders.get(untouched.id, of=picker)).deliver_on == MONDAY
        with pytest.raises(NotFound):
            await late_route(uow, picker, west.route_id, MONDAY, ON_MONDAY)


async def test_an_order_of_nobodys_chat_is_told_to_whoever_answers_for_the_customer(uow: UnitOfWork) -> None:
    buyer, _product, order = await ordered(uow)
    chief = await a_buyer(uow, colleague_of=buyer, may_approve=True)
    picker = await a_member_of_staff(uow)
    unknown = await uow.orders.save(replace(order, contact_id=None), order)
    await told_late(uow, picker, unknown)
    (notice,) = await told(uow, "order_delayed")
    assert notice.contact_id == chief.contact_id


def test_what_is_told_after_midnight_does_not_say_today(persian: Language) -> None:
    word = DelayWord(reason=DelayReason.WEATHER, deliver_on=date(2026, 11, 24), from_hour=9, until_hour=12)
    facts = word_facts(40_521, date(2026, 11, 23), date(2026, 11, 23), word)
    assert "امروز" in delay_words(facts, persian, date(2026, 11, 23))
    after = delay_words(facts, persian, date(2026, 11, 24))
    assert "امروز" not in after
    assert "دوشنبه" in after
