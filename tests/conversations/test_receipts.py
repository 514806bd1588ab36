"""S6.6 to S6.8: the salon has paid, finance approves, and the debt is gone."""

from __future__ import annotations

from sqlalchemy import select

from sandbox.town_orders import SALON_ID
from screens.callbacks.receipts import StartReceipt
from services.receipt_desk import SECOND_FROM
from storage.tables.claims import promises
from storage.tables.ledger import invoices, payments
from tests.conftest import NOW
from tests.conversations.conftest import Story
from tests.sandbox.support import png

A_PHOTO = png(40, 40)
BACK = ["⬅️ بازگشت", "🏠 خانه"]
CARD = (
    "💸 رسید ۵۰۹۲ — سالن زیبایی نگین\n"
    "۱۲٬۳۰۰٬۰۰۰ تومان · امروز · پیگیری 88412037 · 🖼\n"
    "پیشنهاد تسویه: فاکتور ۲۱۰۴۵ (کامل)\n"
    "قول پرداخت: دوشنبه ۲ آذر ✅"
)


def plain(text: str) -> str:
    return text.replace("\u2066", "").replace("\u2069", "").replace("<code>", "").replace("</code>", "")


async def pay(world: Story, number: str = "۸۸۴۱۲۰۳۷") -> None:
    """S6.6, from the button to the recorded receipt."""
    salon = world.salon
    await salon.write("/start")
    await salon.tap(StartReceipt().pack(), force=True)
    assert salon.text == "عکس رسید را بفرستید (یا شماره پیگیری را بنویسید)."
    await salon.send_photo(A_PHOTO)
    assert salon.text == "مبلغ؟"
    assert salon.labels == [["۱۲٬۳۰۰٬۰۰۰ (کل فاکتور)"], ["مبلغ دیگر"], BACK]
    await salon.tap("۱۲٬۳۰۰٬۰۰۰ (کل فاکتور)")
    assert salon.text == "تاریخ واریز؟"
    assert salon.labels == [["امروز", "دیروز", "روز دیگر"], BACK]
    await salon.tap("امروز")
    assert salon.text == "چهار رقم آخر کارت یا شماره پیگیری؟"
    await salon.write(number)


async def test_s6_6_to_s6_8_a_receipt_is_sent_approved_and_takes_the_debt_away(world: Story) -> None:
    await pay(world)
    salon, finance = world.salon, world.finance
    assert salon.text == (
        "رسید ثبت شد (کد ۵۰۹۲). بعد از تأیید مالی، از بدهی‌تان کم می‌شود؛ معمولاً کمتر از ۴ ساعت کاری."
    )
    await finance.expect("رسید ۵۰۹۲")
    assert plain(finance.text) == CARD
    assert finance.labels[:2] == [["✅ تأیید", "✏️ مبلغ دیگر"], ["📎 فاکتور دیگر", "❌ رد"]]
    await finance.tap("✅ تأیید")
    assert "تأیید شد ✅" in finance.text
    await salon.expect("دریافت شد")
    assert salon.text == ("۱۲٬۳۰۰٬۰۰۰ تومان دریافت شد ✅ فاکتور ۲۱۰۴۵ تسویه شد. ممنون از خوش‌قولی‌تان 🌿")
    async with world.store.reading() as uow:
        left = await uow.connection.scalar(select(invoices.c.open_rials).where(invoices.c.number == 21_045))
        booked = select(payments.c.amount_rials).where(payments.c.tracking == "88412037")
        assert (left, await uow.connection.scalar(booked)) == (0, 123_000_000)


async def test_s6_8_the_same_transfer_is_not_taken_twice(world: Story) -> None:
    await pay(world)
    await pay(world)
    assert world.salon.text == "این شماره پیگیری قبلاً در ۳۰ آبان ثبت شده. رسید دیگری دارید؟"
    await world.salon.write("88412038")
    assert "کد ۵۰۹۳" in world.salon.text


async def test_s6_8_a_rejected_receipt_says_why_and_can_be_sent_again(world: Story) -> None:
    await pay(world)
    salon, finance = world.salon, world.finance
    await finance.expect("رسید ۵۰۹۲")
    await finance.tap("❌ رد")
    await finance.tap("مبلغ در حساب دیده نشد")
    await salon.expect("تأیید نشد")
    assert salon.text == (
        "رسید ۵۰۹۲ تأیید نشد: مبلغ در حساب دیده نشد. لطفاً رسید واضح‌تر یا شماره شبا را بفرستید."
    )
    assert salon.labels[0] == ["📤 ارسال دوباره", "💬 گفتگو با مالی"]
    await pay(world)
    assert "کد ۵۰۹۳" in salon.text


