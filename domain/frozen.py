"""An outbox that tells nothing: the database was restored, and what it holds may have been told already."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from domain.notifications import MessageClass, Notification

FROZEN = "outbox.frozen_at"
"""Among what the company keeps: since when nothing is told by itself; empty while it is."""
HOME = "outbox.home"
"""Which database this is; a copy of it is another."""


@dataclass(frozen=True, slots=True)
class Mark:
    """How far a database has come. One that has not come so far any more was restored."""

    attempts: int = 0
    audits: int = 0
    home: str = ""
    """Of which database: what was made anew in its place is no older one."""

    def is_behind(self, other: Mark) -> bool:
        return self.home == other.home and (self.attempts < other.attempts or self.audits < other.audits)


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """One message that waits, and who would read it."""

    reader: str
    notification: Notification


@dataclass(frozen=True, slots=True, kw_only=True)
class FrozenOutbox:
    """What a manager looks at before anything is told again."""

    since: datetime
    counts: Mapping[MessageClass, int]
    campaigns: tuple[str, ...]
    """Those that were going out: they stay paused, and each is resumed by itself."""
    first: tuple[Held, ...]

    @property
    def total(self) -> int:
        return sum(self.counts.values())
