"""Row C-13: a text that is too long is split at lines, every part valid; buttons keep 64 bytes."""

from __future__ import annotations

import random
import re
from enum import Enum

import pytest
from aiogram.filters.callback_data import CallbackData

from bot.splitting import split_html, utf16_length
from sandbox.html_text import HtmlParser
from screens.callbacks import all_callbacks
from tests.nemesis.harness import seeded, trials

MOST = 4096
WORDS = (
    "سفارش",
    "۱۲٬۴۰۰",
    "👩‍👩‍👧‍👦",
    "carton",
    "می‌رسد",
    "🧴",
    "&amp;",
    "&lt;",
    "\u202bراست\u202c",
    "e\u0301",
    "𝄞",
)
TAGS = ("b", "i", "u", "s", "code", "blockquote")


def _text(chance: random.Random, units: int) -> str:
    """A valid text of about that many units: nested tags that run over lines, long lines, empty lines."""
    parts: list[str] = []
    opened: list[str] = []
    while utf16_length("".join(parts)) < units:
        dice = chance.random()
        if dice < 0.06 and len(opened) < 3:
            opened.append(chance.choice([tag for tag in TAGS if tag not in opened]))
            parts.append(f"<{opened[-1]}>")
        elif dice < 0.1 and opened:
            parts.append(f"</{opened.pop()}>")
        elif dice < 0.2:
            parts.append("\n" * chance.randint(1, 2))
        elif dice < 0.21:
            parts.append("x" * chance.randint(500, 6_000))
        else:
            parts.append(f"{chance.choice(WORDS)} " * chance.randint(1, 30))
    return "".join(parts) + "".join(f"</{tag}>" for tag in reversed(opened))


def _words(html: str) -> str:
    """What is read, without tags and without any blank, which a split may take or turn."""
    return re.sub(r"\s|<[^<>]+>", "", html)


def test_every_part_is_short_enough_and_valid() -> None:
    for trial in range(trials(2000)):
        chance, seed = seeded("C-13", trial)
        html = _text(chance, chance.choice((10, 4_000, 4_096, 4_097, 9_000, 20_000)))
        parts = split_html(html, MOST)
        assert all(utf16_length(part) <= MOST for part in parts), seed
        assert "".join(map(_words, parts)) == _words(html), seed
        for part in parts:
            text, _entities = HtmlParser(part).parse()
            assert text.strip(), seed
            assert len(text.encode("utf-16-le")) // 2 <= MOST, seed


def test_lines_stay_whole_where_they_fit() -> None:
    lines = [f"{number:04} " + "ک" * 90 for number in range(200)]
    parts = split_html("\n".join(lines), MOST)
    assert [line for part in parts for line in part.split("\n")] == lines


def test_cutting_every_so_many_characters_breaks_tags() -> None:
    """The negative control."""
    broken = 0
    for trial in range(20):
        chance, _seed = seeded("C-13-naive", trial)
        html = _text(chance, 9_000)
        for at in range(0, len(html), MOST):
            try:
                text, _entities = HtmlParser(html[at : at + MOST]).parse()
                broken += not text.strip()
            except Exception:
                broken += 1
    assert broken


@pytest.mark.parametrize("button", all_callbacks(), ids=lambda each: each.__prefix__)
def test_the_largest_ids_fit_on_a_button(button: type[CallbackData]) -> None:
    values: dict[str, object] = {}
    for name, field in button.model_fields.items():
        bounds = [each.le for each in field.metadata if hasattr(each, "le")]
        if bounds:
            values[name] = bounds[0]
        elif isinstance(field.annotation, type) and issubclass(field.annotation, Enum):
            values[name] = max(field.annotation, key=_spelled)
        else:
            values[name] = "A" * 22
    assert len(button(**values).pack().encode()) <= 64


def _spelled(member: Enum) -> int:
    return len(str(member.value))
