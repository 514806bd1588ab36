"""What our people see of a customer's credit, and what finance sets: each change with its reason (CRD-01)."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select, update

from domain.actors import Actor
from domain.balances import AgeBucket
from domain.calendar import Route
from domain.cheque_errors import DuePassed
from domain.credit import CreditLimit, HoldKind
from domain.credit_books import BookOrder
from domain.credit_decisions import CreditOutcome
from domain.errors import AlreadyDecided, NotFound
from domain.money import ZERO
from domain.staff import Role
from services import limits
from storage.tables.audit import audit
from storage.tables.calendar import routes
from storage.unit_of_work import Store, UnitOfWork
from tests.builders.credit import TODAY, a_cheque, aftab, an_open_invoice, million
from tests.builders.orders import a_buyer, a_member_of_staff
from tests.conftest import NOW

NORTH = Route(id=0, name="شمال ۱", weekdays=frozenset({5}))


async def finance(uow: UnitOfWork) -> Actor:
    return await a_member_of_staff(uow, Role.FINANCE)


async def written(uow: UnitOfWork, action: str) -> list[dict[str, object]]:
    found = await uow.connection.scalars(select(audit.c.facts).where(audit.c.action == action))
    return list(found)


async def test_the_card_says_all_of_a_customers_credit(store: Store) -> None:
    async with store.unit_of_work() as uow:
        buyer, by = await aftab(uow), await finance(uow)
        customer_id = buyer.customer_id or 0
        await an_open_invoice(uow, customer_id, million(3), TODAY - timedelta(days=6))
        await an_open_invoice(uow, customer_id, million(2), TODAY - timedelta(days=70))
        await a_cheque(uow, customer_id, million(1), "bounced")
        card = await limits.open_card(uow, by, customer_id, NOW)
    assert card.aging.by_bucket[AgeBucket.TO_7] == million(3)
    assert card.aging.by_bucket[AgeBucket.OVER_60] == million(2)
    assert (card.cheques.uncleared_count, card.cheques.uncleared) == (3, million(95))
    assert (card.cheques.bounced_count, card.cheques.last_bounced_on) == (1, TODAY)
    assert card.ras is not None
    assert card.ras.due_on == TODAY + timedelta(days=30)
    assert (card.own_limit, card.may_change) == (CreditLimit(total=million(300)), True)
    assert card.next_order is CreditOutcome.HELD_FINANCE


async def test_a_limit_is_set_with_its_reason_and_the_one_before_it(store: Store) -> None:
    async with store.unit_of_work() as uow:
        buyer, by = await aftab(uow), await finance(uow)
        customer_id = buyer.customer_id or 0
        await limits.set_limit(uow, by, customer_id, million(350), "خوش‌حساب", NOW)
        card = await limits.set_limit(uow, by, customer_id, million(120), "کمتر", NOW, is_open=True)
        assert card.own_limit == CreditLimit(open=million(120), total=million(350))
        first, second = await written(uow, "credit.limit")
    assert first["old"] == {"open_rials": None, "total_rials": million(300).rials, "valid_until": None}
    assert (first["reason"], second["reason"]) == ("خوش‌حساب", "کمتر")
    assert second["new"] == {
        "open_rials": million(120).rials,
        "total_rials": million(350).rials,
        "valid_until": None,
    }


async def test_a_temporary_limit_leaves_the_one_for_good_as_it_was(store: Store) -> None:
    until = NOW + timedelta(days=10)
    async with store.unit_of_work() as uow:
        buyer, by = await aftab(uow), await finance(uow)
        customer_id = buyer.customer_id or 0
        card = await limits.set_limit(uow, by, customer_id, million(400), "فصل", NOW, until=until)
        assert (card.standing.total_limit, card.standing.limit.valid_until) == (million(400), until)
        assert (await uow.credit.standing(customer_id, until)).total_limit == million(300)
        with pytest.raises(DuePassed):
            await limits.set_limit(uow, by, customer_id, million(400), "فصل", NOW, until=NOW)
        # A new word for good ends what was set for a time.
        card = await limits.set_limit(uow, by, customer_id, million(100), "باز", NOW, is_open=True)
        assert card.own_limit == CreditLimit(open=million(100), total=million(300))


async def test_without_an_own_limit_the_companys_holds(store: Store) -> None:
    async with store.unit_of_work() as uow:
        buyer, by = await aftab(uow), await finance(uow)
        await uow.credit.put_limit(CreditLimit(total=million(20)), NOW)
        card = await limits.drop_limit(uow, by, buyer.customer_id or 0, NOW)
        assert card.standing.total_limit == million(20)
        await limits.drop_limit(uow, by, buyer.customer_id or 0, NOW)
        assert len(await written(uow, "credit.limit")) == 1


async def test_credit_is_stopped_and_goes_on_with_reasons(store: Store) -> None:
    async with store.unit_of_work() as uow:
        buyer, by = await aftab(uow), await finance(uow)
        customer_id = buyer.customer_id or 0
        card = await limits.stop(uow, by, customer_id, "حساب نامعلوم", NOW)
        assert card.next_order is CreditOutcome.HELD_FINANCE
        with pytest.raises(AlreadyDecided):
            await limits.stop(uow, by, customer_id, "باز هم", NOW)
        (hold,) = card.holds
        assert (await limits.begin_release(uow, by, hold.id)).reason == "حساب نامعلوم"
        card = await limits.release(uow, by, hold.id, "روشن شد", NOW)
        assert (card.holds, card.next_order) == ((), CreditOutcome.AUTO)
        with pytest.raises(AlreadyDecided):
            await limits.begin_release(uow, by, hold.id)
        with pytest.raises(AlreadyDecided):
            await limits.release(uow, by, hold.id, "روشن شد", NOW)
        assert [each["reason"] for each in await written(uow, "credit.stopped")] == ["حساب نامعلوم"]
        (released,) = await written(uow, "credit.released")
    assert (released["kind"], released["reason"]) == (HoldKind.MANUAL, "روشن شد")


@pytest.mark.parametrize("role", [each for each in Role if each is not Role.FINANCE])
async def test_finance_alone_sets_anything(store: Store, role: Role) -> None:
    async with store.unit_of_work() as uow:
        buyer, by = await aftab(uow), await a_member_of_staff(uow, role)
        customer_id = buyer.customer_id or 0
        await uow.credit.put_hold(customer_id, HoldKind.BOUNCED, NOW)
        (hold,) = await uow.credit.list_holds(customer_id)
        for wish in (
            limits.set_limit(uow, by, customer_id, ZERO, "x", NOW),
            limits.drop_limit(uow, by, customer_id, NOW),
            limits.stop(uow, by, customer_id, "x", NOW),
            limits.begin_release(uow, by, hold.id),
            limits.release(uow, by, hold.id, "x", NOW),
            limits.require_finance(uow, by, customer_id),
        ):
            with pytest.raises(NotFound):
                await wish
    async with store.unit_of_work() as uow:
        with pytest.raises(NotFound):
            await limits.set_limit(uow, await finance(uow), 999, ZERO, "x", NOW)


async def test_the_book_is_sorted_by_debt_or_by_what_is_overdue(store: Store) -> None:
    async with store.unit_of_work() as uow:
        by = await finance(uow)
        small, large, nothing = [(await a_buyer(uow, name=f"مشتری {at}")).customer_id or 0 for at in range(3)]
        await an_open_invoice(uow, small, million(1), TODAY - timedelta(days=6))
        await an_open_invoice(uow, small, million(1))
        await an_open_invoice(uow, large, million(9))
        await a_cheque(uow, large, million(4), "deposited")
        await a_cheque(uow, large, million(2), "bounced", million(1))
        lines, has_more = await limits.list_book(uow, by, BookOrder.DEBT, 1, NOW)
        assert [each.customer_id for each in lines] == [large, small]
        assert not has_more
        first = lines[0]
        assert (first.balance, first.uncleared, first.bounced) == (million(10), million(4), million(2))
        assert (first.uncleared_count, first.bounced_count, first.overdue) == (1, 1, ZERO)
        lines = await limits.whole_book(uow, by, BookOrder.OVERDUE, NOW)
        assert [each.customer_id for each in lines] == [small, large]
        assert (lines[0].overdue, lines[0].overdue_days(TODAY)) == (million(1), 6)
        standing = await uow.credit.standing(large, NOW)
        assert standing.balance == first.balance
        assert nothing not in [each.customer_id for each in lines]


async def test_pages_of_the_book_hold_ten(store: Store) -> None:
    async with store.unit_of_work() as uow:
        by = await finance(uow)
        for at in range(12):
            buyer = await a_buyer(uow, name=f"مشتری {at}")
            await an_open_invoice(uow, buyer.customer_id or 0, million(at + 1))
        first, has_more = await limits.list_book(uow, by, BookOrder.DEBT, 1, NOW)
        second, is_last = await limits.list_book(uow, by, BookOrder.DEBT, 2, NOW)
    assert (len(first), has_more, len(second), is_last) == (10, True, 2, False)


async def test_customers_are_found_by_words_of_their_name(store: Store) -> None:
    async with store.unit_of_work() as uow:
        by = await finance(uow)
        await a_buyer(uow, name="سالن زیبایی نگین")
        await a_buyer(uow, name="نگین شرق")
        assert [each.name for each in await limits.find(uow, by, "نگین")] == ["نگین شرق", "سالن زیبایی نگین"]
        assert [each.name for each in await limits.find(uow, by, "نگین زيبايي")] == ["سالن زیبایی نگین"]
        assert await limits.find(uow, by, "٪") == ()
        assert await limits.find(uow, await a_member_of_staff(uow), "نگین") == ()
        assert await limits.find(uow, await a_buyer(uow), "نگین") == ()


async def test_visitors_see_only_the_customers_on_their_routes(store: Store) -> None:
    async with store.unit_of_work() as uow:
        visitor = await a_member_of_staff(uow, Role.VISITOR)
        mine = await a_buyer(uow, name="نگین غرب")
        other = await a_buyer(uow, name="نگین شمال", route=NORTH)
        await uow.connection.execute(
            update(routes).where(routes.c.name == "غرب ۳").values(visitor_id=visitor.staff_id)
        )
        assert [each.name for each in await limits.find(uow, visitor, "نگین")] == ["نگین غرب"]
        card = await limits.open_card(uow, visitor, mine.customer_id or 0, NOW)
        assert not card.may_change
        for wish in (
            limits.open_card(uow, visitor, other.customer_id or 0, NOW),
            limits.open_card(uow, replace(mine), mine.customer_id or 0, NOW),
            limits.list_book(uow, visitor, BookOrder.DEBT, 1, NOW),
            limits.whole_book(uow, visitor, BookOrder.DEBT, NOW),
        ):
            with pytest.raises(NotFound):
                await wish
