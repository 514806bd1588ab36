"""What is called like another thing but for one part: another mark, another size, «نرم» and «متوسط»."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from domain.numerals import AND, plainly
from domain.written.reading import trimmed
from domain.written.sizes import is_size
from domain.written.words import SIZES

SHADE = re.compile(r"\d{1,2}[/.]\d{1,3}")


def _kinds(*said: str) -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(plainly(each).split()) for each in said)


_KINDS = (
    _kinds("نرم", "متوسط", "سخت"),
    _kinds("بزرگ", "متوسط", "کوچک", "معمولی"),
    _kinds("روشن", "تیره", "متوسط", "خیلی روشن"),
    _kinds("مشکی", "قهوه ای", "سفید", "قرمز", "صورتی", "آبی", "سبز", "نقره ای", "طلایی", "صدفی", "عسلی"),
    _kinds("حجم دهنده", "ضد آب", "ضدآب"),
    _kinds("رنگی", "بی رنگ"),
    _kinds("ضدشوره", "ضد شوره", "ضدریزش", "ضد ریزش"),
)
"""Words of one row tell like things apart."""
_MINE = "ش"
_COLOUR = "رنگ"


def in_kind(context: Sequence[str], words: Sequence[str]) -> str:
    """«مسواک متوسط سپیدتن» and «نرمش»: the other of its kind, where the first one stood; or nothing."""
    said = tuple(words)
    bare = (*said[:-1], said[-1].removesuffix(_MINE)) if said else said
    if any(word[0].isdigit() for word in context):
        # Whether the other has the same size is not said.
        return ""
    for kinds in _KINDS:
        meant = said if said in kinds else bare if bare in kinds else None
        if meant is None:
            continue
        places = [(at, kind) for kind in kinds for at in _places(context, kind)]
        if len(places) == 1:
            at, kind = places[0]
            return " ".join([*context[:at], *meant, *context[at + len(kind) :]])
    return ""


def _places(words: Sequence[str], kind: tuple[str, ...]) -> Iterator[int]:
    return (at for at in range(len(words)) if tuple(words[at : at + len(kind)]) == kind)


def names_apart(words: Sequence[str]) -> list[list[str]]:
    """The names between «و»: «صابون پادینا و برناتن», «رنگ ۶/۰ ۶/۱», «سایز ۳ و ۴»; else all is one.

    What follows the first is called like it but for the end: what nothing is called is asked about later.
    """
    parts: list[list[str]] = [[]]
    for n, word in enumerate(words):
        if word == AND:
            parts.append([])
        elif n and SHADE.fullmatch(word) and SHADE.fullmatch(words[n - 1]):
            parts.append([word])
        else:
            parts[-1].append(word)
    parts = [part for part in map(trimmed, parts) if part]
    if len(parts) < 2:
        return [trimmed(words)] if parts else []
    first = parts[0]
    if all(part[0] == first[0] and not is_size(part) for part in parts):
        return parts
    if all(map(is_size, parts[1:])) and (not is_size(first) or first[0] == _COLOUR):
        if not _tells_sizes(first):
            return [trimmed(words)]
        return [first, *(_with_size(first, part) for part in parts[1:])]
    lengths = [len(part) for part in parts[1:]]
    if len(first) > 1 and min(lengths) < len(first) >= max(lengths) and not any(map(is_size, parts[1:])):
        return [first, *(_like(first, part) for part in parts[1:])]
    return [trimmed(words)]


def _tells_sizes(first: Sequence[str]) -> bool:
    """Whether its number is surely a size: «سایز ۳», «۶/۰», «۲۵۰ میل»; a bare one may be anything."""
    last = first[-1]
    return not last.isdecimal() or (len(first) > 1 and first[-2] in SIZES)


def _with_size(first: Sequence[str], size: Sequence[str]) -> list[str]:
    """The first name with another size at its end."""
    last = len(first)
    while last > 1 and is_size(first[last - 1 : last]) and first[last - 1] != _COLOUR:
        last -= 1
    ending = list(first[last:])
    if len(size) > 1 or len(ending) < 2:
        return [*first[:last], *size]
    # «سایز ۳ و ۴», «۲۵۰ میل و ۴۰۰»: what the first number is of, the second is as well.
    return [*first[:last], *(word if not word[0].isdigit() else size[0] for word in ending)]


def _like(first: Sequence[str], part: Sequence[str]) -> list[str]:
    """«صابون پادینا» and «برناتن»; of «خمیردندان حساس لاوین» and «سفیدکننده لاوین» the end is the same."""
    if part[-1] != first[-1]:
        return [*first[:-1], *part]
    # Of «ماسک مو آوین ۳۰۰» and «نگاره ۳۰۰» all but the mark and the size is the same.
    return [*(first[:-2] if is_size(part[-1:]) else first[:1]), *part]
