"""Buttons of a draft order, from the first line to the placing."""

from aiogram.filters.callback_data import CallbackData

from domain.gifts import ShortWish
from screens.callbacks.base import Count, DayNumber, Id, Nonce, Version


class AddToBasket(CallbackData, prefix="b.add"):
    """That many units of the product more (S1.13, S1.14)."""

    product_id: Id
    quantity: Count


class AskQuantity(CallbackData, prefix="b.ask"):
    """Ask for another quantity, to be typed."""

    product_id: Id


class AddPart(CallbackData, prefix="b.part"):
    """Of a short product: so many units now, the rest of what was asked later (S1.21)."""

    product_id: Id
    now: Count
    later: Count


class OpenBasket(CallbackData, prefix="b"):
    """The basket (S1.15)."""


class EditBasket(CallbackData, prefix="b.edit"):
    """The lines as buttons."""

    page: Count


class OpenLine(CallbackData, prefix="b.line"):
    """One line, to be changed or taken out."""

    product_id: Id


class SetLine(CallbackData, prefix="b.set"):
    """The line of that product is so many units from now on; 0 takes it out."""

    product_id: Id
    quantity: Count


class AskLine(CallbackData, prefix="b.asks"):
    """Ask for the new quantity of a line, to be typed."""

    product_id: Id


class AskEmpty(CallbackData, prefix="b.clear"):
    """Ask whether the basket shall really be emptied."""


class EmptyBasket(CallbackData, prefix="b.empty"):
    """Take all lines out; the version is the one that was shown."""

    order_id: Id
    version: Version


class ChooseTerm(CallbackData, prefix="b.pay"):
    """How the basket can be paid (S1.16); who has one way only is asked for the day."""


class SetTerm(CallbackData, prefix="b.term"):
    """It is paid so; the day follows."""

    term_id: Id


class ChooseMixed(CallbackData, prefix="b.mix"):
    """The terms that are paid partly at once, each with its parts."""


class SettleBonus(CallbackData, prefix="b.gift"):
    """What is wanted instead of bonus units that are not there; ``other_id`` may be something similar."""

    product_id: Id
    wish: ShortWish
    other_id: Id


class PickBonus(CallbackData, prefix="b.pick"):
    """So many of the bonus units that may be chosen are of that product."""

    promotion_id: Id
    product_id: Id
    units: Count


class UnpickBonus(CallbackData, prefix="b.unpick"):
    """Choose the bonus units of that promotion once more."""

    promotion_id: Id


class ChooseDay(CallbackData, prefix="b.day"):
    """Which delivery days there are (S1.17)."""


class ChooseOutlet(CallbackData, prefix="b.outlets"):
    """To which of the customer's outlets it can go, a page of them."""

    page: Count


class SetOutlet(CallbackData, prefix="b.outlet"):
    """It goes to that outlet; its days follow (S1.17)."""

    outlet_id: Id


class SetDay(CallbackData, prefix="b.on"):
    """Deliver on that day; the final summary follows (S1.18)."""

    day: DayNumber


class AskNote(CallbackData, prefix="b.note"):
    """Ask for a note to whoever delivers."""


class DropNote(CallbackData, prefix="b.nonote"):
    """Whoever delivers need not know anything after all."""


class PlaceOrder(CallbackData, prefix="place"):
    """Place what the summary showed; the nonce is used once."""

    order_id: Id
    version: Version
    nonce: Nonce
