"""Headings hold for what stands under them, and a part of a name takes another's place."""

import pytest

from domain.written.headings import headings, in_place


def test_a_heading_on_its_own_line_holds_until_the_next_or_an_empty_line() -> None:
    text = "آوین:\nشامپو ۶ تا\nماسک ۴ تا\nسپیدار\nسرم ۳ تا\n\nصابون ۲ تا"
    assert headings(text) == {"شامپو 6 تا": "اوین", "ماسک 4 تا": "اوین", "سرم 3 تا": "سپیدار"}


def test_a_heading_in_front_holds_for_its_own_line() -> None:
    assert headings("سپیدتن: مسواک نرم ۶ تا، نخ دندان ۴ تا\nصابون ۲ تا") == {
        "مسواک نرم 6 تا": "سپیدتن",
        "نخ دندان 4 تا": "سپیدتن",
    }


@pytest.mark.parametrize("text", ["صابون ۲ تا\nشامپو ۳ تا", "سلام\nصابون ۲ تا", "۲ کارتن\nصابون"])
def test_lines_and_greetings_are_no_headings(text: str) -> None:
    assert headings(text) == {}


def test_every_part_but_the_first_may_be_replaced() -> None:
    assert in_place("پنبه بهداشتی ژینامد", "افاق مد") == [
        "پنبه افاق مد ژینامد",
        "پنبه بهداشتی افاق مد",
        "پنبه افاق مد",
    ]


@pytest.mark.parametrize(
    ("before", "said"),
    [("", "برناتن"), ("صابون", "برناتن"), ("صابون پادینا", "250"), ("دستکش لاتکس m", "نیتریل")],
)
def test_sizes_are_not_carried_so(before: str, said: str) -> None:
    assert in_place(before, said) == []
