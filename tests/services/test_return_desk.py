"""What finance is shown before goods come back, and that nobody takes them back twice (rule R5.7)."""

from __future__ import annotations

import pytest

from domain.actors import Actor
from domain.errors import ChangedMeanwhile, MoreThanDelivered, NotFound
from domain.invoices import Invoice
from domain.money import of_toman
from domain.order_views import OrderView
from domain.orders import OrderStatus
from domain.return_desk import ReturnCause, ReturnWish
from domain.staff import Role
from services.fulfilment import move_order
from services.invoices import issue_invoice
from services.return_desk import preview, returnable, take_back
from storage.unit_of_work import Store, UnitOfWork
from tests.builders.checkout import a_shop, final_look
from tests.builders.ledger import an_order_on_its_way, an_owner
from tests.builders.orders import a_basket, a_member_of_staff, place
from tests.conftest import NOW

BOUGHT = 24
OFF = BOUGHT * 1_480_000 - 33_744_000


async def sold(uow: UnitOfWork) -> tuple[Actor, Actor, Invoice]:
    """24 units at a line net of 3,374,400 toman; the rule's example."""
    owner, clerk = await an_owner(uow), await a_member_of_staff(uow, Role.FINANCE)
    order_id = await an_order_on_its_way(uow, owner, BOUGHT, discount_rials=OFF)
    invoice = await issue_invoice(uow, None, order_id, NOW)
    assert invoice is not None
    return owner, clerk, invoice


def wish(invoice: Invoice, units: int, cause: ReturnCause = ReturnCause.OURS) -> ReturnWish:
    return ReturnWish(invoice_id=invoice.id, position=0, units=units, cause=cause)


async def test_what_is_shown_is_what_is_written(store: Store) -> None:
    """R5.7: two of 24, 309,320 toman; looking writes nothing."""
    async with store.unit_of_work() as uow:
        owner, clerk, invoice = await sold(uow)
    async with store.reading() as uow:
        shown = await preview(uow, clerk, wish(invoice, 2))
        assert (shown.worth, shown.amount) == (of_toman(309_320), of_toman(309_320))
        assert await uow.settling.credited_units(invoice.id) == {}
    async with store.unit_of_work() as uow:
        taken = await take_back(uow, clerk, shown.wish, shown.found.seen, NOW)
    assert taken.amount == shown.amount
    assert taken.settled == ((invoice.number, of_toman(309_320)),)
    assert taken.balance == invoice.total - of_toman(309_320)
    async with store.reading() as uow:
        found = await returnable(uow, clerk, invoice.id)
        assert (found.lines[0].left, found.seen) == (BOUGHT - 2, 2)
        assert (await uow.ledger.balance(owner.customer_id or 0)) == taken.balance


@pytest.mark.parametrize("cause", [ReturnCause.OURS, ReturnCause.THEIRS])
async def test_who_has_seen_an_older_state_looks_again(store: Store, cause: ReturnCause) -> None:
    async with store.unit_of_work() as uow:
        _owner, clerk, invoice = await sold(uow)
        await take_back(uow, clerk, wish(invoice, 2, cause), 0, NOW)
    with pytest.raises(ChangedMeanwhile):
        async with store.unit_of_work() as uow:
            await take_back(uow, clerk, wish(invoice, 2, cause), 0, NOW)
    with pytest.raises(MoreThanDelivered):
        async with store.unit_of_work() as uow:
            await take_back(uow, clerk, wish(invoice, BOUGHT - 1, cause), 2, NOW)
    async with store.reading() as uow:
        assert await uow.settling.credited_units(invoice.id) == {0: 2}


async def test_the_customers_own_wish_puts_the_goods_on_the_shelf(store: Store) -> None:
    async with store.unit_of_work() as uow:
        _owner, clerk, invoice = await sold(uow)
        product_id = invoice.lines[0].product_id
        assert product_id is not None
        before = (await uow.stock.get(product_id)).on_hand
        shown = await preview(uow, clerk, wish(invoice, 5, ReturnCause.THEIRS))
        taken = await take_back(uow, clerk, shown.wish, 0, NOW)
        assert taken.amount == shown.amount
        assert (await uow.stock.get(product_id)).on_hand == before + 5


async def test_it_is_finances_alone(store: Store) -> None:
    async with store.unit_of_work() as uow:
        owner, _clerk, invoice = await sold(uow)
        manager = await a_member_of_staff(uow, Role.MANAGER)
        for actor in (owner, manager):
            with pytest.raises(NotFound):
                await preview(uow, actor, wish(invoice, 1))
            with pytest.raises(NotFound):
                await take_back(uow, actor, wish(invoice, 1), 0, NOW)


async def test_free_goods_that_are_not_earned_any_more_are_charged_or_come_back_too(store: Store) -> None:
    """R5.7: of 40 + 4 five come back, so that one free unit is paid for, or comes back as the sixth."""
    async with store.unit_of_work() as uow:
        shop = await a_shop(uow)
        await a_basket(uow, shop.buyer, {shop.toothpaste: 40})
        shown = await final_look(uow, shop)
        done = await place(uow, shop.buyer, shown)
        assert isinstance(done, OrderView)
        order, picker = done.order, await a_member_of_staff(uow)
        for step in (OrderStatus.PICKING, OrderStatus.LOADED, OrderStatus.DELIVERED):
            order = (await move_order(uow, picker, order.id, step, order.version, NOW)).order
        clerk = await a_member_of_staff(uow, Role.FINANCE)
        invoice = await uow.invoices.find_of_order(order.id)
        assert invoice is not None
        charged = await preview(uow, clerk, wish(invoice, 5, ReturnCause.THEIRS))
        assert [each.units for each in charged.bonus] == [1]
        one = of_toman(96_000) + of_toman(9_600)
        assert (charged.worth, charged.charged_back) == (one * 5, one)
        with_bonus = await preview(uow, clerk, wish(invoice, 5, ReturnCause.WITH_BONUS))
        assert with_bonus.amount == one * 5
        single = await preview(uow, clerk, wish(invoice, 1, ReturnCause.THEIRS))
        assert not single.is_worth_something
        on_hand = (await uow.stock.get(shop.toothpaste.id)).on_hand
        taken = await take_back(uow, clerk, with_bonus.wish, with_bonus.found.seen, NOW)
        assert taken.amount == one * 5
        assert (await uow.stock.get(shop.toothpaste.id)).on_hand == on_hand + 6
