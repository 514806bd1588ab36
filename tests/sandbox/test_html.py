from __future__ import annotations

from typing import Any

import pytest
from aiogram.types import MessageEntity
from aiogram.utils.text_decorations import html_decoration
from hypothesis import given
from hypothesis import strategies as st

from sandbox.entities import parse_text
from sandbox.errors import ApiError
from sandbox.html_parts import utf16_length

Parsed = tuple[str, list[dict[str, Any]]]


def parse(text: str) -> Parsed:
    return parse_text(text, "HTML", None)


def entity(kind: str, offset: int, length: int, **more: Any) -> dict[str, Any]:
    return {"offset": offset, "length": length, "type": kind, **more}


ROWS: list[tuple[str, str, list[dict[str, Any]]]] = [
    ("سلام <b>دنیا</b>", "سلام دنیا", [entity("bold", 5, 4)]),
    ("😀<b>ب</b>", "😀ب", [entity("bold", 2, 1)]),
    ("<b>👨‍👩‍👧 خانواده</b>", "👨‍👩‍👧 خانواده", [entity("bold", 0, 16)]),
    ("<i>می‌خواهم</i>", "می‌خواهم", [entity("italic", 0, 8)]),
    ("<strong>a</strong><em>b</em>", "ab", [entity("bold", 0, 1), entity("italic", 1, 1)]),
    (
        "<u>a</u><ins>b</ins><s>c</s><strike>d</strike><del>e</del>",
        "abcde",
        [entity("underline", 0, 2), entity("strikethrough", 2, 3)],
    ),
    (
        '<span class="tg-spoiler">a</span><tg-spoiler>b</tg-spoiler>',
        "ab",
        [entity("spoiler", 0, 2)],
    ),
    ("<b><i>a</i></b>", "a", [entity("italic", 0, 1), entity("bold", 0, 1)]),
    ("<B>a</B>", "a", [entity("bold", 0, 1)]),
    ("<b>a</>", "a", [entity("bold", 0, 1)]),
    ("<b></b>a", "a", []),
    ("&lt;b&gt; &amp; &quot;&#1587;&#x1F600;", '<b> & "س😀', []),
    ("&nbsp;&apos;&", "&nbsp;&apos;&", []),
    (
        '<a href="https://example.com/?a=1&amp;b=2">x</a>',
        "x",
        [entity("text_link", 0, 1, url="https://example.com/?a=1&b=2")],
    ),
    ("<a href='tg://user?id=5'>x</a>", "x", [entity("text_mention", 0, 1, user_id=5)]),
    ("<a href='nonsense'>x</a>", "x", []),
    ("<a>example.com</a>", "example.com", [entity("text_link", 0, 11, url="http://example.com/")]),
    ("<code>a@b</code><pre>c</pre>", "a@bc", [entity("code", 0, 3), entity("pre", 3, 1)]),
    (
        '<pre><code class="language-python">x</code></pre>',
        "x",
        [entity("pre", 0, 1, language="python")],
    ),
    ("<blockquote>a</blockquote>", "a", [entity("blockquote", 0, 1)]),
    ("<blockquote expandable>a</blockquote>", "a", [entity("expandable_blockquote", 0, 1)]),
    ('<tg-emoji emoji-id="53">😀</tg-emoji>', "😀", [entity("custom_emoji", 0, 2, custom_emoji_id="53")]),
    (
        '<tg-time unix="1800000000">فردا</tg-time>',
        "فردا",
        [entity("date_time", 0, 4, unix_time=1_800_000_000)],
    ),
    ("<b>a</b  >", "a", [entity("bold", 0, 1)]),
    ("  <b> a </b>  ", "a", [entity("bold", 0, 1)]),
]
FOUND: list[tuple[str, list[dict[str, Any]]]] = [
    ("/start", [entity("bot_command", 0, 6)]),
    ("/start@my_bot سلام", [entity("bot_command", 0, 13)]),
    ("😀 /help", [entity("bot_command", 3, 5)]),
    ("۱۴۰۵/۰۸/۳۰ و 1405/08/30", []),
    ("به @ali_reza بگو", [entity("mention", 3, 9)]),
    ("#سفارش_جدید", [entity("hashtag", 0, 11)]),
    ("#123", []),
    ("ببین https://example.com/a?b=1.", [entity("url", 5, 25)]),
    ("example.com و www.digikala.ir", [entity("url", 0, 11), entity("url", 14, 15)]),
    ("a.b@example.com", [entity("email", 0, 15)]),
    ("+98 912 123 4567", [entity("phone_number", 0, 16)]),
    ("قیمت 12.500 و 3.5", []),
]


@pytest.mark.parametrize(("source", "text", "entities"), ROWS)
def test_tags_become_entities_counted_in_utf16(
    source: str, text: str, entities: list[dict[str, Any]]
) -> None:
    found_text, found = parse(source)
    assert found_text == text
    assert sorted(map(str, map(sorted_items, found))) == sorted(map(str, map(sorted_items, entities)))


def sorted_items(found: dict[str, Any]) -> list[tuple[str, Any]]:
    return sorted(found.items())


@pytest.mark.parametrize(("text", "entities"), FOUND)
def test_commands_links_and_numbers_are_found_by_themselves(
    text: str, entities: list[dict[str, Any]]
) -> None:
    assert parse_text(text, "", None) == (text, entities)


def test_nothing_is_found_inside_of_code_and_links() -> None:
    _, found = parse('<code>/start</code> <a href="https://a.com">b.com</a> /help')
    assert [one["type"] for one in found] == ["code", "text_link", "bot_command"]


WORDS = st.text(alphabet=st.sampled_from("ابپ یک‌😀👍ab&<>\"'1"), min_size=1, max_size=8).map(
    lambda text: text.replace(" ", "x")
)
TAGS = st.sampled_from(["b", "i", "u", "s", "code", "tg-spoiler"])


def escape(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")


@given(st.lists(st.tuples(TAGS, WORDS, WORDS), min_size=1, max_size=6))
def test_what_another_library_writes_is_read_as_it_was_meant(pieces: list[tuple[str, str, str]]) -> None:
    source = "".join(f"<{tag}>{escape(marked)}</{tag}>x{escape(plain)}" for tag, marked, plain in pieces)
    text, entities = parse(source)
    again = html_decoration.unparse(text, [MessageEntity(**one) for one in entities])
    assert parse(again) == (text, entities)
    for one in entities:
        assert 0 <= one["offset"] < one["offset"] + one["length"] <= utf16_length(text)


@given(st.text(alphabet=st.sampled_from("<>/&;ab \"='سـ😀\n-"), max_size=40))
def test_any_text_is_either_read_or_refused_with_words(source: str) -> None:
    words = ""
    text = ""
    entities: list[dict[str, Any]] = []
    try:
        text, entities = parse(source)
    except ApiError as refusal:
        words = refusal.description
    assert not words or words.startswith("Bad Request: can't parse entities: ")
    assert text == text.strip()
    assert all(one["length"] > 0 for one in entities)


def test_a_text_is_measured_after_parsing() -> None:
    text, _ = parse("<b>" + "ب" * 4096 + "</b>")
    assert len(text) == 4096
