"""What campaigns have brought (rule R15, S5.11), by query on both databases."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import insert, select, update

from domain.actors import Actor
from domain.campaign_effect import tenths_of_percent
from domain.campaign_reports import CampaignReport, facts_of, report_of
from domain.campaigns import Campaign, CampaignState
from domain.errors import NotFound
from domain.money import Money, Rate, of_toman
from domain.promotion_rules import Bonus
from domain.staff import Role
from jobs.campaign_reports import sweep_campaign_reports
from screens.campaign_results import report as screen
from screens.language import Language
from services import campaign_results as wishes
from services.contact_gaps import list_gaps
from storage.tables.audit import audit
from storage.tables.calendar import routes
from storage.tables.catalogue import products
from storage.tables.claims import tasks
from storage.tables.ledger import invoices
from storage.tables.messages import notifications
from storage.tables.people import customers, outlets
from storage.unit_of_work import Store
from tests.builders.campaign_results import (
    S5_11,
    SOLD,
    a_campaign,
    an_order_at,
    clicked,
    many_shops,
    recipients,
    the_example,
)
from tests.builders.people import a_colleague
from tests.builders.pricing import TEN_AND_ONE
from tests.builders.promotions import a_kept_promotion, given
from tests.conftest import NOW

DAY = timedelta(days=1)
AFTER = NOW + 7 * DAY + timedelta(minutes=1)
ISOLATES = dict.fromkeys(map(ord, "\u2066\u2067\u2068\u2069"))


async def reported(
    store: Store, campaign: Campaign, manager: Actor, at: timedelta = 8 * DAY
) -> CampaignReport:
    assert campaign.id is not None
    async with store.reading() as uow:
        return await wishes.open_report(uow, manager, campaign.id, NOW + at)


@pytest.fixture
async def manager(store: Store) -> Actor:
    async with store.unit_of_work() as uow:
        return await a_colleague(uow, Role.MANAGER)


async def test_the_worked_example_from_rows_to_words(store: Store, manager: Actor, persian: Language) -> None:
    async with store.unit_of_work() as uow:
        campaign = await the_example(uow, manager)
    report = await reported(store, campaign, manager)
    effect = report.effect
    assert (effect.told.shops, effect.told.orders, effect.told.sales) == (319, 41, SOLD)
    assert (effect.holdout.shops, effect.holdout.orders) == (36, 2)
    assert effect.discount == of_toman(19_400_000)
    assert effect.margin == Rate(1_800)
    assert effect.uplift is not None
    assert tenths_of_percent(effect.uplift) == Rate(730)
    assert effect.roi is not None
    assert round(effect.roi.percent) == 156
    assert (report.reached.clicked, report.reached.clicked_without_order) == (96, 55)
    assert (report.reached.blocked, report.reached.opted_out, report.reached.left) == (5, 4, 0)
    assert sum(each.told for each in report.by_day) == 41
    assert report.by_day[0].told == 6
    assert report.by_day[2].holdout == 2
    said = screen(report, persian)
    assert said.text.translate(ISOLATES).startswith(S5_11)
    assert [row[0] for row in said.labels[:4]] == [
        "👥 چه کسانی خریدند",
        "😴 کلیک بدون خرید (۵۵)",
        "📋 دستور کار به ویزیتورها",
        "📎 اکسل",
    ]
    assert screen(report_of(facts_of(report)), persian).text == said.text


async def test_the_window_is_each_shops_own(store: Store, manager: Actor) -> None:
    async with store.unit_of_work() as uow:
        campaign = await a_campaign(uow, manager)
        early, late = await many_shops(uow, 2)
        await recipients(uow, campaign, [early], sent_at=NOW)
        await recipients(uow, campaign, [late], sent_at=NOW + 3 * DAY)
        for shop in (early, late):
            await an_order_at(uow, shop, NOW - timedelta(seconds=1), of_toman(1))
            await an_order_at(uow, shop, NOW + 7 * DAY, of_toman(10))
        await an_order_at(uow, early, NOW + 7 * DAY - timedelta(seconds=1), of_toman(100))
        await an_order_at(uow, late, NOW + 3 * DAY, of_toman(1_000))
    report = await reported(store, campaign, manager, 20 * DAY)
    assert report.effect.told.orders == 3
    assert report.effect.told.sales == of_toman(1_110)
    assert [each.told for each in report.by_day] == [1, 0, 0, 0, 1, 0, 1]


async def test_the_last_of_two_campaigns_gets_the_order(store: Store, manager: Actor) -> None:
    async with store.unit_of_work() as uow:
        first, second = await a_campaign(uow, manager), await a_campaign(uow, manager, name="دوم")
        both, held, held_later = await many_shops(uow, 3)
        await recipients(uow, first, [both, held_later], sent_at=NOW)
        await recipients(uow, first, [held], is_holdout=True, state="held", sent_at=NOW)
        await recipients(uow, second, [both, held], sent_at=NOW + 2 * DAY)
        await recipients(uow, second, [held_later], is_holdout=True, state="held", sent_at=NOW + 2 * DAY)
        await an_order_at(uow, both, NOW + DAY, of_toman(1))
        await an_order_at(uow, both, NOW + 3 * DAY, of_toman(10))
        await an_order_at(uow, held, NOW + 3 * DAY, of_toman(100))
        await an_order_at(uow, held_later, NOW + 3 * DAY, of_toman(1_000))
    one, two = await reported(store, first, manager), await reported(store, second, manager)
    assert (one.effect.told.orders, one.effect.told.sales) == (2, of_toman(1_001))
    assert one.effect.holdout.orders == 0
    assert (two.effect.told.orders, two.effect.told.sales) == (2, of_toman(110))
    assert (two.effect.holdout.orders, two.effect.holdout.sales) == (1, of_toman(1_000))


async def test_what_fell_through_is_not_counted(store: Store, manager: Actor) -> None:
    async with store.unit_of_work() as uow:
        campaign = await a_campaign(uow, manager)
        shops = await many_shops(uow, 4)
        await recipients(uow, campaign, shops)
        await an_order_at(uow, shops[0], NOW + DAY, of_toman(1), status="cancelled")
        await an_order_at(uow, shops[1], NOW + DAY, of_toman(10), status="rejected")
        void = await an_order_at(uow, shops[2], NOW + DAY, of_toman(100), status="delivered")
        part = await an_order_at(uow, shops[3], NOW + DAY, of_toman(1_000), status="part_delivered")
        for number, order_id, shop, net, is_void in (
            (1, void, shops[2], 1_000, True),
            (2, part, shops[3], 4_000, False),
        ):
            await uow.connection.execute(
                insert(invoices).values(
                    number=number, customer_id=shop[0], order_id=order_id, issued_on=date(2026, 11, 22),
                    due_on=date(2026, 11, 22), term={}, gross_rials=net, net_rials=net, vat_rials=0,
                    total_rials=net, open_rials=0, is_void=is_void, created_at=NOW,
                )
            )  # fmt: skip
    report = await reported(store, campaign, manager)
    assert (report.effect.told.orders, report.effect.told.sales) == (1, of_toman(400))


async def test_only_the_last_version_of_an_order_costs_anything(store: Store, manager: Actor) -> None:
    async with store.unit_of_work() as uow:
        promotion = await a_kept_promotion(uow, Bonus(steps=TEN_AND_ONE))
        other = await a_kept_promotion(uow, Bonus(steps=TEN_AND_ONE))
        campaign = await a_campaign(uow, manager, promotion_id=promotion.id)
        (shop,) = await many_shops(uow, 1)
        await recipients(uow, campaign, [shop])
        order_id = await an_order_at(uow, shop, NOW + DAY, of_toman(500))
        await uow.applied.keep(order_id, 0, shop[0], [given(promotion, 900)], {}, NOW)
        kept = [given(promotion, 70), given(other, 5_000)]
        await uow.applied.keep(order_id, 1, shop[0], kept, {}, NOW, is_change=True)
    report = await reported(store, campaign, manager)
    assert report.effect.discount == Money(70)
    assert campaign.id is not None
    async with store.reading() as uow:
        _report, (buyer,), has_more = await wishes.list_buyers(uow, manager, campaign.id, 1)
    assert (buyer.amount, buyer.discount, has_more) == (of_toman(500), Money(70), False)


async def test_without_costs_in_the_books_there_is_no_margin(store: Store, manager: Actor) -> None:
    async with store.unit_of_work() as uow:
        campaign = await the_example(uow, manager)
        await uow.connection.execute(update(products).values(cost_rials=None))
    report = await reported(store, campaign, manager)
    assert report.effect.margin is None
    assert report.effect.roi is None
    assert report.effect.incremental_sales is not None


async def test_before_the_week_is_over_it_is_a_report_up_to_today(
    store: Store, manager: Actor, persian: Language
) -> None:
    async with store.unit_of_work() as uow:
        campaign = await the_example(uow, manager)
    report = await reported(store, campaign, manager, 2 * DAY + timedelta(hours=1))
    assert not report.is_whole
    assert screen(report, persian).text.startswith("📊 «ضدآفتاب پاییزه» — تا امروز (روز ۳)")


async def test_lists_are_for_managers(store: Store, manager: Actor) -> None:
    async with store.unit_of_work() as uow:
        campaign = await the_example(uow, manager)
        visitor = await a_colleague(uow, Role.VISITOR)
    assert campaign.id is not None
    async with store.reading() as uow:
        _report, found, has_more = await wishes.list_buyers(uow, manager, campaign.id, 6)
        assert (len(found), has_more) == (1, False)
        _report, idle, has_more = await wishes.list_clickers(uow, manager, campaign.id, 1)
        assert (len(idle), has_more) == (8, True)
        for asked in (
            wishes.open_report(uow, visitor, campaign.id, AFTER),
            wishes.list_sent(uow, visitor, 1),
            list_gaps(uow, visitor, 1, NOW),
        ):
            with pytest.raises(NotFound):
                await asked
        with pytest.raises(NotFound):
            await wishes.open_report(uow, manager, 999, AFTER)


async def test_the_whole_list_marks_the_holdout_and_leaves_a_trace(store: Store, manager: Actor) -> None:
    async with store.unit_of_work() as uow:
        campaign = await the_example(uow, manager)
    assert campaign.id is not None
    async with store.unit_of_work() as uow:
        _report, found = await wishes.whole_list(uow, manager, campaign.id, AFTER)
    assert (len(found), sum(each.is_holdout for each in found)) == (43, 2)
    async with store.reading() as uow:
        kept = await uow.connection.scalar(
            select(audit.c.subject_id).where(audit.c.action == "campaign.exported")
        )
    assert kept == campaign.id


async def test_visitors_get_their_tasks_once(store: Store, manager: Actor) -> None:
    async with store.unit_of_work() as uow:
        visitor = await a_colleague(uow, Role.VISITOR)
        campaign = await a_campaign(uow, manager)
        shops = await many_shops(uow, 4)
        await recipients(uow, campaign, shops)
        await clicked(uow, campaign, shops[:3])
        await an_order_at(uow, shops[0], NOW + DAY, of_toman(1))
        made = insert(routes).values(name="غرب ۳", weekdays="5,0,2", visitor_id=visitor.staff_id)
        key = (await uow.connection.execute(made)).inserted_primary_key
        assert key is not None
        await uow.connection.execute(
            update(outlets).where(outlets.c.customer_id == shops[1][0]).values(route_id=key[0])
        )
    assert campaign.id is not None
    async with store.reading() as uow:
        asked = await wishes.ask_work(uow, manager, campaign.id, AFTER)
    assert (asked.count, asked.without_visitor) == (2, 1)
    for expected in (2, 0):
        async with store.unit_of_work() as uow:
            assert (await wishes.make_work(uow, manager, campaign.id, AFTER)).count == expected
    async with store.reading() as uow:
        rows = (await uow.connection.execute(select(tasks).order_by(tasks.c.customer_id))).all()
        words = (await uow.connection.execute(select(notifications))).all()
    assert [(row.kind, row.role, row.staff_id) for row in rows] == [
        ("campaign_visit", "visitor", visitor.staff_id),
        ("campaign_visit", "visitor", None),
    ]
    assert [(row.kind, row.staff_id, row.facts["count"]) for row in words] == [
        ("campaign_work", visitor.staff_id, 1)
    ]


async def test_the_report_comes_by_itself_once_when_the_week_is_over(store: Store, manager: Actor) -> None:
    async with store.unit_of_work() as uow:
        campaign = await the_example(uow, manager)
        running = await a_campaign(uow, manager, name="هنوز")
        ended = replace(campaign, state=CampaignState.FINISHED, ended_at=NOW)
        await uow.campaigns.save(ended)
    assert await sweep_campaign_reports(store, NOW + 6 * DAY) == 0
    assert await sweep_campaign_reports(store, AFTER) == 1
    assert await sweep_campaign_reports(store, AFTER + DAY) == 0
    async with store.reading() as uow:
        (told,) = (await uow.connection.execute(select(notifications))).all()
        assert (await uow.campaigns.get(running.id or 0)).reported_at is None
    assert (told.kind, told.staff_id, told.subject_id) == ("campaign_report", manager.staff_id, campaign.id)
    assert report_of(told.facts).effect.told.orders == 41


async def test_what_was_sent_is_listed_the_last_one_first(store: Store, manager: Actor) -> None:
    async with store.unit_of_work() as uow:
        await a_campaign(uow, manager, name="پیش‌نویس", state=CampaignState.DRAFT, started_at=None)
        old = await a_campaign(uow, manager, name="قدیمی", started_at=NOW - DAY, state=CampaignState.FINISHED)
        new = await a_campaign(uow, manager, name="تازه")
        shops = await many_shops(uow, 4)
        await recipients(uow, new, shops[:2])
        await recipients(uow, new, shops[2:3], state="new", sent_at=None)
        await recipients(uow, new, shops[3:], state="held", is_holdout=True)
    async with store.reading() as uow:
        found, page, has_more = await wishes.list_sent(uow, manager, 0)
    assert [each.campaign_id for each in found] == [new.id, old.id]
    assert (found[0].delivered, found[0].total, page, has_more) == (2, 3, 1, False)


async def test_good_customers_who_heard_nothing_are_listed(store: Store, manager: Actor) -> None:
    async with store.unit_of_work() as uow:
        silent, ordered, told, never, other = await many_shops(uow, 5)
        mine = customers.c.id.in_([each[0] for each in (silent, ordered, told, never)])
        await uow.connection.execute(update(customers).where(mine).values(segment="A"))
        await uow.connection.execute(update(customers).where(customers.c.id == other[0]).values(segment="B"))
        await an_order_at(uow, silent, NOW - 9 * DAY, of_toman(1))
        await an_order_at(uow, silent, NOW - 20 * DAY, of_toman(1))
        await an_order_at(uow, ordered, NOW - 6 * DAY, of_toman(1))
        campaign = await a_campaign(uow, manager)
        await recipients(uow, campaign, [told], sent_at=NOW - DAY)
    async with store.reading() as uow:
        found, _page, has_more = await list_gaps(uow, manager, 1, NOW)
    assert [(each.customer_id, each.days(NOW)) for each in found] == [(never[0], None), (silent[0], 9)]
    assert not has_more
