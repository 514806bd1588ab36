"""What people looked for and did not find, so that brands get the names they are looked for by."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta

from rapidfuzz import fuzz

from domain.catalogue import Offer
from domain.persian import search_key
from domain.skeleton import skeletons

MOST_MISSED = 200
LOOKED_BACK = timedelta(days=7)
MOST_BRANDS = 4
LEAST_LIKE = 62.0
"""Brands that sound less alike than this are not offered."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchMiss:
    """One text, however often and by however many it was looked for; ``found`` is how much it found."""

    id: int
    text: str
    times: int
    customers: int
    found: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class MissOpen:
    """One of them, with what may have been meant: ``alias`` is what a brand could also be called."""

    miss: SearchMiss
    alias: str
    brands: tuple[tuple[int, str], ...]
    near: tuple[Offer, ...]


def unknown_part(text: str, known: Iterable[bool]) -> str:
    """The words of a text that nothing is called by; all of it where each of them is known."""
    words = [word for word, is_known in zip(text.split(), known, strict=False) if not is_known]
    return " ".join(words) or text


def likely_brands(alias: str, brands: Sequence[tuple[int, str]]) -> tuple[tuple[int, str], ...]:
    """The brands that may be meant by that name, the one that sounds most like it first."""
    heard = _heard(alias)
    scored = [(_likeness(alias, heard, name), brand_id, name) for brand_id, name in brands]
    best = sorted((each for each in scored if each[0] >= LEAST_LIKE), key=lambda each: (-each[0], each[1]))
    return tuple((brand_id, name) for _score, brand_id, name in best[:MOST_BRANDS])


def _heard(text: str) -> tuple[str, ...]:
    return skeletons(search_key(text).replace(" ", ""))


def _likeness(alias: str, heard: tuple[str, ...], name: str) -> float:
    sounds = [fuzz.ratio(one, other) for one in heard for other in _heard(name) if one and other]
    return max([fuzz.partial_ratio(search_key(alias), search_key(name)) * 0.9, *sounds])
