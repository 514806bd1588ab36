"""What is typed into a basket: a quantity, a new quantity of a line, a note to whoever delivers."""

from __future__ import annotations

from datetime import datetime

from aiogram import Router
from aiogram.filters import StateFilter
from aiogram.fsm.state import State, StatesGroup
from aiogram.types import CallbackQuery, Message

from domain.actors import Actor
from handlers.asking import Question
from screens import basket as screens
from screens import checkout
from screens.callbacks.basket import AskLine, AskNote, AskQuantity
from screens.language import Language
from screens.screen import Screen
from services import basket as wishes
from storage.unit_of_work import UnitOfWork


class Asking(StatesGroup):
    quantity = State()
    line = State()
    note = State()


def router() -> Router:
    router = Router(name="quantities")
    router.callback_query.register(ask_quantity, AskQuantity.filter())
    router.callback_query.register(ask_line, AskLine.filter())
    router.callback_query.register(ask_note, AskNote.filter())
    router.message.register(take_quantity, StateFilter(Asking.quantity))
    router.message.register(take_line, StateFilter(Asking.line))
    router.message.register(take_note, StateFilter(Asking.note))
    return router


async def ask_quantity(
    _query: CallbackQuery,
    callback_data: AskQuantity,
    actor: Actor,
    uow: UnitOfWork,
    now: datetime,
    state: Question,
    _: Language,
) -> Screen:
    product = await wishes.open_product(uow, actor, callback_data.product_id, now)
    await state.ask(Asking.quantity, callback_data.model_dump())
    return screens.quantity_question(product, False, _)


async def take_quantity(
    message: Message, actor: Actor, uow: UnitOfWork, now: datetime, state: Question, _: Language
) -> Screen:
    asked = AskQuantity(**await state.get_data())
    put = await wishes.add_typed(uow, actor, asked.product_id, message.text or "", now)
    await state.clear()
    return screens.added(put, _)


async def ask_line(
    _query: CallbackQuery,
    callback_data: AskLine,
    actor: Actor,
    uow: UnitOfWork,
    now: datetime,
    state: Question,
    _: Language,
) -> Screen:
    product = await wishes.open_product(uow, actor, callback_data.product_id, now)
    await state.ask(Asking.line, callback_data.model_dump())
    return screens.quantity_question(product, True, _)


async def take_line(
    message: Message, actor: Actor, uow: UnitOfWork, now: datetime, state: Question, _: Language
) -> Screen:
    asked = AskLine(**await state.get_data())
    basket = await wishes.set_typed(uow, actor, asked.product_id, message.text or "", now)
    await state.clear()
    return screens.basket(basket, _)


async def ask_note(
    _query: CallbackQuery, actor: Actor, uow: UnitOfWork, state: Question, _: Language
) -> Screen:
    basket = await wishes.find_basket(uow, actor)
    await state.ask(Asking.note)
    return checkout.note_question(basket.draft.note, _)


async def take_note(
    message: Message, actor: Actor, uow: UnitOfWork, now: datetime, state: Question, _: Language
) -> Screen:
    choice = await wishes.put_note(uow, actor, message.text or "", now)
    await state.clear()
    return checkout.step(choice, _)
