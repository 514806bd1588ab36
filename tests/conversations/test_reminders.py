"""S6: the salon's invoice 21045 on the turned clock, as the scripts read; and finance's desk of reminders."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import delete, insert, select, update

from jobs.reminders import sweep_reminders
from sandbox.town_orders import SALON_ID
from sandbox.window import ChatWindow
from storage.tables.claims import disputes, promises, receipts, tasks
from storage.tables.ledger import invoices
from storage.tables.people import staff
from storage.tables.push import account_managers
from tests.builders.reminders import at, jalali, levels
from tests.conversations.conftest import Story

HOME = ["🏠 خانه"]
ISOLATES = dict.fromkeys(map(ord, "\u2066\u2067\u2068\u2069"))


@pytest.fixture
async def before(world: Story) -> Story:
    """The town three days before the salon's invoice is due: nothing was promised yet, one looks after it."""
    async with world.store.unit_of_work() as uow:
        await uow.connection.execute(delete(promises))
        manager = await uow.connection.scalar(select(staff.c.id).where(staff.c.name == "خانم صادقی"))
        await uow.connection.execute(insert(account_managers).values(customer_id=SALON_ID, staff_id=manager))
        # The others of the town have been reminded before: this is about the salon alone.
        others = update(invoices).where(invoices.c.customer_id != SALON_ID)
        await uow.connection.execute(others.values(remind_on=date(2030, 1, 1)))
    await world.salon.refresh()
    return world


async def morning(world: Story, month: int, day: int) -> None:
    """Nine o'clock of that day."""
    now = at(month, day)
    world.clock.set(now)
    await sweep_reminders(world.store, now)


def said(text: str) -> str:
    return text.translate(ISOLATES)


def labels(message: dict[str, object]) -> list[list[str]]:
    rows = message["buttons"]
    assert isinstance(rows, list)
    return [[button["label"] for button in row] for row in rows]


async def test_s6_day_by_day(before: Story) -> None:
    """R7's example: 21, 24 and 27 Aban, a promise, its note, and what follows when it is broken."""
    world, salon = before, before.salon
    await morning(world, 8, 21)
    first = await salon.expect("یادآوری دوستانه")
    assert first["text"] == "یادآوری دوستانه 🌿\nفاکتور ۲۱۰۴۵ — ۱۲٬۳۰۰٬۰۰۰ تومان\nسررسید: یکشنبه ۲۴ آبان"
    assert labels(first) == [
        ["💸 پرداخت کردم", "🤝 زمان پرداخت"],
        ["❗️ اعتراض دارم", "🏦 شماره حساب‌ها"],
        HOME,
    ]
    await morning(world, 8, 24)
    due = await salon.expect("امروز سررسید فاکتور")
    assert due["text"] == (
        "امروز سررسید فاکتور ۲۱۰۴۵ است: ۱۲٬۳۰۰٬۰۰۰ تومان.\nاگر واریز کرده‌اید، رسیدش را همین‌جا بفرستید."
    )
    assert labels(due) == [["💸 پرداخت کردم", "🤝 زمان پرداخت", "🏦 شماره حساب‌ها"], HOME]
    await morning(world, 8, 27)
    late = await salon.expect("سالن زیبایی نگین عزیز")
    assert late["text"] == (
        "سالن زیبایی نگین عزیز، سه روز از سررسید فاکتور ۲۱۰۴۵ گذشته (۱۲٬۳۰۰٬۰۰۰ تومان).\n"
        "لطفاً زمان پرداخت را بفرمایید تا هماهنگ باشیم."
    )
    assert labels(late) == [["💸 پرداخت کردم", "🤝 زمان پرداخت", "❗️ اعتراض دارم"], HOME]
    await world.visitor.refresh()
    await promise(salon)
    for month, day in ((8, 28), (8, 30), (9, 1)):
        await morning(world, month, day)
    assert "ثبت شد" in salon.text
    await morning(world, 9, 2)
    note = await salon.expect("طبق قرار")
    assert note["text"] == "سلام، طبق قرار امروز ۱۲٬۳۰۰٬۰۰۰ تومان فاکتور ۲۱۰۴۵. رسید را بفرستید تا ثبت کنیم."
    assert labels(note) == [["💸 پرداخت کردم", "🏦 شماره حساب‌ها"], HOME]
    await morning(world, 9, 3)
    await world.finance.refresh()
    await morning(world, 9, 4)
    broken = await salon.expect("قرار پرداخت")
    assert broken["text"] == (
        "قرار پرداخت دوشنبه ۲ آذر انجام نشد (۱۲٬۳۰۰٬۰۰۰ تومان). همکارمان خانم صادقی امروز با شما تماس "
        "می‌گیرد. تا تسویه، سفارش اعتباری ممکن است نیاز به تأیید داشته باشد."
    )
    assert labels(broken) == [["💸 پرداخت کردم", "📞 الان تماس بگیرید"], HOME]
    await world.finance.expect("🔴 قول پرداخت سالن زیبایی نگین انجام نشد: ۱۲٬۳۰۰٬۰۰۰ تومان، دوشنبه ۲ آذر.")
    await salon.tap("📞 الان تماس بگیرید", message_id=broken["message_id"])
    await salon.expect("درخواستتان رسید ✅ همکارمان خانم صادقی امروز با شما تماس می‌گیرد.")
    await world.support.expect("📞 سالن زیبایی نگین می‌خواهد همین حالا با او تماس بگیرید.")


