"""What is taken back, who speaks, and what is called like another thing in a written order (rule R23)."""

from __future__ import annotations

from decimal import Decimal

import pytest

from domain.written import Line, Op, read_order


def said(text: str) -> list[tuple[str, str]]:
    """Quantity and name of each line."""
    return [(str(line.quantity), line.phrase) for line in read_order(text).lines]


def one(text: str) -> Line:
    (line,) = read_order(text).lines
    return line


@pytest.mark.parametrize(
    "text",
    [
        "داروخانه دکتر کریمی ۵ تا صابون ۱۰ تا ریمل ۶ تا تونر",
        "سلام رضایی هستم پنج تا صابون ده تا ریمل شش تا تونر",
        "از داروخانه پارس مزاحم میشم ۵ تا صابون و ۱۰ تا ریمل و ۶ تا تونر",
        "صابون ۵ تا ریمل ۱۰ تا تونر ۶ تا",
        "صابون ۵ تا و ریمل ۱۰ تا و تونر ۶ تا مرسی",
    ],
)
def test_each_quantity_stays_with_its_thing_whoever_speaks_first(text: str) -> None:
    ordered = [line for line in read_order(text).lines if line.quantity is not None]
    assert [(str(line.quantity), line.phrase) for line in ordered] == [
        ("5", "صابون"), ("10", "ریمل"), ("6", "تونر")
    ]  # fmt: skip
    assert not any(line.is_vague for line in ordered)


@pytest.mark.parametrize(
    "text",
    [
        "بهار خرید ۵ تا صابون ۱۰ تا ریمل ۶ تا تونر",
        "داروخانه شفا صابون زرد ۵ تا ریمل ۱۰ تا تونر ۶ تا زود تر",
    ],
)
def test_where_nothing_tells_whose_a_quantity_is_all_are_asked_about(text: str) -> None:
    lines = read_order(text).lines
    assert [line.is_vague for line in lines] == [True] * 3


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("رنگ ۷/۱ سه تا نه ببخشید ۷/۳ سه تا", [("3", "رنگ 7/3")]),
        ("رنگ ۷/۱ سه تا نه رنگ ۷/۳ دو تا", [("2", "رنگ 7/3")]),
        ("رنگ ۸/۱ دو تا ... ببخشید ۸/۳ دو تا اشتباه گفتم", [("2", "رنگ 8/3")]),
        ("پوشک سایز ۴ ۲ کارتن\nنه سایز ۵", [("2", "پوشک سایز 5")]),
        ("صابون برنا ۲ کارتن\nاشتباه شد، صابون پادنا ۳ کارتن", [("3", "صابون پادنا")]),
        ("صابون ده تا، ریمل شش تا، نه صابون پنج تا", [("5", "صابون"), ("6", "ریمل")]),
        ("صابون ده تا نه پنج تا ریمل هم شش تا", [("5", "صابون"), ("6", "ریمل")]),
        ("رنگ ۶/۱ سه تا، ۶/۳ دو تا، نه وایسا ۶/۱ رو پنج تا کن", [("5", "رنگ 6/1"), ("2", "رنگ 6/3")]),
        ("صابون ۲ تا، ریمل ۳ تا، ریمل رو بیخیال", [("2", "صابون")]),
        ("ریمل نه تا", [("9", "ریمل")]),
    ],
)
def test_what_is_taken_back_does_not_stay(text: str, lines: list[object]) -> None:
    assert said(text) == lines


def test_another_mark_in_its_place_is_asked_about() -> None:
    line = one("پودر دکلره مینوسا ۳ تا، نه مینوسا نه، شبدیز ۳ تا")
    assert (line.phrase, line.is_vague) == ("پودر دکلره شبدیز", True)


def test_sorry_may_take_back_what_was_said_before() -> None:
    lines = read_order("صابون برنا ۲ کارتن\nببخشید صابون پادنا ۲ کارتن").lines
    assert [line.is_vague for line in lines] == [True, False]


@pytest.mark.parametrize(
    "text", ["صابون رو به جای ۴ تا ۸ تا بفرستین", "صابون ۸ تا بشه به جای ۴ تا", "صابون رو از ۴ تا بکن ۸ تا"]
)
def test_the_quantity_that_held_until_now_is_not_ordered(text: str) -> None:
    assert (one(text).op, one(text).quantity) == (Op.SET, Decimal(8))


