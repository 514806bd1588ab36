import pytest

from domain.written_lists import wanted


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("۲ کارتن شامپو آوین ۲۵۰، ۱۰ بسته دستکش مدیوم", ("شامپو آوین ۲۵۰", "دستکش مدیوم")),
        ("سلام ۲ کارتن شامپو آوین ۲۵۰\nیه کارتن دستکش", ("شامپو آوین ۲۵۰", "دستکش")),
        ("خمیردندان ۳۰ تا، ضدآفتاب رنگی هم ۶ تا. لطفاً", ("خمیردندان", "ضدآفتاب رنگی")),
        ("دو کارتن خمیر دندان", ("خمیر دندان",)),
        ("۲کارتن شامپو", ("شامپو",)),
        ("شامپو ۳۰تا", ("شامپو",)),
        ("دستکش، دستکش", ("دستکش",)),
        ("شامپو آوین ۲۵۰", ("شامپو آوین ۲۵۰",)),
    ],
)
def test_the_things_are_named_without_how_many(text: str, names: tuple[str, ...]) -> None:
    assert wanted(text) == names


@pytest.mark.parametrize("text", ["", "۲ کارتن", "سلام", "،،،", "۱۰۲۴", "😀"])
def test_where_nothing_is_named_nothing_is_wanted(text: str) -> None:
    assert wanted(text) == ()


def test_a_long_list_is_looked_up_from_its_beginning() -> None:
    assert wanted("الف، ب، پ، ت، ث، ج") == ("الف", "ب", "پ", "ت")
