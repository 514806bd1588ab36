"""The chat page in a real browser: what the bot does is seen, and what a person taps reaches the bot."""

from __future__ import annotations

import struct
import zlib
from collections.abc import AsyncIterator
from typing import Any

import pytest
import pytest_asyncio
from playwright.async_api import Browser, FilePayload, ViewportSize, expect

from sandbox.clock import Clock
from sandbox.server import serve
from sandbox.state import TOKEN, Sandbox
from tests.sandbox.desk import MARYAM, NOW, Desk, open_browser, open_desk

pytestmark = pytest.mark.asyncio(loop_scope="module")

PHONE: ViewportSize = {"width": 390, "height": 844}
HOSTILE = "<img src=x onerror=\"document.title='owned'\">"
OVERRIDE = "\u202e"


def inline(*rows: list[str]) -> dict[str, Any]:
    return {"inline_keyboard": [[{"text": text, "callback_data": text} for text in row] for row in rows]}


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def browser() -> AsyncIterator[Browser]:
    """One browser for all: its pages share nothing with each other, and starting one takes seconds."""
    async with open_browser() as browser:
        yield browser


@pytest_asyncio.fixture(loop_scope="module")
async def desk(browser: Browser) -> AsyncIterator[Desk]:
    async with open_desk(browser) as desk:
        yield desk


def png(width: int, height: int) -> bytes:
    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    rows = (b"\0" + b"\x99" * width) * height
    body = chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + body


async def test_hostile_names_and_texts_are_shown_as_they_are(desk: Desk) -> None:
    desk.box.add_user(
        id=77, first_name=HOSTILE, last_name=f"{OVERRIDE}abc", customer=HOSTILE, role="customer"
    )
    await desk.open()
    await desk.says(HOSTILE, reply_markup=inline([HOSTILE[:60]]))
    await desk.says(f"before {OVERRIDE}after")
    person = desk.part("people-item-77")
    await expect(person).to_contain_text(HOSTILE)
    await expect(person.locator(".override").first).to_have_attribute("title", "U+202E")
    await expect(desk.part("message-text").first).to_contain_text(HOSTILE)
    await expect(desk.part("message-text").last).not_to_contain_text(OVERRIDE)
    await expect(desk.part("inline-button")).to_contain_text("<img")
    assert await desk.page.locator("img").count() == 0
    assert "owned" not in await desk.page.title()


async def test_entities_are_drawn_and_links_lead_nowhere_by_themselves(desk: Desk) -> None:
    await desk.open()
    await desk.says(
        '😀<b>قیمت <i>ویژه</i></b> <code>626</code> <a href="https://example.com/">پیوند</a>',
        parse_mode="HTML",
    )
    text = desk.part("message-text")
    await expect(text.locator("strong")).to_have_text("قیمت ویژه")
    await expect(text.locator("strong em")).to_have_text("ویژه")
    await expect(text.locator("code")).to_have_text("626")
    await text.locator("a").click()
    await expect(desk.part("question")).to_contain_text("https://example.com/")
    await desk.page.keyboard.press("Escape")
    assert all(url.startswith((desk.url, "data:", "blob:")) for url in desk.asked_for)


async def test_an_edit_and_a_deletion_are_seen_live(desk: Desk) -> None:
    await desk.open()
    message_id = await desk.says("در حال بررسی")
    await expect(desk.part("message-text")).to_contain_text("در حال بررسی")
    await desk.bot("editMessageText", chat_id=MARYAM, message_id=message_id, text="تأیید شد")
    await expect(desk.part("message", "تأیید شد").locator("[data-testid=edited]")).to_be_visible()
    await expect(desk.part("message", "در حال بررسی")).to_have_count(0)
    await desk.bot("deleteMessage", chat_id=MARYAM, message_id=message_id)
    await expect(desk.part("message")).to_have_count(0)


async def test_a_tap_spins_until_the_bot_answers_with_a_toast(desk: Desk) -> None:
    await desk.open()
    await desk.says("چه کاری انجام بدهیم؟", reply_markup=inline(["سفارش", "حساب"]))
    button = desk.part("inline-button", "سفارش")
    await button.click()
    await expect(button).to_have_attribute("aria-busy", "true")
    query = (await desk.next_update())["callback_query"]
    assert query["data"] == "سفارش"
    await desk.bot("answerCallbackQuery", callback_query_id=query["id"], text="به سبد اضافه شد")
    await expect(desk.part("toast")).to_have_text("به سبد اضافه شد")
    await expect(button).not_to_have_attribute("aria-busy", "true")


async def test_an_alert_stays_until_it_is_confirmed(desk: Desk) -> None:
    await desk.open()
    await desk.says("؟", reply_markup=inline(["حذف"]))
    await desk.part("inline-button").click()
    query = (await desk.next_update())["callback_query"]
    await desk.bot("answerCallbackQuery", callback_query_id=query["id"], text="ممکن نیست", show_alert=True)
    await expect(desk.part("alert-text")).to_have_text("ممکن نیست")
    await desk.part("alert-ok").click()
    await expect(desk.part("alert")).to_have_count(0)


async def test_a_one_time_keyboard_shares_ones_own_number_and_is_gone(desk: Desk) -> None:
    await desk.open()
    keys = [[{"text": "ارسال شماره من", "request_contact": True}], [{"text": "بعداً"}]]
    await desk.says("شماره؟", reply_markup={"keyboard": keys, "one_time_keyboard": True})
    await desk.part("reply-button", "ارسال شماره من").click()
    await desk.part("share-contact").click()
    contact = (await desk.next_update())["message"]["contact"]
    assert (contact["user_id"], contact["phone_number"]) == (MARYAM, "989121110002")
    await expect(desk.part("contact")).to_be_visible()
    await expect(desk.part("reply-keyboard")).to_have_count(0)


