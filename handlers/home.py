"""The main menu."""

from aiogram import Router
from aiogram.types import CallbackQuery

from domain.actors import Actor
from handlers.reading import READS
from screens.callbacks.home import OpenHome
from screens.home import home
from screens.language import Language
from screens.screen import Screen


def router() -> Router:
    router = Router(name="home")
    router.callback_query.register(show_home, OpenHome.filter(), flags=READS)
    return router


async def show_home(_query: CallbackQuery, actor: Actor, _: Language) -> Screen:
    return home(actor, _)
