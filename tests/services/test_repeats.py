from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import insert, update

from domain.catalogue import Product
from domain.errors import NotAllowed, NotFound, NothingToRepeat
from domain.money import of_toman
from domain.order_views import OrderView
from domain.orders import Channel, Order
from domain.promotion_rules import Bonus
from domain.repeats import Change, InTheWay
from services.basket import empty_basket, read_basket
from services.orders import change_order
from services.repeats import bonuses_today, earlier_order, fill_again, last_order, list_earlier
from storage.tables.catalogue import products
from storage.tables.people import outlets
from storage.tables.pricing import promotions
from storage.unit_of_work import Store, UnitOfWork
from tests.builders.catalogue import a_price, a_product
from tests.builders.orders import MONDAY, a_basket, a_buyer, a_placed_order, place
from tests.builders.pricing import TEN_AND_ONE, on
from tests.builders.promotions import a_kept_promotion
from tests.builders.repeats import final, left
from tests.conftest import NOW

TODAY = NOW.date() + timedelta(days=1)


async def is_sold_no_more(uow: UnitOfWork, product: Product) -> None:
    await uow.connection.execute(update(products).where(products.c.id == product.id).values(is_active=False))


async def test_what_is_unchanged_is_summed_up_at_once(store: Store) -> None:
    async with store.unit_of_work() as uow:
        buyer = await a_buyer(uow)
        soap, gloves = await a_product(uow), await a_product(uow, toman=265_000, vat=0)
        order = await a_placed_order(uow, buyer, {soap: 24, gloves: 10})
        found = final(await fill_again(uow, buyer, order.id, NOW))
    draft = await left(store, buyer)
    assert found.differences == ()
    assert found.source is not None
    assert found.source.payable == draft.payable
    assert draft.lines == order.lines
    assert (draft.channel, draft.repeats, draft.deliver_on) == (Channel.REPEAT, order.id, MONDAY)
    assert found.summary.basket.draft.nonce == draft.nonce


async def test_the_summary_of_a_repeat_places_it_once(store: Store) -> None:
    async with store.unit_of_work() as uow:
        buyer = await a_buyer(uow)
        order = await a_placed_order(uow, buyer, {await a_product(uow): 24})
        found = final(await fill_again(uow, buyer, order.id, NOW))
    async with store.unit_of_work() as uow:
        done = await place(uow, buyer, found.summary)
    assert isinstance(done, OrderView)
    async with store.reading() as uow:
        last = await last_order(uow, buyer)
    assert last is not None
    assert (last.number, last.repeats) == (done.number, order.id)


async def test_prices_are_todays_and_every_difference_is_named(store: Store) -> None:
    async with store.unit_of_work() as uow:
        buyer = await a_buyer(uow)
        dearer, cheaper = await a_product(uow, "گران"), await a_product(uow, "ارزان")
        gone, rounded = await a_product(uow, "رفته"), await a_product(uow, "جفتی")
        order = await a_placed_order(uow, buyer, {dearer: 12, cheaper: 12, gone: 12, rounded: 7})
        await a_price(uow, dearer.id, 150_000, since=TODAY)
        await a_price(uow, cheaper.id, 140_000, since=TODAY)
        await is_sold_no_more(uow, gone)
        await uow.connection.execute(update(products).where(products.c.id == rounded.id).values(multiple=6))
        found = final(await fill_again(uow, buyer, order.id, NOW))
    told = {each.change: each for each in found.differences}
    assert list(told) == [Change.DEARER, Change.CHEAPER, Change.ROUNDED, Change.GONE]
    assert (told[Change.DEARER].price_before, told[Change.DEARER].price_after) == (
        of_toman(148_000),
        of_toman(150_000),
    )
    assert (told[Change.ROUNDED].units_before, told[Change.ROUNDED].units_after) == (7, 12)
    draft = await left(store, buyer)
    assert {line.label: line.quantity for line in draft.lines} == {"گران": 12, "ارزان": 12, "جفتی": 12}
    assert draft.net == of_toman(12 * (150_000 + 140_000 + 148_000))


async def test_nothing_that_is_still_sold_is_refused(store: Store) -> None:
    async with store.unit_of_work() as uow:
        buyer = await a_buyer(uow)
        soap = await a_product(uow)
        order = await a_placed_order(uow, buyer, {soap: 24})
        await is_sold_no_more(uow, soap)
        with pytest.raises(NothingToRepeat):
            await fill_again(uow, buyer, order.id, NOW)


async def test_a_basket_is_replaced_only_as_it_was_shown(store: Store) -> None:
    async with store.unit_of_work() as uow:
        buyer = await a_buyer(uow)
        soap, other = await a_product(uow), await a_product(uow)
        order = await a_placed_order(uow, buyer, {soap: 12})
        shown = await a_basket(uow, buyer, {other: 5})
        assert isinstance(await fill_again(uow, buyer, order.id, NOW), InTheWay)
        await a_basket(uow, buyer, {other: 1})
        asked = await fill_again(uow, buyer, order.id, NOW, instead_of=shown.version)
        assert isinstance(asked, InTheWay)
        version = asked.basket.draft.version
        final(await fill_again(uow, buyer, order.id, NOW, instead_of=version))
    assert [line.product_id for line in (await left(store, buyer)).lines] == [soap.id]


async def test_a_change_of_a_placed_order_is_never_replaced(store: Store) -> None:
    async with store.unit_of_work() as uow:
        buyer = await a_buyer(uow)
        soap = await a_product(uow)
        order = await a_placed_order(uow, buyer, {soap: 12})
        changing = (await change_order(uow, buyer, order.id, NOW)).draft
        found = await fill_again(uow, buyer, order.id, NOW, instead_of=changing.version)
    assert isinstance(found, InTheWay)
    assert found.basket.original is not None
    assert await left(store, buyer) == changing


