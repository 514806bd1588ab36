"""Good customers who have heard nothing of us for too long (row MSG-04)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

GAP_DAYS = 7
GAP_SEGMENT = "A"


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactGap:
    """A shop, when it last ordered, wrote to us or was written to by us, and who visits it."""

    customer_id: int
    customer: str
    last_at: datetime | None
    visitor: str = ""

    def days(self, now: datetime) -> int | None:
        return None if self.last_at is None else (now - self.last_at) // timedelta(days=1)
