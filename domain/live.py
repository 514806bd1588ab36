"""Messages in a chat that are kept up to date while something goes on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class LiveKind(StrEnum):
    """What such a message shows."""

    CAMPAIGN = "campaign"
    """How far a campaign is (S5.8)."""


@dataclass(frozen=True, slots=True)
class Live:
    """What a screen shows that will change by itself."""

    kind: LiveKind
    subject_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class LiveMessage:
    """Where that screen stands, and a mark of what it showed last."""

    id: int
    platform: str
    bot_id: int
    chat_id: int
    message_id: int
    language: str
    live: Live
    shown: str
    updated_at: datetime
