"""A list that comes as an .xlsx or .csv file becomes a draft, as a written one does."""

from __future__ import annotations

from datetime import datetime

from aiogram import Router
from aiogram.dispatcher.event.bases import SkipHandler
from aiogram.filters import StateFilter
from aiogram.types import CallbackQuery, Message

from domain.actors import Actor
from domain.imports.list_files import ListFile
from handlers.asking import Question
from handlers.filters import SendsTable
from handlers.reading import READS
from handlers.searching import Asking
from screens import sent_lists as screens
from screens import written as written_screens
from screens.callbacks.sent_lists import OpenRowsLeft
from screens.language import Language
from screens.screen import Screen
from services import list_files
from storage.unit_of_work import UnitOfWork


def router() -> Router:
    router = Router(name="list files")
    router.message.register(take_table, StateFilter(None, Asking.search), SendsTable())
    router.callback_query.register(show_rows_left, OpenRowsLeft.filter(), flags=READS)
    return router


async def take_table(
    _message: Message,
    actor: Actor,
    uow: UnitOfWork,
    now: datetime,
    state: Question,
    _: Language,
    table: ListFile | None = None,
) -> Screen:
    if table is None or actor.customer_id is None:
        raise SkipHandler
    done = await list_files.take_table(uow, actor, table, now)
    await state.clear()
    if done.answered is None:
        return screens.nothing_taken(done.left, done.list_id, _)
    return screens.over_draft(done.taken, done.left, done.list_id, written_screens.shown(done.answered, _), _)


async def show_rows_left(
    _query: CallbackQuery, callback_data: OpenRowsLeft, actor: Actor, uow: UnitOfWork, _: Language
) -> Screen:
    sent = await list_files.open_left(uow, actor, callback_data.list_id)
    return screens.rows_left(sent, callback_data.page, _)
