"""Rule R3: the bank's colour of a drawer, and how a customer's cheques have done."""

from __future__ import annotations

from fractions import Fraction

import pytest

from domain.cheque_errors import DrawerRefused, DrawerUnknown, DrawerWaits, TooMuchOfOneColour
from domain.drawers import (
    DEFAULT_POLICY,
    ChequeRecord,
    ColourPolicy,
    DrawerColour,
    DrawerDecision,
    Grade,
    policy_of,
    require_acceptable,
)
from domain.money import ZERO, Money, Rate, of_toman

TEN, TWENTY = of_toman(10_000_000), of_toman(20_000_000)


def judge(
    colour: DrawerColour | None, *, is_approved: bool = False, amount: Money = TEN, owed: Money = TWENTY
) -> None:
    require_acceptable(colour, DEFAULT_POLICY, is_approved=is_approved, amount=amount, owed=owed)


def test_white_is_taken_and_an_unknown_colour_is_not() -> None:
    judge(DrawerColour.WHITE)
    with pytest.raises(DrawerUnknown):
        judge(None)


def test_yellow_waits_for_a_manager() -> None:
    with pytest.raises(DrawerWaits):
        judge(DrawerColour.YELLOW)
    judge(DrawerColour.YELLOW, is_approved=True)


def test_orange_pays_at_most_half_of_what_is_owed() -> None:
    judge(DrawerColour.ORANGE, amount=TEN, owed=TWENTY)
    with pytest.raises(TooMuchOfOneColour) as refused:
        judge(DrawerColour.ORANGE, amount=TEN + Money(1), owed=TWENTY)
    assert refused.value.most == TEN


@pytest.mark.parametrize("colour", [DrawerColour.BROWN, DrawerColour.RED])
def test_brown_and_red_are_refused_whoever_agrees(colour: DrawerColour) -> None:
    with pytest.raises(DrawerRefused) as refused:
        judge(colour, is_approved=True)
    assert not isinstance(refused.value, DrawerWaits)


def test_a_company_may_set_its_own_table() -> None:
    table = policy_of({"orange": "finance:40", "brown": "manager"})
    assert table[DrawerColour.ORANGE] == ColourPolicy(DrawerDecision.FINANCE, Rate(4_000))
    assert table[DrawerColour.BROWN] == ColourPolicy(DrawerDecision.MANAGER)
    assert table[DrawerColour.WHITE] == DEFAULT_POLICY[DrawerColour.WHITE]


def record(cleared: int, bounced: int) -> ChequeRecord:
    return ChequeRecord(
        cleared_count=cleared, cleared=TEN * cleared, bounced_count=bounced, bounced=TEN * bounced
    )


@pytest.mark.parametrize(
    ("cleared", "bounced", "grade"),
    [
        (14, 0, Grade.GOOD),
        (99, 1, Grade.USUAL),
        (95, 5, Grade.RISKY),
        (86, 14, Grade.RISKY),
        (85, 15, Grade.BAD),
        (0, 1, Grade.BAD),
        (0, 0, None),
    ],
)
def test_the_grade_follows_the_rate(cleared: int, bounced: int, grade: Grade | None) -> None:
    assert record(cleared, bounced).grade() is grade


def test_the_worse_of_count_and_amount_decides() -> None:
    mixed = ChequeRecord(cleared_count=99, cleared=TEN * 9, bounced_count=1, bounced=TEN)
    assert (mixed.rate_by_count, mixed.rate_by_amount) == (Fraction(1, 100), Fraction(1, 10))
    assert (mixed.rate, mixed.grade()) == (Rate(1_000), Grade.RISKY)


def test_without_decided_cheques_there_is_no_rate() -> None:
    none = ChequeRecord()
    assert (none.rate_by_count, none.rate_by_amount, none.rate) == (None, None, None)
    assert none.cleared == ZERO
