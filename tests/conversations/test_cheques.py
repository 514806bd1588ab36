"""S3.4 to S3.7 and S11.6 as the scripts read; then what finance does, in its own chat."""

from __future__ import annotations

from datetime import UTC, datetime

from sqlalchemy import select

from domain.instruments import ChequeState
from jobs.cheques import sweep_cheques
from sandbox.picture_canvas import Palette
from sandbox.pictures import draw
from sandbox.window import ChatWindow
from storage.tables.messages import notifications
from tests.conversations.conftest import Story

ISOLATES = dict.fromkeys(map(ord, "\u2066\u2067\u2068\u2069"))
PHOTO = draw("bottle", Palette.of("چک"))
LIST = (
    "📝 چک‌های در جریان (۳)\n"
    "۱. ۷٬۵۰۰٬۰۰۰ — ۵ آذر (پنج‌شنبه) — واگذار به بانک\n"
    "۲. ۸٬۰۰۰٬۰۰۰ — ۲۰ آذر (جمعه؛ وصول شنبه ۲۱) — نزد صندوق\n"
    "۳. ۶٬۰۰۰٬۰۰۰ — ۱ دی (سه‌شنبه) — نزد صندوق\n"
    "جمع: ۲۱٬۵۰۰٬۰۰۰ · راس چک‌ها: ۱۸ آذر (۱۸ روز)\n"
    "وصول‌شده امسال: ۱۴ فقره · برگشتی: ندارد 👏"
)
MONDAY_MORNING = datetime(2026, 11, 23, 5, 30, tzinfo=UTC)
"""2 Azar at nine in Tehran: three working days before Thursday 5 Azar."""
WEDNESDAY_MORNING = datetime(2026, 11, 25, 5, 30, tzinfo=UTC)
DUE_DAY = datetime(2026, 12, 12, 6, 0, tzinfo=UTC)
"""21 Azar, the day on which banks pay the cheque of Friday 20 Azar."""


def said(window: ChatWindow) -> str:
    return window.text.translate(ISOLATES)


async def test_the_list_and_one_cheque_read_as_the_script(world: Story) -> None:
    window = world.salon
    await window.write("چک‌هام")
    assert window.text == LIST
    assert window.labels[:3] == [
        ["۱", "۲", "۳"],
        ["🔔 یادآوری سررسید: روشن"],
        ["➕ ثبت چک جدید"],
    ]
    await window.tap("۱")
    assert said(window) == (
        "چک ۷٬۵۰۰٬۰۰۰ تومان\n"
        "بانک ملت · سررسید پنج‌شنبه ۵ آذر\n"
        "شناسه صیاد: 1234 5678 9012 3456\n"
        "وضعیت: دریافت ۶ آبان ← تأیید در صیاد ← واگذار به بانک ۲۸ آبان\n"
        "بابت مانده قبلی"
    )
    await window.tap("📝 چک‌های من")
    assert window.text == LIST


async def announce(window: ChatWindow) -> None:
    await window.write("چکام")
    await window.tap("➕ ثبت چک جدید")
    assert window.text == "عکس چک را بفرستید."
    await window.write("عکس ندارم")
    assert window.text == "عکس چک را بفرستید."
    await window.send_photo(PHOTO)
    assert window.text == "شناسه ۱۶ رقمی صیاد؟"
    await window.write("۱۲۳۴۵۶۷۸۹۰۱۲۳")
    assert window.text == "شناسه صیاد باید ۱۶ رقم باشد؛ ۱۳ رقم فرستادید. دوباره بفرستید."
    await window.write("۹۸۷۶۵۴۳۲۱۰۱۲۳۴۵۶")
    assert window.text == "مبلغ و سررسید؟ مثلاً «۱۲ میلیون، ۱۵ دی»"
    await window.write("۱۲ میلیون و ۳۰۰، ۱۵ دی")
    assert window.text == "۱۲٬۳۰۰٬۰۰۰ تومان، سه‌شنبه ۱۵ دی ۱۴۰۵. درست است؟"
    assert window.labels[0] == ["✅ درست", "✏️ اصلاح"]


