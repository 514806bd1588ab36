"""Rule R4 as finance reads it."""

from __future__ import annotations

from domain.cheque_lists import ChequeView
from domain.money import Rate
from domain.ras_text import ras_question
from screens import ras
from screens.language import Language
from tests.domain.test_ras import jalali
from tests.screens.test_cheques import EARLIER, FIRST

TODAY = jalali("1405/08/30")
TWO = "از ۱ آبان\n۴۰ میلیون، ۱ آذر\n۶۰ میلیون، ۱۵ دی\n"


def test_the_average_day_its_excess_and_what_time_costs(persian: Language) -> None:
    asked = ras_question(f"{TWO}۵۰ میلیون، ۱ بهمن\nراس ۶۰", TODAY)
    assert ras.ras_answer(asked, Rate(300), persian).text == (
        "جمع: ۱۵۰٬۰۰۰٬۰۰۰ تومان\n"
        "راس: ۹ دی ۱۴۰۵ (۶۷.۶ روز از ۱ آبان ۱۴۰۵)\n"
        "مازاد بر ۶۰ روز: ۷.۶ روز\n"
        "تفاوت مدت: ۱٬۱۴۰٬۰۰۰ تومان"
    )
    assert "تفاوت مدت" not in ras.ras_answer(asked, None, persian).text


def test_the_last_cheque_is_named_with_its_day(persian: Language) -> None:
    asked = ras_question(f"{TWO}۵۰ میلیون\nراس ۶۰", TODAY)
    assert ras.ras_answer(asked, None, persian).text.endswith(
        "\nچک آخر: ۵۰٬۰۰۰٬۰۰۰ تومان، حداکثر به تاریخ ۸ دی ۱۴۰۵"
    )


def test_a_target_that_cannot_be_kept_is_said(persian: Language) -> None:
    asked = ras_question(f"{TWO}۱ میلیون\nراس ۱۰", TODAY)
    assert ras.ras_answer(asked, None, persian).text.endswith("راس را به این کوتاهی نمی‌رساند.")


def test_credit_lasts_from_the_invoices_to_the_cheque() -> None:
    """An invoice of 2 Mehr, a cheque of 5 Azar."""
    assert ChequeView(cheque=FIRST, paid=(EARLIER,)).credit_days == 63
    assert ChequeView(cheque=FIRST).credit_days is None
