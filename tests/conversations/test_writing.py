"""S2.1 to S2.7: the pharmacy writes what it needs in one message."""

from __future__ import annotations

from sandbox.window import ChatWindow
from tests.conversations.conftest import Story

ORDER = (
    "سلام ۲ کارتن شامپو آوین ۲۵۰، یه کارتن دستکش مدیوم، خمیردندون ۳۰ تا، ضدافتاب رنگی هم ۶ تا. "
    "دوشنبه بفرستین مثل همیشه چکی"
)


def screen(window: ChatWindow) -> str:
    """What stands there, without the marks that keep Latin letters in their place."""
    return "".join(each for each in window.text if each not in "\u2066\u2067\u2068\u2069")


def labels(window: ChatWindow) -> list[str]:
    return ["".join(c for c in each if c not in "\u2066\u2067\u2068\u2069") for row in window.labels for each in row]


async def test_one_message_becomes_a_draft_and_an_order(world: Story) -> None:
    async with world.store.unit_of_work() as uow:
        await uow.audit.set_counter("order", 40_543)
    pharmacy = world.pharmacy
    await pharmacy.write(ORDER)
    assert screen(pharmacy) == (
        "سلام، این‌ها را فهمیدم:\n"
        "✅ شامپو ضدشوره آوین ۲۵۰ — ۴۸ عدد (۲ کارتن)\n"
        "✅ دستکش لاتکس مدی‌گارد M — ۱۰ بسته (۱ کارتن)\n"
        "✅ خمیردندان سپیدتن ۱۰۰ — ۳۰ عدد\n"
        "❓ ضدآفتاب رنگی — ۶ عدد: کدام؟"
    )
    assert labels(pharmacy) == ["روشن SPF50", "تیره SPF50", "نصف‌نصف", "حذف", "🏠 خانه"]

    await pharmacy.tap("روشن SPF50")
    assert screen(pharmacy) == (
        "🧾 پیش‌نویس سفارش\n"
        "۱. شامپو آوین ۲۵۰ × ۴۸: ۷٬۱۰۴٬۰۰۰ − ۵۶۸٬۳۲۰ (۸٪) = ۶٬۵۳۵٬۶۸۰\n"
        "۲. دستکش M × ۱۰: ۲٬۶۵۰٬۰۰۰\n"
        "۳. خمیردندان × ۳۰: ۲٬۸۸۰٬۰۰۰   🎁 +۳\n"
        "۴. ضدآفتاب رنگی روشن × ۶: ۱٬۸۷۲٬۰۰۰\n"
        "جمع: ۱۳٬۹۳۷٬۶۸۰ · مالیات: ۱٬۱۲۸٬۷۶۸\n"
        "قابل پرداخت: ۱۵٬۰۶۶٬۴۴۸ تومان\n"
        "تحویل: دوشنبه ۲ آذر · تسویه: چک ۴۵ روزه"
    )
    assert labels(pharmacy) == ["✅ ثبت نهایی", "✏️ ویرایش", "❌ انصراف"]

    await pharmacy.write("دستکش رو بکن ۲ کارتن، ضدافتابم حذف")
    assert screen(pharmacy) == (
        "اصلاح شد:\n"
        "دستکش M: ۱۰ ← ۲۰ بسته\n"
        "ضدآفتاب رنگی روشن: حذف شد\n"
        "قابل پرداخت: ۱۵٬۶۵۷٬۲۴۸ تومان"
    )
    assert labels(pharmacy) == ["✅ ثبت نهایی", "✏️ ویرایش", "❌ انصراف"]

    await pharmacy.tap("✅ ثبت نهایی")
    assert screen(pharmacy) == "سفارش ۴۰۵۴۴ ثبت و تأیید شد ✅ تحویل دوشنبه ۲ آذر."
    async with world.store.reading() as uow:
        order = await uow.history.last_purchase(1)
    assert order is not None
    assert order.channel == "bot_text"
