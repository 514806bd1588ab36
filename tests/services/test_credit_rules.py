"""What holds for everybody: limits by group, and the numbers of the decision table."""

from __future__ import annotations

import pytest
from sqlalchemy import insert, update

from domain.credit import CreditLimit
from domain.credit_rules import Rule
from domain.errors import NotAQuantity, NotFound
from domain.money import ZERO
from domain.staff import Role
from services import credit_rules
from storage.tables.people import customer_groups, customers
from storage.unit_of_work import Store
from tests.builders.credit import million
from tests.builders.orders import a_buyer, a_member_of_staff
from tests.conftest import NOW


async def test_groups_and_the_company_have_limits_that_are_inherited(store: Store) -> None:
    async with store.unit_of_work() as uow:
        by, buyer = await a_member_of_staff(uow, Role.FINANCE), await a_buyer(uow)
        customer_id = buyer.customer_id or 0
        group_id = await uow.connection.scalar(
            insert(customer_groups).values(name="سالن‌ها").returning(customer_groups.c.id)
        )
        rules = await credit_rules.set_shared_limit(uow, by, None, million(20), NOW)
        assert (rules.company, rules.groups[0].limit) == (CreditLimit(total=million(20)), None)
        assert (await uow.credit.standing(customer_id, NOW)).total_limit == million(20)
        await uow.connection.execute(
            update(customers).where(customers.c.id == customer_id).values(group_id=group_id)
        )
        rules = await credit_rules.set_shared_limit(uow, by, group_id, ZERO, NOW)
        assert rules.groups[0].limit == CreditLimit(total=ZERO)
        assert (await uow.credit.standing(customer_id, NOW)).is_cash_only
        with pytest.raises(NotFound):
            await credit_rules.set_shared_limit(uow, by, 999, ZERO, NOW)


async def test_a_rule_holds_from_the_next_decision_on(store: Store) -> None:
    async with store.unit_of_work() as uow:
        by, buyer = await a_member_of_staff(uow, Role.FINANCE), await a_buyer(uow)
        rules = await credit_rules.set_rule(uow, by, Rule.PERCENT, 120, NOW)
        assert (rules.policy.most_percent, rules.policy.overdue_days) == (120, 30)
        await credit_rules.set_rule(uow, by, Rule.OVERDUE, 15, NOW)
    async with store.reading() as uow:
        policy = (await uow.credit.standing(buyer.customer_id or 0, NOW)).policy
        assert (policy.most_percent, policy.overdue_days) == (120, 15)


@pytest.mark.parametrize(("rule", "number"), [(Rule.PERCENT, 99), (Rule.PERCENT, 201), (Rule.HOURS, 0)])
async def test_a_number_out_of_bounds_is_no_rule(store: Store, rule: Rule, number: int) -> None:
    async with store.unit_of_work() as uow:
        by = await a_member_of_staff(uow, Role.FINANCE)
        with pytest.raises(NotAQuantity):
            await credit_rules.set_rule(uow, by, rule, number, NOW)


async def test_managers_look_and_finance_sets(store: Store) -> None:
    async with store.unit_of_work() as uow:
        manager = await a_member_of_staff(uow, Role.MANAGER)
        assert not (await credit_rules.open_rules(uow, manager, NOW)).may_change
        with pytest.raises(NotFound):
            await credit_rules.set_rule(uow, manager, Rule.HOURS, 3, NOW)
        with pytest.raises(NotFound):
            await credit_rules.set_shared_limit(uow, manager, None, ZERO, NOW)
        with pytest.raises(NotFound):
            await credit_rules.open_rules(uow, await a_member_of_staff(uow), NOW)
