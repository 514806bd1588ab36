"""What people write about themselves: one clean line, a city with an address, the name of a centre."""

from __future__ import annotations

import re
from dataclasses import dataclass

from domain.errors import NotAnAddress, TextRefused, TooFewLetters
from domain.persian import clean, search_key

MOST_NAME = 100
FEWEST_LETTERS = 2
MOST_ADDRESS = 300
_PARTS = re.compile(r"\s*[،,؛;\n]+\s*|\s+[-–—]\s+")
_STREET_WORDS = re.compile(r"(?:^|(?<=\s))(?:خیابان|خ\.?|بلوار|کوچه|ک\.)\s+")
_NUMBER_WORDS = re.compile(r"\s*،\s*(?:پلاک|پ\.?)\s*(?=[\d۰-۹])")
_COMMON_WORDS = frozenset(
    search_key("داروخانه سالن زیبایی آرایشگاه فروشگاه زنجیره‌ای آنلاین دکتر شعبه پخش شرکت مرکز").split()
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A city, and where in it."""

    city: str
    address: str

    @property
    def district(self) -> str:
        """The first part of the address, by which a town knows a place: «سعادت‌آباد»."""
        return _PARTS.split(self.address)[0]

    @property
    def short_address(self) -> str:
        """The address as it stands in a sentence: «سعادت‌آباد، سرو غربی ۴۲»."""
        return _NUMBER_WORDS.sub(" ", _STREET_WORDS.sub("", "، ".join(_PARTS.split(self.address))))


def typed(text: str | None, most: int) -> str:
    """What was typed, on one line, with something to read in it and no longer than that."""
    line = " ".join(clean(text or "").split())
    if not search_key(line) or len(line) > most:
        raise TextRefused(most)
    return line


def centre_name(text: str | None) -> str:
    """The name of a centre; a single letter is a slip of the finger."""
    name = typed(text, MOST_NAME)
    if len(search_key(name)) < FEWEST_LETTERS:
        raise TooFewLetters
    return name


def place(text: str | None) -> Place:
    """City and address out of one message; the city comes first, as people write it."""
    parts = [part.strip() for part in _PARTS.split(clean(text or "").strip()) if part.strip()]
    if len(parts) == 1:
        parts = parts[0].split(maxsplit=1)
    if len(parts) < 2 or not search_key(parts[0]):
        raise NotAnAddress
    return Place(
        city=typed(parts[0], 80).removeprefix("شهر ").strip(),
        address=typed("، ".join(parts[1:]), MOST_ADDRESS),
    )


def name_core(name: str) -> str:
    """What distinguishes a centre's name: «داروخانه دکتر رضایی» is known by «رضایی»."""
    words = search_key(name).split()
    return " ".join(word for word in words if word not in _COMMON_WORDS) or " ".join(words)
