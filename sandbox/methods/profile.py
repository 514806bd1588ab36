"""What the bot says about itself: who it is, its commands, its names."""

from __future__ import annotations

import re
from typing import Any

from sandbox.errors import bad_request
from sandbox.methods.register import method
from sandbox.params import Params
from sandbox.people import Wire
from sandbox.state import Sandbox

COMMANDS_LIMIT = 100
_COMMAND = re.compile(r"[a-z0-9_]+")


@method("getMe")
def get_me(box: Sandbox, _: Params) -> Wire:
    return box.bot


@method("logOut")
@method("close")
def let_go(_: Sandbox, __: Params) -> bool:
    """Agree to everything: there is no other server to go to."""
    return True


def _scope(params: Params) -> tuple[str, str]:
    scope = params.json("scope", "can't parse BotCommandScope")
    key = "default"
    if isinstance(scope, dict):
        key = ":".join(str(scope[name]) for name in ("type", "chat_id", "user_id") if name in scope)
    return key, params.text("language_code")


@method("setMyCommands")
def set_my_commands(box: Sandbox, params: Params) -> bool:
    commands = params.json("commands", "can't parse commands JSON object")
    if not isinstance(commands, list):
        raise bad_request("expected an Array of BotCommand")
    if len(commands) > COMMANDS_LIMIT:
        raise bad_request("can't set more than 100 commands")
    box.profile.commands[_scope(params)] = [_command(given) for given in commands]
    return True


def _command(given: Any) -> Wire:
    if not isinstance(given, dict):
        raise bad_request("expected an Object")
    command = str(given.get("command", "")).strip().removeprefix("/").lower()
    description = str(given.get("description", "")).strip()
    if not command:
        raise bad_request("command must be non-empty")
    if len(command) > 32:
        raise bad_request("command length must not exceed 32")
    if not description:
        raise bad_request("command description must be non-empty")
    if len(description) > 256:
        raise bad_request("command description length must not exceed 256")
    if _COMMAND.fullmatch(command) is None:
        raise bad_request("BOT_COMMAND_INVALID")
    return {"command": command, "description": description}


@method("getMyCommands")
def get_my_commands(box: Sandbox, params: Params) -> list[Wire]:
    return box.profile.commands.get(_scope(params), [])


@method("deleteMyCommands")
def delete_my_commands(box: Sandbox, params: Params) -> bool:
    box.profile.commands.pop(_scope(params), None)
    return True


@method("setChatMenuButton")
def set_chat_menu_button(box: Sandbox, params: Params) -> bool:
    button = params.json("menu_button", "can't parse MenuButton")
    chat_id = params.integer("chat_id")
    if isinstance(button, dict) and button.get("type") != "default":
        box.profile.menu_buttons[chat_id] = button
    else:
        box.profile.menu_buttons.pop(chat_id, None)
    return True


@method("getChatMenuButton")
def get_chat_menu_button(box: Sandbox, params: Params) -> Wire:
    buttons = box.profile.menu_buttons
    return buttons.get(params.integer("chat_id")) or buttons.get(0) or {"type": "commands"}


def _set(texts: dict[str, str], params: Params, name: str, limit: int) -> bool:
    value = params.text(name)
    if len(value) > limit:
        raise bad_request(f"{name.upper()}_TOO_LONG")
    texts[params.text("language_code")] = value
    return True


def _get(texts: dict[str, str], params: Params, default: str = "") -> str:
    return texts.get(params.text("language_code")) or texts.get("") or default


@method("setMyName")
def set_my_name(box: Sandbox, params: Params) -> bool:
    done = _set(box.profile.names, params, "name", 64)
    if default := box.profile.names.get(""):
        box.bot["first_name"] = default
    return done


@method("getMyName")
def get_my_name(box: Sandbox, params: Params) -> Wire:
    return {"name": _get(box.profile.names, params, box.bot["first_name"])}


@method("setMyDescription")
def set_my_description(box: Sandbox, params: Params) -> bool:
    return _set(box.profile.descriptions, params, "description", 512)


@method("getMyDescription")
def get_my_description(box: Sandbox, params: Params) -> Wire:
    return {"description": _get(box.profile.descriptions, params)}


@method("setMyShortDescription")
def set_my_short_description(box: Sandbox, params: Params) -> bool:
    return _set(box.profile.short_descriptions, params, "short_description", 120)


@method("getMyShortDescription")
def get_my_short_description(box: Sandbox, params: Params) -> Wire:
    return {"short_description": _get(box.profile.short_descriptions, params)}
