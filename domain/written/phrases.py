"""Phrases of several words, found without trying each of them at every place."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from domain.numerals import plainly


class Phrases:
    """Where one of some phrases stands; of those that begin at the same place, the longest."""

    def __init__(self, *said: str) -> None:
        self._by_first: dict[str, list[tuple[str, ...]]] = defaultdict(list)
        for phrase in sorted((tuple(plainly(each).split()) for each in said), key=len, reverse=True):
            self._by_first[phrase[0]].append(phrase)
        self._longest = max((len(each.split()) for each in said), default=0)

    def at(self, words: Sequence[str], at: int) -> int:
        """How many words the phrase has that begins there; 0 where none does."""
        for phrase in self._by_first.get(words[at], ()):
            if tuple(words[at : at + len(phrase)]) == phrase:
                return len(phrase)
        return 0

    def first(self, words: Sequence[str], start: int = 0) -> tuple[int, int] | None:
        """From where to where the first of them stands."""
        for at in range(start, len(words)):
            length = self.at(words, at)
            if length:
                return at, at + length
        return None

    def ends(self, words: Sequence[str]) -> bool:
        """Whether the words end with one of them."""
        return any(
            self.at(words, at) == len(words) - at
            for at in range(max(0, len(words) - self._longest), len(words))
        )
