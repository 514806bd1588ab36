"""What a call says over the wire, and what is made of the answer."""

import json
from collections.abc import AsyncIterator
from typing import Any

import pytest
from aiogram import Bot
from aiogram.exceptions import TelegramBadRequest, TelegramNetworkError, TelegramRetryAfter
from aiogram.types import BufferedInputFile, KeyboardButton, ReplyKeyboardMarkup
from aiohttp import web

from bot.app import build_bot


class FakeServer:
    """Keeps what it is told and answers what it is given."""

    def __init__(self) -> None:
        self.said: list[tuple[str, Any]] = []
        self.answers: list[tuple[int, str]] = []

    async def answer(self, request: web.BaseRequest) -> web.Response:
        is_json = request.content_type == "application/json"
        body = await request.json() if is_json else sorted((await request.post()).keys())
        self.said.append((request.path.rsplit("/", 1)[1], body))
        status, text = self.answers.pop(0)
        return web.Response(status=status, text=text, content_type="application/json")


@pytest.fixture
async def server() -> FakeServer:
    return FakeServer()


@pytest.fixture
async def bot(server: FakeServer) -> AsyncIterator[Bot]:
    runner = web.ServerRunner(web.Server(server.answer))
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    bot = build_bot("42:AAtoken-of-a-test", f"http://127.0.0.1:{runner.addresses[0][1]}", None)
    yield bot
    await bot.session.close()
    await runner.cleanup()


def done(result: Any) -> tuple[int, str]:
    return 200, json.dumps({"ok": True, "result": result}, separators=(",", ":"))


def refused(code: int, description: str, **more: Any) -> tuple[int, str]:
    return code, json.dumps({"ok": False, "error_code": code, "description": description, **more})


A_MESSAGE = {"message_id": 7, "date": 0, "chat": {"id": 5, "type": "private"}}


async def test_what_is_not_set_is_not_said_and_defaults_are(server: FakeServer, bot: Bot) -> None:
    server.answers = [done(A_MESSAGE)]
    keys = ReplyKeyboardMarkup(keyboard=[[KeyboardButton(text="شماره", request_contact=True)]])
    await bot.send_message(5, "سلام", reply_markup=keys)
    markup = {"keyboard": [[{"text": "شماره", "request_contact": True}]]}
    said = {"chat_id": 5, "text": "سلام", "parse_mode": "HTML", "reply_markup": markup}
    assert server.said == [("sendMessage", said)]


async def test_of_a_message_only_what_is_looked_at_must_be_understood(server: FakeServer, bot: Bot) -> None:
    server.answers = [done({**A_MESSAGE, "reply_markup": "new", "entities": 7})]
    assert (await bot.send_message(5, "سلام")).message_id == 7


async def test_what_was_done_is_done_whatever_is_told_of_it(server: FakeServer, bot: Bot) -> None:
    server.answers = [done(True), done({"a": "shape of tomorrow"}), done(True)]
    assert await bot.answer_callback_query("1")
    assert await bot.edit_message_text("سلام", chat_id=5, message_id=7)
    assert await bot.delete_message(5, 7)


async def test_a_refusal_is_an_error_with_its_words(server: FakeServer, bot: Bot) -> None:
    server.answers = [
        refused(400, "Bad Request: message is not modified"),
        refused(429, "Too Many Requests", parameters={"retry_after": 3}),
    ]
    with pytest.raises(TelegramBadRequest, match="not modified"):
        await bot.edit_message_text("سلام", chat_id=5, message_id=7)
    with pytest.raises(TelegramRetryAfter) as busy:
        await bot.send_message(5, "سلام")
    assert busy.value.retry_after == 3


async def test_a_file_goes_as_a_form(server: FakeServer, bot: Bot) -> None:
    server.answers = [done({**A_MESSAGE, "photo": []})]
    await bot.send_photo(5, BufferedInputFile(b"png", "p.png"), caption="سلام")
    ((name, fields),) = server.said
    assert name == "sendPhoto"
    assert {"chat_id", "caption", "photo"} < set(fields)


async def test_nobody_there_is_a_fault_of_the_network() -> None:
    bot = build_bot("42:AAtoken-of-a-test", "http://127.0.0.1:9", None)
    with pytest.raises(TelegramNetworkError, match="ClientConnectorError"):
        await bot.send_message(5, "سلام")
    await bot.session.close()
