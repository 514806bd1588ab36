"""The words by which products are found: sizes in one spelling, without endings that change nothing."""

from __future__ import annotations

from domain.persian import search_key

MOST_WORDS = 40
_UNITS = {
    "میلی لیتر": "ml", "میلی لیتری": "ml", "سی سی": "ml", "میلی": "ml", "میل": "ml", "میلی لیترى": "ml",
    "میلیلیتر": "ml", "میلیلیتری": "ml", "cc": "ml", "ml": "ml", "سیسی": "ml", "میلی لیت": "ml", "میلیمتر": "mm",
    "میلی گرم": "mg", "میلیگرم": "mg", "mg": "mg", "گرم": "g", "گرمی": "g", "gr": "g", "g": "g", "گرمى": "g",
    "کیلو گرم": "kg", "کیلوگرم": "kg", "کیلو": "kg", "کیلویی": "kg", "kg": "kg",
    "لیتر": "l", "لیتری": "l", "l": "l", "lit": "l", "عددی": "عدد", "تایی": "عدد", "برگی": "برگ",
}  # fmt: skip
_JOINED_UNITS = {tuple(spelling.split()): unit for spelling, unit in _UNITS.items()}
_DROPPED = frozenset(
    {"ها", "های", "هایی", "ی", "اى", "ای", "و", "با", "برای", "از", "به", "در", "the", "for", "of"}
)


def search_words(text: str) -> tuple[str, ...]:
    """The words of a text in the form in which they are kept and looked for.

    A unit is written as one only after a number: «۲۵۰ میلی‌لیتر», «۲۵۰سی‌سی» and "250ML" are ``250 ml``,
    and «میل» in a name stays what it is.
    """
    words = search_key(text).split()
    found: list[str] = []
    at = 0
    while at < len(words) and len(found) < MOST_WORDS:
        if found and found[-1][0].isdigit():
            unit, length = _unit(words, at)
            if unit is not None:
                found.append(unit)
                at += length
                continue
        if words[at] not in _DROPPED:
            found.append(_singular(words[at]))
        at += 1
    return tuple(found)


def _unit(words: list[str], at: int) -> tuple[str | None, int]:
    for length in (2, 1):
        unit = _JOINED_UNITS.get(tuple(words[at : at + length]))
        if unit is not None and len(words) >= at + length:
            return unit, length
    return None, 0


_LONG_ENOUGH = 5


def _singular(word: str) -> str:
    """«شامپوهای» and «شامپو» are the same; «بها» is a word of its own."""
    for ending in ("های", "ها"):
        if word.endswith(ending) and len(word) - len(ending) >= _LONG_ENOUGH - 1:
            return word.removesuffix(ending)
    return word
