"""S4.5: «سالن رز» usually orders every fourteen days."""

from __future__ import annotations

from datetime import UTC, datetime

from sandbox.window import ChatWindow
from tests.conversations.conftest import Story

NINE = datetime(2026, 11, 21, 5, 35, tzinfo=UTC)
"""Saturday 30 Aban, five past nine in Tehran."""
LATE = "۱۸ روز از آخرین سفارش‌تان گذشته؛ معمولاً ۱۴ روز است. سبد همیشگی را بچینم؟"
ANSWERS = [["✅ بچین", "فعلاً نیاز ندارم", "۳ روز دیگر یادم بینداز"]]


async def hear_it(world: Story) -> ChatWindow:
    """The morning of the story's day."""
    rose = world.rose
    world.clock.set(NINE)
    await rose.expect(LATE)
    assert rose.labels == ANSWERS
    return rose


async def test_the_usual_basket_is_filled(world: Story) -> None:
    rose = await hear_it(world)
    told, fill = rose.message["message_id"], rose.buttons[0][0]["data"]
    await rose.tap("✅ بچین")
    assert "رنگ مو" in rose.text
    assert "✅ ثبت نهایی" in [label for row in rose.labels for label in row]
    basket = rose.text
    await rose.tap(fill, message_id=told, force=True)
    assert rose.text == basket, "a second tap fills nothing twice"


async def test_who_needs_nothing_is_asked_why(world: Story) -> None:
    rose = await hear_it(world)
    told, no = rose.message["message_id"], rose.buttons[0][1]["data"]
    await rose.tap("فعلاً نیاز ندارم")
    assert rose.text == "باشد. چرا؟ (کمک می‌کند بی‌موقع پیام ندهیم)"
    assert rose.labels[:2] == [["هنوز موجودی دارم", "از جای دیگر خریدم"], ["قیمت بالاست", "رد شدن"]]
    await rose.tap("از جای دیگر خریدم")
    assert rose.text.startswith("ممنون که گفتید.")
    await rose.tap(no, message_id=told, force=True)
    assert rose.text.startswith("ممنون که گفتید."), "it was said already"


async def test_in_three_days_it_comes_again_once(world: Story) -> None:
    rose = await hear_it(world)
    await rose.tap("۳ روز دیگر یادم بینداز")
    assert rose.text == "باشد، سه‌شنبه ۳ آذر یادآوری می‌کنیم."
    world.clock.set(NINE.replace(day=24))
    await rose.expect("۲۱ روز از آخرین سفارش‌تان گذشته؛ معمولاً ۱۴ روز است.")
    assert rose.labels == [ANSWERS[0][:2]]


async def test_a_manager_says_who_looks_after_the_salon_and_they_hear_of_it(world: Story) -> None:
    manager = world.manager
    await manager.write("سالن رز")
    await manager.tap("👤 مسئول حساب")
    assert manager.text == "👤 «سالن رز» هنوز مسئول حساب ندارد. چه کسی باشد؟"
    await manager.tap("علی محمدی (ویزیتور)")
    assert manager.text == "👤 مسئول حساب «سالن رز»: علی محمدی. چه کسی باشد؟"
    await manager.tap("⬅️ بازگشت")
    assert "👤 مسئول حساب: علی محمدی" in manager.text
    rose = await hear_it(world)
    await rose.tap("فعلاً نیاز ندارم")
    await rose.tap("قیمت بالاست")
    await world.visitor.expect("⚠️ سالن رز سفارش نداد: قیمت برایش بالاست.")
