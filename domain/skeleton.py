"""The consonants by which a word is heard: «لافارر», "lafarrerr" and «لافارر» misspelt sound the same.

Persian writes one sound with several letters and leaves most vowels out; Latin brand names and Persian typed
in Latin letters ("shampo") write them in many ways. What is left of all of them is the row of consonants.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from itertools import product

SHORTEST = 2
"""A skeleton of one consonant says nothing, but of a word of so few letters:"""
SHORT_WORD = 3
MOST_WAYS = 8
_PERSIAN = {
    "ا": ("",), "ع": ("",), "ی": ("", "y"), "و": ("", "v"), "ه": ("h", ""), "ح": ("h",),
    "س": ("s",), "ص": ("s",), "ث": ("s",), "ز": ("z",), "ذ": ("z",), "ض": ("z",), "ظ": ("z",),
    "ت": ("t",), "ط": ("t",), "ق": ("q",), "غ": ("q",), "ب": ("b",), "پ": ("p",), "د": ("d",),
    "ر": ("r",), "ف": ("f",), "ک": ("k",), "گ": ("g",), "ل": ("l",), "م": ("m",), "ن": ("n",),
    "ج": ("j",), "ژ": ("j",), "چ": ("c",), "ش": ("x",), "خ": ("o",),
}  # fmt: skip
_LATIN_PAIRS = {
    "sh": ("x",), "ch": ("c", "x", "k"), "kh": ("o",), "gh": ("q",), "zh": ("j",), "ph": ("f",), "th": ("t",),
    "ck": ("k",), "qu": ("k",), "oo": ("",), "ee": ("",), "ou": ("",),
}  # fmt: skip
_LATIN = {
    "a": ("",), "e": ("",), "i": ("",), "o": ("",), "u": ("",), "y": ("", "y"), "h": ("h", ""),
    "w": ("v", ""), "v": ("v", ""), "c": ("k", "s"), "q": ("q", "k"), "g": ("g", "j"), "j": ("j",),
    "x": ("ks",), "s": ("s", "z"), "z": ("z",), "t": ("t",), "d": ("d",), "b": ("b",), "p": ("p",),
    "r": ("r",), "f": ("f",), "k": ("k",), "l": ("l",), "m": ("m",), "n": ("n",),
}  # fmt: skip
_VOWELS = frozenset("ااعآaeiou")
_FIRST = "a"


@lru_cache(maxsize=65_536)
def skeletons(word: str) -> tuple[str, ...]:
    """The ways in which a word in its search form may be heard, the likeliest first; () for numbers."""
    if not word or word[0].isdigit():
        return ()
    ways = []
    shortest = 1 if len(word) <= SHORT_WORD else SHORTEST
    for each in _product(_sounds(word)):
        heard = _without_doubles(each)
        if word[0] in _VOWELS and not (word[0] == "o" and heard[:1] == "v"):
            heard = _FIRST + heard
        if len(heard) >= shortest and heard not in ways:
            ways.append(heard)
    return tuple(ways)


_ROMAN = {
    "ا": "a", "ع": "a", "ی": "i", "و": "o", "ه": "h", "ح": "h", "س": "s", "ص": "s", "ث": "s", "ز": "z",
    "ذ": "z", "ض": "z", "ظ": "z", "ت": "t", "ط": "t", "ق": "gh", "غ": "gh", "ب": "b", "پ": "p",
    "د": "d", "ر": "r", "ف": "f", "ک": "k", "گ": "g", "ل": "l", "م": "m", "ن": "n", "ج": "j", "ژ": "zh",
    "چ": "ch", "ش": "sh", "خ": "kh",
}  # fmt: skip
_SPELLED = str.maketrans({"v": "o", "w": "o", "u": "o", "y": "i", "q": "gh", "e": "", "x": "ks"})


@lru_cache(maxsize=65_536)
def romanised(word: str) -> str:
    """The word letter by letter in Latin ones, as far as they are written; of a Latin word, what is alike."""
    if word.isascii():
        return word.replace("oo", "u").replace("ee", "i").translate(_SPELLED)
    return "".join(_ROMAN.get(letter, letter) for letter in word)


def _sounds(word: str) -> list[tuple[str, ...]]:
    sounds: list[tuple[str, ...]] = []
    at = 0
    while at < len(word):
        pair = _LATIN_PAIRS.get(word[at : at + 2])
        if pair is not None:
            sounds.append(pair)
            at += 2
            continue
        letter = word[at]
        sound = _PERSIAN.get(letter) or _LATIN.get(letter) or ("",)
        if letter == "o" and not _VOWELS.isdisjoint((word[at - 1 : at], word[at + 1 : at + 2])):
            # «واکس» as "oaks", «میوه» as "mioh": beside a vowel it may be a consonant.
            sound = ("v", "") if at == 0 else ("", "v")
        if letter in "یwy" and at == 0:
            sound = tuple(reversed(sound))
        if letter == "و" and at == 0:
            sound = ("v",)
        sounds.append(sound)
        at += 1
    return sounds


def _product(sounds: list[tuple[str, ...]]) -> Iterable[str]:
    """Every way, but no more than some: of long words only the first sound of what is heard late counts."""
    ways, choices = 1, []
    for sound in sounds:
        taken = sound if ways * len(sound) <= MOST_WAYS else sound[:1]
        ways *= len(taken)
        choices.append(taken)
    return map("".join, product(*choices))


def _without_doubles(heard: str) -> str:
    return "".join(letter for n, letter in enumerate(heard) if n == 0 or letter != heard[n - 1])
