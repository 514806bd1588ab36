"""Pictures of products, drawn here: shapes made of horizontal runs, written as PNG with nothing but zlib."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Collection

from sandbox.picture_canvas import SIZE, Canvas, Palette
from sandbox.picture_shapes import SHAPES


def draw_all(wanted: Collection[tuple[str, str]]) -> dict[tuple[str, str], bytes]:
    """A picture for each shape in the colours of each brand; brands of the same colours share one."""
    drawn: dict[tuple[str, Palette], bytes] = {}
    for shape, brand in sorted(wanted):
        dress = (shape, Palette.of(brand))
        if dress not in drawn:
            drawn[dress] = draw(*dress)
    return {(shape, brand): drawn[shape, Palette.of(brand)] for shape, brand in sorted(wanted)}


def draw(shape: str, colours: Palette) -> bytes:
    """One product as a PNG."""
    canvas = Canvas(colours)
    SHAPES[shape](canvas, colours)
    return png(canvas.rows)


def png(rows: list[bytearray]) -> bytes:
    """Rows of red, green and blue bytes as a file; each row is told by what differs from the one above."""
    header = struct.pack(">IIBBBBB", SIZE, len(rows), 8, 2, 0, 0, 0)
    body = b"".join(b"\x00" + row for row in rows)
    return (
        b"\x89PNG\r\n\x1a\n"
        + _chunk(b"IHDR", header)
        + _chunk(b"IDAT", zlib.compress(body, 6))
        + _chunk(b"IEND", b"")
    )


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
