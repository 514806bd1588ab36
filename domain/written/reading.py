"""Where in the words of a piece the quantities stand, and what is no part of a name."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from domain.numerals import AND, SAID, THOUSAND, of_words
from domain.written.tokens import TIMES
from domain.written.words import (
    CARTON,
    DELIVERING,
    DOZEN,
    FILLER,
    MEASURES,
    PIECE,
    ROUGHLY,
    SIZES,
    UNITS,
    UNSURE,
)

HALVES = frozenset({"نیم", "نصف", "نصفه"})
_PARTS = {"ربع": Decimal("0.25"), "ثلث": Decimal(1) / 3}
_OR = frozenset({"یا", "الی", "تا"})
_IN_FRONT = frozenset({"از", "با", "تعداد", "به", "هر", "بابت"})
_BEHIND = frozenset(
    {
        "هرچی",
        "هرچه",
        "چند",
        "چندتا",
        "چقدر",
        "اندازه",
        "برابر",
        "همیشه",
        "به",
        "از",
        "تعداد",
        "تعدادش",
        "به تعداد",
        "با",
        "بعد",
    }
)
_AROUND = FILLER | DELIVERING | {AND}
_PACKED = frozenset({"تایی", "عددی", "برگی", "رنگ"})
"""«۴ تا ۶ تایی …»: four packs of six."""
_INSTEAD = frozenset({"جای", "بجای"})
"""«به جای ۴ تا ۸ تا» is no range."""
_NUMBERS = frozenset(SAID) | HALVES | set(_PARTS) | {"هزار"}
_BEGIN = frozenset("0123456789" + TIMES)
LONGEST_SPOKEN = 5
MOST_QUANTITY = 99_999
LEAST_SIZE = 50
LONGEST_NUMBER = 9
"""More digits are no number of things: a barcode, an account."""


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
    return _spans(tuple(words))


@lru_cache(maxsize=1_024)
def _spans(words: tuple[str, ...]) -> tuple[Span, ...]:
    found: list[Span] = []
    at = 0
    while at < len(words):
        span = _span(words, at) if words[at] in _NUMBERS or words[at][0] in _BEGIN else None
        if span is None:
            at += 1
        else:
            found.append(span)
            at = span.end
    return tuple(found)


def _span(words: Sequence[str], at: int) -> Span | None:
    if words[at].startswith(TIMES):
        unit, end = _unit(words, at + 1)
        times = Decimal(words[at].removeprefix(TIMES))
        return Span(at, end, times, unit, is_vague=times > MOST_QUANTITY)
    if at and words[at - 1] in SIZES and words[at][0].isdigit():
        return None
    number, after, is_spoken = _number(words, at)
    if number is None:
        return _part_of_cartons(words, at)
    beyond = _range(words, at, after, number, is_spoken=is_spoken)
    is_vague = beyond is not None or _is_roughly(words, at)
    if beyond is None and _is_span_of_name(words, after, number):
        return None
    unit, end = _unit(words, after if beyond is None else beyond)
    if unit is not None:
        number, end = _and_half(words, end, number)
        return Span(at, end, number, unit, is_vague=is_vague or number > MOST_QUANTITY)
    if number != number.to_integral_value() or number > MOST_QUANTITY or number == 0:
        return None
    is_measured = after < len(words) and words[after] in MEASURES
    if is_measured or (is_spoken and (at > 0 or words[at] in UNSURE or after >= len(words))):
        return None
    return Span(at, after, number, None, is_bare=True, is_vague=is_vague)


def _part_of_cartons(words: Sequence[str], at: int) -> Span | None:
    """«۲/۵ کارتن»: only of cartons, for «۷/۳» is a shade; behind a name it is not sure."""
    unit, end = _unit(words, at + 1)
    if unit not in (CARTON, DOZEN) or not words[at][0].isdigit():
        return None
    number = Decimal("0.5") if words[at] == "1/2" else _of_digits(words[at].replace("/", "."))
    return Span(at, end, number, unit, is_vague=at > 0) if number is not None else None


def _is_roughly(words: Sequence[str], at: int) -> bool:
    """«حدود ۳۰ تا», «تا ۳۰ تا»; in «۲ تا ۳۰ عددی» the word is a unit."""
    if not at or words[at - 1] not in ROUGHLY:
        return False
    return at < 2 or not (words[at - 2][0].isdigit() or words[at - 2] in SAID)


def _range(words: Sequence[str], at: int, after: int, number: Decimal, *, is_spoken: bool) -> int | None:
    """Where the larger number of «دو سه تا», «۱۰ الی ۱۲ عدد» ends, if a range is what begins there."""
    ahead = after + 1 if after < len(words) and words[after] in _OR else after
    if ahead >= len(words) or words[at][0] == "0" or (at and words[at - 1] in _INSTEAD):
        return None
    other, beyond, said = _number(words, ahead)
    if other is None or other <= number or (said is not is_spoken and ahead == after):
        return None
    return beyond if _unit(words, beyond)[0] is not None else None


def _number(words: Sequence[str], at: int) -> tuple[Decimal | None, int, bool]:
    """The number that begins there, where it ends, and whether it was said in words."""
    word = words[at]
    if word in HALVES:
        return Decimal("0.5"), at + 1, True
    if word in _PARTS:
        is_counted = _unit(words, at + 1)[0] in (CARTON, DOZEN)
        return (_PARTS[word] if is_counted else None), at + 1, True
    if word[0].isdigit():
        number = _of_digits(word)
        if number is None:
            return None, at, False
        return _with_half(words, at + 1, number, is_spoken=False)
    if word == "هزار":
        return _thousands(words, at, Decimal(1), is_spoken=True)
    if word in ("یک", "یه") and at + 1 < len(words) and words[at + 1] == "صد":
        return _number(words, at + 1)
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
        return _thousands(words, at, number, is_spoken=is_spoken)
    if at + 1 < len(words) and words[at] == AND and words[at + 1] in HALVES:
        return number + Decimal("0.5"), at + 2, is_spoken
    return number, at, is_spoken


def _thousands(
    words: Sequence[str], at: int, number: Decimal, *, is_spoken: bool
) -> tuple[Decimal, int, bool]:
    """«هزار و دویست», «۲ هزار»: what stands at ``at`` is the word for a thousand."""
    number, at = number * THOUSAND, at + 1
    for length in range(LONGEST_SPOKEN, 0, -2):
        rest = of_words(words[at + 1 : at + 1 + length])
        if at < len(words) and words[at] == AND and rest is not None and at + length < len(words):
            return number + rest, at + 1 + length, is_spoken
    return number, at, is_spoken


def _is_span_of_name(words: Sequence[str], after: int, number: Decimal) -> bool:
    """«۵ تا ۱۴ سال», «۹ تا ۱۴ کیلو» belong to a name; in «۵ تا ۲۵۰ میل …» five are ordered."""
    if words[after : after + 1] != ["تا"] and tuple(words[after : after + 1]) != ("تا",):
        return False
    if after + 1 >= len(words) or not words[after + 1][0].isdigit() or words[after + 1][0] == "0":
        return False
    other, beyond, _spoken = _number(words, after + 1)
    if other is None or other <= number or _unit(words, beyond)[0] is not None:
        return False
    is_size = beyond < len(words) and words[beyond] in MEASURES
    is_pack = beyond < len(words) and words[beyond] in _PACKED
    return not (is_pack or (is_size and other >= LEAST_SIZE))


def _and_half(words: Sequence[str], at: int, number: Decimal) -> tuple[Decimal, int]:
    """«دو جین و نیم»: half of the unit that was said."""
    said = list(words[at : at + 3])
    is_half = said[:1] == [AND] and len(said) > 1 and said[1] in HALVES
    if is_half and (len(said) < 3 or said[2] not in UNITS):
        return number + Decimal("0.5"), at + 2
    return number, at


def _of_digits(word: str) -> Decimal | None:
    plain = word.replace("٬", "").replace(",", "")
    if plain.isdecimal():
        return Decimal(plain) if len(plain) <= LONGEST_NUMBER else None
    whole, _, part = word.replace("٫", ".").partition(".")
    return Decimal(f"{whole}.{part}") if whole.isdecimal() and part == "5" else None


def _unit(words: Sequence[str], at: int) -> tuple[str | None, int]:
    """The unit that stands there; of «دو تا کارتن» it is the second one."""
    if at >= len(words) or words[at] not in UNITS:
        return None, at
    if at + 1 < len(words) and UNITS[words[at]] == PIECE and words[at + 1] in UNITS:
        following = words[at + 1]
        if not (at + 2 < len(words) and words[at + 2][0].isdigit() and following == "بسته"):
            return UNITS[following], at + 2
    return UNITS[words[at]], at + 1


def trimmed(words: Sequence[str]) -> list[str]:
    """Without fillers at both ends."""
    first, last = 0, len(words)
    while first < last and (words[first] in _AROUND or words[first] in _IN_FRONT):
        first += 1
    while last > first and (words[last - 1] in _AROUND or words[last - 1] in _BEHIND):
        last -= 1
    return list(words[first:last])
