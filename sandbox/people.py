"""The people who can be played, and the bot itself, as the wire shows them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

Wire = dict[str, Any]


@dataclass(slots=True)
class Person:
    """Somebody with the messenger on their phone.

    `role` and `customer` are what the town knows about them; the messenger itself does not care.
    """

    id: int
    first_name: str
    last_name: str | None = None
    username: str | None = None
    language_code: str | None = "fa"
    phone: str | None = None
    role: str | None = None
    customer: Any = None
    deactivated: bool = False
    # The bot has seen them in a group, so it knows of them without being allowed to write.
    met: bool = False

    def wire(self) -> Wire:
        user: Wire = {"id": self.id, "is_bot": False, "first_name": self.first_name}
        for key in ("last_name", "username", "language_code"):
            if (value := getattr(self, key)) is not None:
                user[key] = value
        return user

    def chat_wire(self) -> Wire:
        chat: Wire = {"id": self.id, "first_name": self.first_name, "type": "private"}
        for key in ("last_name", "username"):
            if (value := getattr(self, key)) is not None:
                chat[key] = value
        return chat

    def view(self) -> Wire:
        """Return the person as `/sim/users` shows them."""
        keys = ("id", "first_name", "last_name", "username", "language_code", "phone", "role", "customer")
        return {key: getattr(self, key) for key in keys}


def make_bot(bot_id: int, username: str) -> Wire:
    """Return what getMe answers."""
    return {
        "id": bot_id,
        "is_bot": True,
        "first_name": "Bonak",
        "username": username,
        "can_join_groups": True,
        "can_read_all_group_messages": True,
        "supports_inline_queries": False,
        "can_connect_to_business": False,
        "has_main_web_app": False,
    }
