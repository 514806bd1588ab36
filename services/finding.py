"""Which products somebody means: words are understood first, then found together, then put in order.

Measured on real names: what is written right is found by its words alone; only what is not is spread out to
words that are spelled or sound alike, and a word that nothing is called by costs its share of the score.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations, product
from math import log

from domain.lexicon import EXACT, Lexicon, Meant
from domain.numerals import SAID
from domain.search_words import UNITS, search_words
from domain.written.words import UNSURE
from storage.product_index import Called
from storage.unit_of_work import UnitOfWork

MOST_SLOTS = 10
MOST_ASKED = 4
MOST_APART = 3
EXTRA = 0.12
"""What it costs that a product is called by many more words than were said."""
LATER = 0.02
"""What it costs when a name does not begin with what was said first."""
UNSAID = 12.0
"""A word that nothing is called by weighs like a rare one."""
NUMBER = 0.6
"""A size says less than a name, and a wrong one costs more than it says."""


@dataclass(frozen=True, slots=True)
class Slot:
    """One thing that was said, and what it may mean. ``weight`` grows with what it tells."""

    meant: tuple[Meant, ...]
    weight: float
    is_number: bool = False
    is_unit: bool = False


@dataclass(frozen=True, slots=True)
class Hit:
    """A product that is probably meant; ``score`` from 0 to 1."""

    product_id: int
    score: float
    position: int = 0
    is_whole: bool = True
    """Whether it is called by everything that was said; a size that it does not have is not like it."""


async def find(uow: UnitOfWork, text: str, most: int = 10, *, enough: int = 1) -> tuple[Hit, ...]:
    """The products that are meant, the likeliest first.

    It is asked less and less strictly until ``enough`` are found.
    """
    hits: dict[int, Hit] = {}
    said = search_words(text)[:MOST_SLOTS]
    lexicon = await uow.index.lexicon()
    async with uow.index.in_time():
        for is_wide in (False, True):
            slots = await _slots(lexicon, said, is_wide=is_wide)
            for conjunctions in _conjunctions(slots, is_wide=is_wide):
                found = await uow.index.find(uow.index.expression(conjunctions))
                for hit in rank(found, slots):
                    hits.setdefault(hit.product_id, hit)
                if len(hits) >= enough and (is_wide or max(hits.values(), key=_score).is_whole):
                    return in_order(hits.values())[:most]
    return in_order(hits.values())[:most]


def _score(hit: Hit) -> float:
    return hit.score


def in_order(hits: Iterable[Hit]) -> tuple[Hit, ...]:
    return tuple(sorted(hits, key=lambda hit: (-hit.score, hit.position, hit.product_id)))


def rank(found: Sequence[Called], slots: Sequence[Slot]) -> tuple[Hit, ...]:
    total = sum(slot.weight for slot in slots) or 1.0
    return in_order(_hit(each, slots, total) for each in found)


def _hit(called: Called, slots: Sequence[Slot], total: float) -> Hit:
    words = called.words
    has = frozenset(words)
    got, used, is_whole = 0.0, 0, True
    for slot in slots:
        best, said = 0.0, 0
        for meant in slot.meant:
            if meant.worth > best and has.issuperset(meant.words):
                best, said = meant.worth, len(meant.words)
        if best:
            used += said
        else:
            is_whole = is_whole and slot.is_unit
            if slot.is_number and any(word[0].isdigit() for word in words):
                best = -0.5
        got += slot.weight * best
    extra = max(0, len(words) - used)
    begins = any(each.words[:1] == words[:1] for each in slots[0].meant) if slots else False
    score = got / total - EXTRA * extra / (extra + 6) - (0.0 if begins else LATER)
    return Hit(called.product_id, score, called.position, is_whole)


async def _slots(lexicon: Lexicon, said: Sequence[str], *, is_wide: bool) -> list[Slot]:
    """What each word may mean. To look for what is alike takes a while: others have their turn in between."""
    slots: list[Slot] = []
    at = 0
    while at < len(said):
        await asyncio.sleep(0)
        word = said[at]
        follows = said[at + 1] if at + 1 < len(said) else None
        if follows is not None and not word[0].isdigit() and not follows[0].isdigit():
            joined = lexicon.joined(word, follows)
            if joined:
                both = _apart(lexicon, word, follows)
                slots.append(_slot(lexicon, (*joined, *both), word))
                at += 2
                continue
        meant = (*(lexicon.widely(word) if is_wide else lexicon.meant(word)), *_as_number(lexicon, word))
        slots.append(_slot(lexicon, meant, word))
        at += 1
    return slots


def _apart(lexicon: Lexicon, word: str, follows: str) -> tuple[Meant, ...]:
    """Two words that may be one, each by itself."""
    if lexicon.count(word) and lexicon.count(follows):
        return (Meant((word, follows), EXACT),)
    pairs = product(lexicon.meant(word)[:MOST_APART], lexicon.meant(follows)[:MOST_APART])
    return tuple(Meant((*a.words, *b.words), min(a.worth, b.worth)) for a, b in pairs)


def _as_number(lexicon: Lexicon, word: str) -> tuple[Meant, ...]:
    """«سه لایه» and «۳ لایه» are the same; what is a word of its own as well is left as it is."""
    same = (str(SAID[word]),) if word in SAID and word not in UNSURE else _SPOKEN.get(word, ())
    return tuple(Meant((each,), EXACT) for each in same if lexicon.count(each))


_SPOKEN: dict[str, tuple[str, ...]] = {}
for _word, _number in SAID.items():
    if _word not in UNSURE:
        _SPOKEN[str(_number)] = (*_SPOKEN.get(str(_number), ()), _word)


def _slot(lexicon: Lexicon, meant: tuple[Meant, ...], word: str) -> Slot:
    products = sum(min(map(lexicon.count, each.words)) for each in meant)
    weight = log(1 + 200_000 / (1 + products)) if meant else UNSAID
    is_number, is_unit = word[0].isdigit(), word in UNITS
    if is_number:
        weight *= NUMBER
    if is_unit:
        weight *= 0.1
    return Slot(meant, weight, is_number, is_unit)


Conjunction = list[tuple[tuple[str, ...], ...]]


def _conjunctions(slots: Sequence[Slot], *, is_wide: bool) -> list[list[Conjunction]]:
    """What is asked of the index, one after the other until something is found.

    First all that was said; at last, of what may be meant widely, all but one thing, then all but two.
    """
    telling = [slot for slot in slots if slot.meant and not slot.is_unit] or [s for s in slots if s.meant]
    if not telling:
        return []
    exact = [tuple(meant.words for meant in slot.meant if meant.worth == EXACT) for slot in telling]
    if not is_wide and all(exact):
        return [[exact], [_wide(telling)]]
    # What tells most is asked for, the rest is only weighed: each more thing costs the index a look.
    heavy = _wide(sorted(telling, key=lambda slot: -slot.weight)[:MOST_ASKED])
    if not is_wide:
        return [[heavy]]
    return [[list(each) for each in combinations(heavy, size)] for size in range(len(heavy), 0, -1)]


def _wide(slots: Sequence[Slot]) -> Conjunction:
    return [tuple(meant.words for meant in slot.meant) for slot in slots]
