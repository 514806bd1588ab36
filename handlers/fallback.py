"""What nobody knew: an old button leads to S0.3, a text that nobody understood gets help. Always last."""

from aiogram import Router
from aiogram.types import CallbackQuery, Message

from domain.actors import Actor
from screens.home import home, old_button
from screens.language import Language
from screens.screen import Screen


def router() -> Router:
    router = Router(name="fallback")
    router.callback_query.register(show_old_button)
    router.message.register(show_help)
    return router


async def show_old_button(_query: CallbackQuery, _: Language) -> Screen:
    return old_button(_)


async def show_help(_message: Message, actor: Actor, _: Language) -> Screen:
    return home(actor, _)
