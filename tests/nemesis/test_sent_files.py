"""Rows G-1 to G-3, G-5 and G-6: what is sent into the chat is looked into by a process that may die of it."""

from __future__ import annotations

import asyncio
import random
import struct
import sys
import zipfile
import zlib
from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path
from time import monotonic

import pytest
import xlsxwriter
from PIL import Image

from bot.scanner import Scanner
from bot.scanner_child import ADDRESS_SPACE
from domain.imports.errors import FileFault, ImportRefused
from domain.pictures import size_of
from domain.scans import MOST_PIXELS, ScanFault
from tests.builders.pictures import a_barcode, a_photo
from tests.nemesis.harness import seeded, trials

BARCODE = "6260000010247"
MEGABYTE = 2**20
NAMESPACE = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


@pytest.fixture(scope="module")
def scanner() -> Iterator[Scanner]:
    """One for all tests of the file, as there is one for all people of a bot."""
    made = Scanner()
    yield made
    made.close()


def memory_of(pid: int | None) -> int:
    """The most that the process has ever had in its memory."""
    status = Path(f"/proc/{pid}/status").read_text()
    return next(int(line.split()[1]) * 1024 for line in status.splitlines() if line.startswith("VmHWM"))


def a_book(*rows: tuple[object, ...]) -> bytes:
    content = BytesIO()
    with xlsxwriter.Workbook(content) as book:
        sheet = book.add_worksheet()
        for at, row in enumerate(rows):
            sheet.write_row(at, 0, row)
    return content.getvalue()


def with_sheet(parts: Iterator[bytes]) -> bytes:
    """A workbook whose sheet is that XML."""
    content = BytesIO()
    with (
        zipfile.ZipFile(BytesIO(a_book(("کد", "تعداد")))) as source,
        zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as made,
    ):
        for name in source.namelist():
            if not name.startswith("xl/worksheets/"):
                made.writestr(name, source.read(name))
        with made.open("xl/worksheets/sheet1.xml", "w") as sheet:
            for part in parts:
                sheet.write(part)
    return content.getvalue()


def _sheet(rows: Iterator[bytes]) -> Iterator[bytes]:
    yield f'<?xml version="1.0"?><worksheet xmlns="{NAMESPACE}"><sheetData>'.encode()
    yield from rows
    yield b"</sheetData></worksheet>"


def rows_bomb(chance: random.Random) -> bytes:
    """G-1: millions of rows that say nothing of where they stand."""
    many = chance.choice((400, 1_000, 3_000))
    return with_sheet(_sheet(b"<row><c><v>1</v></c></row>" * 1_000 for _each in range(many)))


def string_bomb(chance: random.Random) -> bytes:
    """G-2: one cell of hundreds of megabytes."""
    size = chance.choice((60, 90))
    cell = b'<row r="1"><c r="A1" t="inlineStr"><is><t>'
    parts = [cell, *(b"A" * MEGABYTE for _each in range(size)), b"</t></is></c></row>"]
    return with_sheet(_sheet(iter(parts)))


def dimension_lie(chance: random.Random) -> bytes:
    """G-3: a sheet that says it has seventeen billion cells, or has one at its far end."""
    row = f'<row r="{chance.choice((100_000, 1_048_576))}"><c r="XFD1048576"><v>1</v></c></row>'.encode()
    lie = b'<dimension ref="A1:XFD1048576"/><sheetData><row r="1"><c r="A1"><v>1</v></c></row>'
    head = f'<?xml version="1.0"?><worksheet xmlns="{NAMESPACE}">'.encode()
    if chance.random() < 0.5:
        return with_sheet(iter((head, lie, b"</sheetData></worksheet>")))
    return with_sheet(_sheet(iter((row,))))


async def _looked_at(scanner: Scanner, content: bytes) -> tuple[FileFault | None, int]:
    """Why it was refused, and how many rows it has."""
    try:
        found = await scanner.list_in(content)
        return None, len(found.rows) + len(found.left)
    except ImportRefused as no:
        return no.fault, 0


@pytest.mark.parametrize("bomb", [rows_bomb, string_bomb, dimension_lie])
async def test_a_bomb_of_cells_is_refused_at_once(
    scanner: Scanner, bomb: Callable[[random.Random], bytes]
) -> None:
    """G-1 to G-3: refused, or read for what it really holds; within the limits of the process."""
    await scanner.list_in(b"a,1\n")
    for trial in range(trials(20, 2)):
        chance, seed = seeded(bomb.__name__, trial)
        content = bomb(chance)
        began = monotonic()
        fault, rows = await _looked_at(scanner, content)
        assert fault in (None, FileFault.SUSPICIOUS, FileFault.TOO_MANY_ROWS, FileFault.TOO_MANY_COLUMNS), (
            seed
        )
        assert rows <= 1, seed
        assert monotonic() - began < 5, seed
        assert scanner.pid is None or memory_of(scanner.pid) < ADDRESS_SPACE, seed


