"""Text as the messenger keeps it: parsed, trimmed, measured, with what it finds by itself."""

from __future__ import annotations

import re
from typing import Any

from sandbox.errors import bad_request
from sandbox.html_parts import Entity, utf16_length
from sandbox.html_text import HtmlParser
from sandbox.params import Params

TEXT_LIMIT = 4096
CAPTION_LIMIT = 1024
RAW_LIMIT = 32_768

_TOP_LEVELS = "com|org|net|ir|info|io|me|dev|app|co|biz|shop|store|online|site|edu|gov|uk|de"
_FOUND = re.compile(
    rf"""
      (?P<url>(?<![\w@])(?:https?://[^\s<>«»"]+|(?:[a-z0-9-]+\.)+(?:{_TOP_LEVELS})(?![\w@-]|\.\w)(?:/[^\s<>«»"]*)?))
    | (?P<email>(?<![\w.+-])[\w.+-]+@(?:[a-z0-9-]+\.)+[a-z]{{2,}}(?!\w))
    | (?P<mention>(?<![\w/@])@[a-z0-9_]{{3,32}}(?!\w))
    | (?P<bot_command>(?<![\w/<>])/[a-z0-9_]{{1,64}}(?:@[a-z0-9_]{{3,32}})?(?![\w/]))
    | (?P<hashtag>(?<![\w#])\#(?=\d*[^\W\d])\w{{1,256}})
    | (?P<phone_number>(?<![\w+])\+\d[\d\s()-]{{7,15}}\d(?!\w))
    """,
    re.VERBOSE | re.IGNORECASE,
)
_MAYBE = re.compile(r"[@#/+.]")
_OPAQUE = frozenset({"pre", "code", "text_link", "text_mention"})


def find_entities(text: str, taken: list[Entity]) -> list[Entity]:
    """Find commands, mentions, links and so on that nobody marked, outside of code and links."""
    if _MAYBE.search(text) is None:
        return []
    opaque = [(e["offset"], e["offset"] + e["length"]) for e in taken if e["type"] in _OPAQUE]
    found: list[Entity] = []
    for match in _FOUND.finditer(text):
        kind = str(match.lastgroup)
        value = match.group().rstrip(".,;:!?،؛؟)»") if kind == "url" else match.group()
        start, length = utf16_length(text[: match.start()]), utf16_length(value)
        if not any(start < end and begin < start + length for begin, end in opaque):
            found.append({"offset": start, "length": length, "type": kind})
    return found


def in_order(entities: list[Entity]) -> list[Entity]:
    """Sort entities as the messenger lists them: by place, the longer first, and neighbours joined."""
    joined: list[Entity] = []
    for entity in sorted(entities, key=lambda e: (e["offset"], -e["length"])):
        last = joined[-1] if joined else None
        if (
            last is not None
            and last["type"] == entity["type"]
            and last["offset"] + last["length"] == entity["offset"]
            and len(last) == len(entity) == 3
            and entity["type"] in ("bold", "italic", "underline", "strikethrough", "spoiler")
        ):
            joined[-1] = {**last, "length": last["length"] + entity["length"]}
        else:
            joined.append(entity)
    return joined


def trim(text: str, entities: list[Entity]) -> tuple[str, list[Entity]]:
    """Cut the blanks at both ends, and the entities with them."""
    shorter = text.strip()
    if len(shorter) == len(text):
        return text, entities
    shift = utf16_length(text[: len(text) - len(text.lstrip())])
    end = utf16_length(shorter)
    kept: list[Entity] = []
    for entity in entities:
        start = max(0, entity["offset"] - shift)
        stop = min(end, entity["offset"] + entity["length"] - shift)
        if stop > start:
            kept.append({**entity, "offset": start, "length": stop - start})
    return shorter, kept


def read_text(
    params: Params, name: str = "text", entities_name: str = "entities"
) -> tuple[str, list[Entity]]:
    """Read a formatted text from a call. Neither emptiness nor length is judged here."""
    source = params.text(name)
    if len(source) > RAW_LIMIT // 4 and len(source.encode()) > RAW_LIMIT:
        raise bad_request("text is too long")
    return parse_text(source, params.text("parse_mode"), params.json(entities_name, ENTITIES_REFUSAL))


ENTITIES_REFUSAL = "can't parse entities JSON object"


def parse_text(source: str, parse_mode: str, given: Any) -> tuple[str, list[Entity]]:
    mode = parse_mode.lower()
    if mode == "html":
        text, entities = HtmlParser(source).parse()
    elif mode in ("", "none"):
        text, entities = source, [dict(entity) for entity in given or [] if isinstance(entity, dict)]
    else:
        raise bad_request("unsupported parse_mode")
    text, entities = trim(text, entities)
    if entities:
        return text, in_order(entities + find_entities(text, entities))
    return text, find_entities(text, entities)


def read_message_text(params: Params) -> tuple[str, list[Entity]]:
    """Read the text of a message, which must be there and not too long."""
    if not params.text("text"):
        raise bad_request("message text is empty")
    text, entities = read_text(params)
    if not text:
        raise bad_request("text must be non-empty")
    if len(text) > TEXT_LIMIT:
        raise bad_request("message is too long")
    return text, entities


def read_caption(params: Params) -> tuple[str, list[Entity]]:
    text, entities = read_text(params, "caption", "caption_entities")
    return check_caption(text), entities


def check_caption(text: str) -> str:
    if len(text) > CAPTION_LIMIT:
        raise bad_request("message caption is too long")
    return text
