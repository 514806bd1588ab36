"""One run of something that runs by itself: who may begin it, and when to look at it again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

LEASE = timedelta(minutes=1)
"""Whoever runs a job says so again and again. After so long a silence its process is thought dead."""
RENEW_EVERY = LEASE / 3
AGAIN_AFTER_A_FAULT = timedelta(minutes=5)
ALARM_AFTER = 3
"""So many failures in a row are no accident any more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """What is known of the run of one slot. ``failures`` in a row include this run when it failed."""

    name: str
    slot: datetime
    started_at: datetime
    leased_until: datetime
    ended_at: datetime | None = None
    did: int | None = None
    error: str | None = None
    failures: int = 0

    def is_alive(self, now: datetime) -> bool:
        """A lease that ends too late was given by a clock that has been set back since."""
        return self.ended_at is None and now < self.leased_until <= now + 2 * LEASE

    def again_at(self, now: datetime) -> datetime | None:
        """When its slot may be begun once more: in the past when at once, None when it is done with."""
        if self.ended_at is None:
            return self.leased_until if self.is_alive(now) else now
        if self.error is None:
            return None
        again = self.ended_at + AGAIN_AFTER_A_FAULT
        return again if again <= now + AGAIN_AFTER_A_FAULT else now