def test_what_is_to_be_done_stays_with_its_own_thing() -> None:
    first, second = read_order("صابون رو یه کارتن دیگه اضافه کن و ریمل رو بکن ۲ کارتن").lines
    assert (first.op, first.phrase, second.op, second.phrase) == (Op.INCREASE, "صابون", Op.SET, "ریمل")


def test_parts_of_a_total_are_counted_like_it_or_asked_about() -> None:
    lines = read_order("دستکش ۴ کارتن: ۲ تا M، یکی S، یکی L").lines
    assert [(str(line.quantity), line.unit, line.is_vague) for line in lines] == [
        ("2", "کارتن", False), ("1", "کارتن", False), ("1", "کارتن", False)
    ]  # fmt: skip
    assert all(line.is_vague for line in read_order("دستکش ۴ کارتن: ۲ تا M، یکی S").lines[1:])


@pytest.mark.parametrize(
    ("text", "quantity", "unit"),
    [
        ("صابون ۲ ک", "2", "کارتن"),
        ("صابون ۱۲ ع", "12", "عدد"),
        ("صابون ۲ ب", "2", "بسته"),
        ("صابون ۱۰ باکس", "10", "جعبه"),
        ("صابون: نیم کارتن", "0.5", "کارتن"),
        ("صابون: یک و نیم کارتن", "1.5", "کارتن"),
        ("۶تاصابون", "6", "عدد"),
        ("دوتاصابون", "2", "عدد"),
        ("صابون ربع کارتن", "0.25", "کارتن"),
        ("صابون واسه مغازه ۲ کارتن", "2", "کارتن"),
    ],
)
def test_no_amount_is_lost_however_short_it_is_written(text: str, quantity: str, unit: str) -> None:
    line = one(text)
    assert (str(line.quantity), line.unit, line.phrase) == (quantity, unit, "صابون")


@pytest.mark.parametrize(
    "text",
    [
        "پنجشنبه نیارید ما تعطیلیم",
        "سه شنبه ۲ تا چک هم میدیم",
        "این صابون که فرستادید خراب بود ۵ تاش پاره شده",
    ],
)
def test_talk_around_an_order_orders_nothing(text: str) -> None:
    assert [line for line in read_order(text).lines if line.quantity or line.op is not Op.ADD] == []


@pytest.mark.parametrize("text", ["۳ کارتن صابون دارید؟", "سلام صابون ۳ کارتن دارین"])
def test_who_asks_whether_there_is_any_has_not_ordered_yet(text: str) -> None:
    assert one(text).is_vague


def test_what_came_broken_and_is_wanted_anew_is_asked_about() -> None:
    assert one("صابون پاره بود ۵ تا جاش بفرستید").is_vague


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("رنگ مو ۶/۰ ۶/۱ هرکدوم ۳ تا", [("3", "رنگ مو 6/0"), ("3", "رنگ مو 6/1")]),
        ("رنگ ۵/۰ و ۵/۱ دو تا دو تا", [("2", "رنگ 5/0"), ("2", "رنگ 5/1")]),
        ("رنگ ۷/۱ ده تا و ۸/۱ هم همینقدر", [("10", "رنگ 7/1"), ("10", "رنگ 8/1")]),
        ("صابون پادنا و برنا هر کدوم ۲ کارتن", [("2", "صابون پادنا"), ("2", "صابون برنا")]),
        (
            "ماسک مو برنا ۳۰۰ و پادنا ۳۰۰ هر کدوم ۲ تا",
            [("2", "ماسک مو برنا 300"), ("2", "ماسک مو پادنا 300")],
        ),
        ("مسواک متوسط برنا یه کارتن، نرمش هم ۲ کارتن", [("1", "مسواک متوسط برنا"), ("2", "مسواک نرم برنا")]),
        ("رنگ مو 7-1 چهار تا، 8-3 سه تا", [("4", "رنگ مو 7/1"), ("3", "رنگ مو 8/3")]),
        ("رنگ هفت ممیز سی و یک سه تا", [("3", "رنگ 7/31")]),
        ("از برنا:\nصابون ۲ تا\nریمل ۳ تا", [("2", "صابون برنا"), ("3", "ریمل برنا")]),
        ("۵ میلیون واریز کردم رنگ ۴/۰ هم ۶ تا", [("6", "رنگ 4/0")]),
    ],
)
def test_what_is_said_once_holds_for_what_is_like_it(text: str, lines: list[object]) -> None:
    assert said(text) == lines
