"""A list that a customer has sent: pages for a colleague to type, or a file that was read."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

MOST_TYPED = 4000
"""A colleague types a list into one message."""
MOST_PAGES = 20


class ListKind(StrEnum):
    PHOTO = "photo"
    FILE = "file"


class LeftBecause(StrEnum):
    """Why a row of a file is not in the draft."""

    UNKNOWN = "unknown"
    """Nothing of ours is called so."""
    CODE = "code"
    """No product has that code."""
    CHECK_DIGIT = "check_digit"
    MANY = "many"
    """How many was not said, or not in numbers."""
    NO_NAME = "no_name"
    FULL = "full"
    """An order holds no more lines."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RowLeft:
    """A row that was not understood; rows are counted as a spreadsheet counts them, from 1."""

    row: int
    said: str
    why: LeftBecause


@dataclass(frozen=True, slots=True, kw_only=True)
class SentList:
    id: int
    kind: ListKind
    identity_id: int
    customer_id: int
    contact_id: int
    customer: str
    sent_at: datetime
    pages: tuple[int, ...] = ()
    """The files of its photos."""
    text: str | None = None
    rows_left: tuple[RowLeft, ...] = ()
    entered_at: datetime | None = None