def _archives(chance: random.Random) -> bytes:
    """G-5: what an archive may be beside a workbook."""
    content = BytesIO()
    with zipfile.ZipFile(content, "w") as made:
        match chance.randrange(5):
            case 0:
                for name in (
                    "../../outside.txt",
                    "/tmp/outside.txt",
                    "..\\outside.txt",
                    "xl/../../outside.txt",
                ):
                    made.writestr(name, b"harm")
            case 1:
                inner = BytesIO()
                with zipfile.ZipFile(inner, "w") as nested:
                    nested.writestr("xl/workbook.xml", b"x")
                made.writestr("xl/worksheets/sheet1.xml", inner.getvalue())
            case 2:
                for each in range(chance.choice((3_000, 20_000))):
                    made.writestr(f"xl/{each}", b"")
            case 3:
                link = zipfile.ZipInfo("xl/worksheets/sheet1.xml")
                link.external_attr = 0o120777 << 16
                made.writestr(link, "/etc/passwd")
            case _:
                made.writestr("hello.txt", chance.randbytes(200))
    data = bytearray(content.getvalue())
    if chance.random() < 0.3:
        # Locked with a password, or packed in a way that nobody knows.
        at = data.find(b"PK\x01\x02")
        data[at + 8 : at + 12] = struct.pack("<HH", chance.choice((0, 1)), chance.choice((8, 99)))
    return bytes(data)


def _other_files(chance: random.Random) -> bytes:
    wrong = (
        b"%PDF-1.7 " + chance.randbytes(300),
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2_000),
        b"MZ" + chance.randbytes(500) + bytes(4),
        a_book(("کد", 1))[: chance.randrange(30, 900)],
        b'"' + b"x" * 100_000,
    )
    return chance.choice(wrong)


async def test_strange_archives_are_refused_and_write_nothing(scanner: Scanner, tmp_path: Path) -> None:
    """G-5: zip slip, links, archives in archives, too many parts, passwords, other kinds of files."""
    before = _outside()
    for trial in range(trials(50, 20)):
        chance, seed = seeded("G-5", trial)
        content = _archives(chance) if chance.random() < 0.7 else _other_files(chance)
        fault, _rows = await _looked_at(scanner, content)
        assert fault is not None, seed
    assert _outside() == before
    (row,) = (await scanner.list_in(a_book(("1024", 2)))).rows
    assert (row.name, str(row.quantity)) == ("1024", "2.0")


def _outside() -> list[bool]:
    return [
        Path(each).exists()
        for each in ("/tmp/outside.txt", "../outside.txt", "../../outside.txt", "/outside.txt")
    ]


def test_unpacking_what_was_sent_writes_outside(tmp_path: Path) -> None:
    """The negative control of G-5: an archive that is unpacked by the names it gives."""
    content = BytesIO()
    with zipfile.ZipFile(content, "w") as made:
        made.writestr("../outside.txt", b"harm")
    folder = tmp_path / "unpacked"
    folder.mkdir()
    with zipfile.ZipFile(content) as archive:
        for part in archive.infolist():
            (folder / part.filename).write_bytes(archive.read(part))
    assert (tmp_path / "outside.txt").exists()


def _image_bomb(chance: random.Random) -> bytes:
    """A picture of a few kilobytes that unpacks to hundreds of megabytes."""
    width, height = chance.choice(
        ((13_000, 13_000), (60_000, 500), (500, 65_000), (65_535, 65_535), (5_001, 5_000))
    )
    match chance.randrange(3):
        case 0:
            return _png(width, height, zlib.compress(bytes(200_000)))
        case 1:
            return _jpeg(width, height)
        case _:
            canvas = (width & 0x3FFF).to_bytes(3, "little") + (height & 0x3FFF | 0x3000).to_bytes(3, "little")
            return (
                b"RIFF"
                + struct.pack("<I", 60)
                + b"WEBPVP8X"
                + struct.pack("<I", 10)
                + bytes(4)
                + canvas
                + bytes(20)
            )


