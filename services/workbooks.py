"""A page as an Excel workbook. What people typed is always text there, however it begins: never a formula."""

from __future__ import annotations

from datetime import UTC, datetime
from io import BytesIO
from typing import Any

import xlsxwriter

from screens.paper import Align, Cell, Page

OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
MADE_AT = datetime(2000, 1, 1, tzinfo=UTC)
"""The same page gives the same file: nobody learns from it when it was made."""
NUMBERS = "#,##0;[Red]-#,##0"
WIDEST = 60
LONGEST = 32_767
"""So many characters a cell holds; a longer text would be left out without a word."""


def workbook(page: Page) -> bytes:
    file = BytesIO()
    with xlsxwriter.Workbook(file, OPTIONS) as book:
        book.set_properties({"title": page.title, "company": page.company, "created": MADE_AT})
        _Sheet(book, page).write()
    return file.getvalue()


class _Sheet:
    def __init__(self, book: Any, page: Page) -> None:
        self._page, self._sheet = page, book.add_worksheet()
        face = {"font_name": "Vazirmatn", "font_size": 10, "valign": "vcenter"}
        self._plain = book.add_format(face)
        self._strong = book.add_format({**face, "bold": True})
        self._title = book.add_format({**face, "bold": True, "font_size": 14})
        self._head = book.add_format(
            {
                **face, "bold": True, "align": "center", "text_wrap": True, "border": 1,
                "bg_color": "#1C5D7A", "font_color": "#FFFFFF",
            }
        )  # fmt: skip
        bordered = {**face, "border": 1, "border_color": "#B9C4CD"}
        aligned = {Align.WORDS: {}, Align.MIDDLE: {"align": "center"}, Align.NUMBER: {"align": "right"}}
        self._cells = {
            (align, strong): book.add_format(
                {
                    **bordered,
                    **how,
                    "num_format": NUMBERS,
                    **({"bold": True, "bg_color": "#EEF3F6"} if strong else {}),
                }
            )
            for align, how in aligned.items()
            for strong in (False, True)
        }
        self._sum = book.add_format({**face, "bold": True, "num_format": NUMBERS})
        self._row = 0

    def write(self) -> None:
        page, sheet = self._page, self._sheet
        if page.code == "fa":
            sheet.right_to_left()
        self._letterhead()
        heads = self._row
        for at, column in enumerate(page.columns):
            sheet.write_string(heads, at, column.title, self._head)
        for row in page.rows:
            self._row += 1
            self._cells_of(row, strong=False)
        self._row += 1
        self._cells_of(page.totals, strong=True)
        self._row += 2
        self._ending()
        self._shape(heads)

    def _letterhead(self) -> None:
        page = self._page
        self._line((page.company, self._strong))
        self._line((page.title, self._title))
        for name, value in page.facts:
            self._line((name, self._plain), (value, self._strong))
        for box in page.boxes:
            self._line((box.title, self._plain), (box.name, self._strong))
            for name, value in box.facts:
                self._line((name, self._plain), (value, self._plain))
        self._line((page.unit, self._plain))

    def _ending(self) -> None:
        page = self._page
        for name, cell in page.sums:
            self._sheet.write_string(self._row, 1, name, self._strong)
            if cell.number is not None:
                self._sheet.write_number(self._row, 2, cell.number, self._sum)
            self._row += 1
        for text in (page.words, *page.notes, page.footer, page.stamp):
            if text:
                self._line((text, self._plain))

    def _line(self, *cells: tuple[str, Any]) -> None:
        for at, (text, face) in enumerate(cells):
            self._sheet.write_string(self._row, at, text[:LONGEST], face)
        self._row += 1

    def _cells_of(self, row: tuple[Cell, ...], *, strong: bool) -> None:
        for at, (cell, column) in enumerate(zip(row, self._page.columns, strict=True)):
            face = self._cells[column.align, strong]
            if cell.number is None:
                self._sheet.write_string(self._row, at, cell.text[:LONGEST], face)
            else:
                self._sheet.write_number(self._row, at, cell.number, face)

    def _shape(self, heads: int) -> None:
        """Widths by what stands in the columns, heads that stay in sight, and sheets of paper."""
        page, sheet = self._page, self._sheet
        for at, column in enumerate(page.columns):
            longest = max((len(row[at].text) for row in (*page.rows, page.totals)), default=0)
            sheet.set_column(at, at, min(WIDEST, max(len(column.title), longest) + 3))
        sheet.freeze_panes(heads + 1, 0)
        sheet.repeat_rows(heads)
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        if page.is_wide:
            sheet.set_landscape()
        sheet.set_footer("&C&P / &N")
