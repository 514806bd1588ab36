"""S1.13 to S1.20 as the scripts read."""

from __future__ import annotations

from datetime import date, timedelta

from sandbox.window import ChatWindow
from tests.conftest import NOW
from tests.conversations.conftest import Story

ISOLATES = dict.fromkeys(map(ord, "\u2066\u2067\u2068\u2069"))
BASKET = (
    "🛒 سبد شما\n"
    "۱. شامپو ضدشوره آوین ۲۵۰ — ۲۴ عدد\n"
    "   ۳٬۵۵۲٬۰۰۰ − ۱۷۷٬۶۰۰ (پلکانی ۵٪) = ۳٬۳۷۴٬۴۰۰\n"
    "۲. خمیردندان سپیدتن ۱۰۰ — ۴۰ عدد = ۳٬۸۴۰٬۰۰۰\n"
    "   🎁 جایزه: ۴ عدد رایگان\n"
    "۳. دستکش لاتکس M — ۱۰ بسته = ۲٬۶۵۰٬۰۰۰\n"
    "جمع: ۹٬۸۶۴٬۴۰۰ تومان\n"
    "مالیات ارزش افزوده: ۷۲۱٬۴۴۰\n"
    "قابل پرداخت: ۱۰٬۵۸۵٬۸۴۰ تومان\n"
    "💡 با ۲۴ عدد شامپوی بیشتر، تخفیف پلکانی ۸٪ می‌شود."
)
CHEQUE = "📝 چک ۴۵ روزه: ۱۰٬۵۸۵٬۸۴۰"
TERMS = [
    ["💵 نقد (۴٪ تخفیف): ۱۰٬۱۶۲٬۴۰۶"],
    [CHEQUE],
    ["📒 حساب باز ۲۱ روزه: ۱۰٬۵۸۵٬۸۴۰"],
    ["🔀 ترکیبی"],
]
DAYS = "کدام روز بفرستیم؟ (سفارش امروز شنبه دیگر نمی‌رسد)"
SUMMARY = (
    "لطفاً یک نگاه دیگر:\n"
    "۳ قلم + ۴ عدد جایزه\n"
    "قابل پرداخت: ۱۰٬۵۸۵٬۸۴۰ تومان — چک ۴۵ روزه\n"
    "تحویل: دوشنبه ۲ آذر، سعادت‌آباد، سرو غربی ۴۲\n"
    "اعتبار شما بعد از این سفارش: ۷۷٬۱۱۴٬۱۶۰ تومان"
)
PLACED = "سفارش ۴۰۵۲۱ ثبت و تأیید شد ✅\nتحویل: دوشنبه ۲ آذر\nتا یکشنبه ساعت ۱۷ می‌توانید تغییرش بدهید."
HOME = ["🏠 خانه"]


def said(window: ChatWindow) -> str:
    """The text without the marks that keep Latin letters apart."""
    return window.text.translate(ISOLATES)


async def look_up(window: ChatWindow, code: str) -> None:
    """To the product of that code, by search."""
    await window.write("/start")
    await window.tap("🛒 سفارش جدید")
    await window.tap("🔎 جستجو")
    await window.write(code)


async def fill_basket(window: ChatWindow) -> None:
    """The three items of the script, each put in another way."""
    await look_up(window, "۱۰۲۴")
    await window.tap("۱ کارتن = ۲۴")
    await look_up(window, "خمیردندان سپیدتن ۱۰۰ میل")
    if "کد" not in window.text:
        await window.tap("۱")
    await window.tap("✍️ عدد دیگر")
    await window.write("۴۰")
    await look_up(window, "۱۲۰۱")
    await window.tap("✍️ عدد دیگر")
    await window.write("یک کارتن")


async def to_days(window: ChatWindow, term: str = "📝 چک ۴۵ روزه") -> None:
    """From the basket on, paid so."""
    await window.tap("✅ ادامه ثبت")
    label = next(row[0] for row in window.labels if row[0].startswith(term))
    await window.tap(label)


async def to_summary(window: ChatWindow, day: str = "دوشنبه ۲ آذر") -> None:
    await fill_basket(window)
    await window.tap("🛒 سبد (۳ قلم)")
    await to_days(window)
    await window.tap(day)


async def test_the_first_order_reads_as_the_script(world: Story) -> None:
    window = world.pharmacy
    await look_up(window, "۱۰۲۴")
    await window.tap("۱ کارتن = ۲۴")
    assert (window.text, window.labels) == (
        "۲۴ عدد اضافه شد. تخفیف ۵٪: ۱۷۷٬۶۰۰ تومان",
        [["➕ ادامه خرید", "🛒 سبد (۱ قلم)"], HOME],
    )
    await window.tap("➕ ادامه خرید")
    assert window.text.startswith("مراقبت مو — صفحه ۱")
    await window.tap("🛒 سبد (۱)")
    assert said(window).startswith("🛒 سبد شما\n۱. شامپو ضدشوره آوین ۲۵۰ — ۲۴ عدد")


