"""Numbers as people say and write them: words in both directions, and digits with their separators."""

from __future__ import annotations

import re
from collections.abc import Sequence

from domain.persian import ascii_digits, clean

SMALL = {
    "یک": 1, "یه": 1, "دو": 2, "سه": 3, "چهار": 4, "چار": 4, "پنج": 5, "شش": 6, "شیش": 6, "هفت": 7, "هشت": 8,
    "نه": 9, "ده": 10, "یازده": 11, "دوازده": 12, "سیزده": 13, "چهارده": 14, "پانزده": 15, "پونزده": 15,
    "شانزده": 16, "شونزده": 16, "هفده": 17, "هیفده": 17, "هجده": 18, "هیجده": 18, "نوزده": 19,
}  # fmt: skip
TENS = {
    "بیست": 20, "سی": 30, "چهل": 40, "پنجاه": 50, "شصت": 60, "هفتاد": 70, "هشتاد": 80, "نود": 90,
}  # fmt: skip
HUNDREDS = {
    "صد": 100, "یکصد": 100, "دویست": 200, "سیصد": 300, "چهارصد": 400, "پانصد": 500, "پونصد": 500,
    "ششصد": 600, "شیشصد": 600, "هفتصد": 700, "هشتصد": 800, "نهصد": 900,
}  # fmt: skip
SAID = SMALL | TENS | HUNDREDS
AND = "و"
HALF = "نیم"
THOUSAND, MILLION, BILLION = 10**3, 10**6, 10**9
LARGEST = 10**15
"""In words up to there: hundreds of thousands of billions, as banks say them."""

LETTERS = str.maketrans(
    {
        "ي": "ی", "ى": "ی", "ك": "ک", "أ": "ا", "إ": "ا", "آ": "ا", "ة": "ه",
        "\u200c": " ", "\u00a0": " ", "ـ": None, "﷼": "ریال",
    }
)  # fmt: skip
_APART = re.compile(r"[0-9]{1,3}(?:[,٬،.'][0-9]{3})+")
_PLAIN = re.compile(r"[0-9]+")
_NAMES = {1: "یک", 2: "دو", 3: "سه", 4: "چهار", 5: "پنج", 6: "شش", 7: "هفت", 8: "هشت", 9: "نه", 10: "ده"} | {
    value: name for name, value in reversed((SMALL | TENS | HUNDREDS).items()) if value > 10
}
_NAMES[100] = "یکصد"


def plainly(text: str) -> str:
    """What was typed with one form for each letter and digit; half-spaces are spaces."""
    return ascii_digits(clean(text)).translate(LETTERS).lower()


def of_digits(word: str) -> int | None:
    """A whole number in digits; thousands may stand apart, but only by three: «۱٬۲۰۰»."""
    if not (_PLAIN.fullmatch(word) or _APART.fullmatch(word)):
        return None
    digits = re.sub(r"[^0-9]", "", word)
    return int(digits) if len(digits) <= len(str(LARGEST)) else None


def of_words(words: Sequence[str]) -> int | None:
    """Words below a thousand, from large to small: «صد و بیست و چهار»; None when they are no number."""
    number, below = 0, THOUSAND
    for place, word in enumerate(words):
        if place % 2:
            if word != AND or place == len(words) - 1:
                return None
            continue
        value = SAID.get(word)
        if value is None or value >= below:
            return None
        number += value
        below = 100 if value >= 100 else 10 if value >= 20 else 1
    return number if words else None


def in_words(number: int) -> str:
    """The number as a cheque or an invoice says it: «یکصد و پنجاه میلیون و دویست هزار»."""
    if number < 0:
        return f"منفی {in_words(-number)}"
    if number >= LARGEST:
        raise ValueError("nobody says such a number")
    parts = []
    for scale, name in ((BILLION, "میلیارد"), (MILLION, "میلیون"), (THOUSAND, "هزار")):
        many, number = divmod(number, scale)
        if many:
            parts.append(f"{in_words(many)} {name}")
    if number or not parts:
        parts.append(_below_thousand(number))
    return " و ".join(parts)


def _below_thousand(number: int) -> str:
    if number == 0:
        return "صفر"
    parts = []
    if number >= 100:
        parts.append(_NAMES[number // 100 * 100])
        number %= 100
    if number > 20:
        parts.append(_NAMES[number // 10 * 10])
        number %= 10
    if number:
        parts.append(_NAMES[number])
    return " و ".join(parts)
