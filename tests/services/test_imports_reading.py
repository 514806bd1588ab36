"""Files are read in the encodings and shapes that are met, and refused before they can do harm."""

from __future__ import annotations

import struct
import time
import zipfile
from datetime import date
from pathlib import Path

import pytest
import xlsxwriter
from python_calamine import CalamineWorkbook

from domain.imports.cells import day
from domain.imports.errors import FileFault, ImportRefused
from domain.imports.layout import Cells
from services.imports import reading
from services.imports.reading import read_table
from tests.builders.sheets import a_csv, an_xlsx

TABLE = (["کد", "نام", "دسته"], ["1", "شامپو، ۲۵۰ میل", "مراقبت مو"], ["2", "کرم", "پوست"])


def refusal_of(path: Path) -> ImportRefused:
    with pytest.raises(ImportRefused) as refused:
        read_table(path)
    return refused.value


def as_text(table: list[Cells]) -> list[list[object]]:
    return [list(row) for row in table]


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1256"])
def test_csv_is_read_in_every_usual_encoding(tmp_path: Path, encoding: str, separator: str) -> None:
    # The old code page has no Persian digits and no ی of its own: Windows wrote the Arabic letter.
    table = [[cell.replace("ی", "ي").replace("۲۵۰", "250") for cell in row] for row in TABLE]
    path = a_csv(tmp_path / "x.csv", *table, encoding=encoding, separator=separator)
    assert as_text(read_table(path)) == table


def test_the_separator_may_be_named_in_the_first_line(tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    path.write_text("sep=;\nکد;نام, یک;دسته\n1;شامپو;مو\n", encoding="utf-8")
    assert as_text(read_table(path)) == [[], ["کد", "نام, یک", "دسته"], ["1", "شامپو", "مو"]]


def test_a_field_may_hold_separators_quotes_and_lines(tmp_path: Path) -> None:
    path = a_csv(tmp_path / "x.csv", ["کد", "نام"], ["1", 'شامپو "۵"\nدو, سه']), ["کد", "نام"]
    assert as_text(read_table(path[0])) == [["کد", "نام"], ["1", 'شامپو "۵"\nدو, سه']]


def test_rows_of_a_sheet_keep_their_numbers(tmp_path: Path) -> None:
    path = an_xlsx(tmp_path / "x.xlsx", [], [], ["", "کد", "نام"], [], ["", 1, "شامپو"])
    table = read_table(path)
    assert [bool(any(row)) for row in table] == [False, False, True, False, True]
    assert list(table[4]) == ["", 1.0, "شامپو"]


def test_dates_of_a_sheet_are_dates(tmp_path: Path) -> None:
    path = tmp_path / "x.xlsx"
    with xlsxwriter.Workbook(path) as book:
        form = book.add_format({"num_format": "yyyy-mm-dd"})
        book.add_worksheet().write_datetime(0, 0, date(2026, 11, 22), form)
    assert day(read_table(path)[0][0]) == date(2026, 11, 22)


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    assert refusal_of(tmp_path / "none.csv").fault is FileFault.NOT_THERE
    assert refusal_of(tmp_path).fault is FileFault.NOT_THERE


def test_an_empty_file_is_an_empty_table(tmp_path: Path) -> None:
    (tmp_path / "x.csv").touch()
    assert read_table(tmp_path / "x.csv") == []


def test_old_excel_files_are_told_apart(tmp_path: Path) -> None:
    path = tmp_path / "x.xls"
    path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512))
    assert refusal_of(path).fault is FileFault.OLD_EXCEL


