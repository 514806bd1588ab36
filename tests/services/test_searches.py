"""What was looked for can be come back to: by whoever looked for it, and nobody else."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import event, func, select

from domain.actors import Actor, Stranger
from domain.catalogue import Found
from domain.errors import NotFound, TooFewLetters
from jobs.housekeeping import FOUND_KEPT, prune_searches
from services.searches import look_for, open_found, open_found_product, open_last_found
from storage.tables.catalogue import searches
from storage.unit_of_work import Store, UnitOfWork
from tests.builders.catalogue import a_category, a_product
from tests.builders.orders import a_buyer
from tests.builders.people import a_stranger, an_identity
from tests.conftest import NOW


@pytest.fixture
async def uow(store: Store) -> AsyncIterator[UnitOfWork]:
    async with store.unit_of_work() as uow:
        yield uow


async def shampoos(uow: UnitOfWork, how_many: int = 6) -> int:
    """So many of them on one shelf; the id of the first."""
    shelf = await a_category(uow)
    made = [await a_product(uow, f"شامپو {n}", category_id=shelf, position=n) for n in range(1, how_many + 1)]
    return made[0].id


def names(found: Found) -> list[str]:
    return [offer.product.name for offer in found.shelf.offers]


async def test_results_are_come_back_to_page_by_page(store: Store) -> None:
    async with store.unit_of_work() as uow:
        await shampoos(uow)
        buyer = await a_buyer(uow)
        first = await look_for(uow, buyer, "شامپو", NOW)
    assert first.search_id is not None
    async with store.reading() as uow:
        assert await open_found(uow, buyer, first.search_id, NOW) == first
        second = await open_found(uow, buyer, first.search_id, NOW, 2)
    assert (len(names(first)), names(second)) == (4, ["شامپو 5", "شامپو 6"])
    assert (second.text, second.shelf.page) == ("شامپو", 2)


async def test_one_thing_is_no_list_to_come_back_to_and_what_is_not_there_is_noted(uow: UnitOfWork) -> None:
    await shampoos(uow, 1)
    buyer = await a_buyer(uow)
    assert (await look_for(uow, buyer, "شامپو", NOW)).search_id is None
    with pytest.raises(TooFewLetters):
        await look_for(uow, buyer, "ش", NOW)
    assert await uow.connection.scalar(select(func.count()).select_from(searches)) == 0
    assert (await look_for(uow, buyer, "کرم", NOW)).search_id is not None
    row = (await uow.connection.execute(select(searches))).one()
    assert (row.text, row.found, row.customer_id, row.picked_id) == ("کرم", 0, buyer.customer_id, None)


async def test_an_order_that_was_written_down_finds_the_same_again(uow: UnitOfWork) -> None:
    await a_product(uow, "شامپو آوین")
    await a_product(uow, "دستکش مدیوم")
    buyer = await a_buyer(uow)
    found = await look_for(uow, buyer, "۲ کارتن شامپو آوین، ۱۰ بسته دستکش مدیوم", NOW)
    assert names(found) == ["شامپو آوین", "دستکش مدیوم"]
    assert found.search_id is not None
    assert await open_found(uow, buyer, found.search_id, NOW) == found


async def test_the_search_of_somebody_else_does_not_exist(uow: UnitOfWork) -> None:
    product_id = await shampoos(uow)
    buyer = await a_buyer(uow)
    found = await look_for(uow, buyer, "شامپو", NOW)
    assert found.search_id is not None
    colleague = await a_buyer(uow, colleague_of=buyer)
    for who in (colleague, await a_stranger(uow), unknown()):
        for search_id in (found.search_id, 10**9):
            with pytest.raises(NotFound):
                await open_found(uow, who, search_id, NOW)
            with pytest.raises(NotFound):
                await open_found_product(uow, who, search_id, product_id, NOW)
        with pytest.raises(NotFound):
            await open_last_found(uow, who, NOW)
    shelf = await open_found_product(uow, buyer, found.search_id, product_id, NOW)
    assert shelf.offers[0].product.id == product_id


def unknown() -> Actor:
    """Somebody whose account was never written down."""
    return Actor(identity=an_identity(99), person=Stranger())


async def test_a_button_that_names_no_search_means_the_newest(uow: UnitOfWork) -> None:
    await shampoos(uow)
    for n in range(2):
        await a_product(uow, f"کرم {n}")
    buyer = await a_buyer(uow)
    await look_for(uow, buyer, "شامپو", NOW)
    newest = await look_for(uow, buyer, "کرم", NOW - timedelta(hours=1))
    assert await open_last_found(uow, buyer, NOW) == newest


async def test_searches_are_forgotten_in_time_and_their_ids_never_come_back(store: Store) -> None:
    async with store.unit_of_work() as uow:
        await shampoos(uow)
        buyer = await a_buyer(uow)
        old = await look_for(uow, buyer, "شامپو", NOW)
    assert await prune_searches(store, NOW + FOUND_KEPT) == 0
    assert await prune_searches(store, NOW + FOUND_KEPT + timedelta(seconds=1)) == 1
    async with store.unit_of_work() as uow:
        new = await look_for(uow, buyer, "شامپو", NOW)
        assert old.search_id is not None
        assert new.search_id is not None
        assert new.search_id > old.search_id
        with pytest.raises(NotFound):
            await open_found(uow, buyer, old.search_id, NOW)


async def test_a_product_of_the_results_costs_two_statements(uow: UnitOfWork) -> None:
    product_id = await shampoos(uow)
    buyer = await a_buyer(uow)
    found = await look_for(uow, buyer, "شامپو", NOW)
    sent: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_more: Any) -> None:
        sent.append(statement)

    event.listen(uow.connection.sync_connection, "before_cursor_execute", note)
    assert found.search_id is not None
    await open_found_product(uow, buyer, found.search_id, product_id, NOW)
    assert len(sent) == 2, sent
