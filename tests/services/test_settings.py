"""Messages, hours, interests, colleagues, centres."""

from __future__ import annotations

import pytest

from domain.actors import Actor
from domain.customers import ContactRole
from domain.errors import LastHours, NotAllowed, NotApproved, NotFound
from domain.money import ZERO
from services.accounts import open_balance
from services.customers import name_manager, note_reach
from services.settings import (
    choose_centre,
    list_centres,
    list_colleagues,
    numbered_order,
    preferences,
    switch_hours,
    switch_interest,
    switch_right,
    switch_topic,
)
from storage.unit_of_work import Store, UnitOfWork
from tests.builders.catalogue import a_category, a_product
from tests.builders.orders import a_buyer, a_placed_order
from tests.builders.people import BOT, a_centre, a_colleague, a_contact_of, a_stranger, linked, speaking
from tests.conftest import NOW


async def a_manager_and_a_colleague(uow: UnitOfWork) -> tuple[Actor, Actor]:
    customer_id = await a_centre(uow)
    manager = await a_contact_of(uow, customer_id, name="آقای دکتر رضایی", may_approve=True)
    colleague = await a_contact_of(uow, customer_id, name="سارا", may_see_balance=False)
    return await linked(uow, manager), await linked(uow, colleague)


async def test_what_somebody_wants_is_kept(store: Store) -> None:
    async with store.unit_of_work() as uow:
        _manager, sara = await a_manager_and_a_colleague(uow)
        assert (await preferences(uow, sara)).promotions
        await switch_topic(uow, sara, "promotions", is_on=False)
        await switch_topic(uow, sara, "surveys", is_on=True)
        await switch_topic(uow, sara, "reminders", is_on=False)
        await switch_hours(uow, sara, (13, 16), is_on=True)
        with pytest.raises(NotFound):
            await switch_topic(uow, sara, "everything", is_on=True)
        with pytest.raises(NotFound):
            await switch_hours(uow, sara, (1, 5), is_on=True)
    async with store.reading() as uow:
        wanted = await preferences(uow, sara)
        assert (wanted.reminders, wanted.promotions, wanted.surveys) == (False, False, True)
        assert wanted.hours == ((9, 13), (13, 16), (16, 20))


async def test_the_last_span_of_hours_stays(store: Store) -> None:
    async with store.unit_of_work() as uow:
        _manager, sara = await a_manager_and_a_colleague(uow)
        await switch_hours(uow, sara, (9, 13), is_on=False)
        with pytest.raises(LastHours):
            await switch_hours(uow, sara, (16, 20), is_on=False)


async def test_favourite_categories_are_categories(store: Store) -> None:
    async with store.unit_of_work() as uow:
        _manager, sara = await a_manager_and_a_colleague(uow)
        category_id = await a_category(uow)
        await switch_interest(uow, sara, category_id, is_on=True)
        assert (await preferences(uow, sara)).category_ids == (category_id,)
        await switch_interest(uow, sara, category_id, is_on=False)
        assert (await preferences(uow, sara)).category_ids == ()
        with pytest.raises(NotFound):
            await switch_interest(uow, sara, category_id + 999, is_on=True)


async def test_a_manager_gives_and_takes_rights(store: Store) -> None:
    async with store.unit_of_work() as uow:
        manager, sara = await a_manager_and_a_colleague(uow)
        assert sara.contact_id is not None
        with pytest.raises(NotAllowed) as refused:
            await open_balance(uow, sara, NOW)
        await name_manager(uow, sara, refused.value)
        assert (refused.value.right, refused.value.manager) == ("balance", "آقای دکتر رضایی")
        people = await switch_right(uow, manager, sara.contact_id, "may_see_balance", NOW, is_on=True)
        assert people[1].role.may_see_balance
        sara = await speaking(uow, sara.identity.user_id)
        assert (await open_balance(uow, sara, NOW)).amount == ZERO


async def test_only_the_manager_of_the_centre_switches_rights(store: Store) -> None:
    async with store.unit_of_work() as uow:
        manager, sara = await a_manager_and_a_colleague(uow)
        stranger_manager, stranger_sara = await a_manager_and_a_colleague(uow)
        assert manager.contact_id is not None
        assert sara.contact_id is not None
        assert stranger_sara.contact_id is not None
        with pytest.raises(NotAllowed):
            await list_colleagues(uow, sara)
        with pytest.raises(NotAllowed):
            await switch_right(uow, sara, sara.contact_id, "may_see_balance", NOW, is_on=True)
        for contact_id in (stranger_sara.contact_id, manager.contact_id, 2**62):
            with pytest.raises(NotFound):
                await switch_right(uow, manager, contact_id, "may_order", NOW, is_on=False)
        assert stranger_manager.customer_id != manager.customer_id


async def test_somebody_chooses_among_their_own_centres(store: Store) -> None:
    async with store.unit_of_work() as uow:
        one, two = await a_centre(uow, "یک"), await a_centre(uow, "دو")
        other = await a_centre(uow, "سه")
        contact_id = await a_contact_of(uow, one)
        contact = await linked(uow, contact_id)
        with pytest.raises(NotFound):
            await choose_centre(uow, contact, two)
        await uow.customers.put_role(ContactRole(contact_id=contact_id, customer_id=two))
        assert [each.id for each in await list_centres(uow, contact)] == [one, two]
        assert (await choose_centre(uow, contact, two)).customer_id == two
        with pytest.raises(NotFound):
            await choose_centre(uow, contact, other)


async def test_an_order_is_found_by_its_number(store: Store) -> None:
    async with store.unit_of_work() as uow:
        product = await a_product(uow)
        buyer = await a_buyer(uow)
        order = await a_placed_order(uow, buyer, {product: 10})
        assert order.number is not None
        assert await numbered_order(uow, buyer, order.number) == order.id
        other = await a_buyer(uow)
        for number in (order.number, 0, 999_999_999):
            with pytest.raises(NotFound):
                await numbered_order(uow, other, number)


async def test_strangers_and_staff_have_no_settings(store: Store) -> None:
    async with store.unit_of_work() as uow:
        with pytest.raises(NotApproved):
            await preferences(uow, await a_stranger(uow))
        with pytest.raises(NotFound):
            await open_balance(uow, await a_colleague(uow), NOW)


async def test_who_has_blocked_us_is_not_written_to_until_they_return(store: Store) -> None:
    async with store.unit_of_work() as uow:
        stranger = await a_stranger(uow)
        user_id = stranger.identity.user_id
        await note_reach(uow, stranger, BOT, NOW, is_blocked=True)
        found = await uow.customers.by_messenger("telegram", BOT, user_id, user_id)
        assert found is not None
        assert found[1] is None
        await note_reach(uow, stranger, BOT, NOW, is_blocked=False)
        found = await uow.customers.by_messenger("telegram", BOT, user_id, user_id)
        assert found is not None
        assert found[1] == NOW