async def promise(salon: ChatWindow) -> None:
    """S6.4, from the button under the third reminder."""
    await salon.tap("🤝 زمان پرداخت")
    assert salon.text == "چه روزی؟ (حداکثر ۱۰ روز)"
    assert salon.labels == [["شنبه ۳۰ آبان", "دوشنبه ۲ آذر"], ["چهارشنبه ۴ آذر", "روز دیگر"], HOME]
    await salon.tap("دوشنبه ۲ آذر")
    assert salon.text == "کل مبلغ یا بخشی؟"
    assert salon.labels == [["کل ۱۲٬۳۰۰٬۰۰۰", "بخشی از آن"], HOME]
    await salon.tap("کل ۱۲٬۳۰۰٬۰۰۰")
    assert salon.text == (
        "ثبت شد: ۱۲٬۳۰۰٬۰۰۰ تومان، دوشنبه ۲ آذر. تا آن روز یادآوری نمی‌فرستیم. ممنون از هماهنگی 🙏"
    )


async def test_a_part_on_another_day_is_promised_by_typing(before: Story) -> None:
    world, salon = before, before.salon
    await morning(world, 8, 24)
    await salon.expect("امروز سررسید فاکتور")
    await salon.tap("🤝 زمان پرداخت")
    await salon.tap("روز دیگر")
    await salon.write("۲۰ آذر")
    assert salon.text == "لطفاً روزی تا ۱۰ روز آینده را انتخاب کنید."
    await salon.write("سه‌شنبه")
    await salon.tap("بخشی از آن")
    await salon.write("۱ میلیون")
    assert salon.text == "حداقل ۱٬۲۳۰٬۰۰۰ تومان لازم است."
    await salon.write("۵ میلیون")
    assert salon.text.startswith("ثبت شد: ۵٬۰۰۰٬۰۰۰ تومان، سه‌شنبه ۲۶ آبان.")
    await salon.write("مانده حسابم چقدره؟")
    assert "🤝 قول پرداخت شما: سه‌شنبه ۲۶ آبان" in salon.text
    await morning(world, 8, 26)
    note = await salon.expect("طبق قرار امروز")
    assert "۵٬۰۰۰٬۰۰۰ تومان فاکتور ۲۱۰۴۵" in note["text"]


async def test_paid_from_a_reminder_is_for_its_invoice(before: Story) -> None:
    world, salon = before, before.salon
    await morning(world, 8, 24)
    due = await salon.expect("امروز سررسید فاکتور")
    await salon.tap("💸 پرداخت کردم", message_id=due["message_id"])
    assert salon.text == "عکس رسید را بفرستید (یا شماره پیگیری را بنویسید)."
    await salon.write("۸۸۴۱۲۰۳۷")
    await salon.tap("۱۲٬۳۰۰٬۰۰۰ (کل فاکتور)")
    await salon.tap("امروز")
    assert "رسید ثبت شد" in salon.text
    async with world.store.reading() as uow:
        wanted = select(receipts.c.invoice_id, invoices.c.number).join(invoices)
        (row,) = (await uow.connection.execute(wanted)).all()
        assert row.number == 21_045


async def test_s6_12_an_objection_opens_a_ticket_and_silences_the_invoice(before: Story) -> None:
    world, salon = before, before.salon
    await morning(world, 8, 27)
    await salon.expect("سالن زیبایی نگین عزیز")
    await salon.tap("❗️ اعتراض دارم")
    assert salon.text == "موضوع؟"
    assert [row[0] for row in salon.labels[:4]] == [
        "مبلغ فاکتور اشتباه است",
        "کالا برگشت خورده",
        "قبلاً پرداخت کرده‌ام",
        "چیز دیگر",
    ]
    await salon.tap("مبلغ فاکتور اشتباه است")
    assert salon.text == "تیکت ۱۱۷۹ برای مالی باز شد. تا جواب، یادآوری این فاکتور متوقف است."
    # The morning's list of cheques may come behind it.
    ticket = await world.finance.expect("تیکت ۱۱۷۹")
    await world.finance.tap(labels(ticket)[0][0], message_id=ticket["message_id"])
    await world.finance.expect("موضوع: مبلغ فاکتور اشتباه است")
    assert await sweep_reminders(world.store, at(9, 1)) == 0
    async with world.store.reading() as uow:
        assert (await uow.connection.execute(select(disputes.c.subject))).scalars().all() == ["amount"]


