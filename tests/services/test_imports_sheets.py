"""Templates and set-aside rows: sheets that can be imported as they are, and that run nothing."""

from __future__ import annotations

import zipfile
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from python_calamine import CalamineWorkbook

from domain.imports.layout import Cells, find_layout, read_rows
from domain.imports.rows import ImportKind
from screens.language import Language
from services.imports.reading import read_table
from services.imports.running import import_file
from services.imports.sheets import write_aside, write_template
from storage.unit_of_work import Store
from tests.builders.sheets import an_xlsx
from tests.conftest import NOW
from tests.services.importing import PRODUCTS, SHAMPOO, counts, rows_of

ATTACKS = (
    "=1+1",
    "+1",
    "-1+2",
    "@SUM(A1)",
    "=cmd|' /C calc'!A0",
    "\t=1",
    '=HYPERLINK("http://x")',
    "http://x.y",
)


@pytest.mark.parametrize("kind", list(ImportKind))
def test_a_template_is_a_file_of_its_kind_whose_example_would_be_taken(
    kind: ImportKind, tmp_path: Path, persian: Language
) -> None:
    path = tmp_path / "template.xlsx"
    write_template(kind, path, persian)
    table = [list(row) for row in read_table(path)]
    layout = find_layout(kind, table)
    assert layout.unknown == ()
    assert [found for _number, found in read_rows(layout, table)] == [None]
    table[1][0] = "1"
    ((_number, row),) = read_rows(layout, table)
    assert not isinstance(row, list)


def test_a_template_has_notes_on_every_column(tmp_path: Path, persian: Language) -> None:
    for kind in ImportKind:
        path = tmp_path / f"{kind}.xlsx"
        write_template(kind, path, persian)
        book = CalamineWorkbook.from_path(path)
        headers = book.get_sheet_by_index(0).to_python()[0]
        notes = {row[0]: row[2] for row in book.get_sheet_by_name("راهنما").to_python()}
        assert all(notes[header] for header in headers)


async def test_an_untouched_template_imports_nothing(
    sqlite_store: Store, tmp_path: Path, persian: Language
) -> None:
    for kind in ImportKind:
        path = tmp_path / f"{kind}.xlsx"
        write_template(kind, path, persian)
        report, *_ = await import_file(sqlite_store, kind, path, NOW)
        assert counts(report) == (0, 0, 0, 0)


def formulas_in(path: Path) -> int:
    with zipfile.ZipFile(path) as archive:
        sheets = [archive.read(name) for name in archive.namelist() if name.startswith("xl/worksheets/")]
    return sum(sheet.count(b"<f>") + sheet.count(b"<hyperlink") for sheet in sheets)


async def set_aside(store: Store, folder: Path, persian: Language, *table: Any) -> Path:
    report, layout, read = await import_file(
        store, ImportKind.PRODUCTS, an_xlsx(folder / "x.xlsx", *table), NOW
    )
    path = folder / "x.errors.xlsx"
    write_aside(path, layout, read, report.errors, persian)
    return path


async def test_rows_set_aside_can_be_corrected_and_imported(
    sqlite_store: Store, tmp_path: Path, persian: Language
) -> None:
    bad = ("1026", "ماسک", "پوست", "", "", 12, "ابت")
    path = await set_aside(sqlite_store, tmp_path, persian, ("گزارش",), PRODUCTS, SHAMPOO, bad)
    table = [list(row) for row in read_table(path)]
    assert table[0] == [*PRODUCTS, "ردیف", "خطا"]
    assert table[1] == [*bad[:5], 12.0, "ابت", 4.0, "قیمت (تومان): عدد نیست: «ابت»"]
    table[1][6] = "12000"
    report, *_ = await import_file(
        sqlite_store, ImportKind.PRODUCTS, an_xlsx(tmp_path / "y.xlsx", *table), NOW
    )
    assert (counts(report), report.unknown_headers) == ((1, 0, 0, 0), ())


async def test_nothing_that_people_wrote_runs_in_the_sheet_of_errors(
    sqlite_store: Store, tmp_path: Path, persian: Language
) -> None:
    rows = [(f"{n}", attack, attack, "", "", "", "ابت") for n, attack in enumerate(ATTACKS)]
    path = await set_aside(sqlite_store, tmp_path, persian, PRODUCTS, *rows)
    assert formulas_in(path) == 0
    assert [row[1] for row in read_table(path)[1:]] == list(ATTACKS)


def test_the_library_left_to_itself_would_run_them(tmp_path: Path) -> None:
    """The negative control."""
    import xlsxwriter

    with xlsxwriter.Workbook(tmp_path / "naive.xlsx") as book:
        book.add_worksheet().write_column(0, 0, ATTACKS)
    assert formulas_in(tmp_path / "naive.xlsx") > 0


async def test_a_name_that_looks_like_a_formula_is_a_name(
    sqlite_store: Store, tmp_path: Path, persian: Language
) -> None:
    await set_aside(sqlite_store, tmp_path, persian, PRODUCTS[:3], ("1", "=1+1", "مو"), ("", "", ""))
    assert [row["name"] for row in await rows_of(sqlite_store, "products")] == ["=1+1"]


def test_one_row_with_two_errors_is_one_bad_row(tmp_path: Path, persian: Language) -> None:
    table: list[Cells] = [PRODUCTS, ("1", "", "مو", "", "7", 1, "ابت")]
    layout = find_layout(ImportKind.PRODUCTS, table)
    ((_number, errors),) = read_rows(layout, table)
    assert isinstance(errors, list)
    path = tmp_path / "x.xlsx"
    write_aside(path, layout, table, [*errors, replace(errors[0], row=1)], persian)
    assert read_table(path)[2][-1] == "نام: خانه خالی است؛ بارکد: بارکد درست نیست (رقم کنترل): «7»؛ " + (
        "قیمت (تومان): عدد نیست: «ابت»"
    )
