"""A message cut into pieces that each name one thing, and each piece into numbers and words."""

from __future__ import annotations

import re
from dataclasses import dataclass

from domain.numerals import SAID, plainly
from domain.written.words import UNITS

_PHONE = re.compile(
    r"(?<!\d)(?:\+?98|0098|0)\s?9\d{2}[\s-]?\d{3}[\s-]?\d{4}(?!\d)|(?<!\d)0\d{2,3}[\s-]?\d{7,8}(?!\d)"
)
_DATE = re.compile(r"(?<!\d)1[34]\d{2}[/.-]\d{1,2}[/.-]\d{1,2}(?!\d)")
_CARD = re.compile(r"(?<!\d)\d{4}[\s-]?\d{4}[\s-]?\d{4}[\s-]?\d{4}(?!\d)")
_CLOCK = re.compile(r"ساعت\s*\d{1,2}(?::\d{2})?(?:\s*(?:تا|الی)\s*\d{1,2})?|(?<!\d)\d{1,2}:\d{2}(?!\d)")
_BONUS = re.compile(r"(?<!\d)(\d+)\s*\+\s*\d+(?!\d)")
_TIMES = re.compile(r"(?:(?<=\s)|^|(?<=[^\W\d_a-z]))[x×*✕]\s*(\d+)(?!\d)|(?<!\d)(\d+)\s*[x×*✕](?=\s|$)")
_NUMBERED = re.compile(r"^\s*(?:\(?\d{1,2}\s*[-.)]\s(?=\S)|\d{1,2}[-)](?=\D)|[-•*●▪◦–—>✅☑️🔹🔸]+\s*)")
_SPLIT = re.compile(r"\n+|[،؛;]|,(?!\d{3})|(?<!\d)/|/(?!\d)|(?<=\D)\+|\+(?=\D)|\.(?=\s|$)|[!؟?](?=\s|$)|\|")
_HEADING = re.compile(r"^[^:\d]*:(?=[^:]*[^\W\d_]{3})")
"""«سفارش سالن: …»: what stands before it names nothing, where words follow and not only a quantity."""
_TOKEN = re.compile(r"\d{1,3}(?:[,٬]\d{3})+|\d+(?:[./٫]\d+)+|\d+|[^\W\d_]+|[%٪]")
_GLUED = ("تا", "دونه", "عدد", "کارتن", "بسته", "جین", "کارتون")
TIMES = "\u0001"
"""Stands before a number that was written as a multiplication, «x12»: it is a quantity, whatever follows."""


@dataclass(frozen=True, slots=True)
class Piece:
    """One thing that was named, as typed and in words."""

    raw: str
    words: tuple[str, ...]


def pieces(text: str) -> tuple[Piece, ...]:
    """Cut at lines, commas and signs, never inside a number; telephone and card numbers are cut out."""
    plain = plainly(text.replace("\r", "\n"))
    found = []
    for line in plain.split("\n"):
        line = _NUMBERED.sub("", line, count=1)
        line = _CARD.sub(" ", _PHONE.sub(" ", _DATE.sub(" ، ", line)))
        line = _CLOCK.sub(" ، ", line)
        line = _BONUS.sub(rf" {TIMES}\1 ", line)
        line = _TIMES.sub(lambda seen: f" {TIMES}{seen[1] or seen[2]} ", line)
        for raw in _SPLIT.split(_HEADING.sub("", line, count=1)):
            words = _words_of(raw)
            if words:
                found.append(Piece(" ".join(raw.replace(TIMES, "×").split()), words))
    return tuple(found)


def _words_of(raw: str) -> tuple[str, ...]:
    words: list[str] = []
    at = 0
    while at < len(raw):
        if raw[at] == TIMES:
            number = re.match(r"\d+", raw[at + 1 :])
            assert number is not None
            words.append(TIMES + number[0])
            at += 1 + len(number[0])
            continue
        found = _TOKEN.match(raw, at)
        if found is None:
            at += 1
            continue
        words += _unglued(found[0])
        at = found.end()
    return tuple(words)


def _unglued(word: str) -> list[str]:
    """«دوتا», «یه‌کارتن» typed as one word, «2تا» is two tokens already."""
    for unit in _GLUED:
        number = word.removesuffix(unit)
        if number != word and number in SAID:
            return [number, unit]
    return [word]


def is_unit(word: str) -> bool:
    return word in UNITS
