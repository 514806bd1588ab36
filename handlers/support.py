"""Talking to a person: a message to our support, and the answer of a member of staff."""

from __future__ import annotations

from datetime import datetime

from aiogram import Router
from aiogram.filters import StateFilter
from aiogram.fsm.state import State, StatesGroup
from aiogram.types import CallbackQuery, Message

from domain.actors import Actor
from domain.addresses import typed
from handlers.asking import Question, SentFile
from handlers.filters import ShowsWithWords
from handlers.reading import READS
from screens import support as screens
from screens.callbacks.support import AnswerSupport, AskSupport, OpenSupportPhoto
from screens.language import Language
from screens.screen import Screen
from services import support as wishes
from storage.unit_of_work import UnitOfWork

MOST_TEXT = 1500


class Talking(StatesGroup):
    message = State()
    answer = State()


def router() -> Router:
    router = Router(name="support")
    router.callback_query.register(ask_support, AskSupport.filter())
    router.callback_query.register(ask_answer, AnswerSupport.filter())
    router.message.register(take_message, StateFilter(Talking.message))
    router.message.register(take_answer, StateFilter(Talking.answer))
    router.callback_query.register(show_photo, OpenSupportPhoto.filter(), flags=READS)
    router.message.register(take_photo, ShowsWithWords())
    return router


async def ask_support(_query: CallbackQuery, state: Question, _: Language) -> Screen:
    await state.ask(Talking.message)
    return screens.support_question(_)


async def take_message(
    message: Message,
    actor: Actor,
    uow: UnitOfWork,
    now: datetime,
    state: Question,
    file: SentFile | None,
    _: Language,
) -> Screen:
    number = (await state.get_data()).get("number")
    await _pass_on(message, file, actor, uow, now, _, number if isinstance(number, int) else None)
    await state.clear()
    return screens.support_asked(_)


async def take_photo(
    message: Message,
    actor: Actor,
    uow: UnitOfWork,
    now: datetime,
    file: SentFile | None,
    _: Language,
) -> Screen:
    """A photo with words under it, while nothing was asked: somebody shows what is wrong."""
    await _pass_on(message, file, actor, uow, now, _)
    return screens.support_asked(_)


async def _pass_on(
    message: Message,
    file: SentFile | None,
    actor: Actor,
    uow: UnitOfWork,
    now: datetime,
    _: Language,
    number: int | None = None,
) -> None:
    """To our support; with the number of the order, where it answers a question about one."""
    text = typed(message.text or message.caption, MOST_TEXT)
    if number is not None:
        text = screens.about_order(text, number, _)
    photo_id = None
    if file is not None:
        photo_id = await wishes.keep_photo(uow, file.name, file.mime_type, file.content, now)
    await wishes.ask_support(uow, actor, text, now, photo_id, message.media_group_id)


async def show_photo(
    _query: CallbackQuery, callback_data: OpenSupportPhoto, actor: Actor, uow: UnitOfWork, _: Language
) -> Screen:
    message_id = callback_data.message_id
    file_id, is_picture = await wishes.photo_of(uow, actor, message_id)
    return screens.photo(message_id, file_id, _, is_picture=is_picture)


async def ask_answer(
    _query: CallbackQuery,
    callback_data: AnswerSupport,
    actor: Actor,
    uow: UnitOfWork,
    state: Question,
    _: Language,
) -> Screen:
    asked = await wishes.open_message(uow, actor, callback_data.message_id)
    await state.ask(Talking.answer, callback_data.model_dump())
    return screens.answer_question(asked, _)


async def take_answer(
    message: Message, actor: Actor, uow: UnitOfWork, now: datetime, state: Question, _: Language
) -> Screen:
    asked = AnswerSupport(**await state.get_data())
    await wishes.answer_support(uow, actor, asked.message_id, typed(message.text, MOST_TEXT), now)
    await state.clear()
    return screens.answer_sent(_)
