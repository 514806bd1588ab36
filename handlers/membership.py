"""The managers' side of becoming a customer: looking, asking, approving, rejecting (S1.9)."""

from __future__ import annotations

from datetime import datetime

from aiogram import Router
from aiogram.filters import StateFilter
from aiogram.fsm.state import State, StatesGroup
from aiogram.types import CallbackQuery, Message

from domain.actors import Actor
from domain.addresses import typed
from handlers.asking import Question
from handlers.reading import READS
from screens import membership as screens
from screens.callbacks.registration import (
    ApproveRequest,
    AskApplicant,
    AskRejection,
    OpenLicence,
    OpenRequest,
    OpenRequests,
    RejectRequest,
)
from screens.language import Language
from screens.screen import Screen
from services import membership as wishes
from storage.unit_of_work import UnitOfWork

MOST_REASON = 500
MOST_QUESTION = 800


class Deciding(StatesGroup):
    reason = State()
    question = State()


def router() -> Router:
    router = Router(name="membership")
    taps = router.callback_query
    taps.register(show_requests, OpenRequests.filter(), flags=READS)
    taps.register(show_request, OpenRequest.filter(), flags=READS)
    taps.register(show_licence, OpenLicence.filter(), flags=READS)
    taps.register(approve, ApproveRequest.filter())
    taps.register(ask_rejection, AskRejection.filter())
    taps.register(reject, RejectRequest.filter())
    taps.register(ask_applicant, AskApplicant.filter())
    router.message.register(take_reason, StateFilter(Deciding.reason))
    router.message.register(take_question, StateFilter(Deciding.question))
    return router


async def show_requests(_query: CallbackQuery, actor: Actor, uow: UnitOfWork, _: Language) -> Screen:
    return screens.request_list(await wishes.list_requests(uow, actor), _)


async def show_request(
    _query: CallbackQuery, callback_data: OpenRequest, actor: Actor, uow: UnitOfWork, _: Language
) -> Screen:
    return screens.request_card(await wishes.request_card(uow, actor, callback_data.request_id), _)


async def show_licence(
    _query: CallbackQuery, callback_data: OpenLicence, actor: Actor, uow: UnitOfWork, _: Language
) -> Screen:
    request_id = callback_data.request_id
    file_id, is_picture = await wishes.licence_of(uow, actor, request_id)
    return screens.licence(request_id, file_id, _, is_picture=is_picture)


async def approve(
    _query: CallbackQuery,
    callback_data: ApproveRequest,
    actor: Actor,
    uow: UnitOfWork,
    now: datetime,
    _: Language,
) -> Screen:
    card = await wishes.approve_request(uow, callback_data.request_id, actor, now)
    return screens.request_card(card, _)


async def ask_rejection(
    _query: CallbackQuery,
    callback_data: AskRejection,
    actor: Actor,
    uow: UnitOfWork,
    state: Question,
    _: Language,
) -> Screen:
    await wishes.require_pending(uow, actor, callback_data.request_id)
    await state.ask(Deciding.reason, callback_data.model_dump())
    return screens.rejection_question(callback_data.request_id, _)


async def take_reason(
    message: Message, actor: Actor, uow: UnitOfWork, now: datetime, state: Question, _: Language
) -> Screen:
    request_id = (await state.get_data())["request_id"]
    reason = typed(message.text, MOST_REASON)
    card = await wishes.reject_request(uow, request_id, reason, actor, now)
    await state.clear()
    return screens.request_card(card, _)


async def reject(
    _query: CallbackQuery,
    callback_data: RejectRequest,
    actor: Actor,
    uow: UnitOfWork,
    now: datetime,
    _: Language,
) -> Screen:
    card = await wishes.reject_request(uow, callback_data.request_id, None, actor, now)
    return screens.request_card(card, _)


async def ask_applicant(
    _query: CallbackQuery,
    callback_data: AskApplicant,
    actor: Actor,
    uow: UnitOfWork,
    state: Question,
    _: Language,
) -> Screen:
    await wishes.require_pending(uow, actor, callback_data.request_id)
    await state.ask(Deciding.question, callback_data.model_dump())
    return screens.applicant_question(callback_data.request_id, _)


async def take_question(
    message: Message, actor: Actor, uow: UnitOfWork, now: datetime, state: Question, _: Language
) -> Screen:
    request_id = (await state.get_data())["request_id"]
    card = await wishes.ask_applicant(uow, request_id, typed(message.text, MOST_QUESTION), actor, now)
    await state.clear()
    return screens.question_sent(card, _)
