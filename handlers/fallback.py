"""What nobody knew: an old button leads to S0.3, a text that nobody understood gets help. Always last."""

from aiogram import Router
from aiogram.types import CallbackQuery, Message

from domain.actors import Actor
from handlers.front import home_of
from screens.home import not_understood, old_button
from screens.language import Language
from screens.screen import Screen
from storage.unit_of_work import UnitOfWork


def router() -> Router:
    router = Router(name="fallback")
    router.callback_query.register(show_old_button)
    router.message.register(show_help)
    return router


async def show_old_button(_query: CallbackQuery, _: Language) -> Screen:
    return old_button(_)


async def show_help(_message: Message, actor: Actor, uow: UnitOfWork, company: str, _: Language) -> Screen:
    """S0.2 for customers; everybody else is shown the way in."""
    if actor.customer is None:
        return await home_of(uow, actor, company, _)
    return not_understood(_)
