from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from domain.balances import OpenInvoice
from domain.errors import AlreadyDecided, AmountRefused, NotAProof, PaidInTheFuture, SamePerson
from domain.identifiers import card_is_valid
from domain.money import ZERO, Money
from domain.receipt_facts import card_of, facts_of
from domain.receipts import (
    Debts,
    Proof,
    Proposed,
    Receipt,
    ReceiptCard,
    ReceiptState,
    proposed,
    require_amount,
    require_day,
    typed_proof,
)
from domain.settling import allocate
from tests.conftest import NOW

TODAY = date(2026, 11, 21)
RECEIPT = Receipt(
    id=1,
    number=5_092,
    customer_id=2,
    contact_id=3,
    amount=Money(123_000_000),
    paid_on=TODAY,
    proof=Proof(tracking="88412037"),
    created_at=NOW,
)


@pytest.mark.parametrize(
    ("text", "proof"),
    [
        ("۸۸۴۱۲۰۳۷", Proof(tracking="88412037")),
        ("۸۸۴۱-۲۰۳۷", Proof(tracking="88412037")),
        (" 140508301234567 ", Proof(tracking="140508301234567")),
        ("FT26325ABCD", Proof(tracking="FT26325ABCD")),
        ("۱۲۳۴", Proof(last_four="1234")),
        ("۶۰۳۷ ۹۹۷۵ ۹۹۹۹ ۹۹۹۳", Proof(last_four="9993")),
    ],
)
def test_what_is_typed_is_a_number_or_the_end_of_a_card(text: str, proof: Proof) -> None:
    assert typed_proof(text) == proof


@pytest.mark.parametrize("text", ["", "سلام", "۱۲", "salam", "1" * 41, "کارت 1234 بود"])
def test_anything_else_is_no_proof(text: str) -> None:
    with pytest.raises(NotAProof):
        typed_proof(text)


def test_only_a_right_check_digit_makes_a_card() -> None:
    assert card_is_valid("6037997599999993")
    assert not card_is_valid("6037997599999996")
    assert not card_is_valid("603799759999999")


def test_nobody_has_paid_tomorrow_or_long_ago() -> None:
    require_day(TODAY, TODAY)
    for day in (TODAY + timedelta(days=1), TODAY - timedelta(days=181)):
        with pytest.raises(PaidInTheFuture):
            require_day(day, TODAY)
    with pytest.raises(AmountRefused):
        require_amount(ZERO)


def test_one_person_is_enough_below_the_companys_amount_and_two_from_it_on() -> None:
    below, at = Money(123_000_001), Money(123_000_000)
    assert RECEIPT.approved_by(7, second_from=None).state is ReceiptState.APPROVED
    assert RECEIPT.approved_by(7, second_from=below).state is ReceiptState.APPROVED
    waiting = RECEIPT.approved_by(7, second_from=at)
    assert (waiting.state, waiting.first_by, waiting.decided_by) == (ReceiptState.SECONDED, 7, None)
    with pytest.raises(SamePerson):
        waiting.approved_by(7, second_from=at)
    assert waiting.approved_by(8, second_from=at).decided_by == 8


def test_a_correction_takes_an_earlier_approval_back() -> None:
    waiting = RECEIPT.approved_by(7, second_from=Money(1))
    for corrected in (waiting.changed_to(Money(120_000_000)), waiting.paid_for(4)):
        assert (corrected.state, corrected.first_by) == (ReceiptState.PENDING, None)
        assert corrected.approved_by(7, second_from=Money(1)).state is ReceiptState.SECONDED
    assert waiting.changed_to(Money(5)).money == Money(5)


def test_what_was_decided_stays_decided() -> None:
    for decided in (RECEIPT.approved_by(7, second_from=None), RECEIPT.rejected_by(7, "not_seen")):
        with pytest.raises(AlreadyDecided):
            decided.approved_by(8, second_from=None)
        with pytest.raises(AlreadyDecided):
            decided.rejected_by(8, "not_seen")
        with pytest.raises(AlreadyDecided):
            decided.changed_to(Money(5))


def test_a_card_comes_back_from_its_facts_as_it_was() -> None:
    owing = [
        OpenInvoice(id=n, number=100 + n, issued_on=TODAY, due_on=TODAY, open=Money(50), total=Money(60))
        for n in (1, 2)
    ]
    card = ReceiptCard(
        receipt=replace(RECEIPT, contact_id=None, customer_name="سالن", photo_id=9),
        proposal=proposed(allocate(Money(70), owing), owing),
        left=Money(3),
        promised_on=TODAY,
        second_from=Money(5),
        first_by="سمیه",
    )
    assert card.proposal == (
        Proposed(number=101, amount=Money(50), is_full=True),
        Proposed(number=102, amount=Money(20), is_full=False),
    )
    assert card_of(1, facts_of(card)) == card
    assert Debts(invoices=()).first is None
