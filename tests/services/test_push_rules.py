from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from domain.calendar import today_in_tehran
from domain.errors import NotADay, NotFound, TextRefused
from domain.push_settings import PushPart, PushRule
from domain.staff import Role
from services.push_rules import (
    add_holiday,
    drop_holiday,
    holiday_to_drop,
    list_holidays,
    open_rules,
    require_coming,
    set_rule,
)
from storage.tables.audit import audit
from storage.unit_of_work import Store
from tests.builders.catalogue import a_product
from tests.builders.orders import MONDAY, a_buyer, a_member_of_staff, a_placed_order
from tests.conftest import NOW


async def test_a_manager_changes_any_rule_and_it_is_in_the_audit(store: Store) -> None:
    async with store.unit_of_work() as uow:
        manager = await a_member_of_staff(uow, Role.MANAGER)
        seen = await set_rule(uow, manager, PushRule.PROMOTIONS_A_WEEK, 3, NOW)
        assert seen.parts == tuple(PushPart)
        await set_rule(uow, manager, PushRule.SURVEY_HOURS, ((10, 12), (17, 19)), NOW)
        await set_rule(uow, manager, PushRule.PROMOTIONS_A_WEEK, 3, NOW)
    async with store.reading() as uow:
        rules = await uow.company.push_rules()
        assert (rules.promotions_a_week, rules.survey_hours) == (3, ((10, 12), (17, 19)))
        assert rules.reminders_a_week == 3, "what was not said is as usual"
        rows = await uow.connection.execute(select(audit.c.facts).where(audit.c.action == "push.rule"))
        assert [row.facts["new"] for row in rows] == [3, "10-12,17-19"]


async def test_finance_changes_only_the_rules_of_reminders(store: Store) -> None:
    async with store.unit_of_work() as uow:
        finance = await a_member_of_staff(uow, Role.FINANCE)
        assert (await open_rules(uow, finance)).parts == (PushPart.REMINDERS,)
        seen = await set_rule(uow, finance, PushRule.LEAST_REMINDER, 10_000_000, NOW)
        assert seen.rules.least_reminder_rials == 10_000_000
        with pytest.raises(NotFound):
            await set_rule(uow, finance, PushRule.PROMOTIONS_A_WEEK, 9, NOW)
        with pytest.raises(NotFound):
            await list_holidays(uow, finance, NOW)
        for role in (Role.VISITOR, Role.SUPPORT, Role.WAREHOUSE):
            with pytest.raises(NotFound):
                await open_rules(uow, await a_member_of_staff(uow, role))


async def test_a_holiday_is_added_and_taken_away_again(store: Store) -> None:
    day = MONDAY
    async with store.unit_of_work() as uow:
        manager = await a_member_of_staff(uow, Role.MANAGER)
        buyer, product = await a_buyer(uow), await a_product(uow)
        await a_placed_order(uow, buyer, {product: 1})
        assert await add_holiday(uow, manager, day, "تعطیلی انبار", NOW) == 1
        assert await list_holidays(uow, manager, NOW) == ((day, "تعطیلی انبار"),)
        with pytest.raises(TextRefused):
            await add_holiday(uow, manager, day, " ", NOW)
    async with store.unit_of_work() as uow:
        today = today_in_tehran(NOW)
        assert day in await uow.calendars.list_holidays(today, today + timedelta(days=9))
        assert await holiday_to_drop(uow, manager, day, NOW) == "تعطیلی انبار"
        await drop_holiday(uow, manager, day, NOW)
        assert await list_holidays(uow, manager, NOW) == ()
        with pytest.raises(NotFound):
            await drop_holiday(uow, manager, day, NOW)
        for never in (today, date(2020, 1, 1), date(2040, 1, 1)):
            with pytest.raises(NotADay):
                require_coming(manager, never, NOW)
