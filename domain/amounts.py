"""Amounts of money as people type them (rules R1.3 and R1.4): «۱۲ میلیون و ۳۰۰», «دو میلیون و نیم».

Talk leaves out what everybody knows. After millions «۳۰۰» is three hundred thousand; an amount below a
thousand was meant in thousands, but that is asked back and never taken for granted.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from domain.dates import Leaning, typed_day
from domain.errors import AmountTooLarge, NotADay, NotAnAmount, NotAnAmountAndDay
from domain.money import ZERO, Money, MoneyUnit
from domain.numerals import AND, SAID, THOUSAND, plainly
from domain.spoken_numbers import SCALES, read_number

MOST = Money(10**14)
LONGEST_TEXT = 200
ASKED_BELOW = 1_000
"""An amount of fewer toman (or rials, where people speak of these) is asked back."""

_UNITS = (
    dict.fromkeys(("تومان", "تومن", "تومنی", "تومانی", "تومون", "ت", "toman", "tomans"), MoneyUnit.TOMAN)
    | dict.fromkeys(("ریال", "ریالی", "rial", "rials", "irr"), MoneyUnit.RIAL)
)  # fmt: skip
_GLUED = ("تومان", "تومن", "ریال")
"""Units that people write without a space: «هزارتومن»."""
_SHORT = {"مت": ("م", "ت"), "هت": ("هزار", "ت")}
_NOTHING = frozenset({"0", "صفر", "نقدی", "cash"})
_BEFORE = frozenset({"مبلغ", "فقط", "معادل", "جمعا"})
_TOKENS = re.compile(
    r"\s*([0-9]{1,3}(?:[,٬،.'][0-9]{3})+(?![0-9])|[0-9]+(?:[.٫/,،][0-9]{1,3})?(?![0-9])|[^\W\d_]+\.?)"
)
_BOUNDARIES = re.compile(r"[0-9]+|[^\W\d_]+|[^\w\s]")
_ENDS = " \t\n\r،,؛;:.!؟?"
_JOINING = frozenset({AND, "برای", "تاریخ", "سررسید", "به", "در", "مورخ", "واسه", "روز"})


@dataclass(frozen=True, slots=True, kw_only=True)
class AskBack:
    """An amount too small to be what was meant: «۲۵۰ تومن» may be 250,000 toman."""

    said: Money
    meant: Money


@dataclass(frozen=True, slots=True, kw_only=True)
class AmountAndDay:
    amount: Money | AskBack
    day: date


def typed_amount(text: str, unit: MoneyUnit = MoneyUnit.TOMAN) -> Money | AskBack:
    """The amount that was typed; ``unit`` is meant where none is named. Nothing is guessed without asking."""
    words = list(_words(text))
    named = _UNITS.get(words[-1]) if words else None
    if named is not None:
        words.pop()
        unit = named
    # Rials are written out on paper, word by word; thousands are left out only in talk, and that is in toman.
    number = read_number(words, is_talk=named is not MoneyUnit.RIAL)
    rials = number * unit.rials
    if rials <= 0 or rials != rials.to_integral_value():
        raise NotAnAmount
    if rials > MOST.rials:
        raise AmountTooLarge(MOST)
    said = Money(int(rials))
    return said if number >= ASKED_BELOW else AskBack(said=said, meant=said * THOUSAND)


def typed_limit(text: str, unit: MoneyUnit = MoneyUnit.TOMAN) -> Money | AskBack:
    """The same where nothing is an answer too: «۰», «صفر», «نقدی»."""
    return ZERO if plainly(text).strip() in _NOTHING else typed_amount(text, unit)


def amount_and_day(
    text: str, today: date, unit: MoneyUnit = MoneyUnit.TOMAN, leaning: Leaning = Leaning.FUTURE
) -> AmountAndDay:
    """An amount and a day in any order: «۱۲ میلیون و ۳۰۰، ۱۵ دی». The day takes as many words as it can."""
    if len(text) > LONGEST_TEXT:
        raise NotAnAmountAndDay
    text = plainly(text)
    best: tuple[int, AmountAndDay] | None = None
    for at in [each.start() for each in _BOUNDARIES.finditer(text)][1:]:
        left, right = _trimmed(text[:at]), _trimmed(text[at:])
        for said, dated in ((left, right), (right, left)):
            if best is not None and len(dated) <= best[0]:
                continue
            try:
                day = typed_day(dated, today, leaning)
                best = len(dated), AmountAndDay(amount=typed_amount(said, unit), day=day)
            except (NotAnAmount, NotADay):
                continue
    if best is None:
        raise NotAnAmountAndDay
    return best[1]


def _trimmed(text: str) -> str:
    words = text.strip(_ENDS).split()
    while words and words[0] in _JOINING:
        words.pop(0)
    while words and words[-1] in _JOINING:
        words.pop()
    return " ".join(words).strip(_ENDS)


def _words(text: str) -> Iterator[str]:
    """The text as numbers and words; a sign or anything else between them is refused."""
    if len(text) > LONGEST_TEXT:
        raise NotAnAmount
    text = plainly(text).strip(_ENDS)
    at = 0
    is_first = True
    while at < len(text):
        found = _TOKENS.match(text, at)
        if found is None:
            raise NotAnAmount
        word = found.group(1).rstrip(".") if found.group(1)[0].isalpha() else found.group(1)
        at = found.end()
        if is_first and word in _BEFORE:
            continue
        is_first = False
        yield from _unglued(word)


def _unglued(word: str) -> tuple[str, ...]:
    for unit in _GLUED:
        before = word.removesuffix(unit)
        if before not in {"", word} and (before in SCALES or before in SAID):
            return before, unit
    return _SHORT.get(word, (word,))
