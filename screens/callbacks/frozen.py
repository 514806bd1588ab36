"""Buttons of an outbox that tells nothing after a restore."""

from aiogram.filters.callback_data import CallbackData


class OpenFrozen(CallbackData, prefix="ice"):
    """What waits."""


class ReleaseFrozen(CallbackData, prefix="ice.go"):
    """All of it is told."""


class SetFrozenAside(CallbackData, prefix="ice.no"):
    """None of it is told."""
