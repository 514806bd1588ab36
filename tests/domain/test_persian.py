import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.persian import MOST_MARKS, ascii_digits, clean, search_key

HOSTILE = "\u202e\u2066\u2069\u200f\u200e\u061c\u0000\u0007\ufeff"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("شامپو آوين ٢٥٠", "شامپو اوین ۲۵۰"),
        ("كرم‌دست", "کرم دست"),
        ("می‌گارد", "می گارد"),
        ("SPF50", "spf ۵۰"),
        ("رنگِ مُو", "رنگ مو"),
        ("خانۀ", "خانه"),
        ("شـــامپو", "شامپو"),
    ],
)
def test_spellings_of_the_same_words_have_one_key(one: str, other: str) -> None:
    assert search_key(one) == search_key(other)


@given(st.text())
def test_a_key_is_its_own_key(text: str) -> None:
    assert search_key(search_key(text)) == search_key(text)


def test_digits_of_all_keyboards_are_read() -> None:
    assert ascii_digits("۰۱۲۳۴۵۶۷۸۹ ٠١٢٣٤٥٦٧٨٩ 09") == "0123456789 0123456789 09"


@given(st.text())
def test_clean_text_holds_nothing_that_reorders_its_neighbours(text: str) -> None:
    assert not set(clean(text + HOSTILE)) & set(HOSTILE)


@given(st.text())
def test_cleaning_twice_changes_nothing(text: str) -> None:
    assert clean(clean(text)) == clean(text)


def test_a_thousand_marks_on_one_letter_are_no_writing() -> None:
    cleaned = clean("س" + "\u0651" * 1000 + "لام")
    assert sum(1 for c in cleaned if unicodedata.combining(c)) == MOST_MARKS
    assert cleaned.endswith("لام")


def test_persian_keeps_its_half_spaces_and_lines() -> None:
    assert clean("پخش آرمان‌طب\nسعادت‌آباد") == "پخش آرمان‌طب\nسعادت‌آباد"
