"""An order in one message, as pharmacies, salons and shops write it (rule R23)."""

from __future__ import annotations

from decimal import Decimal

import pytest

from domain.written import Op, read_order

STORY = (
    "سلام ۲ کارتن شامپو آوین ۲۵۰، یه کارتن دستکش مدیوم، خمیردندون ۳۰ تا، ضدافتاب رنگی هم ۶ تا. "
    "دوشنبه بفرستین مثل همیشه چکی"
)


def said(text: str) -> list[tuple[str, str | None, str]]:
    """Quantity, unit and name of each line."""
    return [(str(line.quantity), line.unit, line.phrase) for line in read_order(text).lines]


def test_the_message_of_the_story_is_read_whole() -> None:
    order = read_order(STORY)
    assert said(STORY) == [
        ("2", "کارتن", "شامپو اوین 250"),
        ("1", "کارتن", "دستکش مدیوم"),
        ("30", "عدد", "خمیردندون"),
        ("6", "عدد", "ضدافتاب رنگی"),
    ]
    assert order.days == ("دوشنبه",)
    assert order.paying == ("مثل", "همیشه", "چکی")
    assert order.notes == ()


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("دو جین و نیم مسواک", [("2.5", "جین", "مسواک")]),
        ("۲/۵ کارتن صابون", [("2.5", "کارتن", "صابون")]),
        ("هزار و دویست تا صابون", [("1200", "عدد", "صابون")]),
        ("یک صد و بیست تا صابون", [("120", "عدد", "صابون")]),
        ("بیست‌وپنج تا صابون", [("25", "عدد", "صابون")]),
        ("یدونه ریمل", [("1", "عدد", "ریمل")]),
        ("ریمل ۳ تا، نه ببخشید ۵ تا", [("5", "عدد", "ریمل")]),
        ("ریمل ۳ تا نه ۵ تا", [("5", "عدد", "ریمل")]),
        ("شامپو آوین ۴۰۰، ۲۴ تا", [("24", "عدد", "شامپو اوین 400")]),
        ("۲۴ عدد\nمسواک\n۱۲ عدد\nصابون", [("24", "عدد", "مسواک"), ("12", "عدد", "صابون")]),
        ("رنگ مو:\n۵/۰ : ۶\n۶/۱ : ۱۲", [("6", None, "رنگ مو 5/0"), ("12", None, "رنگ مو 6/1")]),
        ("پوشک سایز ۴ تیراما ۲ کارتن، سایز ۵ ۱ کارتن",
         [("2", "کارتن", "پوشک سایز 4 تیراما"), ("1", "کارتن", "پوشک سایز 5 تیراما")]),
        ("صابون نرم، صابون سفت هر کدوم ۲ کارتن", [("2", "کارتن", "صابون نرم"), ("2", "کارتن", "صابون سفت")]),
        ("do ta karton saboon", [("2", "کارتن", "saboon")]),
        ("شیر پاک‌کن ۱۲ تا", [("12", "عدد", "شیر پاک کن")]),
        ("بلوز ۵ تا ۱۴ سال ۶ عدد", [("6", "عدد", "بلوز 5 تا 14 سال")]),
        ("صابون ۲ کارتن، پلاک ۱۲", [("2", "کارتن", "صابون")]),
        ("صابون ۲ کارتن با ۱۰ درصد تخفیف", [("2", "کارتن", "صابون")]),
        ("۳ روز دیگه ۲ کارتن صابون", [("2", "کارتن", "صابون")]),
        ("صابون نمی‌خوام ریمل ۲ تا", [("None", None, "صابون"), ("2", "عدد", "ریمل")]),
    ],
)  # fmt: skip
def test_quantities_are_said_in_many_ways(text: str, lines: list[object]) -> None:
    assert said(text) == lines


@pytest.mark.parametrize(
    "text",
    ["حدود ۳۰ تا صابون", "بین ۱۰ تا ۲۰ تا صابون", "۲ یا ۳ کارتن صابون", "صابون ۲ کارتن چقدر میشه؟",
     "صابون ۱۰۰۰۰۰۰ تا"],
)  # fmt: skip
def test_what_is_not_sure_is_vague(text: str) -> None:
    assert [line.is_vague for line in read_order(text).lines] == [True]


def test_what_is_there_is_changed_by_text() -> None:
    first, second = read_order("دستکش رو بکن ۲ کارتن، ضدافتابم حذف").lines
    assert (first.op, first.quantity, first.unit, first.phrase) == (Op.SET, Decimal(2), "کارتن", "دستکش")
    assert (second.op, second.quantity, second.phrase) == (Op.REMOVE, None, "ضدافتابم")


def test_the_same_again_with_one_change() -> None:
    order = read_order("همون قبلی ولی شامپو ۲ کارتن")
    assert order.repeats
    assert [(line.op, line.phrase) for line in order.lines] == [(Op.SET, "شامپو")]


