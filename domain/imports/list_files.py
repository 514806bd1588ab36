"""A list that was sent as a table: which column is what, and what each row asks for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from domain.errors import NotAnAmount
from domain.imports.cells import number, written
from domain.imports.errors import CellRefused, FileFault, ImportRefused
from domain.imports.layout import Cells
from domain.persian import search_key
from domain.sent_lists import LeftBecause, RowLeft
from domain.spoken_numbers import read_number
from domain.written import Line, Op, read_order
from domain.written.words import UNITS

MOST_ROWS = 10_000
MOST_SAID = 80
SEARCHED_FOR_HEADINGS = 10
CODE, BARCODE, NAME, QUANTITY, UNIT = "code", "barcode", "name", "quantity", "unit"
_HEADINGS: dict[str, tuple[str, ...]] = {
    CODE: ("کد", "کد کالا", "کد محصول", "شناسه", "شناسه کالا", "code", "product code", "sku", "item code"),
    BARCODE: ("بارکد", "بارکد کالا", "barcode", "gtin", "ean", "ean13", "upc"),
    NAME: ("نام", "نام کالا", "کالا", "شرح", "شرح کالا", "محصول", "نام محصول", "name", "product", "item",
           "product name", "item name", "description"),
    QUANTITY: ("تعداد", "مقدار", "تعداد سفارش", "سفارش", "quantity", "qty", "count", "amount", "number"),
    UNIT: ("واحد", "واحد سفارش", "واحد شمارش", "unit", "uom"),
}  # fmt: skip
_COLUMNS = {search_key(word): column for column, words in _HEADINGS.items() for word in words}


@dataclass(frozen=True, slots=True, kw_only=True)
class FileRow:
    """What one row asks for; counted as a spreadsheet counts rows, from 1."""

    row: int
    said: str
    code: str = ""
    barcode: str = ""
    name: str = ""
    quantity: Decimal | None = None
    unit: str | None = None
    spoken: Line | None = None
    """The whole row as it was written, where a table has no columns."""

    @property
    def line(self) -> Line:
        """The same as a line that was written."""
        if self.spoken is not None:
            return replace(self.spoken, raw=self.said)
        return Line(raw=self.said, phrase=self.name or self.said, quantity=self.quantity, unit=self.unit)

    def left(self, why: LeftBecause) -> RowLeft:
        return RowLeft(row=self.row, said=self.said, why=why)


@dataclass(frozen=True, slots=True, kw_only=True)
class ListFile:
    """All rows of a table: those that ask for something, and those of which not even that is clear."""

    rows: tuple[FileRow, ...] = ()
    left: tuple[RowLeft, ...] = ()


def read_rows(table: Sequence[Cells]) -> ListFile:
    """What the rows ask for. Raises ImportRefused where no column can be told from the others."""
    headings, first = _headings(table)
    rows, left = list[FileRow](), list[RowLeft]()
    for at, cells in enumerate(table[first:], first + 1):
        texts = [written(cell) for cell in cells]
        if not any(texts):
            continue
        found = _row(at, texts, cells, headings)
        if isinstance(found, RowLeft):
            left.append(found)
        elif found.quantity != 0:
            # In a price list that somebody has filled in, nothing is wanted of what has a zero.
            rows.append(found)
    if not rows and not left:
        raise ImportRefused(FileFault.EMPTY)
    return ListFile(rows=tuple(rows), left=tuple(left))


def _headings(table: Sequence[Cells]) -> tuple[Mapping[str, int], int]:
    """Where each column stands, and the place of the first row beneath; else by what the columns hold."""
    for at, cells in enumerate(table[:SEARCHED_FOR_HEADINGS]):
        found: dict[str, int] = {}
        for place, cell in enumerate(cells):
            column = _COLUMNS.get(search_key(written(cell))) if isinstance(cell, str) else None
            if column is not None:
                found.setdefault(column, place)
        if QUANTITY in found and {CODE, BARCODE, NAME} & set(found):
            return found, at + 1
    return _unnamed(table), 0


def _unnamed(table: Sequence[Cells]) -> Mapping[str, int]:
    """Two columns: what, and how many of it, in either order; one column holds lines as they are written."""
    used = [[written(cell) for cell in cells] for cells in table if any(map(written, cells))]
    width = max((at + 1 for texts in used for at, text in enumerate(texts) if text), default=0)
    if width == 1:
        return {NAME: 0}
    if width != 2:
        raise ImportRefused(FileFault.MISSING_COLUMN, names=("نام", "تعداد"))
    first, second = (
        sum(_quantity(texts[place]) is not None for texts in used if place < len(texts)) for place in (0, 1)
    )
    return {NAME: 1, QUANTITY: 0} if first > second else {NAME: 0, QUANTITY: 1}


def _row(at: int, texts: Sequence[str], cells: Cells, columns: Mapping[str, int]) -> FileRow | RowLeft:
    def text(column: str) -> str:
        place = columns.get(column)
        return texts[place] if place is not None and place < len(texts) else ""

    said = " · ".join(text for text in texts if text)[:MOST_SAID]
    if not any(text(column) for column in (CODE, BARCODE, NAME)):
        return RowLeft(row=at, said=said, why=LeftBecause.NO_NAME)
    unit = UNITS.get(search_key(text(UNIT)))
    if QUANTITY not in columns:
        spoken = read_order(text(NAME)).lines
        if len(spoken) != 1:
            return RowLeft(row=at, said=said, why=LeftBecause.UNKNOWN)
        return FileRow(row=at, said=said, name=spoken[0].phrase, spoken=spoken[0])
    place = columns[QUANTITY]
    quantity = _quantity(cells[place] if place < len(cells) else "")
    if quantity is None:
        quantity, unit = _with_unit(text(QUANTITY), unit)
    if quantity is None:
        return RowLeft(row=at, said=said, why=LeftBecause.MANY)
    return FileRow(
        row=at,
        said=said,
        code=text(CODE),
        barcode=text(BARCODE),
        name=text(NAME),
        quantity=quantity,
        unit=unit,
    )


def _with_unit(text: str, unit: str | None) -> tuple[Decimal | None, str | None]:
    """«۲ کارتن» in one cell."""
    words = search_key(text).split()
    if len(words) > 1 and words[-1] in UNITS:
        unit = UNITS[words[-1]]
        words = words[:-1]
    return _quantity(" ".join(words)), unit


def _quantity(cell: object) -> Decimal | None:
    """A number that is not below zero, in digits or in words."""
    try:
        found = number(cell)
    except CellRefused:
        try:
            found = read_number(search_key(written(cell)).split(), is_talk=False)
        except NotAnAmount:
            return None
    return found if found >= 0 else None


def facts_of(file: ListFile) -> dict[str, Any]:
    """As one process tells it another."""
    return {
        "rows": [
            [
                each.row, each.said, each.code, each.barcode, each.name, _said(each.quantity), each.unit,
                None if each.spoken is None else _spoken_facts(each.spoken),
            ]
            for each in file.rows
        ],
        "left": [[each.row, each.said, each.why.value] for each in file.left],
    }  # fmt: skip


def file_of(facts: Mapping[str, Any]) -> ListFile:
    """What :func:`facts_of` has told."""
    return ListFile(
        rows=tuple(
            FileRow(
                row=row,
                said=said,
                code=code,
                barcode=barcode,
                name=name,
                quantity=_heard(quantity),
                unit=unit,
                spoken=None if spoken is None else _spoken_of(spoken),
            )
            for row, said, code, barcode, name, quantity, unit, spoken in facts["rows"]
        ),
        left=tuple(RowLeft(row=row, said=said, why=LeftBecause(why)) for row, said, why in facts["left"]),
    )


def _spoken_facts(line: Line) -> list[Any]:
    return [
        line.phrase, line.op.value, _said(line.quantity), line.unit, line.loose, line.is_vague,
        line.is_in_front,
    ]  # fmt: skip


def _spoken_of(facts: Sequence[Any]) -> Line:
    phrase, op, quantity, unit, loose, is_vague, is_in_front = facts
    return Line(
        raw=phrase,
        phrase=phrase,
        op=Op(op),
        quantity=_heard(quantity),
        unit=unit,
        loose=loose,
        is_vague=is_vague,
        is_in_front=is_in_front,
    )


def _said(quantity: Decimal | None) -> str | None:
    return None if quantity is None else str(quantity)


def _heard(quantity: str | None) -> Decimal | None:
    return None if quantity is None else Decimal(quantity)
