"""Promotions, their versions, budgets and what was given of them, on both databases."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import event, update
from sqlalchemy.exc import DBAPIError

from domain.customers import CustomerKind
from domain.errors import ChangedMeanwhile, NotFound
from domain.money import Rate
from domain.pricing import Limits
from domain.promotion_rules import Bonus, LinePercent, Stage, Tier
from domain.promotions import Cap, Caps, Eligibility, Given, PromotionState, Used
from storage.tables.people import customers, outlets
from storage.tables.pricing import applied_promotions, promotion_versions
from storage.unit_of_work import Store
from tests.builders.catalogue import a_product
from tests.builders.orders import a_buyer, an_outlet
from tests.builders.pricing import SHAMPOO_STEPS, TEN_AND_ONE, on
from tests.builders.promotions import a_kept_promotion, a_line_of, an_order_of, cancelled, given
from tests.conftest import NOW

TODAY = date(2026, 11, 21)
TEN = LinePercent(rate=Rate(1000))


async def test_a_promotion_comes_back_as_it_was_kept(store: Store) -> None:
    async with store.unit_of_work() as uow:
        made = await a_kept_promotion(
            uow,
            Tier(steps=SHAMPOO_STEPS),
            on(3, 4),
            code="AUT-1",
            ends_on=TODAY,
            priority=4,
            is_stackable=False,
            exclusivity_group="autumn",
            eligibility=Eligibility(segments=frozenset({"A"})),
            caps=Caps(customer=Cap(orders=2)),
            budget=Cap(rials=10**12),
        )
    async with store.reading() as uow:
        assert await uow.promotions.get(made.id) == made
        assert await uow.promotions.find_by_code("AUT-1") == made
        assert await uow.promotions.find_by_code("AUT-2") is None
        assert await uow.promotions.list_all(1, 5) == ((made,), 1)
        with pytest.raises(NotFound):
            await uow.promotions.get(made.id + 1)


async def test_the_live_ones_are_those_of_the_day(store: Store) -> None:
    async with store.unit_of_work() as uow:
        live = [
            await a_kept_promotion(uow, TEN),
            await a_kept_promotion(uow, TEN, starts_on=TODAY, ends_on=TODAY),
        ]
        await a_kept_promotion(uow, TEN, ends_on=TODAY - timedelta(days=1))
        await a_kept_promotion(uow, TEN, starts_on=TODAY + timedelta(days=1))
        await a_kept_promotion(uow, TEN, state=PromotionState.PAUSED)
    async with store.reading() as uow:
        assert await uow.promotions.list_live(TODAY) == tuple(live)


async def test_what_is_offered_comes_with_what_it_asks_of_the_customer(store: Store) -> None:
    async with store.unit_of_work() as uow:
        buyer = await a_buyer(uow)
        customer_id = buyer.require_customer().id
        await uow.connection.execute(
            update(customers).where(customers.c.id == customer_id).values(segment="B")
        )
        promotion = await a_kept_promotion(uow, TEN)
        await uow.company.decide(
            "pricing.limits", {"margin_floor": 500, "most_discount": {"B": 1200, "": 900}}, NOW
        )
    async with store.reading() as uow:
        offered = await uow.promotions.offered(customer_id, TODAY)
    assert offered.promotions == (promotion,)
    asked = offered.buyer
    assert (asked.kind, asked.segment, asked.city, asked.is_new) == (
        CustomerKind.PHARMACY,
        "B",
        "تهران",
        True,
    )
    assert offered.limits == Limits(margin_floor=Rate(500), most_discount=Rate(1200))


async def test_without_promotions_and_limits_the_buyer_is_still_known(store: Store) -> None:
    async with store.unit_of_work() as uow:
        buyer = await a_buyer(uow)
        customer_id = buyer.require_customer().id
        outlet_id = (await uow.customers.list_outlets(customer_id))[0].id
        await an_order_of(uow, customer_id, outlet_id, status="cancelled")
    async with store.unit_of_work() as uow:
        offered = await uow.promotions.offered(customer_id, TODAY)
        assert (offered.promotions, offered.limits, offered.buyer.is_new) == ((), Limits(), True)
        await an_order_of(uow, customer_id, outlet_id)
        assert not (await uow.promotions.offered(customer_id, TODAY, outlet_id)).buyer.is_new
        with pytest.raises(NotFound):
            await uow.promotions.offered(customer_id + 99, TODAY)


async def test_the_city_is_that_of_the_outlet(store: Store) -> None:
    async with store.unit_of_work() as uow:
        buyer = await a_buyer(uow)
        other = await an_outlet(uow, buyer, "کرج، میدان شهدا")
        customer_id = buyer.require_customer().id
        await uow.connection.execute(update(outlets).where(outlets.c.id == other).values(city="کرج"))
        assert (await uow.promotions.offered(customer_id, TODAY)).buyer.city == "تهران"
        assert (await uow.promotions.offered(customer_id, TODAY, other)).buyer.city == "کرج"


async def test_all_that_is_offered_is_one_statement(store: Store) -> None:
    async with store.unit_of_work() as uow:
        buyer = await a_buyer(uow)
        for _ in range(3):
            await a_kept_promotion(uow, TEN)
        said: list[str] = []
        engine = uow.connection.sync_connection
        assert engine is not None

        @event.listens_for(engine, "before_cursor_execute")
        def heard(_c: Any, _cursor: Any, text: str, *_others: Any) -> None:
            said.append(text)

        found = await uow.promotions.offered(buyer.require_customer().id, TODAY)
    assert (len(found.promotions), len(said)) == (3, 1)


async def test_saving_asks_for_the_version_that_was_read(store: Store) -> None:
    async with store.unit_of_work() as uow:
        made = await a_kept_promotion(uow, TEN)
        saved = await uow.promotions.save(replace(made, name="نو", state=PromotionState.PAUSED), NOW)
        assert (saved.version, saved.name) == (2, "نو")
    async with store.unit_of_work() as uow:
        assert await uow.promotions.get(made.id) == saved
        with pytest.raises(ChangedMeanwhile):
            await uow.promotions.save(replace(made, name="دیگر"), NOW)


async def test_every_version_is_kept(store: Store) -> None:
    async with store.unit_of_work() as uow:
        made = await a_kept_promotion(uow, TEN)
        await uow.promotions.save(replace(made, rule=Bonus(steps=TEN_AND_ONE), name="نو"), NOW)
        then = await uow.promotions.list_versions({(made.id, 1)})
        now = await uow.promotions.list_versions({(made.id, 2)})
    assert [(each.version, each.name, each.rule) for each in (*then, *now)] == [
        (1, made.name, TEN),
        (2, "نو", Bonus(steps=TEN_AND_ONE)),
    ]


async def test_a_budget_is_taken_until_it_is_spent(store: Store) -> None:
    async with store.unit_of_work() as uow:
        made = await a_kept_promotion(uow, TEN, budget=Cap(rials=1_000, units=50))
        free = await a_kept_promotion(uow, TEN)
        took = {made.id: Given(rials=700, units=7), free.id: Given(rials=5, units=5)}
        assert await uow.promotions.spend(took, NOW) == ()
        assert await uow.promotions.spend({made.id: Given(orders=1)}, NOW) == ()
        (alert,) = await uow.promotions.spend({made.id: Given(rials=150, units=1)}, NOW)
        assert (alert.promotion_id, alert.version, alert.percent, alert.is_spent) == (made.id, 1, 85, False)
        assert await uow.promotions.spend({made.id: Given(rials=50, units=1)}, NOW + timedelta(1)) == ()
        with pytest.raises(ChangedMeanwhile):
            await uow.promotions.spend({made.id: Given(rials=101)}, NOW)
    async with store.unit_of_work() as uow:
        (alert,) = await uow.promotions.spend({made.id: Given(rials=100)}, NOW)
        assert alert.is_spent
        kept = await uow.promotions.get(made.id)
        assert kept.spent == Given(rials=1_000, units=9)
        assert not kept.is_live(TODAY)
        assert (await uow.promotions.get(free.id)).spent == Given()


async def test_a_budget_of_units(store: Store) -> None:
    async with store.unit_of_work() as uow:
        made = await a_kept_promotion(uow, Bonus(steps=TEN_AND_ONE), budget=Cap(units=10))
        (alert,) = await uow.promotions.spend({made.id: Given(rials=9_000, units=8)}, NOW)
        assert alert.percent == 80
        with pytest.raises(ChangedMeanwhile):
            await uow.promotions.spend({made.id: Given(units=3)}, NOW)


async def test_what_is_given_back_is_free_again(store: Store) -> None:
    async with store.unit_of_work() as uow:
        made = await a_kept_promotion(uow, TEN, budget=Cap(rials=1_000))
        await uow.promotions.spend({made.id: Given(rials=1_000, units=4)}, NOW)
        assert await uow.promotions.spend({made.id: Given(rials=-300, units=-1)}, NOW) == ()
        assert (await uow.promotions.get(made.id)).spent == Given(rials=700, units=3)
        await uow.promotions.spend({made.id: Given(rials=-9_000, units=-9)}, NOW)
        assert (await uow.promotions.get(made.id)).spent == Given()


async def test_what_was_given_is_read_back_with_the_products_of_its_lines(store: Store) -> None:
    async with store.unit_of_work() as uow:
        buyer = await a_buyer(uow)
        customer_id = buyer.require_customer().id
        outlet_id = (await uow.customers.list_outlets(customer_id))[0].id
        product = await a_product(uow)
        order_id = await an_order_of(uow, customer_id, outlet_id)
        await a_line_of(uow, order_id, 2, product.id, 10)
        tier = await a_kept_promotion(uow, Tier(steps=SHAMPOO_STEPS))
        bonus = await a_kept_promotion(uow, Bonus(steps=TEN_AND_ONE))
        term = replace(given(tier, 40), promotion_id=None, version=0, stage=Stage.SETTLEMENT, name="")
        applied = (given(bonus, 900, 1, product.id), given(tier, 300, 10, product.id), term)
        await uow.applied.keep(order_id, 1, customer_id, applied, {product.id: 2}, NOW)
    async with store.reading() as uow:
        assert await uow.applied.list_of(order_id) == applied
        assert await uow.applied.given(order_id) == {
            tier.id: Given(rials=300, units=10, orders=1),
            bonus.id: Given(rials=900, units=1, orders=1),
        }


async def test_only_the_last_version_of_an_order_holds(store: Store) -> None:
    async with store.unit_of_work() as uow:
        buyer = await a_buyer(uow)
        customer_id = buyer.require_customer().id
        outlet_id = (await uow.customers.list_outlets(customer_id))[0].id
        order_id = await an_order_of(uow, customer_id, outlet_id)
        made = await a_kept_promotion(uow, TEN, caps=Caps(customer=Cap(rials=1)))
        await uow.applied.keep(order_id, 1, customer_id, [given(made, 300)], {}, NOW)
        await uow.applied.keep(order_id, 2, customer_id, [given(made, 200)], {}, NOW, is_change=True)
        assert (await uow.applied.given(order_id))[made.id].rials == 200
        used = await uow.promotions.quotas(customer_id, [made], NOW)
        assert used[made.id].ever == Given(rials=200, units=1, orders=1)
        await uow.applied.keep(order_id, 3, customer_id, [], {}, NOW, is_change=True)
        await uow.applied.keep(await an_order_of(uow, customer_id, outlet_id), 1, customer_id, [], {}, NOW)
        assert await uow.applied.list_of(order_id) == ()
        assert await uow.applied.given(order_id) == {}
        assert await uow.promotions.quotas(customer_id, [made], NOW) == {}


async def test_quotas_count_what_stands_ever_and_in_the_period(store: Store) -> None:
    async with store.unit_of_work() as uow:
        buyer, stranger = await a_buyer(uow), await a_buyer(uow, name="دیگری")
        customer_id = buyer.require_customer().id
        outlet_id = (await uow.customers.list_outlets(customer_id))[0].id
        made = await a_kept_promotion(uow, TEN, caps=Caps(period=Cap(rials=9), period_days=7))
        ids = [await an_order_of(uow, customer_id, outlet_id) for _ in range(4)]
        for order_id, days, rials in zip(ids, (10, 3, 0, 0), (100, 20, 3, 4_000), strict=True):
            at = NOW - timedelta(days=days)
            await uow.applied.keep(order_id, 1, customer_id, [given(made, rials)], {}, at)
        await cancelled(uow, ids[3])
        other_id = stranger.require_customer().id
        theirs = await an_order_of(uow, other_id, (await uow.customers.list_outlets(other_id))[0].id)
        await uow.applied.keep(theirs, 1, other_id, [given(made, 50_000)], {}, NOW)
        used = await uow.promotions.quotas(customer_id, [made], NOW)
        assert used == {
            made.id: Used(
                ever=Given(rials=123, units=3, orders=3), in_period=Given(rials=23, units=2, orders=2)
            )
        }
        but = await uow.promotions.quotas(customer_id, [made], NOW, but_order=ids[2])
        assert but[made.id].ever.rials == 120
        assert await uow.promotions.quotas(customer_id, [], NOW) == {}


async def test_a_budget_that_is_set_later_counts_what_was_given_before(store: Store) -> None:
    async with store.unit_of_work() as uow:
        buyer = await a_buyer(uow)
        customer_id = buyer.require_customer().id
        outlet_id = (await uow.customers.list_outlets(customer_id))[0].id
        made = await a_kept_promotion(uow, TEN)
        for rials in (300, 45):
            order_id = await an_order_of(uow, customer_id, outlet_id)
            await uow.applied.keep(order_id, 1, customer_id, [given(made, rials, 2)], {}, NOW)
        saved = await uow.promotions.save(replace(made, budget=Cap(rials=1_000)), NOW)
        assert saved.spent == Given(rials=345, units=4)
        await uow.promotions.spend({made.id: Given(rials=5)}, NOW)
        again = await uow.promotions.save(replace(saved, budget=Cap(rials=2_000)), NOW)
        assert again.spent.rials == 350


async def test_what_was_given_cannot_be_changed(store: Store) -> None:
    async with store.unit_of_work() as uow:
        buyer = await a_buyer(uow)
        customer_id = buyer.require_customer().id
        outlet_id = (await uow.customers.list_outlets(customer_id))[0].id
        order_id = await an_order_of(uow, customer_id, outlet_id)
        made = await a_kept_promotion(uow, TEN)
        await uow.applied.keep(order_id, 1, customer_id, [given(made, 300)], {}, NOW)
    with pytest.raises(DBAPIError, match="append-only"):
        async with store.unit_of_work() as uow:
            await uow.connection.execute(update(applied_promotions).values(amount_rials=1))
    with pytest.raises(DBAPIError, match="append-only"):
        async with store.unit_of_work() as uow:
            await uow.connection.execute(update(promotion_versions).values(name="x"))
