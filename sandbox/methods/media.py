"""Photos, documents and albums."""

from __future__ import annotations

from typing import Any

from sandbox.entities import check_caption, parse_text, read_caption
from sandbox.errors import bad_request
from sandbox.html_parts import Entity
from sandbox.media import dimensions, new_document, photo_sizes
from sandbox.methods.editing import editable, markup_fields, replace
from sandbox.methods.messages import CONTENT, entity_fields, send
from sandbox.methods.register import method
from sandbox.methods.target import common_fields, open_chat, reply_fields
from sandbox.params import Params
from sandbox.people import Wire
from sandbox.state import Sandbox
from sandbox.wire import too_large

PHOTO_LIMIT = 10 * 1024 * 1024
LONGEST_SIDES = 10_000
MOST_STRETCHED = 20
ALBUM_LIMIT = 10


@method("sendPhoto")
def send_photo(box: Sandbox, params: Params) -> Wire:
    chat = open_chat(box, params)
    caption = caption_fields(box, *read_caption(params))
    content = {"photo": photo_of(box, params, "photo"), **caption, **caption_place(params)}
    if params.flag("has_spoiler"):
        content["has_media_spoiler"] = True
    return send(box, chat, params, content)


@method("sendDocument")
def send_document(box: Sandbox, params: Params) -> Wire:
    chat = open_chat(box, params)
    caption = caption_fields(box, *read_caption(params))
    content = {"document": document_of(box, params, "document"), **caption, **caption_place(params)}
    return send(box, chat, params, content)


@method("sendMediaGroup")
def send_media_group(box: Sandbox, params: Params) -> list[Wire]:
    chat = open_chat(box, params)
    items = params.json("media", "can't parse media JSON object")
    if items is None:
        raise bad_request('parameter "media" is required')
    if not isinstance(items, list) or not all(isinstance(item, dict) for item in items):
        raise bad_request("expected an Array of InputMedia")
    if not items:
        raise bad_request("there are no messages to send")
    if len(items) > ALBUM_LIMIT:
        raise bad_request("too many messages to send as an album")
    if len({item.get("type") for item in items}) > 1:
        raise bad_request("document can't be mixed with other media types")
    contents = [media_content(box, params, item) for item in items]
    group = str(box.random.randrange(10**16, 10**17))
    shared = {**reply_fields(chat, params), **common_fields(params), "media_group_id": group}
    return [box.add_message(chat, {**shared, **content}).wire for content in contents]


@method("editMessageMedia")
def edit_message_media(box: Sandbox, params: Params) -> Wire:
    """Put another picture or document into a message; a text message becomes one with media."""
    chat, message = editable(box, params)
    item = params.json("media", "can't parse input media JSON object")
    if not isinstance(item, dict):
        raise bad_request("there is no media in the request")
    fields = {**media_content(box, params, item), **markup_fields(params)}
    return replace(box, chat, message, (*CONTENT, "reply_markup"), fields)


def media_content(box: Sandbox, params: Params, item: Wire) -> Wire:
    """Return the content an InputMedia object describes."""
    kind = item.get("type")
    inner = Params({**item, "media": item.get("media")}, params.files)
    if kind == "photo":
        content: Wire = {"photo": photo_of(box, inner, "media")}
    elif kind == "document":
        content = {"document": document_of(box, inner, "media")}
    else:
        raise bad_request(f"can't parse InputMedia: type {kind} is unallowed")
    caption, entities = parse_text(
        inner.text("caption"), inner.text("parse_mode"), item.get("caption_entities")
    )
    content.update(caption_fields(box, check_caption(caption), entities), **caption_place(inner))
    if inner.flag("has_spoiler"):
        content["has_media_spoiler"] = True
    return content


def caption_fields(box: Sandbox, caption: str, entities: list[Entity]) -> Wire:
    if not caption:
        return {}
    return {"caption": caption, **entity_fields(box, "caption_entities", entities)}


def caption_place(params: Params) -> Wire:
    return {"show_caption_above_media": True} if params.flag("show_caption_above_media") else {}


def photo_of(box: Sandbox, params: Params, name: str) -> list[Wire]:
    """Return the sizes of a picture that was sent now, or that is known by its id."""
    upload = params.upload(name)
    if upload is None:
        return _known(box, params, name, "photo")  # type: ignore[no-any-return]
    if not upload.data:
        raise bad_request("file must be non-empty")
    if len(upload.data) > PHOTO_LIMIT:
        raise too_large()
    size = dimensions(upload.data)
    if size is None or 0 in size:
        raise bad_request("IMAGE_PROCESS_FAILED")
    if sum(size) > LONGEST_SIDES or max(size) > MOST_STRETCHED * min(size):
        raise bad_request("PHOTO_INVALID_DIMENSIONS")
    sizes = photo_sizes(box, upload)
    assert sizes is not None
    return sizes


def document_of(box: Sandbox, params: Params, name: str) -> Wire:
    upload = params.upload(name)
    if upload is None:
        return _known(box, params, name, "document")  # type: ignore[no-any-return]
    if not upload.data:
        raise bad_request("file must be non-empty")
    return new_document(box, upload)


def _known(box: Sandbox, params: Params, name: str, kind: str) -> Any:
    wanted = params.text(name).strip()
    if not wanted:
        raise bad_request(f"there is no {kind} in the request")
    if wanted.lower().startswith(("http://", "https://")):
        raise bad_request("failed to get HTTP URL content")
    known = box.media.get(wanted)
    if known is None:
        raise bad_request("wrong file identifier/HTTP URL specified")
    if known[0] != kind:
        raise bad_request(f"can't use file of type {known[0].title()} as {kind.title()}")
    return known[1]
