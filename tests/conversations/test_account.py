"""S3.1, S3.3 and S3.8 as the scripts read, on the salon's books in the town; and finance's answer."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from sandbox.picture_canvas import Palette
from sandbox.pictures import draw
from sandbox.window import ChatWindow
from tests.conversations.conftest import Story
from tests.conversations.test_ordering import HOME, said

MORNING = datetime(2026, 11, 21, 7, 50, tzinfo=UTC)
"""11:20 in Tehran."""
ACCOUNT = (
    "💳 حساب «سالن زیبایی نگین» — ۳۰ آبان، ۱۱:۲۰\n"
    "مانده بدهی: ۱۸٬۱۲۱٬۲۰۰ تومان\n"
    "   ⏰ سررسید گذشته: ۱۲٬۳۰۰٬۰۰۰ (فاکتور ۲۱۰۴۵، ۶ روز)\n"
    "   🤝 قول پرداخت شما: دوشنبه ۲ آذر\n"
    "   🗓 سررسید بعدی: ۵٬۸۲۱٬۲۰۰ در ۱۱ آذر\n"
    "چک‌های در جریان: ۲۱٬۵۰۰٬۰۰۰ (۳ فقره)\n"
    "سفارش در راه: ۲٬۵۳۴٬۴۰۰\n"
    "اعتبار باقی‌مانده: ۱۷٬۸۴۴٬۴۰۰ از ۶۰٬۰۰۰٬۰۰۰"
)
STATEMENT = (
    "📄 گردش حساب آبان ۱۴۰۵\n"
    "مانده از قبل: ۱۴٬۸۰۰٬۰۰۰ بدهکار\n"
    "۳ آبان · فاکتور ۲۱۰۴۵ · +۱۲٬۳۰۰٬۰۰۰ ← ۲۷٬۱۰۰٬۰۰۰\n"
    "۶ آبان · دریافت چک (سررسید ۵ آذر) · −۷٬۵۰۰٬۰۰۰ ← ۱۹٬۶۰۰٬۰۰۰\n"
    "۱۲ آبان · واریز کارت · −۷٬۳۰۰٬۰۰۰ ← ۱۲٬۳۰۰٬۰۰۰\n"
    "۲۰ آبان · فاکتور ۲۱۳۱۰ · +۵٬۸۲۱٬۲۰۰ ← ۱۸٬۱۲۱٬۲۰۰\n"
    "مانده پایان: ۱۸٬۱۲۱٬۲۰۰ بدهکار"
)
TICKET = (
    "توضیح بدهید یا رسید بفرستید؛ مالی تا ۸ ساعت کاری جواب می‌دهد. تا آن موقع یادآوری این مبلغ متوقف است. "
    "(تیکت ۱۱۷۹)"
)


@pytest.fixture
def salon(world: Story) -> ChatWindow:
    world.clock.set(MORNING)
    return world.salon


async def to_statement(salon: ChatWindow) -> None:
    await salon.write("مانده حسابم چقدره؟")
    await salon.tap("📄 گردش حساب")
    await salon.tap("آبان")


async def test_s3_1_the_account(salon: ChatWindow) -> None:
    for text in ("مانده حسابم چقدره؟", "بدهیم", "حسابم"):
        await salon.write(text)
        assert said(salon) == ACCOUNT
    assert salon.labels == [
        ["📄 گردش حساب", "📝 چک‌های من", "🧾 فاکتورهای باز"],
        ["💸 پرداخت کردم"],
        ["❓ اعتبار چطور حساب می‌شود؟"],
        HOME,
    ]
    await salon.write("/start")
    await salon.tap("💳 حساب من")
    assert said(salon) == ACCOUNT


async def test_s3_3_the_statement_of_a_month(salon: ChatWindow) -> None:
    await salon.write("مانده حسابم چقدره؟")
    await salon.tap("📄 گردش حساب")
    assert said(salon) == "کدام دوره؟"
    assert salon.labels[0] == ["آبان", "مهر", "۳ ماه اخیر", "بازه دلخواه"]
    await salon.tap("آبان")
    assert said(salon) == STATEMENT
    assert salon.labels[0] == ["📎 فایل PDF", "📊 فایل اکسل", "❗️ مغایرت دارم"]


async def test_s3_3_other_days_are_typed(salon: ChatWindow) -> None:
    await salon.write("مانده حسابم چقدره؟")
    await salon.tap("📄 گردش حساب")
    await salon.tap("بازه دلخواه")
    await salon.write("هیچ")
    assert "تاریخ" in salon.text or "۱۵ دی" in salon.text
    await salon.write("۱ آبان تا ۶ آبان")
    lines = said(salon).split("\n")
    assert lines[0] == "📄 گردش حساب ۱ آبان ۱۴۰۵ تا ۶ آبان ۱۴۰۵"
    assert lines[-1] == "مانده پایان: ۱۹٬۶۰۰٬۰۰۰ بدهکار"


@pytest.mark.parametrize(("label", "ending"), [("📎 فایل PDF", ".pdf"), ("📊 فایل اکسل", ".xlsx")])
async def test_s3_3_the_statement_comes_as_a_file(salon: ChatWindow, label: str, ending: str) -> None:
    await to_statement(salon)
    await salon.tap(label)
    document = salon.message["document"]
    assert document is not None
    assert str(document["file_name"]).endswith(ending)


async def test_an_invoice_is_opened_by_its_number(salon: ChatWindow) -> None:
    await salon.write("فاکتور ۲۱۰۴۵")
    assert said(salon).startswith("🧾 فاکتور ۲۱۰۴۵ — ۳ آبان ۱۴۰۵\n")
    assert "مبلغ فاکتور: ۱۲٬۳۰۰٬۰۰۰ تومان" in said(salon)
    assert "مانده: ۱۲٬۳۰۰٬۰۰۰ — سررسید یکشنبه ۲۴ آبان، ۶ روز گذشته" in said(salon)
    await salon.tap("🧩 با چه تسویه شد؟")
    assert "هنوز چیزی بابت آن پرداخت نشده است." in said(salon)
    await salon.tap("⬅️ بازگشت")
    await salon.tap("⬅️ بازگشت")
    assert "• ۲۱۰۴۵ — ۱۲٬۳۰۰٬۰۰۰ (۶ روز گذشته)\n• ۲۱۳۱۰ — ۵٬۸۲۱٬۲۰۰ (۱۱ آذر)" in said(salon)
    await salon.tap("۲۱۰۴۵")
    await salon.tap("📎 فایل PDF")
    assert salon.message["document"] is not None


async def test_somebody_elses_invoice_is_not_there(world: Story, salon: ChatWindow) -> None:
    await world.pharmacy.write("فاکتور ۲۱۰۴۵")
    theirs = said(world.pharmacy)
    await world.pharmacy.write("فاکتور ۹۹۹۹۹")
    assert said(world.pharmacy) == theirs


async def test_s3_8_a_row_is_disputed_and_finance_answers(world: Story, salon: ChatWindow) -> None:
    await to_statement(salon)
    await salon.tap("❗️ مغایرت دارم")
    assert said(salon) == "کدام ردیف؟"
    rows = [label for row in salon.labels for label in row]
    assert rows[:5] == ["فاکتور ۲۱۰۴۵", "چک ۶ آبان", "واریز ۱۲ آبان", "فاکتور ۲۱۳۱۰", "چیز دیگر"]
    await salon.tap("واریز ۱۲ آبان")
    assert said(salon) == TICKET
    await salon.send_photo(draw("bottle", Palette.of("آوین")), "این مبلغ ۷٬۵۰۰٬۰۰۰ بود")
    assert said(salon).startswith("به مالی رسید ✅ (تیکت ۱۱۷۹)")
    finance = world.finance
    await finance.expect("توضیح سالن زیبایی نگین برای تیکت ۱۱۷۹")
    await finance.tap("👀 دیدن")
    # The morning's list of cheques comes to the same chat, before or after it.
    await finance.expect("موضوع: ۱۲ آبان · واریز کارت · ۷٬۳۰۰٬۰۰۰ تومان")
    await finance.tap("🖼 عکس")
    await finance.tap("⬅️ بازگشت")
    await finance.tap("💬 جواب")
    await finance.write("درست می‌گویید؛ فردا اصلاح می‌کنیم.")
    await finance.expect("تیکت ۱۱۷۹ جواب داده و بسته شد ✅")
    await salon.expect("💬 جواب مالی به تیکت ۱۱۷۹:\nدرست می‌گویید؛ فردا اصلاح می‌کنیم.")
