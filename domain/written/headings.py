"""What stands above the lines of an order: «آوین:» and under it what of that is wanted."""

from __future__ import annotations

from domain.written.beside import without_politeness
from domain.written.reading import spans, trimmed
from domain.written.tokens import pieces
from domain.written.words import FILLER, LETTER_SIZES

MOST_WORDS = 3


def headings(text: str) -> dict[str, str]:
    """The heading of each piece that has one, by how the piece was written.

    A heading in front of other words is theirs alone; one that has its line to itself, with a colon or not,
    holds until the next one or an empty line.
    """
    found: dict[str, str] = {}
    heading = ""
    is_bare = True
    for row in text.replace("\r", "\n").split("\n"):
        parts = pieces(row)
        if not parts:
            heading = heading if is_bare else ""
            continue
        own = " ".join(trimmed(without_politeness(parts[0].words)))
        is_bare = len(parts) == 1 and (parts[0].is_heading or _is_name(own))
        if is_bare:
            heading = own
            continue
        above = own if parts[0].is_heading else heading
        found.update({part.raw: above for part in parts if above and not part.is_heading})
    return found


def _is_name(said: str) -> bool:
    words = said.split()
    return 0 < len(words) <= MOST_WORDS and not spans(words) and not FILLER.intersection(words)


def in_place(before: str, said: str) -> list[str]:
    """«صابون پاکیزان» and «برناتن»: the name before, with what is said now in the place of one part of it.

    Of what has a letter for its size nobody knows whether the next has the same.
    """
    words, said_now = before.split(), said.split()
    if LETTER_SIZES.intersection(words):
        return []
    if not 0 < len(said_now) <= MOST_WORDS or any(word[0].isdigit() for word in said_now):
        return []
    return [
        " ".join([*words[:at], *said_now, *words[at + length :]])
        for length in (1, 2)
        for at in range(1, len(words) - length + 1)
        if not any(word[0].isdigit() for word in words[at : at + length])
    ]
