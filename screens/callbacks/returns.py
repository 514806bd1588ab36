"""Buttons of goods that come back: which line, how many, whose fault, and the word on it."""

from aiogram.filters.callback_data import CallbackData

from domain.return_desk import ReturnCause
from screens.callbacks.base import Count, Id, Version


class OpenReturn(CallbackData, prefix="rt"):
    """«↩️ برگشت از فروش»: which line of the invoice comes back."""

    invoice_id: Id
    page: Count


class AskReturnUnits(CallbackData, prefix="rt.n?"):
    """How many of that line; the number is typed next."""

    invoice_id: Id
    position: Count


class ChooseReturnUnits(CallbackData, prefix="rt.n"):
    """So many; whose fault is asked next."""

    invoice_id: Id
    position: Count
    units: Count


class PreviewReturn(CallbackData, prefix="rt.see"):
    """What it comes to."""

    invoice_id: Id
    position: Count
    units: Count
    cause: ReturnCause


class TakeReturn(CallbackData, prefix="rt.ok"):
    """Write it down; the version is how many units of the invoice had come back when that was shown."""

    invoice_id: Id
    position: Count
    units: Count
    cause: ReturnCause
    version: Version
