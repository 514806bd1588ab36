"""Times in which the messenger could not reach us, and who was in the middle of something then."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

TAPS_LIVE = timedelta(seconds=150)
"""So long a messenger keeps a tap for us; after a longer outage taps are gone."""
MESSAGES_LIVE = timedelta(hours=24)
MOST_KEPT = 2_000
"""So many updates Bale keeps, as others have found: with as many waiting some may have been dropped."""
HEARD_EVERY = timedelta(seconds=30)
"""So often is kept when we last heard of the messenger: a process that comes later knows it no better."""
JUST_BEFORE = timedelta(minutes=10)
"""Who did something in so long a time before an outage may have tapped in it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outage:
    """From the last answer of the messenger to the next one."""

    platform: str
    bot_id: int
    since: datetime
    until: datetime

    @property
    def length(self) -> timedelta:
        return self.until - self.since

    @property
    def lost_messages(self) -> bool:
        """Whether what was written in it may be gone as well."""
        return self.length > MESSAGES_LIVE


@dataclass(frozen=True, slots=True, kw_only=True)
class Interrupted:
    """Somebody who was active just before: how many lines their basket has, and whether we had asked."""

    identity_id: int
    line_count: int = 0
    has_question: bool = False
