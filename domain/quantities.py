"""How many of a product: what a person typed, what may be sold, and what is offered as buttons."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from domain.catalogue import Product
from domain.errors import NotAQuantity, QuantityNotSold
from domain.numerals import AND, HALF, SAID, of_digits, of_words
from domain.persian import ascii_digits, clean

MOST_UNITS = 99_999
"""An order line holds at most that many units."""
LONGEST_TEXT = 40
MOST_DIGITS = 9
"""A longer number is no quantity at all; a shorter one that is too large is told what the most is."""
DOZEN = 12
MOST_SUGGESTIONS = 4

_LETTERS = str.maketrans({"ي": "ی", "ى": "ی", "ك": "ک", "أ": "ا", "إ": "ا", "\u200c": " ", "ـ": None})
_TOKENS = re.compile(r"\s*([0-9]+(?:[,٬،][0-9]+)*|[^\W\d_]+)")
_WITH_BONUS = re.compile(r"^([0-9]+) *[+] *[0-9]+(?![0-9])")
"""«۱۰+۱» orders ten: the one is what a promotion gives, and is never ordered (rule R5.3)."""
NUMBER_WORDS = frozenset(SAID)
_SAID_OTHERWISE = {"نصف": HALF, "نصفه": HALF}
_NO = "نه"
"""Alone it says "no", not nine."""
_CARTONS = frozenset({"کارتن", "کارتون", "باکس", "carton", "cartons", "box", "boxes"})
_DOZENS = frozenset({"جین", "دوجین", "dozen"})
_PIECES = frozenset(
    {
        "عدد", "تا", "دونه", "دانه", "بسته", "بطری", "شیشه", "تیوب", "قوطی",
        "piece", "pieces", "pcs", "pack", "packs", "unit", "units",
    }
)  # fmt: skip
UNIT_WORDS = _CARTONS | _DOZENS | _PIECES
_GLUED = ("تا", "دونه", "عدد")
"""Units that people write without a space: «دوتا», «یه‌دونه»."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Typed:
    """A quantity as it was typed. ``in_cartons`` is None when no unit was named; «یک و نیم» has a half."""

    number: int
    in_cartons: bool | None = None
    half: bool = False


def typed(text: str) -> Typed:
    """Read «۲۴», «۲ کارتن», «دوتا», «نیم کارتن», "1,200". Anything else is refused, never guessed."""
    words = _words(text)
    unit = words.pop() if words[-1] in UNIT_WORDS else None
    half = bool(words) and words[-1] == HALF
    if half:
        words = _before_half(words, unit)
    number = _number(words, is_alone=unit is None) if words else 0
    if not words and not half:
        raise NotAQuantity
    if unit in _DOZENS:
        return Typed(number=number * DOZEN + (DOZEN // 2 if half else 0), in_cartons=False)
    if half and unit not in _CARTONS:
        raise NotAQuantity
    return Typed(number=number, in_cartons=None if unit is None else unit in _CARTONS, half=half)


def units(asked: Typed, product: Product) -> int:
    """What was typed, in units of that product. Cartons of what is not packed are refused."""
    if not asked.in_cartons:
        return asked.number
    if product.carton == 1 or (asked.half and product.carton % 2):
        raise NotAQuantity
    return asked.number * product.carton + (product.carton // 2 if asked.half else 0)


def is_sold(product: Product, quantity: int) -> bool:
    return product.minimum <= quantity <= MOST_UNITS and quantity % product.multiple == 0


def require_sold(product: Product, quantity: int) -> None:
    """At least the minimum, a multiple, and no more than an order line holds."""
    if not is_sold(product, quantity):
        raise QuantityNotSold(product.label, product.minimum, product.multiple, MOST_UNITS)


def suggestions(product: Product) -> tuple[int, ...]:
    """Up to four quantities for buttons: parts of a carton, then whole cartons."""
    if product.carton == 1 or product.carton % product.multiple:
        least = _rounded_up(product.minimum, product.multiple)
        found: Sequence[int] = [least * times for times in (1, 2, 5, 10)]
    else:
        parts = [part for part in _parts(product.carton) if is_sold(product, part)]
        first = _rounded_up(product.minimum, product.carton)
        whole = [first + product.carton * more for more in range(MOST_SUGGESTIONS)]
        found = (*sorted(parts), *whole)
    return tuple(each for each in found if each <= MOST_UNITS)[:MOST_SUGGESTIONS]


def _parts(carton: int) -> Iterator[int]:
    """Two handy parts: the half and the quarter, or where these are not whole the fifth or the third."""
    whole = [carton // by for by in (2, 4, 5, 3) if carton % by == 0 and carton > by]
    yield from whole[:2]


def _rounded_up(number: int, to: int) -> int:
    return -(-number // to) * to


def _words(text: str) -> list[str]:
    """The text as numbers and words; a sign, a point or anything else between them is refused."""
    text = ascii_digits(clean(text[: LONGEST_TEXT + 1])).translate(_LETTERS).strip().lower()
    if not 0 < len(text) <= LONGEST_TEXT:
        raise NotAQuantity
    text = _WITH_BONUS.sub(r"\1", text)
    words: list[str] = []
    at = 0
    while at < len(text):
        found = _TOKENS.match(text, at)
        if found is None:
            raise NotAQuantity
        words += _unglued(found.group(1))
        at = found.end()
    return words


def _unglued(word: str) -> list[str]:
    for unit in _GLUED:
        number = word.removesuffix(unit)
        if number != word and number in SAID:
            return [number, unit]
    return [_SAID_OTHERWISE.get(word, word)]


def _before_half(words: list[str], unit: str | None) -> list[str]:
    """«نیم کارتن» or «یک و نیم کارتن»: what stands before the half."""
    before = words[:-1]
    if before and before[-1] == AND:
        before = before[:-1]
        if not before:
            raise NotAQuantity
    elif before:
        raise NotAQuantity
    if unit is None:
        raise NotAQuantity
    return before


def _number(words: list[str], *, is_alone: bool) -> int:
    if len(words) == 1 and words[0][0].isdigit():
        return _digits(words[0])
    if is_alone and words == [_NO]:
        raise NotAQuantity
    number = of_words(words)
    if number is None:
        raise NotAQuantity
    return number


def _digits(word: str) -> int:
    number = of_digits(word)
    if number is None or number >= 10**MOST_DIGITS:
        raise NotAQuantity
    return number