async def test_basket_day_summary_and_placing_read_as_the_script(world: Story) -> None:
    window = world.pharmacy
    await fill_basket(window)
    await window.tap("🛒 سبد (۳ قلم)")
    assert said(window) == BASKET
    assert window.labels == [["✏️ ویرایش", "🗑 خالی کردن", "➕ ادامه خرید"], ["✅ ادامه ثبت"], HOME]
    await window.tap("✅ ادامه ثبت")
    assert (window.text, window.labels[:4]) == ("چطور تسویه می‌کنید؟", TERMS)
    await window.tap(CHEQUE)
    assert window.text == DAYS
    assert window.labels[:2] == [["دوشنبه ۲ آذر", "چهارشنبه ۴ آذر"], ["📝 یادداشت برای پخش"]]
    await window.tap("دوشنبه ۲ آذر")
    assert window.text == SUMMARY
    assert window.labels == [["✅ ثبت نهایی", "✏️ ویرایش", "❌ انصراف"]]
    await window.tap("✅ ثبت نهایی")
    assert (window.text, window.labels) == (PLACED, [["📦 پیگیری", "✏️ تغییر", "❌ لغو"], HOME])


async def test_tapping_place_twice_is_harmless(world: Story) -> None:
    window = world.pharmacy
    await to_summary(window)
    summary = window.message["message_id"]
    data = window.buttons[0][0]["data"]
    await window.tap("✅ ثبت نهایی")
    await window.tap(data, message_id=summary, force=True)
    assert window.toast == "این سفارش ثبت شده: ۴۰۵۲۱"
    async with world.store.reading() as uow:
        assert [each.number for each in await uow.orders.list_desk(99)].count(40_521) == 1


async def take_cheque(world: Story) -> None:
    """What the driver brings is in our hands before the delivery is noted."""
    row = {
        "customer_id": 1,
        "sayad_id": "9998887776665554",
        "amount_rials": 105_858_400,
        "due_on": date(2027, 1, 7),
        "effective_due": date(2027, 1, 7),
        "received_on": date(2026, 11, 23),
        "state": "received",
        "place": "safe",
        "unallocated_rials": 105_858_400,
        "created_at": NOW,
    }
    async with world.store.unit_of_work() as uow:
        await uow.bulk.put("cheques", [row])


async def test_the_order_goes_its_way_as_the_script(world: Story) -> None:
    customer, picker = world.pharmacy, world.warehouse
    await to_summary(customer)
    await customer.tap("✅ ثبت نهایی")
    await picker.write("/start")
    await open_job(picker)
    await picker.tap("📋 شروع آماده‌سازی")
    await customer.expect("سفارش ۴۰۵۲۱ در حال آماده‌سازی است.")
    await picker.tap("🚚 بارگیری شد")
    await customer.expect("سفارش ۴۰۵۲۱ بارگیری شد. پخش: دوشنبه بین ۱۰ تا ۱۳.")
    await take_cheque(world)
    await picker.tap("✅ تحویل شد")
    await customer.expect("تحویل شد.")
    assert customer.text == (
        "سفارش ۴۰۵۲۱ تحویل شد. چک ۱۰٬۵۸۵٬۸۴۰ تومانی دریافت شد (سررسید ۱۷ دی).\nهمه‌چیز درست بود؟"
    )
    assert customer.labels[0] == ["👍 کامل بود", "➖ کم‌وکسری دارد", "💥 آسیب دیده"]
    await customer.tap("➖ کم‌وکسری دارد")
    assert customer.text.startswith("متأسفیم. برای سفارش ۴۰۵۲۱ ثبت شد")
    await world.support.expect("سفارش ۴۰۵۲۱ کم‌وکسری دارد.")
    assert customer.text.endswith("چه چیزی کم بود و چند عدد؟ لطفاً بنویسید.")
    await customer.write("دو بسته دستکش نبود")
    assert customer.text.startswith("پیام شما به پشتیبانی رسید")
    await world.support.expect("سفارش ۴۰۵۲۱: دو بسته دستکش نبود")


async def test_we_cancel_an_order_with_a_reason(world: Story) -> None:
    customer, manager = world.pharmacy, world.manager
    await to_summary(customer)
    await customer.tap("✅ ثبت نهایی")
    await manager.write("/start")
    await open_job(manager)
    await manager.tap("❌ لغو از طرف ما")
    assert manager.labels[0] == ["تمام شدن کالا", "درخواست خودتان"]
    await manager.tap("تمام شدن کالا")
    assert manager.text.startswith("سفارش ۴۰۵۲۱ · لغو شد")
    await customer.expect("ناچار شدیم سفارش ۴۰۵۲۱ را لغو کنیم. دلیل: تمام شدن کالا. عذرخواهی می‌کنیم.")


