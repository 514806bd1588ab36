"""What somebody wants to tell a person instead of a machine."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class SupportMessage:
    """One message to our support; ``customer`` is the name of the centre, None for a stranger."""

    id: int
    identity_id: int
    person: str
    customer: str | None
    text: str
    asked_at: datetime
    photo_id: int | None = None
    answered_at: datetime | None = None