async def test_announcing_a_cheque_reads_as_the_script(world: Story) -> None:
    window = world.salon
    await announce(window)
    await window.tap("✅ درست")
    assert window.text == (
        "اعلام شد. تا تحویل چک به ویزیتور و تأیید مالی، از بدهی کم نمی‌شود. لطفاً چک را در سامانه صیاد "
        "به نام «پخش آرمان‌طب» ثبت کنید."
    )
    await world.finance.expect("📝 سالن زیبایی نگین چک اعلام کرد: ۱۲٬۳۰۰٬۰۰۰ تومان، سررسید ۱۵ دی.")
    await window.tap("📝 چک‌های من")
    assert window.text.startswith(LIST.split("\nوصول‌شده")[0])
    assert "اعلام‌شده، هنوز تحویل‌نشده:\n۴. ۱۲٬۳۰۰٬۰۰۰ — ۱۵ دی (سه‌شنبه) — اعلام‌شده" in window.text


async def test_an_amount_is_corrected_or_asked_back(world: Story) -> None:
    window = world.salon
    await announce(window)
    await window.tap("✏️ اصلاح")
    await window.write("۲۵۰ تومن، ۱۵ دی")
    assert window.text == "منظورتان ۲۵۰٬۰۰۰ تومان است؟"
    await window.tap("✅ بله")
    assert window.text == "۲۵۰٬۰۰۰ تومان، سه‌شنبه ۱۵ دی ۱۴۰۵. درست است؟"
    await window.write("۱۲ میلیون، ۱۶ دی")
    assert window.text == "۱۲٬۰۰۰٬۰۰۰ تومان، چهارشنبه ۱۶ دی ۱۴۰۵. درست است؟"


async def test_confirming_twice_announces_once(world: Story) -> None:
    window = world.salon
    await announce(window)
    question = window.message["message_id"]
    data = window.buttons[0][0]["data"]
    await window.tap("✅ درست")
    await window.tap(data, message_id=question, force=True)
    async with world.store.reading() as uow:
        cheque_id = await uow.cheques.find("9876543210123456")
        assert cheque_id is not None
        assert (await uow.cheques.get(cheque_id, of=await uow.cheques.owner(cheque_id))).photo_id is not None


async def test_reminders_are_switched_off_and_on(world: Story) -> None:
    window = world.salon
    await window.write("چک‌های من")
    await window.tap("🔔 یادآوری سررسید: روشن")
    assert window.labels[1] == ["🔕 یادآوری سررسید: خاموش"]
    await sweep_cheques(world.store, MONDAY_MORNING)
    assert "سالن زیبایی نگین" not in await reminded(world)
    await window.tap("🔕 یادآوری سررسید: خاموش")
    assert window.text == LIST


async def reminded(world: Story) -> list[str]:
    """Whose drawers a reminder was put for."""
    async with world.store.reading() as uow:
        rows = await uow.connection.execute(
            select(notifications.c.facts).where(notifications.c.kind == "cheque_due")
        )
        return [row.facts["customer"] for row in rows]


async def test_the_drawer_is_reminded_once_for_each_day(world: Story) -> None:
    """S3.7; a second run of the same morning tells nobody anything."""
    window = world.salon
    await window.write("چک‌هام")
    world.clock.set(MONDAY_MORNING)
    await sweep_cheques(world.store, MONDAY_MORNING)
    assert await sweep_cheques(world.store, MONDAY_MORNING) == 1, "finance's list is put once by its key"
    assert (await reminded(world)).count("سالن زیبایی نگین") == 1
    reminder = await window.expect("یادآوری: چک ۷٬۵۰۰٬۰۰۰ تومانی شما پنج‌شنبه ۵ آذر سررسید می‌شود.")
    assert reminder["text"] == (
        "یادآوری: چک ۷٬۵۰۰٬۰۰۰ تومانی شما پنج‌شنبه ۵ آذر سررسید می‌شود. لطفاً موجودی حساب را تأمین بفرمایید 🙏"
    )
    labels = [button["label"] for button in reminder["buttons"][0]]
    assert labels == ["حساب آماده است", "نیاز به هماهنگی دارم"]
    await window.tap("نیاز به هماهنگی دارم", message_id=reminder["message_id"])
    assert window.toast == "به مالی خبر دادیم؛ با شما هماهنگ می‌کنند."
    await world.finance.expect(
        "📞 سالن زیبایی نگین درباره چک ۷٬۵۰۰٬۰۰۰ تومانی سررسید ۵ آذر نیاز به هماهنگی دارد."
    )
    world.clock.set(WEDNESDAY_MORNING)
    await sweep_cheques(world.store, WEDNESDAY_MORNING)
    await window.expect("یادآوری: چک ۷٬۵۰۰٬۰۰۰ تومانی شما پنج‌شنبه ۵ آذر سررسید می‌شود.")


