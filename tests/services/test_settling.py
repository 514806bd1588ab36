from __future__ import annotations

from datetime import timedelta

import pytest

from domain.basket import Basket
from domain.errors import ChangedMeanwhile
from domain.repeats import Change, Choice
from services.repeats import fill_again, settle
from storage.unit_of_work import Store
from tests.builders.catalogue import a_product, put_stock
from tests.builders.orders import a_basket, a_buyer, a_placed_order
from tests.builders.repeats import final, left, question, salon_with_little
from tests.conftest import NOW

TODAY = NOW.date() + timedelta(days=1)


async def test_a_short_line_is_asked_about_with_its_nearest_shade(store: Store) -> None:
    async with store.unit_of_work() as uow:
        buyer, order, wanted, near = await salon_with_little(uow)
        asked = question(await fill_again(uow, buyer, order.id, NOW))
    assert (asked.short.line.product_id, asked.short.offered, asked.short.missing) == (wanted.id, 8, 4)
    assert asked.short.substitute is not None
    assert asked.short.substitute.product.id == near.id
    assert [each.change for each in asked.differences] == [Change.SHORT]


@pytest.mark.parametrize(
    ("choice", "lines"),
    [
        (Choice.SPLIT, {"رنگ ۶/۱": (12, 0), "رنگ ۷/۳": (12, 4)}),
        (Choice.ONLY, {"رنگ ۶/۱": (12, 0), "رنگ ۷/۳": (8, 0)}),
        (Choice.SUBSTITUTE, {"رنگ ۶/۱": (12, 0), "رنگ ۷/۳": (8, 0), "رنگ ۷/۳۱": (4, 0)}),
        (Choice.DROP, {"رنگ ۶/۱": (12, 0)}),
    ],
)
async def test_each_choice_settles_the_line_and_twice_is_harmless(
    store: Store, choice: Choice, lines: dict[str, tuple[int, int]]
) -> None:
    async with store.unit_of_work() as uow:
        buyer, order, wanted, near = await salon_with_little(uow)
        await fill_again(uow, buyer, order.id, NOW)
    for _tap in range(2):
        async with store.unit_of_work() as uow:
            final(await settle(uow, buyer, wanted.id, choice, near.id, NOW))
        draft = await left(store, buyer)
        assert {line.label: (line.quantity, line.later) for line in draft.lines} == lines


async def test_what_is_out_of_stock_can_come_later(store: Store) -> None:
    async with store.unit_of_work() as uow:
        buyer, order, wanted, _near = await salon_with_little(uow, on_hand=0)
        asked = question(await fill_again(uow, buyer, order.id, NOW))
        assert [each.change for each in asked.differences] == [Change.OUT]
        final(await settle(uow, buyer, wanted.id, Choice.SPLIT, wanted.id, NOW))
    line = (await left(store, buyer)).line(wanted.id)
    assert line is not None
    assert (line.quantity, line.later) == (12, 12)


async def test_a_substitute_that_is_gone_meanwhile_is_not_taken(store: Store) -> None:
    async with store.unit_of_work() as uow:
        buyer, order, wanted, near = await salon_with_little(uow)
        await fill_again(uow, buyer, order.id, NOW)
        await put_stock(uow, near.id, 3)
        asked = question(await settle(uow, buyer, wanted.id, Choice.SUBSTITUTE, near.id, NOW))
    assert asked.short.substitute is None
    assert (await left(store, buyer)).line(near.id) is None


async def test_a_thing_of_another_kind_is_never_a_substitute(store: Store) -> None:
    async with store.unit_of_work() as uow:
        buyer, order, wanted, _near = await salon_with_little(uow)
        other = await a_product(uow)
        await fill_again(uow, buyer, order.id, NOW)
        question(await settle(uow, buyer, wanted.id, Choice.SUBSTITUTE, other.id, NOW))
    assert (await left(store, buyer)).line(other.id) is None


async def test_a_second_short_line_is_asked_about_next(store: Store) -> None:
    async with store.unit_of_work() as uow:
        buyer = await a_buyer(uow)
        one, two = await a_product(uow), await a_product(uow)
        order = await a_placed_order(uow, buyer, {one: 12, two: 12})
        await put_stock(uow, one.id, 5)
        await put_stock(uow, two.id, 6)
        first = question(await fill_again(uow, buyer, order.id, NOW))
        second = question(await settle(uow, buyer, one.id, Choice.ONLY, one.id, NOW))
    assert (first.short.line.product_id, len(first.differences)) == (one.id, 2)
    assert (second.short.line.product_id, second.differences) == (two.id, ())


async def test_leaving_out_all_there_was_leaves_an_empty_basket(store: Store) -> None:
    async with store.unit_of_work() as uow:
        buyer = await a_buyer(uow)
        soap = await a_product(uow)
        order = await a_placed_order(uow, buyer, {soap: 12})
        await put_stock(uow, soap.id, 0)
        await fill_again(uow, buyer, order.id, NOW)
        found = await settle(uow, buyer, soap.id, Choice.DROP, soap.id, NOW)
    assert isinstance(found, Basket)
    assert (await left(store, buyer)).lines == ()


async def test_nothing_is_settled_in_a_basket_that_repeats_nothing(store: Store) -> None:
    async with store.unit_of_work() as uow:
        buyer = await a_buyer(uow)
        soap = await a_product(uow)
        await a_basket(uow, buyer, {soap: 12})
        with pytest.raises(ChangedMeanwhile):
            await settle(uow, buyer, soap.id, Choice.ONLY, soap.id, NOW)


async def test_tapping_twice_goes_on_from_where_the_first_led(store: Store) -> None:
    async with store.unit_of_work() as uow:
        buyer, order, wanted, near = await salon_with_little(uow)
        await fill_again(uow, buyer, order.id, NOW)
        await settle(uow, buyer, wanted.id, Choice.ONLY, near.id, NOW)
        final(await fill_again(uow, buyer, order.id, NOW))
    line = (await left(store, buyer)).line(wanted.id)
    assert line is not None
    assert line.quantity == 8
