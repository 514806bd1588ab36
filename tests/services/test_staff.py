"""Joining our people by a one-time link (F-7), and what waits for each role."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from hashlib import sha256
from secrets import token_urlsafe

import pytest

from domain.actors import Actor
from domain.errors import InviteRefused
from domain.staff import MoneyDesk, Role, Staff, Workload
from services.staff import fingerprint, invite, join, require_open_invite, workload
from services.support import ask_support
from storage.unit_of_work import Store
from tests.builders.people import (
    a_centre,
    a_colleague,
    a_contact_of,
    a_request,
    a_stranger,
    linked,
    speaking,
)
from tests.conftest import NOW

GUESSES = 1_000


async def test_the_link_makes_a_member_of_staff_once(store: Store) -> None:
    async with store.unit_of_work() as uow:
        token = await invite(uow, Role.WAREHOUSE, NOW)
        stranger, late = await a_stranger(uow), await a_stranger(uow)
        await require_open_invite(uow, stranger, fingerprint(token), NOW)
        joined = await join(uow, stranger, fingerprint(token), "رضا", NOW)
        assert (joined.name, joined.role) == ("رضا", Role.WAREHOUSE)
        with pytest.raises(InviteRefused):
            await join(uow, late, fingerprint(token), "دیر", NOW)
        with pytest.raises(InviteRefused):
            await require_open_invite(uow, late, fingerprint(token), NOW)
    async with store.unit_of_work() as uow:
        person = (await speaking(uow, stranger.identity.user_id)).person
        assert isinstance(person, Staff)
        assert person.role is Role.WAREHOUSE


async def test_a_token_has_128_bits_and_only_its_hash_is_kept(store: Store) -> None:
    async with store.unit_of_work() as uow:
        tokens = {await invite(uow, Role.SUPPORT, NOW) for _each in range(50)}
        assert len(tokens) == 50
        assert all(len(token) == 22 for token in tokens)
        one = next(iter(tokens))
        assert fingerprint(one) == sha256(one.encode()).hexdigest()
        assert await uow.staff.is_open(fingerprint(one), NOW)
        assert not await uow.staff.is_open(one, NOW)


async def test_guessing_opens_nothing(store: Store) -> None:
    """F-7: unknown, nearly right, used and expired tokens are all the same refusal."""
    async with store.unit_of_work() as uow:
        token = await invite(uow, Role.MANAGER, NOW)
        expired = await invite(uow, Role.MANAGER, NOW - timedelta(days=9))
        stranger = await a_stranger(uow)
        guesses = [token_urlsafe(16) for _each in range(GUESSES)]
        guesses += [token[:-1], token + "A", token.swapcase(), "", expired, fingerprint(token)]
        for guess in guesses:
            with pytest.raises(InviteRefused):
                await join(uow, stranger, fingerprint(guess), "کسی", NOW)
        assert isinstance(await join(uow, stranger, fingerprint(token), "کسی", NOW), Staff)


async def test_an_invite_ends_in_time(store: Store) -> None:
    async with store.unit_of_work() as uow:
        token = await invite(uow, Role.MANAGER, NOW, timedelta(hours=1))
        stranger = await a_stranger(uow)
        with pytest.raises(InviteRefused):
            await join(uow, stranger, fingerprint(token), "کسی", NOW + timedelta(hours=1))


async def test_of_many_who_use_a_link_at_once_one_joins(store: Store) -> None:
    async with store.unit_of_work() as uow:
        token = await invite(uow, Role.MANAGER, NOW)
        people = [await a_stranger(uow) for _each in range(12)]

    async def try_it(who: Actor) -> bool:
        try:
            async with store.unit_of_work() as uow:
                await join(uow, who, fingerprint(token), "کسی", NOW)
        except InviteRefused:
            return False
        return True

    assert sum(await asyncio.gather(*(try_it(each) for each in people))) == 1
    async with store.reading() as uow:
        assert len(await uow.staff.list_active(Role.MANAGER)) == 1


async def test_customers_and_staff_use_no_invite_up(store: Store) -> None:
    async with store.unit_of_work() as uow:
        token = await invite(uow, Role.MANAGER, NOW)
        buyer = await linked(uow, await a_contact_of(uow, await a_centre(uow)))
        for each in (buyer, await a_colleague(uow, Role.VISITOR)):
            with pytest.raises(InviteRefused):
                await join(uow, each, fingerprint(token), "کسی", NOW)
        assert await uow.staff.is_open(fingerprint(token), NOW)


async def test_each_role_sees_what_waits_for_it(store: Store) -> None:
    async with store.unit_of_work() as uow:
        await a_request(uow)
        await ask_support(uow, await a_stranger(uow), "سلام", NOW)
        people = {role: await a_colleague(uow, role) for role in Role}
        loads = {}
        for role, actor in people.items():
            assert isinstance(actor.person, Staff)
            loads[role] = await workload(uow, actor.person)
    manager, warehouse, support = loads[Role.MANAGER], loads[Role.WAREHOUSE], loads[Role.SUPPORT]
    assert (manager.request_count, manager.order_count) == (1, 0)
    assert (warehouse.request_count, warehouse.order_count, warehouse.questions) == (None, 0, None)
    assert support.questions is not None
    assert [each.text for each in support.questions] == ["سلام"]
    assert (
        manager.money
        == loads[Role.FINANCE].money
        == MoneyDesk(receipts=0, cheques=0, disputes=0, approvals=0)
    )
    assert loads[Role.VISITOR] == Workload(task_count=0)
