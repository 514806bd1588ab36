"""What an order comes to for one customer, what is left of budgets and quotas, and what comes back."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import select

from domain.actors import Actor
from domain.customers import CustomerKind
from domain.errors import ChangedMeanwhile, NotFound, Refusal
from domain.money import Money, Rate
from domain.orders import Order, OrderLine, OrderStatus
from domain.pricing import Limits, Settlement
from domain.promotion_rules import Bonus, BonusGoods, LinePercent, Tier
from domain.promotions import Cap, Caps, Eligibility, Given, Promotion, Used
from domain.staff import Role
from domain.terms import TermKind, made
from services.pricing import (
    give_back,
    offered_to,
    promotions_for,
    quote_for,
    refund_for,
    set_limits,
    spend,
)
from storage.tables.audit import audit
from storage.tables.messages import notifications
from storage.unit_of_work import Store, UnitOfWork
from tests.builders.catalogue import a_product
from tests.builders.orders import a_buyer, a_member_of_staff
from tests.builders.pricing import SHAMPOO_STEPS, TEN_AND_ONE, a_line, on
from tests.builders.promotions import a_kept_promotion, a_line_of, an_order_of, given
from tests.conftest import NOW

TODAY = date(2026, 11, 21)
TEN = LinePercent(rate=Rate(1000))


async def an_order(uow: UnitOfWork, buyer: Actor) -> int:
    customer_id = buyer.require_customer().id
    outlet_id = (await uow.customers.list_outlets(customer_id))[0].id
    return await an_order_of(uow, customer_id, outlet_id)


async def keep(uow: UnitOfWork, buyer: Actor, promotion: Promotion, rials: int) -> int:
    """The id of an order on which that promotion took so much off."""
    order_id = await an_order(uow, buyer)
    customer_id = buyer.require_customer().id
    await uow.applied.keep(order_id, 1, customer_id, [given(promotion, rials)], {}, NOW)
    await spend(uow, {promotion.id: Given(rials=rials, units=1)}, NOW)
    return order_id


async def test_a_quote_of_what_is_kept(store: Store) -> None:
    async with store.unit_of_work() as uow:
        buyer = await a_buyer(uow)
        await a_kept_promotion(uow, Tier(steps=SHAMPOO_STEPS), on(1))
        await a_kept_promotion(uow, Bonus(steps=TEN_AND_ONE), on(2))
        lines = [a_line(1, 24, 1_480_000), a_line(2, 40, 960_000), a_line(3, 10, 2_650_000, Rate(0))]
        customer_id = buyer.require_customer().id
        found = await quote_for(uow, customer_id, lines, NOW)
        cash = await quote_for(uow, customer_id, lines, NOW, Settlement(discount=Rate(400)))
    assert found.payable == Money(105_858_400)
    assert cash.payable.toman == 10_162_406
    assert found.bonus_units == 4


async def test_quotas_are_read_with_what_is_offered(store: Store) -> None:
    async with store.unit_of_work() as uow:
        buyer = await a_buyer(uow)
        capped = await a_kept_promotion(uow, TEN, caps=Caps(customer=Cap(rials=1_000)))
        order_id = await keep(uow, buyer, capped, 700)
        customer_id = buyer.require_customer().id
        offered = await offered_to(uow, customer_id, NOW)
        was = Given(rials=700, units=1, orders=1)
        assert offered.buyer.used == {capped.id: Used(ever=was, in_period=was)}
        assert (await quote_for(uow, customer_id, [a_line(1, 10, 1_000)], NOW)).discount == Money(300)
        assert (await offered_to(uow, customer_id, NOW, changing=order_id)).buyer.used == {}


async def test_what_an_order_has_of_a_budget_is_free_while_it_is_changed(store: Store) -> None:
    async with store.unit_of_work() as uow:
        buyer = await a_buyer(uow)
        budgeted = await a_kept_promotion(uow, TEN, budget=Cap(rials=1_000))
        order_id = await keep(uow, buyer, budgeted, 1_000)
        customer_id = buyer.require_customer().id
        (seen,) = (await offered_to(uow, customer_id, NOW)).promotions
        assert not seen.is_live(TODAY)
        (free_again,) = (await offered_to(uow, customer_id, NOW, changing=order_id)).promotions
        assert free_again.spent == Given()
        assert free_again.is_live(TODAY)


async def test_a_customer_sees_only_what_is_for_them_and_not_used_up(store: Store) -> None:
    async with store.unit_of_work() as uow:
        buyer = await a_buyer(uow)
        mine = await a_kept_promotion(uow, TEN)
        await a_kept_promotion(uow, TEN, eligibility=Eligibility(kinds=frozenset({CustomerKind.SALON})))
        once = await a_kept_promotion(uow, TEN, caps=Caps(customer=Cap(orders=1)))
        assert [each.id for each in (await promotions_for(uow, buyer, NOW)).promotions] == [mine.id, once.id]
        await keep(uow, buyer, once, 5)
        assert [each.id for each in (await promotions_for(uow, buyer, NOW)).promotions] == [mine.id]


async def test_managers_are_told_once_at_eighty_percent_and_once_at_the_end(store: Store) -> None:
    async with store.unit_of_work() as uow:
        manager = await a_member_of_staff(uow, Role.MANAGER)
        await a_member_of_staff(uow, Role.FINANCE)
        promotion = await a_kept_promotion(uow, TEN, budget=Cap(rials=1_000))
        for rials in (500, 350, 100, 50):
            await spend(uow, {promotion.id: Given(rials=rials)}, NOW + timedelta(minutes=rials))
    async with store.reading() as uow:
        told = await notices_of(uow)
    assert told == [(manager.staff_id, 85), (manager.staff_id, 100)]


async def notices_of(uow: UnitOfWork) -> list[tuple[int | None, object]]:
    rows = await uow.connection.execute(select(notifications).order_by(notifications.c.id))
    return [(row.staff_id, row.facts["percent"]) for row in rows if row.kind == "promotion_budget"]


async def test_a_cancelled_order_gives_its_part_of_the_budget_back(store: Store) -> None:
    async with store.unit_of_work() as uow:
        buyer = await a_buyer(uow)
        promotion = await a_kept_promotion(uow, TEN, budget=Cap(rials=1_000))
        order_id = await keep(uow, buyer, promotion, 600)
        await give_back(uow, order_id, NOW)
        assert (await uow.promotions.get(promotion.id)).spent == Given()


async def test_of_two_who_want_the_last_of_a_budget_one_gets_it(store: Store) -> None:
    async with store.unit_of_work() as uow:
        promotion = await a_kept_promotion(uow, TEN, budget=Cap(rials=1_000))

    async def want() -> bool:
        try:
            async with store.unit_of_work() as uow:
                await spend(uow, {promotion.id: Given(rials=600)}, NOW)
        except ChangedMeanwhile:
            return False
        return True

    assert sorted(await asyncio.gather(*(want() for _ in range(4)))) == [False, False, False, True]
    async with store.reading() as uow:
        assert (await uow.promotions.get(promotion.id)).spent.rials == 600


async def test_limits_are_set_by_a_manager_and_hold_by_segment(store: Store) -> None:
    async with store.unit_of_work() as uow:
        manager = await a_member_of_staff(uow, Role.MANAGER)
        buyer = await a_buyer(uow)
        await set_limits(
            uow, manager, NOW, margin_floor=Rate(800), most_discount={"A": Rate(1_200), "": Rate(500)}
        )
        offered = await offered_to(uow, buyer.require_customer().id, NOW)
        assert offered.limits == Limits(margin_floor=Rate(800), most_discount=Rate(500))
        with pytest.raises(ValueError, match="less than the whole"):
            await set_limits(uow, manager, NOW, margin_floor=Rate(10_000), most_discount={})
        with pytest.raises(Refusal):
            await set_limits(uow, buyer, NOW, margin_floor=None, most_discount={})
        kept = (await uow.connection.execute(select(audit).where(audit.c.action == "pricing.limits"))).one()
    assert (kept.staff_id, kept.facts["most_discount"]) == (manager.staff_id, {"A": 1200, "": 500})


def a_delivered_line(
    product_id: int, quantity: int, rials: int, discount: int = 0, **others: object
) -> OrderLine:
    values = {"name": "", "short_name": "", "label": "", "vat_rate": Rate(0), **others}
    return OrderLine(
        product_id=product_id,
        quantity=quantity,
        unit_price=Money(rials),
        discount=Money(discount),
        **values,  # type: ignore[arg-type]
    )


async def test_a_refund_goes_by_the_promotion_as_it_was(store: Store) -> None:
    async with store.unit_of_work() as uow:
        buyer = await a_buyer(uow)
        product = await a_product(uow)
        promotion = await a_kept_promotion(uow, Tier(steps=SHAMPOO_STEPS), on(product.id))
        order = await an_order_with(uow, buyer, promotion, product.id, 24, 1_440_000)
        # Since then it has changed beyond recognition, and was stopped.
        await uow.promotions.save(replace(promotion, rule=TEN, ends_on=TODAY), NOW)
        lines = [a_delivered_line(product.id, 24, 1_200_000, 1_440_000)]
        back = await refund_for(uow, order, lines, {product.id: 2})
    assert back.net == Money((24 * 1_200_000 - 1_440_000) - 22 * 1_200_000 * 97 // 100)


async def test_a_refund_of_bonus_goods_says_what_comes_back(store: Store) -> None:
    async with store.unit_of_work() as uow:
        buyer = await a_buyer(uow)
        product, other = await a_product(uow), await a_product(uow)
        rule = Bonus(steps=TEN_AND_ONE, goods=BonusGoods.CHOOSE, product_ids=(other.id, product.id))
        promotion = await a_kept_promotion(uow, rule, on(product.id))
        order = await an_order_with(uow, buyer, promotion, product.id, 40, 0, units=4)
        lines = [
            a_delivered_line(product.id, 40, 960_000),
            a_delivered_line(other.id, 4, 500_000, 2_000_000, bonus_of=promotion.id),
        ]
        back = await refund_for(uow, order, lines, {product.id: 5})
    assert back.net == Money(5 * 960_000)
    (unit,) = back.bonus_back
    assert (unit.product_id, unit.units, unit.charge) == (other.id, 1, Money(500_000))


async def an_order_with(
    uow: UnitOfWork,
    buyer: Actor,
    promotion: Promotion,
    product_id: int,
    quantity: int,
    rials: int,
    units: int | None = None,
) -> Order:
    customer_id = buyer.require_customer().id
    outlet_id = (await uow.customers.list_outlets(customer_id))[0].id
    order_id = await an_order_of(uow, customer_id, outlet_id)
    await a_line_of(uow, order_id, 0, product_id, quantity)
    applied = [given(promotion, rials, units or quantity, product_id)]
    await uow.applied.keep(order_id, 1, customer_id, applied, {product_id: 0}, NOW)
    return Order(
        id=order_id,
        customer_id=customer_id,
        outlet_id=outlet_id,
        contact_id=None,
        number=1,
        status=OrderStatus.DELIVERED,
        placed_at=NOW,
        term=made(TermKind.CASH_PRE),
    )


async def test_nothing_is_offered_to_somebody_unknown(store: Store) -> None:
    async with store.unit_of_work() as uow:
        with pytest.raises(NotFound):
            await offered_to(uow, 999_999, NOW)
        with pytest.raises(Refusal):
            await promotions_for(uow, await a_member_of_staff(uow), NOW)
