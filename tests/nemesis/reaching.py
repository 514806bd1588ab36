"""Updates that reach for the victim's things, through every handler that is registered."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from aiogram.filters.callback_data import CallbackData, CallbackQueryFilter

from domain.actors import Actor
from handlers import routers
from tests.bot.kit import a_tap, a_text
from tests.nemesis.doors import absent, data_of, name_of
from tests.nemesis.intruders import Town
from tests.nemesis.rights import ROWS

FILES = {"<table>": ("list.csv", "text/csv"), "<picture>": ("page.png", "image/png")}
"""Sent without words; their contents are the doors'."""
Asked = tuple[str, Mapping[str, object]] | None


def handlers() -> Iterator[tuple[str, str, type[CallbackData] | None]]:
    """Every registered handler: its name, what it observes, and the button it is for."""
    for router in routers().chain_tail:
        for observer, each in router.observers.items():
            for handler in each.handlers:
                found = [
                    f.callback.callback_data
                    for f in handler.filters or ()
                    if isinstance(f.callback, CallbackQueryFilter)
                ]
                yield name_of(handler.callback), observer, found[0] if found else None


BUTTONS = {button.__prefix__: (name, button) for name, _observer, button in handlers() if button}


def events(town: Town, name: str, actor: Actor, *, is_absent: bool) -> Iterator[tuple[dict[str, Any], Asked]]:
    """The updates that reach for the victim's things, or for what nobody has, through that handler."""
    row, victim, user_id = ROWS[name], town.victim, actor.identity.user_id
    ids = absent(victim.ids) if is_absent else dict(victim.ids)
    asked: Asked = None
    if row.state is not None:
        data = {key: _kept(value, ids) for key, value in row.data.items()}
        asked = (row.state, {"mobile": "09121234567", **data})
    for text in row.texts:
        yield _typed(user_id, text.format(number=ids["number"])), asked
    for its_name, button in BUTTONS.values():
        if its_name == name:
            more = {"version": victim.draft_version, "nonce": victim.draft_nonce}
            yield a_tap(user_id, data_of(button, ids, row.fields, **more)), asked
    if name == "home.note_membership":
        yield _blocked(user_id, victim.user_id), asked
    if name == "fallback.show_old_button":
        yield a_tap(user_id, "never:known"), asked


def _kept(value: str, ids: Mapping[str, int]) -> object:
    """What a question is about: an id of the victim by its name, or with «=» before it the word itself."""
    if value == "[]":
        return []
    return value[1:] if value.startswith("=") else ids.get(value, "x")


def _typed(user_id: int, text: str) -> dict[str, Any]:
    if text not in {"<contact>", "<file with words>", *FILES}:
        return a_text(user_id, text, **_command(text))
    raw = a_text(user_id, "")
    del raw["message"]["text"]
    if text in FILES:
        name, mime_type = FILES[text]
        sent = {"file_id": name, "file_unique_id": name, "file_name": name, "mime_type": mime_type}
        raw["message"]["document"] = sent
        return raw
    if text == "<file with words>":
        sent = {"file_id": "f", "file_unique_id": "f", "mime_type": "text/plain"}
        raw["message"] |= {"document": sent, "caption": "این شکسته بود"}
        return raw
    raw["message"]["contact"] = {"phone_number": "09121234567", "first_name": "x", "user_id": user_id}
    return raw


def _command(text: str) -> dict[str, Any]:
    if not text.startswith("/"):
        return {}
    return {"entities": [{"type": "bot_command", "offset": 0, "length": len(text.split()[0])}]}


def _blocked(user_id: int, whom: int) -> dict[str, Any]:
    """Forged: it says that somebody else has blocked the bot."""
    number = a_text(user_id, "")["update_id"]
    member = {"user": {"id": whom, "is_bot": False, "first_name": "x"}}
    return {
        "update_id": number,
        "my_chat_member": {
            "chat": {"id": user_id, "type": "private", "first_name": "x"},
            "from": {"id": user_id, "is_bot": False, "first_name": "x"},
            "date": 1,
            "old_chat_member": {**member, "status": "member"},
            "new_chat_member": {**member, "status": "kicked", "until_date": 0},
        },
    }
