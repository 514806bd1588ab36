"""Buttons about lists that were sent as photos or files, and about codes that none of our goods has."""

from aiogram.filters.callback_data import CallbackData

from screens.callbacks.base import Count, Id


class OpenPaperList(CallbackData, prefix="list"):
    """A photo of a list on paper, for whoever types it."""

    list_id: Id
    page: Count


class EnterPaperList(CallbackData, prefix="list.type"):
    """Ask a colleague for the list as a text."""

    list_id: Id


class OpenTypedList(CallbackData, prefix="list.draft"):
    """What a colleague has typed becomes the draft of whoever sent the photo."""

    list_id: Id


class OpenRowsLeft(CallbackData, prefix="list.left"):
    """The rows of a file that were not understood."""

    list_id: Id
    page: Count


class WishForCode(CallbackData, prefix="code.wish"):
    """Whoever scanned it would like to buy what has this barcode."""

    digits: Id
