"""Going on with a registration after something else was looked at, or starting it over."""

from __future__ import annotations

from aiogram import Router
from aiogram.types import CallbackQuery

from domain.actors import Actor
from handlers.asking import Question
from handlers.front import home_of
from handlers.registering import question
from screens.callbacks.registration import ContinueRegistration, StartOver
from screens.language import Language
from screens.screen import Screen
from services import begun
from storage.unit_of_work import UnitOfWork


def router() -> Router:
    router = Router(name="resuming")
    router.callback_query.register(go_on, ContinueRegistration.filter())
    router.callback_query.register(start_over, StartOver.filter())
    return router


async def go_on(
    _query: CallbackQuery, actor: Actor, uow: UnitOfWork, state: Question, company: str, _: Language
) -> Screen:
    """The question at which it was left, with all answers before it; home when there is none any more."""
    left = await begun.find(uow, actor)
    screen = question(left.step, dict(left.answers), _) if left else None
    if left is None or screen is None:
        return await home_of(uow, actor, company, _)
    await state.set_data(left.answers)
    await state.set_state(left.step)
    return screen


async def start_over(
    _query: CallbackQuery, actor: Actor, uow: UnitOfWork, company: str, _: Language
) -> Screen:
    """What was answered is forgotten; the greeting asks for the number again."""
    await begun.forget(uow, actor)
    return await home_of(uow, actor, company, _)
