"""The manager's rules of messages and holidays, and what the customers notice of them."""

from __future__ import annotations

from datetime import UTC, datetime

from tests.conversations.conftest import Story


async def test_a_manager_changes_rules_in_words(world: Story) -> None:
    manager = world.manager
    await manager.write("/start")
    await manager.tap("🔔 قواعد پیام")
    assert manager.text.startswith("🔔 قواعد پیام\n\nیادآوری سررسید\nساعت یادآوری: ۹ تا ۱۳ و ۱۶ تا ۲۰\n")
    assert "بدهی کمتر از ۵۰۰٬۰۰۰ تومان یادآوری نمی‌شود" in manager.text
    await manager.tap("✏️ پیشنهاد و ارسال گروهی")
    await manager.tap("تعداد در هفته")
    assert manager.text == "حداکثر ۲ پیشنهاد در هفته برای هر نفر\n\nلطفاً عددی از ۰ تا ۱۴ بنویسید."
    await manager.write("صد")
    await manager.write("۳")
    assert "حداکثر ۳ پیشنهاد در هفته برای هر نفر" in manager.text
    await manager.tap("ساعت‌ها")
    await manager.write("۱۰ تا ۱۲")
    assert "ساعت پیشنهادها: ۱۰ تا ۱۲" in manager.text
    await world.finance.write("/start")
    await world.finance.tap("🔔 قواعد پیام")
    assert world.finance.labels == [["✏️ یادآوری سررسید"], ["🏠 خانه"]]
    await world.finance.tap("✏️ یادآوری سررسید")
    await world.finance.tap("حداقل بدهی")
    await world.finance.write("۸۰۰ هزار تومان")
    assert "بدهی کمتر از ۸۰۰٬۰۰۰ تومان یادآوری نمی‌شود" in world.finance.text
    rose = world.rose
    world.clock.set(datetime(2026, 11, 21, 5, 35, tzinfo=UTC))
    await manager.write("/start")
    assert "سبد همیشگی" not in rose.text, "at nine the allowed hours have not begun any more"
    world.clock.set(datetime(2026, 11, 21, 6, 31, tzinfo=UTC))
    await rose.expect("سبد همیشگی را بچینم؟")


async def test_a_manager_keeps_the_holidays(world: Story) -> None:
    manager = world.manager
    await manager.write("/start")
    await manager.tap("🔔 قواعد پیام")
    await manager.tap("📅 تعطیلات")
    await manager.tap("➕ تعطیلی تازه")
    await manager.write("۲ آذر")
    assert manager.text == "دوشنبه ۲ آذر ۱۴۰۵: نام این تعطیلی چیست؟"
    await manager.write("انبارگردانی")
    assert manager.text.startswith("دوشنبه ۲ آذر تعطیل شد ✅\n⚠️ ")
    await manager.tap("📅 تعطیلات")
    await manager.tap("دوشنبه ۲ آذر: انبارگردانی")
    await manager.tap("✅ بله، روز کاری")
    assert "انبارگردانی" not in str(manager.labels)