@pytest.mark.parametrize("data", [b"PK\x03\x04 broken", bytes(300), b'"' + b"x" * 200_000])
def test_rubbish_is_no_table(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "x.xlsx"
    path.write_bytes(data)
    assert refusal_of(path).fault is FileFault.NOT_A_TABLE


def test_an_archive_that_is_no_sheet_is_no_table(tmp_path: Path) -> None:
    path = tmp_path / "x.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("hello.txt", "no sheet")
    assert refusal_of(path).fault is FileFault.NOT_A_TABLE


def test_a_cut_sheet_is_no_table(tmp_path: Path) -> None:
    path = an_xlsx(tmp_path / "x.xlsx", *TABLE)
    whole = path.read_bytes()
    for length in range(10, len(whole), len(whole) // 20):
        path.write_bytes(whole[:length])
        assert refusal_of(path).fault is FileFault.NOT_A_TABLE


def test_a_large_file_is_not_even_opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "MOST_BYTES", 1024 * 1024)
    path = tmp_path / "x.csv"
    path.write_bytes(bytes(1024 * 1024 + 1))
    no = refusal_of(path)
    assert (no.fault, no.most) == (FileFault.TOO_LARGE, 1)


def with_sheet(path: Path, xml: bytes) -> Path:
    """An xlsx file whose sheet is that XML."""
    whole = an_xlsx(path.with_name("whole.xlsx"), ["کد"])
    with zipfile.ZipFile(whole) as source, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as made:
        for name in source.namelist():
            made.writestr(name, xml if name.startswith("xl/worksheets/") else source.read(name))
    return path


def a_sheet(cells: str) -> bytes:
    namespace = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    return (
        f'<?xml version="1.0"?><worksheet xmlns="{namespace}"><sheetData>{cells}</sheetData></worksheet>'
    ).encode()


def a_cell(where: str, row: int) -> str:
    return f'<row r="{row}"><c r="{where}"><v>1</v></c></row>'


def test_a_sheet_that_bursts_is_refused_at_once(tmp_path: Path) -> None:
    """600 MB of one cell, in a file of 600 KB."""
    path = tmp_path / "bomb.xlsx"
    with (
        zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive,
        archive.open("xl/sharedStrings.xml", "w") as part,
    ):
        for _ in range(60):
            part.write(b"A" * 10_000_000)
    began = time.process_time()
    assert refusal_of(path).fault is FileFault.SUSPICIOUS
    assert time.process_time() - began < 1


@pytest.mark.parametrize(
    ("where", "row", "fault"),
    [
        ("XFD1048576", 1_048_576, FileFault.TOO_MANY_ROWS),
        ("XFD1", 1, FileFault.TOO_MANY_COLUMNS),
        ("AY1", 1, FileFault.TOO_MANY_COLUMNS),
        ("A100000", 100_000, FileFault.TOO_MANY_ROWS),
    ],
)
def test_cells_far_away_are_refused(tmp_path: Path, where: str, row: int, fault: FileFault) -> None:
    path = with_sheet(tmp_path / "far.xlsx", a_sheet(a_cell("A1", 1) + a_cell(where, row)))
    assert refusal_of(path).fault is fault


def test_without_the_look_ahead_a_far_cell_asks_for_a_rectangle(tmp_path: Path) -> None:
    """The negative control, with a rectangle that this machine can bear: the library unpacks all of it."""
    path = with_sheet(tmp_path / "far.xlsx", a_sheet(a_cell("A1", 1) + a_cell("XFD20", 20)))
    sheet = CalamineWorkbook.from_path(path).get_sheet_by_index(0)
    assert sum(map(len, sheet.to_python(skip_empty_area=False))) == 20 * 16_384


def test_a_lie_about_the_dimension_is_not_believed(tmp_path: Path) -> None:
    xml = a_sheet(a_cell("A1", 1)).replace(b"<sheetData>", b'<dimension ref="A1:XFD1048576"/><sheetData>')
    assert len(read_table(with_sheet(tmp_path / "lie.xlsx", xml))) == 1


def test_entities_are_not_unfolded(tmp_path: Path) -> None:
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 12))
    xml = a_sheet('<row r="1"><c r="A1" t="inlineStr"><is><t>&l11;</t></is></c></row>')
    xml = xml.replace(b"<worksheet", f'<!DOCTYPE x [<!ENTITY l0 "ha">{laughs}]><worksheet'.encode())
    try:
        table = read_table(with_sheet(tmp_path / "laughs.xlsx", xml))
    except ImportRefused:
        return
    assert sum(len(str(cell)) for row in table for cell in row) < 1_000


def test_a_part_that_lies_about_its_size_is_refused(tmp_path: Path) -> None:
    path = with_sheet(tmp_path / "x.xlsx", a_sheet(a_cell("A1", 1)) + b" " * 1_000_000)
    data = bytearray(path.read_bytes())
    size = struct.pack("<I", len(a_sheet(a_cell("A1", 1))) + 1_000_000)
    at = data.find(size)
    while at >= 0:
        data[at : at + 4] = struct.pack("<I", 10)
        at = data.find(size, at)
    path.write_bytes(data)
    assert refusal_of(path).fault is FileFault.NOT_A_TABLE


def test_a_wide_csv_is_refused(tmp_path: Path) -> None:
    no = refusal_of(a_csv(tmp_path / "x.csv", ["x"] * 51))
    assert (no.fault, no.most) == (FileFault.TOO_MANY_COLUMNS, 50)


def test_a_long_csv_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    path.write_text("1\n" * 100_000, encoding="utf-8")
    assert refusal_of(path).fault is FileFault.TOO_MANY_ROWS
