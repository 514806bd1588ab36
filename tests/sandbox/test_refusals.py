"""One row for each refusal of the Bot API: what is asked, the status and the exact words."""

from __future__ import annotations

from typing import Any

import pytest

from sandbox.client import SandboxClient
from sandbox.state import Sandbox
from tests.sandbox.support import Api, inline, png

BAD = "Bad Request: "
HTML = BAD + "can't parse entities: "


def button(**fields: Any) -> dict[str, Any]:
    return {"inline_keyboard": [[fields]]}


TEXTS: list[tuple[str, dict[str, Any], str]] = [
    ("no text", {}, "message text is empty"),
    ("empty text", {"text": ""}, "message text is empty"),
    ("blank text", {"text": " \n "}, "text must be non-empty"),
    ("blank after parsing", {"text": "<b> </b>", "parse_mode": "HTML"}, "text must be non-empty"),
    ("4097 letters", {"text": "ب" * 4097}, "message is too long"),
    ("32,769 bytes", {"text": "x" * 32_769}, "text is too long"),
    ("another parse mode", {"text": "x", "parse_mode": "BBCode"}, "unsupported parse_mode"),
]
MARKUP: list[tuple[str, Any, str]] = [
    ("not an object", [1], "object expected as reply markup"),
    ("not JSON", "{", "can't parse reply keyboard markup JSON object"),
    (
        "no rows",
        {"inline_keyboard": [{"text": "a"}]},
        'field "inline_keyboard" of the InlineKeyboardMarkup must be an Array of Arrays',
    ),
    (
        "no array",
        {"inline_keyboard": 1},
        'field "inline_keyboard" of the InlineKeyboardMarkup must be an Array of Arrays',
    ),
    (
        "a button that does nothing",
        button(text="a"),
        "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard",
    ),
    (
        "a button that is no object",
        {"inline_keyboard": [["a"]]},
        "can't parse inline keyboard button: InlineKeyboardButton must be an Object",
    ),
    (
        "a button without a label",
        button(callback_data="x"),
        "can't parse inline keyboard button: Can't find field \"text\"",
    ),
    (
        "a label that is no text",
        button(text=5, callback_data="x"),
        'can\'t parse inline keyboard button: Field "text" must be of type String',
    ),
    (
        "reply keyboard without rows",
        {"keyboard": ["a"]},
        'field "keyboard" of the ReplyKeyboardMarkup must be an Array of Arrays',
    ),
    (
        "a reply button that is a number",
        {"keyboard": [[5]]},
        "can't parse keyboard button: KeyboardButton must be a String or an Object",
    ),
    ("a blank reply button", {"keyboard": [[" "]]}, "keyboard button text must be non-empty"),
    ("a blank label", button(text=" ", callback_data="x"), "inline keyboard button text must be non-empty"),
    (
        "a wrong protocol",
        button(text="a", url="ftp://example.com"),
        "inline keyboard button URL 'ftp://example.com' is invalid: Unsupported URL protocol",
    ),
    (
        "no address",
        button(text="a", url="nonsense"),
        "inline keyboard button URL 'nonsense' is invalid: Wrong HTTP URL",
    ),
    ("65 bytes of data", button(text="a", callback_data="x" * 65), "BUTTON_DATA_INVALID"),
    ("33 Persian letters", button(text="a", callback_data="ب" * 33), "BUTTON_DATA_INVALID"),
    ("101 buttons", inline(*[[("a", "b")]] * 101), "reply markup is too long"),
    ("too many bytes", inline(*[[("ب" * 80, "b")]] * 90), "reply markup is too long"),
]
MARKED_UP: list[tuple[str, str]] = [
    ("<x>a</x>", 'Unsupported start tag "x" at byte offset 0'),
    ("سلام <x>", 'Unsupported start tag "x" at byte offset 9'),
    ("<b>a", 'Can\'t find end tag corresponding to start tag "b"'),
    ("<b>a</i>", 'Unmatched end tag at byte offset 4, expected "</b>", found "</i>"'),
    ("a</b>", "Unexpected end tag at byte offset 1"),
    ("a <b", "Unclosed start tag at byte offset 2"),
    ("<a href=", "Unclosed start tag at byte offset 0"),
    ("<b>a</b", "Unclosed end tag at byte offset 4"),
    ("<span>a</span>", 'Tag "span" must have class "tg-spoiler" at byte offset 0'),
    ('<span class="x">a</span>', 'Tag "span" must have class "tg-spoiler" at byte offset 0'),
]


@pytest.mark.parametrize(("params", "words"), [row[1:] for row in TEXTS], ids=[row[0] for row in TEXTS])
async def test_a_wrong_text_is_refused(api: Api, ali: int, params: dict[str, Any], words: str) -> None:
    answer = await api("sendMessage", chat_id=ali, **params)
    assert (answer.status, answer.description) == (400, BAD + words)
    assert answer.body["error_code"] == 400


@pytest.mark.parametrize(("markup", "words"), [row[1:] for row in MARKUP], ids=[row[0] for row in MARKUP])
async def test_a_wrong_keyboard_is_refused(api: Api, ali: int, markup: Any, words: str) -> None:
    answer = await api("sendMessage", chat_id=ali, text="x", reply_markup=markup)
    assert (answer.status, answer.description) == (400, BAD + words)


@pytest.mark.parametrize(("text", "words"), MARKED_UP)
async def test_wrong_html_is_refused(api: Api, ali: int, text: str, words: str) -> None:
    answer = await api("sendMessage", chat_id=ali, text=text, parse_mode="HTML")
    assert (answer.status, answer.description) == (400, HTML + words)


