"""The words by which products are found: sizes in one spelling, without endings that change nothing."""

from __future__ import annotations

import re
from functools import lru_cache

from domain.persian import ascii_digits, search_key

MOST_WORDS = 40
_HALF_SPACE = "\u200c"
_DECIMAL = re.compile(r"((?<!\d)\d{1,3}[./٫]\d{1,2}(?!\d))")
_POINT = re.compile(r"[/٫]")
_UNITS = {
    "ml": "میلی لیتر؛ میلی لیتری؛ سی سی؛ میلی؛ میل؛ میلیلیتر؛ میلیلیتری؛ cc؛ ml؛ سیسی؛ میلی لیت",
    "mg": "میلی گرم؛ میلیگرم؛ mg",
    "mm": "میلیمتر؛ میلی متر",
    "g": "گرم؛ گرمی؛ gr؛ g",
    "kg": "کیلو گرم؛ کیلوگرم؛ کیلو؛ کیلویی؛ kg",
    "lit": "لیتر؛ لیتری؛ l؛ lit؛ liter",
    "عدد": "عددی؛ تایی؛ عدد",
    "برگ": "برگی؛ برگ",
}
UNITS = frozenset(_UNITS)
"""They say little: «۲۵۰ میل» is found by its number."""
COUNTED = frozenset({"عدد", "برگ"})
"""«۶۰ عددی»: a piece of it is a pack."""
_JOINED_UNITS = {
    tuple(said.split()): unit for unit, spellings in _UNITS.items() for said in spellings.split("؛")
}
_SAME = {
    "مدیوم": "m", "میدیوم": "m", "medium": "m", "متوسط": "m", "لارج": "l", "large": "l", "اسمال": "s",
    "small": "s", "ایکسلارج": "xl", "xlarge": "xl", "مردونه": "مردانه", "زنونه": "زنانه", "بچگونه": "بچگانه",
}  # fmt: skip
"""Words that mean the same on a shelf: «دستکش مدیوم» is called «دستکش M», «زنونه» is spoken for «زنانه»."""
_VITAMIN = frozenset({"ویتامین", "vitamin", "vit", "مولتیویتامین"})
_VITAMINS = {
    "د": "د",
    "دی": "د",
    "d": "د",
    "سی": "سی",
    "c": "سی",
    "e": "ای",
    "ای": "ای",
    "b": "ب",
    "بی": "ب",
    "a": "ا",
    "k": "ک",
    "کا": "ک",
}
"""Letters that are written by name or in Latin: «ویتامین دی» is «ویتامین د»."""
ALSO_CALLED = {"بچه": ("کودک",), "کودک": ("بچه",), "عطر": ("ادکلن",)}
"""What is not called so may be called like that."""
AIMS = frozenset({"مو", "موی", "موهای", "پوست"})
"""They say what a thing is for, and not what it is."""
DONE = "شده"
"""Behind a word it makes a quality of it: «رنگ‌شده» is no colour."""
_D = "د"
"""«ویتامین D3» is «ویتامین د»: no other is sold."""
_DROPPED = frozenset(
    {
        "ها", "های", "هایی", "ی", "ای", "و", "با", "برای", "از", "به", "در", "درصد", "سایز", "شماره", "نمره",
        "مخصوص", "مارک", "برند", "شرکت", "نوع", "the", "for", "of", "size", "no", "darsad", "shomare",
    }
)  # fmt: skip


@lru_cache(maxsize=2_048)
def search_words(text: str) -> tuple[str, ...]:
    """The words of a text in the form in which they are kept and looked for.

    A unit is written as one only after a number: «۲۵۰ میلی‌لیتر», «۲۵۰سی‌سی» and "250ML" are ``250 ml``,
    and «میل» in a name stays what it is.
    """
    words = _words(text)
    found: list[str] = []
    at = 0
    while at < len(words) and len(found) < MOST_WORDS:
        if found and found[-1][0].isdigit():
            unit, length = _unit(words, at)
            if unit is not None:
                found.append(unit)
                at += length
                continue
        if found and found[-1] in _VITAMIN and words[at] in _VITAMINS:
            found.append(_VITAMINS[words[at]])
            at += found[-1] == _D and words[at + 1 : at + 2] == ["3"]
        elif words[at] not in _DROPPED:
            found.append(_SAME.get(words[at]) or _singular(words[at]))
        at += 1
    return tuple(found)


def index_words(text: str) -> tuple[str, ...]:
    """The same for a name that is kept, each word once; what a half-space joins is also kept as one word."""
    joined = (search_key(each.replace(_HALF_SPACE, "")) for each in text.split() if _HALF_SPACE in each)
    return tuple(dict.fromkeys((*search_words(text), *(each for each in joined if each.isalpha()))))


def _words(text: str) -> list[str]:
    """Shades and decimals stay whole: «۶/۱» and «۶٫۱» are ``6.1``, and neither 6 nor 1."""
    words: list[str] = []
    for n, part in enumerate(_DECIMAL.split(text)):
        words += [_POINT.sub(".", ascii_digits(part))] if n % 2 else search_key(part).split()
    return words


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


_LINKED = ("ا", "و")
_LINKS = ("", "ی", "ها", "های")
_SHORT = 2


def links(word: str) -> tuple[str, ...]:
    """«ماسک مو» is «ماسک موی» and «ماسک موهای»: short words are kept with what links them to the next."""
    link = next(each for each in reversed(_LINKS) if word.endswith(each))
    bare = word.removesuffix(link)
    if len(bare) != _SHORT or not bare.endswith(_LINKED):
        return ()
    return tuple(bare + each for each in _LINKS if each != link)
