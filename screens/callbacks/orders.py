"""Buttons of orders that were placed: following, changing, history, repeating, and the warehouse's desk."""

from enum import StrEnum

from aiogram.filters.callback_data import CallbackData

from domain.history import Span
from domain.repeats import Choice
from screens.callbacks.base import Count, Id, Version
from screens.paper import Form


class OpenTracking(CallbackData, prefix="o.way"):
    """The orders on their way."""


class OpenOrder(CallbackData, prefix="o"):
    """One order of one's own: status path with times, lines, totals."""

    order_id: Id


class OpenLines(CallbackData, prefix="o.lines"):
    """The lines of an order, a page of them."""

    order_id: Id
    page: Count


class ChangeOrder(CallbackData, prefix="o.edit"):
    """Make a draft of a placed order, to change it."""

    order_id: Id


class DropChange(CallbackData, prefix="o.keep"):
    """Leave the placed order as it was; the id is the draft's."""

    order_id: Id


class AskCancel(CallbackData, prefix="o.cancel?"):
    """Ask whether the order shall really be cancelled."""

    order_id: Id


class CancelOrder(CallbackData, prefix="o.cancel"):
    order_id: Id
    version: Version


class OpenHistory(CallbackData, prefix="h"):
    """Purchase history, a page of it."""

    page: Count


class FilterHistory(CallbackData, prefix="h.of"):
    """Purchase history of a span of time."""

    span: Span
    page: Count


class RepeatLast(CallbackData, prefix="again.last"):
    """The last order, to be repeated (S4.1)."""


class RepeatOlder(CallbackData, prefix="again.old"):
    """Earlier orders, to choose one."""

    page: Count


class RepeatThis(CallbackData, prefix="again.see"):
    """One order, to be repeated."""

    order_id: Id


class FillAgain(CallbackData, prefix="again.fill"):
    """Fill a draft with the lines of that order at today's prices (S4.2, S4.3)."""

    order_id: Id


class ReplaceBasket(CallbackData, prefix="again.over"):
    """The same, in place of what the basket holds; the version is the one that was shown."""

    order_id: Id
    version: Version


class SettleShort(CallbackData, prefix="again.fix"):
    """In the draft of a repeated order: how a short line is settled; ``other_id`` may be a substitute."""

    product_id: Id
    choice: Choice
    other_id: Id


class Verdict(StrEnum):
    COMPLETE = "ok"
    SHORT = "short"
    DAMAGED = "damaged"


class GiveFeedback(CallbackData, prefix="o.was"):
    """Whether a delivery was right (S1.20)."""

    order_id: Id
    verdict: Verdict


class SendProforma(CallbackData, prefix="o.file"):
    """What the order costs, as a file."""

    order_id: Id
    form: Form


class OurReason(StrEnum):
    """Why we cancel an order ourselves; another reason is typed."""

    GOODS = "goods"
    ASKED = "asked"
    ADDRESS = "address"
    MISTAKE = "mistake"


class AskOurCancel(CallbackData, prefix="w.no?"):
    """A manager is about to cancel an order that the warehouse has."""

    order_id: Id


class OurCancel(CallbackData, prefix="w.no"):
    order_id: Id
    reason: OurReason
    version: Version


class OpenDesk(CallbackData, prefix="w"):
    """The warehouse's queue."""

    page: Count


class OpenJob(CallbackData, prefix="w.o"):
    """One order as the warehouse sees it."""

    order_id: Id


class Step(StrEnum):
    PICK = "pick"
    LOAD = "load"
    DELIVER = "done"


class MoveOrder(CallbackData, prefix="w.step"):
    """Staff moves the order one step on; the version is the one that was shown."""

    order_id: Id
    step: Step
    version: Version
