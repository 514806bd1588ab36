"""Cells, headers and rows of imported files."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.catalogue import Unit
from domain.customers import CustomerKind
from domain.imports import cells
from domain.imports.books import PROMOTION_KINDS, SIDES, STATES
from domain.imports.columns import CHOICES, KINDS, UNITS, YES_OR_NO
from domain.imports.errors import CellFault, CellRefused, FileFault, ImportRefused, RowError
from domain.imports.kinds import SHEETS
from domain.imports.layout import find_layout, read_rows
from domain.imports.rows import CustomerRow, ImportKind, PriceRow, ProductRow, StockRow
from domain.persian import clean

PRODUCTS = ("کد", "نام", "دسته")


def rows_of(kind: ImportKind, *table: tuple[object, ...]) -> list[Any]:
    """What the rows say: a row, or its errors; empty ones are left out."""
    found = read_rows(find_layout(kind, table), table)
    return [each for _number, each in found if each is not None]


def refusal_of(kind: ImportKind, *table: tuple[object, ...]) -> ImportRefused:
    with pytest.raises(ImportRefused) as refused:
        find_layout(kind, table)
    return refused.value


def fault_of(read: cells.Read, cell: object) -> CellFault:
    with pytest.raises(CellRefused) as refused:
        read(cell)
    return refused.value.fault


# Cells


@pytest.mark.parametrize(
    ("cell", "rials"),
    [
        (148_000, 1_480_000),
        (148_000.0, 1_480_000),
        ("148000", 1_480_000),
        ("۱۴۸٬۰۰۰", 1_480_000),
        ("۱۴۸،۰۰۰", 1_480_000),
        ("١٤٨,٠٠٠", 1_480_000),
        (" 148,000 تومان ", 1_480_000),
        ("۱۴۸۰۰۰ تومن", 1_480_000),
        ("12.5", 125),
        ("۱۲٫۵", 125),
    ],
)
def test_toman_are_read_in_all_digits(cell: object, rials: int) -> None:
    assert cells.toman(cell) == rials


@pytest.mark.parametrize(
    ("cell", "fault"),
    [
        ("ابت", CellFault.NOT_A_NUMBER),
        ("1e9", CellFault.NOT_A_NUMBER),
        ("1_000", CellFault.NOT_A_NUMBER),
        ("NaN", CellFault.NOT_A_NUMBER),
        (float("nan"), CellFault.NOT_A_NUMBER),
        (float("inf"), CellFault.NOT_A_NUMBER),
        (True, CellFault.NOT_A_NUMBER),
        ("12,5", CellFault.NOT_A_NUMBER),
        ("148.000", CellFault.NOT_A_NUMBER),
        ("148.000.000", CellFault.NOT_A_NUMBER),
        ("0x10", CellFault.NOT_A_NUMBER),
        ("9" * 55, CellFault.NOT_A_NUMBER),
        ("-5", CellFault.TOO_SMALL),
        ("−5", CellFault.TOO_SMALL),
        ("-0", CellFault.TOO_SMALL),
        (0, CellFault.TOO_SMALL),
        ("1.25", CellFault.NOT_WHOLE),
        ("999999999999999", CellFault.TOO_LARGE),
        ("5000 ریال", CellFault.OTHER_UNIT),
    ],
)
def test_what_is_no_amount_of_toman_is_refused(cell: object, fault: CellFault) -> None:
    assert fault_of(cells.toman, cell) is fault


@given(st.one_of(st.text(), st.floats(), st.integers(), st.booleans(), st.none(), st.datetimes()))
def test_no_cell_breaks_any_column(cell: object) -> None:
    for sheet in SHEETS.values():
        for column in sheet.columns:
            try:
                column.read(cell)
            except CellRefused:
                continue


def test_rials_and_toman_of_one_amount_are_the_same_money() -> None:
    assert cells.rials("1480000 ریال") == cells.toman("148000")
    assert fault_of(cells.rials, "148000 تومان") is CellFault.OTHER_UNIT


@pytest.mark.parametrize(
    ("cell", "code"),
    [(1024.0, "1024"), (1024, "1024"), ("۱۰۲۴", "1024"), (" A‌-۷ ", "A‌-7"), ("كي", "کی"), ("007", "007")],
)
def test_codes_are_text_with_latin_digits(cell: object, code: str) -> None:
    assert cells.code(cell) == code


def test_a_code_has_an_end() -> None:
    assert fault_of(cells.code, "x" * 65) is CellFault.TOO_LONG
    assert fault_of(cells.text(10), "ا" * 11) is CellFault.TOO_LONG


def test_invisible_text_is_no_text() -> None:
    assert fault_of(cells.text(10), "\u200f\u202b") is CellFault.MISSING
    assert fault_of(cells.code, "\ufeff") is CellFault.MISSING


@given(st.text(alphabet=st.characters(max_codepoint=0x700)))
def test_the_short_way_shows_the_same_as_the_long_one(text: str) -> None:
    plain = text.translate(cells._ARABIC)
    assert cells.shown(text) == " ".join(clean(plain).split())


def test_arabic_letters_are_shown_as_persian_ones() -> None:
    assert cells.shown("  شامپو  كراتيني‌ ") == "شامپو کراتینی‌"


@pytest.mark.parametrize(
    "cell",
    [
        "۱۴۰۵/۰۹/۰۱", "1405-9-1", "1405.09.01", "14050901", 14050901.0, "2026-11-22", "2026/11/22",
        "2026-11-22 00:00:00", date(2026, 11, 22), datetime(2026, 11, 22, 10, 0, tzinfo=UTC),
    ],
)  # fmt: skip
def test_days_are_read_in_both_calendars(cell: object) -> None:
    assert cells.day(cell) == date(2026, 11, 22)


@pytest.mark.parametrize(
    "cell", ["۱۴۰۵/۱۳/۰۱", "01/09/1405", "1405/12/30", "05/09/01", "فردا", "2026-02-30", 5.5, "1405/9-1"]
)
def test_what_is_no_day_is_refused(cell: object) -> None:
    assert fault_of(cells.day, cell) is CellFault.NOT_A_DATE


@pytest.mark.parametrize(
    ("cell", "points"),
    [(10, 1000), ("۱۰", 1000), ("10%", 1000), ("۹٫۵٪", 950), (0.1, 1000), (0, 0), (100, 10_000)],
)
def test_percents_are_read_as_they_are_shown(cell: object, points: int) -> None:
    assert cells.percent(cell) == points


def test_more_than_everything_is_no_rate() -> None:
    assert fault_of(cells.percent, "101") is CellFault.TOO_LARGE


def test_a_barcode_needs_its_check_digit() -> None:
    assert cells.barcode(6260000010247.0) == cells.barcode("۶۲۶۰۰۰۰۰۱۰۲۴۷") == "6260000010247"
    assert fault_of(cells.barcode, "6260000010248") is CellFault.NOT_A_BARCODE


def test_mobiles_have_one_form() -> None:
    assert {cells.mobile(each) for each in (9121234567.0, "+98 912 123 4567", "۰۹۱۲۱۲۳۴۵۶۷")} == {
        "09121234567"
    }
    assert fault_of(cells.mobile, "02188776655") is CellFault.NOT_A_MOBILE


def test_a_spreadsheet_may_have_dropped_the_zeros_of_a_national_id() -> None:
    assert cells.identifier(84575948.0) == "0084575948"
    assert fault_of(cells.identifier, "1234567890") is CellFault.NOT_AN_IDENTIFIER


def test_a_choice_tells_what_there_is_to_choose() -> None:
    read = cells.choice(UNITS)
    assert (read("بسته"), read("شيشه")) == (Unit.PACK, Unit.BOTTLE)
    with pytest.raises(CellRefused) as refused:
        read("کیلو")
    assert refused.value.about == "عدد، بسته، بطری، تیوب"


def test_what_templates_offer_is_understood() -> None:
    known: dict[str, Mapping[str, object]] = {
        "unit": UNITS,
        "kind": KINDS,
        "is_active": YES_OR_NO,
        "side": SIDES,
        "state": STATES,
        "promotion_kind": PROMOTION_KINDS,
    }
    assert CHOICES.keys() == known.keys()
    assert not any(set(words) - set(known[name]) for name, words in CHOICES.items())


# Headers


def test_headers_are_known_by_other_spellings_and_in_any_order() -> None:
    (row,) = rows_of(
        ImportKind.PRODUCTS,
        ("دسته‌بندي", "قیمت فروش (ریال)", "نام كالا", "کد کالا *"),
        ("مو", 500, "شامپو", 7),
    )
    assert row == ProductRow(number=2, code="7", name="شامپو", category="مو", rials=500)


def test_titles_above_the_headers_are_passed_over() -> None:
    table = (("گزارش کالاها",), (), PRODUCTS, ("1", "شامپو", "مو"))
    (row,) = rows_of(ImportKind.PRODUCTS, *table)
    assert row.number == 4


def test_a_missing_column_refuses_the_file() -> None:
    no = refusal_of(ImportKind.CUSTOMERS, ("گزارش",), ("کد", "نام", "نوع", "شهر"))
    assert (no.fault, no.names) == (FileFault.MISSING_COLUMN, ("نشانی",))


@pytest.mark.parametrize("kind", [ImportKind.PRICES, ImportKind.PRODUCTS])
@pytest.mark.parametrize("header", ["قیمت", "قيمت فروش", "بها"])
def test_money_without_its_unit_refuses_the_file(kind: ImportKind, header: str) -> None:
    no = refusal_of(kind, ("کد کالا", "نام", "دسته", header), ("1", "شامپو", "مو", 5))
    assert (no.fault, no.names) == (FileFault.MISSING_UNIT, (cells.shown(header),))


def test_one_meaning_twice_refuses_the_file() -> None:
    no = refusal_of(ImportKind.PRICES, ("کد", "قیمت (ریال)", "قیمت (تومان)"))
    assert (no.fault, no.names) == (FileFault.REPEATED_COLUMN, ("قیمت (ریال)", "قیمت (تومان)"))


def test_a_file_without_any_text_is_empty() -> None:
    assert refusal_of(ImportKind.STOCK).fault is FileFault.EMPTY
    assert refusal_of(ImportKind.STOCK, (), ("", None, " ")).fault is FileFault.EMPTY


def test_unknown_headers_are_named() -> None:
    layout = find_layout(ImportKind.PRODUCTS, ((*PRODUCTS, "وزن", "", "خطا"),))
    assert layout.unknown == ("وزن",)


# Rows


def test_an_error_names_row_and_column_and_keeps_the_value() -> None:
    (errors,) = rows_of(ImportKind.PRICES, ("کد", "قیمت (تومان)"), (), ("1", "ابت"))
    assert errors == [
        RowError(row=3, column="قیمت (تومان)", fault=CellFault.NOT_A_NUMBER, value="ابت"),
    ]


def test_all_errors_of_a_row_are_told_at_once() -> None:
    (errors,) = rows_of(ImportKind.STOCK, ("کد کالا", "موجودی", "آستانه کم"), ("", "دو", "-1"))
    assert [error.fault for error in errors] == [
        CellFault.MISSING,
        CellFault.NOT_A_NUMBER,
        CellFault.TOO_SMALL,
    ]


def test_empty_rows_and_the_example_are_no_rows() -> None:
    table = (PRODUCTS, ("", None, " "), ("نمونه", "شامپو", "مو"), ("1", "شامپو", "مو"), ())
    assert [row.number for row in rows_of(ImportKind.PRODUCTS, *table)] == [4]


def test_the_second_of_two_equal_codes_is_an_error() -> None:
    first, second = rows_of(ImportKind.PRODUCTS, PRODUCTS, ("۱", "شامپو", "مو"), (1.0, "شامپو", "مو"))
    assert first.code == "1"
    assert second == [RowError(row=3, column="کد", fault=CellFault.REPEATED, value="1", about=2)]


def test_one_product_may_have_several_prices_on_several_days() -> None:
    headers = ("کد", "قیمت (تومان)", "از تاریخ", "تا تاریخ")
    first, second, third = rows_of(
        ImportKind.PRICES, headers,
        ("1", 5, "۱۴۰۵/۰۹/۰۱", ""),
        ("1", 6, "۱۴۰۵/۱۰/۰۱", "۱۴۰۵/۱۰/۰۲"),
        ("1", 6, "۱۴۰۵/۱۱/۰۱", "۱۴۰۵/۱۰/۰۲"),
    )  # fmt: skip
    assert isinstance(first, PriceRow)
    assert second.until == date(2026, 12, 23)
    assert [error.fault for error in third] == [CellFault.ENDS_BEFORE_START]


def test_a_customer_says_what_kind_it_is() -> None:
    headers = ("کد", "نام", "نوع", "شهر", "آدرس", "همراه")
    row, errors = rows_of(
        ImportKind.CUSTOMERS, headers,
        (1, "داروخانه رضایی", "داروخانه", "تهران", "سعادت‌آباد", 9121234567.0),
        (2, "ب", "نانوایی", "تهران", "الف", ""),
    )  # fmt: skip
    assert isinstance(row, CustomerRow)
    assert (row.kind, row.mobile) == (CustomerKind.PHARMACY, "09121234567")
    assert [(error.fault, error.value) for error in errors] == [(CellFault.NOT_A_CHOICE, "نانوایی")]


def test_what_is_not_said_is_none() -> None:
    (row,) = rows_of(ImportKind.STOCK, ("کد", "موجودی", "ذخیره احتیاطی"), ("1", "۰", ""))
    assert row == StockRow(number=2, code="1", on_hand=0)


def test_long_values_are_shortened_in_errors() -> None:
    (errors,) = rows_of(ImportKind.STOCK, ("کد", "موجودی"), ("1", "ب" * 500))
    assert len(errors[0].value) == 60
