"""The chat page in a real browser: somebody joins, orders with the mouse, and finds the order again."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
from playwright.async_api import Locator, Page, ViewportSize, expect

from sandbox.town_people import KNOWN
from tests.conversations.conftest import Story
from tests.sandbox.desk import DESK, PATIENCE_MS, open_browser

A_PHONE: ViewportSize = {"width": 390, "height": 844}
IS_DRAWN = "() => [...document.querySelectorAll('[data-testid=photo] img')].every(each => each.naturalWidth)"
CUT_OFF = (
    "() => [...document.querySelectorAll('.inline-button > span, .reply-button, .scroller')]"
    ".filter(each => each.scrollWidth > each.clientWidth + 1"
    " || (each.tagName === 'SPAN' && each.scrollHeight > each.clientHeight + 1))"
    ".map(each => each.textContent)"
)


class Seat:
    """Somebody who plays a person of the town at the page."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.mishaps: list[str] = []
        page.on("pageerror", lambda error: self.mishaps.append(str(error)))

    def part(self, name: str, text: str | None = None) -> Locator:
        return self.page.locator(f"[data-testid='{name}']", has_text=text)

    @property
    def newest(self) -> Locator:
        return self.page.locator("[data-testid='message'][data-from='bot']").last

    async def sit_down(self, url: str, user_id: int) -> None:
        await self.page.goto(url)
        await self.page.wait_for_selector("body[data-live]")
        await self.part(f"people-item-{user_id}").click()

    async def tap(self, label: str, then: str) -> None:
        """Tap a button under the newest message of the bot, and wait until the newest one says ``then``."""
        buttons = self.newest.locator("[data-testid='inline-button']")
        await buttons.filter(has_text=label).first.click()
        await self.sees(then)

    async def sees(self, text: str) -> None:
        await expect(self.newest).to_contain_text(text)

    async def reads_in_full(self) -> None:
        """No button cuts its label off and nothing scrolls sideways, on a phone neither."""
        await self.page.set_viewport_size(A_PHONE)
        assert await self.page.evaluate(CUT_OFF) == []
        await self.page.set_viewport_size(DESK)
        assert await self.page.evaluate(CUT_OFF) == []


@pytest.fixture
async def seat() -> AsyncIterator[Seat]:
    async with open_browser() as browser:
        page = await browser.new_page(viewport=DESK)
        page.set_default_timeout(PATIENCE_MS)
        seat = Seat(page)
        yield seat
        await page.close()
        assert seat.mishaps == []


async def join(seat: Seat, world: Story) -> None:
    """S1.1 and S1.2, by the keys under the input field."""
    user_id = world.town.user_id(KNOWN)
    await seat.sit_down(world.url, user_id)
    await seat.part("start").click()
    await seat.sees("خوش آمدید")
    await seat.reads_in_full()
    await seat.part("reply-button", "📱 ارسال شماره من").click()
    await seat.part("share-contact").click()
    await seat.sees("شما را شناختیم: «داروخانه دکتر رضایی – سعادت‌آباد»")
    await expect(seat.part("reply-keyboard")).to_have_count(0)
    await seat.tap("✅ بله، خودم هستم", then="چه کاری انجام بدهیم؟")


async def fill_basket(seat: Seat) -> None:
    await seat.tap("🛒 سفارش جدید", then="از کجا شروع کنیم؟")
    await seat.tap("🧴 مراقبت مو", then="شامپو ضدشوره آوین ۲۵۰ میل")
    await seat.tap("۱", then="قیمت شما: ۱۴۸٬۰۰۰ تومان")
    picture = seat.newest.locator("[data-testid='photo'] img")
    await expect(picture).to_be_visible()
    await seat.page.wait_for_function(IS_DRAWN)
    await seat.reads_in_full()
    await seat.tap("۱ کارتن = ۲۴", then="۲۴ عدد اضافه شد.")
    await seat.tap("🛒 سبد (۱ قلم)", then="قابل پرداخت: ۳٬۷۱۱٬۸۴۰ تومان")
    await seat.reads_in_full()


async def place(seat: Seat) -> None:
    await seat.tap("✅ ادامه ثبت", then="چطور تسویه می‌کنید؟")
    await seat.reads_in_full()
    await seat.tap("📝 چک ۴۵ روزه", then="کدام روز بفرستیم؟")
    await seat.tap("دوشنبه ۲ آذر", then="لطفاً یک نگاه دیگر:")
    await seat.tap("✅ ثبت نهایی", then="سفارش ۴۰۵۲۱ ثبت و تأیید شد ✅")


async def test_somebody_joins_orders_and_finds_the_order_again(world: Story, seat: Seat) -> None:
    await join(seat, world)
    await fill_basket(seat)
    await place(seat)
    await seat.tap("🏠 خانه", then="چه کاری انجام بدهیم؟")
    await seat.reads_in_full()
    await seat.tap("🧾 سوابق خرید", then="۴۰۵۲۱")
    await seat.reads_in_full()
    await seat.tap("۱", then="شامپو ضدشوره آوین ۲۵۰")
