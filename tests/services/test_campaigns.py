"""Campaigns as managers make, schedule, stop and correct them, on both databases."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import func, insert, select, update

from domain.actors import Actor
from domain.audiences import CampaignWarning, Exclusion
from domain.campaign_errors import (
    CampaignFixed,
    CampaignNotReady,
    CampaignTextTooLong,
    NobodyToTell,
    PriceOfNothing,
    QuietThen,
    TimePassed,
    UnknownVariables,
)
from domain.campaigns import Campaign, CampaignButtons, CampaignKind, CampaignState, PauseReason
from domain.customers import CustomerKind
from domain.errors import ChangedMeanwhile, NotFound, SamePerson
from domain.money import Rate, of_toman
from domain.promotion_rules import PromotionStep, Scope, Tier
from domain.segment_facts import segment_facts
from domain.segments import AllOf, KindIn, Not, SavedList, SegmentRefused
from domain.staff import Role
from jobs.campaigns import sweep_campaigns
from services import campaigns
from storage.tables.campaigns import campaign_recipients
from storage.tables.catalogue import stock
from storage.tables.messages import notifications
from storage.tables.people import customers
from storage.tables.surveys import tickets
from storage.unit_of_work import Store, UnitOfWork
from tests.builders.campaigns import MORNING, TEXT, a_campaign, opted_out, send, shops, told_before
from tests.builders.catalogue import a_price, a_product
from tests.builders.credit import an_open_invoice, million
from tests.builders.orders import a_member_of_staff
from tests.builders.promotions import a_kept_promotion
from tests.conftest import NOW

PHARMACIES = KindIn(frozenset({CustomerKind.PHARMACY}))
TOMORROW = MORNING + timedelta(days=1)


async def a_manager(uow: UnitOfWork) -> Actor:
    return await a_member_of_staff(uow, Role.MANAGER)


async def told_kinds(store: Store) -> list[str]:
    async with store.reading() as uow:
        found = await uow.connection.scalars(select(notifications.c.kind).order_by(notifications.c.id))
        return list(found)


async def states(store: Store, campaign_id: int) -> dict[str, int]:
    rows = campaign_recipients.c
    async with store.reading() as uow:
        found = await uow.connection.execute(
            select(rows.state, func.count().label("n"))
            .where(rows.campaign_id == campaign_id)
            .group_by(rows.state)
        )
        return {row.state: row.n for row in found}


async def test_s5_4_counts_412_customers_and_sets_36_of_360_aside(store: Store) -> None:
    async with store.unit_of_work() as uow:
        manager = await a_manager(uow)
        await shops(uow, 360)
        await shops(uow, 23, is_connected=False)
        for customer_id in await shops(uow, 9):
            await opted_out(uow, customer_id)
        for customer_id in await shops(uow, 14):
            await told_before(uow, customer_id, 2, manager.staff_id or 0, MORNING - timedelta(days=2))
        await shops(uow, 6, is_blocked=True)
        for customer_id in await shops(uow, 30):
            await uow.connection.execute(
                update(customers).where(customers.c.id == customer_id).values(kind="salon")
            )
        draft = await a_campaign(uow, manager, conditions=segment_facts(PHARMACIES))
        found = await campaigns.count(uow, manager, draft.id or 0, MORNING)
    assert found.matched == 412
    assert dict(found.excluded) == {
        Exclusion.NOT_CONNECTED: 23,
        Exclusion.OPTED_OUT: 9,
        Exclusion.CAPPED: 14,
        Exclusion.BLOCKED: 6,
    }
    assert (found.sendable, found.holdout, found.with_holdout) == (360, 36, 324)
    async with store.unit_of_work() as uow:
        chosen = await campaigns.change(uow, manager, replace(draft, holdout_percent=10), MORNING)
        begun = await campaigns.start_now(uow, manager, chosen.id or 0, chosen.version, MORNING)
        rows = campaign_recipients.c
        held = await uow.connection.scalar(
            select(func.count()).where(rows.campaign_id == begun.id, rows.is_holdout)
        )
    assert begun.state is CampaignState.RUNNING
    assert begun.counts["matched"] == 412
    assert (begun.counts["sendable"], begun.counts["holdout"], held) == (360, 36, 36)
    assert await states(store, begun.id or 0) == {"new": 360}


async def test_only_managers_know_campaigns(store: Store) -> None:
    async with store.unit_of_work() as uow:
        manager, visitor = await a_manager(uow), await a_member_of_staff(uow, Role.VISITOR)
        draft = await a_campaign(uow, manager)
        with pytest.raises(NotFound):
            await campaigns.get(uow, visitor, draft.id or 0)
        with pytest.raises(NotFound):
            await campaigns.start_now(uow, visitor, draft.id or 0, draft.version, MORNING)


async def test_a_text_that_says_too_much_or_nothing_is_refused(store: Store) -> None:
    async with store.unit_of_work() as uow:
        manager = await a_manager(uow)
        draft = await a_campaign(uow, manager)
        with pytest.raises(UnknownVariables) as unknown:
            await campaigns.change(uow, manager, replace(draft, text="{نام_مشتری} عزیز، {نام_مرکز}"), MORNING)
        assert unknown.value.names == ("نام_مشتری",)
        with pytest.raises(PriceOfNothing):
            await campaigns.change(uow, manager, replace(draft, text="قیمت: {قیمت_شما}"), MORNING)
        with pytest.raises(PriceOfNothing):
            await campaigns.change(uow, manager, replace(draft, buttons=CampaignButtons.BUY), MORNING)
        photo = await uow.files.put("photo.png", "image/png", b"x", NOW)
        with pytest.raises(CampaignTextTooLong) as long:
            await campaigns.change(
                uow, manager, replace(draft, text="م" * (1_024 + 87), photo_file_id=photo), MORNING
            )
        assert (long.value.most, long.value.over, long.value.has_photo) == (1_024, 87, True)
        await campaigns.change(uow, manager, replace(draft, text="م" * 1_024, photo_file_id=photo), MORNING)


async def test_what_was_changed_meanwhile_is_not_overwritten(store: Store) -> None:
    async with store.unit_of_work() as uow:
        manager = await a_manager(uow)
        draft = await a_campaign(uow, manager)
        changed = await campaigns.change(uow, manager, replace(draft, name="پاییزه"), MORNING)
        assert changed.version == draft.version + 1
        with pytest.raises(ChangedMeanwhile):
            await campaigns.change(uow, manager, replace(draft, name="دیگری"), MORNING)
        with pytest.raises(ChangedMeanwhile):
            await campaigns.start_now(uow, manager, draft.id or 0, draft.version, MORNING)
        log = await uow.audit.list_of("campaign", draft.id or 0)
    assert [action for action, _facts in log] == ["campaign.drafted", "campaign.changed", "campaign.changed"]
    assert log[-1][1] == {"name": "پاییزه"}


async def test_in_quiet_hours_the_next_allowed_time_is_proposed(store: Store) -> None:
    """«۲۲:۳۰ ساعت آرام است؛ فردا ۹:۰۰ بفرستم؟»"""
    late = datetime(2026, 11, 21, 19, 0, tzinfo=UTC)
    nine = datetime(2026, 11, 22, 5, 30, tzinfo=UTC)
    async with store.unit_of_work() as uow:
        manager = await a_manager(uow)
        await shops(uow, 1)
        draft = await a_campaign(uow, manager)
        for starting in (
            campaigns.schedule(uow, manager, draft.id or 0, draft.version, late, MORNING),
            campaigns.start_now(uow, manager, draft.id or 0, draft.version, late),
        ):
            with pytest.raises(QuietThen) as quiet:
                await starting
            assert (quiet.value.at, quiet.value.proposed) == (late, nine)
        with pytest.raises(TimePassed):
            await campaigns.schedule(uow, manager, draft.id or 0, draft.version, NOW, MORNING)


async def test_a_campaign_without_text_or_audience_does_not_go_out(store: Store) -> None:
    async with store.unit_of_work() as uow:
        manager = await a_manager(uow)
        draft = await campaigns.make_draft(uow, manager, CampaignKind.ANNOUNCEMENT, MORNING)
        with pytest.raises(CampaignNotReady):
            await campaigns.start_now(uow, manager, draft.id or 0, draft.version, MORNING)
        named = await campaigns.change(uow, manager, replace(draft, text=TEXT), MORNING)
        assert named.name == TEXT[:40]
        with pytest.raises(NobodyToTell):
            await campaigns.start_now(uow, manager, draft.id or 0, named.version, MORNING)


async def test_what_is_scheduled_starts_by_itself_once(store: Store) -> None:
    async with store.unit_of_work() as uow:
        manager = await a_manager(uow)
        await shops(uow, 3)
        draft = await a_campaign(uow, manager)
        await campaigns.schedule(uow, manager, draft.id or 0, draft.version, TOMORROW, MORNING)
    assert await sweep_campaigns(store, MORNING) == 0
    async with store.unit_of_work() as uow:
        # Whoever joins before it starts gets it, too: the audience is frozen then.
        await shops(uow, 1)
    assert await sweep_campaigns(store, TOMORROW) == 1
    assert await sweep_campaigns(store, TOMORROW) == 0
    assert await states(store, draft.id or 0) == {"new": 4}
    assert await told_kinds(store) == ["campaign_started"]


async def test_nothing_starts_in_quiet_hours_however_late_the_clock_comes(store: Store) -> None:
    async with store.unit_of_work() as uow:
        manager = await a_manager(uow)
        await shops(uow, 1)
        draft = await a_campaign(uow, manager)
        await campaigns.schedule(uow, manager, draft.id or 0, draft.version, TOMORROW, MORNING)
    night = TOMORROW + timedelta(hours=11)
    assert await sweep_campaigns(store, night) == 0
    assert await sweep_campaigns(store, night + timedelta(hours=12)) == 1


async def test_what_can_no_longer_be_sent_is_a_draft_again(store: Store) -> None:
    async with store.unit_of_work() as uow:
        manager = await a_manager(uow)
        await shops(uow, 1)
        product = await a_product(uow)
        draft = await a_campaign(uow, manager, product_id=product.id)
        await campaigns.schedule(uow, manager, draft.id or 0, draft.version, TOMORROW, MORNING)
        await uow.connection.execute(update(stock).values(on_hand=0))
    assert await sweep_campaigns(store, TOMORROW) == 0
    async with store.reading() as uow:
        assert (await uow.campaigns.get(draft.id or 0)).state is CampaignState.DRAFT
    assert await told_kinds(store) == ["campaign_not_started"]


async def a_large_one(uow: UnitOfWork, manager: Actor) -> Campaign:
    """Of three recipients, where two managers must agree above two."""
    await uow.company.decide("push.second_manager_above", 2, NOW)
    await shops(uow, 3)
    return await a_campaign(uow, manager)


async def test_many_recipients_need_a_second_manager_who_is_somebody_else(store: Store) -> None:
    async with store.unit_of_work() as uow:
        manager, other = await a_manager(uow), await a_manager(uow)
        draft = await a_large_one(uow, manager)
        waits = await campaigns.start_now(uow, manager, draft.id or 0, draft.version, MORNING)
        assert waits.state is CampaignState.SCHEDULED
    assert await sweep_campaigns(store, MORNING) == 0
    assert await told_kinds(store) == ["campaign_approval"]
    async with store.unit_of_work() as uow:
        with pytest.raises(SamePerson):
            await campaigns.approve(uow, manager, draft.id or 0, waits.version, MORNING)
        with pytest.raises(ChangedMeanwhile):
            await campaigns.approve(uow, other, draft.id or 0, waits.version - 1, MORNING)
        begun = await campaigns.approve(uow, other, draft.id or 0, waits.version, MORNING)
    assert (begun.state, begun.approved_by) == (CampaignState.RUNNING, other.staff_id)
    assert await states(store, draft.id or 0) == {"new": 3}


async def test_what_changes_after_it_was_agreed_to_must_be_agreed_to_again(store: Store) -> None:
    async with store.unit_of_work() as uow:
        manager, other = await a_manager(uow), await a_manager(uow)
        draft = await a_large_one(uow, manager)
        waits = await campaigns.schedule(uow, manager, draft.id or 0, draft.version, TOMORROW, MORNING)
        agreed = await campaigns.approve(uow, other, draft.id or 0, waits.version, MORNING)
        changed = await campaigns.change(uow, manager, replace(agreed, text="متن دیگر"), MORNING)
        assert changed.approved_by is None
    assert await sweep_campaigns(store, TOMORROW) == 0
    assert await told_kinds(store) == ["campaign_approval", "campaign_approval"]
    async with store.unit_of_work() as uow:
        sent_back = await campaigns.refuse(uow, other, draft.id or 0, changed.version, TOMORROW)
    assert (sent_back.state, sent_back.start_at) == (CampaignState.DRAFT, None)
    assert (await told_kinds(store))[-1] == "campaign_refused"


async def test_it_rests_goes_on_and_is_finished_when_nobody_is_left(store: Store) -> None:
    async with store.unit_of_work() as uow:
        manager = await a_manager(uow)
        await shops(uow, 5)
        draft = await a_campaign(uow, manager)
        await campaigns.start_now(uow, manager, draft.id or 0, draft.version, MORNING)
        with pytest.raises(CampaignFixed):
            await campaigns.change(uow, manager, await uow.campaigns.get(draft.id or 0), MORNING)
    campaign_id = draft.id or 0
    async with store.unit_of_work() as uow:
        await send(uow, campaign_id, 2, MORNING)
        rests = await campaigns.pause(uow, manager, campaign_id, MORNING)
        assert rests.state is CampaignState.PAUSED
        assert await campaigns.pause(uow, manager, campaign_id, MORNING) == rests
        why = await campaigns.pause_because(uow, manager, campaign_id, PauseReason.WRONG_TEXT, MORNING)
        assert why.pause_reason is PauseReason.WRONG_TEXT
        right = await campaigns.correct_text(uow, manager, campaign_id, "متن درست", MORNING, for_all=True)
        assert (right.text, right.text_version, right.corrects_sent) == ("متن درست", 1, True)
        await campaigns.resume(uow, manager, campaign_id, MORNING)
    assert await sweep_campaigns(store, MORNING) == 0
    async with store.unit_of_work() as uow:
        await send(uow, campaign_id, 3, MORNING)
    assert await sweep_campaigns(store, MORNING) == 1
    assert await told_kinds(store) == ["campaign_finished"]
    async with store.reading() as uow:
        done = await uow.campaigns.get(campaign_id)
        actions = [action for action, _ in await uow.audit.list_of("campaign", campaign_id)]
    assert (done.state, done.ended_at) == (CampaignState.FINISHED, MORNING)
    assert actions[2:] == [
        "campaign.started", "campaign.paused", "campaign.paused", "campaign.corrected", "campaign.resumed",
        "campaign.finished",
    ]  # fmt: skip


async def test_the_rest_gets_nothing_when_it_is_ended(store: Store) -> None:
    async with store.unit_of_work() as uow:
        manager = await a_manager(uow)
        await shops(uow, 5)
        draft = await a_campaign(uow, manager)
        await campaigns.start_now(uow, manager, draft.id or 0, draft.version, MORNING)
        await send(uow, draft.id or 0, 2, MORNING)
        ended = await campaigns.end(uow, manager, draft.id or 0, MORNING)
        assert await campaigns.end(uow, manager, draft.id or 0, MORNING) == ended
        with pytest.raises(CampaignFixed):
            await campaigns.resume(uow, manager, draft.id or 0, MORNING)
    assert ended.state is CampaignState.CANCELLED
    assert await states(store, draft.id or 0) == {"sent": 2, "skipped": 3}


async def test_each_shop_reads_its_own_price_and_who_cannot_buy_is_left_out(store: Store) -> None:
    async with store.unit_of_work() as uow:
        manager = await a_manager(uow)
        first, second, third = await shops(uow, 3)
        product = await a_product(uow, "ضدآفتاب", toman=None)
        for customer_id, toman in ((first, 312_000), (second, 298_000)):
            await a_price(uow, product.id, toman, customer_id=customer_id)
        draft = await a_campaign(
            uow, manager, product_id=product.id, text="{نام_مرکز}: {قیمت_شما}", quantity=12
        )
        counted = await campaigns.count(uow, manager, draft.id or 0, MORNING)
        assert dict(counted.excluded) == {Exclusion.NOT_SOLD: 1}
        await campaigns.start_now(uow, manager, draft.id or 0, draft.version, MORNING)
        rows = campaign_recipients.c
        found = await uow.connection.execute(select(rows.id, rows.customer_id))
        ids = {row.id: row.customer_id for row in found}
        assert set(ids.values()) == {first, second}
        messages = await campaigns.messages_for(uow, list(ids), MORNING)
        priced = {ids[key]: each.price for key, each in messages.items()}
        assert priced == {first: of_toman(312_000), second: of_toman(298_000)}
        assert {each.quantity for each in messages.values()} == {12}
        shown = await campaigns.preview(uow, manager, draft.id or 0, None, MORNING)
        assert (shown.customer_id, shown.recipient_id, shown.price) == (first, None, of_toman(312_000))
        assert await campaigns.other_example(uow, manager, draft.id or 0, first, MORNING) in {second, first}
        none = await campaigns.preview(uow, manager, draft.id or 0, third, MORNING)
        assert none.price is None
        await uow.connection.execute(update(stock).values(on_hand=0))
        assert await campaigns.messages_for(uow, list(ids), MORNING) == {}


async def test_a_promotion_lends_its_name_its_end_and_its_only_product(store: Store) -> None:
    async with store.unit_of_work() as uow:
        manager = await a_manager(uow)
        await shops(uow, 20)
        product = await a_product(uow, "ضدآفتاب", on_hand=30)
        rule = Tier(steps=(PromotionStep(at=12, rate=Rate(700)),))
        promotion = await a_kept_promotion(
            uow, rule, Scope(product_ids=frozenset({product.id})), ends_on=date(2026, 12, 1)
        )  # fmt: skip
        assert [each.promotion.id for each in await campaigns.list_promotions(uow, manager, MORNING)] == [
            promotion.id
        ]
        draft = await campaigns.make_draft(
            uow, manager, CampaignKind.PROMOTION, MORNING, promotion_id=promotion.id
        )
        assert (draft.name, draft.product_id, draft.ends_on) == (
            promotion.name, product.id, date(2026, 12, 1),
        )  # fmt: skip
        wanted = replace(draft, text=TEXT, quantity=12, buttons=CampaignButtons.BOTH)
        ready = await campaigns.change(uow, manager, wanted, MORNING)
        found = await campaigns.outlook(uow, manager, ready.id or 0, MORNING)
        assert (found.recipients, found.available) == (20, 30)
        assert found.warnings == (CampaignWarning.LITTLE_STOCK,)
        begun = await campaigns.start_now(uow, manager, ready.id or 0, ready.version, MORNING)
        ids = list(await uow.connection.scalars(select(campaign_recipients.c.id)))
        assert len(await campaigns.messages_for(uow, ids, MORNING)) == 20
        over = datetime(2026, 12, 2, 8, 0, tzinfo=UTC)
        assert await campaigns.messages_for(uow, ids, over) == {}
    assert begun.state is CampaignState.RUNNING


async def test_a_list_may_name_another_but_never_itself(store: Store) -> None:
    async with store.unit_of_work() as uow:
        manager = await a_manager(uow)
        await shops(uow, 2)
        plain = await campaigns.save_list(uow, manager, "داروخانه‌ها", PHARMACIES, NOW)
        other = await campaigns.save_list(uow, manager, "بقیه", Not(SavedList(plain.id)), NOW)
        draft = await a_campaign(uow, manager, conditions=segment_facts(SavedList(other.id)))
        assert (await campaigns.count(uow, manager, draft.id or 0, MORNING)).matched == 0
        again = await campaigns.save_list(uow, manager, "داروخانه‌ها", Not(PHARMACIES), NOW)
        assert again.id == plain.id
        assert (await campaigns.count(uow, manager, draft.id or 0, MORNING)).matched == 2
        assert {each.name for each in await campaigns.list_saved(uow, manager)} == {"داروخانه‌ها", "بقیه"}
        names = await campaigns.names_of(uow, (AllOf((SavedList(plain.id),)),))
        assert names.lists == {plain.id: "داروخانه‌ها"}
    with pytest.raises(SegmentRefused):
        async with store.unit_of_work() as uow:
            await campaigns.save_list(uow, manager, "داروخانه‌ها", SavedList(other.id), NOW)
    async with store.unit_of_work() as uow:
        await campaigns.remove_list(uow, manager, plain.id, NOW)
        assert (await campaigns.count(uow, manager, draft.id or 0, MORNING)).matched == 2


async def test_drafts_schedules_and_reports_are_listed(store: Store) -> None:
    async with store.unit_of_work() as uow:
        manager = await a_manager(uow)
        await shops(uow, 2)
        first, second, third = [await a_campaign(uow, manager) for _ in range(3)]
        await campaigns.start_now(uow, manager, first.id or 0, first.version, MORNING)
        await campaigns.schedule(uow, manager, second.id or 0, second.version, TOMORROW, MORNING)
        copied = await campaigns.copy(uow, manager, first.id or 0, MORNING)
        counted = await campaigns.tally(uow, manager)
        assert (counted.drafts, counted.scheduled, counted.running, counted.done) == (2, 1, 1, 0)
        drafts = [each.id for each in await campaigns.list_drafts(uow, manager)]
        assert drafts == [copied.id, third.id]
        assert [each.id for each in await campaigns.list_scheduled(uow, manager)] == [second.id]
        found, how_many = await campaigns.list_reports(uow, manager, 1)
        assert ([each.id for each in found], how_many) == ([first.id], 1)
        await campaigns.cancel(uow, manager, third.id or 0, third.version, MORNING)
        waits = await uow.campaigns.get(second.id or 0)
        await campaigns.unschedule(uow, manager, second.id or 0, waits.version, MORNING)
        assert (await campaigns.tally(uow, manager)).drafts == 2


async def test_open_complaints_and_old_debts_are_spared_unless_a_manager_says_so(store: Store) -> None:
    async with store.unit_of_work() as uow:
        manager = await a_manager(uow)
        angry, late, _fine = await shops(uow, 3)
        await uow.connection.execute(
            insert(tickets).values(
                number=1, kind="survey", customer_id=angry, subject="x", state="open", due_at=NOW,
                created_at=NOW,
            )
        )  # fmt: skip
        await an_open_invoice(uow, late, million(1), date(2026, 10, 1))
        draft = await a_campaign(uow, manager)
        found = await campaigns.count(uow, manager, draft.id or 0, MORNING)
        assert dict(found.excluded) == {Exclusion.COMPLAINT: 1, Exclusion.OVERDUE: 1}
        both = replace(draft, with_complaints=True, with_overdue=True)
        await campaigns.change(uow, manager, both, MORNING)
        assert (await campaigns.count(uow, manager, draft.id or 0, MORNING)).sendable == 3
