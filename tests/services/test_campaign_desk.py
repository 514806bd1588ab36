"""What a manager says of a campaign, part by part, on both databases."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from domain.actors import Actor
from domain.audience_forms import Criterion, number_of
from domain.calendar import TEHRAN
from domain.campaign_errors import NotAPicture, PriceOfNothing, TimePassed
from domain.campaigns import Campaign, CampaignButtons, CampaignKind
from domain.customers import CustomerKind
from domain.errors import NotFound
from domain.money import Rate
from domain.promotion_errors import NothingSoNamed
from domain.promotion_rules import Bonus, PromotionStep, Scope, Tier
from domain.segment_facts import segment_of
from domain.segments import AllOf, KindIn
from domain.staff import Role
from services import campaign_desk as desk
from services import campaigns
from storage.unit_of_work import Store, UnitOfWork
from tests.builders.campaigns import MORNING, a_campaign, shops
from tests.builders.catalogue import a_category, a_product
from tests.builders.orders import a_member_of_staff
from tests.builders.people import a_centre
from tests.builders.promotions import a_kept_promotion
from tests.conftest import NOW

PNG = b"\x89PNG\r\n\x1a\n"
SEVEN_FROM_TWELVE = Tier(steps=(PromotionStep(at=12, rate=Rate(700)),))


async def a_manager(uow: UnitOfWork) -> Actor:
    return await a_member_of_staff(uow, Role.MANAGER)


async def about(uow: UnitOfWork, manager: Actor, *product_ids: int) -> Campaign:
    """A draft about a promotion on these products."""
    promotion = await a_kept_promotion(
        uow, SEVEN_FROM_TWELVE, Scope(product_ids=frozenset(product_ids)), ends_on=date(2026, 12, 1)
    )
    return await campaigns.make_draft(uow, manager, CampaignKind.PROMOTION, NOW, promotion_id=promotion.id)


async def test_a_button_that_buys_brings_the_quantity_of_the_promotion(store: Store) -> None:
    async with store.unit_of_work() as uow:
        manager = await a_manager(uow)
        by_five = await a_product(uow, minimum=5, multiple=5)
        draft = await about(uow, manager, by_five.id)
        assert draft.product_id == by_five.id
        kept = await desk.pick_buttons(uow, manager, draft.id or 0, CampaignButtons.BUY, NOW)
        assert kept.quantity == 15, "twelve, rounded up to what is sold"
        kept = await desk.pick_quantity(uow, manager, draft.id or 0, "۲۰ تا", NOW)
    async with store.reading() as uow:
        assert (await uow.campaigns.get(draft.id or 0)).quantity == 20


async def test_of_several_goods_one_is_shown_and_the_promotion_stays(store: Store) -> None:
    async with store.unit_of_work() as uow:
        manager = await a_manager(uow)
        first, second = await a_product(uow, "کرم الف"), await a_product(uow, "کرم ب")
        draft = await about(uow, manager, first.id, second.id)
        assert draft.product_id is None
        with pytest.raises(PriceOfNothing):
            await desk.set_text(uow, manager, draft.id or 0, "قیمت: {قیمت_شما}", NOW)
        offered = await desk.goods_of(uow, manager, draft, NOW)
        assert set(offered.products) == {first.id, second.id}
        kept = await desk.set_subject(uow, manager, draft.id or 0, NOW, product_id=second.id)
        assert (kept.product_id, kept.promotion_id) == (second.id, draft.promotion_id)
        kept = await desk.pick_buttons(uow, manager, draft.id or 0, CampaignButtons.BOTH, NOW)
        bonus = await a_kept_promotion(uow, Bonus(steps=(PromotionStep(at=10, free=1),)))
        kept = await desk.set_subject(uow, manager, draft.id or 0, NOW, promotion_id=bonus.id)
        assert (kept.product_id, kept.buttons) == (None, CampaignButtons.NONE)
        kept = await desk.set_subject(uow, manager, draft.id or 0, NOW)
        assert kept.promotion_id is None


async def test_only_pictures_are_kept_as_pictures(store: Store) -> None:
    async with store.unit_of_work() as uow:
        manager = await a_manager(uow)
        draft = await a_campaign(uow, manager)
        which = draft.id or 0
        with pytest.raises(NotAPicture):
            await desk.keep_own_photo(uow, manager, which, "a.pdf", "application/pdf", b"%PDF-1.7", NOW)
        with pytest.raises(NotFound):
            await desk.pick_photo(uow, manager, which, NOW, of_product=True)
        kept = await desk.keep_own_photo(uow, manager, which, "a.png", "image/png", PNG, NOW)
        assert (await uow.files.get(kept.photo_file_id or 0)).content == PNG
        kept = await desk.pick_photo(uow, manager, which, NOW, of_product=False)
        assert kept.photo_file_id is None


async def test_a_tick_changes_the_tree_and_nobody_else_may_tick(store: Store) -> None:
    async with store.unit_of_work() as uow:
        manager = await a_manager(uow)
        draft = await a_campaign(uow, manager)
        which, pharmacy = draft.id or 0, number_of(CustomerKind.PHARMACY.value)
        visitor = await a_member_of_staff(uow, Role.VISITOR)
        with pytest.raises(NotFound):
            await desk.tick(uow, visitor, which, 0, Criterion.KIND, pharmacy, NOW)
        with pytest.raises(NotFound):
            await desk.tick(uow, manager, which, 0, Criterion.KIND, number_of("nothing"), NOW)
        kept, _choices = await desk.tick(uow, manager, which, 0, Criterion.KIND, pharmacy, NOW)
        assert segment_of(kept.conditions) == AllOf((KindIn(frozenset({CustomerKind.PHARMACY})),))
        view, saved = await desk.keep_list(uow, manager, which, "داروخانه‌ها", NOW)
        assert segment_of(view.campaign.conditions) == saved.node
        found = await desk.found_options(uow, manager, Criterion.SAVED, "داروخانه")
        assert [each.name for each in found.lists] == ["داروخانه‌ها"]
        with pytest.raises(NothingSoNamed):
            await desk.found_options(uow, manager, Criterion.CITY, "ناکجا")


async def test_goods_are_offered_of_what_the_campaign_is_about(store: Store) -> None:
    async with store.unit_of_work() as uow:
        manager = await a_manager(uow)
        shelf = await a_category(uow, "ضدآفتاب")
        promotion = await a_kept_promotion(
            uow, SEVEN_FROM_TWELVE, Scope(category_ids=frozenset({shelf})), ends_on=date(2026, 12, 1)
        )
        draft = await campaigns.make_draft(
            uow, manager, CampaignKind.PROMOTION, NOW, promotion_id=promotion.id
        )
        assert dict((await desk.goods_offered(uow, draft)).categories) == {shelf: "ضدآفتاب"}
        bare = await a_campaign(uow, manager)
        assert (await desk.goods_offered(uow, bare)).is_empty


async def test_customers_are_called_by_name_or_code(store: Store) -> None:
    async with store.unit_of_work() as uow:
        manager = await a_manager(uow)
        first = await a_centre(uow, "داروخانه دکتر رضایی")
        await shops(uow, 2, name="داروخانه")
        assert set(await desk.customers_called(uow, manager, "رضايي")) == {first}
        assert len(await desk.customers_called(uow, manager, "داروخانه")) == 3
        with pytest.raises(NothingSoNamed):
            await desk.customers_called(uow, manager, "ناکجا")


async def test_times_are_offered_that_may_be_told(store: Store) -> None:
    """On Thursday afternoon «tomorrow at ten» is a Friday: Saturday is offered instead."""
    async with store.unit_of_work() as uow:
        manager = await a_manager(uow)
        at_ten = datetime(2026, 11, 22, 10, tzinfo=TEHRAN)
        assert await desk.offered_starts(uow, manager, NOW) == (
            datetime(2026, 11, 21, 17, tzinfo=TEHRAN),
            at_ten,
        )
        thursday = datetime(2026, 11, 26, 18, tzinfo=TEHRAN)
        assert await desk.offered_starts(uow, manager, thursday) == (
            datetime(2026, 11, 28, 9, tzinfo=TEHRAN),
        )
        assert await desk.proposed_instead(uow, manager, at_ten, NOW) is None
        late = datetime(2026, 11, 21, 22, 30, tzinfo=TEHRAN)
        assert await desk.proposed_instead(uow, manager, late, NOW) == at_ten - timedelta(hours=1)
        with pytest.raises(TimePassed):
            await desk.proposed_instead(uow, manager, NOW, NOW)


async def test_whom_we_would_spare_gets_it_only_when_a_manager_says_so(store: Store) -> None:
    async with store.unit_of_work() as uow:
        manager = await a_manager(uow)
        draft = await a_campaign(uow, manager)
        which = draft.id or 0
        kept = await desk.spare(uow, manager, which, NOW, with_complaints=True)
        assert (kept.with_complaints, kept.with_overdue) == (True, False)
        kept = await desk.spare(uow, manager, which, NOW, with_overdue=True)
        assert (kept.with_complaints, kept.with_overdue) == (True, True)
        kept = await desk.pick_holdout(uow, manager, which, 10, NOW)
        assert kept.holdout_percent == 10


async def test_nothing_is_shown_where_nobody_would_get_it(store: Store) -> None:
    async with store.unit_of_work() as uow:
        manager = await a_manager(uow)
        draft = await a_campaign(uow, manager)
        assert await desk.show(uow, manager, draft.id or 0, MORNING) is None
        first, second = await shops(uow, 2)
        shown = await desk.show(uow, manager, draft.id or 0, MORNING)
        assert shown is not None
        assert shown.customer_id == first
        other = await desk.show_other(uow, manager, draft.id or 0, first, MORNING)
        assert other is not None
        assert other.customer_id == second
        assert replace(other, customer_id=first, message=shown.message) == shown
