from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import insert

from domain.actors import Actor
from domain.balances import AgeBucket
from domain.errors import MoreThanDelivered, NotFound
from domain.invoices import CreditReason, Invoice
from domain.ledger import Voucher
from domain.money import ZERO, Money, of_toman
from domain.orders import OrderStatus
from domain.returns import BonusBack, Refund, RefundLine
from services.credit_notes import issue_credit_note
from services.fulfilment import move_order
from services.invoices import FIRST_INVOICE, issue_invoice
from services.ledger import take_back, use_credit
from services.returns import take_return
from storage.tables.ledger import invoice_lines
from storage.unit_of_work import Store, UnitOfWork
from tests.builders.ledger import TODAY, a_bookkeeper, a_payment, an_invoice, an_order_on_its_way, an_owner
from tests.builders.orders import a_member_of_staff
from tests.conftest import NOW

ACC_21 = {"code": "ACC_21", "kind": "acc", "days": 21, "discount": 0, "cash": 0, "rest": None}


async def invoiced(uow: UnitOfWork, owner: Actor, quantity: int = 24, **columns: Any) -> Invoice:
    order_id = await an_order_on_its_way(uow, owner, quantity, **columns)
    invoice = await issue_invoice(uow, None, order_id, NOW)
    assert invoice is not None
    return invoice


async def test_a_delivery_makes_the_invoice_and_ends_the_orders_exposure(store: Store) -> None:
    async with store.unit_of_work() as uow:
        owner, picker = await an_owner(uow), await a_member_of_staff(uow)
        order_id = await an_order_on_its_way(uow, owner, 24, term=ACC_21, credit_rials=39_072_000)
        before = await uow.credit.standing(owner.customer_id or 0, NOW)
        await move_order(uow, picker, order_id, OrderStatus.DELIVERED, 0, NOW)
    async with store.reading() as uow:
        found = await uow.invoices.find_of_order(order_id)
        assert found is not None
        invoice = await uow.invoices.get(found.id, of=owner)
        assert (invoice.number, invoice.order_id) == (FIRST_INVOICE, order_id)
        assert (invoice.net, invoice.vat) == (of_toman(3_552_000), of_toman(355_200))
        assert (invoice.issued_on, invoice.due_on) == (TODAY, date(2026, 12, 12))
        assert await uow.ledger.balance(owner.customer_id or 0) == invoice.open == of_toman(3_907_200)
        after = await uow.credit.standing(owner.customer_id or 0, NOW)
        assert after.exposure == before.exposure == of_toman(3_907_200)
        assert (after.open_orders, before.open_invoices) == (ZERO, ZERO)
        ((action, facts),) = await uow.audit.list_of("invoice", invoice.id)
        assert (action, facts["number"]) == ("invoice.issued", FIRST_INVOICE)


async def test_an_invoice_without_a_term_is_due_on_delivery(store: Store) -> None:
    async with store.unit_of_work() as uow:
        invoice = await invoiced(uow, await an_owner(uow), term=None)
        assert invoice.due_on == TODAY


async def test_a_due_day_that_is_a_holiday_moves_on(store: Store) -> None:
    async with store.unit_of_work() as uow:
        await uow.calendars.put_holidays({date(2026, 12, 12): "تعطیل"})
        invoice = await invoiced(uow, await an_owner(uow), term=ACC_21)
        assert invoice.due_on == date(2026, 12, 13)


async def test_what_is_sent_later_is_not_owed_yet(store: Store) -> None:
    async with store.unit_of_work() as uow:
        owner = await an_owner(uow)
        invoice = await invoiced(uow, owner, later=4, discount_rials=2_400)
        assert [(line.quantity, line.discount) for line in invoice.lines] == [(20, Money(2_000))]
        assert invoice.gross - invoice.discount == invoice.net
        assert invoice.total == invoice.open == await uow.ledger.balance(owner.customer_id or 0)


async def test_what_did_not_arrive_is_not_owed(store: Store) -> None:
    async with store.unit_of_work() as uow:
        owner = await an_owner(uow)
        order_id = await an_order_on_its_way(uow, owner)
        invoice = await issue_invoice(uow, None, order_id, NOW, {0: 6})
        assert invoice is not None
        assert invoice.net == of_toman(888_000)
        other = await an_order_on_its_way(uow, owner)
        assert await issue_invoice(uow, None, other, NOW, {}) is None


