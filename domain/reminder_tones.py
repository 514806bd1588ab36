"""How a level of reminders speaks, and what it does beside its message (rule R7)."""

from __future__ import annotations

from enum import StrEnum


class Tone(StrEnum):
    FRIENDLY = "friendly"
    DUE_TODAY = "due_today"
    POLITE = "polite"
    FIRM = "firm"
    WARNING = "warning"
    STOPPED = "stopped"


class LevelEffect(StrEnum):
    """What a level does beside its message."""

    VISITOR = "visitor"
    CALL_BEST = "call_best"
    """The account manager of an A or B calls."""
    CALL = "call"
    MANAGER = "manager"
    HOLD = "hold"
