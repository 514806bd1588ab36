"""Reading `reply_markup`: inline keyboards for the wire, reply keyboards for the person's screen."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from sandbox.errors import ApiError, bad_request
from sandbox.html_parts import checked_url
from sandbox.params import Params
from sandbox.people import Wire

DATA_LIMIT = 64
MARKUP_LIMIT = 10_240
BUTTON_LIMIT = 100

# What an inline button may do; exactly one of them has to be there.
_ACTIONS = [
    "url",
    "login_url",
    "callback_data",
    "web_app",
    "copy_text",
    "switch_inline_query",
    "switch_inline_query_current_chat",
    "switch_inline_query_chosen_chat",
    "callback_game",
    "pay",
]
_REQUESTS = {"request_contact": "contact", "request_location": "location"}
_REQUEST_REFUSALS = {
    "request_contact": "phone number can be requested in private chats only",
    "request_location": "location can be requested in private chats only",
}


@dataclass(frozen=True, slots=True)
class Markup:
    """`inline` goes into the message on the wire; `keyboard` is only seen by the person."""

    inline: Wire | None = None
    keyboard: Wire | None = None


NO_MARKUP = Markup()


def read_markup(params: Params, private: bool) -> Markup:
    if "reply_markup" not in params:
        return NO_MARKUP
    parsed = params.json("reply_markup", "can't parse reply keyboard markup JSON object")
    if parsed is None:
        return NO_MARKUP
    if not isinstance(parsed, dict):
        raise bad_request("object expected as reply markup")
    if "inline_keyboard" in parsed:
        return Markup(inline=_inline(parsed["inline_keyboard"]))
    if "keyboard" in parsed:
        return Markup(keyboard=_reply_keyboard(parsed, private))
    if parsed.get("remove_keyboard"):
        return Markup(keyboard={"remove": True})
    return NO_MARKUP


def read_inline(params: Params) -> Wire | None:
    """Read the markup of an edit, which can only be an inline keyboard."""
    return read_markup(params, private=True).inline


def _rows(value: Any, field: str, kind: str) -> list[list[Any]]:
    if not isinstance(value, list):
        raise bad_request(f'field "{field}" of the {kind} must be an Array of Arrays')
    for row in value:
        if not isinstance(row, list):
            raise bad_request(f'field "{field}" of the {kind} must be an Array of Arrays')
    return value


def _inline(value: Any) -> Wire | None:
    rows = _rows(value, "inline_keyboard", "InlineKeyboardMarkup")
    keyboard = [[_inline_button(button) for button in row] for row in rows if row]
    if sum(map(len, keyboard)) > BUTTON_LIMIT:
        raise bad_request("reply markup is too long")
    if keyboard and len(json.dumps(keyboard, ensure_ascii=False).encode()) > MARKUP_LIMIT:
        raise bad_request("reply markup is too long")
    return {"inline_keyboard": keyboard} if keyboard else None


def _inline_button(button: Any) -> Wire:
    if not isinstance(button, dict):
        raise _unparsable_inline("InlineKeyboardButton must be an Object")
    text = _button_text(button, _unparsable_inline)
    if not text.strip():
        raise bad_request("inline keyboard button text must be non-empty")
    action = next((name for name in _ACTIONS if button.get(name) not in (None, "")), None)
    if action is None:
        raise _unparsable_inline("Text buttons are unallowed in the inline keyboard")
    wire: Wire = {"text": text, action: button[action]}
    if action == "callback_data":
        data = button[action]
        if not isinstance(data, str):
            raise _unparsable_inline('Field "callback_data" must be of type String')
        if len(data.encode()) > DATA_LIMIT:
            raise bad_request("BUTTON_DATA_INVALID")
    elif action == "url":
        wire["url"] = _button_url(str(button["url"]))
    for name in ("style", "icon_custom_emoji_id"):
        if button.get(name):
            wire[name] = button[name]
    return wire


def _button_text(button: Wire, refusal: Any) -> str:
    if "text" not in button:
        raise refusal('Can\'t find field "text"')
    if not isinstance(button["text"], str):
        raise refusal('Field "text" must be of type String')
    return button["text"]


def _button_url(url: str) -> str:
    scheme, separator, _ = url.partition("://")
    if separator and scheme.lower() not in ("http", "https", "tg", "ton", "tonsite"):
        raise bad_request(f"inline keyboard button URL '{url}' is invalid: Unsupported URL protocol")
    checked = checked_url(url)
    if checked is None:
        raise bad_request(f"inline keyboard button URL '{url}' is invalid: Wrong HTTP URL")
    return checked


def _reply_keyboard(markup: Wire, private: bool) -> Wire | None:
    rows = _rows(markup["keyboard"], "keyboard", "ReplyKeyboardMarkup")
    views = [[_reply_button(button, private) for button in row] for row in rows if row]
    if not views:
        return None
    return {
        "rows": views,
        "one_time": bool(markup.get("one_time_keyboard")),
        "resize": bool(markup.get("resize_keyboard")),
        "placeholder": markup.get("input_field_placeholder"),
    }


def _reply_button(button: Any, private: bool) -> Wire:
    if isinstance(button, str):
        button = {"text": button}
    if not isinstance(button, dict):
        raise _unparsable_reply("KeyboardButton must be a String or an Object")
    text = _button_text(button, _unparsable_reply)
    if not text.strip():
        raise bad_request("keyboard button text must be non-empty")
    request = None
    for name, wanted in _REQUESTS.items():
        if button.get(name):
            if not private:
                raise bad_request(_REQUEST_REFUSALS[name])
            request = wanted
    if button.get("web_app") and not private:
        raise bad_request("web app buttons can be used in private chats only")
    return {"label": text, "request": request}


def _unparsable_inline(reason: str) -> ApiError:
    return bad_request(f"can't parse inline keyboard button: {reason}")


def _unparsable_reply(reason: str) -> ApiError:
    return bad_request(f"can't parse keyboard button: {reason}")
