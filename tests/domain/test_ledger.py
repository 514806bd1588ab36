from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.ledger import OWED, Account, EntryKind, LedgerEntry, Posting, Statement, Voucher, running
from domain.money import ZERO, Money, of_toman

DAY = date(2026, 11, 21)
AT = datetime(2026, 11, 21, tzinfo=UTC)


def posting(debit: Account, credit: Account, rials: int = 100, **more: Any) -> Posting:
    return Posting(
        debit=debit,
        credit=credit,
        amount=Money(rials),
        customer_id=1,
        voucher=Voucher.CHEQUE,
        voucher_id=1,
        kind=EntryKind.CHEQUE_RECEIVED,
        key="k",
        day=DAY,
        at=AT,
        **more,
    )


def test_a_posting_moves_something_from_one_account_to_another() -> None:
    with pytest.raises(ValueError, match="more than nothing"):
        posting(Account.BANK, Account.CASH, 0)
    with pytest.raises(ValueError, match="two accounts"):
        posting(Account.BANK, Account.BANK)


@pytest.mark.parametrize(
    ("debit", "credit", "effect"),
    [
        (Account.RECEIVABLE, Account.SALES, 100),
        (Account.BANK, Account.RECEIVABLE, -100),
        (Account.CHEQUES, Account.RECEIVABLE, -100),
        (Account.BOUNCED, Account.CHEQUES, 100),
        (Account.BANK, Account.CHEQUES, 0),
        (Account.RECEIVABLE, Account.BOUNCED, 0),
    ],
)
def test_only_what_is_owed_moves_the_balance(debit: Account, credit: Account, effect: int) -> None:
    assert posting(debit, credit).effect == Money(effect)


@given(st.sampled_from(Account), st.sampled_from(Account), st.integers(1, 10**12))
def test_a_mirrored_posting_takes_everything_back(debit: Account, credit: Account, rials: int) -> None:
    if debit is credit:
        return
    made = posting(debit, credit, rials, id=7)
    mirrored = made.mirrored(DAY, AT)
    assert made.effect + mirrored.effect == ZERO
    assert (mirrored.reverses, mirrored.key) == (7, "reverse:7")


def test_customers_owe_on_two_accounts_only() -> None:
    assert {Account.RECEIVABLE, Account.BOUNCED} == OWED


def entry(toman: int) -> LedgerEntry:
    return LedgerEntry(
        day=DAY,
        voucher=Voucher.INVOICE,
        voucher_id=1,
        kind=EntryKind.INVOICE,
        amount=of_toman(toman),
        facts={},
    )


def test_the_salons_aban_runs_from_opening_to_closing() -> None:
    """S3.3."""
    lines = running(
        of_toman(14_800_000), [entry(12_300_000), entry(-7_500_000), entry(-7_300_000), entry(5_821_200)]
    )
    statement = Statement(
        customer_id=1,
        customer_name="",
        from_day=DAY,
        until_day=DAY,
        opening=of_toman(14_800_000),
        lines=lines,
    )
    assert [line.balance.toman for line in lines] == [27_100_000, 19_600_000, 12_300_000, 18_121_200]
    assert statement.closing == of_toman(18_121_200)
    assert statement.opening + statement.debits - statement.credits == statement.closing


def test_a_statement_without_entries_closes_as_it_opened() -> None:
    statement = Statement(
        customer_id=1, customer_name="", from_day=DAY, until_day=DAY, opening=Money(5), lines=()
    )
    assert statement.closing == Money(5)
