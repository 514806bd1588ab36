"""Sending, copying and forwarding messages."""

from __future__ import annotations

from typing import Any

from sandbox.chats import Chat, Message
from sandbox.entities import read_caption, read_message_text
from sandbox.errors import bad_request
from sandbox.html_parts import Entity
from sandbox.keyboards import Markup, read_markup
from sandbox.methods.register import method
from sandbox.methods.target import common_fields, find_chat, open_chat, reply_fields
from sandbox.params import Params
from sandbox.people import Wire
from sandbox.state import Sandbox

# What makes up the content of a message, as opposed to where, when and by whom it was sent.
CONTENT = [
    "text",
    "entities",
    "caption",
    "caption_entities",
    "photo",
    "document",
    "voice",
    "location",
    "venue",
    "contact",
    "invoice",
    "show_caption_above_media",
    "has_media_spoiler",
    "link_preview_options",
]


@method("sendMessage")
def send_message(box: Sandbox, params: Params) -> Wire:
    chat = open_chat(box, params)
    text, entities = read_message_text(params)
    content = {"text": text, **entity_fields(box, "entities", entities)}
    content.update(link_preview(params))
    return send(box, chat, params, content)


def send(box: Sandbox, chat: Chat, params: Params, content: Wire) -> Wire:
    """Put content into the chat with what the call says about the reply and the keyboard."""
    markup = read_markup(params, chat.private)
    fields = {**reply_fields(chat, params), **content, **common_fields(params)}
    return add(box, chat, fields, markup)


def add(box: Sandbox, chat: Chat, fields: Wire, markup: Markup) -> Wire:
    if markup.inline is not None:
        fields["reply_markup"] = markup.inline
    return box.add_message(chat, fields, keyboard=markup.keyboard).wire


def entity_fields(box: Sandbox, name: str, entities: list[Entity]) -> Wire:
    """Return the field that holds entities; a mention of nobody known stays plain text."""
    if not entities:
        return {}
    kept: list[Entity] = []
    for entity in entities:
        if entity["type"] == "text_mention" and "user_id" in entity:
            person = box.people.get(entity["user_id"])
            if person is None:
                continue
            entity = {key: value for key, value in entity.items() if key != "user_id"}
            entity["user"] = person.wire()
        kept.append(entity)
    return {name: kept} if kept else {}


def link_preview(params: Params) -> Wire:
    options = params.json("link_preview_options", "can't parse link preview options JSON object")
    if options is None and params.flag("disable_web_page_preview"):
        options = {"is_disabled": True}
    return {"link_preview_options": options} if isinstance(options, dict) and options else {}


def content_of(message: Message) -> Wire:
    return {key: message.wire[key] for key in CONTENT if key in message.wire}


def source_message(box: Sandbox, params: Params, refusal: str) -> Message:
    """Return the message that is to be copied or forwarded."""
    source = find_chat(box, params, "from_chat_id")
    message = source.standing(params.integer("message_id"))
    if message is None:
        raise bad_request(refusal)
    return message


@method("copyMessage")
def copy_message(box: Sandbox, params: Params) -> dict[str, Any]:
    chat = open_chat(box, params)
    original = source_message(box, params, "message to copy not found")
    content = content_of(original)
    if "caption" in params and "text" not in content:
        caption, entities = read_caption(params)
        content.pop("caption_entities", None)
        content["caption"] = caption
        content.update(entity_fields(box, "caption_entities", entities))
    return {"message_id": send(box, chat, params, content)["message_id"]}


@method("forwardMessage")
def forward_message(box: Sandbox, params: Params) -> Wire:
    chat = open_chat(box, params)
    original = source_message(box, params, "message to forward not found")
    return add(box, chat, {**forward_origin(original), **content_of(original)}, Markup())


def forward_origin(original: Message) -> Wire:
    """Return the fields that say where a forwarded message comes from."""
    wire = original.wire
    if "forward_origin" in wire:
        return {"forward_origin": wire["forward_origin"]}
    return {"forward_origin": {"type": "user", "sender_user": wire["from"], "date": wire["date"]}}
