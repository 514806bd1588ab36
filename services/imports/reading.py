"""Files become tables of cells: CSV in the encodings that are met here, and xlsx, with limits on both."""

from __future__ import annotations

import csv
import io
import re
import zipfile
import zlib
from pathlib import Path
from typing import Any

from python_calamine import CalamineError, CalamineWorkbook

from domain.imports.errors import FileFault, ImportRefused
from domain.imports.layout import MOST_COLUMNS, MOST_ROWS, Cells

MOST_BYTES = 50 * 1024 * 1024
MOST_UNPACKED = 400 * 1024 * 1024
MOST_RATIO = 100
"""A sheet of real rows packs ten to thirty times; only what wants to burst packs better than that."""
MOST_PARTS = 2_000
MOST_FIELD = 32_767
"""As much as a cell of a spreadsheet holds."""

_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
_OTHER_KINDS = (
    b"%PDF", b"MZ", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"RIFF", b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b",
    b"\x7fELF",
    b"{\\rtf",
)  # fmt: skip
"""With which pages, programs, pictures and archives begin, whatever they are called."""
_BROKEN = (
    CalamineError,
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    IndexError,
    NotImplementedError,
    RuntimeError,
)
"""What archives raise that are cut, made up, packed in some other way, or locked with a password."""
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f]")
"""No text holds these; pictures, programs and pages do."""
_CHUNK = 1 << 20
_OVERLAP = 64
# Rows from 100,000 and columns from AY on, wherever a row or a cell says where it stands.
_FAR_ROW = re.compile(rb"""\br\s*=\s*["'][A-Z]*[1-9]\d{5,}["']""")
_FAR_COLUMN = re.compile(rb"""\br\s*=\s*["'](?:[A-Z]{3}|[B-Z][A-Z]|A[YZ])\d+["']""")


def read_table(path: Path) -> list[Cells]:
    """All rows of a CSV file or of the first sheet of an xlsx file; row 1 is the first of the list."""
    try:
        size = path.stat().st_size
        if size > MOST_BYTES:
            raise ImportRefused(FileFault.TOO_LARGE, most=MOST_BYTES // 1024 // 1024)
        with path.open("rb") as file:
            start = file.read(4)
        if start == _OLE:
            raise ImportRefused(FileFault.OLD_EXCEL)
        table = _read_xlsx(path) if start == _ZIP else _read_csv(path.read_bytes())
    except OSError:
        raise ImportRefused(FileFault.NOT_THERE) from None
    return _within(table, MOST_ROWS)


def read_content(content: bytes, most_rows: int = MOST_ROWS) -> list[Cells]:
    """The same of a file that was sent, which never lies on a disk."""
    if content.startswith(_OLE):
        raise ImportRefused(FileFault.OLD_EXCEL)
    is_archive = content.startswith(_ZIP)
    return _within(_read_xlsx(io.BytesIO(content)) if is_archive else _read_csv(content), most_rows)


def _within(table: list[Cells], most_rows: int) -> list[Cells]:
    if len(table) > most_rows:
        raise ImportRefused(FileFault.TOO_MANY_ROWS, most=most_rows)
    if max(map(len, table), default=0) > MOST_COLUMNS:
        raise ImportRefused(FileFault.TOO_MANY_COLUMNS, most=MOST_COLUMNS)
    return table


def _read_xlsx(file: Path | io.BytesIO) -> list[Cells]:
    try:
        _require_harmless(file)
        if not isinstance(file, Path):
            file.seek(0)
        with CalamineWorkbook.from_object(file) as book:
            # Rows are told by their number, so the empty ones above and between are wanted too.
            rows: list[Any] = book.get_sheet_by_index(0).to_python(skip_empty_area=False)
    except _BROKEN:
        raise ImportRefused(FileFault.NOT_A_TABLE) from None
    return rows


def _require_harmless(file: Path | io.BytesIO) -> None:
    """An archive is looked through before it is opened: what it unpacks to, and how far its cells reach.

    A sheet is unpacked into a rectangle, so a single cell in the last column of the last row would
    ask for seventeen billion cells.
    """
    with zipfile.ZipFile(file) as archive:
        parts = archive.infolist()
        is_bomb = any(
            part.file_size > _CHUNK and part.file_size > MOST_RATIO * part.compress_size for part in parts
        )
        if is_bomb or len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_UNPACKED:
            raise ImportRefused(FileFault.SUSPICIOUS)
        for part in parts:
            if "worksheets/" in part.filename:
                _require_near(archive, part)


def _require_near(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> None:
    tail = b""
    with archive.open(part) as sheet:
        while chunk := sheet.read(_CHUNK):
            seen = tail + chunk
            if _FAR_ROW.search(seen):
                raise ImportRefused(FileFault.TOO_MANY_ROWS, most=MOST_ROWS)
            if _FAR_COLUMN.search(seen):
                raise ImportRefused(FileFault.TOO_MANY_COLUMNS, most=MOST_COLUMNS)
            tail = seen[-_OVERLAP:]


def _read_csv(data: bytes) -> list[Cells]:
    if data.startswith(_OTHER_KINDS):
        raise ImportRefused(FileFault.NOT_A_TABLE)
    try:
        text = _decoded(data)
    except UnicodeDecodeError:
        raise ImportRefused(FileFault.NOT_A_TABLE) from None
    if _CONTROL.search(text):
        raise ImportRefused(FileFault.NOT_A_TABLE)
    first, _newline, rest = text.partition("\n")
    if first.strip().lower().startswith("sep="):
        # Excel's own first line, which names the separator; it stays a row so that the numbers fit.
        text, separator = f"\n{rest}", first.strip()[4:5] or ","
    else:
        separator = _separator(text)
    csv.field_size_limit(MOST_FIELD)
    try:
        rows: list[Any] = list(csv.reader(io.StringIO(text, newline=""), delimiter=separator))
    except csv.Error:
        raise ImportRefused(FileFault.NOT_A_TABLE) from None
    return rows


def _decoded(data: bytes) -> str:
    """UTF-16 by its mark or its zeros, UTF-8 when it is valid, else the Windows-1256 of older programs."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", "replace")
    if 0 in data:
        # Separators and line ends have a zero as their higher byte.
        is_little = data[1::2].count(0) > data[0::2].count(0)
        return data.decode("utf-16-le" if is_little else "utf-16-be")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1256", "replace")


def _separator(text: str) -> str:
    """The one that stands most often in the first lines, outside of quotes."""
    bare = re.sub(r'"[^"]*"', "", text[:20_000].partition("\n\n")[0])
    head = "\n".join(bare.splitlines()[:10])
    return max(",;\t", key=head.count)
