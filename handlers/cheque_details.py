"""Finance types what is printed on a cheque, or the code under which the bank sent it back."""

from __future__ import annotations

from datetime import datetime

from aiogram import Router
from aiogram.filters import StateFilter
from aiogram.fsm.state import State, StatesGroup
from aiogram.types import CallbackQuery, Message

from domain.actors import Actor
from handlers.asking import Question
from handlers.reading import READS
from screens import cheque_details as screens
from screens.callbacks.instruments import AskChequeDetail, OpenChequeDetails
from screens.language import Language
from screens.screen import Screen
from services.instruments import desk as wishes
from storage.unit_of_work import UnitOfWork


class Detailing(StatesGroup):
    value = State()


def router() -> Router:
    router = Router(name="cheque_details")
    router.callback_query.register(show_details, OpenChequeDetails.filter(), flags=READS)
    router.callback_query.register(ask_detail, AskChequeDetail.filter())
    router.message.register(take_detail, StateFilter(Detailing.value))
    return router


async def show_details(
    _query: CallbackQuery, callback_data: OpenChequeDetails, actor: Actor, uow: UnitOfWork, _: Language
) -> Screen:
    return screens.cheque_details(await wishes.require_moving(uow, actor, callback_data.cheque_id), _)


async def ask_detail(
    _query: CallbackQuery,
    callback_data: AskChequeDetail,
    actor: Actor,
    uow: UnitOfWork,
    state: Question,
    _: Language,
) -> Screen:
    cheque = await wishes.require_moving(uow, actor, callback_data.cheque_id)
    await state.ask(Detailing.value, callback_data.model_dump(mode="json"))
    return screens.detail_question(cheque, callback_data.detail, _)


async def take_detail(
    message: Message, actor: Actor, uow: UnitOfWork, now: datetime, state: Question, _: Language
) -> Screen:
    asked = AskChequeDetail(**await state.get_data())
    cheque = await wishes.record_detail(
        uow, actor, asked.cheque_id, asked.detail, message.text, asked.version, now, screens.bank_word(_)
    )
    await state.clear()
    return screens.cheque_details(cheque, _)
