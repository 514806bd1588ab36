"""What is looked for in vain becomes a name of a brand; what is not sold is wished for, and answered."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from domain.actors import Actor
from domain.errors import AlreadyDecided, NotApproved, NotFound, TextRefused
from domain.guide_errors import NameTaken
from domain.requested_goods import GoodsAnswer
from domain.staff import Role
from jobs.search_misses import sweep_search_misses
from services.brand_aliases import add_alias, drop_alias, find_brands, list_brands, open_brand
from services.catalogue import search
from services.requested_goods import answer_wish, list_wishes, open_wish, request, request_searched
from services.search_misses import leave, list_misses, make_alias, name_brand, open_miss
from services.searches import look_for, open_found, open_found_product
from storage.tables.messages import notifications
from storage.unit_of_work import Store, UnitOfWork
from tests.builders.catalogue import a_brand, a_product
from tests.builders.orders import a_buyer
from tests.builders.people import a_colleague, a_stranger
from tests.conftest import NOW

DAY = timedelta(days=1)


async def _goods(uow: UnitOfWork) -> tuple[int, int]:
    """A brand and a product of it, found by its name."""
    brand = await a_brand(uow, "آوین")
    await a_brand(uow, "سپیدار")
    product = await a_product(uow, "شامپو ضدشوره آوین ۲۵۰ میل", brand_id=brand)
    await a_product(uow, "شامپو نرم‌کننده سپیدار ۲۵۰ میل")
    await uow.index.refresh()
    return brand, product.id


async def found_ids(uow: UnitOfWork, text: str, who: Actor) -> list[int]:
    return [offer.product.id for offer in (await search(uow, text, who, NOW)).offers]


async def test_a_search_in_vain_is_listed_and_a_tap_makes_it_a_name_of_the_brand(store: Store) -> None:
    async with store.unit_of_work() as uow:
        brand, product_id = await _goods(uow)
        buyers = [await a_buyer(uow) for _n in range(2)]
        manager = await a_colleague(uow, Role.MANAGER)
        for who in (*buyers, buyers[0], manager):
            assert (await look_for(uow, who, "کفسابقلی", NOW)).search_id is not None
        ((miss,), has_more) = await list_misses(uow, manager, NOW)
        assert (miss.text, miss.times, miss.customers, miss.found, has_more) == ("کفسابقلی", 3, 2, 0, False)
        seen = await open_miss(uow, manager, miss.id, NOW)
        assert seen.alias == "کفسابقلی"
        assert (brand, "آوین") in await name_brand(uow, manager, miss.id, "اوین", NOW)
        assert await make_alias(uow, manager, miss.id, brand, NOW) == "کفسابقلی"
        assert await list_misses(uow, manager, NOW) == ((), False)
        with pytest.raises(NotFound):
            await open_miss(uow, manager, miss.id, NOW)
    async with store.reading() as uow:
        assert await found_ids(uow, "کفسابقلی", buyers[0]) == [product_id]
        assert (await open_brand(uow, manager, brand)).aliases[0].text == "کفسابقلی"


async def test_what_was_picked_is_no_miss_and_what_was_left_is_forgotten(store: Store) -> None:
    async with store.unit_of_work() as uow:
        _brand, product_id = await _goods(uow)
        buyer, support = await a_buyer(uow), await a_colleague(uow, Role.SUPPORT)
        found = await look_for(uow, buyer, "شامپو", NOW)
        assert found.search_id is not None
        await open_found(uow, buyer, found.search_id, NOW)
        ((miss,), _more) = await list_misses(uow, support, NOW)
        assert (miss.id, miss.found) == (found.search_id, 2)
        await open_found_product(uow, buyer, found.search_id, product_id, NOW)
        assert await list_misses(uow, support, NOW) == ((), False)
        again = await look_for(uow, buyer, "شامپو", NOW)
        assert again.search_id is not None
        assert await list_misses(uow, support, NOW + 8 * DAY) == ((), False)
        await leave(uow, support, again.search_id, NOW)
        assert await list_misses(uow, support, NOW) == ((), False)
        with pytest.raises(NotFound):
            await list_misses(uow, buyer, NOW)


async def test_our_people_are_told_once_a_week(store: Store) -> None:
    async with store.unit_of_work() as uow:
        await _goods(uow)
        buyer = await a_buyer(uow)
        for role in Role:
            await a_colleague(uow, role)
    assert await sweep_search_misses(store, NOW) == 0
    async with store.unit_of_work() as uow:
        await look_for(uow, buyer, "کفسابقلی", NOW)
        await request(uow, buyer, "کرم تازه", NOW)
    for days in range(9):
        await sweep_search_misses(store, NOW + DAY * days)
    async with store.reading() as uow:
        rows = (await uow.connection.execute(select(notifications).order_by(notifications.c.id))).all()
    told = [row for row in rows if row.kind == "search_week"]
    assert [(row.due_at - NOW).days for row in told] == [0, 0]
    assert told[0].facts == {"misses": [{"text": "کفسابقلی", "times": 1, "customers": 1}], "wishes": 1}


async def test_brands_get_and_lose_other_names_and_search_knows_at_once(store: Store) -> None:
    async with store.unit_of_work() as uow:
        brand, product_id = await _goods(uow)
        manager, buyer = await a_colleague(uow, Role.MANAGER), await a_buyer(uow)
        named = await add_alias(uow, manager, brand, "  Qwertz ", NOW)
        assert [each.text for each in named.aliases] == ["Qwertz"]
        assert await found_ids(uow, "qwertz", buyer) == [product_id]
        for again in ("qwertz", "آوين"):
            with pytest.raises(NameTaken):
                await add_alias(uow, manager, brand, again, NOW)
        (first, *_others), _more = await list_brands(uow, manager)
        assert first == (brand, "آوین", 1)
        assert await find_brands(uow, manager, "سپید") == ((brand + 1, "سپیدار"),)
        await drop_alias(uow, manager, named.aliases[0].id, NOW)
        assert await found_ids(uow, "qwertz", buyer) == []
        with pytest.raises(NotFound):
            await add_alias(uow, buyer, brand, "هر چیز", NOW)


async def test_wishes_are_counted_by_text_and_all_are_answered_once(store: Store) -> None:
    async with store.unit_of_work() as uow:
        await _goods(uow)
        one, two, manager = await a_buyer(uow), await a_buyer(uow), await a_colleague(uow, Role.MANAGER)
        assert await request(uow, one, "  کرم  فلان ۵۰", NOW) == "کرم فلان ۵۰"
        await request(uow, one, "كرم فلان 50", NOW + DAY)
        searched = await look_for(uow, two, "کرم فلان ۵۰", NOW)
        assert searched.search_id is not None
        await request_searched(uow, two, searched.search_id, NOW)
        await request(uow, two, "شامپو ضدشوره آوین ۲۵۰ میل", NOW)
        (wish, _other), _more = await list_wishes(uow, manager)
        assert (wish.text, wish.times, wish.customers) == ("کرم فلان ۵۰", 3, 2)
        _wish, wishers = await open_wish(uow, manager, wish.id)
        assert len(wishers) == 2
        await answer_wish(uow, manager, wish.id, GoodsAnswer.HAS_NOT, NOW)
        with pytest.raises((NotFound, AlreadyDecided)):
            await answer_wish(uow, manager, wish.id, GoodsAnswer.HAS, NOW)
        ((left,), _more) = await list_wishes(uow, manager)
        await answer_wish(uow, manager, left.id, GoodsAnswer.HAS, NOW)
        with pytest.raises(NotFound):
            await request_searched(uow, one, searched.search_id, NOW)
        with pytest.raises(NotFound):
            await list_wishes(uow, one)
    async with store.reading() as uow:
        rows = await uow.connection.execute(
            select(notifications.c.contact_id, notifications.c.facts)
            .where(notifications.c.kind == "goods_answered")
            .order_by(notifications.c.id)
        )
        told = [(row.contact_id, row.facts["answer"], bool(row.facts["product_id"])) for row in rows]
    assert told == [
        (one.contact_id, "has_not", False), (two.contact_id, "has_not", False), (two.contact_id, "has", True),
    ]  # fmt: skip


async def test_only_customers_wish_for_something_that_says_something(store: Store) -> None:
    async with store.unit_of_work() as uow:
        buyer, manager = await a_buyer(uow), await a_colleague(uow, Role.MANAGER)
        for text in ("", " ؟! ", "ک" * 201):
            with pytest.raises(TextRefused):
                await request(uow, buyer, text, NOW)
        with pytest.raises(NotApproved):
            await request(uow, await a_stranger(uow), "کرم", NOW)
        with pytest.raises(NotFound):
            await request(uow, manager, "کرم", NOW)
