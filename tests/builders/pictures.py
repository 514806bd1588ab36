"""Photos of goods: barcodes drawn as a camera sees them, and papers without any."""

from __future__ import annotations

import random
from io import BytesIO

import zxingcpp
from PIL import Image, ImageDraw, ImageFilter

PAPER = (1280, 960)


def a_barcode(code: str, *, scale: int = 3, kind: str = "EAN13") -> Image.Image:
    """The bars alone, with their quiet zones."""
    drawn = zxingcpp.create_barcode(code, zxingcpp.barcode_format_from_str(kind))
    image = drawn.to_image(scale=scale, add_quiet_zones=True)
    return Image.frombuffer("L", (image.shape[1], image.shape[0]), bytes(image))  # type: ignore[call-overload]


def a_photo(
    *codes: Image.Image,
    size: tuple[int, int] = PAPER,
    angle: float = 0,
    blur: float = 0,
    kind: str = "JPEG",
    chance: random.Random | None = None,
) -> bytes:
    """A picture of a shelf with those codes one above the other."""
    chance = chance or random.Random(7)
    photo = Image.new("L", size, 214)
    draw = ImageDraw.Draw(photo)
    for _each in range(60):
        left, top = chance.randrange(size[0]), chance.randrange(size[1])
        shade = chance.randrange(120, 255)
        draw.ellipse((left, top, left + chance.randrange(8, 90), top + chance.randrange(8, 90)), fill=shade)
    for at, code in enumerate(codes):
        label = Image.new("L", (code.width + 40, code.height + 40), 250)
        label.paste(code, (20, 20))
        mask = Image.new("L", label.size, 255).rotate(angle, expand=True)
        label = label.rotate(angle, Image.Resampling.BILINEAR, expand=True)
        room = size[1] // len(codes)
        top = at * room + max(0, (room - label.height) // 2)
        photo.paste(label, (max(0, (size[0] - label.width) // 2), top), mask)
    if blur:
        photo = photo.filter(ImageFilter.GaussianBlur(blur))
    return as_file(photo.convert("RGB"), kind)


def as_file(picture: Image.Image, kind: str = "PNG") -> bytes:
    content = BytesIO()
    picture.save(content, kind)
    return content.getvalue()


A_PICTURE = as_file(Image.new("L", (40, 30), 255))
"""A paper with nothing on it."""
