"""Words that sound the same have a skeleton in common, in whatever letters they are written."""

from __future__ import annotations

import pytest

from domain.search_words import index_words, search_words
from domain.skeleton import skeletons


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("لافارر", "lafarrerr"),
        ("شامپو", "shampoo"),
        ("شامپو", "shampo"),
        ("درمالان", "dermalan"),
        ("لورال", "loreal"),
        ("دستکش", "dastkesh"),
        ("خمیردندان", "khamirdandan"),
        ("نیوا", "nivea"),
        ("سینره", "cinere"),
        ("اوین", "avin"),
        ("صابون", "سابون"),
    ],
)
def test_it_sounds_the_same(one: str, other: str) -> None:
    assert set(skeletons(one)) & set(skeletons(other))


def test_numbers_and_single_sounds_have_none() -> None:
    assert skeletons("250") == ()
    assert skeletons("مااا") == ()


def test_a_short_word_may_be_a_single_sound() -> None:
    assert set(skeletons("تی")) & set(skeletons("ti"))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("شامپو آوین ۲۵۰ میلی‌لیتر", ("شامپو", "اوین", "250", "ml")),
        ("شامپو اوين ٢٥٠سی‌سی", ("شامپو", "اوین", "250", "ml")),
        ("مداد چشم میل", ("مداد", "چشم", "میل")),
        ("رنگ ۶/۱", ("رنگ", "6.1")),
        ("رنگ ۶٫۱", ("رنگ", "6.1")),
        ("دستکش مدیوم", ("دستکش", "m")),
        ("دستکش سایز M", ("دستکش", "m")),
        ("SPF50", ("spf", "50")),
    ],
)
def test_one_spelling_for_what_is_the_same(text: str, words: tuple[str, ...]) -> None:
    assert search_words(text) == words


def test_a_name_with_a_half_space_is_kept_as_one_word_too() -> None:
    assert index_words("دستکش مدی‌گارد") == ("دستکش", "مدی", "گارد", "مدیگارد")
