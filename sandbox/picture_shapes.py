"""How each kind of thing looks: a few shapes one over the other, in the colours of its brand."""

from __future__ import annotations

from collections.abc import Callable

from sandbox.picture_canvas import (
    FLOOR,
    WHITE,
    Canvas,
    Colour,
    Palette,
    lit,
    oval,
    rounded,
    shouldered,
    sloping,
)

Drawing = Callable[[Canvas, Palette], None]


def _box(
    canvas: Canvas, left: float, top: float, right: float, bottom: float, radius: float, colour: Colour
) -> None:
    canvas.fill(rounded(left, top, right, bottom, radius), colour, top, bottom)


def _disc(canvas: Canvas, x: float, y: float, radius: float, colour: Colour) -> None:
    canvas.fill(oval(x, y, radius, radius), colour, y - radius, y + radius)


def _label(canvas: Canvas, colours: Palette, left: float, top: float, right: float, bottom: float) -> None:
    """A printed label: an emblem above lines that stand for words."""
    _box(canvas, left, top, right, bottom, 8, lit(colours.pale, 0.5))
    middle, width = (left + right) / 2, right - left
    _disc(canvas, middle, top + 34, 17, colours.accent)
    _disc(canvas, middle - 5, top + 29, 7, lit(colours.accent, 0.55))
    for row, (share, tone) in enumerate(
        ((0.62, colours.dark), (0.44, colours.main), (0.5, lit(colours.main, 0.4)))
    ):
        y = top + 66 + row * 22
        if y + 9 < bottom - 6:
            _box(canvas, middle - width * share / 2, y, middle + width * share / 2, y + 9, 4, tone)


def bottle(canvas: Canvas, colours: Palette) -> None:
    canvas.shadow(84)
    canvas.round_body(rounded(206, 66, 274, 112, 8), colours.dark, 66, 112)
    canvas.round_body(shouldered(112, FLOOR, 36, 82, 54), colours.main, 112, FLOOR)
    _label(canvas, colours, 178, 206, 302, 344)


def jar(canvas: Canvas, colours: Palette) -> None:
    canvas.shadow(112)
    canvas.round_body(rounded(138, 196, 342, 250, 12), colours.dark, 196, 250)
    canvas.round_body(rounded(130, 246, 350, FLOOR, 26), colours.main, 246, FLOOR)
    _label(canvas, colours, 170, 268, 310, 384)


def dropper(canvas: Canvas, colours: Palette) -> None:
    canvas.shadow(62)
    canvas.round_body(rounded(221, 60, 259, 122, 17), lit(colours.dark, 0.12), 60, 122)
    canvas.round_body(rounded(212, 116, 268, 158, 6), colours.accent, 116, 158)
    canvas.round_body(shouldered(158, FLOOR, 30, 62, 26), colours.main, 158, FLOOR)
    _label(canvas, colours, 193, 218, 287, 362)


def spray(canvas: Canvas, colours: Palette) -> None:
    canvas.shadow(60)
    _box(canvas, 196, 70, 262, 96, 10, colours.dark)
    _box(canvas, 184, 74, 206, 88, 5, colours.accent)
    canvas.round_body(rounded(214, 94, 266, 138, 6), lit(colours.dark, 0.15), 94, 138)
    canvas.round_body(shouldered(138, FLOOR, 34, 58, 40), colours.main, 138, FLOOR)
    _label(canvas, colours, 196, 214, 284, 350)


def tube(canvas: Canvas, colours: Palette) -> None:
    canvas.shadow(46)
    canvas.round_body(sloping(84, 352, 78, 52), colours.main, 84, 352)
    _box(canvas, 158, 66, 322, 92, 4, lit(colours.main, -0.12))
    for x in range(164, 320, 9):
        _box(canvas, x, 70, x + 3, 88, 1, lit(colours.main, 0.15))
    canvas.round_body(rounded(192, 346, 288, FLOOR, 8), colours.dark, 346, FLOOR)
    _label(canvas, colours, 188, 128, 292, 292)


def sun(canvas: Canvas, colours: Palette) -> None:
    canvas.shadow(56)
    canvas.round_body(sloping(92, 340, 76, 60), lit(colours.pale, 0.35), 92, 340)
    _box(canvas, 162, 74, 318, 98, 4, lit(colours.pale, -0.08))
    canvas.round_body(rounded(182, 334, 298, FLOOR, 10), (240, 158, 46), 334, FLOOR)
    for x, y in ((0, -52), (37, -37), (52, 0), (37, 37), (0, 52), (-37, 37), (-52, 0), (-37, -37)):
        _disc(canvas, 240 + x, 188 + y, 7, (246, 190, 72))
    _disc(canvas, 240, 188, 34, (247, 176, 54))
    _disc(canvas, 232, 180, 14, (252, 214, 130))
    for row, half in enumerate((44, 32)):
        _box(canvas, 240 - half, 268 + row * 22, 240 + half, 278 + row * 22, 4, colours.main)


def stick(canvas: Canvas, colours: Palette) -> None:
    canvas.shadow(42)
    canvas.round_body(rounded(212, 88, 268, 190, 26), lit(colours.accent, 0.1), 88, 190)
    canvas.round_body(rounded(206, 176, 274, 236, 5), (206, 200, 186), 176, 236)
    canvas.round_body(rounded(198, 232, 282, FLOOR, 8), colours.dark, 232, FLOOR)
    _box(canvas, 214, 292, 266, 300, 4, lit(colours.dark, 0.5))
    _box(canvas, 222, 310, 258, 318, 4, lit(colours.dark, 0.35))


