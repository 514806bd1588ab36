"""The standing of a customer as one statement reads it, on both databases."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import insert, update

from domain.credit import CreditLimit, HoldKind
from domain.credit_decisions import decide
from domain.errors import AlreadyDecided, NotFound
from domain.money import ZERO, of_toman
from domain.orders import OPEN, OrderStatus
from storage.tables.company import company_settings
from storage.tables.instruments import cheques
from storage.tables.people import customer_groups, customers
from storage.unit_of_work import Store
from tests.builders.credit import (
    TODAY,
    a_broken_promise,
    a_cheque,
    a_credit_note,
    a_payment,
    an_open_invoice,
    an_order_on_its_way,
    as_aftab,
    limited,
    million,
)
from tests.builders.orders import a_buyer, a_member_of_staff
from tests.builders.people import a_centre
from tests.conftest import NOW


async def test_the_five_parts_of_the_example(store: Store) -> None:
    async with store.unit_of_work() as uow:
        customer_id = await a_centre(uow)
        await as_aftab(uow, customer_id)
        await as_aftab(uow, await a_centre(uow, "دیگری"))
    async with store.reading() as uow:
        stands = await uow.credit.standing(customer_id, NOW)
    parts = (stands.open_invoices, stands.uncleared, stands.open_orders, stands.unallocated)
    assert parts == (million(120), million(95), million(30), million(5))
    assert (stands.uncleared_count, stands.bounced, stands.segment) == (3, ZERO, "B")
    assert (stands.exposure, stands.remaining) == (million(240), million(60))


async def test_a_bounce_holds_and_changes_no_exposure(store: Store) -> None:
    async with store.unit_of_work() as uow:
        customer_id = await a_centre(uow)
        cheque_id = await as_aftab(uow, customer_id)
        await uow.connection.execute(update(cheques).where(cheques.c.id == cheque_id).values(state="bounced"))
        stands = await uow.credit.standing(customer_id, NOW)
    assert (stands.bounced, stands.bounced_count, stands.exposure) == (million(25), 1, million(240))
    assert decide(stands, million(1)).row == 3


@pytest.mark.parametrize(
    ("state", "exposure", "unallocated"),
    [
        ("announced", 0, 0),
        ("received", 10 - 4, 4),
        ("deposited", 10 - 4, 4),
        ("endorsed", 10 - 4, 4),
        ("cleared", -4, 4),
        ("bounced", 10 - 4, 4),
        ("legal", 10 - 4, 4),
        ("settled", -4, 4),
        ("handed_back", -4, 4),
        ("void", 0, 0),
    ],
)
async def test_what_a_cheque_counts_in_each_state(
    store: Store, state: str, exposure: int, unallocated: int
) -> None:
    async with store.unit_of_work() as uow:
        customer_id = await a_centre(uow)
        await a_cheque(uow, customer_id, million(10), state, million(4))
        stands = await uow.credit.standing(customer_id, NOW)
    assert (stands.exposure, stands.unallocated) == (million(exposure), million(unallocated))


@pytest.mark.parametrize(
    ("status", "is_counted"),
    [(each.value, each in OPEN) for each in OrderStatus if each is not OrderStatus.DRAFT],
)
async def test_orders_count_until_they_are_invoiced(store: Store, status: str, *, is_counted: bool) -> None:
    async with store.unit_of_work() as uow:
        customer_id = await a_centre(uow)
        order_id = await an_order_on_its_way(uow, customer_id, million(7), status, "acc")
        stands = await uow.credit.standing(customer_id, NOW)
        counted = await uow.credit.counted(order_id)
    expected = million(7) if is_counted else ZERO
    assert (stands.open_orders, stands.account_orders) == (expected, expected)
    assert counted == (expected, is_counted)


async def test_orders_by_cheque_are_no_account_orders(store: Store) -> None:
    async with store.unit_of_work() as uow:
        customer_id = await a_centre(uow)
        order_id = await an_order_on_its_way(uow, customer_id, million(7))
        stands = await uow.credit.standing(customer_id, NOW)
        assert await uow.credit.counted(order_id) == (million(7), False)
    assert (stands.open_orders, stands.account_orders) == (million(7), ZERO)


async def test_what_is_overdue_and_since_when(store: Store) -> None:
    async with store.unit_of_work() as uow:
        customer_id = await a_centre(uow)
        await an_open_invoice(uow, customer_id, million(1), TODAY)
        await an_open_invoice(uow, customer_id, million(2), TODAY - timedelta(days=1))
        await an_open_invoice(uow, customer_id, million(3), TODAY - timedelta(days=6))
        stands = await uow.credit.standing(customer_id, NOW)
    assert (stands.overdue, stands.overdue_days) == (million(5), 6)


async def test_prepayments_and_unused_credit_notes_are_taken_off(store: Store) -> None:
    async with store.unit_of_work() as uow:
        customer_id = await a_centre(uow)
        await a_payment(uow, customer_id, million(2))
        await a_credit_note(uow, customer_id, million(3))
        stands = await uow.credit.standing(customer_id, NOW)
    assert (stands.unallocated, stands.exposure, stands.balance) == (million(5), million(-5), million(-5))


async def test_limits_are_inherited_and_a_temporary_one_ends(store: Store) -> None:
    later = NOW + timedelta(days=3)
    async with store.unit_of_work() as uow:
        customer_id = await a_centre(uow)
        assert (await uow.credit.standing(customer_id, NOW)).total_limit == ZERO
        group_id = int(
            await uow.connection.scalar(
                insert(customer_groups).values(name="A").returning(customer_groups.c.id)
            )
            or 0
        )
        await uow.connection.execute(
            update(customers).where(customers.c.id == customer_id).values(group_id=group_id)
        )
        await uow.credit.put_limit(CreditLimit(total=million(10)), NOW)
        assert (await uow.credit.standing(customer_id, NOW)).total_limit == million(10)
        await uow.credit.put_limit(CreditLimit(open=million(5)), NOW, group_id=group_id)
        stands = await uow.credit.standing(customer_id, NOW)
        assert (stands.limit.open, stands.limit.total) == (million(5), million(10))
        await limited(uow, customer_id, million(300))
        temporary = CreditLimit(total=million(400), valid_until=later)
        await uow.credit.put_limit(temporary, NOW, customer_id=customer_id)
    async with store.reading() as uow:
        assert (await uow.credit.standing(customer_id, NOW)).limit.valid_until == later
        assert (await uow.credit.standing(customer_id, later)).total_limit == million(300)
        assert await uow.credit.limit(NOW, customer_id=customer_id) == temporary
        assert await uow.credit.permanent_limit(customer_id) == CreditLimit(total=million(300))
        assert await uow.credit.limit(NOW) == CreditLimit(total=million(10))


async def test_a_promise_is_broken_when_its_day_has_passed(store: Store) -> None:
    async with store.unit_of_work() as uow:
        customer_id = await a_centre(uow)
        await a_broken_promise(uow, customer_id, TODAY)
        await a_broken_promise(uow, customer_id, TODAY - timedelta(days=9), "kept")
        assert not (await uow.credit.standing(customer_id, NOW)).has_broken_promise
        await a_broken_promise(uow, customer_id, TODAY - timedelta(days=1))
        assert (await uow.credit.standing(customer_id, NOW)).has_broken_promise


async def test_holds_are_placed_once_and_released_once(store: Store) -> None:
    async with store.unit_of_work() as uow:
        customer_id, finance = await a_centre(uow), await a_member_of_staff(uow)
        staff_id = finance.staff_id or 0
        assert await uow.credit.put_hold(customer_id, HoldKind.BOUNCED, NOW, subject_id=7)
        assert not await uow.credit.put_hold(customer_id, HoldKind.BOUNCED, NOW, subject_id=8)
        assert await uow.credit.put_hold(customer_id, HoldKind.MANUAL, NOW, reason="x", staff_id=staff_id)
        held = (await uow.credit.standing(customer_id, NOW)).holds
        assert held == {HoldKind.BOUNCED, HoldKind.MANUAL}
        first, second = await uow.credit.list_holds(customer_id)
        assert (first.subject_id, second.reason, second.placed_by) == (7, "x", staff_id)
        await uow.credit.release_hold(first.id, NOW, staff_id=staff_id, reason="paid")
        with pytest.raises(AlreadyDecided):
            await uow.credit.release_hold(first.id, NOW, staff_id=staff_id, reason="paid")
        assert (await uow.credit.get_hold(first.id)).release_reason == "paid"
        assert (await uow.credit.standing(customer_id, NOW)).holds == {HoldKind.MANUAL}
        assert await uow.credit.put_hold(customer_id, HoldKind.BOUNCED, NOW)
        for missing in (uow.credit.get_hold(999), uow.credit.release_hold(999, NOW, staff_id=1, reason="")):
            with pytest.raises(NotFound):
                await missing


async def test_the_company_decides_its_own_rules(store: Store) -> None:
    async with store.unit_of_work() as uow:
        customer_id = await a_centre(uow)
        await uow.connection.execute(
            insert(company_settings).values(
                name="credit_policy", value={"most_percent": 120, "overdue_days": 5}, changed_at=NOW
            )
        )
        policy = (await uow.credit.standing(customer_id, NOW)).policy
    assert (policy.most_percent, policy.overdue_days, policy.decide_hours) == (120, 5, 2)


async def test_a_decision_is_kept_with_all_its_inputs_and_never_changed(store: Store) -> None:
    async with store.unit_of_work() as uow:
        customer_id, finance = await a_centre(uow), await a_member_of_staff(uow)
        await as_aftab(uow, customer_id)
        decision = decide(await uow.credit.standing(customer_id, NOW), million(72))
        await uow.credit.put_decision(customer_id, 5, decision, NOW)
        await uow.credit.put_decision(
            customer_id, 5, decision, NOW, by="approved", staff_id=finance.staff_id, reason="خوش‌حساب"
        )
    async with store.reading() as uow:
        first, second = await uow.credit.list_decisions(5)
    assert (first["row"], first["outcome"], first["inputs"]) == (7, "manager", decision.inputs)
    assert (second["row"], second["outcome"], second["staff_id"]) == (0, "approved", finance.staff_id)
    with pytest.raises(Exception, match="append-only"):
        async with store.unit_of_work() as uow:
            await uow.connection.exec_driver_sql("UPDATE credit_decisions SET outcome = 'auto'")


async def test_nobody_has_no_standing(store: Store) -> None:
    async with store.reading() as uow:
        with pytest.raises(NotFound):
            await uow.credit.standing(999, NOW)


async def test_a_lock_lets_rows_that_point_to_the_customer_be_written(store: Store) -> None:
    """Whoever spends credit holds others up, not a colleague who fills a basket."""
    async with store.unit_of_work() as uow:
        customer_id = (await a_buyer(uow)).require_customer().id
    async with store.unit_of_work() as uow:
        await uow.credit.lock(customer_id)
        if store.dialect == "postgresql":
            async with store.unit_of_work() as other:
                await an_open_invoice(other, customer_id, of_toman(1))