async def test_a_text_is_sent_with_enter_and_edited_afterwards(desk: Desk) -> None:
    await desk.open()
    composer = desk.part("composer")
    await composer.fill("دو کارتن")
    await composer.press("Shift+Enter")
    await composer.press_sequentially("شامپو")
    await composer.press("Enter")
    assert (await desk.next_update())["message"]["text"] == "دو کارتن\nشامپو"
    await expect(desk.part("message", "دو کارتن")).to_be_visible()
    await composer.press("ArrowUp")
    await composer.fill("سه کارتن")
    await desk.part("send").click()
    assert (await desk.next_update())["edited_message"]["text"] == "سه کارتن"
    await expect(desk.part("message", "سه کارتن")).to_be_visible()


async def test_a_picture_is_sent_with_a_caption_and_opens_large(desk: Desk) -> None:
    await desk.open()
    await desk.part("attach").click()
    async with desk.page.expect_file_chooser() as chooser:
        await desk.part("attach-photo").click()
    picture: FilePayload = {"name": "پروانه.png", "mimeType": "image/png", "buffer": png(40, 30)}
    await (await chooser.value).set_files([picture])
    await desk.page.get_by_label("توضیح").fill("پروانه داروخانه")
    await desk.part("file-send").click()
    message = (await desk.next_update())["message"]
    assert message["caption"] == "پروانه داروخانه"
    assert (message["photo"][-1]["width"], message["photo"][-1]["height"]) == (40, 30)
    await desk.part("photo").click()
    await expect(desk.part("lightbox").locator("img")).to_be_visible()
    await desk.part("lightbox-close").click()
    await expect(desk.part("lightbox")).to_have_count(0)


async def test_a_place_is_chosen_and_sent(desk: Desk) -> None:
    await desk.open()
    await desk.part("attach").click()
    await desk.part("attach-location").click()
    await desk.part("place", "شیراز").click()
    await desk.part("location-send").click()
    location = (await desk.next_update())["message"]["location"]
    assert (location["latitude"], location["longitude"]) == (29.5918, 52.5837)
    await expect(desk.part("location")).to_contain_text("29.59180")


async def test_blocking_the_bot_closes_the_composer_until_it_is_let_in_again(desk: Desk) -> None:
    await desk.open()
    await desk.part("chat-menu").click()
    await desk.part("menu-block").click()
    assert (await desk.next_update())["my_chat_member"]["new_chat_member"]["status"] == "kicked"
    await expect(desk.part("composer")).to_be_hidden()
    await desk.part("unblock").click()
    assert (await desk.next_update())["my_chat_member"]["new_chat_member"]["status"] == "member"
    await expect(desk.part("composer")).to_be_visible()


async def test_a_stranger_is_made_and_starts_the_bot(desk: Desk) -> None:
    await desk.open(None)
    await desk.part("add-stranger").click()
    await desk.part("stranger-create").click()
    await desk.part("start").click()
    update = await desk.next_update()
    assert update["message"]["text"] == "/start"
    await expect(desk.part(f"people-item-{update['message']['from']['id']}")).to_contain_text("شما: /start")


async def test_the_panel_arms_a_fault_and_shows_the_call_it_struck(desk: Desk) -> None:
    await desk.open()
    await desk.part("tab-faults").click()
    await desk.part("fault-method").select_option("sendMessage")
    await desk.part("fault-code").fill("۴۲۹")
    await desk.part("fault-add").click()
    await expect(desk.part("fault")).to_contain_text("sendMessage")
    async with desk.http.post(
        f"{desk.url}/bot{TOKEN}/sendMessage", json={"chat_id": MARYAM, "text": "x"}
    ) as r:
        assert r.status == 429
    await expect(desk.part("fault")).to_have_count(0)
    await desk.part("tab-calls").click()
    call = desk.part("call", "429")
    await call.locator("summary").click()
    await expect(call).to_contain_text("retry after")


async def test_a_phone_shows_one_column_at_a_time_and_never_scrolls_sideways(desk: Desk) -> None:
    await desk.page.set_viewport_size(PHONE)
    await desk.open(None)
    await desk.says("نام " * 200 + "x" * 300, reply_markup=inline(["دکمه‌ای با نامی بلند"] * 4))
    await expect(desk.part("unread")).to_be_visible()
    await desk.part(f"people-item-{MARYAM}").click()
    await expect(desk.part("chat-title")).to_have_text("مریم")
    await expect(desk.part("people-search")).to_be_hidden()
    sideways = (
        "document.querySelector('.scroller').scrollWidth - document.querySelector('.scroller').clientWidth"
    )
    assert await desk.page.evaluate(sideways) == 0
    await desk.part("back").click()
    await expect(desk.part("people-search")).to_be_visible()
    await expect(desk.part("unread")).to_have_count(0)


async def test_what_happened_while_the_server_was_away_is_not_missed(desk: Desk) -> None:
    box = Sandbox(Clock(NOW))
    box.add_user(id=MARYAM, first_name="مریم", started=True)
    first = await serve(box)
    desk.url = first.url
    await desk.open()
    await first.close()
    box.add_message(box.chat_of(MARYAM), {"text": "در نبود شما"})
    async with serve(box, port=first.port):
        await expect(desk.part("message", "در نبود شما")).to_be_visible()
        box.reset()
        await expect(desk.part(f"people-item-{MARYAM}")).to_have_count(0)