async def test_finance_takes_a_cheque_and_the_balance_falls(world: Story) -> None:
    window, desk = world.salon, world.finance
    await announce(window)
    await window.tap("✅ درست")
    await desk.expect("چک اعلام کرد")
    await desk.tap("📝 دیدن چک")
    assert said(desk).startswith("چک ۱۲٬۳۰۰٬۰۰۰ تومان — سالن زیبایی نگین\nسررسید سه‌شنبه ۱۵ دی\n")
    await desk.tap("✅ دریافت شد")
    assert desk.toast == "اول رنگ اعتباری صادرکننده را ثبت کنید."
    await desk.tap("🎨 رنگ اعتباری")
    await desk.tap("⚪️ سفید")
    await desk.tap("🧾 دریافت، بابت…")
    assert desk.labels[0] == ["قدیمی‌ترین سررسید اول"]
    await desk.tap("قدیمی‌ترین سررسید اول")
    assert "وضعیت: نزد صندوق · محل: صندوق" in desk.text
    assert "بابت فاکتور ۲۱۰۴۵" in desk.text
    await window.expect("چک ۱۲٬۳۰۰٬۰۰۰ تومانی شما (سررسید ۱۵ دی) دریافت شد و از بدهی‌تان کم شد.")


async def test_a_bounce_reads_as_the_script(world: Story) -> None:
    """S11.6: the cheque of 8 million, sent to the bank and back."""
    window, desk = world.salon, world.finance
    for each in (world.manager, world.visitor, window):
        await each.refresh()
    world.clock.set(DUE_DAY)
    await desk.write("چک‌ها")
    await desk.tap("f.q.in:today:1", force=True)
    while "۸٬۰۰۰٬۰۰۰ · ۲۰ آذر · سالن زیبایی نگین" not in [row[0] for row in desk.labels]:
        await desk.tap("◀️ بعدی")
    await desk.tap("۸٬۰۰۰٬۰۰۰ · ۲۰ آذر · سالن زیبایی نگین")
    await desk.tap("صیاد: تأیید شد")
    await desk.tap("🏦 واگذار به بانک")
    await desk.tap("🔴 برگشت خورد")
    await desk.tap("کسری موجودی")
    await desk.expect("🔴 فروش اعتباری به این مشتری متوقف است تا مالی آزادش کند.")
    bounced = await window.expect("از بانک برگشت خورد")
    assert bounced["text"] == (
        "چک ۸٬۰۰۰٬۰۰۰ تومانی سررسید ۲۰ آذر از بانک برگشت خورد. لطفاً امروز هماهنگ بفرمایید. تا تسویه، خرید "
        "اعتباری متوقف و خرید نقدی باز است."
    )
    labels = [button["label"] for button in bounced["buttons"][0]]
    assert labels == ["💸 واریز می‌کنم", "📝 چک جایگزین", "📞 تماس"]
    alert = "🔴 چک برگشتی — سالن زیبایی نگین · ۸٬۰۰۰٬۰۰۰ · کسری موجودی · توقف اعتباری خودکار شد."
    await world.manager.expect(alert)
    assert world.manager.labels[0] == ["👤 پیگیری", "گردش حساب"]
    await window.write("چک‌هام")
    listed = await window.expect("🔴 برگشتی، هنوز تسویه‌نشده:\n۳. ۸٬۰۰۰٬۰۰۰")
    assert "برگشتی: ۱ فقره" in listed["text"]


