"""What a written order says about the whole of it, and what its lines are called."""

from __future__ import annotations

from datetime import date

import pytest

from domain.terms import TermKind, made
from domain.written.names import as_said, is_called, means_all, named_in
from domain.written.wishes import (
    answer_said,
    as_typed,
    chosen_term,
    day_said,
    greets,
    parts_instead,
    paying_said,
)
from domain.written_drafts import Said

SATURDAY = date(2026, 11, 21)
CASH, SHORT, LONG = made(TermKind.CASH_PRE), made(TermKind.CHEQUE, 45), made(TermKind.CHEQUE, 60)


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("دوشنبه", date(2026, 11, 23)),
        ("فردا", date(2026, 11, 22)),
        ("5 اذر", date(2026, 11, 26)),
        ("تا دوشنبه صبح", date(2026, 11, 23)),
        ("دوشنبه سهشنبه", None),
    ],
)
def test_a_day_is_read_or_not_guessed(words: str, day: date | None) -> None:
    assert day_said(words.split(), SATURDAY) == day


def test_the_usual_cheque_is_the_last_one_of_its_kind() -> None:
    usual = paying_said(["مثل", "همیشه", "چکی"], "مثل همیشه چکی")
    plain = paying_said(["چکی"], "چکی")
    assert usual is not None
    assert plain is not None
    terms = (CASH, SHORT, LONG)
    assert chosen_term(usual, terms, (CASH, LONG, SHORT)) == (LONG,)
    assert chosen_term(plain, terms, (LONG,)) == (SHORT, LONG)


def test_days_are_read_from_the_text() -> None:
    said = paying_said(["روزه"], "۴۵ روزه")
    assert said is not None
    assert chosen_term(said, (CASH, SHORT, LONG), ()) == (SHORT,)
    assert paying_said([], "شامپو ۴۵ روزه") is None


def test_what_was_said_instead_is_cut_apart() -> None:
    assert parts_instead("دستکش رو حذف کن به‌جاش ماسک") == (("دستکش رو حذف کن", False), ("ماسک", True))
    assert parts_instead("دستکش ۲ تا") == (("دستکش ۲ تا", False),)


def test_notes_stand_as_they_were_typed() -> None:
    text = "لطفا قبل ساعت ۱۰ بیارید، آب‌پاش ۲ تا"
    assert as_typed(["لطفا قبل"], text, ["اب پاش 2 تا"]) == ("لطفا قبل ساعت ۱۰ بیارید",)
    assert greets("سلام، ۲ تا")
    assert not greets("۲ تا")


def test_answers_that_name_nothing() -> None:
    assert answer_said("هیچکدوم") is Said.NONE
    assert answer_said("نصف نصف") is Said.HALF
    assert answer_said("روشن") is None


@pytest.mark.parametrize(
    ("label", "said", "called"),
    [
        ("خمیردندان سپیدتن", "خمیردندون", "خمیردندان"),
        ("دستکش M", "دستکش مدیوم", "دستکش M"),
        ("شامپو آوین ۲۵۰", "شامپو اوین 250", "شامپو آوین ۲۵۰"),
        ("شامپو آوین", "آوین", "شامپو آوین"),
    ],
)
def test_a_line_is_called_as_it_was_said(label: str, said: str, called: str) -> None:
    assert as_said(label, said) == called


def test_a_word_with_an_ending_is_heard() -> None:
    assert is_called("ضدافتابم", "ضدآفتاب رنگی روشن")
    assert not is_called("ماسک", "ضدآفتاب رنگی روشن")
    assert means_all("همه")


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("۲ کارتن شامپو آوین ۲۵۰، ۱۰ بسته دستکش مدیوم", ("شامپو آوین ۲۵۰", "دستکش مدیوم")),
        ("دو کارتن خمیر دندان", ("خمیر دندان",)),
        ("سلام", ()),
    ],
)
def test_the_things_are_named_without_how_many(text: str, names: tuple[str, ...]) -> None:
    assert named_in(text) == names