async def test_a_number_may_be_written_instead_of_a_photo_and_an_amount_of_ones_own(world: Story) -> None:
    salon = world.salon
    await salon.write("/start")
    await salon.tap(StartReceipt().pack(), force=True)
    await salon.write("سلام")
    assert salon.text == "لطفاً عکس رسید، شماره پیگیری یا چهار رقم آخر کارت را بفرستید."
    await salon.write("۱۲۳۴")
    await salon.tap("مبلغ دیگر")
    await salon.write("۵۰۰ تومن")
    assert salon.text == "منظورتان ۵۰۰٬۰۰۰ تومان است؟"
    await salon.tap("✅ بله")
    await salon.tap("روز دیگر")
    await salon.write("فردا")
    assert "هنوز نیامده" in salon.text
    await salon.write("۲۸ آبان")
    assert "کد ۵۰۹۲" in salon.text
    await world.finance.expect("رسید ۵۰۹۲")
    assert "۵۰۰٬۰۰۰ تومان · ۲۸ آبان · کارت …1234" in plain(world.finance.text)
    assert "فاکتور ۲۱۰۴۵ (۵۰۰٬۰۰۰)" in world.finance.text


async def test_finance_corrects_amount_and_invoice_before_approving(world: Story) -> None:
    await pay(world)
    finance = world.finance
    await finance.expect("رسید ۵۰۹۲")
    await finance.tap("✏️ مبلغ دیگر")
    await finance.write("۱۲ میلیون")
    assert "مشتری نوشته بود ۱۲٬۳۰۰٬۰۰۰" in finance.text
    await finance.tap("📎 فاکتور دیگر")
    await finance.tap("فاکتور ۲۱۳۱۰ · ۵٬۸۲۱٬۲۰۰")
    assert "پیشنهاد تسویه: فاکتور ۲۱۳۱۰ (کامل)، ۶٬۱۷۸٬۸۰۰ بستانکار می‌ماند" in finance.text
    await finance.tap("📎 فاکتور دیگر")
    await finance.tap("از قدیمی‌ترین")
    assert "فاکتور ۲۱۰۴۵ (۱۲٬۰۰۰٬۰۰۰)" in finance.text
    await finance.tap("✅ تأیید")
    await world.salon.expect("دریافت شد")
    assert world.salon.text.startswith("۱۲٬۰۰۰٬۰۰۰ تومان دریافت شد ✅")


async def test_a_large_amount_asks_for_a_second_person(world: Story) -> None:
    async with world.store.unit_of_work() as uow:
        await uow.company.decide(SECOND_FROM, 100_000_000, NOW)
    await pay(world)
    finance = world.finance
    await finance.expect("دو همکار باید تأیید کنند")
    await finance.tap("✅ تأیید")
    assert "همکار دیگری هم باید تأیید کند" in finance.text
    assert not any("✅ تأیید" in row for row in finance.labels)
    async with world.store.reading() as uow:
        owed = await uow.connection.scalar(select(invoices.c.open_rials).where(invoices.c.number == 21_045))
        kept = await uow.connection.scalar(select(promises.c.state).where(promises.c.customer_id == SALON_ID))
        assert (owed, kept) == (123_000_000, "open")


async def test_a_clear_wish_leads_out_of_a_receipt_and_back_leads_to_the_question_before(
    world: Story,
) -> None:
    window = world.salon
    await window.write("/start")
    await window.write("حسابم")
    account = window.text
    await window.tap(StartReceipt().pack(), force=True)
    await window.write("۸۸۴۱۲۰۹۹")
    assert window.text == "مبلغ؟"
    await window.tap("⬅️ بازگشت")
    assert window.text.startswith("عکس رسید را بفرستید")
    await window.write("۸۸۴۱۲۰۹۹")
    await window.tap("مبلغ دیگر")
    await window.tap("⬅️ بازگشت")
    assert window.text == "مبلغ؟"
    await window.write("حسابم")
    assert window.text == account
    await window.write("۸۸۴۱۲۰۹۹")
    assert window.text != "مبلغ؟", "the question was left"
