"""What is to be done with the thing that a line names: more of it, so much of it, or none."""

from __future__ import annotations

from collections.abc import Sequence

from domain.written.order import Op
from domain.written.phrases import Phrases
from domain.written.reading import Span, trimmed
from domain.written.words import (
    LESS,
    MORE,
    MORE_WORDS,
    REMOVING,
    REMOVING_PHRASES,
    SETTING,
    SETTING_WORDS,
    WITHOUT,
)

_BEHIND_ONLY = frozenset({"کن", "کنید", "کنین", "شود"})


def without_phrases(words: Sequence[str], phrases: Phrases) -> tuple[list[str], bool]:
    found = phrases.first(words)
    return (list(words), False) if found is None else ([*words[: found[0]], *words[found[1] :]], True)


def operation(words: Sequence[str], *, is_change: bool) -> tuple[Op, list[str]]:
    for phrases, op in (
        (LESS, Op.REMOVE),
        (REMOVING_PHRASES, Op.REMOVE),
        (MORE, Op.INCREASE),
        (SETTING, Op.SET),
    ):
        rest, is_said = without_phrases(words, phrases)
        if is_said and op is Op.REMOVE:
            return op, [word for word in rest if word not in REMOVING]
        if is_said:
            return op, rest
    if any(word in REMOVING for word in words):
        return Op.REMOVE, [word for word in words if word not in REMOVING]
    named = trimmed(words)
    if is_change and named and named[0] in WITHOUT:
        return Op.REMOVE, named[1:]
    return Op.ADD, list(words)


def _sets(words: Sequence[str], span: Span) -> bool:
    """«دو کارتن کن»: the verb stands right behind the quantity, or right before it."""
    behind = words[span.end] if span.end < len(words) else ""
    before = words[span.start - 1] if span.start else ""
    return behind in SETTING_WORDS or (before in SETTING_WORDS and before not in _BEHIND_ONLY)


def of_quantity(words: Sequence[str], rest: Sequence[str], span: Span) -> Op:
    if any(word in MORE_WORDS for word in rest):
        return Op.INCREASE
    if any(word in SETTING_WORDS for word in rest) and _sets(words, span):
        return Op.SET
    return Op.ADD
