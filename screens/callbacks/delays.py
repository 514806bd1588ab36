"""Buttons of an order that is late: the warehouse tells it, the customer answers (S1.22)."""

from aiogram.filters.callback_data import CallbackData

from domain.delays import DelayReason
from screens.callbacks.base import Count, DayNumber, Id, Version


class OpenLateRoutes(CallbackData, prefix="late"):
    """Which routes bring what on which day, to tell that one of them is late."""


class TellOrderLate(CallbackData, prefix="late.o"):
    order_id: Id


class TellRouteLate(CallbackData, prefix="late.r"):
    """All orders that this route brings on that day."""

    route_id: Id
    day: DayNumber


class DelayBecause(CallbackData, prefix="late.why"):
    reason: DelayReason


class DelayTo(CallbackData, prefix="late.day"):
    """The new day."""

    day: DayNumber


class OtherDelayDays(CallbackData, prefix="late.days"):
    """Any working day, not only those of the route."""


class DelayHours(CallbackData, prefix="late.at"):
    first: Count
    last: Count


class SendDelay(CallbackData, prefix="late.go"):
    """Tell it to the customers."""


class AcceptDelay(CallbackData, prefix="late.ok"):
    delay_id: Id


class AskOtherDay(CallbackData, prefix="late.else"):
    """The customer wants another day."""

    delay_id: Id


class ChooseOtherDay(CallbackData, prefix="late.on"):
    delay_id: Id
    day: DayNumber


class AskCancelLate(CallbackData, prefix="late.no?"):
    delay_id: Id


class CancelLate(CallbackData, prefix="late.no"):
    """Cancel it although the cut-off passed; the version is the one that the question showed."""

    delay_id: Id
    version: Version