async def test_a_bounce_by_mistake_is_taken_back_with_a_reason(world: Story) -> None:
    window, desk = world.salon, world.finance
    await desk.write("چک‌ها")
    await desk.tap("🔎 جستجو با شناسه صیاد")
    await desk.write("1234 5678 9012 3456")
    await desk.tap("🔴 برگشت خورد")
    await desk.tap("عدم مطابقت امضا")
    await window.expect("از بانک برگشت خورد")
    await desk.tap("↶ پس گرفتن آخرین گام")
    await desk.expect("بنویسید آخرین گام این چک چرا پس گرفته می‌شود.")
    await desk.write("بانک اشتباه کرده بود")
    assert "وضعیت: واگذار به بانک · محل: بانک" in desk.text
    assert "پس گرفته شد: برگشت" in desk.text
    assert "(بانک اشتباه کرده بود)" in desk.text
    await window.expect("«برگشت» اشتباه ثبت شده بود و پس گرفته شد.")
    await window.write("چک‌هام")
    assert window.text == LIST
    async with world.store.reading() as uow:
        cheque_id = await uow.cheques.find("1234567890123456")
        assert cheque_id is not None
        cheque = await uow.cheques.get(cheque_id, of=await uow.cheques.owner(cheque_id))
        assert cheque.state is ChequeState.DEPOSITED
        assert not await uow.credit.list_holds(cheque.customer_id)


async def test_finance_finds_its_morning_list(world: Story) -> None:
    desk = world.finance
    await desk.refresh()
    world.clock.set(MONDAY_MORNING)
    await sweep_cheques(world.store, MONDAY_MORNING)
    digest = await desk.expect("📝 چک‌های دوشنبه ۲ آذر")
    await desk.tap("📝 میز چک", message_id=digest["message_id"])
    assert desk.text.startswith("📝 چک‌ها\n")
    assert "سررسید امروز: " in desk.text


async def test_finance_writes_down_what_is_printed(world: Story) -> None:
    desk = world.finance
    await desk.write("چک‌ها")
    await desk.tap("🔎 جستجو با شناسه صیاد")
    await desk.write("۱۲۳۴۵۶۷۸۹۰۱۲۳۴۵۶")
    await desk.tap("✏️ مشخصات")
    await desk.tap("✏️ شعبه")
    await desk.write("ونک")
    assert "شعبه: ونک" in desk.text
    assert "بانک: ملت" in desk.text


async def test_a_manager_decides_on_colours(world: Story) -> None:
    desk = world.manager
    await desk.write("چک‌ها")
    await desk.tap("🎨 رنگ‌های پذیرفتنی")
    assert "🟤 قهوه‌ای: پذیرفته نمی‌شود" in desk.text
    assert "🟠 نارنجی: با تأیید مالی، حداکثر ۵۰٪ بدهی" in desk.text
    await desk.tap("🟤 قهوه‌ای")
    await desk.tap("با تأیید مدیر")
    assert "🟤 قهوه‌ای: با تأیید مدیر" in desk.text


async def test_finance_weighs_cheques(world: Story) -> None:
    """R4: the last cheque of the example is due on 8 Dey at the latest."""
    desk = world.finance
    await desk.write("چک‌ها")
    await desk.tap("🧮 راس‌گیری")
    await desk.write("از ۱ آبان\n۴۰ میلیون، ۱ آذر\n۶۰ میلیون، ۱۵ دی\n۵۰ میلیون\nراس ۶۰")
    assert desk.text.endswith("چک آخر: ۵۰٬۰۰۰٬۰۰۰ تومان، حداکثر به تاریخ ۸ دی ۱۴۰۵")


async def test_who_may_not_see_the_balance_sees_no_cheques(world: Story) -> None:
    window = world.assistant
    await window.write("چک‌هام")
    assert window.text.startswith("دیدن مانده‌حساب برای شماره شما فعال نیست.")