async def test_s6_10_credit_stops_and_is_back_on_the_day_of_the_payment(before: Story) -> None:
    world, salon = before, before.salon
    await morning(world, 9, 24)
    stop = await salon.expect("خرید اعتباری شما موقتاً متوقف شد")
    assert stop["text"].startswith("خرید اعتباری شما موقتاً متوقف شد (سررسید گذشته: ")
    assert stop["text"].endswith("۳۰ روز). خرید نقدی باز است. با تسویه، اعتبار همان روز برمی‌گردد.")
    assert labels(stop) == [["💸 پرداخت کردم", "🤝 تقسیط / هماهنگی"], ["🛒 خرید نقدی"], HOME]
    await salon.tap("🤝 تقسیط / هماهنگی", message_id=stop["message_id"])
    assert salon.text.startswith("درخواستتان به مالی رسید ✅")
    await world.finance.expect("🤝 سالن زیبایی نگین می‌خواهد درباره تقسیط یا زمان پرداخت هماهنگ کند.")
    async with world.store.reading() as uow:
        kinds = await uow.connection.scalars(select(tasks.c.kind).where(tasks.c.customer_id == SALON_ID))
        assert {"reminder_call", "instalments_wanted"} <= set(kinds)
    async with world.store.unit_of_work() as uow:
        await uow.connection.execute(
            update(invoices).where(invoices.c.customer_id == SALON_ID).values(open_rials=0)
        )
    evening = at(9, 24, 18)
    world.clock.set(evening)
    await sweep_reminders(world.store, evening)
    await salon.expect("حسابتان تسویه شد ✅ خرید اعتباری دوباره باز است.")


async def test_where_to_pay_to_is_kept_by_finance(before: Story) -> None:
    world, finance = before, before.finance
    await finance.write("/start")
    await finance.tap("🏦 شماره حساب‌ها")
    assert "IR160120000000001234567890" in said(finance.text)
    await finance.tap("➕ حساب دیگر")
    await finance.write("IR170120000000001234567890")
    assert finance.text.startswith("این شماره شبا درست نیست")
    await finance.write("IR65 0170 0000 0000 5555 5555 01")
    await finance.tap("کارت ندارد")
    assert "بانک ملی" in finance.text
    await world.manager.expect("سمیه رستگار شماره حساب تازه‌ای برای پرداخت مشتریان ثبت کرد")
    await morning(world, 8, 24)
    due = await world.salon.expect("امروز سررسید فاکتور")
    await world.salon.tap("🏦 شماره حساب‌ها", message_id=due["message_id"])
    shown = said(world.salon.text)
    assert shown.startswith("🏦 شماره حساب‌های ما، به نام «پخش آرمان‌طب»:")
    assert "بانک ملت\nشبا: IR160120000000001234567890\nکارت: 6104 3377 0000 0001" in shown
    assert "بانک ملی\nشبا: IR650170000000005555555501" in shown


async def test_finance_moves_a_level_and_switches_one_off(before: Story) -> None:
    world, finance = before, before.finance
    await finance.write("/start")
    await finance.tap("🔔 یادآوری‌ها")
    assert said(finance.text).startswith("🔔 یادآوری فاکتورها\n✅ ۰. ۳ روز قبل: یادآوری دوستانه")
    await finance.tap("✏️ روز پله ۲")
    await finance.write("۹")
    assert "ترتیب پله‌ها حفظ می‌شود" in finance.text
    await finance.write("۵ روز بعد")
    assert "✅ ۲. ۵ روز بعد" in said(finance.text)
    await finance.tap(finance.buttons[1][1]["data"], force=True)
    assert "⬜️ ۱. روز سررسید" in said(finance.text)
    for day in (21, 24, 27, 28, 30):
        await morning(world, 8, day)
    async with world.store.reading() as uow:
        late = await uow.invoices.id_of_number(21_045)
    assert late is not None
    # The fifth day is a Friday: what it brings comes on Saturday.
    assert await levels(world.store, late) == [(jalali(8, 21), 0), (jalali(8, 30), 2)]


async def test_the_promise_of_the_story_is_listed(world: Story) -> None:
    """In the story of S3 the salon has promised 2 Azar."""
    finance = world.finance
    await finance.write("/start")
    await finance.tap("🔔 یادآوری‌ها")
    await finance.tap("🤝 قول‌های پرداخت")
    assert "• سالن زیبایی نگین: ۱۲٬۳۰۰٬۰۰۰ تومان، ۲ آذر (فاکتور ۲۱۰۴۵)" in finance.text
