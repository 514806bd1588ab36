"""Numbers with scales as people say and write them: «دوازده میلیون و سیصد هزار», «۱۲٫۳ میلیون»."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from domain.errors import NotAnAmount
from domain.numerals import AND, BILLION, HALF, MILLION, THOUSAND, of_digits, of_words

SCALES = {
    "هزار": THOUSAND, "هزاری": THOUSAND, "k": THOUSAND, "thousand": THOUSAND,
    "میلیون": MILLION, "ملیون": MILLION, "میلیونی": MILLION, "ملیونی": MILLION, "میلون": MILLION,
    "م": MILLION, "m": MILLION, "million": MILLION,
    "میلیارد": BILLION, "ملیارد": BILLION, "میلیاردی": BILLION, "billion": BILLION,
}  # fmt: skip
_DECIMAL = re.compile(r"([0-9]+)[.٫/,،]([0-9]{1,3})")


def read_number(words: Sequence[str], *, is_talk: bool) -> Decimal:
    """The number that all these words say. In talk «۱۲ میلیون و ۳۰۰» leaves the thousands out."""
    return _Reader(words, is_talk=is_talk).number()


class _Reader:
    """Reads «دوازده میلیون و سیصد هزار» word by word: numbers, each with its scale, from large to small."""

    def __init__(self, words: Sequence[str], *, is_talk: bool) -> None:
        self._words, self._at, self._is_talk = words, 0, is_talk
        self._sum = Decimal(0)
        self._below: int | None = None

    def number(self) -> Decimal:
        if not self._words:
            raise NotAnAmount
        while self._at < len(self._words):
            if self._below is not None and self._next() == AND:
                self._at += 1
            self._part()
        return self._sum

    def _next(self, ahead: int = 0) -> str | None:
        at = self._at + ahead
        return self._words[at] if at < len(self._words) else None

    def _part(self) -> None:
        number = self._said()
        scale = self._scale()
        if scale is None:
            self._last(number)
            return
        if number is None:
            # «هزار تومان» says one thousand; «میلیون» alone says nothing.
            if scale != THOUSAND:
                raise NotAnAmount
            number = Decimal(1)
        if self._below is not None and scale >= self._below:
            raise NotAnAmount
        if self._below is not None and number >= self._below // scale:
            raise NotAnAmount
        self._sum += number * scale
        self._below = scale
        self._thousands_of_billions()

    def _thousands_of_billions(self) -> None:
        """«هزار و دویست میلیارد»: there is no word above billions, so these are counted in thousands."""
        if self._below != THOUSAND or self._sum >= MILLION:
            return
        kept = self._at
        if self._next() == AND:
            self._at += 1
        number = Decimal(0) if self._next() in SCALES else self._said() if self._next() else None
        if number is not None and number < THOUSAND and self._scale() == BILLION:
            self._sum = (self._sum + number) * BILLION
            self._below = BILLION
        else:
            self._at = kept

    def _last(self, number: Decimal | None) -> None:
        """What stands without a scale ends the amount; in talk its scale is the next smaller one."""
        if number is None or self._at < len(self._words):
            raise NotAnAmount
        if self._below is None:
            if number != number.to_integral_value():
                raise NotAnAmount
        elif self._words[-1] == HALF:
            number *= self._below
        elif number >= THOUSAND or number != number.to_integral_value():
            raise NotAnAmount
        elif self._is_talk:
            number *= self._below // THOUSAND
        self._sum += number

    def _scale(self) -> int | None:
        scale = SCALES.get(self._next() or "")
        if scale is not None:
            self._at += 1
        return scale

    def _said(self) -> Decimal | None:
        """A number in digits or words, «و نیم» included where a scale follows it; None where none stands."""
        word = self._next()
        if word is None:
            raise NotAnAmount
        if word == HALF:
            self._at += 1
            return Decimal("0.5")
        number = self._digits(word) if word[0].isdigit() else self._spoken()
        if number is not None and self._next() == AND and self._next(1) == HALF and self._next(2) in SCALES:
            self._at += 2
            number += Decimal("0.5")
        return number

    def _digits(self, word: str) -> Decimal:
        self._at += 1
        has_scale = self._next() in SCALES
        decimal = _DECIMAL.fullmatch(word)
        if decimal and has_scale and (len(decimal[2]) < 3 or word[len(decimal[1])] in ".٫/"):
            return Decimal(f"{decimal[1]}.{decimal[2]}")
        whole = of_digits(word)
        if whole is None:
            raise NotAnAmount
        return Decimal(whole)

    def _spoken(self) -> Decimal | None:
        """As many words as make one number: «دویست و پنجاه» of «دویست و پنجاه هزار»."""
        longest = 0
        for length in range(1, 6, 2):
            if of_words(self._words[self._at : self._at + length]) is not None:
                longest = length
        number = of_words(self._words[self._at : self._at + longest])
        self._at += longest
        return None if number is None else Decimal(number)
