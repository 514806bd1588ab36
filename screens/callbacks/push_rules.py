"""Buttons of the rules of messages, and of the holidays."""

from aiogram.filters.callback_data import CallbackData

from domain.push_settings import PushPart, PushRule
from screens.callbacks.base import Count, DayNumber


class OpenPushRules(CallbackData, prefix="push"):
    """All rules by part."""


class OpenPushPart(CallbackData, prefix="push.of"):
    part: PushPart


class AskPushRule(CallbackData, prefix="push.ask"):
    """That rule is to be typed anew."""

    rule: PushRule


class OpenHolidays(CallbackData, prefix="free"):
    page: Count


class AskHoliday(CallbackData, prefix="free.new"):
    """A day more is to be typed."""


class AskDropHoliday(CallbackData, prefix="free.no?"):
    day: DayNumber


class DropHoliday(CallbackData, prefix="free.no"):
    day: DayNumber
