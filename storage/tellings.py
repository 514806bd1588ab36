"""A notification on its way to its reader, as the outbox gives it to the courier."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from domain.notifications import MessageClass, Notification, Outcome, Recipient


@dataclass(frozen=True, slots=True, kw_only=True)
class Telling:
    """A notification that was claimed for one attempt, and where its reader can be written to now."""

    id: int
    attempt_id: int
    attempts: int
    lease: str
    leased_until: datetime
    notification: Notification
    platform: str | None
    bot_id: int | None
    chat_id: int | None
    language: str


def telling_of(row: Mapping[str, Any]) -> Telling:
    """What a row of the outbox, its reader and their chat say."""
    get = row.__getitem__
    return Telling(
        id=get("id"),
        attempt_id=get("attempt_id"),
        attempts=get("attempts"),
        lease=get("lease"),
        leased_until=get("leased_until"),
        notification=Notification(
            key=get("key"),
            kind=get("kind"),
            to=Recipient(
                contact_id=get("contact_id"), staff_id=get("staff_id"), identity_id=get("identity_id")
            ),
            subject_id=get("subject_id"),
            due_at=get("due_at"),
            facts=get("facts"),
            message_class=MessageClass(get("message_class")),
            expires_at=get("expires_at"),
        ),
        platform=get("platform"),
        bot_id=get("bot_id"),
        chat_id=get("chat_id"),
        language=get("reader_language"),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Ended:
    """What is written down of one attempt; ``again_at`` puts the notification back on the list."""

    telling: Telling
    outcome: Outcome
    again_at: datetime | None = None
    is_counted: bool = True
    message_id: int | None = None
    error: str | None = None
