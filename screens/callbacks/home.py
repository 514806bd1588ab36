"""Buttons that lead home, and those of a message about a fault."""

from aiogram.filters.callback_data import CallbackData

from screens.callbacks.base import Id


class OpenHome(CallbackData, prefix="home"):
    """The main menu of whoever taps, on the message that holds the button."""


class TryAgain(CallbackData, prefix="again"):
    """Work off an update once more that was set aside (S0.4); the id is its inbox row."""

    inbox_id: Id
