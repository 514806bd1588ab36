from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.languages import read_languages
from domain.money import Money, MoneyUnit, Rate
from screens.language import Copyable, Day, FullDay, Hour, Language, Weekday, Words

STORY = datetime(2026, 11, 20, 21, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (Money(35_520_000), "۳٬۵۵۲٬۰۰۰"),
        (Money(-120), "\u2066−۱۲\u2069"),
        (40521, "۴۰۵۲۱"),
        (-3, "\u2066−۳\u2069"),
        (Rate(1000), "۱۰٪"),
        (Rate(250), "۲٫۵٪"),
        (date(2026, 11, 23), "دوشنبه ۲ آذر"),
        (Day(date(2026, 11, 11)), "۲۰ آبان"),
        (FullDay(date(2026, 11, 21)), "۳۰ آبان ۱۴۰۵"),
        (Weekday(5), "شنبه"),
        (Weekday(date(2026, 11, 25)), "چهارشنبه"),
        (Hour(STORY), "۰۰:۳۰"),
        (STORY, "۳۰ آبان، ۰۰:۳۰"),
        (Copyable("09121234567"), "<code>\u206609121234567\u2069</code>"),
        ("داروخانه دکتر رضایی", "داروخانه دکتر رضایی"),
        ("دستکش M", "\u2068دستکش M\u2069"),
    ],
)
def test_each_kind_of_value_is_said_in_persian(value: object, said: str, persian: Language) -> None:
    assert persian.say(value) == said


def test_the_same_in_english(english: Language) -> None:
    assert english.say(Money(35_520_000)) == "3,552,000"
    assert english.say(date(2026, 11, 23)) == "Monday 2 Azar"
    assert english.say(Rate(1000)) == "10%"


def test_a_name_full_of_markup_stays_a_name(persian: Language) -> None:
    text = persian("{name} · {kind}", name="<b>x</b>&\u202e", kind="y")
    assert "&lt;b&gt;x&lt;/b&gt;&amp;" in text
    assert "\u202e" not in text


def test_what_was_said_already_is_not_quoted_again(persian: Language) -> None:
    bold = Words("<b>سلام</b>")
    assert persian("{number}", number=bold) == "<b>سلام</b>"


def test_a_button_is_plain_text(persian: Language) -> None:
    assert persian.label("{number}", number="a & b") == "\u2068a & b\u2069"


@pytest.mark.parametrize("value", [1.5, None, True, object()])
def test_a_value_that_no_screen_can_say_is_a_fault(value: object, persian: Language) -> None:
    with pytest.raises(TypeError):
        persian.say(value)


@given(st.text())
def test_no_text_brings_markup_or_direction_of_its_own(text: str) -> None:
    said = Language("en", _Same()).say(text)
    lines = (line.removeprefix("\u2068").removesuffix("\u2069") for line in said.split("\n"))
    inner = "".join(lines)
    assert not set(inner) & set("<>\u202a\u202b\u202d\u202e\u2066\u2067\u2068\u2069\u0000")


def test_where_rials_are_counted_words_and_amounts_follow(rials: Language) -> None:
    assert rials("To pay: {payable} toman", payable=Money(150_581_889)) == "قابل پرداخت: ۱۵۰٬۵۸۱٬۸۸۹ ریال"
    assert rials.label("Did you mean {amount} toman?", amount=Money(-5)) == (
        "منظورتان \u2066−۵\u2069 ریال است؟"
    )


def test_a_name_keeps_its_toman_where_rials_are_counted(rials: Language) -> None:
    name = "کارت هدیه ۵۰۰ هزار تومان"
    said = rials("{person} placed order {number}: {payable} toman.", person=name, number=1, payable=Money(7))
    assert said == f"{name} سفارش ۱ را ثبت کرد: ۷ ریال."


def test_a_sentence_that_tells_both_units_apart_stays(rials: Language) -> None:
    told = "Without VAT; the unit stands in the header, in toman or in rials"
    assert "تومان" in rials.label(told)


def test_toman_are_rounded_half_up(persian: Language) -> None:
    assert persian.say(Money(150_581_889)) == "۱۵٬۰۵۸٬۱۸۹"
    assert persian.say(Money(150_581_885)) == "۱۵٬۰۵۸٬۱۸۹"
    assert persian.say(Money(150_581_884)) == "۱۵٬۰۵۸٬۱۸۸"
    assert persian.say(Money(-15)) == "\u2066−۲\u2069"


@pytest.fixture
def rials() -> Language:
    return read_languages(MoneyUnit.RIAL)["fa"]


class _Same:
    def gettext(self, message: str) -> str:
        return message