async def open_job(picker: ChatWindow) -> None:
    """From wherever the desk is to the story's order, page by page."""
    await picker.tap("w:1", force=True)
    for _page in range(20):
        for row in picker.labels:
            if row[0].startswith("۴۰۵۲۱"):
                await picker.tap(row[0])
                return
        await picker.tap("◀️ بعدی")
    raise AssertionError("order 40521 is not in the queue")


async def test_our_people_find_an_order_by_its_number(world: Story) -> None:
    customer, desk = world.pharmacy, world.support
    await to_summary(customer)
    await customer.tap("✅ ثبت نهایی")
    await desk.write("سفارش ۴۰۵۲۱")
    assert desk.text.startswith("سفارش ۴۰۵۲۱ · تأیید شد\nداروخانه دکتر رضایی")
    await world.visitor.write("سفارش ۴۰۵۲۱")
    assert world.visitor.text == "چنین موردی پیدا نشد."


async def test_following_shows_the_path_with_its_times(world: Story) -> None:
    window = world.pharmacy
    await to_summary(window)
    await window.tap("✅ ثبت نهایی")
    await window.tap("📦 پیگیری")
    assert window.text.startswith(
        "سفارش ۴۰۵۲۱ · تأیید شد\n"
        "✅ ثبت: ۳۰ آبان، ۰۰:۳۰\n"
        "✅ تأیید: ۳۰ آبان، ۰۰:۳۰\n"
        "▫️ آماده‌سازی\n"
        "▫️ بارگیری\n"
        "▫️ تحویل: دوشنبه ۲ آذر، بین ۱۰ تا ۱۳"
    )


async def test_an_order_is_changed_and_keeps_its_number(world: Story) -> None:
    window = world.pharmacy
    await to_summary(window)
    await window.tap("✅ ثبت نهایی")
    await window.tap("✏️ تغییر")
    assert window.text.startswith("✏️ تغییر سفارش ۴۰۵۲۱\n۱. شامپو")
    await window.tap("✏️ ویرایش")
    await window.tap("شامپو ضدشوره آوین ۲۵۰ — ۲۴ عدد")
    await window.tap("✍️ عدد دیگر")
    await window.write("نمی‌دانم")
    assert window.text.startswith("لطفاً تعداد را با عدد بفرستید")
    await window.write("۴۸")
    assert "— ۴۸ عدد\n   ۷٬۱۰۴٬۰۰۰ − ۵۶۸٬۳۲۰ (پلکانی ۸٪) = ۶٬۵۳۵٬۶۸۰" in window.text
    await to_days(window)
    await window.tap("دوشنبه ۲ آذر")
    await window.tap("✅ ثبت نهایی")
    assert window.text == PLACED.replace("ثبت و تأیید شد", "تغییر کرد")


async def test_an_order_is_cancelled_after_a_question(world: Story) -> None:
    window = world.pharmacy
    await to_summary(window)
    await window.tap("✅ ثبت نهایی")
    await window.tap("❌ لغو")
    assert window.text == "سفارش ۴۰۵۲۱ به مبلغ ۱۰٬۵۸۵٬۸۴۰ تومان لغو شود؟"
    await window.tap("❌ بله، لغو شود")
    assert window.text == "سفارش ۴۰۵۲۱ لغو شد."


async def test_after_the_cutoff_support_is_offered_instead(world: Story) -> None:
    window = world.pharmacy
    await to_summary(window)
    await window.tap("✅ ثبت نهایی")
    world.clock.set(NOW + timedelta(days=2))
    await window.tap("✏️ تغییر")
    assert window.text.startswith("سفارش ۴۰۵۲۱ دیگر از اینجا تغییر یا لغو نمی‌شود.")
    assert window.labels[0] == ["💬 پشتیبانی", "📦 پیگیری"]


async def test_a_shortage_offers_what_there_is(world: Story) -> None:
    """S1.21."""
    window = world.pharmacy
    await look_up(window, "۱۰۳۱")
    await window.tap("✍️ عدد دیگر")
    await window.write("۲۴")
    assert window.text == "از «ماسک موی سپیدار» فقط ۶ عدد داریم."
    assert window.labels[:2] == [
        ["۶ عدد بفرستید", "۶ عدد الان، بقیه بعداً"],
        ["کالای مشابه", "🔔 خبرم کن"],
    ]
    await window.tap("۶ عدد الان، بقیه بعداً")
    assert "— ۲۴ عدد = ۵٬۰۴۰٬۰۰۰\n   (۱۸ عدد با ارسال بعدی)" in window.text


