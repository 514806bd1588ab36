"""Which products somebody means: words are understood first, then found together, then put in order.

Measured on real names: what is written right is found by its words alone; only what is not is spread out to
words that are spelled or sound alike, and a word that nothing is called by costs its share of the score.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import combinations, pairwise, product
from math import log

from domain.lexicon import EXACT, TWO_OFF, Lexicon, Meant
from domain.search_words import AIMS, DONE, UNITS, search_words
from domain.shades import as_number, as_shade
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
ON_SHELF = 0.6
"""What it is worth that only the category is called so: it does not say what the product is itself."""
KIND = 0.35
"""A word names a kind of things where such a share of the names that it is in begin with it."""
NUMBER = 0.6
"""A size says less than a name, and a wrong one costs more than it says."""


@dataclass(frozen=True, slots=True)
class Slot:
    """One thing that was said, and what it may mean. ``weight`` grows with what it tells."""

    meant: tuple[Meant, ...]
    weight: float
    is_number: bool = False
    is_unit: bool = False
    is_aim: bool = False


@dataclass(frozen=True, slots=True)
class Hit:
    """A product that is probably meant; ``score`` from 0 to 1."""

    product_id: int
    score: float
    position: int = 0
    is_whole: bool = True
    """Whether it is called by everything that was said; a size that it does not have is not like it."""
    is_itself: bool = True
    """Whether it is called so itself: not its category alone, nor only by what looks like what was said."""
    is_headed: bool = True
    """Whether the word that its name begins with was said: what it is, or whose."""

    @property
    def is_certain(self) -> bool:
        """Whether nothing that was said speaks against it."""
        return self.is_whole and self.is_itself


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
                if len(hits) >= enough and (is_wide or max(hits.values(), key=_score).is_certain):
                    return in_order(hits.values())[:most]
    return in_order(hits.values())[:most]


async def of_that_kind(uow: UnitOfWork, text: str, hits: tuple[Hit, ...]) -> tuple[Hit, ...]:
    """The hits, doubted where they are called by the name of a kind of things that they are not.

    «رنگ مشکی رویال» is no «شامپو رنگ مشکی رویال» where «رنگ مو رویال» is there as well.
    """
    if not hits or hits[0].is_headed or not hits[0].is_certain:
        return hits
    slots = await _slots(await uow.index.lexicon(), search_words(text)[:MOST_SLOTS], is_wide=False)
    slots = [slot for slot in slots if slot.meant and not slot.is_unit]
    async with uow.index.in_time():
        for slot in slots:
            if not slot.is_number and await _is_kind(uow, slot, [each for each in slots if each is not slot]):
                return tuple(replace(hit, is_itself=hit.is_itself and hit.is_headed) for hit in hits)
    return hits


async def _is_kind(uow: UnitOfWork, slot: Slot, others: Sequence[Slot]) -> bool:
    """Whether names begin with that word; beside a number, among them one with all other words but one."""
    heads = {meant.words[0] for meant in slot.meant if meant.worth == EXACT}
    if not heads:
        return False
    if any(other.is_number for other in others):
        like = [_wide((slot, *rest)) for rest in combinations(others, len(others) - 1)]
        if not any(each.words[0] in heads for each in await uow.index.find(uow.index.expression(like))):
            return False
    found = await uow.index.find(uow.index.expression([_wide((slot,))]))
    called = [each.words for each in found if heads.intersection(each.words)]
    return sum(words[0] in heads for words in called) >= KIND * max(1, len(called))


def _score(hit: Hit) -> float:
    return hit.score


def in_order(hits: Iterable[Hit]) -> tuple[Hit, ...]:
    return tuple(sorted(hits, key=lambda hit: (-hit.score, hit.position, hit.product_id)))


def rank(found: Sequence[Called], slots: Sequence[Slot]) -> tuple[Hit, ...]:
    total = sum(slot.weight for slot in slots) or 1.0
    return in_order(_hit(each, slots, total) for each in found)


def _hit(called: Called, slots: Sequence[Slot], total: float) -> Hit:
    words, has, shelf = called.words, frozenset(called.words), frozenset(called.shelf)
    is_headed = any(_has_head(slot, words, has) for slot in slots)
    got, used, is_whole, is_doubted = 0.0, 0, True, False
    told: list[float] = []
    for slot in slots:
        best, said = _best(slot, has)
        if not best and shelf:
            best, said = _best(slot, has | shelf)
            if best and not (is_headed and slot.is_aim):
                best, is_doubted = best * ON_SHELF, True
        is_doubted = is_doubted or (0 < best <= TWO_OFF and slot.meant[0].worth == EXACT)
        if best:
            used += said
            told += [best] * said * (not slot.is_unit)
        else:
            is_whole = is_whole and slot.is_unit
            if slot.is_number and any(word[0].isdigit() for word in words):
                best = -0.5
        got += slot.weight * best
    extra = max(0, len(words) + len(shelf) - used)
    begins = any(each.words[:1] == words[:1] for each in slots[0].meant) if slots else False
    score = got / total - EXTRA * extra / (extra + 6) - (0.0 if begins else LATER)
    is_itself = not is_doubted and (len(told) != 1 or EXACT in told) and not _is_half(words, slots)
    return Hit(called.product_id, score, called.position, is_whole, is_itself, is_headed)


def _has_head(slot: Slot, words: Sequence[str], has: frozenset[str]) -> bool:
    """Whether it means the first word of a name, alone or as it is joined: «نرم‌کننده»."""
    return any(
        words[0] in meant.words or meant.words[0].startswith(words[0])
        for meant in slot.meant
        if has.issuperset(meant.words)
    )


def _is_half(words: Sequence[str], slots: Sequence[Slot]) -> bool:
    """«رنگ» is not what «موهای رنگ‌شده» are about."""
    said = {word for slot in slots for meant in slot.meant for word in meant.words}
    return any(word == DONE and word not in said and before in said for before, word in pairwise(words))


def _best(slot: Slot, has: frozenset[str]) -> tuple[float, int]:
    """What the best of its meanings is worth for what is called so, and how many words that is."""
    best, said = 0.0, 0
    for meant in slot.meant:
        if meant.worth > best and has.issuperset(meant.words):
            best, said = meant.worth, len(meant.words)
    return best, said


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
        shade = as_shade(lexicon, said[at : at + 3])
        if shade:
            slots.append(_slot(lexicon, shade, word))
            at += 2
            continue
        meant = (*(lexicon.widely(word) if is_wide else lexicon.meant(word)), *as_number(lexicon, said, at))
        slots.append(_slot(lexicon, meant, word))
        at += 1
    return slots


def _apart(lexicon: Lexicon, word: str, follows: str) -> tuple[Meant, ...]:
    """Two words that may be one, each by itself."""
    if lexicon.count(word) and lexicon.count(follows):
        return (Meant((word, follows), EXACT),)
    pairs = product(lexicon.meant(word)[:MOST_APART], lexicon.meant(follows)[:MOST_APART])
    return tuple(Meant((*a.words, *b.words), min(a.worth, b.worth)) for a, b in pairs)


def _slot(lexicon: Lexicon, meant: tuple[Meant, ...], word: str) -> Slot:
    products = sum(min(map(lexicon.count, each.words)) for each in meant)
    weight = log(1 + 200_000 / (1 + products)) if meant else UNSAID
    is_number, is_unit = word[0].isdigit(), word in UNITS
    if is_number:
        weight *= NUMBER
    if is_unit:
        weight *= 0.1
    return Slot(meant, weight, is_number, is_unit, word in AIMS)


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
