"""From a kept update to aiogram's object, without the parts that nobody here looks into."""

from __future__ import annotations

import json
from typing import Any

from aiogram import Bot
from aiogram.types import Update

_LOOKED_AT = ("message_id", "date", "chat", "from", "photo")


def as_update(payload: str, bot: Bot | None) -> Update:
    """The kept update as an object; ``ValidationError`` when it is malformed where it matters."""
    return update_of(json.loads(payload), bot)


def update_of(raw: object, bot: Bot | None) -> Update:
    """The same of an update that has been read already; it stays as it is.

    The message under a tapped button comes with all of its text and buttons. What stands there is read anew
    from the database, so these need not be understood, and cannot be what an update is refused for.
    """
    query = raw.get("callback_query") if isinstance(raw, dict) else None
    if isinstance(query, dict) and isinstance(message := query.get("message"), dict):
        raw = {**raw, "callback_query": {**query, "message": _short(message)}}  # type: ignore[dict-item]
    return Update.model_validate(raw, context={"bot": bot})


def _short(message: dict[str, Any]) -> dict[str, Any]:
    return {key: message[key] for key in _LOOKED_AT if key in message}
