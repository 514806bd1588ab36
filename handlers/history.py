"""Purchase history: its pages, and the lines of an order."""

from __future__ import annotations

from datetime import datetime

from aiogram import Router
from aiogram.types import CallbackQuery, Message

from domain.actors import Actor
from domain.history import Span
from domain.intents import Wish
from handlers.filters import Wishes
from handlers.reading import READS
from screens import history as screens
from screens.callbacks.orders import FilterHistory, OpenHistory, OpenLines
from screens.language import Language
from screens.screen import Screen
from services import history as wishes
from storage.unit_of_work import UnitOfWork


def router() -> Router:
    router = Router(name="history")
    router.callback_query.register(show_history, OpenHistory.filter(), flags=READS)
    router.callback_query.register(show_span, FilterHistory.filter(), flags=READS)
    router.callback_query.register(show_lines, OpenLines.filter(), flags=READS)
    router.message.register(show_newest, Wishes(Wish.HISTORY))
    return router


async def show_history(
    _query: CallbackQuery,
    callback_data: OpenHistory,
    actor: Actor,
    uow: UnitOfWork,
    now: datetime,
    _: Language,
) -> Screen:
    return screens.history(await wishes.open_history(uow, actor, Span.ALL, callback_data.page, now), _)


async def show_span(
    _query: CallbackQuery,
    callback_data: FilterHistory,
    actor: Actor,
    uow: UnitOfWork,
    now: datetime,
    _: Language,
) -> Screen:
    span, page = callback_data.span, callback_data.page
    return screens.history(await wishes.open_history(uow, actor, span, page, now), _)


async def show_newest(_message: Message, actor: Actor, uow: UnitOfWork, now: datetime, _: Language) -> Screen:
    return screens.history(await wishes.open_history(uow, actor, Span.ALL, 1, now), _)


async def show_lines(
    _query: CallbackQuery, callback_data: OpenLines, actor: Actor, uow: UnitOfWork, _: Language
) -> Screen:
    order_id, page = callback_data.order_id, callback_data.page
    return screens.order_lines(await wishes.open_lines(uow, actor, order_id, page), _)
