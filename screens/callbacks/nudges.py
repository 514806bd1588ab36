"""Buttons of a word to somebody who usually orders about now (S4.5), and of who looks after a customer."""

from aiogram.filters.callback_data import CallbackData

from domain.nudges import NudgeReason
from screens.callbacks.base import Id, Version


class FillUsual(CallbackData, prefix="nudge.yes"):
    """The usual goods into the basket."""

    nudge_id: Id


class ReplaceWithUsual(CallbackData, prefix="again.usual"):
    """The same, in place of what the basket holds; the version is the one that was shown."""

    order_id: Id
    version: Version


class DeclineNudge(CallbackData, prefix="nudge.no"):
    nudge_id: Id


class ExplainNudge(CallbackData, prefix="nudge.why"):
    nudge_id: Id
    reason: NudgeReason


class RemindLater(CallbackData, prefix="nudge.later"):
    """In three days, once."""

    nudge_id: Id


class OpenAccountManager(CallbackData, prefix="am"):
    """Who looks after that customer, and who else could."""

    customer_id: Id


class SetAccountManager(CallbackData, prefix="am.is"):
    customer_id: Id
    staff_id: Id


class DropAccountManager(CallbackData, prefix="am.none"):
    customer_id: Id
