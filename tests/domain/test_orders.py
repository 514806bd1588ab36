from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.calendar import DeliveryPlan
from domain.errors import EmptyOrder, OrderClosed
from domain.money import Money, Rate, of_toman
from domain.order_views import Job
from domain.orders import NEXT, Order, OrderLine, OrderStatus, most_sold, units_now
from tests.builders.orders import MONDAY, WEST
from tests.conftest import NOW

PLAN = DeliveryPlan(short_address="-", route=WEST, holidays=frozenset())


def a_line(
    product_id: int = 1, quantity: int = 1, later: int = 0, toman: int = 100, vat: int = 1000
) -> OrderLine:
    return OrderLine(
        product_id=product_id, name="-", short_name="-", label="-",
        quantity=quantity, later=later, unit_price=of_toman(toman), vat_rate=Rate(vat),
    )  # fmt: skip


def an_order(*lines: OrderLine, status: OrderStatus = OrderStatus.DRAFT) -> Order:
    return Order(
        id=1,
        customer_id=1,
        outlet_id=1,
        contact_id=1,
        lines=lines,
        status=status,
        number=1,
        deliver_on=MONDAY,
    )


def test_the_basket_of_the_story_adds_up() -> None:
    order = an_order(
        a_line(1, 24, toman=148_000), a_line(2, 40, toman=96_000), a_line(3, 10, toman=265_000, vat=0)
    )
    assert (order.net, order.vat, order.payable) == tuple(map(of_toman, (10_042_000, 739_200, 10_781_200)))


def test_a_line_replaces_the_line_of_its_product_and_zero_takes_it_out() -> None:
    order = an_order(a_line(1, 2), a_line(2, 3)).with_line(a_line(1, 5))
    assert [(each.product_id, each.quantity) for each in order.lines] == [(1, 5), (2, 3)]
    assert order.with_line(a_line(2, 0)).lines == (a_line(1, 5),)
    assert order.without(1).lines == (a_line(2, 3),)
    assert order.emptied().lines == ()


def test_units_of_one_product_on_two_lines_are_merged_and_later_ones_left_out() -> None:
    assert units_now((a_line(1, 60), a_line(2, 5, later=5), a_line(1, 60, later=10))) == {1: 110, 2: 0}


def test_only_drafts_are_edited_and_only_filled_ones_placed() -> None:
    placed = an_order(a_line(), status=OrderStatus.PLACED)
    for edit in (placed.emptied, lambda: placed.without(1), lambda: placed.with_line(a_line(2))):
        with pytest.raises(OrderClosed):
            edit()
    with pytest.raises(EmptyOrder):
        an_order().require_lines()


@pytest.mark.parametrize("status", OrderStatus)
@pytest.mark.parametrize("to", OrderStatus)
def test_a_status_changes_only_along_its_table(status: OrderStatus, to: OrderStatus) -> None:
    order = an_order(a_line(), status=status)
    if to in NEXT[status]:
        moved = order.moved_to(to, NOW)
        assert (moved.status, moved.events[-1].status, moved.events[-1].at) == (to, to, NOW)
    else:
        with pytest.raises(OrderClosed):
            order.moved_to(to, NOW)


def test_an_order_can_be_changed_until_its_cutoff_and_not_once_it_is_picked() -> None:
    order = an_order(a_line(), status=OrderStatus.APPROVED)
    assert order.can_change(PLAN, NOW)
    assert not order.can_change(PLAN, NOW + timedelta(days=2))
    assert not replace(order, status=OrderStatus.PICKING).can_change(PLAN, NOW)
    assert not replace(order, deliver_on=None).can_change(PLAN, NOW)


def test_the_warehouse_is_shown_one_step_at_a_time() -> None:
    steps = {}
    for status in OrderStatus:
        order = an_order(a_line(), status=status)
        steps[status] = Job(order=order, plan=PLAN, customer_name="-").next_step
    kinds = OrderStatus
    assert {status: step for status, step in steps.items() if step} == {
        kinds.APPROVED: kinds.PICKING,
        kinds.PICKING: kinds.LOADED,
        kinds.LOADED: kinds.DELIVERED,
    }
    order = an_order(a_line(), status=kinds.APPROVED)
    assert Job(order=order, plan=PLAN, customer_name="-", can_move=False).next_step is None


@given(st.integers(1, 500), st.integers(1, 50), st.integers(0, 5_000))
def test_the_most_that_is_sold_is_a_multiple_within_what_there_is(
    minimum: int, multiple: int, available: int
) -> None:
    most = most_sold(minimum, multiple, available)
    assert 0 <= most <= available
    assert most == 0 or (most % multiple == 0 and most >= minimum and most + multiple > available)


@given(
    st.lists(st.tuples(st.integers(1, 9_999), st.integers(0, 9_999_999), st.integers(0, 2_500)), max_size=9)
)
def test_totals_are_sums_of_rounded_lines(lines: list[tuple[int, int, int]]) -> None:
    made = [
        replace(a_line(place, quantity, vat=vat), unit_price=Money(rials))
        for place, (quantity, rials, vat) in enumerate(lines)
    ]
    order = an_order(*made)
    assert order.payable == order.net + order.vat
    assert order.vat.rials == sum((2 * q * r * v + 10_000) // 20_000 for q, r, v in lines)
