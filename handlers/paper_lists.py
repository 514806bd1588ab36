"""Lists on paper: a colleague looks at the photo and types it, the customer confirms the draft (S2.8)."""

from __future__ import annotations

from datetime import datetime

from aiogram import Router
from aiogram.filters import StateFilter
from aiogram.fsm.state import State, StatesGroup
from aiogram.types import CallbackQuery, Message

from domain.actors import Actor
from domain.errors import AlreadyDecided
from handlers.asking import Question
from handlers.reading import READS
from screens import sent_lists as screens
from screens import written as written_screens
from screens.callbacks.sent_lists import EnterPaperList, OpenPaperList, OpenTypedList
from screens.language import Language
from screens.screen import Screen
from services import paper_lists as wishes
from storage.unit_of_work import UnitOfWork


class Entering(StatesGroup):
    lines = State()


def router() -> Router:
    router = Router(name="paper lists")
    taps = router.callback_query
    taps.register(show_list, OpenPaperList.filter(), flags=READS)
    taps.register(ask_lines, EnterPaperList.filter())
    taps.register(show_draft, OpenTypedList.filter())
    router.message.register(take_lines, StateFilter(Entering.lines))
    return router


async def show_list(
    _query: CallbackQuery, callback_data: OpenPaperList, actor: Actor, uow: UnitOfWork, _: Language
) -> Screen:
    list_id, page = callback_data.list_id, callback_data.page
    sent, file_id, is_picture = await wishes.page_of(uow, actor, list_id, page)
    return screens.paper_list(sent, file_id, page, _, is_picture=is_picture)


async def ask_lines(
    _query: CallbackQuery,
    callback_data: EnterPaperList,
    actor: Actor,
    uow: UnitOfWork,
    state: Question,
    _: Language,
) -> Screen:
    sent = await wishes.open_list(uow, actor, callback_data.list_id)
    if sent.entered_at is not None:
        raise AlreadyDecided
    await state.ask(Entering.lines, callback_data.model_dump())
    return screens.lines_question(sent, _)


async def take_lines(
    message: Message, actor: Actor, uow: UnitOfWork, now: datetime, state: Question, _: Language
) -> Screen:
    asked = EnterPaperList(**await state.get_data())
    sent, clear, unclear = await wishes.enter(uow, actor, asked.list_id, message.text or "", now)
    await state.clear()
    return screens.lines_sent(sent, clear, unclear, _)


async def show_draft(
    _query: CallbackQuery,
    callback_data: OpenTypedList,
    actor: Actor,
    uow: UnitOfWork,
    now: datetime,
    _: Language,
) -> Screen:
    found = await wishes.open_draft(uow, actor, callback_data.list_id, now)
    return written_screens.shown(found, _) if found else screens.nothing_left_of_it(_)
