"""Buttons of talking to a person."""

from aiogram.filters.callback_data import CallbackData

from screens.callbacks.base import Id


class AskSupport(CallbackData, prefix="support"):
    """Ask what the person wants to say to our support."""


class OpenSupportPhoto(CallbackData, prefix="support.pic"):
    """The photo that came with a message."""

    message_id: Id


class AnswerSupport(CallbackData, prefix="support.answer"):
    """A member of staff answers one message of a customer."""

    message_id: Id
