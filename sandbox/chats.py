"""A chat between the bot and a person or a group, and its messages as they stand now."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sandbox.people import Wire

_ISOLATES = dict.fromkeys(map(ord, "\u2066\u2067\u2068\u2069"))


def as_seen(label: object) -> str:
    return str(label).translate(_ISOLATES)


class Message:
    """One message: `wire` is what the Bot API shows of it, the rest is what only a messenger knows.

    A `wire` is never changed in place, because logs and updates hold on to it: an edit makes a new one.
    """

    __slots__ = ("deleted", "edited", "from_bot", "keyboard", "toasts", "wire")

    def __init__(self, wire: Wire, from_bot: bool, keyboard: Wire | None = None) -> None:
        self.wire = wire
        self.from_bot = from_bot
        self.keyboard = keyboard
        self.edited = False
        self.deleted = False
        self.toasts: list[Wire] = []

    @property
    def id(self) -> int:
        return int(self.wire["message_id"])

    def inline_rows(self) -> list[list[Wire]]:
        markup = self.wire.get("reply_markup")
        return markup["inline_keyboard"] if markup else []

    def view(self) -> Wire:
        """Return the message as `/sim/chats` and the events show it."""
        wire = self.wire
        get = wire.get
        reply = get("reply_to_message")
        sender = get("from")
        return {
            "message_id": wire["message_id"],
            "date": wire["date"],
            "from_bot": self.from_bot,
            "from": {"id": sender["id"], "first_name": sender["first_name"]} if sender else None,
            "text": get("text"),
            "caption": get("caption"),
            "entities": get("entities") or get("caption_entities") or [],
            "buttons": [[_button_view(button) for button in row] for row in self.inline_rows()],
            "keyboard": self.keyboard,
            "photo": _photo_view(get("photo")),
            "document": _document_view(get("document")),
            "contact": get("contact"),
            "location": get("location"),
            "venue": get("venue"),
            "voice": get("voice"),
            "media_group_id": get("media_group_id"),
            "reply_to_message_id": reply["message_id"] if reply else None,
            "edited": self.edited,
            "deleted": self.deleted,
            "toasts": list(self.toasts),
        }


def _button_view(button: Wire) -> Wire:
    view = {"label": button["text"]}
    if "callback_data" in button:
        view["data"] = button["callback_data"]
    elif "url" in button:
        view["url"] = button["url"]
    return view


def _photo_view(sizes: list[Wire] | None) -> Wire | None:
    if not sizes:
        return None
    return {key: sizes[-1][key] for key in ("file_id", "width", "height")}


def _document_view(document: Wire | None) -> Wire | None:
    if not document:
        return None
    return {
        "file_id": document["file_id"],
        "file_name": document.get("file_name"),
        "mime_type": document.get("mime_type"),
        "size": document["file_size"],
    }


class Chat:
    """What both sides see. `started` means that the person has written to the bot at least once."""

    __slots__ = ("id", "keyboard", "last_id", "left", "messages", "started", "wire")

    def __init__(self, wire: Wire, last_id: int = 0) -> None:
        self.id = int(wire["id"])
        self.wire = wire
        self.messages: dict[int, Message] = {}
        self.last_id = last_id
        self.started = False
        # The person has blocked the bot, or it was removed from the group.
        self.left = False
        # The reply keyboard under the input field, as the newest message that spoke of one left it.
        self.keyboard: Wire | None = None

    @property
    def private(self) -> bool:
        return bool(self.wire["type"] == "private")

    def next_id(self) -> int:
        self.last_id += 1
        return self.last_id

    def standing(self, message_id: int) -> Message | None:
        """Return the message unless it was never there or has been deleted."""
        message = self.messages.get(message_id)
        return None if message is None or message.deleted else message

    def newest_first(self) -> Iterator[Message]:
        return (message for message in reversed(self.messages.values()) if not message.deleted)

    def find_button(
        self, label: str | None, data: str | None, message_id: int | None = None
    ) -> tuple[Message, Wire] | None:
        """Find the newest button by its label or its data; a label that fits none is tried as data.

        A label is what one sees of it: isolates that keep Latin letters in their place are nothing to see.
        """
        for key, wanted in (("text", label), ("callback_data", data if data is not None else label)):
            if wanted is None:
                continue
            seen = as_seen(wanted)
            for message in self.newest_first():
                if message_id is not None and message.id != message_id:
                    continue
                for row in message.inline_rows():
                    for button in row:
                        if key in button and as_seen(button[key]) == seen:
                            return message, button
        return None

    def use_keyboard(self, content: Wire) -> None:
        """Put a one-time keyboard away when what the person sends came from it."""
        if self.keyboard is None or not self.keyboard["one_time"]:
            return
        labels = {button["label"] for row in self.keyboard["rows"] for button in row}
        if "contact" in content or "location" in content or content.get("text") in labels:
            self.keyboard = None

    def view_after(self, message_id: int) -> list[dict[str, Any]]:
        return [message.view() for message in self.messages.values() if message.id > message_id]
