"""The words that products are called by, and which of them somebody may have meant.

One lexicon a process, brought up to date by version: what changed is read, never all of it again.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import islice

from rapidfuzz.distance import OSA
from rapidfuzz.process import extract

from domain.search_words import ALSO_CALLED, links
from domain.skeleton import SHORT_WORD, romanised, skeletons

MOST_CANDIDATES = 12
MOST_KEPT = 5_000
"""So many words that were looked up are kept with what they may mean."""
MOST_BEGINNINGS = 8
LONG, SHORT = 6, 3
EXACT, LINKED, BEGINS, HEARD, ONE_OFF, TWO_OFF = 1.0, 0.99, 0.92, 0.91, 0.9, 0.75
"""What it is worth that a word was written so, linked so, begins so, sounds so, is one or two slips away."""
UNLIKE = 0.1
"""What it costs that a word of other letters sounds so, but is spelled with others, at most."""


@dataclass(frozen=True, slots=True)
class Meant:
    """A word, or two that were written together, that may have been meant; ``worth`` from 0 to 1."""

    words: tuple[str, ...]
    worth: float


class Lexicon:
    """Words with the number of products that each is in."""

    def __init__(self) -> None:
        self.forget()

    def forget(self) -> None:
        """Begin anew, for a database that is behind what was learned."""
        self.version = 0
        self._count: dict[str, int] = {}
        self._heard: dict[str, set[str]] = defaultdict(set)
        self._by_length: dict[tuple[bool, int], list[str]] = defaultdict(list)
        self._sorted: list[str] | None = None
        self._known: dict[str, tuple[Meant, ...]] = {}
        self._widely: dict[str, tuple[Meant, ...]] = {}

    def __len__(self) -> int:
        return len(self._count)

    def count(self, word: str) -> int:
        return self._count.get(word, 0)

    def learn(self, counted: Iterable[tuple[str, int]], version: int) -> None:
        """Words with their new counts; 0 forgets a word."""
        for word, count in counted:
            if count > 0 and word not in self._count:
                self._add(word)
            elif count <= 0 and word in self._count:
                self._drop(word)
            if count > 0:
                self._count[word] = count
            self._known.clear()
            self._widely.clear()
        self.version = version

    def meant(self, word: str) -> tuple[Meant, ...]:
        """What may have been meant, the likeliest first; () when nothing is called anything like it."""
        known = self._known.get(word)
        if known is None:
            if len(self._known) > MOST_KEPT:
                self._known.clear()
            known = self._known[word] = self._meant(word)
        return known

    def widely(self, word: str) -> tuple[Meant, ...]:
        """As :meth:`meant`, and for a known word also what is spelled or sounds like it."""
        known = self._widely.get(word)
        if known is None:
            if len(self._widely) > MOST_KEPT:
                self._widely.clear()
            found = {each.words: each.worth for each in self.meant(word)}
            if not word[0].isdigit():
                self._alike(word, found)
            known = self._widely[word] = self._ranked(found)
        return known

    def joined(self, first: str, second: str) -> tuple[Meant, ...]:
        """What two words mean that belong together: «ضد آفتاب» is «ضدآفتاب»."""
        word = first + second
        if word in self._count:
            return (Meant((word,), EXACT),)
        if self.count(first) and self.count(second):
            return ()
        return tuple(each for each in self.meant(word) if len(each.words) == 1 and each.worth >= ONE_OFF)[:3]

    def _add(self, word: str) -> None:
        for heard in skeletons(word):
            self._heard[heard].add(word)
        if not word[0].isdigit():
            self._by_length[(word.isascii(), len(word))].append(word)
        self._sorted = None

    def _drop(self, word: str) -> None:
        del self._count[word]
        for heard in skeletons(word):
            self._heard[heard].discard(word)
        if not word[0].isdigit():
            self._by_length[(word.isascii(), len(word))].remove(word)
        self._sorted = None

    def _meant(self, word: str) -> tuple[Meant, ...]:
        found: dict[tuple[str, ...], float] = {}
        if word in self._count:
            found[(word,)] = EXACT
        if word[0].isdigit():
            return tuple(Meant(words, worth) for words, worth in found.items())
        self._otherwise(word, found)
        for each in self._beginning(word):
            found.setdefault((each,), BEGINS)
        is_known = bool(found) and (word,) in found
        if word.isascii() and is_known:
            # "chai", "ti": a word of a brand, or Persian in Latin letters.
            self._heard_like(word, found)
        if not is_known:
            self._alike(word, found)
            for parts in self._parts(word):
                found.setdefault(parts, ONE_OFF)
        return self._ranked(found)

    def _otherwise(self, word: str, found: dict[tuple[str, ...], float]) -> None:
        """Other words for the same thing."""
        said = [(linked, LINKED) for linked in links(word)]
        for each, worth in (*said, *((other, ONE_OFF) for other in ALSO_CALLED.get(word, ()))):
            if each in self._count:
                found.setdefault((each,), worth)

    def _ranked(self, found: dict[tuple[str, ...], float]) -> tuple[Meant, ...]:
        ranked = sorted(found.items(), key=lambda each: (-each[1], -self._weight(each[0])))
        return tuple(Meant(words, worth) for words, worth in ranked[:MOST_CANDIDATES])

    def _weight(self, words: tuple[str, ...]) -> int:
        return min(map(self.count, words))

    def _beginning(self, word: str) -> list[str]:
        if len(word) < SHORT:
            return []
        if self._sorted is None:
            self._sorted = sorted(self._count)
        at = bisect_left(self._sorted, word)
        begun = []
        for each in islice(self._sorted, at, at + 200):
            if not each.startswith(word):
                break
            if each != word:
                begun.append(each)
        return sorted(begun, key=lambda each: -self._count[each])[:MOST_BEGINNINGS]

    def _alike(self, word: str, found: dict[tuple[str, ...], float]) -> None:
        """Words that sound the same, and those one or two slips away."""
        self._heard_like(word, found)
        self._near(word, found)

    def _heard_like(self, word: str, found: dict[tuple[str, ...], float]) -> None:
        ways = skeletons(word)
        for nth, heard in enumerate(ways):
            if len(heard) < SHORT - (len(word) < LONG) - (len(word) <= SHORT_WORD):
                continue
            for each in self._heard.get(heard, ()):
                worth = HEARD - 0.03 * nth
                if each.isascii() == word.isascii():
                    worth -= 0.04 * abs(len(each) - len(word))
                else:
                    worth -= UNLIKE * (1 - OSA.normalized_similarity(romanised(word), romanised(each)))
                found[(each,)] = max(found.get((each,), 0), worth)

    def _near(self, word: str, found: dict[tuple[str, ...], float]) -> None:
        most = 2 if len(word) >= LONG else 1
        if len(word) < SHORT:
            return
        for length in range(len(word) - most, len(word) + most + 1):
            near = extract(
                word,
                self._by_length.get((word.isascii(), length), ()),
                scorer=OSA.distance,
                score_cutoff=most,
                limit=6,
            )
            for each, distance, _ in near:
                worth = (EXACT, ONE_OFF, TWO_OFF)[int(distance)]
                if each[0] != word[0]:
                    worth -= 0.08
                found[(each,)] = max(found.get((each,), 0), worth)

    def _parts(self, word: str) -> Sequence[tuple[str, ...]]:
        """Two known words that were written as one: «شامپوآوین»."""
        ways = [
            (word[:at], word[at:])
            for at in range(2, len(word) - 1)
            if word[:at] in self._count and word[at:] in self._count
        ]
        return sorted(ways, key=lambda parts: -self._weight(parts))[:2]