@pytest.mark.parametrize(
    ("text", "op"),
    [
        ("شامپو نمی‌خوام", Op.REMOVE),
        ("صابون ۲ کارتن کم کن", Op.REMOVE),
        ("۳ تا دیگه هم شامپو اضافه کن", Op.INCREASE),
        ("خمیردندان بشه ۲ کارتن", Op.SET),
        ("۲ کارتن صابون", Op.ADD),
    ],
)
def test_verbs_say_what_is_to_be_done(text: str, op: Op) -> None:
    assert [line.op for line in read_order(text).lines] == [op]


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("کرم ضد آفتاب SPF50 درمالان ۱۰ تا", [("10", "عدد", "کرم ضد افتاب spf 50 درمالان")]),
        ("دستکش سایز ۷ ۵ بسته", [("5", "بسته", "دستکش سایز 7")]),
        ("ماسک ۵۰ عددی ۲ کارتن", [("2", "کارتن", "ماسک 50 عددی")]),
        ("رنگ مو ۶/۱ دوازده تا", [("12", "عدد", "رنگ مو 6/1")]),
        ("ویتامین سی ۳ بسته", [("3", "بسته", "ویتامین سی")]),
        ("یک و نیم کارتن دستکش", [("1.5", "کارتن", "دستکش")]),
        ("نیم کارتن صابون", [("0.5", "کارتن", "صابون")]),
        ("۱۰+۱ خمیردندان", [("10", None, "خمیردندان")]),
        ("صابون x12", [("12", None, "صابون")]),
        ("صابون *۱۲", [("12", None, "صابون")]),
        ("گاز استریل ۱۰×۱۰ ۵ بسته", [("5", "بسته", "گاز استریل 10 10")]),
        ("یه‌دونه ریمل", [("1", "عدد", "ریمل")]),
        ("دوتا کارتن پوشک", [("2", "کارتن", "پوشک")]),
        ("۲ کارتن (۴۸ عدد) شامپو", [("2", "کارتن", "شامپو")]),
        ("۱٬۲۰۰ عدد صابون", [("1200", "عدد", "صابون")]),
    ],
)
def test_a_size_belongs_to_the_name_and_a_quantity_does_not(text: str, lines: list[object]) -> None:
    assert said(text) == lines


@pytest.mark.parametrize(
    "text",
    [
        "۲ تا شامپو و ۳ تا صابون",
        "شامپو ۲ تا صابون ۳ تا",
        "شامپو ۲ تا\nصابون ۳ تا",
        "۱- شامپو ۲ تا\n۲- صابون ۳ تا",
        "شامپو ۲ تا؛ صابون ۳ تا",
        "سفارش سالن: شامپو ۲ تا، صابون ۳ تا",
    ],
)
def test_things_are_told_apart_however_they_are_listed(text: str) -> None:
    assert said(text) == [("2", "عدد", "شامپو"), ("3", "عدد", "صابون")]


def test_a_name_with_and_in_it_stays_whole() -> None:
    assert said("شامپو و نرم‌کننده آوین ۲ تا") == [("2", "عدد", "شامپو و نرم کننده اوین")]


def test_a_size_alone_is_another_of_the_same() -> None:
    names = [line.phrase for line in read_order("پوشک تیراما سایز ۳ یه کارتن، سایز ۴ دو کارتن").lines]
    assert names == ["پوشک تیراما سایز 3", "پوشک تیراما سایز 4"]


def test_a_range_is_asked_about() -> None:
    assert [line.is_vague for line in read_order("دو سه تا خمیردندان").lines] == [True]


def test_a_bare_number_behind_a_name_may_be_a_size() -> None:
    (line,) = read_order("شامپو آوین ۲۵۰").lines
    assert (line.quantity, line.loose, line.with_loose) == (Decimal(250), "250", "شامپو اوین 250")


@pytest.mark.parametrize(
    "text",
    [
        "سلام خسته نباشید",
        "ممنون، دستتون درد نکنه",
        "دوشنبه بفرستین",
        "نقدی حساب می‌کنم",
        "تا شنبه صبح برسه لطفا",
        "",
    ],
)
def test_what_orders_nothing_has_no_lines(text: str) -> None:
    assert read_order(text).lines == ()


def test_numbers_of_telephones_and_cards_are_no_quantities() -> None:
    text = "شماره‌ام ۰۹۱۲۱۲۳۴۵۶۷، ۵ تا صابون، کارتم ۶۰۳۷ ۹۹۱۱ ۲۲۳۳ ۴۴۵۵"
    assert [line.phrase for line in read_order(text).lines if line.quantity is not None] == ["صابون"]


def test_a_hundred_lines_are_read_at_once() -> None:
    text = "\n".join(f"کالای شماره {n}، کد {n} — ۱۲ عدد" for n in range(100))
    assert sum(line.quantity == 12 for line in read_order(text).lines) == 100
