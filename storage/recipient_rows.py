"""What is read and written of a campaign's recipient on its way."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from domain.campaigns import RecipientState
from domain.quiet_hours import Hours, hours_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Going:
    """A campaign that goes out now."""

    id: int
    per_minute: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Leased:
    """One recipient as its sender has to know it now."""

    id: int
    campaign_id: int
    contact_id: int
    is_holdout: bool
    lease: str
    platform: str | None
    bot_id: int | None
    chat_id: int | None
    language: str
    promotions: bool
    hours: Hours | None
    """The contact's own, where they said any."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Concluded:
    """How one recipient ended, or until when it waits (``leased_until``, in state ``leased``)."""

    id: int
    lease: str
    state: RecipientState
    reason: str | None = None
    leased_until: datetime | None = None
    platform: str | None = None
    bot_id: int | None = None
    chat_id: int | None = None
    message_id: int | None = None
    text_version: int = 0
    sent_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ToCorrect:
    """A message that says the former text."""

    id: int
    platform: str
    bot_id: int
    chat_id: int
    message_id: int
    language: str
    text_version: int
    """The one that it is to say."""


def leased_of(row: Any) -> Leased:
    return Leased(
        id=row.id,
        campaign_id=row.campaign_id,
        contact_id=row.contact_id,
        is_holdout=row.is_holdout,
        lease=row.lease or "",
        platform=row.platform,
        bot_id=row.bot_id,
        chat_id=row.chat_id,
        language=row.language,
        promotions=row.promotions is None or row.promotions,
        hours=hours_of(row.hours) if row.hours else None,
    )


def values_of(each: Concluded) -> dict[str, Any]:
    return {
        "recipient": each.id,
        "token": each.lease,
        "to": each.state.value,
        "why": each.reason and each.reason[:60],
        "until": each.leased_until,
        "on": each.platform,
        "bot": each.bot_id,
        "chat": each.chat_id,
        "message": each.message_id,
        "version": each.text_version,
        "at": each.sent_at,
    }
