"""Buttons of one's own account: messages, hours, interests, colleagues, centres."""

from enum import StrEnum

from aiogram.filters.callback_data import CallbackData

from screens.callbacks.base import Count, Id


class OpenSettings(CallbackData, prefix="set"):
    """Which messages this contact wants (S0.6)."""


class Topic(StrEnum):
    REMINDERS = "due"
    PROMOTIONS = "promo"
    SURVEYS = "nps"
    NO_SURVEYS = "nonps"


class SwitchTopic(CallbackData, prefix="set.msg"):
    """That topic is on (1) or off (0) from now on."""

    topic: Topic
    on: Count


class OpenHours(CallbackData, prefix="set.hours"):
    """When messages may come."""


class SwitchHours(CallbackData, prefix="set.hour"):
    """The span from that hour until that hour is wanted (1) or not (0)."""

    first: Count
    last: Count
    on: Count


class OpenInterests(CallbackData, prefix="set.cats"):
    page: Count


class SwitchInterest(CallbackData, prefix="set.cat"):
    category_id: Id
    on: Count
    page: Count


class OpenAccount(CallbackData, prefix="acc"):
    """The customer's account (S3.1)."""


class OpenColleagues(CallbackData, prefix="team"):
    """The people of one's own centre and what they may do."""


class Right(StrEnum):
    ORDER = "order"
    BALANCE = "balance"


class SwitchRight(CallbackData, prefix="team.set"):
    """A centre's manager gives (1) or takes (0) a right of a colleague."""

    contact_id: Id
    right: Right
    on: Count


class OpenCentres(CallbackData, prefix="centres"):
    """The customers that this contact may act for."""


class ChooseCentre(CallbackData, prefix="centre"):
    customer_id: Id
