"""The manager looks at the letterhead of our documents, and changes it."""

from __future__ import annotations

from datetime import datetime

from aiogram import Router
from aiogram.filters import StateFilter
from aiogram.fsm.state import State, StatesGroup
from aiogram.types import CallbackQuery, Message

from domain.actors import Actor
from domain.company import CompanyPart
from handlers.asking import Question
from handlers.reading import READS
from screens import company as screens
from screens.callbacks.company import AskCompanyPart, ClearCompanyPart, OpenCompany
from screens.language import Language
from screens.screen import Screen
from services import company as wishes
from storage.unit_of_work import UnitOfWork


class Letterhead(StatesGroup):
    """A question for each part, named like it."""

    name = State()
    address = State()
    phone = State()
    economic_code = State()
    national_id = State()
    postal_code = State()
    footer = State()


def router() -> Router:
    router = Router(name="company")
    router.callback_query.register(show, OpenCompany.filter(), flags=READS)
    router.callback_query.register(ask, AskCompanyPart.filter())
    router.callback_query.register(clear, ClearCompanyPart.filter())
    router.message.register(take, StateFilter(Letterhead))
    return router


async def show(_query: CallbackQuery, actor: Actor, uow: UnitOfWork, company: str, _: Language) -> Screen:
    return screens.letterhead(await wishes.letterhead(uow, actor, company), _)


async def ask(
    _query: CallbackQuery,
    callback_data: AskCompanyPart,
    actor: Actor,
    uow: UnitOfWork,
    company: str,
    state: Question,
    _: Language,
) -> Screen:
    now = await wishes.letterhead(uow, actor, company)
    await state.ask(getattr(Letterhead, callback_data.part.value))
    return screens.part_question(now, callback_data.part, _)


async def take(
    message: Message,
    actor: Actor,
    uow: UnitOfWork,
    now: datetime,
    company: str,
    state: Question,
    _: Language,
) -> Screen:
    part = CompanyPart((await state.get_state() or "").rpartition(":")[2])
    await wishes.change_letterhead(uow, actor, part, message.text, now)
    await state.clear()
    return screens.letterhead(await wishes.letterhead(uow, actor, company), _)


async def clear(
    _query: CallbackQuery,
    callback_data: ClearCompanyPart,
    actor: Actor,
    uow: UnitOfWork,
    now: datetime,
    company: str,
    _: Language,
) -> Screen:
    await wishes.clear_letterhead(uow, actor, callback_data.part, now)
    return screens.letterhead(await wishes.letterhead(uow, actor, company), _)
