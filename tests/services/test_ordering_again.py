"""Saved baskets, the order guide, and what goes with a basket, on both databases."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest
from sqlalchemy import func, select, update

from domain.actors import Actor
from domain.catalogue import Product
from domain.errors import NotAllowed, NotFound
from domain.guide_errors import NameTaken, TooManySaved
from domain.orders import Channel
from domain.repeats import Again, Change, Choice, InTheWay, Repeated, ShortQuestion
from jobs.associations import sweep_associations
from services.associations import suggest
from services.basket import add_to_basket, find_basket
from services.order_guide import fill_guide, put_item, read_guide
from services.refills import fill_saved, take_hint
from services.repeats import fill_again, settle
from services.saved_baskets import (
    drop,
    list_saved,
    open_proposal,
    open_saved,
    propose,
    rename,
    save_order,
    save_present,
)
from storage.tables.catalogue import prices
from storage.tables.guide import product_pairs, saved_baskets
from storage.tables.people import customers
from storage.unit_of_work import Store, UnitOfWork
from tests.builders.catalogue import a_product, put_stock
from tests.builders.orders import a_buyer, a_placed_order, place
from tests.builders.purchases import bought, purchases, some_salons
from tests.builders.repeats import final, left
from tests.conftest import NOW

DAY = timedelta(days=1)


async def dearer(uow: UnitOfWork, product: Product, toman: int) -> None:
    await uow.connection.execute(
        update(prices).where(prices.c.product_id == product.id).values(rials=toman * 10)
    )


async def test_a_saved_basket_is_filled_with_every_difference_named(store: Store) -> None:
    async with store.unit_of_work() as uow:
        buyer, colleague = await _two(uow)
        soap, brush = await a_product(uow, toman=10_000), await a_product(uow, on_hand=50)
        await a_placed_order(uow, buyer, {soap: 1})
        await add_to_basket(uow, buyer, soap.id, 12, NOW)
        await add_to_basket(uow, buyer, brush.id, 20, NOW)
        kept = await save_present(uow, buyer, "  ماهانه ", NOW)
        assert [(line.product_id, line.quantity) for line in kept.lines] == [(soap.id, 12), (brush.id, 20)]
    async with store.unit_of_work() as uow:
        await dearer(uow, soap, 11_000)
        await put_stock(uow, brush.id, 8)
        found = await fill_saved(uow, colleague, kept.id, NOW)
    assert isinstance(found, ShortQuestion)
    assert [each.change for each in found.differences] == [Change.DEARER, Change.SHORT]
    async with store.unit_of_work() as uow:
        again = final(await settle(uow, colleague, brush.id, Choice.ONLY, brush.id, NOW))
    assert again.source is None
    draft = await left(store, colleague)
    assert {line.product_id: line.quantity for line in draft.lines} == {soap.id: 12, brush.id: 8}
    assert (draft.channel, draft.repeats) == (Channel.REPEAT, None)


async def _two(uow: UnitOfWork) -> tuple[Actor, Actor]:
    buyer = await a_buyer(uow)
    return buyer, await a_buyer(uow, colleague_of=buyer)


async def test_what_is_in_the_basket_goes_only_when_that_is_wanted(store: Store) -> None:
    async with store.unit_of_work() as uow:
        buyer = await a_buyer(uow)
        soap, brush = await a_product(uow), await a_product(uow)
        await add_to_basket(uow, buyer, soap.id, 12, NOW)
        kept = await save_present(uow, buyer, "ماهانه", NOW)
        assert not isinstance(await fill_saved(uow, buyer, kept.id, NOW), InTheWay)
        await add_to_basket(uow, buyer, brush.id, 1, NOW)
        found = await fill_saved(uow, buyer, kept.id, NOW)
        assert isinstance(found, InTheWay)
        assert found.saved == kept
        version = found.basket.draft.version
        await fill_saved(uow, buyer, kept.id, NOW, instead_of=version)
    assert [line.product_id for line in (await left(store, buyer)).lines] == [soap.id]


async def test_ten_baskets_are_kept_and_no_name_twice(store: Store) -> None:
    async with store.unit_of_work() as uow:
        buyer, other = await a_buyer(uow), await a_buyer(uow)
        soap = await a_product(uow)
        await add_to_basket(uow, buyer, soap.id, 12, NOW)
        first = await save_present(uow, buyer, "سبد ۱", NOW)
        with pytest.raises(NameTaken):
            await save_present(uow, buyer, "سبد 1", NOW)
        for number in range(2, 11):
            await save_present(uow, buyer, f"سبد {number}", NOW)
        with pytest.raises(TooManySaved):
            await save_present(uow, buyer, "یازدهم", NOW)
        with pytest.raises(NameTaken):
            await rename(uow, buyer, first.id, "سبد ۲", NOW)
        assert (await rename(uow, buyer, first.id, "سبد یک", NOW)).name == "سبد یک"
        assert len(await drop(uow, buyer, first.id, NOW)) == 9
        await save_present(uow, buyer, "یازدهم", NOW)
        assert [each.name for each in await list_saved(uow, buyer)][-1] == "یازدهم"
        for step in (open_saved(uow, other, first.id + 1), rename(uow, other, first.id + 1, "-", NOW)):
            with pytest.raises(NotFound):
                await step
        seeing = await a_buyer(uow, colleague_of=buyer, may_order=False)
        assert len(await list_saved(uow, seeing)) == 10
        with pytest.raises(NotAllowed):
            await fill_saved(uow, seeing, first.id + 1, NOW)


async def test_two_who_keep_at_once_keep_no_eleventh(store: Store) -> None:
    async with store.unit_of_work() as uow:
        buyer, colleague = await _two(uow)
        soap = await a_product(uow)
        for who in (buyer, colleague):
            await add_to_basket(uow, who, soap.id, 12, NOW)
        for number in range(9):
            await save_present(uow, buyer, f"سبد {number}", NOW)

    async def keep(who: Actor, name: str) -> bool:
        try:
            async with store.unit_of_work() as uow:
                await save_present(uow, who, name, NOW)
        except TooManySaved:
            return False
        return True

    done = await asyncio.gather(keep(buyer, "الف"), keep(colleague, "ب"))
    assert sorted(done) == [False, True]
    async with store.reading() as uow:
        assert await uow.connection.scalar(select(func.count()).select_from(saved_baskets)) == 10


async def test_only_goods_that_were_ordered_again_are_offered_to_be_kept(store: Store) -> None:
    async with store.unit_of_work() as uow:
        buyer = await a_buyer(uow)
        order = await a_placed_order(uow, buyer, {await a_product(uow): 24})
        assert await propose(uow, order, NOW) is None
        found = final(await fill_again(uow, buyer, order.id, NOW))
        await place(uow, buyer, found.summary)
        again = await uow.history.last_purchase(buyer.require_customer().id)
        assert again is not None
        proposal = await propose(uow, again, NOW)
        assert proposal is not None
        kept = await save_order(uow, buyer, proposal, "ماهانه", NOW)
        assert await save_order(uow, buyer, proposal, "ماهانه", NOW) == kept
        assert await propose(uow, again, NOW) is None
        assert "ماهانه" in (await open_proposal(uow, buyer, again.id, NOW)).taken


async def test_the_guide_names_what_is_usual_with_its_reason_and_fills_all_at_once(store: Store) -> None:
    async with store.unit_of_work() as uow:
        buyer, other = await a_buyer(uow), await a_buyer(uow)
        often, gone, rare, old = [await a_product(uow, on_hand=100) for _n in range(4)]
        days = [NOW - DAY * n for n in (62, 48, 32, 18)]
        await bought(uow, buyer, {often: 12, gone: 6}, *days)
        await bought(uow, buyer, {rare: 5}, NOW - DAY)
        await bought(uow, buyer, {old: 5}, NOW - DAY * 91, NOW - DAY * 120)
        await bought(uow, other, {rare: 5}, *days)
        await put_stock(uow, gone.id, 0)
    async with store.reading() as uow:
        guide = await read_guide(uow, buyer, NOW)
    shown = [(each.habit.line.product_id, each.units) for each in guide.lines]
    assert shown == [(often.id, 12), (gone.id, 6)]
    assert (guide.lines[0].habit.every, guide.lines[0].habit.is_due(guide.today)) == (14, True)
    assert (guide.total, guide.fillable, guide.pages) == (2, 1, 1)
    async with store.unit_of_work() as uow:
        found = await fill_guide(uow, buyer, NOW)
        assert not isinstance(found, InTheWay | ShortQuestion)
    async with store.unit_of_work() as uow:
        put = await put_item(uow, buyer, often.id, 1, NOW, "press")
        assert (put.units, put.line.in_basket, put.basket_count) == (12, 24, 1)
        assert (await put_item(uow, buyer, often.id, 1, NOW, "press")).line.in_basket == 24
        with pytest.raises(NotFound):
            await put_item(uow, buyer, rare.id, 1, NOW, "other")
        assert isinstance(await fill_guide(uow, buyer, NOW), InTheWay)


async def test_the_guide_turns_its_pages(store: Store) -> None:
    async with store.unit_of_work() as uow:
        buyer = await a_buyer(uow)
        goods = {await a_product(uow): 1 for _n in range(8)}
        await bought(uow, buyer, goods, NOW - DAY * 9, NOW - DAY * 3)
    async with store.reading() as uow:
        pages = [await read_guide(uow, buyer, NOW, page) for page in (1, 2, 9)]
    assert [(len(each.lines), each.first, each.page, each.pages) for each in pages] == [
        (6, 1, 1, 2), (2, 7, 2, 2), (2, 7, 2, 2),
    ]  # fmt: skip
    async with store.reading() as uow:
        nobody = await a_buyer_in(store)
        assert (await read_guide(uow, nobody, NOW)).lines == ()


async def a_buyer_in(store: Store) -> Actor:
    async with store.unit_of_work() as uow:
        return await a_buyer(uow)


async def salons(uow: UnitOfWork, colour: Product, spray: Product) -> None:
    """Rule R14's market: 200 salons, 80 with colour, 60 with the other, 48 with both; and other centres."""
    people = await some_salons(uow, 200)
    gloves = await a_product(uow)
    made = []
    for number, who in enumerate(people):
        wanted = {gloves: 1}
        if number < 80:
            wanted[colour] = 12
        if 32 <= number < 92:
            wanted[spray] = 6
        made.append((who, wanted, NOW - DAY * (10 + number % 60)))
    others = await some_salons(uow, 30, "pharmacy")
    made += [(who, {gloves: 1, spray: 1}, NOW - DAY) for who in others]
    made.append(((people[0][0], people[0][1]), {spray: 6}, NOW - DAY * 200))
    await purchases(uow, made)