async def test_bonus_goods_stand_on_the_invoice_and_cost_nothing(store: Store) -> None:
    async with store.unit_of_work() as uow:
        owner = await an_owner(uow)
        invoice = await invoiced(uow, owner, quantity=3, discount_rials=3 * 1_480_000)
        assert (invoice.gross, invoice.total) == (of_toman(444_000), ZERO)
        assert await uow.ledger.list_postings(Voucher.INVOICE, invoice.id) == ()


async def test_credit_that_waits_is_used_up_the_oldest_first(store: Store) -> None:
    async with store.unit_of_work() as uow:
        owner, clerk = await an_owner(uow), await a_bookkeeper(uow)
        first = await a_payment(uow, clerk, owner, 1_000_000)
        await a_payment(uow, clerk, owner, 50_000_000, now=NOW + timedelta(minutes=1))
        invoice = await invoiced(uow, owner)
    async with store.reading() as uow:
        kept = await uow.invoices.get(invoice.id, of=owner)
        assert kept.open == ZERO
        assert (kept.allocations[0].source_id, kept.allocations[0].amount) == (first.id, Money(1_000_000))
        (left,) = await uow.settling.list_credits(owner.customer_id or 0)
        assert left.unallocated == Money(51_000_000) - invoice.total


async def test_an_order_is_invoiced_once(store: Store) -> None:
    async with store.unit_of_work() as uow:
        invoice = await invoiced(uow, await an_owner(uow))
    assert invoice.order_id is not None
    with pytest.raises(Exception, match=r"(?i)unique"):
        async with store.unit_of_work() as uow:
            await issue_invoice(uow, None, invoice.order_id, NOW)


async def test_anothers_invoice_is_not_there(store: Store) -> None:
    async with store.unit_of_work() as uow:
        invoice = await invoiced(uow, await an_owner(uow))
        stranger = await an_owner(uow, "دیگری")
        for wanted in (
            uow.invoices.get(invoice.id, of=stranger),
            uow.invoices.get_by_number(invoice.number, of=stranger),
        ):
            with pytest.raises(NotFound):
                await wanted


async def test_damage_is_credited_at_what_was_paid(store: Store) -> None:
    """R5.7: two of 24 units, 309,320 toman, though 22 alone would have had another tier."""
    async with store.unit_of_work() as uow:
        owner, clerk = await an_owner(uow), await a_bookkeeper(uow)
        invoice = await invoiced(uow, owner, discount_rials=24 * 1_480_000 - 33_744_000)
        note = await issue_credit_note(uow, clerk, invoice.id, {0: 2}, CreditReason.DAMAGE, NOW)
        assert note.amount == of_toman(309_320)
    async with store.reading() as uow:
        kept = await uow.invoices.get(invoice.id, of=owner)
        assert kept.open == invoice.total - of_toman(309_320)
        assert await uow.ledger.balance(owner.customer_id or 0) == kept.open
        assert kept.allocations[0].note_number == note.number
        ((action, _facts),) = await uow.audit.list_of("credit_note", note.id)
        assert action == "credit_note.issued"


async def test_no_more_comes_back_than_was_delivered(store: Store) -> None:
    async with store.unit_of_work() as uow:
        owner, clerk = await an_owner(uow), await a_bookkeeper(uow)
        invoice = await invoiced(uow, owner)
        await issue_credit_note(uow, clerk, invoice.id, {0: 20}, CreditReason.DAMAGE, NOW)
    for units in ({0: 5}, {1: 1}, {0: 0}, {}):
        with pytest.raises(MoreThanDelivered):
            async with store.unit_of_work() as uow:
                await issue_credit_note(uow, clerk, invoice.id, units, CreditReason.DAMAGE, NOW)
    with pytest.raises(NotFound):
        async with store.unit_of_work() as uow:
            await issue_credit_note(uow, owner, invoice.id, {0: 1}, CreditReason.DAMAGE, NOW)


