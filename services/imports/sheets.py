"""Sheets that we make: templates, and the rows of a file that were set aside.

Text stays text: a name that begins with = is a name, never a formula that runs on somebody's machine.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from typing import Any

import xlsxwriter
from xlsxwriter.exceptions import FileCreateError

from domain.imports.cells import written
from domain.imports.columns import CHOICES, Column
from domain.imports.errors import RowError
from domain.imports.kinds import SHEETS
from domain.imports.layout import OWN_HEADERS, Cells, Layout
from domain.imports.rows import ImportKind
from screens.imports import fault_words, kind_word
from screens.language import Language
from screens.sheets import choices_note, column_note, general_notes, needed_word, notes_headers, notes_title

SAFE = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
_TEXT = {"code", "barcode", "mobile", "national_id", "sayad_id", "goods"}
"""Fields of digits that are no numbers: as numbers they would lose their zeros."""
_FILLED_ROWS = 5_000


def write_template(kind: ImportKind, path: Path, _: Language) -> None:
    """The headers, one example row, and a second sheet that says what each column holds."""
    columns = _offered(kind)
    with _new_book(path) as book:
        sheet = _new_sheet(book, kind_word(kind, _))
        needed = book.add_format({"bold": True, "bg_color": "#FFE699", "border": 1})
        optional = book.add_format({"bold": True, "bg_color": "#E2EFDA", "border": 1})
        plain, as_text = book.add_format(), book.add_format({"num_format": "@"})
        for place, column in enumerate(columns):
            form = as_text if column.field in _TEXT else plain
            sheet.set_column(place, place, max(14, len(column.title) + 4, len(str(column.example)) + 2), form)
            sheet.write_string(0, place, column.title, needed if column.is_required else optional)
            _write(sheet, 1, place, column.example)
            if column.field in CHOICES:
                offered = {"validate": "list", "source": list(CHOICES[column.field]), "error_type": "warning"}
                sheet.data_validation(1, place, _FILLED_ROWS, place, offered)
        _write_notes(book, columns, _)


def _offered(kind: ImportKind) -> list[Column]:
    """Of columns that fill the same field, such as the two of money, a template has the first."""
    first: dict[str, Column] = {}
    for column in SHEETS[kind].columns:
        first.setdefault(column.field, column)
    return list(first.values())


def _write_notes(book: Any, columns: Sequence[Column], _: Language) -> None:
    sheet = _new_sheet(book, notes_title(_))
    sheet.set_column(0, 1, 18)
    sheet.set_column(2, 2, 80)
    bold = book.add_format({"bold": True})
    for place, header in enumerate(notes_headers(_)):
        sheet.write_string(0, place, header, bold)
    for row, column in enumerate(columns, 1):
        note = column_note(column.field, _)
        if column.field in CHOICES:
            note = f"{note}. {choices_note('، '.join(CHOICES[column.field]), _)}"
        for place, words in enumerate((column.title, needed_word(column.is_required, _), note)):
            sheet.write_string(row, place, words)
    for row, words in enumerate(general_notes(_), len(columns) + 2):
        sheet.write_string(row, 0, words)


def write_aside(
    path: Path, layout: Layout, table: Sequence[Cells], errors: Sequence[RowError], _: Language
) -> None:
    """The bad rows as they stood, each with its number and what is wrong; to be corrected and imported."""
    by_row: dict[int, list[str]] = {}
    for error in errors:
        by_row.setdefault(error.row, []).append(f"{error.column}: {fault_words(error, _)}")
    kept = [place for place, header in enumerate(layout.headers) if header not in OWN_HEADERS]
    with _new_book(path) as book:
        sheet = _new_sheet(book, kind_word(layout.kind, _))
        bold = book.add_format({"bold": True})
        sheet.set_column(0, len(kept), 18)
        sheet.set_column(len(kept) + 1, len(kept) + 1, 60)
        for place, header in enumerate((*(layout.headers[each] for each in kept), *OWN_HEADERS)):
            sheet.write_string(0, place, header, bold)
        for line, (number, said) in enumerate(sorted(by_row.items()), 1):
            cells = table[number - 1]
            for place, column in enumerate(kept):
                _write(sheet, line, place, cells[column] if column < len(cells) else None)
            sheet.write_number(line, len(kept), number)
            sheet.write_string(line, len(kept) + 1, "؛ ".join(said))


@contextmanager
def _new_book(path: Path) -> Iterator[Any]:
    """A workbook that is written when the block ends; raises OSError where it cannot be."""
    try:
        with xlsxwriter.Workbook(path, SAFE) as book:
            yield book
    except FileCreateError as error:
        raise OSError(str(error)) from error


def _new_sheet(book: Any, name: str) -> Any:
    sheet = book.add_worksheet(name)
    sheet.right_to_left()
    sheet.freeze_panes(1, 0)
    return sheet


def _write(sheet: Any, row: int, place: int, cell: object) -> None:
    """A number as a number, everything else as text; dates in the spelling that is read back."""
    if isinstance(cell, int | float) and not isinstance(cell, bool) and abs(cell) < 1e15:
        sheet.write_number(row, place, cell)
    elif isinstance(cell, datetime):
        sheet.write_string(row, place, cell.date().isoformat())
    elif isinstance(cell, date):
        sheet.write_string(row, place, cell.isoformat())
    elif found := (cell if isinstance(cell, str) else written(cell)):
        sheet.write_string(row, place, found[:32_767])
