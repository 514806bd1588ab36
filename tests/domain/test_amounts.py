from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from persiantools.jdatetime import JalaliDate

from domain.amounts import MOST, AmountAndDay, AskBack, amount_and_day, typed_amount
from domain.dates import jalali
from domain.errors import AmountTooLarge, NotADay, NotAnAmount, NotAnAmountAndDay
from domain.money import Money, MoneyUnit, of_toman
from domain.numerals import LARGEST, in_words

TODAY = jalali(1405, 8, 30)
MILLION = 1_000_000


@pytest.mark.parametrize(
    ("text", "toman"),
    [
        ("۱۲٬۳۰۰٬۰۰۰", 12_300_000),
        ("12,300,000", 12_300_000),
        ("۱۲،۳۰۰،۰۰۰ تومان", 12_300_000),
        ("١٢٣٠٠٠٠٠", 12_300_000),
        ("12.300.000 تومان", 12_300_000),
        ("12300000", 12_300_000),
        ("\u200f۱۲٬۳۰۰٬۰۰۰\u200e تومان.", 12_300_000),
        ("مبلغ ۱۲٬۳۰۰٬۰۰۰ تومان", 12_300_000),
        ("۱۲ میلیون و ۳۰۰", 12_300_000),
        ("۱۲ ميليون و ۳۰۰ هزار", 12_300_000),
        ("۱۲ میلیون ۳۰۰", 12_300_000),
        ("۱۲میلیون و۳۰۰تومن", 12_300_000),
        ("۱۲ ملیون و سیصد هزار تومن", 12_300_000),
        ("دوازده میلیون و سیصد", 12_300_000),
        ("دوازده میلیون و سیصد هزار تومان", 12_300_000),
        ("۱۲.۳ میلیون", 12_300_000),
        ("۱۲٫۳ میلیون", 12_300_000),
        ("۱۲/۳ میلیون", 12_300_000),
        ("۱۲،۳ میلیون", 12_300_000),
        ("12.3m", 12_300_000),
        ("۱۲۳۰۰ هزار", 12_300_000),
        ("۱۲,۳۰۰ هزار تومان", 12_300_000),
        ("۱۲ م", 12 * MILLION),
        ("۱۲م", 12 * MILLION),
        ("۱۲ م‌ت", 12 * MILLION),
        ("۱۲ م.ت", 12 * MILLION),
        ("۱۲ مت", 12 * MILLION),
        ("۱۲میلیون تومن", 12 * MILLION),
        ("دو میلیون و نیم", 2_500_000),
        ("دو و نیم میلیون", 2_500_000),
        ("۲ میلیون و نیم تومان", 2_500_000),
        ("نیم میلیون", 500_000),
        ("یه میلیون", MILLION),
        ("یک میلیون و دویست و پنجاه", 1_250_000),
        ("یک میلیون و دویست و پنجاه هزار و پانصد", 1_250_500),
        ("بیست و پنج میلیون", 25 * MILLION),
        ("یکصد و بیست میلیون تومان", 120 * MILLION),
        ("دویست و پنجاه هزار تومن", 250_000),
        ("۲۵۰ هزارتومن", 250_000),
        ("۲۵۰هزار", 250_000),
        ("250k", 250_000),
        ("هزار تومان", 1_000),
        ("پنج هزاری", 5_000),
        ("صد هزار تومن", 100_000),
        ("۲ میلیارد", 2_000 * MILLION),
        ("یک میلیارد و دویست", 1_200 * MILLION),
        ("یک و نیم میلیارد", 1_500 * MILLION),
        ("۱۲۳۰۰۰۰۰۰ ریال", 12_300_000),
        ("یکصد و بیست و سه میلیون ریال", 12_300_000),
        ("۱۲۳٬۰۰۰٬۰۰۰ ﷼", 12_300_000),
        ("12,300,000 Toman", 12_300_000),
        ("۱۵۰۰", 1_500),
    ],
)
def test_amounts_are_read_as_people_type_them(text: str, toman: int) -> None:
    assert typed_amount(text) == of_toman(toman)


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("۲۵۰ تومن", 250_000),
        ("۲۵۰", 250_000),
        ("999", 999_000),
        ("دویست و پنجاه تومن", 250_000),
        ("صد تومن", 100_000),
        ("۱", 1_000),
    ],
)
def test_too_few_toman_are_asked_back(text: str, meant: int) -> None:
    assert typed_amount(text) == AskBack(said=of_toman(meant // 1_000), meant=of_toman(meant))


def test_where_rials_are_spoken_a_bare_number_is_rials() -> None:
    assert typed_amount("۱۲۳٬۰۰۰٬۰۰۰", MoneyUnit.RIAL) == Money(123_000_000)
    assert typed_amount("۱۲٬۳۰۰٬۰۰۰ تومان", MoneyUnit.RIAL) == Money(123_000_000)
    assert typed_amount("۲۵۰", MoneyUnit.RIAL) == AskBack(said=Money(250), meant=Money(250_000))


def test_rials_are_read_word_by_word_and_never_shortened() -> None:
    assert typed_amount("دوازده میلیون و سیصد ریال") == Money(12_000_300)
    assert typed_amount("۱۲ میلیون و ۳۰۰") == of_toman(12_300_000)


@pytest.mark.parametrize(
    "text",
    [
        "", " ", "۰", "صفر", "-۵۰۰۰", "−۵۰۰۰", "۱۲ شامپو", "سلام", "میلیون", "تومان", "۱۲ ۱۳", "هزار میلیون",
        "۱۲٬۳۰", "۱۲٬۳۰۰۰", "۱۲.۳", "1e9", "۱۲ میلیون ۱۲ میلیون", "۳۰۰ هزار و ۲ میلیون",
        "۲ میلیون و ۲۰۰۰ هزار",
        "پنجاه صد", "دو دو", "و", "نیم", "۵ و نیم", "۱۲ میلیون و", "و ۱۲ میلیون", "۱/۲/۳ میلیون",
        "۱۲ میلیون تومن ت",
        "1000.5 ریال", "۱۲%", "$5000", "x" * 500, "۹" * 30, "دو میلیون و سه هزار و نیم میلیون", "۵+۵",
        "نیم ریال", "0.00001 هزار", "هزار هزار", "۲ میلیون و ۱٬۵۰۰",
    ],
)  # fmt: skip
def test_what_is_no_amount_is_refused(text: str) -> None:
    with pytest.raises(NotAnAmount):
        typed_amount(text)


def test_more_than_anybody_has_is_refused_and_says_the_most() -> None:
    with pytest.raises(AmountTooLarge) as refused:
        typed_amount("۹۹۹ هزار میلیارد")
    assert refused.value.most == MOST
    assert typed_amount("ده هزار میلیارد تومان") == MOST


@pytest.mark.parametrize(
    ("text", "toman"),
    [
        ("۱۲ میلیون و ۳۰۰، ۱۵ دی", 12_300_000),
        ("۱۲ میلیون و ۳۰۰ ۱۵ دی", 12_300_000),
        ("۱۲ میلیون، ۱۵ دی", 12 * MILLION),
        ("۱۲میلیون،۱۵دی", 12 * MILLION),
        ("۱۲ میلیون\n۱۵ دی ۱۴۰۵", 12 * MILLION),
        ("۱۲ میلیون برای ۱۵ دی", 12 * MILLION),
        ("۱۲ میلیون تومان به تاریخ ۱۴۰۵/۱۰/۱۵", 12 * MILLION),
        ("۱۵ دی ۱۲ میلیون", 12 * MILLION),
        ("سه‌شنبه ۱۵ دی ۱۴۰۵ مبلغ ۱۲ میلیون", 12 * MILLION),
        ("12,300,000 1405/10/15", 12_300_000),
        ("۱۲٬۳۰۰٬۰۰۰،۱۵ دی", 12_300_000),
        ("۱۲۳۰۰۰۰۰۰ ریال سررسید ۱۵ دی", 12_300_000),
        ("دوازده میلیون و سیصد هزار تومان، پانزدهم دی", 12_300_000),
        ("۱۲ میلیون ۴۵ روز دیگه", 12 * MILLION),
    ],
)
def test_an_amount_and_a_day_are_told_apart(text: str, toman: int) -> None:
    expected = AmountAndDay(amount=of_toman(toman), day=jalali(1405, 10, 15))
    assert amount_and_day(text, TODAY) == expected


def test_a_weekday_with_a_number_in_its_name_takes_nothing_from_the_amount() -> None:
    found = amount_and_day("پنج میلیون و سه شنبه", TODAY)
    assert found == AmountAndDay(amount=of_toman(5 * MILLION), day=jalali(1405, 9, 3))


def test_a_small_amount_beside_a_day_is_asked_back_too() -> None:
    found = amount_and_day("۲۵۰، ۱۵ دی", TODAY)
    assert found.amount == AskBack(said=of_toman(250), meant=of_toman(250_000))


@pytest.mark.parametrize("text", ["", "۱۲ میلیون", "۱۵ دی", "سلام", "۱۲ میلیون ۳۱ دی", "۱۲ میلیون ۱۵"])
def test_one_without_the_other_is_refused(text: str) -> None:
    with pytest.raises(NotAnAmountAndDay):
        amount_and_day(text, TODAY)


def test_documents_say_their_amounts_in_words() -> None:
    assert in_words(150_581_889) == ("یکصد و پنجاه میلیون و پانصد و هشتاد و یک هزار و هشتصد و هشتاد و نه")
    assert in_words(0) == "صفر"
    assert in_words(-1_000) == "منفی یک هزار"
    assert in_words(1_200_000_000_000) == "یک هزار و دویست میلیارد"
    with pytest.raises(ValueError, match="nobody"):
        in_words(LARGEST)


@given(st.integers(1_000, MOST.rials))
def test_what_is_said_in_words_is_read_back(rials: int) -> None:
    assert typed_amount(f"{in_words(rials)} ریال") == Money(rials)


@given(st.integers(1_000, MOST.rials // 10))
def test_what_is_shown_in_digits_is_read_back(toman: int) -> None:
    for text in (f"{toman:,} تومان", f"{toman:,}".replace(",", "٬"), f"{toman * 10:,} ریال"):
        assert typed_amount(text) == of_toman(toman)


@given(st.integers(1_000, MOST.rials), st.dates(date(2024, 1, 1), date(2030, 1, 1)))
def test_any_amount_beside_any_day_is_told_apart(rials: int, day: date) -> None:
    there = JalaliDate.to_jalali(day)
    found = amount_and_day(f"{rials:,} ریال، {there:%Y/%m/%d}", TODAY)
    assert found == AmountAndDay(amount=Money(rials), day=day)


@given(st.text(max_size=130))
def test_any_text_is_an_amount_or_refused(text: str) -> None:
    try:
        found = typed_amount(text)
    except (NotAnAmount, AmountTooLarge):
        pass
    else:
        assert found.rials > 0 if isinstance(found, Money) else found.meant.rials > 0
    try:
        amount_and_day(text, TODAY)
    except (NotAnAmountAndDay, AmountTooLarge, NotADay):
        return
