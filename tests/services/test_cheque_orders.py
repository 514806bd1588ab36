"""Which order a cheque is for that the customer announces (rule R3)."""

from __future__ import annotations

from dataclasses import replace

from domain.instruments import ChequeState
from domain.money import Money, Rate
from domain.terms import TermKind, made
from storage.unit_of_work import Store
from tests.builders.checkout import Shop, a_shop
from tests.builders.cheques import announced
from tests.builders.credit import an_order_on_its_way, million
from tests.builders.orders import a_buyer, a_placed_order


async def test_a_cheque_of_what_an_order_comes_to_is_for_that_order(store: Store) -> None:
    async with store.unit_of_work() as uow:
        shop = await a_shop(uow)
        order = await a_placed_order(uow, shop.buyer, shop.basket)
        cheque = await announced(uow, shop.buyer, order.payable)
        other = await announced(uow, shop.buyer, order.payable + Money(1_000))
    async with store.reading() as uow:
        assert (await uow.cheques.get(cheque.id, of=shop.buyer)).order_id == order.id
        assert (await uow.cheques.get(other.id, of=shop.buyer)).order_id is None


async def test_an_amount_in_whole_toman_is_near_enough(store: Store) -> None:
    async with store.unit_of_work() as uow:
        buyer = await a_buyer(uow, may_see_balance=True)
        order_id = await an_order_on_its_way(uow, buyer.require_customer().id, million(12) + Money(4))
        assert (await announced(uow, buyer, million(12))).order_id == order_id


async def test_of_a_mixed_term_the_cheque_is_the_rest(store: Store) -> None:
    mixed = made(TermKind.MIXED, 45, cash=Rate(4_000), rest=TermKind.CHEQUE)
    async with store.unit_of_work() as uow:
        shop: Shop = await a_shop(uow, mixed)
        order = await a_placed_order(uow, shop.buyer, shop.basket)
        assert (await announced(uow, shop.buyer, order.payable)).order_id is None
        assert (await announced(uow, shop.buyer, order.credit)).order_id == order.id


async def test_where_several_orders_fit_none_is_named(store: Store) -> None:
    async with store.unit_of_work() as uow:
        buyer = await a_buyer(uow, may_see_balance=True)
        customer_id = buyer.require_customer().id
        for _each in range(2):
            await an_order_on_its_way(uow, customer_id, million(12))
        assert (await announced(uow, buyer, million(12))).order_id is None


async def test_an_order_that_has_its_cheque_waits_for_no_other(store: Store) -> None:
    async with store.unit_of_work() as uow:
        buyer = await a_buyer(uow, may_see_balance=True)
        order_id = await an_order_on_its_way(uow, buyer.require_customer().id, million(12))
        first = await announced(uow, buyer, million(12))
        assert (await announced(uow, buyer, million(12))).order_id is None
        void = await uow.cheques.get(first.id, of=buyer)
        await uow.cheques.save(replace(void, state=ChequeState.VOID), void)
        assert (await announced(uow, buyer, million(12))).order_id == order_id


async def test_neither_orders_on_account_nor_those_of_others_are_named(store: Store) -> None:
    async with store.unit_of_work() as uow:
        buyer, other = await a_buyer(uow, may_see_balance=True), await a_buyer(uow, may_see_balance=True)
        await an_order_on_its_way(uow, buyer.require_customer().id, million(12), kind="acc")
        await an_order_on_its_way(uow, other.require_customer().id, million(12))
        await an_order_on_its_way(uow, buyer.require_customer().id, million(12), status="cancelled")
        await an_order_on_its_way(uow, buyer.require_customer().id, million(12), status="delivered")
        assert (await announced(uow, buyer, million(12))).order_id is None
