"""The messenger's own HTML: tags become entities, mistakes are refused in its own words."""

from __future__ import annotations

import re

from sandbox.errors import ApiError, bad_request
from sandbox.html_parts import Entity, argument_of, end_of, name_link, reference_at, unescape, utf16_length

SIMPLE_TAGS = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "ins": "underline",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "span": "spoiler",
    "tg-spoiler": "spoiler",
}
OTHER_TAGS = frozenset({"a", "code", "pre", "blockquote", "tg-emoji", "tg-time"})

_SPECIAL = re.compile(r"[<&]")
_TAG_NAME = re.compile(r"[^\s>]*")
_SPACES = re.compile(r"\s*")
_ATTRIBUTE_NAME = re.compile(r"[^\s=>/\"']*")
_NAME_TOKEN = re.compile(r"[A-Za-z0-9.\-]*")


class _Open:
    """A tag that has not been closed yet, and where its text begins."""

    __slots__ = ("argument", "letters", "offset", "tag")

    def __init__(self, tag: str, argument: str | None, offset: int, letters: int) -> None:
        self.tag = tag
        self.argument = argument
        self.offset = offset
        self.letters = letters


class HtmlParser:
    """Reads one text. Positions in refusals are bytes of UTF-8, offsets of entities units of UTF-16."""

    def __init__(self, source: str) -> None:
        self._source = source
        self._parts: list[str] = []
        self._offset = 0
        self._letters = 0
        self._open: list[_Open] = []
        self._entities: list[Entity] = []

    def parse(self) -> tuple[str, list[Entity]]:
        source, position = self._source, 0
        while (match := _SPECIAL.search(source, position)) is not None:
            self._write(source[position : match.start()])
            position = match.start()
            if source[position] == "&":
                letter, position = reference_at(source, position)
                self._write(letter)
            elif source.startswith("</", position):
                position = self._close_tag(position)
            else:
                position = self._open_tag(position)
        self._write(source[position:])
        if self._open:
            raise self._refusal(f'Can\'t find end tag corresponding to start tag "{self._open[-1].tag}"')
        return "".join(self._parts), self._entities

    def _write(self, text: str) -> None:
        if text:
            self._parts.append(text)
            self._offset += utf16_length(text)
            self._letters += len(text)

    def _open_tag(self, start: int) -> int:
        name_end = end_of(_TAG_NAME, self._source, start + 1)
        if name_end >= len(self._source):
            raise self._refusal_at("Unclosed start tag at byte offset {}", start)
        tag = self._source[start + 1 : name_end].lower()
        if tag not in SIMPLE_TAGS and tag not in OTHER_TAGS:
            raise self._refusal_at(f'Unsupported start tag "{tag}" at byte offset {{}}', start)
        argument, position = self._read_attributes(tag, start, name_end)
        if tag == "span" and argument != "spoiler":
            raise self._refusal_at('Tag "span" must have class "tg-spoiler" at byte offset {}', start)
        self._open.append(_Open(tag, argument, self._offset, self._letters))
        return position

    def _read_attributes(self, tag: str, start: int, position: int) -> tuple[str | None, int]:
        """Read up to the end of the tag; return the one argument that matters for it."""
        argument: str | None = None
        source = self._source
        while True:
            position = end_of(_SPACES, source, position)
            if source.startswith(">", position):
                return argument, position + 1
            name_end = end_of(_ATTRIBUTE_NAME, source, position)
            name = source[position:name_end].lower()
            if position >= len(source):
                raise self._refusal_at("Unclosed start tag at byte offset {}", start)
            if not name:
                raise self._refusal_at(f'Empty attribute name in the tag "{tag}" at byte offset {{}}', start)
            position = end_of(_SPACES, source, name_end)
            value = ""
            if source.startswith("=", position):
                value, position = self._read_value(start, end_of(_SPACES, source, position + 1))
            found = argument_of(tag, name, value)
            argument = found if found is not None else argument

    def _read_value(self, start: int, position: int) -> tuple[str, int]:
        source = self._source
        quote = source[position : position + 1]
        if quote not in ("'", '"'):
            end = end_of(_NAME_TOKEN, source, position)
            if end < len(source) and not source[end].isspace() and source[end] != ">":
                raise self._refusal_at("Unexpected end of name token at byte offset {}", position)
            value, end = source[position:end].lower(), end
        else:
            end = source.find(quote, position + 1)
            value, end = unescape(source[position + 1 : end]), end + 1 if end >= 0 else len(source)
        if end >= len(source):
            raise self._refusal_at("Unclosed start tag at byte offset {}", start)
        return value, end

    def _close_tag(self, start: int) -> int:
        if not self._open:
            raise self._refusal_at("Unexpected end tag at byte offset {}", start)
        name_end = end_of(_TAG_NAME, self._source, start + 2)
        name = self._source[start + 2 : name_end].lower()
        position = end_of(_SPACES, self._source, name_end)
        if not self._source.startswith(">", position):
            raise self._refusal_at("Unclosed end tag at byte offset {}", start)
        opened = self._open[-1]
        if name and name != opened.tag:
            words = f'Unmatched end tag at byte offset {{}}, expected "</{opened.tag}>", found "</{name}>"'
            raise self._refusal_at(words, start)
        self._open.pop()
        if self._offset > opened.offset:
            self._finish(opened)
        return position + 1

    def _finish(self, opened: _Open) -> None:
        entity: Entity = {
            "offset": opened.offset,
            "length": self._offset - opened.offset,
            "type": SIMPLE_TAGS.get(opened.tag, opened.tag),
        }
        if opened.tag == "a":
            url = opened.argument or "".join(self._parts)[opened.letters :]
            if not name_link(entity, url):
                return
        elif opened.tag == "pre" and self._is_code_inside(entity):
            entity["language"] = self._entities.pop().pop("language")
        elif opened.tag == "code" and opened.argument:
            entity["language"] = opened.argument
        elif opened.tag == "blockquote" and opened.argument is not None:
            entity["type"] = "expandable_blockquote"
        elif opened.tag == "tg-emoji":
            entity["type"] = "custom_emoji"
            entity["custom_emoji_id"] = opened.argument or ""
        elif opened.tag == "tg-time":
            entity["type"] = "date_time"
            entity["unix_time"] = int(opened.argument or 0) if (opened.argument or "0").isdigit() else 0
        self._entities.append(entity)

    def _is_code_inside(self, pre: Entity) -> bool:
        last = self._entities[-1] if self._entities else {}
        return "language" in last and (last["offset"], last["length"]) == (pre["offset"], pre["length"])

    def _refusal_at(self, words: str, position: int) -> ApiError:
        return self._refusal(words.format(len(self._source[:position].encode())))

    @staticmethod
    def _refusal(words: str) -> ApiError:
        return bad_request(f"can't parse entities: {words}")
