"""The questions of a registration in their order, and how the one that is open is asked again."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from aiogram.fsm.state import State, StatesGroup

from domain.actors import Actor
from handlers.asking import Question
from screens import registration as screens
from screens.home import old_button
from screens.language import Language
from screens.screen import Screen
from services import begun
from storage.unit_of_work import UnitOfWork


class Registering(StatesGroup):
    confirming = State()
    name = State()
    kind = State()
    address = State()
    location = State()
    identifier = State()
    licence = State()


async def ask_next(
    uow: UnitOfWork, actor: Actor, state: Question, step: State, answers: Mapping[str, Any], now: datetime
) -> None:
    """Open the next question; what was answered outlives a way home."""
    assert step.state is not None
    await state.ask(step, answers)
    await begun.keep(uow, actor, step.state, answers, now)


def question(current: str | None, data: dict[str, Any], _: Language) -> Screen | None:
    """The screen of that question; None when it is none of ours."""
    match current:
        case Registering.confirming.state:
            centres = tuple((name, outlet) for name, outlet in data["centres"])
            return screens.known_contact(data["contact_id"], centres, _)
        case Registering.name.state:
            return screens.name_question(_, is_known="contact_id" in data)
        case Registering.kind.state:
            return screens.kind_question(_)
        case Registering.address.state:
            return screens.address_question(_)
        case Registering.location.state:
            return screens.location_question(_)
        case Registering.identifier.state:
            return screens.identifier_question(_)
        case Registering.licence.state:
            return screens.licence_question(_)
    return None


async def still_open(state: Question, _: Language) -> Screen:
    """The question that is open, asked again; an old button when there is none of ours."""
    current, data = await state.get_state(), await state.get_data()
    screen = question(current, data, _)
    if screen is None:
        return old_button(_)
    await state.set_state(current)
    return screen
