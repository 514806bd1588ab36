"""Files as companies send them, for tests of the import."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from pathlib import Path

import xlsxwriter

Cells = Sequence[object]

PLAIN = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}


def a_csv(path: Path, *rows: Cells, encoding: str = "utf-8", separator: str = ",") -> Path:
    with path.open("w", encoding=encoding, newline="") as file:
        csv.writer(file, delimiter=separator).writerows(rows)
    return path


def an_xlsx(path: Path, *rows: Cells) -> Path:
    with xlsxwriter.Workbook(path, PLAIN) as book:
        sheet = book.add_worksheet()
        for place, row in enumerate(rows):
            sheet.write_row(place, 0, row)
    return path


def a_barcode(number: int) -> str:
    """An EAN-13 with a right check digit."""
    digits = f"626{number:09d}"
    weighted = sum(int(digit) * (1, 3)[place % 2] for place, digit in enumerate(digits))
    return f"{digits}{-weighted % 10}"
