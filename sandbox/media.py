"""Pictures and documents: how large they are, and what the messenger makes of them."""

from __future__ import annotations

import mimetypes
import struct

from sandbox.params import Upload
from sandbox.people import Wire
from sandbox.state import Sandbox

THUMBNAIL = 90


def dimensions(data: bytes) -> tuple[int, int] | None:
    """Return width and height of a PNG, GIF, BMP, WebP or JPEG; None for anything else."""
    if data[:8] == b"\x89PNG\r\n\x1a\n" and len(data) >= 24:
        width, height = struct.unpack(">II", data[16:24])
        return width, height
    if data[:6] in (b"GIF87a", b"GIF89a") and len(data) >= 10:
        width, height = struct.unpack("<HH", data[6:10])
        return width, height
    if data[:2] == b"BM" and len(data) >= 26:
        width, height = struct.unpack("<ii", data[18:26])
        return width, abs(height)
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP" and len(data) >= 30:
        return _webp(data)
    return _jpeg(data) if data[:2] == b"\xff\xd8" else None


def _webp(data: bytes) -> tuple[int, int] | None:
    match data[12:16]:
        case b"VP8 ":
            width, height = struct.unpack("<HH", data[26:30])
            return width & 0x3FFF, height & 0x3FFF
        case b"VP8L":
            bits = int.from_bytes(data[21:25], "little")
            return (bits & 0x3FFF) + 1, ((bits >> 14) & 0x3FFF) + 1
        case b"VP8X":
            return int.from_bytes(data[24:27], "little") + 1, int.from_bytes(data[27:30], "little") + 1
    return None


def _jpeg(data: bytes) -> tuple[int, int] | None:
    position = 2
    while position + 9 <= len(data) and data[position] == 0xFF:
        marker = data[position + 1]
        if 0xC0 <= marker <= 0xCF and marker not in (0xC4, 0xC8, 0xCC):
            height, width = struct.unpack(">HH", data[position + 5 : position + 9])
            return width, height
        position += 2 + int(struct.unpack(">H", data[position + 2 : position + 4])[0])
    return None


def photo_sizes(box: Sandbox, upload: Upload) -> list[Wire] | None:
    """Store a picture and return its sizes, smallest first; None when it is no picture.

    Every size has its own id, as on the real server, but the bytes are those that were sent: nothing is
    scaled here.
    """
    size = dimensions(upload.data)
    if size is None or 0 in size:
        return None
    longest = max(size)
    shapes = [size]
    if longest > THUMBNAIL:
        shapes.insert(0, (max(1, size[0] * THUMBNAIL // longest), max(1, size[1] * THUMBNAIL // longest)))
    sizes: list[Wire] = []
    for width, height in shapes:
        stored = box.files.add("photos", upload.name, upload.mime_type, upload.data)
        sizes.append({**stored.wire(), "width": width, "height": height})
    for one in sizes:
        box.media[one["file_id"]] = ("photo", sizes)
    return sizes


def new_document(box: Sandbox, upload: Upload) -> Wire:
    """Store a document; what it is called decides what it is taken for."""
    kind = mimetypes.guess_type(upload.name)[0] or upload.mime_type
    stored = box.files.add("documents", upload.name, kind, upload.data)
    document = {**stored.wire(), "file_name": upload.name, "mime_type": kind}
    box.media[stored.file_id] = ("document", document)
    return document
