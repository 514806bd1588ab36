"""What an import says: the result first, then every error with its row and column."""

from __future__ import annotations

import pytest

from domain.imports.errors import CellFault, FileFault, ImportRefused, RowError
from domain.imports.kinds import SHEETS
from domain.imports.rows import ImportKind
from screens import imports as screens
from screens.language import Language
from screens.sheets import column_note

PRICE = "قیمت (تومان)"


def an_error(fault: CellFault, value: str = "ابت", about: int | str | None = 5) -> RowError:
    return RowError(row=12, column=PRICE, fault=fault, value=value, about=about)


def test_an_error_names_row_column_and_value(persian: Language) -> None:
    said = screens.error_line(an_error(CellFault.NOT_A_NUMBER), persian)
    assert said == "ردیف ۱۲، ستون «قیمت (تومان)»: عدد نیست: «ابت»"


@pytest.mark.parametrize("fault", list(CellFault))
def test_every_fault_of_a_cell_has_its_words(fault: CellFault, persian: Language, english: Language) -> None:
    for _ in (persian, english):
        said = screens.fault_words(an_error(fault), _)
        assert said
        assert "{" not in said
    assert screens.fault_words(an_error(fault), persian) != screens.fault_words(an_error(fault), english)


@pytest.mark.parametrize("fault", list(FileFault))
def test_every_fault_of_a_file_has_its_words(fault: FileFault, persian: Language) -> None:
    said = screens.refused_line(ImportRefused(fault, ("قیمت", "نام"), 50), persian)
    assert said.startswith("چیزی وارد نشد. ")
    assert "{" not in said


def test_facts_stand_in_the_words(persian: Language) -> None:
    def said(fault: CellFault, about: int | str) -> str:
        return screens.fault_words(an_error(fault, "۷", about), persian)

    assert said(CellFault.REPEATED, 3) == "«۷» در ردیف ۳ هم آمده است"
    assert said(CellFault.NOT_A_CHOICE, "عدد، بسته") == "«۷» شناخته نشد. یکی از این‌ها: عدد، بسته"
    assert said(CellFault.BELOW_RESERVED, 10) == "«۷» کمتر از ۱۰ عددی است که برای سفارش‌ها نگه داشته شده"


def test_what_people_wrote_cannot_disturb_the_line(persian: Language) -> None:
    said = screens.error_line(an_error(CellFault.NOT_A_NUMBER, "\u202egpj.\u0000x"), persian)
    assert "\u202e" not in said
    assert "\u0000" not in said


def test_a_unit_that_is_missing_says_how_to_name_it(persian: Language) -> None:
    said = screens.file_words(ImportRefused(FileFault.MISSING_UNIT, ("قیمت",)), persian)
    assert said == "واحد پول معلوم نیست: «قیمت». در سرستون «قیمت (تومان)» یا «قیمت (ریال)» بنویسید."


def test_many_errors_are_shortened_and_counted(persian: Language) -> None:
    lines = screens.error_lines([an_error(CellFault.MISSING)] * 62, persian)
    assert len(lines) == 51
    assert lines[-1] == "… و ۱۲ خطای دیگر."


def test_many_names_are_shortened_and_counted(persian: Language) -> None:
    (said,) = screens.added_lines({"brands": [f"برند {n}" for n in range(12)]}, persian)
    assert said.startswith("برندهای تازه: «برند 0»، «برند 1»، ")
    assert said.endswith("و ۲ مورد دیگر")


def test_every_column_has_a_note(persian: Language, english: Language) -> None:
    for kind in ImportKind:
        for column in SHEETS[kind].columns:
            assert column_note(column.field, persian) != column_note(column.field, english)