async def test_a_shortage_leads_wherever_its_buttons_say(world: Story) -> None:
    """S1.21, its other three answers."""
    window = world.pharmacy
    for answer in ("۶ عدد بفرستید", "کالای مشابه", "🔔 خبرم کن"):
        await look_up(window, "۱۰۳۱")
        await window.tap("✍️ عدد دیگر")
        await window.write("۲۴")
        assert window.text == "از «ماسک موی سپیدار» فقط ۶ عدد داریم."
        await window.tap(answer)
        if answer == "۶ عدد بفرستید":
            assert "ماسک موی سپیدار ۳۰۰ — ۶ عدد" in window.text
            await window.write("سبد خرید")
            await window.tap("🗑 خالی کردن")
            await window.tap("🗑 بله، خالی شود")
        elif answer == "کالای مشابه":
            assert "ماسک موی سپیدار" in window.text or "مشابه" in window.text
    assert "خبر" in (window.toast or window.text)


async def test_a_note_travels_with_the_order(world: Story) -> None:
    window = world.pharmacy
    await fill_basket(window)
    await window.tap("🛒 سبد (۳ قلم)")
    await to_days(window)
    await window.tap("📝 یادداشت برای پخش")
    await window.write("قبل از ظهر بیایید، کم بود دفعه قبل")
    assert window.text == f"{DAYS}\n📝 قبل از ظهر بیایید، کم بود دفعه قبل"
    await window.tap("دوشنبه ۲ آذر")
    assert window.text.endswith("📝 قبل از ظهر بیایید، کم بود دفعه قبل")


async def test_the_basket_is_emptied_after_a_question(world: Story) -> None:
    window = world.pharmacy
    await fill_basket(window)
    await window.tap("🛒 سبد (۳ قلم)")
    await window.tap("🗑 خالی کردن")
    assert window.text == "هر ۳ قلم سبد حذف شود؟"
    await window.tap("🗑 بله، خالی شود")
    assert window.text == "سبد شما خالی است."


async def test_two_contacts_of_the_pharmacy_have_a_basket_each_and_share_their_orders(world: Story) -> None:
    chief, assistant = world.pharmacy, world.assistant
    await fill_basket(chief)
    await look_up(assistant, "۱۰۲۴")
    await assistant.tap("۱۲")
    await assistant.tap("🛒 سبد (۱ قلم)")
    await to_days(assistant)
    await assistant.tap("چهارشنبه ۴ آذر")
    await assistant.tap("✅ ثبت نهایی")
    assert assistant.text.startswith("سفارش ۴۰۵۲۱ ثبت و تأیید شد ✅\nتحویل: چهارشنبه ۴ آذر")
    await chief.expect("سفارش ۴۰۵۲۱ را ثبت کرد: ۱٬۸۹۴٬۹۹۲ تومان.\nتحویل: چهارشنبه ۴ آذر")
    await chief.tap("📦 پیگیری")
    assert chief.text.startswith("سفارش ۴۰۵۲۱ · تأیید شد")
    await chief.write("سبد")
    assert said(chief) == BASKET


async def test_a_summary_that_was_overtaken_is_shown_afresh(world: Story) -> None:
    """A-14, in the chat: the line is changed while an older summary still stands."""
    window = world.pharmacy
    await to_summary(window)
    summary = window.message["message_id"]
    await window.write("سبد")
    await window.tap("✏️ ویرایش")
    await window.tap("شامپو ضدشوره آوین ۲۵۰ — ۲۴ عدد")
    await window.tap("🗑 حذف")
    await window.tap("✅ ثبت نهایی", message_id=summary)
    shown = next(each for each in window.messages if each["message_id"] == summary)
    assert shown["text"].startswith("سفارش در این فاصله عوض شده است. لطفاً دوباره نگاه کنید:\n۲ قلم")


async def test_a_change_can_be_left_and_the_order_found_again(world: Story) -> None:
    window = world.pharmacy
    await to_summary(window)
    await window.tap("✅ ثبت نهایی")
    await window.tap("✏️ تغییر")
    await window.tap("✏️ ویرایش")
    await window.tap("شامپو ضدشوره آوین ۲۵۰ — ۲۴ عدد")
    await window.tap("🗑 حذف")
    await window.tap("↩️ بدون تغییر بماند")
    assert "۱. شامپو ضدشوره آوین ۲۵۰ — ۲۴ عدد" in window.text
    await window.write("سفارشم کجاست؟")
    assert "۴۰۵۲۱ · تأیید شد · تحویل دوشنبه ۲ آذر" in window.text
    await window.tap("📦 سفارش ۴۰۵۲۱")
    await window.tap("⬅️ بازگشت")
    assert window.text.startswith("📦 سفارش‌های در راه شما:")
