"""Numbers in names, as they are said: «شماره ۷» is «۰۷» or «۷/۰», «۶ ۱» is «۶/۱», «سه لایه» is «۳ لایه»."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from domain.lexicon import EXACT, ONE_OFF, Lexicon, Meant
from domain.numerals import SAID
from domain.search_words import UNITS
from domain.written.order import Line
from domain.written.words import UNSURE

LONGEST_SHADE = 2
_SPOKEN: dict[str, tuple[str, ...]] = {}
for _word, _number in SAID.items():
    if _word not in UNSURE:
        _SPOKEN[str(_number)] = (*_SPOKEN.get(str(_number), ()), _word)


def as_number(lexicon: Lexicon, said: Sequence[str], at: int) -> tuple[Meant, ...]:
    """«سه لایه» and «۳ لایه» are the same; what is a word of its own as well is left as it is.

    «شماره ۷» is the shade «۰۷» or «۷/۰», unless that was said as well and the 7 is something else.
    """
    word = said[at]
    same = (str(SAID[word]),) if word in SAID and word not in UNSURE else _SPOKEN.get(word, ())
    if word.isdecimal() and len(word) <= LONGEST_SHADE:
        shades = {f"0{word}", f"{word}.0", word.lstrip("0") or word} - {word}
        same = (*same, *sorted(shades.difference(said)))
    return tuple(Meant((each,), EXACT) for each in same if lexicon.count(each))


def as_shade(lexicon: Lexicon, said: Sequence[str]) -> tuple[Meant, ...]:
    """«رنگ ۶ ۱» and «رنگ ۶-۱» may be the shade «۶/۱»."""
    if len(said) < 2 or not all(word.isdecimal() and len(word) <= LONGEST_SHADE for word in said[:2]):
        return ()
    word, follows = said[:2]
    if not lexicon.count(f"{word}.{follows}") or UNITS.intersection(said[2:]):
        return ()
    apart = (Meant((word, follows), EXACT),) if lexicon.count(word) and lexicon.count(follows) else ()
    return (*apart, Meant((f"{word}.{follows}",), ONE_OFF))


def unsure_halves(lines: Sequence[Line]) -> tuple[Line, ...]:
    """«رنگ ۷،۱ دو تا»: two numbers that a comma cut apart may be one shade, and are asked about."""
    found = list(lines)
    for n, (before, line) in enumerate(pairwise(lines), start=1):
        number = line.phrase.removeprefix(f"{before.phrase} ")
        is_half = number.isdecimal() and len(number) <= LONGEST_SHADE and line.raw.startswith(number)
        if is_half and before.loose is not None and before.unit is None and not before.is_in_front:
            found[n] = replace(line, is_vague=True)
    return tuple(found)
