"""A page of the sandbox in a headless browser, and the bot's end of the line, for tests."""

from __future__ import annotations

import os
import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from playwright.async_api import Browser, Locator, Page, ViewportSize, async_playwright, expect

from sandbox.clock import Clock
from sandbox.server import serve
from sandbox.state import TOKEN, Sandbox
from tests.patience import PATIENCE

NOW = datetime(2026, 11, 20, 21, 0, tzinfo=UTC)
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
PATIENCE_MS = 1_000 * PATIENCE
expect.set_options(timeout=PATIENCE_MS)

MARYAM = 5_100_000_001


def find_browser() -> str | None:
    named = os.environ.get("BONAK_CHROMIUM")
    if named:
        return named
    return "/usr/bin/chromium" if Path("/usr/bin/chromium").exists() else shutil.which("chromium")


@asynccontextmanager
async def open_browser() -> AsyncIterator[Browser]:
    """Start a browser, or skip the test that wants one; BONAK_REQUIRE_BROWSER=1 makes that a failure."""
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
        [update] = await self.bot("getUpdates", timeout=30, limit=1)
        await self.bot("getUpdates", offset=update["update_id"] + 1, timeout=0)
        return update

    async def open(self, user_id: int | None = MARYAM) -> None:
        await self.page.goto(f"{self.url}/" + (f"#user={user_id}" if user_id else ""))
        await self.page.wait_for_selector("body[data-live]")

    def part(self, name: str, text: str | None = None) -> Locator:
        return self.page.locator(f"[data-testid='{name}']", has_text=text)


@asynccontextmanager
async def open_desk(browser: Browser) -> AsyncIterator[Desk]:
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
