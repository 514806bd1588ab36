"""Where an order goes, for customers with one outlet and with several."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import event

from domain.actors import Actor
from domain.basket import DayChoice, OutletChoice, Renewal, Summary
from domain.calendar import Route
from domain.catalogue import Product
from domain.errors import EmptyOrder, NotAllowed, NotFound, OutletNotChosen, TooLateToChange
from domain.order_views import OrderView
from domain.orders import Order
from services.basket import (
    choose_day,
    choose_outlet,
    drop_note,
    empty_basket,
    find_basket,
    put_note,
    set_outlet,
)
from services.orders import change_order, open_order
from storage.unit_of_work import Store, UnitOfWork
from tests.builders.catalogue import a_product
from tests.builders.orders import (
    MONDAY,
    WEDNESDAY,
    a_basket,
    a_buyer,
    a_placed_order,
    an_outlet,
    place,
    summarise,
)
from tests.conftest import NOW

SUNDAY = MONDAY.replace(day=22)
TUESDAY = MONDAY.replace(day=24)
EAST = Route(id=0, name="شرق ۱", weekdays=frozenset({6, 1}))
"""Sunday and Tuesday: no day that the western route has."""


@pytest.fixture
async def uow(store: Store) -> AsyncIterator[UnitOfWork]:
    async with store.unit_of_work() as uow:
        yield uow


@pytest.fixture
def counting(uow: UnitOfWork) -> list[str]:
    """The statements that this unit of work has sent since the list was cleared."""
    sent: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_more: Any) -> None:
        sent.append(statement)

    event.listen(uow.connection.sync_connection, "before_cursor_execute", note)
    return sent


async def a_chain(uow: UnitOfWork, product: Product) -> tuple[Actor, int, int]:
    """A buyer of a customer with a western and an eastern outlet, with something in the basket."""
    buyer = await a_buyer(uow)
    draft = await a_basket(uow, buyer, {product: 1})
    return buyer, draft.outlet_id, await an_outlet(uow, buyer, "نارمک، باران ۶۴", EAST)


async def left(store: Store, buyer: Actor) -> Order:
    async with store.reading() as uow:
        return (await find_basket(uow, buyer)).draft


async def test_who_has_one_outlet_is_not_asked_and_pays_no_statement_for_it(
    uow: UnitOfWork, counting: list[str]
) -> None:
    buyer, product = await a_buyer(uow), await a_product(uow)
    await a_basket(uow, buyer, {product: 1})
    counting.clear()
    choice = await choose_day(uow, buyer, NOW)
    assert isinstance(choice, DayChoice)
    assert (choice.outlet, len(counting)) == (None, 2)
    assert isinstance(await place(uow, buyer, await summarise(uow, buyer, NOW, MONDAY)), OrderView)


async def test_who_has_several_is_asked_which_one_before_the_day(store: Store) -> None:
    async with store.unit_of_work() as uow:
        buyer, west, east = await a_chain(uow, await a_product(uow))
        asked = await choose_day(uow, buyer, NOW)
        assert isinstance(asked, OutletChoice)
        assert [each.id for each in asked.outlets] == [west, east]
        days = await set_outlet(uow, buyer, east, NOW)
        assert (days.days, days.outlet) == ((SUNDAY, TUESDAY), "نارمک، باران ۶۴")
        assert isinstance(await choose_day(uow, buyer, NOW), DayChoice)
        shown = await summarise(uow, buyer, NOW, TUESDAY)
        assert shown.plan.short_address == "نارمک، باران ۶۴"
        done = await place(uow, buyer, shown)
    assert isinstance(done, OrderView)
    async with store.reading() as uow:
        kept = await open_order(uow, buyer, done.order.id, NOW)
    assert (kept.order.outlet_id, kept.order.deliver_on) == (east, TUESDAY)


async def test_the_outlet_that_was_ordered_for_last_comes_first(uow: UnitOfWork) -> None:
    product = await a_product(uow)
    buyer, west, east = await a_chain(uow, product)
    south = await an_outlet(uow, buyer, "جنوب", EAST)
    await set_outlet(uow, buyer, south, NOW)
    await place(uow, buyer, await summarise(uow, buyer, NOW))
    await a_basket(uow, buyer, {product: 1})
    asked = await choose_day(uow, buyer, NOW)
    assert isinstance(asked, OutletChoice)
    assert [each.id for each in asked.outlets] == [south, west, east]
    assert (await choose_outlet(uow, buyer)).outlets == asked.outlets


async def test_the_outlet_of_somebody_else_does_not_exist(store: Store) -> None:
    async with store.unit_of_work() as uow:
        product = await a_product(uow)
        buyer, _west, _east = await a_chain(uow, product)
        other, theirs, _theirs_too = await a_chain(uow, product)
        before = (await find_basket(uow, buyer)).draft
        for outlet_id in (theirs, 10**9):
            with pytest.raises(NotFound):
                await set_outlet(uow, buyer, outlet_id, NOW)
        asked = await choose_outlet(uow, buyer)
        assert {each.customer_id for each in asked.outlets} == {buyer.customer_id} != {other.customer_id}
    assert await left(store, buyer) == before


async def test_a_day_is_dropped_when_the_lorry_does_not_go_to_the_other_outlet_then(store: Store) -> None:
    async with store.unit_of_work() as uow:
        buyer, west, east = await a_chain(uow, await a_product(uow))
        near = await an_outlet(uow, buyer, "پونک، صنوبر ۷")
        await set_outlet(uow, buyer, west, NOW)
        shown = await summarise(uow, buyer, NOW, WEDNESDAY)
        same = await set_outlet(uow, buyer, near, NOW)
        assert same.basket.draft.deliver_on == WEDNESDAY
        gone = await set_outlet(uow, buyer, east, NOW)
        assert gone.basket.draft.deliver_on is None
        again = await place(uow, buyer, shown)
        assert isinstance(again, Summary)
        assert (again.renewal, again.basket.draft.deliver_on) == (Renewal.CHANGED, SUNDAY)
    assert (await left(store, buyer)).outlet_id == east


async def test_choosing_the_same_outlet_again_changes_nothing(uow: UnitOfWork) -> None:
    buyer, _west, east = await a_chain(uow, await a_product(uow))
    first = await set_outlet(uow, buyer, east, NOW)
    second = await set_outlet(uow, buyer, east, NOW)
    assert second.basket.draft.version == first.basket.draft.version


async def test_an_old_button_does_not_skip_the_outlet(uow: UnitOfWork) -> None:
    buyer, _west, _east = await a_chain(uow, await a_product(uow))
    with pytest.raises(OutletNotChosen):
        await summarise(uow, buyer, NOW, MONDAY)


async def test_an_emptied_basket_is_asked_for_its_outlet_anew(uow: UnitOfWork) -> None:
    product = await a_product(uow)
    buyer, _west, east = await a_chain(uow, product)
    draft = (await set_outlet(uow, buyer, east, NOW)).basket.draft
    await empty_basket(uow, buyer, draft.id, draft.version, NOW)
    for wish in (choose_outlet(uow, buyer), set_outlet(uow, buyer, east, NOW)):
        with pytest.raises(EmptyOrder):
            await wish
    await a_basket(uow, buyer, {product: 1})
    assert isinstance(await choose_day(uow, buyer, NOW), OutletChoice)


async def test_only_who_may_order_chooses_an_outlet(uow: UnitOfWork) -> None:
    buyer, _west, east = await a_chain(uow, await a_product(uow))
    looker = await a_buyer(uow, colleague_of=buyer, may_order=False)
    for wish in (choose_outlet(uow, looker), set_outlet(uow, looker, east, NOW)):
        with pytest.raises(NotAllowed):
            await wish


async def test_a_change_keeps_the_outlet_unless_it_is_changed_too(store: Store) -> None:
    async with store.unit_of_work() as uow:
        product = await a_product(uow)
        buyer = await a_buyer(uow)
        order = await a_placed_order(uow, buyer, {product: 1}, day=WEDNESDAY)
        east = await an_outlet(uow, buyer, "نارمک، باران ۶۴", EAST)
        await change_order(uow, buyer, order.id, NOW)
        days = await choose_day(uow, buyer, NOW)
        assert isinstance(days, DayChoice)
        assert days.basket.draft.outlet_id == order.outlet_id
        kept = await place(uow, buyer, await summarise(uow, buyer, NOW))
        assert isinstance(kept, OrderView)
        assert kept.order.outlet_id == order.outlet_id
        await change_order(uow, buyer, order.id, NOW)
        await set_outlet(uow, buyer, east, NOW)
        moved = await place(uow, buyer, await summarise(uow, buyer, NOW, TUESDAY))
        assert isinstance(moved, OrderView)
    async with store.reading() as uow:
        now = await open_order(uow, buyer, order.id, NOW)
    assert (now.order.number, now.order.outlet_id, now.order.deliver_on) == (order.number, east, TUESDAY)


async def test_another_outlet_does_not_put_off_the_cutoff_of_the_placed_order(uow: UnitOfWork) -> None:
    """Which lorry the order leaves counts, not which one it would like to take instead."""
    product = await a_product(uow)
    buyer = await a_buyer(uow)
    order = await a_placed_order(uow, buyer, {product: 1}, day=MONDAY)
    generous = replace(EAST, name="دیروقت", cutoff_minutes=23 * 60, weekdays=frozenset({0, 1}))
    east = await an_outlet(uow, buyer, "نارمک", generous)
    await change_order(uow, buyer, order.id, NOW)
    await set_outlet(uow, buyer, east, NOW)
    late = NOW.replace(day=22, hour=15)
    shown = await summarise(uow, buyer, late)
    with pytest.raises(TooLateToChange):
        await place(uow, buyer, shown, late)


async def test_a_note_is_taken_back(store: Store) -> None:
    async with store.unit_of_work() as uow:
        buyer, product = await a_buyer(uow), await a_product(uow)
        await a_basket(uow, buyer, {product: 1})
        await put_note(uow, buyer, "زنگ بزنید", NOW)
        noted = (await find_basket(uow, buyer)).draft
        choice = await drop_note(uow, buyer, NOW)
        assert (choice.basket.draft.note, choice.basket.draft.version) == (None, noted.version + 1)
        assert (await drop_note(uow, buyer, NOW)).basket.draft.version == noted.version + 1
    assert (await left(store, buyer)).note is None


async def test_an_empty_basket_has_no_note_to_take_back(uow: UnitOfWork) -> None:
    with pytest.raises(EmptyOrder):
        await drop_note(uow, await a_buyer(uow), NOW)
