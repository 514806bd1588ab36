"""Persian text: one form for looking things up, and text that cannot disturb what stands around it."""

from __future__ import annotations

import re
import unicodedata

_LETTERS = str.maketrans(
    {
        "ي": "ی", "ى": "ی", "ئ": "ی", "ك": "ک", "أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا",
        "ؤ": "و", "ة": "ه", "ۀ": "ه", "ء": None, "ـ": None,
    }
)  # fmt: skip
_DIGITS = {ord(c): str(i % 10) for i, c in enumerate("۰۱۲۳۴۵۶۷۸۹٠١٢٣٤٥٦٧٨٩")}
_CONTROLS = re.compile(
    "[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069\ufeff]"
)
_LETTER_THEN_DIGIT = re.compile(r"(?<=[^\W\d_])(?=\d)|(?<=\d)(?=[^\W\d_])")
_NOT_WORD = re.compile(r"[^\w]+", re.UNICODE)
MOST_MARKS = 3
"""More combining marks than that on one letter are no writing, they only paint over other lines."""


def ascii_digits(text: str) -> str:
    """Persian and Arabic digits as 0–9, everything else as it was."""
    return text.translate(_DIGITS)


def search_key(text: str) -> str:
    """The one form in which texts are compared: «شامپو آوين‌ ٢٥٠ml» and «شامپو اوین ۲۵۰ ml» are the same."""
    text = unicodedata.normalize("NFKC", text).translate(_LETTERS).translate(_DIGITS)
    text = "".join(c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c))
    text = _NOT_WORD.sub(" ", text.replace("\u200c", " ").replace("_", " ").lower())
    return " ".join(_LETTER_THEN_DIGIT.sub(" ", text).split())


_TITLES = frozenset(map(search_key, ("دکتر", "مهندس", "استاد")))
_BEFORE_TITLES = frozenset(map(search_key, ("آقای", "خانم", "جناب", "سرکار")))


def addressed(name: str) -> str:
    """How somebody is spoken to: «آقای دکتر رضایی» as «دکتر», whoever has no such title by name."""
    words = name.split()
    while words and search_key(words[0]) in _BEFORE_TITLES:
        words.pop(0)
    return words[0] if len(words) > 1 and search_key(words[0]) in _TITLES else name


def clean(text: str) -> str:
    """Text as typed, without what could reorder, hide or overpaint its neighbours."""
    if text.isascii() and text.isprintable():
        return text
    text = _CONTROLS.sub("", text.encode("utf-8", "replace").decode("utf-8"))
    kept: list[str] = []
    marks = 0
    for character in text:
        marks = marks + 1 if unicodedata.combining(character) else 0
        if marks <= MOST_MARKS:
            kept.append(character)
    return "".join(kept)
