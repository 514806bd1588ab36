"""Single parts of the messenger's HTML: references, arguments of tags, addresses."""

from __future__ import annotations

import re
from typing import Any

Entity = dict[str, Any]

NAMED_REFERENCES = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}

_REFERENCE = re.compile(r"&(?:#(?:[xX]([0-9A-Fa-f]{1,8})|([0-9]{1,8}))|([A-Za-z]+));?")


def utf16_length(text: str) -> int:
    """Return how many UTF-16 code units a text has, which is what entities are counted in."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le")) // 2


def reference_at(source: str, position: int) -> tuple[str, int]:
    """Read a character reference; what is none stands for itself."""
    match = _REFERENCE.match(source, position)
    if match is None:
        return "&", position + 1
    hexadecimal, decimal, name = match.groups()
    if name is not None:
        if name not in NAMED_REFERENCES:
            return "&", position + 1
        return NAMED_REFERENCES[name], match.end()
    code = int(hexadecimal, 16) if hexadecimal else int(decimal)
    if code == 0 or code > 0x10FFFF or 0xD800 <= code <= 0xDFFF:
        return "&", position + 1
    return chr(code), match.end()


def unescape(source: str) -> str:
    if "&" not in source:
        return source
    parts: list[str] = []
    position = 0
    while position < len(source):
        if source[position] == "&":
            letter, position = reference_at(source, position)
            parts.append(letter)
        else:
            end = source.find("&", position)
            end = len(source) if end < 0 else end
            parts.append(source[position:end])
            position = end
    return "".join(parts)


def end_of(pattern: re.Pattern[str], source: str, position: int) -> int:
    match = pattern.match(source, position)
    return match.end() if match is not None else position


def argument_of(tag: str, name: str, value: str) -> str | None:
    match tag, name:
        case ("a", "href") | ("tg-emoji", "emoji-id") | ("tg-time", "unix"):
            return value
        case ("code", "class") if value.startswith("language-"):
            return value[len("language-") :]
        case ("span", "class") if value.startswith("tg-"):
            return value[len("tg-") :]
        case ("blockquote", "expandable"):
            return value
    return None


def name_link(entity: Entity, url: str) -> bool:
    """Make the entity a link; False when the address is none and the text stays plain."""
    mention = re.fullmatch(r"tg://user\?id=(\d+)", url)
    if mention is not None:
        entity.update(type="text_mention", user_id=int(mention.group(1)))
        return True
    checked = checked_url(url)
    if checked is None:
        return False
    entity.update(type="text_link", url=checked)
    return True


def checked_url(url: str) -> str | None:
    """Return the address as the messenger would write it, None when it would not take it."""
    url = url.strip()
    if re.match(r"(?i)(tg|ton|tonsite|mailto|tel):", url):
        return url
    match = re.fullmatch(r"(?i)(?:(https?)://)?([^/?#\s:]+(?::\d{1,5})?)([/?#]\S*)?", url)
    if match is None:
        return None
    scheme, host, rest = match.groups()
    if "." not in host and host.partition(":")[0] != "localhost":
        return None
    return f"{(scheme or 'http').lower()}://{host.lower()}{rest or '/'}"