async def test_a_caption_is_at_most_1024_letters(api: Api, ali: int) -> None:
    answer = await api("sendPhoto", {"photo": ("a.png", png())}, chat_id=str(ali), caption="ب" * 1025)
    assert (answer.status, answer.description) == (400, BAD + "message caption is too long")
    assert (await api("sendPhoto", {"photo": ("a.png", png())}, chat_id=str(ali), caption="ب" * 1024)).result


@pytest.mark.parametrize(
    ("request_for", "words"),
    [
        ("request_contact", "phone number can be requested in private chats only"),
        ("request_location", "location can be requested in private chats only"),
    ],
)
async def test_nobody_is_asked_for_a_contact_or_a_place_in_a_group(
    api: Api, client: SandboxClient, ali: int, request_for: str, words: str
) -> None:
    await client.message(ali, "سلام", chat_id=-1001)
    keyboard = {"keyboard": [[{"text": "x", request_for: True}]]}
    answer = await api("sendMessage", chat_id=-1001, text="x", reply_markup=keyboard)
    assert (answer.status, answer.description) == (400, BAD + words)
    assert (await api("sendMessage", chat_id=ali, text="x", reply_markup=keyboard)).result


async def test_a_chat_must_be_named_known_and_open(
    api: Api, client: SandboxClient, box: Sandbox, ali: int, sara: int
) -> None:
    async def refused(chat_id: Any) -> tuple[int, str]:
        answer = await api("sendMessage", text="x", **({} if chat_id is None else {"chat_id": chat_id}))
        return answer.status, answer.description

    assert await refused(None) == (400, "Bad Request: chat_id is empty")
    assert await refused("") == (400, "Bad Request: chat_id is empty")
    assert await refused(987) == (400, "Bad Request: chat not found")
    assert await refused("@nobody_here") == (400, "Bad Request: chat not found")
    assert await refused(sara) == (400, "Bad Request: chat not found")
    await client.message(sara, "سلام", chat_id=-1001)
    assert await refused(sara) == (403, "Forbidden: bot can't initiate conversation with a user")
    await client.block(ali)
    assert await refused(ali) == (403, "Forbidden: bot was blocked by the user")
    await client.block(sara, chat_id=-1001)
    assert await refused(-1001) == (403, "Forbidden: bot was kicked from the group chat")
    await client.message(sara, "سلام", chat_id=-1_001_234_567_890)
    await client.block(sara, chat_id=-1_001_234_567_890)
    assert await refused(-1_001_234_567_890) == (
        403,
        "Forbidden: bot was kicked from the supergroup chat",
    )
    await client.deactivate(ali)
    assert await refused(ali) == (403, "Forbidden: user is deactivated")


COMMANDS = [
    ("", "x", "command must be non-empty"),
    ("a" * 33, "x", "command length must not exceed 32"),
    ("start", "", "command description must be non-empty"),
    ("start", "x" * 257, "command description length must not exceed 256"),
    ("شروع", "x", "BOT_COMMAND_INVALID"),
]


@pytest.mark.parametrize(("command", "description", "words"), COMMANDS)
async def test_a_wrong_command_is_refused(api: Api, command: str, description: str, words: str) -> None:
    answer = await api("setMyCommands", commands=[{"command": command, "description": description}])
    assert (answer.status, answer.description) == (400, BAD + words)


async def test_a_wrong_webhook_is_refused(api: Api, box: Sandbox) -> None:
    async def refused(**params: Any) -> str:
        answer = await api("setWebhook", **params)
        assert answer.status == 400
        return answer.description

    near = "http://127.0.0.1:9/"
    assert await refused(url=near, secret_token="x" * 257) == BAD + "secret token is too long"
    assert await refused(url=near, secret_token="a b") == BAD + "secret token contains unallowed characters"
    https = BAD + "bad webhook: An HTTPS URL must be provided for webhook"
    assert await refused(url="http://example.com/") == https
    ports = BAD + "bad webhook: Webhook can be set up only on ports 80, 88, 443 or 8443"
    assert await refused(url="https://example.com:9999/") == ports
    assert "Failed to resolve host" in await refused(url="https://example.com/")
    box.webhooks_on_loopback = False
    assert await refused(url=near) == https


@pytest.mark.parametrize(
    ("method", "params", "words"),
    [
        ("sendLocation", {}, "latitude is empty"),
        ("sendLocation", {"latitude": 1}, "longitude is empty"),
        ("sendLocation", {"latitude": 91, "longitude": 1}, "wrong location specified"),
        ("sendVenue", {"latitude": 1, "longitude": 1}, "venue title must be non-empty"),
        ("sendContact", {}, "phone_number is empty"),
        ("sendChatAction", {"action": "dance"}, "wrong parameter action in request"),
        ("deleteMessages", {}, "message identifiers are not specified"),
        ("deleteMessages", {"message_ids": "["}, "can't parse message_ids JSON object"),
        ("deleteMessages", {"message_ids": 5}, "expected an Array of message identifiers"),
        ("deleteMessages", {"message_ids": [1] * 101}, "too many message identifiers specified"),
        ("sendMediaGroup", {}, 'parameter "media" is required'),
        ("sendMediaGroup", {"media": []}, "there are no messages to send"),
        ("sendInvoice", {"title": "x"}, "invoice description must be non-empty"),
    ],
)
async def test_what_is_required_must_be_there(
    api: Api, ali: int, method: str, params: dict[str, Any], words: str
) -> None:
    answer = await api(method, chat_id=ali, **params)
    assert (answer.status, answer.description) == (400, BAD + words)
