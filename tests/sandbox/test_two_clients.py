"""The same scenario through aiogram and python-telegram-bot: neither can tell the sandbox from Telegram."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import timedelta
from typing import Any

import pytest
from aiogram import exceptions as aiogram_errors
from telegram import error as telegram_errors

from sandbox.client import SandboxClient
from sandbox.server import Served
from sandbox.state import TOKEN, Sandbox
from tests.sandbox.clients import BUTTONS, MAKERS, Make, Messenger
from tests.sandbox.receiver import Receiver, serve_receiver
from tests.sandbox.support import png


@pytest.fixture(autouse=True)
def _durations_are_durations(monkeypatch: pytest.MonkeyPatch) -> None:
    """python-telegram-bot warns about numbers of seconds unless it is told to give durations."""
    monkeypatch.setenv("PTB_TIMEDELTA", "true")


@pytest.fixture(params=list(MAKERS))
def make(request: pytest.FixtureRequest) -> Make:
    return MAKERS[request.param]


@pytest.fixture
async def bot(make: Make, served: Served) -> AsyncIterator[Messenger]:
    bot = make(served.url, TOKEN)
    yield bot
    await bot.close()


async def test_a_bot_polls_sends_edits_and_deletes(bot: Messenger, client: SandboxClient, ali: int) -> None:
    assert (await bot.me()).username == "bonak_sandbox_bot"
    said = await client.message(ali, "/start payload")
    [update] = await bot.updates()
    assert update.update_id == said["update_id"]
    assert update.message.text == "/start payload"
    assert update.message.from_user.id == ali > 2**32
    assert update.message.entities[0].type == "bot_command"
    assert await bot.updates(update.update_id + 1) == []

    sent = await bot.send(ali, "<b>سلام 😀</b> & خوش", reply_markup=BUTTONS)
    assert sent.text == "سلام 😀 & خوش"
    assert (sent.entities[0].type, sent.entities[0].length) == ("bold", 7)
    edited = await bot.edit(ali, sent.message_id, "تازه")
    assert edited.text == "تازه"
    assert edited.edit_date is not None
    assert await bot.delete(ali, sent.message_id)
    assert [message["deleted"] for message in await client.chat(ali)] == [False, True]


async def test_a_tap_is_received_and_answered(bot: Messenger, client: SandboxClient, ali: int) -> None:
    sent = await bot.send(ali, "سفارش", reply_markup=BUTTONS)
    await client.tap(ali, label="تأیید")
    [update] = await bot.updates()
    query = update.callback_query
    assert (query.data, query.from_user.id, query.message.message_id) == ("ok:1", ali, sent.message_id)
    assert query.message.reply_markup.inline_keyboard[0][0].text == "تأیید"
    assert await bot.answer(query.id, "ثبت شد")
    assert (await client.chat(ali))[-1]["toasts"] == [{"text": "ثبت شد", "alert": True}]


async def test_files_go_up_and_come_down_byte_for_byte(
    bot: Messenger, client: SandboxClient, ali: int
) -> None:
    data = bytes(range(256)) * 400
    sent = await bot.upload(ali, "فهرست قیمت.xlsx", data)
    assert (sent.document.file_name, sent.document.file_size) == ("فهرست قیمت.xlsx", len(data))
    assert sent.caption == "فهرست"
    assert await bot.download(sent.document.file_id) == data
    picture = png(120, 80)
    photo = (await bot.photo(ali, picture)).photo[-1]
    assert (photo.width, photo.height) == (120, 80)
    assert await bot.download(photo.file_id) == picture
    await client.document(ali, "از مشتری.pdf", b"%PDF-1.7")
    [update] = await bot.updates()
    assert await bot.download(update.message.document.file_id) == b"%PDF-1.7"


async def test_an_album_is_several_messages_of_one_group(bot: Messenger, ali: int) -> None:
    sent = await bot.album(ali, [png(4, 4), png(5, 5)])
    assert [message.photo[-1].width for message in sent] == [4, 5]
    assert len({message.media_group_id for message in sent}) == 1


async def test_contacts_places_voices_blocks_and_groups_are_understood(
    bot: Messenger, client: SandboxClient, ali: int, sara: int
) -> None:
    await client.contact(ali)
    await client.location(ali, 35.7, 51.4)
    await client.voice(ali, b"OggS")
    await client.message(sara, "سلام", chat_id=-1_001_234_567_890)
    await client.block(ali)
    contact, place, voice, group, blocked = await bot.updates()
    assert (contact.message.contact.user_id, contact.message.contact.phone_number) == (ali, "+989121234567")
    assert place.message.location.latitude == 35.7
    assert voice.message.voice.file_size == 4
    assert (group.message.chat.type, group.message.from_user.id) == ("supergroup", sara)
    assert blocked.my_chat_member.new_chat_member.status == "kicked"


async def test_a_webhook_is_set_and_updates_come(bot: Messenger, client: SandboxClient, ali: int) -> None:
    receiver = Receiver()
    server = await serve_receiver(receiver)
    url = str(server.make_url("/hook"))
    info = await bot.webhook(url, "secret")
    assert (info.url, list(info.allowed_updates), info.pending_update_count) == (url, ["message"], 0)
    await client.message(ali, "سلام")
    [update] = await receiver.until(1)
    assert update["message"]["text"] == "سلام"
    await server.close()


async def test_each_kind_of_error_is_recognised(
    bot: Messenger, make: Make, client: SandboxClient, served: Served, ali: int
) -> None:
    async def fails(error: str, act: Callable[[], Awaitable[Any]], **fault: Any) -> Exception:
        if fault:
            await client.fault(times=1, **fault)
        with pytest.raises(bot.errors[error]) as raised:
            await act()
        return raised.value

    async def send() -> Any:
        return await bot.send(ali, "x")

    bad = await fails("bad request", lambda: bot.send(ali, "<x>"))
    assert "can't parse entities: unsupported start tag" in str(bad).lower()
    flood = await fails("flood", send, kind="error", code=429, retry_after=3)
    assert flood.retry_after in (3, timedelta(seconds=3))  # type: ignore[attr-defined]
    await fails("server", send, kind="error", code=500)
    await fails("conflict", bot.updates, kind="error", code=409)
    await fails("network", send, kind="reset")
    await fails("network", send, kind="lost_answer")
    await client.block(ali)
    await fails("forbidden", send)
    stranger = make(served.url, "42:another-token")
    await fails("unauthorized", stranger.me)
    await stranger.close()


async def test_a_page_of_a_proxy_or_half_an_answer_is_an_error_too(
    bot: Messenger, client: SandboxClient, ali: int
) -> None:
    for kind in ("html", "truncated"):
        await client.fault(kind, times=1)
        with pytest.raises((aiogram_errors.AiogramError, telegram_errors.TelegramError)):
            await bot.send(ali, "x")


async def test_a_limit_is_seen_as_a_flood(bot: Messenger, box: Sandbox, ali: int) -> None:
    box.clock.rate(0)
    box.limits.set({"per_second": 1})
    await bot.send(ali, "یک")
    with pytest.raises(bot.errors["flood"]):
        await bot.send(ali, "دو")
