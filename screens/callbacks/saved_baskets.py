"""Buttons of saved baskets, and of what goes with a basket (S4.1 to S4.4)."""

from aiogram.filters.callback_data import CallbackData

from screens.callbacks.base import Id, Version


class OpenSaved(CallbackData, prefix="kept"):
    """All saved baskets of the customer."""


class OpenSavedOne(CallbackData, prefix="kept.one"):
    basket_id: Id


class FillSaved(CallbackData, prefix="kept.fill"):
    """The saved basket into the basket."""

    basket_id: Id


class ReplaceWithSaved(CallbackData, prefix="kept.over"):
    """The same, in place of what the basket holds; the version is the one that was shown."""

    basket_id: Id
    version: Version


class SaveOrder(CallbackData, prefix="kept.of"):
    """Keep what was ordered, under the name that was offered (S4.4)."""

    order_id: Id


class DoNotSave(CallbackData, prefix="kept.no"):
    """«نه»: the order that was placed is shown."""

    order_id: Id


class AskSavedName(CallbackData, prefix="kept.name"):
    """Ask under which name the basket shall be kept."""


class AskRename(CallbackData, prefix="kept.name?"):
    basket_id: Id


class AskDropSaved(CallbackData, prefix="kept.cut?"):
    basket_id: Id


class DropSaved(CallbackData, prefix="kept.cut"):
    basket_id: Id


class TakeHint(CallbackData, prefix="again.also"):
    """What customers like this one take with it, into the basket (S4.3)."""

    suggestion_id: Id
