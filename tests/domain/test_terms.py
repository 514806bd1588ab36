"""Payment terms: days, parts, what is owed after the delivery (rules R6.1 and R2.1)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.errors import TermRefused
from domain.money import ZERO, Money, Rate, total
from domain.terms import PREPAID, UNAGREED, Term, TermKind, allowed_term, find, made, term_of

CHEQUE = made(TermKind.CHEQUE, 45)
CASH = made(TermKind.CASH_PRE, discount=Rate(400))
MIXED = made(TermKind.MIXED, 45, Rate(400), Rate(4_000), TermKind.CHEQUE)
PAYABLE = Money(105_858_400)


def test_a_term_has_the_code_of_the_books() -> None:
    assert [each.code for each in (CHEQUE, CASH, MIXED, UNAGREED)] == [
        "CHQ_45",
        "CASH_PRE",
        "MIX_40_CHQ_45",
        "COD",
    ]
    assert made(TermKind.ACCOUNT, 21).code == "ACC_21"
    assert made(TermKind.MIXED, 21, cash=Rate(3_333), rest=TermKind.ACCOUNT).code == "MIX_33.33_ACC_21"


def test_a_cheque_of_the_story_is_due_on_the_seventeenth_of_dey() -> None:
    assert CHEQUE.due_on(date(2026, 11, 23), ()) == date(2027, 1, 7)


def test_what_falls_on_a_holiday_is_due_on_the_next_working_day() -> None:
    friday, saturday = date(2026, 11, 27), date(2026, 11, 28)
    assert made(TermKind.ACCOUNT, 4).due_on(date(2026, 11, 23), ()) == saturday
    assert made(TermKind.ACCOUNT, 4).due_on(date(2026, 11, 23), {saturday}) == date(2026, 11, 29)
    assert friday.weekday() == 4


@pytest.mark.parametrize(
    ("term", "owed"),
    [
        (CHEQUE, PAYABLE),
        (made(TermKind.ACCOUNT, 21), PAYABLE),
        (made(TermKind.CONSIGNMENT, 30), PAYABLE),
        (CASH, ZERO),
        (UNAGREED, ZERO),
        (MIXED, Money(63_515_040)),
    ],
)
def test_what_is_paid_before_or_at_the_delivery_is_no_exposure(term: Term, owed: Money) -> None:
    assert term.credit_part(PAYABLE) == owed


@given(st.integers(0, 10**13), st.integers(1, 9_999))
def test_the_parts_of_a_mixed_term_are_the_whole(rials: int, share: int) -> None:
    term = made(TermKind.MIXED, 45, cash=Rate(share), rest=TermKind.CHEQUE)
    parts = term.parts(Money(rials))
    assert total(part.amount for part in parts) == Money(rials)
    assert sum(part.amount.toman for part in parts) == Money(rials).toman
    assert all(part.amount >= ZERO for part in parts)


def test_only_the_cash_share_of_a_mixed_term_is_discounted() -> None:
    assert (MIXED.settlement.discount, MIXED.settlement.share) == (Rate(400), Rate(4_000))
    assert CASH.settlement.share == Rate(10_000)


@pytest.mark.parametrize("term", [CHEQUE, CASH, MIXED, UNAGREED])
def test_a_term_comes_back_from_its_facts(term: Term) -> None:
    assert term_of(term.facts()) == term


def test_a_term_is_found_by_what_it_says() -> None:
    kept = Term(id=9, code="CHQ_45", kind=TermKind.CHEQUE, days=45)
    assert find((made(TermKind.COD), kept), CHEQUE) == kept
    assert find((made(TermKind.COD),), CHEQUE) is None
    assert find((kept,), None) is None


def test_what_is_paid_down_is_cash_to_the_rial_and_leaves_the_agreement_as_it_was() -> None:
    payable, down = Money(720_000_007), Money(120_000_000)
    for term in (CHEQUE, MIXED):
        split = term.with_down(down)
        assert split.credit_part(payable) == term.credit_part(payable) - down
        assert total(part.amount for part in split.parts(payable)) == payable
        assert (split.agreed.facts(), split.settlement) == (term.facts(), term.settlement)
        assert term_of(split.facts()) == replace(split, id=0)
        kept = replace(term, id=9)
        assert find((kept,), split) == kept.with_down(down)
    assert CHEQUE.can_split
    assert not CASH.can_split
    assert CHEQUE.with_down(down).with_down(down).down == down * 2


@pytest.mark.parametrize(
    ("kind", "days", "discount", "cash", "rest"),
    [
        (TermKind.CHEQUE, 400, 0, 0, None),
        (TermKind.CASH_PRE, 0, 10_000, 0, None),
        (TermKind.CHEQUE, 45, 0, 4_000, None),
        (TermKind.MIXED, 45, 0, 0, TermKind.CHEQUE),
        (TermKind.MIXED, 45, 0, 4_000, None),
        (TermKind.MIXED, 45, 0, 4_000, TermKind.COD),
    ],
)
def test_impossible_terms_are_refused(
    kind: TermKind, days: int, discount: int, cash: int, rest: TermKind | None
) -> None:
    with pytest.raises(TermRefused):
        made(kind, days, Rate(discount), Rate(cash), rest)


def test_an_order_keeps_its_term_while_it_is_allowed() -> None:
    two = (CHEQUE, made(TermKind.ACCOUNT, 21))
    assert allowed_term(two, CHEQUE) == CHEQUE
    assert allowed_term(two, None) is None
    assert allowed_term(two, made(TermKind.CHEQUE, 60)) is None
    assert allowed_term((CHEQUE,), made(TermKind.CHEQUE, 60)) == CHEQUE
    assert allowed_term(two, PREPAID) == PREPAID


def test_what_is_owed_without_a_cheque_is_on_account() -> None:
    mixed = made(TermKind.MIXED, 21, cash=Rate(5_000), rest=TermKind.ACCOUNT)
    assert [each.is_on_account for each in (CHEQUE, MIXED, mixed, made(TermKind.ACCOUNT, 21))] == [
        False,
        False,
        True,
        True,
    ]