async def test_an_emptied_basket_is_filled_anew(store: Store) -> None:
    async with store.unit_of_work() as uow:
        buyer = await a_buyer(uow)
        order = await a_placed_order(uow, buyer, {await a_product(uow): 12})
        draft = final(await fill_again(uow, buyer, order.id, NOW)).summary.basket.draft
        await empty_basket(uow, buyer, draft.id, draft.version, NOW)
        final(await fill_again(uow, buyer, order.id, NOW))
    assert len((await left(store, buyer)).lines) == 1


async def test_the_order_goes_to_the_outlet_it_went_to_before(store: Store) -> None:
    async with store.unit_of_work() as uow:
        buyer = await a_buyer(uow)
        order = await a_placed_order(uow, buyer, {await a_product(uow): 12})
        branch = {"customer_id": order.customer_id, "name": "شعبه", "city": "تهران", "address": "الف"}
        added = insert(outlets).values(**branch, short_address="ب").returning(outlets.c.id)
        outlet_id = (await uow.connection.execute(added)).scalar_one()
        empty = Order(id=0, customer_id=order.customer_id, outlet_id=outlet_id, contact_id=buyer.contact_id)
        elsewhere = await uow.orders.create_draft(empty, NOW)
        found = final(await fill_again(uow, buyer, order.id, NOW))
    draft = await left(store, buyer)
    assert draft.id == found.summary.basket.draft.id == elsewhere.id
    assert (draft.outlet_id, draft.is_outlet_chosen) == (order.outlet_id, True)


async def test_another_customers_order_does_not_exist(store: Store) -> None:
    async with store.unit_of_work() as uow:
        buyer, other = await a_buyer(uow), await a_buyer(uow, name="سالن", route=None)
        order = await a_placed_order(uow, buyer, {await a_product(uow): 12})
        for wish in (earlier_order(uow, other, order.id), fill_again(uow, other, order.id, NOW)):
            with pytest.raises(NotFound):
                await wish
        assert await last_order(uow, other) is None


async def test_a_draft_is_no_earlier_order(store: Store) -> None:
    async with store.unit_of_work() as uow:
        buyer = await a_buyer(uow)
        draft = await a_basket(uow, buyer, {await a_product(uow): 12})
        with pytest.raises(NotFound):
            await earlier_order(uow, buyer, draft.id)
        assert await last_order(uow, buyer) is None


async def test_only_who_may_order_orders_again(store: Store) -> None:
    async with store.unit_of_work() as uow:
        buyer = await a_buyer(uow)
        order = await a_placed_order(uow, buyer, {await a_product(uow): 12})
        looker = await a_buyer(uow, colleague_of=buyer, may_order=False)
        assert await last_order(uow, looker) is not None
        with pytest.raises(NotAllowed):
            await fill_again(uow, looker, order.id, NOW)


async def test_earlier_orders_come_in_pages(store: Store) -> None:
    async with store.unit_of_work() as uow:
        buyer = await a_buyer(uow)
        soap = await a_product(uow)
        placed = [
            await a_placed_order(uow, buyer, {soap: 1}, NOW + timedelta(minutes=minute))
            for minute in range(9)
        ]
        first, has_more = await list_earlier(uow, buyer, 1)
        rest, has_still_more = await list_earlier(uow, buyer, 2)
    assert [each.id for each in (*first, *rest)] == [order.id for order in reversed(placed)]
    assert (len(first), has_more, has_still_more) == (8, True, False)


async def test_the_basket_shows_what_was_put_together(store: Store) -> None:
    async with store.unit_of_work() as uow:
        buyer = await a_buyer(uow)
        order = await a_placed_order(uow, buyer, {await a_product(uow): 12})
        await fill_again(uow, buyer, order.id, NOW)
        assert (await read_basket(uow, buyer, NOW)).draft.lines == order.lines


async def test_the_bonus_of_today_is_known_before_the_basket_is_filled(store: Store) -> None:
    async with store.unit_of_work() as uow:
        buyer = await a_buyer(uow)
        soap = await a_product(uow)
        order = await a_placed_order(uow, buyer, {soap: 24})
    async with store.reading() as uow:
        assert await bonuses_today(uow, buyer, order, NOW) == {}
    async with store.unit_of_work() as uow:
        await a_kept_promotion(uow, Bonus(steps=TEN_AND_ONE), on(soap.id))
    async with store.reading() as uow:
        assert await bonuses_today(uow, buyer, order, NOW) == {soap.id: TEN_AND_ONE[0]}


async def test_a_promotion_that_has_ended_is_named(store: Store) -> None:
    async with store.unit_of_work() as uow:
        buyer = await a_buyer(uow)
        soap = await a_product(uow)
        promotion = await a_kept_promotion(uow, Bonus(steps=TEN_AND_ONE), on(soap.id))
        order = await a_placed_order(uow, buyer, {soap: 24})
        found = final(await fill_again(uow, buyer, order.id, NOW))
        assert found.differences == ()
        await empty_basket(uow, buyer, found.summary.basket.draft.id, found.summary.basket.draft.version, NOW)
        over = promotions.c.id == promotion.id
        await uow.connection.execute(update(promotions).where(over).values(ends_on=TODAY - timedelta(days=1)))
        later = final(await fill_again(uow, buyer, order.id, NOW))
    assert [(each.change, each.label) for each in later.differences] == [(Change.ENDED, promotion.name)]
