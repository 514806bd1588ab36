"""Payment terms of customers: whose hold, who may change them, and what is written down (CUS-05)."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
from sqlalchemy import update

from domain.errors import NotFound, TermRefused
from domain.money import Rate
from domain.staff import Role
from domain.terms import MOST_TERMS, UNAGREED, TermKind, made
from services import terms
from storage.tables.people import customers
from storage.unit_of_work import Store, UnitOfWork
from tests.builders.orders import a_buyer, a_member_of_staff
from tests.conftest import NOW

CHEQUE, ACCOUNT = made(TermKind.CHEQUE, 45), made(TermKind.ACCOUNT, 21)
CASH = made(TermKind.CASH_PRE, discount=Rate(400))
MIXED = made(TermKind.MIXED, 45, Rate(400), Rate(4_000), TermKind.CHEQUE)


@pytest.fixture
async def uow(store: Store) -> AsyncIterator[UnitOfWork]:
    async with store.unit_of_work() as uow:
        yield uow


async def codes(uow: UnitOfWork, customer_id: int) -> list[str]:
    return [term.code for term in await terms.allowed(uow, customer_id)]


async def test_the_company_s_terms_hold_until_something_else_is_agreed(uow: UnitOfWork) -> None:
    customer_id = (await a_buyer(uow)).require_customer().id
    assert await terms.allowed(uow, customer_id) == (UNAGREED,)
    await uow.terms.put((CASH, CHEQUE))
    assert await codes(uow, customer_id) == ["CASH_PRE", "CHQ_45"]
    await uow.terms.put((MIXED,), customer_id=customer_id)
    assert await codes(uow, customer_id) == ["MIX_40_CHQ_45"]


async def test_only_finance_changes_terms_and_each_change_is_written_down(store: Store) -> None:
    async with store.unit_of_work() as uow:
        customer_id = (await a_buyer(uow)).require_customer().id
        finance = await a_member_of_staff(uow, Role.FINANCE)
        await uow.terms.put((CHEQUE,))
        await terms.add_term(uow, finance, customer_id, MIXED, NOW)
        found = await terms.add_term(uow, finance, customer_id, CASH, NOW)
        mixed = next(term for term in found.terms if term.kind is TermKind.MIXED)
        await terms.remove_term(uow, finance, customer_id, mixed.id, NOW)
    async with store.reading() as uow:
        assert await codes(uow, customer_id) == ["CHQ_45", "CASH_PRE"]
        written = await uow.audit.list_of("customer", customer_id)
    assert [action for action, _facts in written] == ["terms.changed"] * 3
    first = written[0][1]
    assert (first["old"], first["old_own"]) == ([CHEQUE.facts()], False)
    assert first["new"] == [CHEQUE.facts(), MIXED.facts()]


@pytest.mark.parametrize("role", [Role.MANAGER, Role.SUPPORT, Role.VISITOR, Role.WAREHOUSE])
async def test_nobody_else_changes_them(uow: UnitOfWork, role: Role) -> None:
    buyer = await a_buyer(uow)
    customer_id = buyer.require_customer().id
    for actor in (buyer, await a_member_of_staff(uow, role)):
        for wish in (
            terms.add_term(uow, actor, customer_id, CHEQUE, NOW),
            terms.remove_term(uow, actor, customer_id, 1, NOW),
            terms.drop_own_terms(uow, actor, customer_id, NOW),
            terms.open_for_change(uow, actor, customer_id),
        ):
            with pytest.raises(NotFound):
                await wish


async def test_a_manager_looks_at_them_and_a_customer_does_not(uow: UnitOfWork) -> None:
    buyer = await a_buyer(uow)
    manager = await a_member_of_staff(uow, Role.MANAGER)
    assert (await terms.terms_of(uow, manager, buyer.require_customer().id)).customer_name
    for actor, customer_id in ((buyer, buyer.require_customer().id), (manager, 999_999)):
        with pytest.raises(NotFound):
            await terms.terms_of(uow, actor, customer_id)


async def test_a_term_is_not_added_twice_and_the_last_one_stays(uow: UnitOfWork) -> None:
    customer_id = (await a_buyer(uow)).require_customer().id
    finance = await a_member_of_staff(uow, Role.FINANCE)
    found = await terms.add_term(uow, finance, customer_id, CHEQUE, NOW)
    assert await terms.add_term(uow, finance, customer_id, CHEQUE, NOW) == found
    with pytest.raises(TermRefused):
        await terms.remove_term(uow, finance, customer_id, found.terms[0].id, NOW)
    with pytest.raises(NotFound):
        await terms.remove_term(uow, finance, customer_id, 999_999, NOW)
    assert len(await uow.audit.list_of("customer", customer_id)) == 1


async def test_there_are_never_too_many(uow: UnitOfWork) -> None:
    customer_id = (await a_buyer(uow)).require_customer().id
    finance = await a_member_of_staff(uow, Role.FINANCE)
    for days in range(1, MOST_TERMS + 1):
        await terms.add_term(uow, finance, customer_id, made(TermKind.CHEQUE, days), NOW)
    with pytest.raises(TermRefused):
        await terms.add_term(uow, finance, customer_id, ACCOUNT, NOW)


async def test_own_terms_are_given_up_for_those_of_everybody(uow: UnitOfWork) -> None:
    customer_id = (await a_buyer(uow)).require_customer().id
    finance = await a_member_of_staff(uow, Role.FINANCE)
    await uow.terms.put((ACCOUNT,))
    await terms.add_term(uow, finance, customer_id, CHEQUE, NOW)
    dropped = await terms.drop_own_terms(uow, finance, customer_id, NOW)
    assert ([term.code for term in dropped.terms], dropped.own) == (["ACC_21"], False)
    assert await terms.drop_own_terms(uow, finance, customer_id, NOW) == dropped
    assert len(await uow.audit.list_of("customer", customer_id)) == 2


async def test_the_group_s_terms_stand_between(uow: UnitOfWork) -> None:
    customer_id = (await a_buyer(uow)).require_customer().id
    await uow.bulk.put("customer_groups", [{"id": 7, "name": "داروخانه‌ها"}])
    await uow.terms.put((CASH,))
    await uow.terms.put((ACCOUNT,), group_id=7)
    assert await codes(uow, customer_id) == ["CASH_PRE"]
    await put_in_group(uow, customer_id, 7)
    assert await codes(uow, customer_id) == ["ACC_21"]


async def put_in_group(uow: UnitOfWork, customer_id: int, group_id: int) -> None:
    await uow.connection.execute(
        update(customers).where(customers.c.id == customer_id).values(group_id=group_id)
    )
