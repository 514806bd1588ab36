"""Finance asks for the average due day of what was typed (rule R4)."""

from __future__ import annotations

from datetime import datetime

from aiogram import Router
from aiogram.filters import StateFilter
from aiogram.fsm.state import State, StatesGroup
from aiogram.types import CallbackQuery, Message

from domain.actors import Actor
from domain.calendar import today_in_tehran
from domain.ras_text import ras_question
from handlers.asking import Question
from screens import ras as screens
from screens.callbacks.instruments import AskRas
from screens.language import Language
from screens.screen import Screen
from services.instruments import desk as wishes
from storage.unit_of_work import UnitOfWork


class Weighing(StatesGroup):
    lines = State()


def router() -> Router:
    router = Router(name="ras")
    router.callback_query.register(ask_ras, AskRas.filter())
    router.message.register(take_lines, StateFilter(Weighing.lines))
    return router


async def ask_ras(
    _query: CallbackQuery, actor: Actor, uow: UnitOfWork, state: Question, _: Language
) -> Screen:
    await wishes.time_price(uow, actor)
    await state.ask(Weighing.lines)
    return screens.ras_prompt(_)


async def take_lines(
    message: Message, actor: Actor, uow: UnitOfWork, now: datetime, state: Question, _: Language
) -> Screen:
    monthly = await wishes.time_price(uow, actor)
    asked = ras_question(message.text or "", today_in_tehran(now), _.money_unit)
    await state.clear()
    return screens.ras_answer(asked, monthly, _)
