"""The chat page in a real browser: what the bot does is seen, and what a person taps reaches the bot."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from playwright.async_api import Browser, Locator, Page, ViewportSize, async_playwright, expect

from sandbox.clock import Clock
from sandbox.server import PAGE, serve
from sandbox.state import TOKEN, Sandbox

NOW = datetime(2026, 11, 20, 21, 0, tzinfo=UTC)
PHONE: ViewportSize = {"width": 390, "height": 844}
DESK: ViewportSize = {"width": 1280, "height": 800}
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
PATIENCE_MS = 10_000
expect.set_options(timeout=PATIENCE_MS)

MARYAM = 5_100_000_001
HOSTILE = "<img src=x onerror=\"document.title='owned'\">"
OVERRIDE = "\u202e"


def find_browser() -> str | None:
    named = os.environ.get("BONAK_CHROMIUM")
    if named:
        return named
    return "/usr/bin/chromium" if Path("/usr/bin/chromium").exists() else shutil.which("chromium")


@pytest.fixture
async def browser() -> AsyncIterator[Browser]:
    path = find_browser()
    if path is None:
        reason = "no Chromium here: install it or name it in BONAK_CHROMIUM"
        if os.environ.get("BONAK_REQUIRE_BROWSER") == "1":
            pytest.fail(reason)
        pytest.skip(reason)
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield browser
        await browser.close()


@dataclass
class Desk:
    """A sandbox, its page, and the bot's end of the line."""

    box: Sandbox
    url: str
    page: Page
    http: aiohttp.ClientSession
    asked_for: list[str] = field(default_factory=list)
    mishaps: list[str] = field(default_factory=list)

    async def bot(self, method: str, **params: Any) -> Any:
        async with self.http.post(f"{self.url}/bot{TOKEN}/{method}", json=params) as response:
            answer = await response.json()
        assert answer["ok"], answer
        return answer["result"]

    async def says(self, text: str, **more: Any) -> int:
        return int((await self.bot("sendMessage", chat_id=MARYAM, text=text, **more))["message_id"])

    async def next_update(self) -> Any:
        """Wait until the person has done something, and take it as a bot would."""
        [update] = await self.bot("getUpdates", timeout=10, limit=1)
        await self.bot("getUpdates", offset=update["update_id"] + 1, timeout=0)
        return update

    async def open(self, user_id: int | None = MARYAM) -> None:
        await self.page.goto(f"{self.url}/" + (f"#user={user_id}" if user_id else ""))
        await self.page.wait_for_selector("body[data-live]")

    def part(self, name: str, text: str | None = None) -> Locator:
        return self.page.locator(f"[data-testid='{name}']", has_text=text)


@pytest.fixture
async def desk(browser: Browser) -> AsyncIterator[Desk]:
    box = Sandbox(Clock(NOW))
    box.add_user(id=MARYAM, first_name="مریم", phone="989121110002", role="customer", started=True)
    page = await browser.new_page(viewport=DESK)
    page.set_default_timeout(PATIENCE_MS)
    async with serve(box) as served, aiohttp.ClientSession() as http:
        desk = Desk(box, served.url, page, http)
        page.on("request", lambda request: desk.asked_for.append(request.url))
        page.on("pageerror", lambda error: desk.mishaps.append(str(error)))
        yield desk
        await page.close()
    assert desk.mishaps == []


def inline(*rows: list[str]) -> dict[str, Any]:
    return {"inline_keyboard": [[{"text": text, "callback_data": text} for text in row] for row in rows]}


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


def test_nothing_on_the_page_parses_html_or_comes_from_elsewhere() -> None:
    sources = [path for path in PAGE.rglob("*") if path.suffix in {".js", ".css", ".html", ".svg"}]
    assert sources
    for path in sources:
        text = path.read_text("utf-8").replace("http://www.w3.org/2000/svg", "")
        assert not re.search(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(", text), path
        assert not re.search(r"""(src|href|url|import)\W{0,3}["'(]?(https?:)?//""", text), path
        assert len(text.splitlines()) <= 250, path
