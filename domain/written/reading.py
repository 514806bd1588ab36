"""Where in the words of a piece the quantities stand, and what is no part of a name."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from domain.numerals import AND, SAID, THOUSAND, of_words
from domain.written.tokens import TIMES
from domain.written.words import (
    DAY_PARTS,
    DAYS,
    DELIVERING,
    FILLER,
    GREETING_PHRASES,
    JOINED_DAYS,
    MEASURES,
    MONTHS,
    PAYING,
    SIZES,
    SOFT,
    UNITS,
)

_HALVES = frozenset({"نیم", "نصف", "نصفه"})
_UNSURE = frozenset({"نه", "سی", "صد", "ده", "هزار", "یک"})
"""Number words that mean something else as well: they count only before a unit («یه» does not)."""
_OR = frozenset({"یا", "الی"})
_ORDINAL = ("م", "ام", "اُم")
_AROUND = FILLER | DELIVERING | {AND}
LONGEST_SPOKEN = 5
MOST_QUANTITY = 99_999


@dataclass(frozen=True, slots=True)
class Span:
    """A quantity in the words from ``start`` to before ``end``. A bare one has no unit and is no "x12"."""

    start: int
    end: int
    quantity: Decimal
    unit: str | None
    is_bare: bool = False
    is_vague: bool = False


def spans(words: Sequence[str]) -> tuple[Span, ...]:
    """Every quantity that is said, from the first to the last; numbers that belong to a name are none."""
    found: list[Span] = []
    at = 0
    while at < len(words):
        span = _span(words, at)
        if span is None:
            at += 1
        else:
            found.append(span)
            at = span.end
    return tuple(found)


def _span(words: Sequence[str], at: int) -> Span | None:
    if words[at].startswith(TIMES):
        unit, end = _unit(words, at + 1)
        return Span(at, end, Decimal(words[at].removeprefix(TIMES)), unit)
    if at and words[at - 1] in SIZES and words[at][0].isdigit():
        return None
    number, after, is_spoken = _number(words, at)
    if number is None:
        return None
    is_vague = False
    if after < len(words):
        ahead = after + 1 if words[after] in _OR else after
        other, beyond, said = _number(words, ahead) if ahead < len(words) else (None, ahead, False)
        is_range = other is not None and other > number and said is is_spoken and words[at][0] != "0"
        if is_range and _unit(words, beyond)[0] is not None:
            after, is_vague = beyond, True
    unit, end = _unit(words, after)
    if unit is not None:
        return Span(at, end, number, unit, is_vague=is_vague)
    if number != number.to_integral_value() or number > MOST_QUANTITY or number == 0:
        return None
    is_measured = after < len(words) and words[after] in MEASURES
    if is_measured or (is_spoken and (at > 0 or words[at] in _UNSURE or after >= len(words))):
        return None
    return Span(at, after, number, None, is_bare=True)


def _number(words: Sequence[str], at: int) -> tuple[Decimal | None, int, bool]:
    """The number that begins there, where it ends, and whether it was said in words."""
    word = words[at]
    if word in _HALVES:
        return Decimal("0.5"), at + 1, True
    if word[0].isdigit():
        number = _of_digits(word)
        if number is None:
            return None, at, False
        return _with_half(words, at + 1, number, is_spoken=False)
    if word == "هزار":
        return Decimal(THOUSAND), at + 1, True
    longest, value = 0, 0
    for length in range(1, LONGEST_SPOKEN + 1, 2):
        said = of_words(words[at : at + length])
        if said is not None:
            longest, value = length, said
    if not longest:
        return None, at, False
    return _with_half(words, at + longest, Decimal(value), is_spoken=True)


def _with_half(
    words: Sequence[str], at: int, number: Decimal, *, is_spoken: bool
) -> tuple[Decimal, int, bool]:
    if at < len(words) and words[at] == "هزار":
        number, at = number * THOUSAND, at + 1
    if at + 1 < len(words) and words[at] == AND and words[at + 1] in _HALVES:
        return number + Decimal("0.5"), at + 2, is_spoken
    return number, at, is_spoken


def _of_digits(word: str) -> Decimal | None:
    plain = word.replace("٬", "").replace(",", "")
    if plain.isdecimal():
        return Decimal(plain) if len(plain) <= 6 else None
    whole, _, part = word.replace("٫", ".").partition(".")
    return Decimal(f"{whole}.{part}") if whole.isdecimal() and part == "5" else None


def _unit(words: Sequence[str], at: int) -> tuple[str | None, int]:
    """The unit that stands there; of «دو تا کارتن» it is the second one."""
    if at >= len(words) or words[at] not in UNITS:
        return None, at
    if at + 1 < len(words) and words[at] in ("تا", "دونه", "دانه") and words[at + 1] in UNITS:
        following = words[at + 1]
        if not (at + 2 < len(words) and words[at + 2][0].isdigit() and following == "بسته"):
            return UNITS[following], at + 2
    return UNITS[words[at]], at + 1


def joined_days(words: Sequence[str]) -> list[str]:
    """«سه شنبه» is one word."""
    found: list[str] = []
    for word in words:
        if found and (found[-1], word) in JOINED_DAYS:
            found[-1] = JOINED_DAYS[(found[-1], word)]
        else:
            found.append(word)
    return found


def without_days(words: Sequence[str]) -> tuple[list[str], list[str]]:
    """The words, and those that say a day: «تا شنبه صبح», «۵ آذر»."""
    words = joined_days(words)
    is_day = [word in DAYS for word in words]
    for n, word in enumerate(words):
        if word in MONTHS and n and (words[n - 1][0].isdigit() or words[n - 1].endswith(_ORDINAL)):
            is_day[n] = is_day[n - 1] = True
            if n + 1 < len(words) and words[n + 1] == "ماه":
                is_day[n + 1] = True
    for n in range(1, len(words)):
        if is_day[n - 1] and words[n] in DAY_PARTS:
            is_day[n] = True
    for n in range(len(words) - 2, -1, -1):
        if is_day[n + 1] and words[n] in DAY_PARTS and not (n and words[n - 1][0].isdigit()):
            is_day[n] = True
    return (
        [word for word, day in zip(words, is_day, strict=True) if not day],
        [word for word, day in zip(words, is_day, strict=True) if day],
    )


def without_paying(words: Sequence[str]) -> tuple[list[str], list[str]]:
    """The words, and those that say how it is paid: «چک ۴۵ روزه», «مثل همیشه چکی», «نقد»."""
    if not any(word in PAYING for word in words):
        return list(words), []
    is_paying = [word in PAYING for word in words]
    for n, word in enumerate(words):
        if word == "روزه" and n and words[n - 1][0].isdigit():
            is_paying[n] = is_paying[n - 1] = True
        if words[n : n + 2] == ["مثل", "همیشه"]:
            is_paying[n] = is_paying[n + 1] = True
    return (
        [word for word, paying in zip(words, is_paying, strict=True) if not paying],
        [word for word, paying in zip(words, is_paying, strict=True) if paying],
    )


def without_politeness(words: Sequence[str]) -> list[str]:
    """The words without greetings, and without what only stands beside them."""
    kept: list[str] = []
    at, greeted = 0, False
    while at < len(words):
        length = next(
            (len(each) for each in GREETING_PHRASES if tuple(words[at : at + len(each)]) == each), 0
        )
        if length:
            at, greeted = at + length, True
        elif words[at] in ("سلام", "درود", "الو"):
            at, greeted = at + 1, True
        elif greeted and not kept and words[at] in SOFT:
            at += 1
        else:
            kept.append(words[at])
            at += 1
    return kept


def trimmed(words: Sequence[str]) -> list[str]:
    """Without fillers at both ends."""
    first, last = 0, len(words)
    while first < last and (words[first] in _AROUND):
        first += 1
    while last > first and (words[last - 1] in _AROUND):
        last -= 1
    return list(words[first:last])


def in_digits(words: Sequence[str]) -> list[str]:
    """Number words that belong to a name, as products are called: «چهار عددی» is «4 عددی»."""
    found = list(words)
    for n, word in enumerate(words[:-1]):
        is_number = word in SAID and word not in _UNSURE and not (n and words[n - 1][0].isdigit())
        if is_number and words[n + 1] in MEASURES:
            found[n] = str(SAID[word])
    return found


def is_size(words: Sequence[str]) -> bool:
    """Whether nothing but a size is said: «سایز ۴», «۷/۳»."""
    return bool(words) and all(word in SIZES or word in MEASURES or word[0].isdigit() for word in words)


def without_size(words: Sequence[str]) -> list[str]:
    """The words without the size at their end."""
    last = len(words)
    while last and is_size(words[last - 1 : last]):
        last -= 1
    return list(words[:last])
