"""What a customer is told of promotions, on real databases (PRC-02)."""

from __future__ import annotations

from datetime import date

import pytest

from domain.customers import CustomerKind
from domain.errors import ChangedMeanwhile, NotFound
from domain.money import Rate
from domain.promotion_drafts import Part, drafted
from domain.promotion_errors import PromotionRefused
from domain.promotion_rules import LinePercent, OrderTier, Scope, Tier
from domain.promotions import Cap, Caps, Eligibility, PromotionState
from domain.staff import Role
from services.catalogue import open_category
from services.offers import deals_on, list_deals, marked, open_deal, open_goods
from services.promotions import begin_change, keep, list_page, move, open_one
from storage.unit_of_work import Store
from tests.builders.catalogue import a_product
from tests.builders.orders import a_buyer, a_member_of_staff
from tests.builders.pricing import SHAMPOO_STEPS, on, steps
from tests.builders.promotions import a_kept_promotion
from tests.conftest import NOW

FIVE = LinePercent(rate=Rate(500))


async def test_only_what_the_customer_may_have_is_offered(store: Store) -> None:
    async with store.unit_of_work() as uow:
        buyer = await a_buyer(uow)
        product = await a_product(uow)
        own = Eligibility(customer_ids=frozenset({buyer.require_customer().id}))
        kept = await a_kept_promotion(
            uow,
            Tier(steps=SHAMPOO_STEPS),
            on(product.id),
            eligibility=own,
            budget=Cap(rials=900),
            caps=Caps(customer=Cap(rials=1_000)),
        )
        await a_kept_promotion(uow, FIVE, eligibility=Eligibility(kinds=frozenset({CustomerKind.CHAIN})))
        await a_kept_promotion(uow, FIVE, state=PromotionState.PAUSED)
        await a_kept_promotion(uow, FIVE, starts_on=date(2027, 1, 1))
        other = await a_kept_promotion(uow, FIVE, eligibility=Eligibility(customer_ids=frozenset({0})))
        whole = await a_kept_promotion(uow, OrderTier(steps=steps((1_000, 2))), budget=Cap(rials=5_000))
        (deal, on_all) = await list_deals(uow, buyer, NOW)
        assert (deal.promotion.id, deal.goods) == (kept.id, (product.short_name,))
        assert deal.left == Cap(rials=900), "no more is promised than the budget holds"
        assert (on_all.promotion.id, on_all.left) == (whole.id, Cap()), "the budget is the company's business"
        _deal, shelf = await open_deal(uow, buyer, kept.id, NOW)
        assert shelf is not None
        assert [each.product.id for each in shelf.offers] == [product.id]
        assert (await open_deal(uow, buyer, whole.id, NOW))[1] is None
        with pytest.raises(NotFound):
            await open_deal(uow, buyer, other.id, NOW)


async def test_goods_on_promotion_are_found_and_marked(store: Store) -> None:
    async with store.unit_of_work() as uow:
        buyer, clerk = await a_buyer(uow), await a_member_of_staff(uow, Role.MANAGER)
        first, second = await a_product(uow), await a_product(uow)
        assert (await open_goods(uow, buyer, NOW)).offers == ()
        without = Scope(product_ids=frozenset({first.id, second.id}), excluded_ids=frozenset({second.id}))
        kept = await a_kept_promotion(uow, FIVE, without)
        await a_kept_promotion(uow, OrderTier(steps=steps((1_000, 2))))
        found = await open_goods(uow, buyer, NOW)
        assert [each.product.id for each in found.offers] == [first.id]
        assert [each.promotion.id for each in await deals_on(uow, buyer, found, NOW)] == [kept.id]
        assert await deals_on(uow, clerk, found, NOW) == ()
        shelf = await open_category(uow, first.category_id, buyer, NOW)
        assert (await marked(uow, buyer, shelf, NOW)).on_deal == {first.id}
        assert (await marked(uow, clerk, shelf, NOW)).on_deal == frozenset()


async def test_a_change_that_somebody_else_made_is_not_overwritten(store: Store) -> None:
    async with store.unit_of_work() as uow:
        manager = await a_member_of_staff(uow, Role.MANAGER)
        kept = await a_kept_promotion(uow, Tier(steps=SHAMPOO_STEPS), priority=7, code="T1")
        draft = await begin_change(uow, manager, kept.id, Part.UNTIL)
        changed = await keep(uow, manager, draft.said(Part.UNTIL, ends_on=date(2027, 3, 1)), NOW)
        assert (changed.promotion.version, changed.promotion.priority, changed.promotion.code) == (2, 7, "T1")
        with pytest.raises(ChangedMeanwhile):
            await keep(uow, manager, draft.said(Part.UNTIL), NOW)
        with pytest.raises(ChangedMeanwhile):
            await move(uow, manager, kept.id, PromotionState.PAUSED, 1, NOW)
        with pytest.raises(PromotionRefused):
            await keep(
                uow, manager, drafted(changed.promotion).said(Part.UNTIL, ends_on=date(2020, 1, 1)), NOW
            )
        await move(uow, manager, kept.id, PromotionState.ENDED, 2, NOW)
        for to in (PromotionState.ACTIVE, PromotionState.PAUSED):
            with pytest.raises(ChangedMeanwhile):
                await move(uow, manager, kept.id, to, 3, NOW)
        with pytest.raises(ChangedMeanwhile):
            await begin_change(uow, manager, kept.id, Part.STEPS)
        assert (await list_page(uow, manager, 1)).count == 1


async def test_nobody_but_a_manager_makes_promotions(store: Store) -> None:
    async with store.unit_of_work() as uow:
        finance, buyer = await a_member_of_staff(uow, Role.FINANCE), await a_buyer(uow)
        kept = await a_kept_promotion(uow, FIVE)
        for actor in (finance, buyer):
            with pytest.raises(NotFound):
                await list_page(uow, actor, 1)
            with pytest.raises(NotFound):
                await open_one(uow, actor, kept.id)
            with pytest.raises(NotFound):
                await keep(uow, actor, drafted(kept), NOW)