async def a_salon(uow: UnitOfWork) -> Actor:
    buyer = await a_buyer(uow, name="سالن زیبایی نگین")
    whose = customers.c.id == buyer.require_customer().id
    await uow.connection.execute(update(customers).where(whose).values(kind="salon"))
    return buyer


async def test_what_salons_buy_with_colour_is_counted_at_night_and_offered(store: Store) -> None:
    async with store.unit_of_work() as uow:
        colour = await a_product(uow, "رنگ ۷/۳", family="رنگ مو", variant="۷/۳", on_hand=1_000)
        spray = await a_product(uow, "محافظ مو", on_hand=1_000)
        await salons(uow, colour, spray)
    assert await sweep_associations(store, NOW) == 2
    assert await sweep_associations(store, NOW) == 2
    async with store.reading() as uow:
        row = (
            await uow.connection.execute(select(product_pairs).where(product_pairs.c.product_id == spray.id))
        ).one()
    assert (row.kind, row.goods, row.both, row.first, row.second, row.customers, row.usual) == (
        "salon", "رنگ مو", 48, 80, 60, 200, 6,
    )  # fmt: skip
    async with store.unit_of_work() as uow:
        buyer, pharmacy = await a_salon(uow), await a_buyer(uow)
        for who in (buyer, pharmacy):
            await add_to_basket(uow, who, colour.id, 12, NOW)
        draft = (await find_basket(uow, pharmacy)).draft
        assert await suggest(uow, pharmacy, draft, NOW) == ()
        (found,) = await suggest(uow, buyer, (await find_basket(uow, buyer)).draft, NOW)
        assert (found.offer.product.id, found.units, found.line.product_id) == (spray.id, 6, colour.id)
        await put_stock(uow, spray.id, 5)
        assert await suggest(uow, buyer, (await find_basket(uow, buyer)).draft, NOW) == ()