def _png(width: int, height: int, packed: bytes) -> bytes:
    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", packed) + chunk(b"IEND", b"")


def _jpeg(width: int, height: int) -> bytes:
    """A sound small picture whose header says something else."""
    whole = bytearray(a_photo(size=(64, 48)))
    at = whole.find(b"\xff\xc0")
    whole[at + 5 : at + 9] = struct.pack(">HH", min(height, 65_535), min(width, 65_535))
    return bytes(whole)


async def test_an_image_bomb_never_reaches_a_decoder(scanner: Scanner) -> None:
    """G-6: what is larger than 25 megapixels is refused by its header; others cost no more than they may."""
    await scanner.codes_in(a_photo(a_barcode(BARCODE)))
    for trial in range(trials(50, 15)):
        chance, seed = seeded("G-6", trial)
        content = _image_bomb(chance)
        size = size_of(content)
        began = monotonic()
        scan = await scanner.codes_in(content)
        if size and size[0] * size[1] > MOST_PIXELS:
            assert scan.fault is ScanFault.TOO_LARGE, seed
            assert monotonic() - began < 0.5, seed
        assert scan.codes == (), seed
        assert monotonic() - began < 5.5, seed
    assert (await scanner.codes_in(a_photo(a_barcode(BARCODE)))).codes == (BARCODE,)


async def test_spoilt_pictures_are_no_pictures(scanner: Scanner) -> None:
    """Bytes are turned, cut and repeated: the process answers, or a new one does."""
    whole = a_photo(a_barcode(BARCODE), size=(640, 480))
    for trial in range(trials(200, 30)):
        chance, seed = seeded("G-6-spoilt", trial)
        data = bytearray(whole)
        for _each in range(chance.randint(1, 40)):
            data[chance.randrange(2, len(data))] = chance.randrange(256)
        scan = await scanner.codes_in(bytes(data[: chance.randrange(100, len(data))]))
        assert set(scan.codes) <= {BARCODE}, seed


def test_the_usual_limits_would_unpack_it() -> None:
    """The negative control of G-6: the library's own limit lets 160 megapixels through."""
    content = _png(13_000, 12_000, zlib.compress(bytes(200_000)))
    assert Image.MAX_IMAGE_PIXELS is not None
    with pytest.warns(Image.DecompressionBombWarning):
        opened = Image.open(BytesIO(content))
    assert opened.width * opened.height > 6 * MOST_PIXELS


HANGS = "import sys; sys.stdin.buffer.read(5); import time; time.sleep(60)"
GROWS = "import sys, resource; resource.setrlimit(resource.RLIMIT_AS, (2**29, 2**29)); bytearray(2**30)"


@pytest.mark.parametrize("program", [HANGS, GROWS], ids=["hangs", "grows"])
async def test_a_process_that_does_not_answer_is_ended(program: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody waits for it longer than it may take, and the loop goes on meanwhile."""
    monkeypatch.setattr("bot.scanner.STARTING_SECONDS", 0.3)
    stuck = Scanner(0.3, (sys.executable, "-c", program))
    ticks = 0

    async def tick() -> None:
        nonlocal ticks
        while True:
            await asyncio.sleep(0.01)
            ticks += 1

    ticking = asyncio.create_task(tick())
    began = monotonic()
    scan = await stuck.codes_in(a_photo(a_barcode(BARCODE)))
    assert scan.fault is ScanFault.GAVE_UP
    assert monotonic() - began < 3
    assert stuck.pid is None
    ticking.cancel()
    assert ticks > 0
    stuck.close()


def _seen(pid: int | None) -> tuple[bytes, str, list[str]]:
    """The environment, the limits and the open files of a process."""
    folder = Path(f"/proc/{pid}")
    opened = [str(each.readlink()) for each in (folder / "fd").iterdir()]
    return (folder / "environ").read_bytes(), (folder / "limits").read_text(), opened


async def test_the_process_has_neither_our_settings_nor_our_files(
    scanner: Scanner, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BONAK_TELEGRAM_TOKEN", "123:secret")
    await scanner.codes_in(a_photo(a_barcode(BARCODE)))
    own = Scanner()
    assert (await own.codes_in(a_photo(a_barcode(BARCODE)))).codes == (BARCODE,)
    environment, limits, opened = _seen(own.pid)
    own.close()
    assert b"BONAK" not in environment
    assert b"secret" not in environment
    assert f"{ADDRESS_SPACE}" in next(line for line in limits.splitlines() if "address space" in line)
    assert not any(".db" in each or "socket" in each for each in opened)
