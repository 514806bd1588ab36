"""Choosing where an order goes, for a chain; a pharmacy with one outlet is never asked."""

from __future__ import annotations

from sandbox.window import ChatWindow
from tests.conversations.conftest import Story
from tests.conversations.test_ordering import look_up, to_days, to_summary

BRANCHES = {
    "شعبه ونک — ونک، یاسمن ۱۱۰",
    "شعبه پونک — پونک، صنوبر ۷",
    "شعبه تجریش — تجریش، مهتاب ۲۳",
    "شعبه گوهردشت — گوهردشت، دانش ۵۱",
}


async def fill_and_go_on(window: ChatWindow) -> None:
    await look_up(window, "۱۰۲۴")
    await window.tap("۱ کارتن = ۲۴")
    await window.tap("🛒 سبد (۱ قلم)")
    await window.tap("✅ ادامه ثبت")


async def test_a_chain_says_where_the_order_goes(world: Story) -> None:
    window = world.chain
    await fill_and_go_on(window)
    assert window.text == "کدام شعبه؟"
    assert {row[0] for row in window.labels[:-1]} == BRANCHES
    assert window.labels[-1] == ["⬅️ بازگشت", "🏠 خانه"]
    await window.tap("شعبه پونک — پونک، صنوبر ۷")
    assert window.text.startswith("کدام روز بفرستیم؟")
    assert window.text.endswith("\n📍 پونک، صنوبر ۷")
    assert window.labels[1] == ["📝 یادداشت برای پخش", "📍 شعبه دیگر"]
    await window.tap("دوشنبه ۲ آذر")
    assert "\nتحویل: دوشنبه ۲ آذر، پونک، صنوبر ۷\n" in window.text
    await window.tap("✅ ثبت نهایی")
    assert window.text.startswith("سفارش ۴۰۵۲۱ ثبت و تأیید شد ✅\nتحویل: دوشنبه ۲ آذر")
    await fill_and_go_on(window)
    assert window.labels[0] == ["شعبه پونک — پونک، صنوبر ۷"]


async def test_another_branch_has_its_own_days(world: Story) -> None:
    window = world.chain
    await fill_and_go_on(window)
    await window.tap("شعبه پونک — پونک، صنوبر ۷")
    first = window.labels[0]
    await window.tap("📍 شعبه دیگر")
    assert window.text == "کدام شعبه؟"
    await window.tap("شعبه گوهردشت — گوهردشت، دانش ۵۱")
    assert window.text.endswith("\n📍 گوهردشت، دانش ۵۱")
    assert window.labels[0] != first
    await window.tap("⬅️ بازگشت")
    await window.tap("✅ ادامه ثبت")
    assert window.text.endswith("\n📍 گوهردشت، دانش ۵۱")


async def test_a_day_of_an_older_message_does_not_skip_the_branch(world: Story) -> None:
    window = world.chain
    await fill_and_go_on(window)
    await window.tap("شعبه پونک — پونک، صنوبر ۷")
    monday = window.buttons[0][0]["data"]
    await window.tap(monday, force=True)
    await window.tap("✅ ثبت نهایی")
    await look_up(window, "۱۰۲۴")
    await window.tap("۱ کارتن = ۲۴")
    await window.tap(monday, force=True)
    assert window.text == "لطفاً اول بگویید این سفارش برای کدام شعبه است."
    await window.tap("📍 انتخاب شعبه")
    assert window.text == "کدام شعبه؟"


async def test_the_branch_of_another_customer_does_not_exist(world: Story) -> None:
    pharmacy, chain = world.pharmacy, world.chain
    await fill_and_go_on(chain)
    theirs = chain.buttons[0][0]["data"]
    await fill_and_go_on(pharmacy)
    shown = pharmacy.text
    await pharmacy.tap(theirs, force=True)
    assert (pharmacy.toast, pharmacy.text) == ("چنین موردی پیدا نشد.", shown)


async def test_a_change_goes_where_the_order_went_or_elsewhere(world: Story) -> None:
    window = world.chain
    await fill_and_go_on(window)
    await window.tap("شعبه پونک — پونک، صنوبر ۷")
    await window.tap("دوشنبه ۲ آذر")
    await window.tap("✅ ثبت نهایی")
    await window.tap("✏️ تغییر")
    await window.tap("✅ ادامه ثبت")
    assert window.text.endswith("\n📍 پونک، صنوبر ۷")
    await window.tap("📍 شعبه دیگر")
    await window.tap("شعبه ونک — ونک، یاسمن ۱۱۰")
    await window.tap(window.labels[0][0])
    assert "، ونک، یاسمن ۱۱۰\n" in window.text
    await window.tap("✅ ثبت نهایی")
    assert window.text.startswith("سفارش ۴۰۵۲۱ تغییر کرد ✅")


async def test_a_note_is_written_seen_and_taken_back(world: Story) -> None:
    window = world.pharmacy
    await to_summary(window)
    plain = window.text
    await window.write("سبد")
    await to_days(window)
    days = window.text
    await window.tap("📝 یادداشت برای پخش")
    assert window.labels == [["⬅️ بازگشت", "🏠 خانه"]]
    await window.write("زنگ بزنید")
    assert window.text == f"{days}\n📝 زنگ بزنید"
    await window.tap("دوشنبه ۲ آذر")
    assert window.text == f"{plain}\n📝 زنگ بزنید"
    await window.write("سبد")
    await to_days(window)
    await window.tap("📝 یادداشت برای پخش")
    assert window.text.endswith("\n📝 زنگ بزنید")
    await window.tap("🗑 بدون یادداشت")
    assert window.text == days
    await window.tap("دوشنبه ۲ آذر")
    assert window.text == plain