def box(canvas: Canvas, colours: Palette) -> None:
    canvas.shadow(126)
    canvas.fill(sloping(128, 152, 104, 120), lit(colours.main, 0.25), 128, 152)
    _box(canvas, 120, 150, 360, FLOOR, 5, colours.main)
    _box(canvas, 120, 150, 148, FLOOR, 4, lit(colours.main, -0.14))
    _box(canvas, 148, 346, 360, 376, 0, colours.accent)
    _label(canvas, colours, 178, 186, 334, 326)


def gloves(canvas: Canvas, colours: Palette) -> None:
    box(canvas, colours)
    _box(canvas, 186, 132, 294, 160, 14, lit(colours.dark, -0.2))
    skin = lit(colours.accent, 0.55)
    for x, top in ((206, 84), (226, 66), (246, 72), (266, 92)):
        _box(canvas, x - 9, top, x + 9, 152, 9, skin)
        _box(canvas, x - 6, top + 6, x - 2, 140, 2, lit(skin, 0.5))
    _box(canvas, 196, 124, 284, 150, 10, skin)


def mask(canvas: Canvas, colours: Palette) -> None:
    canvas.shadow(132)
    for left, right in ((82, 150), (330, 398)):
        canvas.fill(oval((left + right) / 2, 308, 42, 62), lit(colours.dark, 0.45), 240, 376)
        canvas.fill(oval((left + right) / 2, 308, 34, 54), lit(colours.wall, 0.4), 248, 368)
    _box(canvas, 108, 218, 372, FLOOR, 40, lit(colours.main, 0.4))
    for row in range(4):
        y = 246 + row * 36
        _box(canvas, 112, y, 368, y + 5, 2, lit(colours.main, 0.1))
        _box(canvas, 112, y + 5, 368, y + 12, 3, lit(colours.main, 0.62))
    _box(canvas, 168, 222, 312, 232, 5, WHITE)


def roll(canvas: Canvas, colours: Palette) -> None:
    canvas.shadow(104)
    canvas.round_body(rounded(136, 192, 344, FLOOR, 22), lit(colours.pale, 0.2), 192, FLOOR)
    _box(canvas, 136, 262, 344, 332, 0, colours.main)
    canvas.fill(oval(240, 196, 104, 40), lit(colours.pale, 0.5), 156, 236)
    canvas.fill(oval(240, 196, 74, 27), lit(colours.pale, -0.06), 168, 224)
    canvas.fill(oval(240, 196, 42, 15), colours.dark, 180, 212)
    _box(canvas, 190, 286, 290, 296, 5, lit(colours.pale, 0.6))
    _box(canvas, 206, 306, 274, 314, 4, lit(colours.main, 0.5))


def brush(canvas: Canvas, colours: Palette) -> None:
    canvas.shadow(70)
    for x, tone in ((202, colours.main), (278, colours.accent)):
        canvas.round_body(rounded(x - 11, 160, x + 11, FLOOR, 11), tone, 160, FLOOR)
        _box(canvas, x - 17, 66, x + 17, 172, 14, lit(tone, 0.12))
        for row in range(6):
            y = 76 + row * 14
            _box(canvas, x - 33, y, x - 15, y + 9, 3, WHITE if row % 2 else lit(tone, 0.55))
        _box(canvas, x - 5, 236, x + 5, 330, 5, lit(tone, 0.45))


def dye(canvas: Canvas, colours: Palette) -> None:
    canvas.shadow(84)
    _box(canvas, 158, 78, 322, FLOOR, 5, colours.dark)
    _box(canvas, 158, 78, 180, FLOOR, 4, lit(colours.dark, -0.22))
    tones: tuple[Colour, ...] = ((92, 54, 34), (134, 82, 46), (178, 118, 66), (206, 154, 92), (226, 188, 130))
    for row, tone in enumerate(tones):
        canvas.fill(oval(252, 160 + row * 22, 52, 34), tone, 126 + row * 22, 194 + row * 22)
    _box(canvas, 196, 300, 306, 312, 5, colours.accent)
    _box(canvas, 210, 324, 292, 333, 4, lit(colours.dark, 0.6))
    _disc(canvas, 251, 366, 15, lit(colours.accent, 0.35))


def perfume(canvas: Canvas, colours: Palette) -> None:
    canvas.shadow(98)
    canvas.round_body(rounded(204, 84, 276, 158, 12), (212, 196, 158), 84, 158)
    _box(canvas, 218, 156, 262, 184, 3, (186, 170, 132))
    _box(canvas, 142, 180, 338, FLOOR, 30, lit(colours.pale, 0.2))
    _box(canvas, 156, 226, 324, FLOOR - 14, 22, lit(colours.main, 0.35))
    _box(canvas, 166, 236, 184, FLOOR - 28, 9, lit(colours.main, 0.72))
    _label(canvas, colours, 198, 252, 290, 352)


def pills(canvas: Canvas, colours: Palette) -> None:
    canvas.shadow(100)
    canvas.round_body(rounded(162, 92, 318, 158, 10), WHITE, 92, 158)
    for x in range(172, 314, 12):
        _box(canvas, x, 98, x + 3, 152, 1, (214, 214, 212))
    canvas.round_body(shouldered(158, FLOOR, 76, 92, 18), colours.main, 158, FLOOR)
    _label(canvas, colours, 166, 204, 314, 346)
    for x, tone in ((330, colours.accent), (372, lit(colours.main, 0.25))):
        _box(canvas, x - 8, FLOOR - 16, x + 24, FLOOR + 2, 9, tone)
        _box(canvas, x + 8, FLOOR - 16, x + 24, FLOOR + 2, 9, WHITE)


SHAPES: dict[str, Drawing] = {
    each.__name__: each
    for each in (
        bottle, jar, dropper, spray, tube, sun, stick, box, gloves, mask, roll, brush, dye, perfume, pills,
    )
}  # fmt: skip
