"""A name as people would write it: with slips, without spaces, in other letters, or only begun."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from random import Random

_LETTERS = "ابپتجچحخدرزسشعفقکگلمنوهی"
_LATIN = {
    "ا": "a", "آ": "a", "ب": "b", "پ": "p", "ت": "t", "ث": "s", "ج": "j", "چ": "ch", "ح": "h", "خ": "kh",
    "د": "d", "ذ": "z", "ر": "r", "ز": "z", "ژ": "zh", "س": "s", "ش": "sh", "ص": "s", "ض": "z", "ط": "t",
    "ظ": "z", "ع": "a", "غ": "gh", "ف": "f", "ق": "gh", "ک": "k", "گ": "g", "ل": "l", "م": "m", "ن": "n",
    "و": "o", "ه": "h", "ی": "i", "ئ": "e", "\u200c": "",
}  # fmt: skip
LONG = 4


def _slipped(word: str, chance: Random) -> str:
    """One letter less, more, other, or two that changed places; the first one stays."""
    at = chance.randrange(1, len(word))
    match chance.randrange(4):
        case 0:
            return word[:at] + word[at + 1 :]
        case 1:
            return word[:at] + chance.choice(_LETTERS) + word[at:]
        case 2:
            return word[:at] + chance.choice(_LETTERS) + word[at + 1 :]
        case _:
            return word[: at - 1] + word[at] + word[at - 1] + word[at + 1 :]


def _long_words(words: list[str]) -> list[int]:
    return [
        n
        for n, word in enumerate(words)
        if len(word) >= LONG and not word.isascii() and not any(letter.isdigit() for letter in word)
    ]


def _slips(how_many: int) -> Callable[[str, Random], str | None]:
    def slipped(name: str, chance: Random) -> str | None:
        words = name.split()
        places = _long_words(words)
        if len(places) < how_many:
            return None
        for place in chance.sample(places, how_many):
            words[place] = _slipped(words[place], chance)
        return " ".join(words)

    return slipped


def _without_a_space(name: str, chance: Random) -> str | None:
    words = name.split()
    places = [n for n in _long_words(words) if n + 1 < len(words) and not words[n + 1][0].isdigit()]
    if not places:
        return None
    place = chance.choice(places)
    return " ".join([*words[:place], words[place] + words[place + 1], *words[place + 2 :]])


def _arabic(name: str, _chance: Random) -> str:
    return name.replace("ی", "ي").replace("ک", "ك").replace("ه ", "ة ")


def _begun(name: str, chance: Random) -> str | None:
    words = name.split()
    places = [place for place in _long_words(words) if len(words[place]) > LONG]
    if not places:
        return None
    place = chance.choice(places)
    words[place] = words[place][:-2]
    return " ".join(words)


def latin(text: str) -> str:
    """As somebody types it who has no Persian keyboard at hand."""
    return "".join(_LATIN.get(letter, letter) for letter in text)


def _finglish(name: str, _chance: Random) -> str | None:
    words = name.split()
    if any(word.isascii() and word.isalpha() for word in words):
        return None
    return latin(name)


KINDS: Mapping[str, Callable[[str, Random], str | None]] = {
    "one slip": _slips(1),
    "two slips": _slips(2),
    "missing space": _without_a_space,
    "arabic letters": _arabic,
    "prefix": _begun,
    "finglish": _finglish,
}
