"""The way in and the way home: /start, /help, the main menu, leaving a question, trying again."""

from __future__ import annotations

from datetime import datetime

from aiogram import Router
from aiogram.filters import Command, CommandStart
from aiogram.types import CallbackQuery, ChatMemberUpdated, Message

from domain.actors import Actor
from domain.intents import Wish
from handlers.asking import Question, Taken
from handlers.filters import Cancels, Wishes
from handlers.front import home_of
from handlers.reading import READS
from screens.callbacks.home import OpenHome, TryAgain
from screens.home import help_page, old_button, tried_again
from screens.language import Language
from screens.screen import Screen
from services.customers import note_reach
from storage.unit_of_work import UnitOfWork


def router() -> Router:
    router = Router(name="home")
    router.message.register(start, CommandStart())
    router.message.register(show_help, Command("help"))
    router.message.register(start, Command("menu", "cancel"))
    router.message.register(start, Cancels())
    router.message.register(start, Wishes(Wish.GREETING, Wish.HOME))
    router.message.register(show_help, Wishes(Wish.HELP))
    router.callback_query.register(show_home, OpenHome.filter(), flags=READS)
    router.callback_query.register(try_again, TryAgain.filter())
    router.my_chat_member.register(note_membership)
    return router


async def start(
    _message: Message, actor: Actor, uow: UnitOfWork, state: Question, company: str, _: Language
) -> Screen:
    """Home again; whatever question was open is left."""
    await state.clear()
    return await home_of(uow, actor, company, _)


async def show_home(
    _query: CallbackQuery, actor: Actor, uow: UnitOfWork, company: str, _: Language
) -> Screen:
    return await home_of(uow, actor, company, _)


async def show_help(_message: Message, _: Language) -> Screen:
    return help_page(_)


async def try_again(
    _query: CallbackQuery,
    callback_data: TryAgain,
    actor: Actor,
    uow: UnitOfWork,
    taken: Taken,
    _: Language,
) -> Screen:
    """Bring one's own dead update back (S0.4); whoever works the inbox off takes it next."""
    taken.brought_back = await uow.inbox.bring_back(callback_data.inbox_id, actor.identity.user_id)
    return old_button(_) if taken.brought_back is None else tried_again(_)


async def note_membership(member: ChatMemberUpdated, actor: Actor, uow: UnitOfWork, now: datetime) -> None:
    """The person has blocked the bot or let it in again; nothing is said about it."""
    if member.chat.type == "private":
        is_blocked = member.new_chat_member.status == "kicked"
        await note_reach(uow, actor, member.new_chat_member.user.id, now, is_blocked=is_blocked)
