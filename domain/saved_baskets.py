"""Baskets that a customer keeps by name, to order them again (ORD-09, S4.4)."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from domain.errors import TextRefused
from domain.orders import OrderLine
from domain.persian import clean, search_key

MOST_SAVED = 10
MOST_NAME = 40
WEEK = 10
"""Who orders at least so often orders weekly; all others are taken to fill their shelves monthly."""


class SavedName(StrEnum):
    """How a basket may be called whose name nobody typed."""

    WEEKLY = "weekly"
    MONTHLY = "monthly"


@dataclass(frozen=True, slots=True, kw_only=True)
class SavedBrief:
    id: int
    name: str
    line_count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SavedBasket:
    """Its lines stand at the prices at which they were kept."""

    id: int
    customer_id: int
    name: str
    lines: tuple[OrderLine, ...]
    saved_at: datetime


def saved_name(text: str) -> str:
    """What was typed, as a name. Raises TextRefused."""
    name = " ".join(clean(text).split())
    if not search_key(name) or len(name) > MOST_NAME:
        raise TextRefused(MOST_NAME)
    return name


def rhythm_name(typical: int | None) -> SavedName:
    """After how often somebody orders; the month is what is said where nobody knows."""
    return SavedName.WEEKLY if typical is not None and typical <= WEEK else SavedName.MONTHLY


def free_name(name: str, taken: Collection[str]) -> str:
    """«ماهانه», or «ماهانه ۲» where there is one; ``taken`` are search keys."""
    if search_key(name) not in taken:
        return name
    number = next(n for n in range(2, len(taken) + 3) if search_key(f"{name} {n}") not in taken)
    return f"{name} {number}"
