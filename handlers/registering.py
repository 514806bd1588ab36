"""The questions of a registration in their order, and how the one that is open is asked again."""

from __future__ import annotations

from typing import Any

from aiogram.fsm.state import State, StatesGroup

from screens import registration as screens
from screens.language import Language
from screens.screen import Screen


class Registering(StatesGroup):
    confirming = State()
    name = State()
    kind = State()
    address = State()
    location = State()
    identifier = State()
    licence = State()


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
