"""What is told unasked: notifications, how they end, and when they are tried again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import IntEnum, StrEnum


class MessageClass(IntEnum):
    """Who goes first. Replies never wait; the others live on what replies leave, in this order."""

    REPLY = 0
    NOTICE = 1
    REMINDER = 2
    SURVEY = 3
    PROMOTION = 4


class Outcome(StrEnum):
    """How one attempt to tell ended."""

    DELIVERED = "delivered"
    BLOCKED = "blocked"
    RETRY = "retry"
    FAILED = "failed"
    UNCERTAIN = "uncertain"
    WITHDRAWN = "withdrawn"
    """It was true when it was written, and is no more, or its reader does not want to hear it."""
    EXPIRED = "expired"


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipient:
    """One person: exactly one of the three ids is set. A stranger is written to by identity."""

    contact_id: int | None = None
    staff_id: int | None = None
    identity_id: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Notification:
    """Something worth telling one person, once.

    Its words are made when it is told. ``facts`` holds what was true when it happened (JSON values only);
    ``key`` is built from identities only, so that the same thing can never be put twice.
    """

    key: str
    kind: str
    to: Recipient
    subject_id: int
    due_at: datetime
    facts: Mapping[str, object] = field(default_factory=dict)
    message_class: MessageClass = MessageClass.NOTICE
    expires_at: datetime | None = None
    """From then on nobody wants to hear it any more."""
    told_on: date | None = None
    """The day in Tehran on which it is worded: «today» is another day after midnight."""

    def is_stale(self, now: datetime) -> bool:
        return self.expires_at is not None and self.expires_at <= now


RETRY_DELAYS = (timedelta(seconds=5), timedelta(minutes=1), timedelta(minutes=10), timedelta(hours=1))


MOST_TELLINGS = 20
"""A notice that stays uncertain is repeated a bounded number of times, never for ever."""


def next_try(attempts: int, now: datetime) -> datetime | None:
    """When to try again after that many attempts; None: give up."""
    return now + RETRY_DELAYS[attempts - 1] if attempts <= len(RETRY_DELAYS) else None
