"""How large a picture says it is, read from its first bytes: nothing of it is unpacked."""

from __future__ import annotations

import struct

_PNG, _JPEG = b"\x89PNG\r\n\x1a\n", b"\xff\xd8"
_SIZES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
"""The marks in a JPEG behind which its size stands."""
_BARE = frozenset(range(0xD0, 0xD8)) | {0x01}
"""Marks that nothing belongs to."""
MOST_MARKS = 2_000


def size_of(content: bytes) -> tuple[int, int] | None:
    """Width and height of a PNG, JPEG or WebP; None for anything else, or what is cut short."""
    if content.startswith(_PNG):
        return _png(content)
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP" and len(content) >= 30:
        return _webp(content)
    return _jpeg(content) if content.startswith(_JPEG) else None


def _png(content: bytes) -> tuple[int, int] | None:
    if len(content) < 24 or content[12:16] != b"IHDR":
        return None
    width, height = struct.unpack(">II", content[16:24])
    return width, height


def _webp(content: bytes) -> tuple[int, int] | None:
    match content[12:16]:
        case b"VP8 ":
            width, height = struct.unpack("<HH", content[26:30])
            return width & 0x3FFF, height & 0x3FFF
        case b"VP8L":
            bits = int.from_bytes(content[21:25], "little")
            return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
        case b"VP8X":
            width, height = (int.from_bytes(content[at : at + 3], "little") + 1 for at in (24, 27))
            return width, height
    return None


def _jpeg(content: bytes) -> tuple[int, int] | None:
    """The largest of the sizes that stand before the picture: a second one would be another's to believe."""
    at, found = 2, None
    for _mark in range(MOST_MARKS):
        if at + 4 > len(content) or content[at] != 0xFF:
            break
        mark = content[at + 1]
        if mark == 0xFF or mark in _BARE:
            at += 1 if mark == 0xFF else 2
            continue
        if mark == 0xDA:
            break
        if mark in _SIZES and at + 9 <= len(content):
            height, width = struct.unpack(">HH", content[at + 5 : at + 9])
            found = max(found or (0, 0), (width, height), key=lambda size: size[0] * size[1])
        at += 2 + int(struct.unpack(">H", content[at + 2 : at + 4])[0])
    return found
