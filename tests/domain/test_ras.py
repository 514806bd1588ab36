"""Rule R4, with its worked numbers."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from persiantools.jdatetime import JalaliDate

from domain.holidays import holidays
from domain.instruments import effective_due
from domain.money import Money, Rate, of_toman
from domain.ras import FURTHEST, DueAmount, Ras, credit_days, last_due, ras


def jalali(text: str) -> date:
    year, month, day = (int(part) for part in text.split("/"))
    return JalaliDate(year, month, day).to_gregorian()


def millions(amount: float, day: str) -> DueAmount:
    return DueAmount(of_toman(round(amount * 1_000_000)), jalali(day))


INVOICED = jalali("1405/08/01")
FORTY, SIXTY, FIFTY = millions(40, "1405/09/01"), millions(60, "1405/10/15"), millions(50, "1405/11/01")
CHEQUES = (FORTY, SIXTY, FIFTY)
INVOICES = (millions(80, "1405/07/05"), millions(45, "1405/07/20"), millions(25, "1405/08/01"))
SALON = (millions(7.5, "1405/09/05"), millions(8, "1405/09/20"), millions(6, "1405/10/01"))


def weighed(start: date, dues: tuple[DueAmount, ...]) -> Ras:
    found = ras(start, dues)
    assert found is not None
    return found


def test_the_example_of_the_source_is_nineteen_days() -> None:
    start = INVOICED
    dues = tuple(
        DueAmount(Money(rials), start + timedelta(days=days))
        for rials, days in ((200_000, 20), (150_000, 30), (100_000, 45), (500_000, 10))
    )
    found = weighed(start, dues)
    assert found.days == Fraction(18_000_000, 950_000)
    assert (str(found.two_decimals), found.whole_days) == ("18.95", 19)


def test_three_cheques_average_to_67_6_days() -> None:
    found = weighed(INVOICED, CHEQUES)
    assert found.days == Fraction(676, 10)
    assert found.two_decimals == Decimal("67.60")
    assert found.due_on == jalali("1405/10/09")


def test_another_start_gives_the_same_day() -> None:
    found = weighed(jalali("1405/09/01"), CHEQUES)
    assert found.days == Fraction(376, 10)
    assert found.due_on == jalali("1405/10/09")


@given(
    st.lists(st.tuples(st.integers(1, 10**13), st.integers(-400, 400)), min_size=1, max_size=12),
    st.integers(-900, 900),
)
def test_the_day_never_depends_on_the_start(parts: list[tuple[int, int]], shift: int) -> None:
    dues = tuple(DueAmount(Money(rials), INVOICED + timedelta(days=days)) for rials, days in parts)
    moved = weighed(INVOICED + timedelta(days=shift), dues)
    assert moved.due_on == weighed(INVOICED, dues).due_on


def test_the_excess_is_exact_and_priced_only_when_asked() -> None:
    found = weighed(INVOICED, CHEQUES)
    excess = found.excess(60)
    assert excess == Fraction(76, 10)
    assert found.time_difference(excess, Rate(300)) == of_toman(1_140_000)


def test_two_days_beyond_are_let_pass() -> None:
    found = weighed(INVOICED, CHEQUES)
    assert found.excess(Fraction(656, 10)) == 0
    assert found.excess(Fraction(655, 10)) == Fraction(21, 10)


def test_the_last_cheque_is_solved_and_cut_to_whole_days() -> None:
    last = last_due(INVOICED, 60, (FORTY, SIXTY), FIFTY.amount)
    assert last == jalali("1405/10/08")
    assert (last - INVOICED).days == 67
    assert weighed(INVOICED, (FORTY, SIXTY, DueAmount(FIFTY.amount, last))).days <= 60


def test_no_last_cheque_helps_when_the_others_are_too_late() -> None:
    assert last_due(INVOICED, 10, (FORTY, SIXTY), FIFTY.amount) is None
    assert last_due(INVOICED, 60, (FORTY, SIXTY), Money(0)) is None


@given(
    st.lists(st.tuples(st.integers(1, 10**12), st.integers(0, 200)), max_size=6),
    st.integers(1, 10**12),
    st.integers(0, 120),
)
def test_a_solved_cheque_never_exceeds_the_target(
    parts: list[tuple[int, int]], rials: int, target: int
) -> None:
    others = tuple(DueAmount(Money(each), INVOICED + timedelta(days=days)) for each, days in parts)
    last = last_due(INVOICED, target, others, Money(rials))
    if last is None:
        return
    assert weighed(INVOICED, (*others, DueAmount(Money(rials), last))).days <= target
    if (last - INVOICED).days == FURTHEST:
        return
    later = DueAmount(Money(rials), last + timedelta(days=1))
    assert weighed(INVOICED, (*others, later)).days > target


def test_several_invoices_have_a_ras_too() -> None:
    found = weighed(jalali("1405/07/05"), INVOICES)
    assert (found.two_decimals, found.due_on) == (Decimal("8.83"), jalali("1405/07/14"))


def test_credit_lasts_from_the_average_invoice_to_the_average_cheque() -> None:
    invoices = weighed(jalali("1405/07/05"), INVOICES)
    cheques = weighed(INVOICED, CHEQUES)
    assert credit_days(cheques, invoices) == Fraction(676, 10) + 26 - Fraction(1325, 150)


def test_the_salon_has_eighteen_days_by_written_days_while_the_bank_pays_on_saturday() -> None:
    found = weighed(jalali("1405/08/30"), SALON)
    assert found.days == Fraction(3835, 215)
    assert (found.two_decimals, found.whole_days) == (Decimal("17.84"), 18)
    assert found.due_on == jalali("1405/09/18")
    assert effective_due(jalali("1405/09/20"), holidays()) == jalali("1405/09/21")


def test_nothing_has_no_ras() -> None:
    assert ras(INVOICED, ()) is None
    assert ras(INVOICED, (DueAmount(Money(0), INVOICED),)) is None


@pytest.mark.parametrize(
    ("days", "whole"), [(Fraction(5, 2), 3), (Fraction(-5, 2), -2), (Fraction(-1, 2), 0)]
)
def test_half_a_day_goes_up(days: Fraction, whole: int) -> None:
    assert Ras(start=INVOICED, days=days, amount=Money(1)).whole_days == whole
