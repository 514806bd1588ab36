"""Buttons of searches that ended without a pick, and of brands' other names."""

from aiogram.filters.callback_data import CallbackData

from screens.callbacks.base import Count, Id


class OpenMisses(CallbackData, prefix="missed"):
    """This week's, a page of them."""

    page: Count


class OpenMiss(CallbackData, prefix="missed.one"):
    search_id: Id


class MakeAlias(CallbackData, prefix="missed.is"):
    """That brand is called so too."""

    search_id: Id
    brand_id: Id


class AskBrandOf(CallbackData, prefix="missed.is?"):
    """Ask which brand is meant, to be typed."""

    search_id: Id


class LeaveMiss(CallbackData, prefix="missed.no"):
    """Nothing is to be done about it."""

    search_id: Id


class OpenBrandNames(CallbackData, prefix="alias"):
    """All brands with how many other names they have, a page of them."""

    page: Count


class FindBrandNames(CallbackData, prefix="alias.find"):
    """Ask for the name of a brand, to be typed."""


class OpenBrandName(CallbackData, prefix="alias.of"):
    brand_id: Id


class AskAlias(CallbackData, prefix="alias.add"):
    """Ask what else a brand is called, to be typed."""

    brand_id: Id


class DropAlias(CallbackData, prefix="alias.cut"):
    alias_id: Id
