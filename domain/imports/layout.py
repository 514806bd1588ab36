"""From a table of cells to rows and errors: where the columns stand, and what each row says."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from domain.imports.cells import written
from domain.imports.columns import EXAMPLE_CODE, Column, Sheet
from domain.imports.errors import CellFault, CellRefused, FileFault, ImportRefused, RowError
from domain.imports.kinds import SHEETS
from domain.imports.rows import AliasRow, ImportKind, InvoiceRow, PriceRow, PromotionRow, Row
from domain.persian import search_key

Cells = Sequence[object]

SEARCHED_FOR_HEADERS = 10
"""Reports of other programs begin with titles; so many rows are looked at for the headers."""
OWN_HEADERS = ("ردیف", "خطا")
"""Headers that our own file of errors adds; they are passed over when it comes back."""
MOST_COLUMNS = 50
MOST_ROWS = 99_999
_MOST_SHOWN = 60


@dataclass(frozen=True, slots=True)
class Layout:
    """Where the columns stand. ``header_row`` counts from 1; ``unknown`` are headers that nobody reads."""

    kind: ImportKind
    header_row: int
    headers: tuple[str, ...]
    columns: tuple[tuple[int, Column], ...]
    unknown: tuple[str, ...]


def find_layout(kind: ImportKind, table: Sequence[Cells]) -> Layout:
    """The layout by the first row that has all headers; otherwise what is wrong with the nearest one."""
    refused: list[ImportRefused] = []
    tops = [
        (row, cells) for row, cells in enumerate(table[:SEARCHED_FOR_HEADERS], 1) if any(map(written, cells))
    ]
    for row, cells in tops:
        try:
            return _layout(kind, row, tuple(written(cell) for cell in cells))
        except ImportRefused as no:
            refused.append(no)
    # The row that came nearest to being the headers is the one worth talking about.
    nearest = sorted(refused, key=lambda no: len(no.names) if no.fault is FileFault.MISSING_COLUMN else 0)
    raise nearest[0] if nearest else ImportRefused(FileFault.EMPTY)


def _layout(kind: ImportKind, row: int, headers: tuple[str, ...]) -> Layout:
    sheet = SHEETS[kind]
    by_spelling = {
        search_key(spelling): column for column in sheet.columns for spelling in (column.title, *column.also)
    }
    found = [(place, by_spelling.get(search_key(header))) for place, header in enumerate(headers)]
    columns = tuple((place, column) for place, column in found if column is not None)
    _require(sheet, columns, headers)
    unknown = tuple(
        headers[place]
        for place, column in found
        if column is None and headers[place] and headers[place] not in OWN_HEADERS
    )
    return Layout(kind, row, headers, columns, unknown)


def _require(sheet: Sheet, columns: tuple[tuple[int, Column], ...], headers: tuple[str, ...]) -> None:
    """Every field at most once, the required ones at least once, and money only with its unit."""
    standing: dict[str, str] = {}
    for place, column in columns:
        if column.field in standing:
            raise ImportRefused(FileFault.REPEATED_COLUMN, (standing[column.field], headers[place]))
        standing[column.field] = headers[place]
    missing = {column.field: column.title for column in sheet.columns if column.is_required}
    titles = tuple(title for name, title in missing.items() if name not in standing)
    unitless = {search_key(spelling) for spelling in sheet.unitless}
    bare = tuple(header for header in headers if search_key(header) in unitless)
    if titles and not set(missing) - set(standing) <= sheet.money:
        raise ImportRefused(FileFault.MISSING_COLUMN, titles)
    if bare:
        raise ImportRefused(FileFault.MISSING_UNIT, bare)
    if titles:
        raise ImportRefused(FileFault.MISSING_COLUMN, titles)


def read_rows(layout: Layout, table: Iterable[Cells]) -> Iterator[tuple[int, Row | list[RowError] | None]]:
    """Each row below the headers, with its number: what it says, its errors, or None for an empty one."""
    kept: dict[tuple[object, ...], int] = {}
    for number, cells in enumerate(table, 1):
        if number <= layout.header_row:
            continue
        found = _read_row(layout, number, cells)
        if isinstance(found, dict):
            yield number, _checked(layout, SHEETS[layout.kind].row(number=number, **found), kept)
        else:
            yield number, found


def _read_row(layout: Layout, number: int, cells: Cells) -> dict[str, Any] | list[RowError] | None:
    values: dict[str, Any] = {}
    errors: list[RowError] = []
    is_empty = True
    for place, column in layout.columns:
        cell = cells[place] if place < len(cells) else None
        if cell is None or cell == "" or (isinstance(cell, str) and cell.isspace()):
            if column.is_required:
                errors.append(RowError(row=number, column=_header(layout, column), fault=CellFault.MISSING))
            continue
        is_empty = False
        try:
            values[column.field] = column.read(cell)
        except CellRefused as no:
            errors.append(
                RowError(
                    row=number,
                    column=_header(layout, column),
                    fault=no.fault,
                    value=_short(cell),
                    about=no.about,
                )
            )
    if is_empty or EXAMPLE_CODE in (values.get("code"), values.get("brand_name")):
        return None
    return errors or values


def _checked(layout: Layout, row: Row, kept: dict[tuple[object, ...], int]) -> Row | list[RowError]:
    """What only the whole row, or the rows before it, can tell."""
    if isinstance(row, PriceRow | PromotionRow) and row.since and row.until and row.until < row.since:
        return [error_of(layout, row.number, "until", CellFault.ENDS_BEFORE_START)]
    if isinstance(row, InvoiceRow) and row.due_on and row.due_on < row.issued_on:
        return [error_of(layout, row.number, "due_on", CellFault.ENDS_BEFORE_START)]
    if isinstance(row, InvoiceRow) and row.open_rials > row.rials:
        return [error_of(layout, row.number, "open_rials", CellFault.MORE_THAN_ALL)]
    first = kept.setdefault(row.key, row.number)
    if first != row.number:
        name = "alias" if isinstance(row, AliasRow) else "code"
        return [error_of(layout, row.number, name, CellFault.REPEATED, row.code, first)]
    return row


def error_of(
    layout: Layout, number: int, name: str, fault: CellFault, value: str = "", about: int | str | None = None
) -> RowError:
    """An error in the column that fills that field, under the header that the file gives it."""
    column = next(column for _place, column in layout.columns if column.field == name)
    return RowError(row=number, column=_header(layout, column), fault=fault, value=value, about=about)


def _header(layout: Layout, wanted: Column) -> str:
    return next(layout.headers[place] for place, column in layout.columns if column is wanted)


def _short(cell: object) -> str:
    found = written(cell)
    return found if len(found) <= _MOST_SHOWN else found[: _MOST_SHOWN - 1] + "…"
