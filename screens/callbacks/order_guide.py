"""Buttons of the order guide; its pages are :class:`screens.callbacks.catalogue.OpenUsuals`."""

from aiogram.filters.callback_data import CallbackData

from screens.callbacks.base import Count, Id, Version


class PutUsual(CallbackData, prefix="guide.add"):
    """As much of that item as is usual into the basket; the page stays."""

    product_id: Id
    page: Count


class FillGuide(CallbackData, prefix="guide.fill"):
    """All items that can be had into the basket."""


class ReplaceWithGuide(CallbackData, prefix="guide.over"):
    """The same, in place of what the basket holds; the version is the one that was shown."""

    version: Version
