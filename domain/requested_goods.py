"""Goods that we do not sell and somebody wishes for (CAT-06)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

MOST_TEXT = 200


class GoodsAnswer(StrEnum):
    """What becomes of a wish."""

    HAS = "has"
    HAS_NOT = "has_not"


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestedGoods:
    """One wish, however many share it; ``id`` is that of whoever had it first."""

    id: int
    text: str
    times: int
    customers: int
    asked_at: datetime
    """When it was wished for last."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wisher:
    """One customer of those who share a wish."""

    request_id: int
    contact_id: int
    customer: str
    text: str
