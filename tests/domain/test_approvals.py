"""Cards that say what was true, and hours in which people work."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from domain.approval_facts import card_of, facts_of
from domain.approvals import ApprovalCard, Bounce, Buying, ChangeKind, StockLine, changes_since, stock_lines
from domain.credit import CreditLimit, CreditStanding, HoldKind
from domain.credit_decisions import decide, inputs_of
from domain.fitting import cut_step
from domain.money import Money, Rate, of_toman
from domain.orders import OrderLine, OrderStatus
from domain.staff import Role
from domain.working_time import working_hours_later
from sandbox.gallery_values import SHAMPOO

TODAY = date(2026, 11, 21)
NOW = datetime.fromisoformat("2026-11-21T10:00:00+03:30")
STANDING = CreditStanding(
    customer_id=1, open_invoices=Money(200), today=TODAY, limit=CreditLimit(total=Money(250)), segment="B"
)
CARD = ApprovalCard(
    order_id=1,
    number=7,
    version=2,
    status=OrderStatus.HELD,
    customer_id=1,
    customer="آفتاب",
    outlet="ونک",
    payable=Money(60),
    term=None,
    decision=decide(STANDING, Money(60)),
    stock=(StockLine(label="کرم", there=3, asked=5),),
    buying=Buying(last_day=None, order_count=0),
    today=TODAY,
)


def with_standing(**changes: object) -> ApprovalCard:
    return replace(CARD, decision=decide(replace(STANDING, **changes), Money(60)))  # type: ignore[arg-type]


def test_a_card_comes_back_from_its_facts() -> None:
    assert card_of(1, facts_of(CARD)).seen == CARD.seen
    late = with_standing(oldest_due=TODAY - timedelta(days=3), overdue=Money(5), has_broken_promise=True)
    again = card_of(1, facts_of(late))
    assert (again.seen, again.standing.overdue_days) == (late.seen, 3)
    assert card_of(1, facts_of(replace(CARD, decide_by=NOW))).decide_by == NOW


@pytest.mark.parametrize(
    "other",
    [
        replace(CARD, version=3),
        replace(CARD, stock=(StockLine(label="کرم", there=4, asked=5),)),
        with_standing(bounced=Money(1)),
        with_standing(limit=CreditLimit(total=Money(251))),
        with_standing(segment="A"),
    ],
)
def test_whatever_a_decision_rests_on_changes_what_was_seen(other: ApprovalCard) -> None:
    assert other.seen != CARD.seen


def test_names_and_the_day_do_not() -> None:
    tomorrow = replace(CARD, customer="آفتاب تازه", today=TODAY + timedelta(days=1), decide_by=NOW)
    assert tomorrow.seen == CARD.seen


BEFORE = inputs_of(STANDING, Money(60), on_account=False)


@pytest.mark.parametrize(
    ("card", "kinds"),
    [
        (with_standing(bounced=Money(5), bounced_count=1), [ChangeKind.BOUNCED, ChangeKind.EXPOSURE]),
        (with_standing(is_blocked=True), [ChangeKind.BLOCKED]),
        (with_standing(holds=frozenset({HoldKind.MANUAL})), [ChangeKind.HELD]),
        (with_standing(limit=CreditLimit(total=Money(9))), [ChangeKind.LIMIT]),
        (with_standing(open_invoices=Money(210)), [ChangeKind.EXPOSURE]),
        (replace(CARD, decision=decide(STANDING, Money(61))), [ChangeKind.ORDER]),
        (CARD, [ChangeKind.STOCK]),
    ],
)
def test_what_has_changed_is_named_the_worst_first(card: ApprovalCard, kinds: list[ChangeKind]) -> None:
    bounce = Bounce(amount=Money(5), at=NOW - timedelta(minutes=4))
    assert [each.kind for each in changes_since(BEFORE, card, bounce, NOW)] == kinds


def test_minutes_since_a_bounce_are_whole_and_never_negative() -> None:
    card = with_standing(bounced=Money(5), bounced_count=1)
    for ago, minutes in ((timedelta(minutes=4, seconds=59), 4), (-timedelta(seconds=5), 0)):
        (change, *_rest) = changes_since(BEFORE, card, Bounce(amount=Money(5), at=NOW - ago), NOW)
        assert change.minutes == minutes


def test_who_may_decide_follows_the_row() -> None:
    assert CARD.decision.row == 7
    assert CARD.may_decide(Role.MANAGER)
    assert CARD.may_decide(Role.FINANCE)
    assert not CARD.may_decide(Role.WAREHOUSE)
    bounced = with_standing(bounced=Money(1))
    assert (bounced.may_decide(Role.MANAGER), bounced.may_decide(Role.FINANCE)) == (False, True)
    assert with_standing(open_invoices=Money(1)).may_decide(Role.MANAGER)


def line(quantity: int, later: int = 0, product_id: int = 1) -> OrderLine:
    return OrderLine(
        product_id=product_id,
        name="کرم",
        short_name="کرم",
        label="کرم",
        quantity=quantity,
        later=later,
        unit_price=of_toman(10),
        vat_rate=Rate(1_000),
    )


def test_what_comes_later_is_there_as_far_as_it_is_left() -> None:
    found = stock_lines([line(5, 4), line(3, 3), line(2, product_id=2)], {1: 5})
    assert [(each.there, each.asked, each.is_full) for each in found] == [
        (5, 5, True),
        (1, 3, False),
        (2, 2, True),
    ]


@pytest.mark.parametrize(("quantity", "less"), [(72, 48), (24, 23), (25, 1), (1, 0)])
def test_a_line_loses_a_carton_or_a_unit_at_a_time(quantity: int, less: int) -> None:
    assert cut_step(line(quantity), SHAMPOO).less == less
    assert cut_step(line(quantity), SHAMPOO).amount == (of_toman(11) * quantity)


def test_a_line_whose_product_is_gone_loses_single_units() -> None:
    assert cut_step(line(5), None).less == 4


def at(text: str) -> datetime:
    return datetime.fromisoformat(f"{text}+03:30")


@pytest.mark.parametrize(
    ("now", "hours", "then"),
    [
        ("2026-11-21T10:00", 2, "2026-11-21T12:00"),
        ("2026-11-21T16:00", 2, "2026-11-22T09:00"),
        ("2026-11-21T00:30", 2, "2026-11-21T10:00"),
        ("2026-11-19T12:30", 2, "2026-11-21T09:30"),
        ("2026-11-20T12:00", 1, "2026-11-21T09:00"),
        ("2026-11-21T08:00", 9, "2026-11-21T17:00"),
        ("2026-11-21T20:00", 10, "2026-11-23T09:00"),
    ],
)
def test_only_hours_of_work_count(now: str, hours: int, then: str) -> None:
    assert working_hours_later(at(now), hours, ()) == at(then)


def test_holidays_and_endless_ones_are_passed_over() -> None:
    holidays = {date(2026, 11, 21), date(2026, 11, 22)}
    assert working_hours_later(at("2026-11-21T10:00"), 2, holidays) == at("2026-11-23T10:00")
    for_ever = {date(2026, 11, 21) + timedelta(days=ahead) for ahead in range(90)}
    assert working_hours_later(at("2026-11-21T10:00"), 2, for_ever) == at("2027-01-20T10:00")
