"""Barcodes in pictures, read by zxing. It runs in a process of its own (``bot/scanner_child.py``)."""

from __future__ import annotations

from io import BytesIO

import zxingcpp
from PIL import Image, UnidentifiedImageError

from domain.pictures import size_of
from domain.scans import MOST_CODES, MOST_PIXELS, Scan, ScanFault

LONG_SIDE = 1600
"""Larger pictures are shrunk to it: a code that fills a tenth of it is still sharp."""
LONGER_SIDE = 3200
TILTED_SIDE = 1200
TILTS = (25, -25, 45, -45)
_KINDS = ("JPEG", "PNG", "WEBP")
_LINES = zxingcpp.barcode_formats_from_str("EAN13|EAN8|UPCA|ITF14|Code128")
_ALL = zxingcpp.barcode_formats_from_str("EAN13|EAN8|UPCA|ITF14|Code128|DataMatrix")
_BROKEN = (UnidentifiedImageError, OSError, SyntaxError, ValueError, Image.DecompressionBombError)
"""What pictures raise that are cut, or no pictures."""


def fault_of(content: bytes) -> ScanFault | None:
    """What is wrong with a picture by its first bytes alone, before anything of it is unpacked."""
    size = size_of(content)
    if size is None or not all(size):
        return ScanFault.UNREADABLE
    return ScanFault.TOO_LARGE if size[0] * size[1] > MOST_PIXELS else None


def codes_in(content: bytes) -> Scan:
    """The codes that a picture shows; none is a picture without any."""
    fault = fault_of(content)
    if fault is not None:
        return Scan(fault=fault)
    try:
        with Image.open(BytesIO(content), formats=_KINDS) as opened:
            if opened.width * opened.height > MOST_PIXELS:
                return Scan(fault=ScanFault.TOO_LARGE)
            return Scan(codes=_codes(opened))
    except _BROKEN:
        return Scan(fault=ScanFault.UNREADABLE)


def _codes(opened: Image.Image) -> tuple[str, ...]:
    """Looked at small, then tilted, then as large as it is, until something is seen."""
    opened.draft("L", (LONGER_SIDE, LONGER_SIDE))
    whole = _grey(opened)
    small = _within(whole, LONG_SIDE)
    found = _read(small, _ALL)
    smaller = _within(small, TILTED_SIDE) if not found else small
    for tilt in TILTS:
        if found:
            return found
        found = _read(smaller.rotate(tilt, Image.Resampling.BILINEAR, expand=True, fillcolor=255), _LINES)
    if not found and max(whole.size) > LONG_SIDE:
        found = _read(_within(whole, LONGER_SIDE), _LINES)
    return found


def _grey(opened: Image.Image) -> Image.Image:
    """What is transparent is white paper."""
    if opened.mode in {"RGBA", "LA", "PA"} or "transparency" in opened.info:
        drawn = opened.convert("RGBA")
        paper = Image.new("RGBA", drawn.size, "white")
        return Image.alpha_composite(paper, drawn).convert("L")
    return opened.convert("L")


def _within(picture: Image.Image, longest: int) -> Image.Image:
    by = longest / max(picture.size)
    if by >= 1:
        return picture
    size = (max(1, round(picture.width * by)), max(1, round(picture.height * by)))
    return picture.resize(size, Image.Resampling.BOX, reducing_gap=2.0)


def _read(picture: Image.Image, formats: zxingcpp.BarcodeFormats) -> tuple[str, ...]:
    read = zxingcpp.read_barcodes(picture, formats=formats, text_mode=zxingcpp.TextMode.Plain)
    return tuple(dict.fromkeys(each.text for each in read if each.valid and each.text))[:MOST_CODES]
