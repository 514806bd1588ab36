"""A message cut into pieces that each name one thing, and each piece into numbers and words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from domain.numerals import AND, SAID, TENS, of_words, plainly
from domain.written.words import FILLER, MAKING, MEASURES, UNITS

_PHONE = re.compile(
    r"(?<!\d)(?:\+?98|0098|0)[\s-]?9\d{2}(?:[\s-]?\d){7}(?!\d)|(?<!\d)0\d{2,3}[\s-]?\d{7,8}(?!\d)"
)
_DATE = re.compile(r"(?<!\d)1[34]\d{2}[/.-]\d{1,2}[/.-]\d{1,2}(?!\d)")
_CARD = re.compile(r"(?<!\d)\d{4}[\s-]?\d{4}[\s-]?\d{4}[\s-]?\d{4}(?!\d)|\bir\s?\d[\d\s]{20,30}\d")
_CLOCK = re.compile(r"ساعت\s*\d{1,2}(?::\d{2})?(?:\s*(?:تا|الی)\s*\d{1,2})?|(?<!\d)\d{1,2}:\d{2}(?!\d)")
_PRICE = re.compile(
    r"(?:(?:مبلغ|قیمت|به قیمت|فی|دونه ای|دانه ای|عددی|کارتنی)\s*)?(?<![\d,٬./])"
    r"\d+(?:[,٬./٫]\d+)*\s*(?:هزار|میلیون|ملیون|میلیارد)?\s*(?:تومان|تومن|ریال)[ی]?(?![^\W\d_])"
)
"""What something costs is no quantity."""
_MONEY = re.compile(
    r"\d+(?:[./٫]\d+)?\s*(?:میلیون|ملیون|میلیارد)(?!\s*(?:عدد|تا))(?![^\W\d_])|\d+\s*هزار(?=\s*(?:واریز|ریختم))"
)
_DASHED = re.compile(r"(?<![\d/.,-])(\d{1,2})[-_\\](\d{1,2})(?![\d/-])(?!\s*(?:تا|عدد|کارتن|بسته|جین|دونه))")
_OF_SHADES = re.compile(r"(?<![^\W\d_])رنگ(?:ای|ها|های)?(?=\s*(?:مو|موی|رویال|شماره|\d))|(?<![^\W\d_])رنگمو")
"""Where hair colours are spoken of «7-1» is a shade."""
_BONUS = re.compile(r"(?<!\d)(\d+)\s*\+\s*\d+(?!\d)")
_TIMES = re.compile(
    r"(?:(?<=\s)|^|(?<=[^\W\d_a-z]))(?:(?:[×*✕]|(?<!\d\s)[×*✕]\s+)(\d+)(?!\d)"
    r"|(?:x|(?<!\d\s)x\s+)(\d+)(?=\s*(?:$|[^\w\s/])))"
    r"|(?<![\dx×*])(\d+)\s*[x×*✕](?=\s+[^\W\d]|\s*$)"
)
"""«x1» within a name is a part of it: with that letter a quantity stands at the end of what is named."""
_DISCOUNT = re.compile(r"(?:با\s*)?\d+\s*(?:%|٪|درصد)\s*تخفیف")
_CALL = re.compile(
    r"(?:\s+و)?\s+((?:(?:لطفا|لطفاً|یه|یک|با|به|این|من|خودم|ما|شماره|شمارم)\s+){0,4}(?:تماس|زنگ)\s+(?:بگیر|بزن)\w*)"
)
"""That somebody is to be called back is no part of what was named before it."""
_CIRCLED = re.compile("[\u2460-\u24ff\u2776-\u2793]")
_NUMBERED = re.compile(
    r"^\s*(?:\(?\d{1,2}\s*[-.)_]\s(?=\S)|\(?\d{1,2}[-)_](?=\D)|\d{1,2}\.(?=[^\W\d_])"
    r"|[-•*●▪◦–—>✅☑️🔹🔸#·]+\s*)+"
)
_NUMBERED_WITHIN = re.compile(r"(?<=\s)\(?\d{1,2}\)\s*(?=[^\W\d_])")
_RULE = re.compile(r"[.…_=\-–—]{2,}|[|\t]")
"""Dots and dashes that lead from a name to its number, and the borders of a table."""
_SPLIT = re.compile(r"\n+|[،؛;]|,(?!\d{3})|(?<!\d)/|/(?!\d)|(?<=\D)\+|\+(?=\D)|\.(?=\s|$)|[!؟?](?=\s|$)")
_SPF = re.compile(r"اس\s?پی\s?اف")
_PLUS = re.compile(r"(spf\s*\d+)\s*\+")
_SPF_PLUS = re.compile(r"(?<=[^\W\d_])\s*\+\s?([2356]0)(?=\s+\d)")
"""«بی‌رنگ +50 12»: the first number is how strong it is."""
_TOTAL = re.compile(r"(?<=\d|[^\W_])\s*(کارتن|بسته|جین|عدد|تا)\s*:(?=\s*\S)")
"""«۴ کارتن: ۲ تا M، …»: behind it the parts of the total are named."""
_BEHIND_TOTAL = "\u0002"
_HEADING = re.compile(r"^([^:\d]*):(?=[^:]*[^\W\d_]{3}|\s*$|[^:]*\d\s*:)")
"""«سفارش سالن: …»: what stands before it names nothing, unless only a quantity or sizes follow."""
_TOKEN = re.compile(r"\d{1,3}(?:[,٬]\d{3})+|\d+(?:[./٫]\d+)+|\d+|[^\W\d_]+|[%٪]")
_GLUED = ("تا", "دونه", "دانه", "عدد", "کارتن", "بسته", "جین", "کارتون")
_POINT = "ممیز"
_SHORT = {"ک": "کارتن", "ع": "عدد", "ب": "بسته"}
_PARTS = frozenset({"نیم", "نصف", "نصفه", "ربع", "ثلث"})
_LEAST_NAME = 3
_OF_THEIR_OWN = ("بان", "فت", "یی", "ریخ", "زه", "شو", "ج", "یید")
_RO = frozenset({"رو", "را"})
NAMED = "\u2060"
"""Stands behind a word that is a verb elsewhere, and here belongs to a name: «شیر پاک‌کن»."""
TIMES = "\u0001"
"""Stands before a number that was written as a multiplication, «x12»: it is a quantity, whatever follows."""


@dataclass(frozen=True, slots=True)
class Piece:
    """One thing that was named, as typed and in words; or a heading, which names what stands under it."""

    raw: str
    words: tuple[str, ...]
    is_heading: bool = False
    is_part: bool = False
    """Whether it stands behind a total: «۴ کارتن: ۲ تا M»."""


def pieces(text: str) -> tuple[Piece, ...]:
    """Cut at lines, commas and signs, never inside a number; telephone and card numbers are cut out."""
    plain = _CIRCLED.sub("\n", text.replace("\r", "\n").replace("½", " نیم "))
    plain = _PLUS.sub(r"\1 ", _SPF.sub("spf", plainly(plain)))
    found = []
    if _OF_SHADES.search(plain):
        plain = _DASHED.sub(r"\1/\2", plain)
    for line in plain.split("\n"):
        line = _NUMBERED.sub("", line, count=1)
        line = _CARD.sub(" ", _PHONE.sub(" ", _DATE.sub(" ، ", line)))
        line = _CLOCK.sub(" ، ", _MONEY.sub(" ", _PRICE.sub(" ", _DISCOUNT.sub(" ", line))))
        line = _CALL.sub(r" ، \1 ", line)
        line = _BONUS.sub(rf" {TIMES}\1 ", line)
        line = _TIMES.sub(lambda seen: f" {TIMES}{seen[1] or seen[2] or seen[3]} ", line)
        line = _NUMBERED_WITHIN.sub("\n", _RULE.sub(" ", line))
        line = _TOTAL.sub(rf" \1 {_BEHIND_TOTAL} ", _SPF_PLUS.sub(r" \1", line))
        heading, line = _heading(line)
        if heading:
            found.append(Piece(heading, _words_of(heading), is_heading=True))
        is_part = False
        for raw in _SPLIT.split(line):
            for n, each in enumerate(raw.split(_BEHIND_TOTAL)):
                is_part = is_part or n > 0
                words = _words_of(each)
                if words:
                    shown = " ".join(each.replace(TIMES, "×").split())
                    found.append(Piece(shown, words, is_part=is_part))
    return tuple(found)


def _heading(line: str) -> tuple[str, str]:
    """What stands before a colon, and the rest; nothing where the rest only says how many."""
    seen = _HEADING.match(line)
    if seen is None:
        return "", line
    rest = line[seen.end() :]
    names = [
        word
        for word in _words_of(_SPLIT.split(rest.strip())[0])
        if not word[0].isdigit() and word[0] != TIMES
    ]
    if _says_how_many(names):
        return "", line
    return " ".join(seen[1].split()), rest


def _says_how_many(names: Sequence[str]) -> bool:
    """Whether only a quantity is said: «نیم کارتن», «دو تا لطفا»."""
    counts = [word for word in names if word in UNITS or word in SAID or word in _PARTS]
    return bool(counts) and all(word in counts or word in FILLER or word == AND for word in names)


def _words_of(raw: str) -> tuple[str, ...]:
    words: list[str] = []
    at = 0
    while at < len(raw):
        if raw[at] == TIMES:
            number = re.match(r"\d+", raw[at + 1 :])
            assert number is not None
            words.append(TIMES + number[0])
            at += 1 + len(number[0])
            continue
        found = _TOKEN.match(raw, at)
        if found is None:
            at += 1
            continue
        is_glued = bool(words) and words[-1].isdecimal() and raw[at - 1 : at].isdecimal()
        if found[0] == "دوجین" and words and (words[-1] in SAID or words[-1].isdecimal()):
            words.append("جین")
            at = found.end()
            continue
        words += _behind_digits(found[0]) if is_glued else _unglued(found[0])
        at = found.end()
    return tuple(_spoken(words))


_SPOKEN_LATIN = {
    "ye": "یه", "yek": "یک", "do": "دو", "se": "سه", "chahar": "چهار", "char": "چهار", "panj": "پنج",
    "shish": "شش", "shesh": "شش", "haft": "هفت", "hasht": "هشت", "noh": "نه", "dah": "ده", "bist": "بیست",
    "nim": "نیم", "nesf": "نصف",
}  # fmt: skip
_LATIN = {
    "salam": "سلام", "lotfan": "لطفا", "befrest": "بفرست", "befrestid": "بفرستید", "befrestin": "بفرستین",
    "mikham": "میخوام", "mikhastam": "میخواستم", "mersi": "مرسی", "mamnoon": "ممنون", "mamnun": "ممنون",
    "bezar": "بذار", "bede": "بده", "bedid": "بدید", "lazem": "لازم", "daram": "دارم", "hazf": "حذف",
    "nemikham": "نمیخوام", "kon": "کن", "konid": "کنید", "va": "و",
}  # fmt: skip
"""Persian that is typed in Latin letters: numbers count only before a unit, these everywhere."""


def _spoken(words: list[str]) -> list[str]:
    """Greetings, verbs and numbers that were typed in Latin letters, as Persian words."""
    words = _shades(words)
    found = list(words)
    for n, word in enumerate(words):
        if word in ("کن", "کننده") and n and words[n - 1] in MAKING and not _RO.intersection(words[:n]):
            found[n] = word + NAMED
        elif word in _LATIN and word.isascii():
            found[n] = _LATIN[word]
        elif n and words[n - 1][-1].isdigit() and word[-1] in "شم" and word[:-1] in MEASURES:
            found[n] = word[:-1]
        elif word in _SHORT and n and words[n - 1].isdecimal():
            found[n] = _shorthand(words, n)
        elif word == "ی" and n + 1 < len(words) and words[n + 1] in UNITS:
            found[n] = "یه"
        elif word in _SPOKEN_LATIN and n + 1 < len(words) and words[n + 1] in UNITS:
            found[n] = _SPOKEN_LATIN[word]
    return found


def _shades(words: list[str]) -> list[str]:
    """«هفت ممیز سی و یک» is «7/31»."""
    if _POINT not in words:
        return words
    at = words.index(_POINT)
    before = of_words(words[at - 1 : at]) if at else None
    for length in (3, 1):
        behind = of_words(words[at + 1 : at + 1 + length])
        if before is not None and behind is not None:
            rest = _shades(words[at + 1 + length :])
            return [*words[: at - 1], f"{before}/{behind}", *rest]
    return words


def _shorthand(words: Sequence[str], at: int) -> str:
    """«۱ ک», «۱۲ ع» as in a notebook; «۶۰ ع ۱۲» is so many in a pack."""
    follows = words[at + 1] if at + 1 < len(words) else ""
    if words[at] == "ع" and follows.isdecimal():
        return "عددی"
    return words[at] if follows and words[at] == "ب" else _SHORT[words[at]]


def _behind_digits(word: str) -> list[str]:
    """«۶تاکرم»; «تابان» and «تایی» are words of their own."""
    rest = word.removeprefix("تا")
    if rest != word and len(rest) >= _LEAST_NAME and not rest.startswith(_OF_THEIR_OWN):
        return ["تا", rest]
    return _unglued(word)


def _unglued(word: str) -> list[str]:
    """«دوتا», «یه‌کارتن» typed as one word, «بیست‌وپنج»; «2تا» is two tokens already."""
    if word in _ONE:
        return ["یه", "دونه"]
    if word[0] == AND and word[1:] in SAID:
        return [AND, word[1:]]
    for unit in _GLUED:
        number = word.removesuffix(unit)
        if number != word and (number in SAID or number == "ی"):
            return ["یه" if number == "ی" else number, unit]
        counted, _, rest = word.partition(unit)
        if counted in SAID and len(rest) >= _LEAST_NAME and not rest.startswith("ی"):
            return [counted, unit, rest]
    for tens in TENS:
        rest = word.removeprefix(tens + AND)
        if rest != word and rest in SAID:
            return [tens, AND, rest]
    return [word]


_ONE = frozenset({"یدونه", "یدانه", "یکی", "یدونهای"})
