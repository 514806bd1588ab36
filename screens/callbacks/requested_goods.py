"""Buttons of goods that somebody wishes for, and of whoever buys for us (CAT-06)."""

from aiogram.filters.callback_data import CallbackData

from domain.requested_goods import GoodsAnswer
from screens.callbacks.base import Count, Id


class AskGoods(CallbackData, prefix="wish"):
    """Ask what is wished for, to be typed."""


class RequestSearched(CallbackData, prefix="wish.for"):
    """What that search looked for in vain is wished for."""

    search_id: Id


class OpenWishes(CallbackData, prefix="wishes"):
    """What customers wish for, a page of it."""

    page: Count


class OpenWish(CallbackData, prefix="wishes.one"):
    wish_id: Id


class AnswerWish(CallbackData, prefix="wishes.say"):
    """«آوردیم» or «نمی‌آوریم», to all who share it."""

    wish_id: Id
    answer: GoodsAnswer
