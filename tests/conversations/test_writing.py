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
    return [
        "".join(c for c in each if c not in "\u2066\u2067\u2068\u2069")
        for row in window.labels
        for each in row
    ]


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

    await pharmacy.tap(pharmacy.labels[0][0])
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
        "اصلاح شد:\nدستکش M: ۱۰ ← ۲۰ بسته\nضدآفتاب رنگی روشن: حذف شد\nقابل پرداخت: ۱۵٬۶۵۷٬۲۴۸ تومان"
    )
    assert labels(pharmacy) == ["✅ ثبت نهایی", "✏️ ویرایش", "❌ انصراف"]

    await pharmacy.tap("✅ ثبت نهایی")
    assert screen(pharmacy) == "سفارش ۴۰۵۴۴ ثبت و تأیید شد ✅ تحویل دوشنبه ۲ آذر."
    async with world.store.reading() as uow:
        order = await uow.history.last_purchase(1)
    assert order is not None
    assert order.channel == "bot_text"


async def test_a_unit_that_may_mean_two_things_is_asked(world: Story) -> None:
    pharmacy = world.pharmacy
    await pharmacy.write("شامپو آوین ۲ تا")
    assert screen(pharmacy) == "۲ عدد یا ۲ کارتن (۴۸ عدد)؟ دفعه‌های قبل کارتنی برده‌اید."
    assert labels(pharmacy)[:2] == ["۲ کارتن", "۲ عدد"]
    await pharmacy.tap("۲ کارتن")
    assert screen(pharmacy) == "چطور تسویه می‌کنید؟"
    await pharmacy.tap("📝 چک ۴۵ روزه: ۷٬۱۸۹٬۲۴۸")
    assert "۱. شامپو آوین ۲۵۰ × ۴۸: ۷٬۱۰۴٬۰۰۰ − ۵۶۸٬۳۲۰ (۸٪) = ۶٬۵۳۵٬۶۸۰" in screen(pharmacy)
    assert "تحویل: دوشنبه ۲ آذر · تسویه: چک ۴۵ روزه" in screen(pharmacy)


async def test_what_is_not_found_is_noted_and_what_is_out_is_told_of_later(world: Story) -> None:
    pharmacy = world.pharmacy
    await pharmacy.write("یه کارتن شامپو آوین ۲۵۰، ضدآفتاب رنگی ۶ تا، ۳ تا کرم فلان ۵۰، ۳ تا سرم مو نگاره")
    assert screen(pharmacy).startswith("این‌ها را فهمیدم:\n✅ شامپو ضدشوره آوین ۲۵۰ — ۲۴ عدد (۱ کارتن)\n❓")
    await pharmacy.write("تیره")
    assert screen(pharmacy) == "«کرم فلان ۵۰» را پیدا نکردم. شاید یکی از این‌ها:"
    assert labels(pharmacy)[:3] == ["کرم آبرسان درمالان ۵۰", "کرم دست سپیدتن ۵۰", "هیچ‌کدام"]

    await pharmacy.tap("هیچ‌کدام")
    requested = "به‌عنوان «کالای درخواستی» برای واحد خرید ثبت شد. بقیه سفارش سر جایش است."
    out = "«سرم مو نگاره» الان ناموجود است. 🔔 موجود شد خبر بدهم؟"
    assert screen(pharmacy) == f"{requested}\n\n{out}"
    assert labels(pharmacy)[:3] == ["خبرم کن", "مشابه: سرم سپیدار", "حذف"]

    await pharmacy.tap("خبرم کن")
    assert screen(pharmacy) == "🔔 موجود شد خبرتان می‌کنیم.\n\nچطور تسویه می‌کنید؟"
    await pharmacy.write("نقد")
    assert "۲. ضدآفتاب رنگی تیره × ۶: ۱٬۸۷۲٬۰۰۰" in screen(pharmacy)
    assert "تسویه: نقد" in screen(pharmacy)

    await pharmacy.write("ضدآفتاب رنگی ۶ تا دیگه. چهارشنبه")
    assert "ضدآفتاب رنگی تیره: ۶ ← ۱۲ عدد" in screen(pharmacy)
    await pharmacy.write("سه‌شنبه بفرستین")
    assert screen(pharmacy) == "برای سه‌شنبه ۳ آذر ارسال نداریم. کدام روز بفرستیم؟"
    assert labels(pharmacy)[:2] == ["دوشنبه ۲ آذر", "چهارشنبه ۴ آذر"]
    await pharmacy.tap("چهارشنبه ۴ آذر")
    assert "تحویل: چهارشنبه ۴ آذر · تسویه: نقد" in screen(pharmacy)


async def test_the_last_order_comes_again_with_a_change(world: Story) -> None:
    salon = world.salon
    await salon.write("همون قبلی ولی اکسیدان ۲ کارتن")
    assert screen(salon).startswith("اکسیدان ۶٪: ۱۲ ← ۲۴ عدد\n")
    assert screen(salon).endswith("از «رنگ ۷/۳» فقط ۸ عدد داریم.")
    await salon.tap("۸ عدد الان، بقیه بعداً")
    assert "رنگ مو ۷/۳ × ۱۲: ۱٬۵۳۶٬۰۰۰ (۴ عدد با ارسال بعدی)" in screen(salon)
    assert "اکسیدان ۶٪ × ۲۴: ۴٬۶۰۸٬۰۰۰" in screen(salon)
