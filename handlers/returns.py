"""Finance takes goods of an invoice back: the line, the number, whose fault, and the word on it."""

from __future__ import annotations

from datetime import datetime

from aiogram import Router
from aiogram.filters import StateFilter
from aiogram.fsm.state import State, StatesGroup
from aiogram.types import CallbackQuery, Message

from domain.actors import Actor
from domain.errors import NotAQuantity
from domain.quantities import typed
from domain.return_desk import ReturnWish
from handlers.asking import Question
from handlers.reading import READS
from screens import returns as screens
from screens.callbacks.returns import (
    AskReturnUnits,
    ChooseReturnUnits,
    OpenReturn,
    PreviewReturn,
    TakeReturn,
)
from screens.language import Language
from screens.screen import Screen
from services import return_desk as wishes
from storage.unit_of_work import UnitOfWork


class Returning(StatesGroup):
    units = State()


def router() -> Router:
    router = Router(name="returns")
    taps = router.callback_query
    taps.register(show_lines, OpenReturn.filter(), flags=READS)
    taps.register(ask_units, AskReturnUnits.filter())
    taps.register(choose_units, ChooseReturnUnits.filter(), flags=READS)
    taps.register(show_summary, PreviewReturn.filter(), flags=READS)
    taps.register(take_back, TakeReturn.filter())
    router.message.register(take_units, StateFilter(Returning.units))
    return router


async def show_lines(
    _query: CallbackQuery, callback_data: OpenReturn, actor: Actor, uow: UnitOfWork, _: Language
) -> Screen:
    found = await wishes.returnable(uow, actor, callback_data.invoice_id)
    return screens.line_question(found, callback_data.page, _)


async def ask_units(
    _query: CallbackQuery,
    callback_data: AskReturnUnits,
    actor: Actor,
    uow: UnitOfWork,
    state: Question,
    _: Language,
) -> Screen:
    found = await wishes.returnable(uow, actor, callback_data.invoice_id)
    line = found.line(callback_data.position)
    await state.ask(Returning.units, callback_data.model_dump())
    return screens.units_question(found, line, _)


async def take_units(message: Message, actor: Actor, uow: UnitOfWork, state: Question, _: Language) -> Screen:
    """A number of units; cartons are not counted here, for half of one may have come back."""
    asked = AskReturnUnits(**await state.get_data())
    found = await wishes.returnable(uow, actor, asked.invoice_id)
    line, said = found.line(asked.position), typed(message.text or "")
    if said.in_cartons or said.half:
        raise NotAQuantity
    line.require(said.number)
    await state.clear()
    return screens.cause_question(found, line, said.number, _)


async def choose_units(
    _query: CallbackQuery, callback_data: ChooseReturnUnits, actor: Actor, uow: UnitOfWork, _: Language
) -> Screen:
    found = await wishes.returnable(uow, actor, callback_data.invoice_id)
    line = found.line(callback_data.position)
    line.require(callback_data.units)
    return screens.cause_question(found, line, callback_data.units, _)


async def show_summary(
    _query: CallbackQuery, callback_data: PreviewReturn, actor: Actor, uow: UnitOfWork, _: Language
) -> Screen:
    return screens.summary(await wishes.preview(uow, actor, _wish(callback_data)), _)


async def take_back(
    _query: CallbackQuery,
    callback_data: TakeReturn,
    actor: Actor,
    uow: UnitOfWork,
    now: datetime,
    _: Language,
) -> Screen:
    taken = await wishes.take_back(uow, actor, _wish(callback_data), callback_data.version, now)
    return screens.taken_back(taken, _)


def _wish(button: PreviewReturn | TakeReturn) -> ReturnWish:
    return ReturnWish(
        invoice_id=button.invoice_id, position=button.position, units=button.units, cause=button.cause
    )
