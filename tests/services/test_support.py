"""A message to a person, and the answer that comes back."""

from __future__ import annotations

import pytest

from domain.errors import AlreadyDecided, NotFound
from domain.staff import Role
from services.support import answer_support, ask_support, open_message
from storage.unit_of_work import Store
from tests.builders.people import a_centre, a_colleague, a_contact_of, a_stranger, linked
from tests.conftest import NOW


async def test_the_support_staff_is_told_not_the_managers(store: Store) -> None:
    async with store.unit_of_work() as uow:
        await a_colleague(uow, Role.MANAGER)
        desk = await a_colleague(uow, Role.SUPPORT)
        buyer = await linked(uow, await a_contact_of(uow, await a_centre(uow)))
        await ask_support(uow, buyer, "دو تا شکسته بود", NOW)
    async with store.unit_of_work() as uow:
        told = await uow.outbox.claim(NOW, 9)
        assert [each.notification.to.staff_id for each in told] == [desk.staff_id]
        assert told[0].notification.facts["customer"] == "داروخانه دکتر رضایی"
        assert told[0].notification.facts["text"] == "دو تا شکسته بود"


async def test_without_support_staff_the_managers_are_told(store: Store) -> None:
    async with store.unit_of_work() as uow:
        manager = await a_colleague(uow, Role.MANAGER)
        await a_colleague(uow, Role.WAREHOUSE)
        await ask_support(uow, await a_stranger(uow), "سلام", NOW)
    async with store.unit_of_work() as uow:
        told = await uow.outbox.claim(NOW, 9)
        assert [each.notification.to.staff_id for each in told] == [manager.staff_id]
        assert told[0].notification.facts["customer"] is None


async def test_the_first_answer_counts(store: Store) -> None:
    async with store.unit_of_work() as uow:
        desk, other = await a_colleague(uow, Role.SUPPORT), await a_colleague(uow, Role.MANAGER)
        stranger = await a_stranger(uow)
        await ask_support(uow, stranger, "ساعت کار؟", NOW)
        (message,) = await uow.support.list_open()
        assert (await open_message(uow, other, message.id)).text == "ساعت کار؟"
        await answer_support(uow, desk, message.id, "۹ تا ۱۷", NOW)
        with pytest.raises(AlreadyDecided):
            await answer_support(uow, other, message.id, "۸ تا ۱۶", NOW)
        with pytest.raises(AlreadyDecided):
            await open_message(uow, other, message.id)
        assert await uow.support.count_open() == 0
    async with store.unit_of_work() as uow:
        told = [each.notification for each in await uow.outbox.claim(NOW, 9)]
        (answer,) = (each for each in told if each.kind == "support_answered")
        assert answer.to.identity_id == stranger.identity.id
        assert answer.facts["answer"] == "۹ تا ۱۷"


async def test_only_support_and_managers_answer(store: Store) -> None:
    async with store.unit_of_work() as uow:
        stranger = await a_stranger(uow)
        await ask_support(uow, stranger, "سلام", NOW)
        (message,) = await uow.support.list_open()
        for each in (stranger, await a_colleague(uow, Role.VISITOR)):
            with pytest.raises(NotFound):
                await open_message(uow, each, message.id)
            with pytest.raises(NotFound):
                await answer_support(uow, each, message.id, "سلام", NOW)
        with pytest.raises(NotFound):
            await answer_support(uow, await a_colleague(uow), message.id + 1, "سلام", NOW)
