from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from domain.balances import AgeBucket, OpenInvoice, age_bucket, aging, due_on
from domain.money import ZERO, Money, of_toman, total
from domain.settling import ROUNDS_TO, Settled, allocate

TODAY = date(2026, 11, 21)


def owing(number: int, rials: int, days: int = 0) -> OpenInvoice:
    due = TODAY + timedelta(days=days)
    return OpenInvoice(
        id=number, number=number, issued_on=due, due_on=due, open=Money(rials), total=Money(rials)
    )


def parts(settled: Settled) -> list[tuple[int, int]]:
    return [(part.invoice_id, part.amount.rials) for part in settled.parts]


def test_the_oldest_due_is_settled_first_and_the_rest_stays_unallocated() -> None:
    settled = allocate(Money(9_000), [owing(3, 4_000, 5), owing(1, 3_000, -5), owing(2, 1_000, 0)])
    assert parts(settled) == [(1, 3_000), (2, 1_000), (3, 4_000)]
    assert settled.left == Money(1_000)


def test_of_the_same_day_the_earlier_invoice_goes_first() -> None:
    assert parts(allocate(Money(10), [owing(8, 50), owing(7, 50)])) == [(7, 10)]


def test_named_invoices_are_settled_in_the_order_they_were_named() -> None:
    invoices = [owing(1, 3_000, -5), owing(2, 1_000), owing(3, 4_000, 5)]
    settled = allocate(Money(9_000), invoices, [3, 2, 3])
    assert parts(settled) == [(3, 4_000), (2, 1_000)]
    assert settled.left == Money(4_000)


def test_a_receipt_in_toman_settles_an_invoice_in_rials() -> None:
    """R1.4a: 150,581,889 rials are shown as 15,058,189 toman, and whoever pays these has paid all."""
    invoice = owing(1, 150_581_889)
    settled = allocate(of_toman(invoice.open.toman), [invoice])
    assert parts(settled) == [(1, 150_581_889)]
    assert (settled.over, settled.left) == (Money(1), ZERO)


def test_five_rials_too_little_are_let_go_and_six_are_not() -> None:
    assert allocate(Money(95), [owing(1, 100)]).parts[0].rounding == Money(5)
    assert allocate(Money(94), [owing(1, 100)]).parts[0].rounding == ZERO


def test_five_rials_too_much_do_not_go_to_the_next_invoice() -> None:
    settled = allocate(Money(105), [owing(1, 100), owing(2, 100, 1)])
    assert parts(settled) == [(1, 100)]
    assert (settled.over, settled.left) == (Money(5), ZERO)
    assert parts(allocate(Money(106), [owing(1, 100), owing(2, 100, 1)])) == [(1, 100), (2, 6)]


def test_credit_that_settles_nothing_is_not_rounded_away() -> None:
    assert allocate(Money(3), []) == Settled(parts=(), left=Money(3))
    assert allocate(Money(3), [owing(1, 100)]).parts[0].amount == Money(3)


@given(
    st.integers(1, 10**9),
    st.lists(st.tuples(st.integers(1, 10**8), st.integers(-90, 90)), max_size=8),
)
def test_every_rial_is_settled_left_or_rounded(rials: int, rows: list[tuple[int, int]]) -> None:
    invoices = [owing(at, *row) for at, row in enumerate(rows, start=1)]
    settled = allocate(Money(rials), invoices)
    paid = total(part.amount for part in settled.parts)
    assert paid + settled.left + settled.over == Money(rials)
    by_id = {each.id: each for each in invoices}
    for part in settled.parts:
        assert ZERO < part.amount <= by_id[part.invoice_id].open
        assert part.amount + part.rounding <= by_id[part.invoice_id].open
        assert ZERO <= part.rounding <= ROUNDS_TO
    assert ZERO <= settled.over <= ROUNDS_TO
    # Something is left only when nothing is owed any more.
    settles = {part.invoice_id: part.amount + part.rounding for part in settled.parts}
    is_all = all(settles.get(each.id) == each.open for each in invoices)
    assert is_all or settled.left == ZERO


@given(st.lists(st.tuples(st.integers(1, 10**8), st.integers(-90, 90)), min_size=1, max_size=8))
def test_the_order_in_which_invoices_are_given_changes_nothing(rows: list[tuple[int, int]]) -> None:
    invoices = [owing(at, *row) for at, row in enumerate(rows, start=1)]
    half = Money(sum(row[0] for row in rows) // 2 or 1)
    assert allocate(half, invoices) == allocate(half, invoices[::-1])


def test_ages_fall_into_their_buckets() -> None:
    bounds = {0: "not_due", 1: "1_7", 7: "1_7", 8: "8_15", 15: "8_15", 16: "16_30", 30: "16_30"}
    bounds |= {31: "31_60", 60: "31_60", 61: "over_60", 400: "over_60", -9: "not_due"}
    assert {days: age_bucket(days).value for days in bounds} == bounds


def test_every_bucket_is_there_also_the_empty_ones() -> None:
    ages = aging([owing(1, 123_000_000, -6), owing(2, 58_212_000, 11)], TODAY)
    assert set(ages.by_bucket) == set(AgeBucket)
    assert ages.by_bucket[AgeBucket.TO_7] == ages.overdue == Money(123_000_000)
    assert ages.total == Money(181_212_000)


def test_a_term_ends_on_a_working_day() -> None:
    """R7 and S3: 21 days after 1405/08/03 are 1405/08/24; a Friday or holiday moves it on."""
    assert due_on(date(2026, 10, 25), 21, frozenset()) == date(2026, 11, 15)
    friday = date(2026, 11, 20)
    assert due_on(friday, 0, {date(2026, 11, 21)}) == date(2026, 11, 22)
