"""Sizes and other numbers that belong to a name."""

from __future__ import annotations

from collections.abc import Sequence

from domain.numerals import SAID
from domain.written.reading import HALVES
from domain.written.words import LETTER_SIZES, MEASURES, SIZES, UNSURE

_IN_THOUSANDTHS = {
    **dict.fromkeys(("لیتر", "لیتری"), "میل"), **dict.fromkeys(("کیلو", "کیلویی", "کیلوگرم"), "گرم")
}  # fmt: skip
_BY = frozenset({"در", "ضربدر"})


def in_digits(words: Sequence[str]) -> list[str]:
    """Number words that belong to a name, as products are called: «چهار عددی» is «4 عددی»."""
    found = list(words)
    for n, word in enumerate(words[:-1]):
        is_measured = words[n + 1] in MEASURES and words[n + 1] != word
        if word in HALVES and words[n + 1] in _IN_THOUSANDTHS:
            found[n], found[n + 1] = "500", _IN_THOUSANDTHS[words[n + 1]]
        elif word in SAID and is_measured and not (n and words[n - 1][0].isdigit()):
            found[n] = str(SAID[word])
        elif word in SAID and words[n + 1] in _BY and words[n + 2 : n + 3] and words[n + 2] in SAID:
            found[n], found[n + 2] = str(SAID[word]), str(SAID[words[n + 2]])
        elif word in SIZES and words[n + 1] in SAID and words[n + 1] not in UNSURE:
            found[n + 1] = str(SAID[words[n + 1]])
    return found


def is_size(words: Sequence[str]) -> bool:
    """Whether nothing but a size is said: «سایز ۴», «۷/۳»."""
    return bool(words) and all(
        word in SIZES or word in MEASURES or word in LETTER_SIZES or word[0].isdigit() for word in words
    )


def without_size(words: Sequence[str]) -> list[str]:
    """The words without the size at their end."""
    last = len(words)
    while last and is_size(words[last - 1 : last]):
        last -= 1
    return list(words[:last])