async def test_what_was_offered_is_taken_by_a_tap_or_left_for_thirty_days(store: Store) -> None:
    async with store.unit_of_work() as uow:
        colour = await a_product(uow, "رنگ ۷/۳", family="رنگ مو", variant="۷/۳", on_hand=1_000)
        spray = await a_product(uow, "محافظ مو", on_hand=1_000)
        await salons(uow, colour, spray)
        buyer = await a_salon(uow)
        order = await a_placed_order(uow, buyer, {colour: 12})
    await sweep_associations(store, NOW)
    async with store.unit_of_work() as uow:
        found = final(await fill_again(uow, buyer, order.id, NOW))
        assert found.hint is not None
        assert (found.hint.goods, found.hint.other) == ("رنگ", "محافظ مو")
        taken = final(await take_hint(uow, buyer, found.hint.suggestion_id, NOW))
        assert taken.hint is None
        twice = final(await take_hint(uow, buyer, found.hint.suggestion_id, NOW))
        assert {line.product_id: line.quantity for line in twice.summary.order.paid_lines} == {
            colour.id: 12, spray.id: 6,
        }  # fmt: skip
        with pytest.raises(NotFound):
            await take_hint(uow, await a_salon(uow), found.hint.suggestion_id, NOW)
    async with store.unit_of_work() as uow:
        other = await a_salon(uow)
        before = await a_placed_order(uow, other, {colour: 12})
        refused = final(await fill_again(uow, other, before.id, NOW))
        assert refused.hint is not None
        await place(uow, other, refused.summary)
    async with store.unit_of_work() as uow:
        assert await _hint(uow, other, before.id, 29) is None
        assert await _hint(uow, other, before.id, 31) is not None


async def _hint(uow: UnitOfWork, buyer: Actor, order_id: int, days: int) -> object:
    found: Repeated = await fill_again(uow, buyer, order_id, NOW + DAY * days)
    assert isinstance(found, Again)
    return found.hint
