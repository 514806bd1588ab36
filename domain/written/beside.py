"""What stands beside the lines of an order: days, ways to pay, and politeness."""

from __future__ import annotations

from collections.abc import Sequence

from domain.numerals import SAID
from domain.written.words import (
    DAY_PARTS,
    DAYS,
    GREETING_PHRASES,
    HONORIFICS,
    JOINED_DAYS,
    MONTHS,
    PAYING,
    PLACES,
    SOFT,
    SPANS_OF_TIME,
    UNITS,
    WEEK_PHRASES,
)

_ORDINAL = ("م", "ام", "اُم")
_LATER = frozenset({"دیگه", "دیگر", "بعد", "اینده"})


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
    """The words, and those that say a day: «تا شنبه صبح», «۵ آذر», «۳ روز دیگه», «هفته بعد»."""
    words = joined_days(words)
    is_day = [word in DAYS for word in words]
    for n, word in enumerate(words):
        if word in MONTHS and n and (words[n - 1][0].isdigit() or words[n - 1].endswith(_ORDINAL)):
            is_day[n] = is_day[n - 1] = True
            if n + 1 < len(words) and words[n + 1] == "ماه":
                is_day[n + 1] = True
        for length in _spans_of_time(words, n):
            is_day[n : n + length] = [True] * length
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


def _spans_of_time(words: Sequence[str], at: int) -> list[int]:
    """How many words say when, of those that begin there: «۳ روز دیگه», «هفته بعد»."""
    said = words[at : at + 3]
    is_number = said[0][0].isdigit() or said[0] in SAID
    is_span = len(said) == 3 and is_number and said[1] in SPANS_OF_TIME and said[2] in _LATER
    return [length for length in (3 * is_span, WEEK_PHRASES.at(words, at)) if length]


def without_paying(words: Sequence[str]) -> tuple[list[str], list[str]]:
    """The words, and those that say how it is paid: «چک ۴۵ روزه», «مثل همیشه چکی», «نقد»."""
    if not any(word in PAYING for word in words):
        return list(words), []
    is_paying = [word in PAYING for word in words]
    for n, word in enumerate(words):
        if word in ("روزه", "ماهه") and n and (words[n - 1][0].isdigit() or words[n - 1] in SAID):
            is_paying[n] = is_paying[n - 1] = True
        if word in ("چک", "چکی") and _GIVEN.intersection(words[n + 1 : n + 4]):
            for before in range(max(0, n - 2), n):
                is_paying[before] |= words[before][0].isdigit() or words[before] in {*SAID, "تا", "عدد"}
        if words[n : n + 2] == ["مثل", "همیشه"]:
            is_paying[n] = is_paying[n + 1] = True
        if word in _BESIDE_PAYING and any(is_paying[max(0, n - 1) : n + 2]):
            is_paying[n] = True
    return (
        [word for word, paying in zip(words, is_paying, strict=True) if not paying],
        [word for word, paying in zip(words, is_paying, strict=True) if paying],
    )


_GIVEN = frozenset({"میدم", "میدیم", "دادم", "دادیم", "داریم", "دارم", "بدم", "بدیم", "میدهیم", "میدهم"})
"""«۲ تا چک هم میدیم»: so many cheques."""
_BESIDE_PAYING = frozenset({"با", "پرداخت", "تسویه", "حساب", "بصورت", "صورت"})


def without_politeness(words: Sequence[str]) -> list[str]:
    """The words without greetings, and without what only stands beside them: titles, names of people."""
    kept: list[str] = []
    at, greeted = 0, False
    while at < len(words):
        length = GREETING_PHRASES.at(words, at)
        if length and kept and _is_signed(words, at, length):
            break
        if length:
            at, greeted = at + length, True
        elif words[at] in ("سلام", "درود", "الو"):
            at, greeted = at + 1, True
        elif not kept and words[at] in HONORIFICS and words[at + 1 : at + 2] in (["سلام"], ["درود"]):
            at += 1
        elif greeted and not kept and words[at] in HONORIFICS:
            at += _address(words, at)
        elif greeted and not kept and words[at] in SOFT:
            at += 1
        elif words[at] in ("برای", "واسه") and at + 2 < len(words) and words[at + 1] in PLACES:
            follows = words[at + 2]
            at += 2 if follows[0].isdigit() or follows in SAID or follows in UNITS else 3
        else:
            kept.append(words[at])
            at += 1
    return kept


def _is_signed(words: Sequence[str], at: int, length: int) -> bool:
    """«با تشکر، رضایی»: who writes stands at the end."""
    behind = words[at + length :]
    return words[at] == "با" and len(behind) <= _LONGEST_SIGNED and not any(w[0].isdigit() for w in behind)


def _address(words: Sequence[str], at: int) -> int:
    """How many words address somebody: the title, and the name behind it where nothing is ordered there."""
    following = words[at + 1 : at + 3]
    if len(following) == 2 and (GREETING_PHRASES.at(words, at + 2) or following[1] in _HOW_ARE_YOU):
        return 2
    says_how_many = any(word[0].isdigit() or word in UNITS for word in words[at + 1 :])
    if following and following[0] not in SOFT and not says_how_many:
        return min(len(words) - at, 3)
    if len(following) == 2 and following[1] in _AFTER_NAMES and following[0] not in SOFT:
        return 3
    return 1


_HOW_ARE_YOU = frozenset({"خوبید", "خوبین", "چطورید", "چطورین", "هستید", "هستین", "سلام", "امیدوارم"})
_LONGEST_SIGNED = 3
_AFTER_NAMES = frozenset({"عزیز", "جان", "گرامی", "محترم"})
