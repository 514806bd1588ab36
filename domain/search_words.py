"""The words by which products are found: sizes in one spelling, without endings that change nothing."""

from __future__ import annotations

from domain.persian import search_key

MOST_WORDS = 40
_UNITS = {
    "ml": "میلی لیتر؛ میلی لیتری؛ سی سی؛ میلی؛ میل؛ میلیلیتر؛ میلیلیتری؛ cc؛ ml؛ سیسی؛ میلی لیت",
    "mg": "میلی گرم؛ میلیگرم؛ mg",
    "g": "گرم؛ گرمی؛ gr؛ g",
    "kg": "کیلو گرم؛ کیلوگرم؛ کیلو؛ کیلویی؛ kg",
    "lit": "لیتر؛ لیتری؛ l؛ lit؛ liter",
    "عدد": "عددی؛ تایی؛ عدد",
    "برگ": "برگی؛ برگ",
}
_JOINED_UNITS = {
    tuple(said.split()): unit for unit, spellings in _UNITS.items() for said in spellings.split("؛")
}
_SAME = {
    "مدیوم": "m", "میدیوم": "m", "medium": "m", "متوسط": "m", "لارج": "l", "large": "l", "اسمال": "s",
    "small": "s", "ایکسلارج": "xl", "xlarge": "xl",
}  # fmt: skip
"""Words that mean the same on a shelf: «دستکش مدیوم» is called «دستکش M»."""
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
            found.append(_SAME.get(words[at]) or _singular(words[at]))
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
