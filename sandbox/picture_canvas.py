"""A square to draw on, row by row, and the colours that go together for one brand."""

from __future__ import annotations

import colorsys
import math
from collections.abc import Callable
from dataclasses import dataclass
from zlib import crc32

SIZE = 480
FLOOR = 404
"""The height at which things stand."""

Colour = tuple[int, int, int]
Edges = Callable[[float], tuple[float, float] | None]
"""Left and right end of a shape in one row; None where the row does not meet it."""
WHITE: Colour = (252, 252, 250)
SHADING = ((0.0, 0.07, -0.16), (0.07, 0.15, 0.04), (0.15, 0.27, 0.3), (0.27, 0.36, 0.1),
           (0.66, 0.8, -0.07), (0.8, 0.91, -0.15), (0.91, 1.0, -0.24))  # fmt: skip
"""Light from the left on something round: from, to (of the width), and how much lighter or darker."""


@dataclass(frozen=True, slots=True)
class Palette:
    main: Colour
    dark: Colour
    accent: Colour
    pale: Colour
    wall: Colour

    @classmethod
    def of(cls, brand: str) -> Palette:
        """Colours that stay the brand's own: its name decides, by the bits that spread the brands best."""
        hue, saturation, lightness, accent = _DRESSES[(crc32(brand.encode()) >> 23) % len(_DRESSES)]
        return cls(
            main=_colour(hue, saturation, lightness),
            dark=_colour(hue, saturation, lightness * 0.6),
            accent=_colour(accent, 0.66, 0.6),
            pale=_colour(hue, 0.4, 0.92),
            wall=_colour(accent, 0.34, 0.93),
        )


_DRESSES = (
    (176, 0.46, 0.42, 14),
    (216, 0.48, 0.42, 38),
    (12, 0.62, 0.6, 190),
    (140, 0.28, 0.5, 330),
    (288, 0.26, 0.46, 44),
    (38, 0.68, 0.56, 200),
    (200, 0.5, 0.56, 350),
    (340, 0.48, 0.6, 170),
    (78, 0.32, 0.46, 20),
    (210, 0.2, 0.44, 28),
    (22, 0.46, 0.48, 160),
    (156, 0.42, 0.34, 46),
    (250, 0.34, 0.56, 40),
    (188, 0.56, 0.5, 8),
    (355, 0.5, 0.5, 210),
    (48, 0.5, 0.5, 260),
)
"""Hue, saturation and lightness of what is sold, and the hue that goes with it."""


def _colour(hue: float, saturation: float, lightness: float) -> Colour:
    red, green, blue = colorsys.hls_to_rgb(hue / 360, lightness, saturation)
    return round(red * 255), round(green * 255), round(blue * 255)


def lit(colour: Colour, by: float) -> Colour:
    """Towards white by that share, or towards black where it is negative."""
    target = 255 if by > 0 else 0
    red, green, blue = (round(each + (target - each) * abs(by)) for each in colour)
    return red, green, blue


class Canvas:
    """Begins as a softly lit wall with a floor; what is drawn later covers what was drawn before."""

    def __init__(self, colours: Palette) -> None:
        self.rows = [bytearray(bytes(self._wall(colours.wall, y)) * SIZE) for y in range(SIZE)]
        self.fill(oval(240, 216, 196, 196), lit(colours.wall, 0.45), 20, 412)

    def _wall(self, wall: Colour, y: int) -> Colour:
        if y < FLOOR - 26:
            return lit(wall, 0.25 * y / SIZE)
        return lit(wall, -0.07 + 0.05 * (y - FLOOR + 26) / (SIZE - FLOOR + 26))

    def shadow(self, half_width: float) -> None:
        """Where the thing meets the floor."""
        for step in range(3):
            wide = half_width + 16 - 8 * step
            tone = lit((96, 100, 112), 0.62 - 0.14 * step)
            self.fill(oval(246, FLOOR - 1, wide, 13 - 3 * step), tone, FLOOR - 16, FLOOR + 14)

    def fill(self, edges: Edges, colour: Colour, top: float, bottom: float) -> None:
        """Colour the rows between top and bottom; the ends of a run blend with what is under them."""
        paint = bytes(colour)
        for y in range(max(0, math.floor(top)), min(SIZE, math.ceil(bottom))):
            run = edges(y + 0.5)
            if run is not None and run[1] > run[0]:
                self._run(self.rows[y], max(0.0, run[0]), min(SIZE - 1.0, run[1]), colour, paint)

    def round_body(self, edges: Edges, colour: Colour, top: float, bottom: float) -> None:
        """A shape that is round when seen from above: light on its left, shade on its right."""
        self.fill(edges, colour, top, bottom)
        for start, end, by in SHADING:
            self.fill(share(edges, start, end), lit(colour, by), top, bottom)

    def _run(self, row: bytearray, left: float, right: float, colour: Colour, paint: bytes) -> None:
        first, last = math.ceil(left), math.floor(right)
        if last < first:
            self._blend(row, last, colour, right - left)
            return
        row[3 * first : 3 * last] = paint * (last - first)
        if first > left:
            self._blend(row, first - 1, colour, first - left)
        if right > last:
            self._blend(row, last, colour, right - last)

    def _blend(self, row: bytearray, x: int, colour: Colour, part: float) -> None:
        for place, tone in enumerate(colour, start=3 * x):
            row[place] += round((tone - row[place]) * part)


def share(edges: Edges, start: float, end: float) -> Edges:
    """A strip of a shape, by shares of its width."""

    def strip(y: float) -> tuple[float, float] | None:
        run = edges(y)
        if run is None:
            return None
        width = run[1] - run[0]
        return run[0] + width * start, run[0] + width * end

    return strip


def oval(x: float, y: float, half_width: float, half_height: float) -> Edges:
    def edges(row: float) -> tuple[float, float] | None:
        off = (row - y) / half_height
        if abs(off) >= 1:
            return None
        half = half_width * math.sqrt(1 - off * off)
        return x - half, x + half

    return edges


def rounded(left: float, top: float, right: float, bottom: float, radius: float) -> Edges:
    """A rectangle with round corners."""

    def edges(row: float) -> tuple[float, float] | None:
        if not top <= row <= bottom:
            return None
        near = min(row - top, bottom - row)
        cut = 0.0 if near >= radius else radius - math.sqrt(max(0.0, radius**2 - (radius - near) ** 2))
        return left + cut, right - cut

    return edges


def sloping(top: float, bottom: float, wide_top: float, wide_bottom: float, x: float = 240) -> Edges:
    """Upright around ``x``: half widths at the top and at the bottom, straight between."""

    def edges(row: float) -> tuple[float, float] | None:
        if not top <= row <= bottom:
            return None
        half = wide_top + (wide_bottom - wide_top) * (row - top) / (bottom - top)
        return x - half, x + half

    return edges


def shouldered(top: float, bottom: float, neck: float, wide: float, fall: float) -> Edges:
    """A bottle's body: from the neck it widens within ``fall`` rows, and its foot is rounded."""

    def edges(row: float) -> tuple[float, float] | None:
        if not top <= row <= bottom:
            return None
        down = min(1.0, (row - top) / fall)
        half = neck + (wide - neck) * math.sin(down * math.pi / 2)
        foot = bottom - row
        if foot < 14:
            half -= 14 - math.sqrt(14**2 - (14 - foot) ** 2)
        return 240 - half, 240 + half

    return edges