async def test_a_return_costs_the_discount_that_is_not_earned_any_more(store: Store) -> None:
    """R5.7: of 40 + 4 free, 5 come back: 3 free are earned, and the fourth is charged."""
    async with store.unit_of_work() as uow:
        owner, clerk = await an_owner(uow), await a_bookkeeper(uow)
        invoice = await invoiced(uow, owner, 40)
        line = invoice.lines[0]
        assert line.product_id is not None
        unit = of_toman(148_000)
        free = {
            "invoice_id": invoice.id,
            "position": 1,
            "product_id": line.product_id,
            "name": line.name,
            "unit": line.unit.value,
            "quantity": 4,
            "unit_price_rials": unit.rials,
            "discount_rials": unit.rials * 4,
            "vat_basis_points": 1_000,
            "vat_rials": 0,
            "is_bonus": True,
        }
        await uow.connection.execute(insert(invoice_lines).values(free))
        refund = Refund(
            lines=(RefundLine(product_id=line.product_id, returned=5, net=unit * 5, vat=of_toman(74_000)),),
            bonus_back=(BonusBack(promotion_id=1, product_id=line.product_id, units=1, charge=unit),),
        )
        note = await issue_credit_note(
            uow, clerk, invoice.id, {0: 5}, CreditReason.RETURN, NOW, refund=refund
        )
        assert (note.net, note.vat) == (unit * 4, of_toman(59_200))
        with pytest.raises(MoreThanDelivered):
            await issue_credit_note(uow, clerk, invoice.id, {1: 4}, CreditReason.DAMAGE, NOW)


async def test_goods_that_come_back_stand_on_the_shelf_again(store: Store) -> None:
    async with store.unit_of_work() as uow:
        owner, clerk = await an_owner(uow), await a_bookkeeper(uow)
        order_id = await an_order_on_its_way(uow, owner, 40)
        invoice = await issue_invoice(uow, clerk, order_id, NOW)
        assert invoice is not None
        product_id = invoice.lines[0].product_id
        assert product_id is not None
        await uow.stock.ship({product_id: 40})
        before = (await uow.stock.get(product_id)).on_hand
        first = await take_return(uow, clerk, invoice.id, {0: 5}, NOW)
        second = await take_return(uow, clerk, invoice.id, {0: 35}, NOW)
        assert first.net == of_toman(740_000)
        assert first.amount + second.amount == invoice.total
        stock = await uow.stock.get(product_id)
        assert (stock.on_hand, stock.reserved) == (before + 40, 0)
        with pytest.raises(NotFound):
            await take_return(uow, owner, invoice.id, {0: 1}, NOW)


async def test_a_credit_note_settles_its_own_invoice_then_the_oldest(store: Store) -> None:
    async with store.unit_of_work() as uow:
        owner, clerk = await an_owner(uow), await a_bookkeeper(uow)
        invoice = await invoiced(uow, owner)
        old = await an_invoice(uow, owner, 300_000, TODAY - timedelta(days=40))
        await a_payment(uow, clerk, owner, (invoice.total - Money(1_000_000)).rials, to_invoice=invoice.id)
        note = await issue_credit_note(uow, clerk, invoice.id, {0: 24}, CreditReason.VOID, NOW)
    async with store.reading() as uow:
        assert (await uow.invoices.get(invoice.id, of=owner)).is_void
        assert (await uow.invoices.get(old.id, of=owner)).open == ZERO
        (left,) = await uow.settling.list_credits(owner.customer_id or 0)
        assert left.unallocated == note.amount - Money(1_300_000)


async def test_a_void_invoice_that_is_owed_again_is_settled_by_what_voided_it(store: Store) -> None:
    """Its payment is taken back: the note that voided it must still find it among what is open."""
    async with store.unit_of_work() as uow:
        owner, clerk = await an_owner(uow), await a_bookkeeper(uow)
        customer_id = owner.customer_id or 0
        invoice = await invoiced(uow, owner)
        paid = await a_payment(uow, clerk, owner, invoice.total.rials, to_invoice=invoice.id)
        await issue_credit_note(uow, clerk, invoice.id, {0: 24}, CreditReason.VOID, NOW)
        await take_back(uow, customer_id, Voucher.PAYMENT, paid.id, NOW)
        assert [each.id for each in await uow.invoices.list_open(customer_id)] == [invoice.id]
        await use_credit(uow, customer_id, NOW)
    async with store.reading() as uow:
        assert await uow.invoices.list_open(customer_id) == ()
        (left,) = await uow.settling.list_credits(customer_id)
        assert left.unallocated == invoice.total


async def test_a_standing_counts_what_is_owed_by_the_day_it_is_due(store: Store) -> None:
    async with store.unit_of_work() as uow:
        owner = await an_owner(uow)
        await an_invoice(uow, owner, 123_000_000, date(2026, 11, 15))
        standing = await uow.credit.standing(owner.customer_id or 0, NOW)
        assert (standing.overdue, standing.overdue_days) == (Money(123_000_000), 6)
        assert AgeBucket.TO_7.value == "1_7"
        assert replace(standing, today=TODAY).balance == Money(123_000_000)
