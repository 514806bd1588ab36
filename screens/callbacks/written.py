"""Buttons about an order that was written: each names the draft and the number of its question."""

from aiogram.filters.callback_data import CallbackData

from domain.written_drafts import Said
from screens.callbacks.base import Count, DayNumber, Id


class AnswerLine(CallbackData, prefix="wr"):
    """What shall be done about one line: leave it out, halve it, wait for it."""

    order_id: Id
    key: Count
    said: Said


class PickProduct(CallbackData, prefix="wr.pick"):
    """That product is meant, or taken instead of what is not there."""

    order_id: Id
    key: Count
    product_id: Id


class AnswerMany(CallbackData, prefix="wr.n"):
    """So many of what is asked about."""

    order_id: Id
    key: Count
    quantity: Count


class PickTerm(CallbackData, prefix="wr.term"):
    """The written order is paid so."""

    order_id: Id
    term_id: Id


class PickDay(CallbackData, prefix="wr.day"):
    """It is sent on that day."""

    order_id: Id
    day: DayNumber


class OpenPending(CallbackData, prefix="wr.open"):
    """What is still asked about the basket."""


class TurnDraft(CallbackData, prefix="wr.page"):
    """Another page of the lines of the final look."""

    order_id: Id
    page: Count
