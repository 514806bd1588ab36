"""The question after a delivery (S7): a score, a reason, a change of mind; what is added to its ticket."""

from __future__ import annotations

from datetime import datetime

from aiogram import Router
from aiogram.filters import StateFilter
from aiogram.fsm.state import State, StatesGroup
from aiogram.types import CallbackQuery, Message

from domain.actors import Actor
from domain.addresses import typed
from domain.calendar import today_in_tehran
from domain.errors import FileRefused
from domain.surveys import Opinion
from handlers.asking import Question, SentFile
from handlers.reading import READS
from screens import surveys as screens
from screens.callbacks.surveys import (
    AddPhoto,
    GiveReason,
    HurryTicket,
    JudgeAgain,
    NoMoreSurveys,
    NotNow,
    OpenSurvey,
    Rate,
    WriteReason,
)
from screens.language import Language
from screens.screen import Screen
from services import referrals, settings, tickets
from services import surveys as wishes
from services.surveys import Answered
from storage.unit_of_work import UnitOfWork

MOST_WORDS = 1000


class Telling(StatesGroup):
    words = State()
    photo = State()


def router() -> Router:
    router = Router(name="surveys")
    taps = router.callback_query
    taps.register(show_question, OpenSurvey.filter(), flags=READS)
    taps.register(rate, Rate.filter())
    taps.register(leave, NotNow.filter(), flags=READS)
    taps.register(ask_no_more, NoMoreSurveys.filter())
    taps.register(give_reason, GiveReason.filter())
    taps.register(ask_words, WriteReason.filter())
    taps.register(judge, JudgeAgain.filter())
    taps.register(ask_photo, AddPhoto.filter())
    taps.register(hurry, HurryTicket.filter())
    router.message.register(take_words, StateFilter(Telling.words))
    router.message.register(take_photo, StateFilter(Telling.photo))
    return router


async def show_question(
    _query: CallbackQuery,
    callback_data: OpenSurvey,
    actor: Actor,
    uow: UnitOfWork,
    now: datetime,
    _: Language,
) -> Screen:
    survey = await wishes.require_open(uow, actor, callback_data.survey_id, now)
    delivered, today = today_in_tehran(survey.delivered_at), today_in_tehran(now)
    return screens.question(survey.id, survey.order_number, delivered, today, _)


async def rate(
    _query: CallbackQuery, callback_data: Rate, actor: Actor, uow: UnitOfWork, now: datetime, _: Language
) -> Screen:
    done = await wishes.answer(uow, actor, callback_data.survey_id, callback_data.score, now)
    is_unhappy = done.survey.opinion is Opinion.DETRACTOR
    if done.was is not None and not is_unhappy:
        return screens.score_changed(done.was, done.survey, _)
    gift = await referrals.offered(uow, done.survey)
    return screens.reason_question(done.survey, _, was=done.was, gift=gift)


async def leave(
    _query: CallbackQuery, callback_data: NotNow, actor: Actor, uow: UnitOfWork, _: Language
) -> Screen:
    survey = await wishes.read(uow, actor, callback_data.survey_id)
    return screens.not_now(survey.id, _)


async def ask_no_more(_query: CallbackQuery, actor: Actor, uow: UnitOfWork, _: Language) -> Screen:
    await settings.switch_topic(uow, actor, "no_surveys", is_on=True)
    return screens.asked_no_more(_)


async def give_reason(
    _query: CallbackQuery,
    callback_data: GiveReason,
    actor: Actor,
    uow: UnitOfWork,
    now: datetime,
    _: Language,
) -> Screen:
    done = await wishes.give_reason(uow, actor, callback_data.survey_id, callback_data.reason, now)
    return _explained(done, _)


async def ask_words(
    _query: CallbackQuery,
    callback_data: WriteReason,
    actor: Actor,
    uow: UnitOfWork,
    now: datetime,
    state: Question,
    _: Language,
) -> Screen:
    survey = await wishes.require_answered(uow, actor, callback_data.survey_id, now)
    await state.ask(Telling.words, callback_data.model_dump())
    return screens.words_question(survey, _)


async def take_words(
    message: Message, actor: Actor, uow: UnitOfWork, now: datetime, state: Question, _: Language
) -> Screen:
    asked = WriteReason(**await state.get_data())
    done = await wishes.give_words(uow, actor, asked.survey_id, typed(message.text, MOST_WORDS), now)
    await state.clear()
    return _explained(done, _)


def _explained(done: Answered, _: Language) -> Screen:
    """Whoever is unhappy hears who looks after it."""
    return screens.ticket_opened(done.ticket, _) if done.ticket else screens.thanks(_)


async def judge(
    _query: CallbackQuery,
    callback_data: JudgeAgain,
    actor: Actor,
    uow: UnitOfWork,
    now: datetime,
    _: Language,
) -> Screen:
    survey = await wishes.judge(uow, actor, callback_data.survey_id, callback_data.again, now)
    return screens.judged(survey, _)


async def ask_photo(
    _query: CallbackQuery,
    callback_data: AddPhoto,
    actor: Actor,
    uow: UnitOfWork,
    state: Question,
    _: Language,
) -> Screen:
    ticket = await tickets.require_open(uow, actor, callback_data.ticket_id)
    await state.ask(Telling.photo, callback_data.model_dump())
    return screens.photo_question(ticket, _)


async def take_photo(
    _message: Message,
    actor: Actor,
    uow: UnitOfWork,
    now: datetime,
    state: Question,
    file: SentFile | None,
    _: Language,
) -> Screen:
    asked = AddPhoto(**await state.get_data())
    await tickets.require_open(uow, actor, asked.ticket_id)
    if file is None or not file.mime_type.startswith("image/"):
        raise FileRefused
    photo = (file.name, file.mime_type, file.content)
    ticket = await tickets.attach_photo(uow, actor, asked.ticket_id, photo, now)
    await state.clear()
    return screens.photo_kept(ticket, _)


async def hurry(
    _query: CallbackQuery,
    callback_data: HurryTicket,
    actor: Actor,
    uow: UnitOfWork,
    now: datetime,
    _: Language,
) -> Screen:
    return screens.hurried(await tickets.hurry(uow, actor, callback_data.ticket_id, now), _)
