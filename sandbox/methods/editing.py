"""Changing and deleting messages that were sent already."""

from __future__ import annotations

from typing import Any

from sandbox.chats import Chat, Message
from sandbox.entities import read_caption, read_message_text
from sandbox.errors import bad_request
from sandbox.keyboards import read_inline
from sandbox.methods.messages import entity_fields, link_preview
from sandbox.methods.register import method
from sandbox.methods.target import message_named, open_chat
from sandbox.params import Params
from sandbox.people import Wire
from sandbox.state import Sandbox

DELETABLE_FOR = 48 * 3600
NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup are exactly the same "
    "as a current content and reply markup of the message"
)
MEDIA = ("photo", "document", "voice")
_COMPARED = [
    "text",
    "entities",
    "caption",
    "caption_entities",
    "photo",
    "document",
    "reply_markup",
    "link_preview_options",
    "show_caption_above_media",
    "has_media_spoiler",
]


def editable(box: Sandbox, params: Params) -> tuple[Chat, Message]:
    """Return the bot's own message that is to be edited.

    A message sent with a reply keyboard cannot be edited, as on the real server.
    """
    chat = open_chat(box, params)
    message = message_named(chat, params, "message to edit not found")
    if not message.from_bot or message.keyboard is not None or "forward_origin" in message.wire:
        raise bad_request("message can't be edited")
    return chat, message


def replace(box: Sandbox, chat: Chat, message: Message, drop: tuple[str, ...], fields: Wire) -> Wire:
    """Give the message new content, refusing where nothing would change."""
    old = message.wire
    new = {key: value for key, value in old.items() if key not in drop}
    new.update(fields)
    if all(new.get(key) == old.get(key) for key in _COMPARED):
        raise bad_request(NOT_MODIFIED)
    box.change_message(chat, message, new)
    return new


def markup_fields(params: Params) -> Wire:
    inline = read_inline(params)
    return {"reply_markup": inline} if inline is not None else {}


@method("editMessageText")
def edit_message_text(box: Sandbox, params: Params) -> Wire:
    chat, message = editable(box, params)
    text, entities = read_message_text(params)
    if "text" not in message.wire:
        raise bad_request("there is no text in the message to edit")
    fields: Wire = {"text": text, **entity_fields(box, "entities", entities), **link_preview(params)}
    fields.update(markup_fields(params))
    drop = ("text", "entities", "reply_markup", "link_preview_options")
    return replace(box, chat, message, drop, fields)


@method("editMessageCaption")
def edit_message_caption(box: Sandbox, params: Params) -> Wire:
    chat, message = editable(box, params)
    caption, entities = read_caption(params)
    if not any(kind in message.wire for kind in MEDIA):
        raise bad_request("there is no caption in the message to edit")
    fields: Wire = {"caption": caption} if caption else {}
    fields.update(entity_fields(box, "caption_entities", entities))
    fields.update(markup_fields(params))
    return replace(box, chat, message, ("caption", "caption_entities", "reply_markup"), fields)


@method("editMessageReplyMarkup")
def edit_message_reply_markup(box: Sandbox, params: Params) -> Wire:
    chat, message = editable(box, params)
    return replace(box, chat, message, ("reply_markup",), markup_fields(params))


def check_deletable(box: Sandbox, chat: Chat, message: Message) -> None:
    """Refuse what the bot may not delete: others' messages in groups and what is older than 48 hours."""
    too_old = box.clock.seconds() - message.wire["date"] > DELETABLE_FOR
    if too_old or not (chat.private or message.from_bot):
        raise bad_request("message can't be deleted")


@method("deleteMessage")
def delete_message(box: Sandbox, params: Params) -> bool:
    chat = open_chat(box, params)
    message = message_named(chat, params, "message to delete not found")
    check_deletable(box, chat, message)
    box.delete_message(chat, message)
    return True


@method("deleteMessages")
def delete_messages(box: Sandbox, params: Params) -> bool:
    """Delete several at once; ids that are not there are passed over in silence."""
    chat = open_chat(box, params)
    ids: Any = params.json("message_ids", "can't parse message_ids JSON object")
    if ids is None:
        raise bad_request("message identifiers are not specified")
    if not isinstance(ids, list):
        raise bad_request("expected an Array of message identifiers")
    if len(ids) > 100:
        raise bad_request("too many message identifiers specified")
    found = [message for wanted in ids if (message := chat.standing(int(wanted))) is not None]
    for message in found:
        check_deletable(box, chat, message)
    for message in found:
        box.delete_message(chat, message)
    return True
