"""Ras as people ask for it, with the numbers of rule R4."""

from __future__ import annotations

from fractions import Fraction

import pytest

from domain.errors import NotAnAmountAndDay
from domain.money import MoneyUnit, Rate, of_toman
from domain.ras_text import ras_question
from tests.domain.test_ras import jalali

TODAY = jalali("1405/08/30")


def test_three_cheques_from_the_invoices_day() -> None:
    asked = ras_question("از ۱ آبان\n۴۰ میلیون، ۱ آذر\n۶۰ میلیون، ۱۵ دی\n۵۰ میلیون، ۱ بهمن\nراس ۶۰", TODAY)
    assert asked.start == jalali("1405/08/01")
    assert asked.found is not None
    assert (asked.found.days, asked.found.due_on) == (Fraction(676, 10), jalali("1405/10/09"))
    assert asked.excess == Fraction(76, 10)
    assert asked.time_difference(Rate(300)) == of_toman(1_140_000)
    assert asked.last_due is None


def test_the_last_cheque_is_looked_for() -> None:
    asked = ras_question("از ۱ آبان\n۴۰ میلیون ۱ آذر\n۶۰ میلیون ۱۵ دی\n۵۰ میلیون\nراس ۶۰ روز", TODAY)
    assert (asked.last, asked.last_due) == (of_toman(50_000_000), jalali("1405/10/08"))


def test_today_is_the_start_where_none_is_said() -> None:
    asked = ras_question("7.5 میلیون، ۵ آذر\n۸ میلیون، ۲۰ آذر\n۶ میلیون، ۱ دی", TODAY)
    assert asked.found is not None
    assert (asked.found.whole_days, asked.found.due_on) == (18, jalali("1405/09/18"))
    assert asked.excess == 0


def test_amounts_may_be_in_rials() -> None:
    asked = ras_question("75000000، ۵ آذر", TODAY, MoneyUnit.RIAL)
    assert asked.dues[0].amount == of_toman(7_500_000)


@pytest.mark.parametrize(
    "text", ["", "سلام", "۴۰ میلیون", "راس ۶۰", "۴۰ میلیون\n۵۰ میلیون\nراس ۶۰", "۱ میلیون، ۱ آذر\n" * 41]
)
def test_what_is_no_question_is_refused(text: str) -> None:
    with pytest.raises(NotAnAmountAndDay):
        ras_question(text, TODAY)
