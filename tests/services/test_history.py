from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest

from domain.errors import NotApproved, NotFound
from domain.history import Span, first_day
from domain.money import total
from domain.orders import OrderStatus
from domain.staff import Role
from services.history import open_history, open_lines
from services.orders import cancel_order
from storage.unit_of_work import Store
from tests.builders.catalogue import a_price, a_product
from tests.builders.orders import a_basket, a_buyer, a_member_of_staff, a_placed_order
from tests.conftest import NOW

WHILE_AGO = {
    "today": timedelta(),
    "last month": timedelta(days=40),
    "last season": timedelta(days=80),
    "last year": timedelta(days=260),
}


@pytest.mark.parametrize(
    ("span", "begins"),
    [
        (Span.ALL, None),
        (Span.MONTH, date(2026, 10, 23)),
        (Span.QUARTER, date(2026, 9, 23)),
        (Span.YEAR, date(2026, 3, 21)),
    ],
)
def test_spans_begin_with_the_jalali_calendar(span: Span, begins: date | None) -> None:
    assert first_day(span, date(2026, 11, 21)) == begins


async def test_totals_equal_the_sum_of_the_purchases(store: Store) -> None:
    async with store.unit_of_work() as uow:
        buyer = await a_buyer(uow)
        soap = await a_product(uow)
        orders = [
            await a_placed_order(uow, buyer, {soap: count}, NOW + timedelta(minutes=count))
            for count in range(1, 14)
        ]
        cancelled = orders[3]
        await cancel_order(uow, buyer, cancelled.id, cancelled.version, NOW)
        await a_basket(uow, buyer, {soap: 99})
        await a_placed_order(uow, await a_buyer(uow, name="سالن", route=None), {soap: 50})
    async with store.reading() as uow:
        first = await open_history(uow, buyer, Span.ALL, 1, NOW)
        second = await open_history(uow, buyer, Span.ALL, 2, NOW)
        beyond = await open_history(uow, buyer, Span.ALL, 99, NOW)
    shown = (*first.orders, *second.orders)
    assert [each.number for each in shown] == [order.number for order in reversed(orders)]
    assert (len(first.orders), first.pages, first.bought.orders, first.bought.purchases) == (10, 2, 13, 12)
    bought = [each for each in shown if each.status is not OrderStatus.CANCELLED]
    assert first.bought.total == total(each.payable for each in bought)
    assert beyond == second


async def test_a_span_holds_what_was_placed_in_it(store: Store) -> None:
    async with store.unit_of_work() as uow:
        buyer = await a_buyer(uow)
        soap = await a_product(uow, toman=None)
        await a_price(uow, soap.id, 148_000, since=date(2025, 3, 21))
        for ago in WHILE_AGO.values():
            await a_placed_order(uow, buyer, {soap: 1}, NOW - ago)
    async with store.reading() as uow:
        counted = {
            span: (await open_history(uow, buyer, span, 1, NOW)).bought.orders
            for span in (Span.MONTH, Span.QUARTER, Span.YEAR, Span.ALL)
        }
    assert counted == {Span.MONTH: 1, Span.QUARTER: 2, Span.YEAR: 3, Span.ALL: 4}


async def test_a_day_begins_at_midnight_in_tehran(store: Store) -> None:
    month = datetime.fromisoformat("2026-10-23T00:00+03:30")
    async with store.unit_of_work() as uow:
        buyer = await a_buyer(uow)
        soap = await a_product(uow)
        await a_placed_order(uow, buyer, {soap: 1}, month - timedelta(minutes=1))
        at_midnight = await a_placed_order(uow, buyer, {soap: 1}, month)
    async with store.reading() as uow:
        found = await open_history(uow, buyer, Span.MONTH, 1, NOW)
    assert [each.id for each in found.orders] == [at_midnight.id]


async def test_lines_are_for_their_customer_and_for_staff(store: Store) -> None:
    async with store.unit_of_work() as uow:
        buyer, other = await a_buyer(uow), await a_buyer(uow, name="سالن", route=None)
        order = await a_placed_order(uow, buyer, {await a_product(uow): 12})
        draft = await a_basket(uow, buyer, {await a_product(uow): 1})
        packer = await a_member_of_staff(uow)
        visitor = await a_member_of_staff(uow, Role.VISITOR)
    async with store.reading() as uow:
        own = await open_lines(uow, buyer, order.id, 1)
        theirs = await open_lines(uow, packer, order.id, 1)
        for reader, order_id in ((other, order.id), (visitor, order.id), (buyer, draft.id)):
            with pytest.raises(NotFound):
                await open_lines(uow, reader, order_id, 1)
    assert own.order.lines == theirs.order.lines == order.lines
    assert (own.is_for_staff, theirs.is_for_staff) == (False, True)


async def test_a_stranger_has_no_history(store: Store) -> None:
    async with store.unit_of_work() as uow:
        buyer = await a_buyer(uow)
    stranger = type(buyer)(identity=buyer.identity, person=buyer.person)
    async with store.reading() as uow:
        with pytest.raises(NotApproved):
            await open_history(uow, stranger, Span.ALL, 1, NOW)
