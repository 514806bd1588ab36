"""How somebody joins our people: the one-time link of an invite."""

from __future__ import annotations

from datetime import datetime

from aiogram import Router
from aiogram.filters import CommandObject, CommandStart, StateFilter
from aiogram.fsm.state import State, StatesGroup
from aiogram.types import Message

from domain.actors import Actor
from domain.addresses import MOST_NAME, typed
from domain.persian import search_key
from domain.referrals import PAYLOAD
from domain.staff import Staff
from handlers.asking import Question
from handlers.front import home_of
from handlers.referrals import followed
from screens import staff as screens
from screens.language import Language
from screens.screen import Screen
from services import staff as wishes
from storage.unit_of_work import UnitOfWork

INVITE = "inv_"


class Joining(StatesGroup):
    name = State()


def router() -> Router:
    router = Router(name="staff")
    router.message.register(follow_link, CommandStart(deep_link=True))
    router.message.register(take_name, StateFilter(Joining.name))
    return router


async def follow_link(
    _message: Message,
    command: CommandObject,
    actor: Actor,
    uow: UnitOfWork,
    now: datetime,
    state: Question,
    company: str,
    _: Language,
) -> Screen:
    """/start with something behind it: an invite, or a colleague's link; else it is a plain /start."""
    await state.clear()
    said = command.args or ""
    if said.startswith(PAYLOAD):
        return await followed(said, actor, uow, now, company, _)
    if not said.startswith(INVITE) or isinstance(actor.person, Staff):
        return await home_of(uow, actor, company, _)
    invited = wishes.fingerprint(said.removeprefix(INVITE))
    if search_key(actor.identity.name):
        return screens.joined(await wishes.join(uow, actor, invited, actor.identity.name, now), _)
    await wishes.require_open_invite(uow, actor, invited, now)
    await state.ask(Joining.name, {"invited": invited})
    return screens.staff_name_question(_)


async def take_name(
    message: Message, actor: Actor, uow: UnitOfWork, now: datetime, state: Question, _: Language
) -> Screen:
    """The name that the messenger did not give."""
    invited = (await state.get_data())["invited"]
    staff = await wishes.join(uow, actor, invited, typed(message.text, MOST_NAME), now)
    await state.clear()
    return screens.joined(staff, _)
