"""A barcode by photo, a list on paper (S2.8), a file, and a hundred lines at once."""

from __future__ import annotations

import re
from io import BytesIO

import xlsxwriter
from sqlalchemy import func, select

from storage.tables.catalogue import products, stock
from storage.tables.messages import support_messages
from storage.tables.orders import order_lines
from storage.tables.sent_lists import sent_lists
from tests.builders.pictures import A_PICTURE, a_barcode, a_photo
from tests.conversations.conftest import Story
from tests.conversations.test_browsing import at_front

ON_PAPER = (
    "عکس را برای همکارمان فرستادم تا وارد کند؛ پیش‌نویس را همین‌جا برای تأیید می‌فرستیم. "
    "اگر عجله دارید، همان لیست را تایپ کنید."
)


async def _coded(world: Story, *names: str) -> list[tuple[str, str]]:
    """Code and barcode of the products whose names begin so."""
    found = []
    async with world.store.reading() as uow:
        for name in names:
            chosen = select(products.c.code, products.c.barcode).where(products.c.name.startswith(name))
            code, barcode = (await uow.connection.execute(chosen.order_by(products.c.id).limit(1))).one()
            found.append((code, barcode))
    return found


def _gtin(body: int) -> str:
    digits = f"{body:012}"
    weighted = sum(int(digit) * (1, 3)[place % 2] for place, digit in enumerate(digits))
    return f"{digits}{-weighted % 10}"


async def test_a_photo_of_a_barcode_opens_the_product(world: Story) -> None:
    (_code, barcode), (_other_code, other) = await _coded(world, "شامپو ضدشوره آوین ۲۵۰", "خمیردندان")
    window = await at_front(world.pharmacy)
    await window.send_photo(a_photo(a_barcode(barcode), angle=12))
    assert window.text.startswith("شامپو ضدشوره آوین ۲۵۰")
    assert any("کارتن" in label for row in window.labels for label in row)
    await window.send_photo(a_photo(a_barcode(barcode), a_barcode(other)))
    assert window.text.startswith("۲ کالا در عکس شما دیدم. کدام را می‌خواهید؟")
    await window.tap(window.labels[1][0])
    assert window.text.startswith("خمیردندان")
    await window.send_photo(a_photo(a_barcode(_gtin(626_999_999_999))))
    assert window.text.startswith("هیچ کالای ما کد ")
    await window.tap(window.labels[0][0])
    assert "کالای درخواستی" in window.text


async def test_a_code_is_typed_anywhere(world: Story) -> None:
    ((code, barcode),) = await _coded(world, "شامپو ضدشوره آوین ۲۵۰")
    window = await at_front(world.pharmacy)
    persian = barcode.translate(str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹"))
    for text in (
        persian,
        f"بارکد {barcode}",
        f"{barcode[:4]} {barcode[4:8]} {barcode[8:]}",
        f"کد {code}",
        code,
    ):
        await window.write(text)
        assert window.text.startswith("شامپو ضدشوره آوین ۲۵۰"), text
    wrong = barcode[:-1] + str((int(barcode[-1]) + 1) % 10)
    await window.write(wrong)
    assert "درست نیست؛ احتمالاً یک رقم اشتباه نوشته شده است" in window.text
    assert wrong in window.text
    await window.write(_gtin(626_999_999_999))
    assert window.text.startswith("هیچ کالای ما کد ")
    await window.tap("🔎 جستجو")
    await window.write(wrong)
    assert wrong in window.text
    await window.write(barcode)
    assert window.text.startswith("شامپو ضدشوره آوین ۲۵۰")


async def test_a_list_on_paper_is_typed_by_a_colleague_and_confirmed_in_the_chat(world: Story) -> None:
    window = await at_front(world.pharmacy)
    await window.send_photo(A_PICTURE)
    assert window.text == ON_PAPER
    support = world.support
    await support.expect("عکس یک لیست فرستاده است")
    await support.tap("🖼 دیدن عکس")
    enter = support.buttons[0][0]["data"]
    await support.tap("✍️ وارد کردن لیست")
    await support.write("۲ کارتن شامپو آوین ۲۵۰\n۳۰ عدد خمیردندان سپیدتن ۱۰۰")
    assert support.text.startswith("پیش‌نویس برای داروخانه دکتر رضایی فرستاده شد ✅")
    await window.expect("🧾 لیست شما وارد شد.")
    typed = window.buttons[0][0]["data"]
    await window.tap("🧾 دیدن پیش‌نویس")
    assert window.text.endswith("چطور تسویه می‌کنید؟")
    await window.tap(window.labels[0][0])
    assert "شامپو آوین ۲۵۰ × ۴۸" in window.text
    assert "✅ ثبت نهایی" in window.labels[0]
    await window.tap(typed, force=True)
    assert window.text == "این لیست از پیش در سبد شماست."
    await window.tap("🛒 سبد من")
    assert "— ۴۸ عدد" in window.text
    await support.tap(enter, force=True)
    assert support.toast == "این درخواست قبلاً پاسخ گرفته است." or support.toast_is_alert


async def test_a_photo_that_was_asked_for_goes_where_it_was_asked(world: Story) -> None:
    ((_code, barcode),) = await _coded(world, "شامپو ضدشوره آوین ۲۵۰")
    window, photo = await at_front(world.pharmacy), a_photo(a_barcode(barcode))
    await window.write("مانده حسابم چقدره؟")
    await window.tap("💸 پرداخت کردم")
    await window.send_photo(photo)
    assert "مبلغ" in window.text
    await window.write("/start")
    await window.send_photo(photo, "این شکسته رسیده")
    assert window.text.startswith("پیام شما به پشتیبانی رسید ✅")
    async with world.store.reading() as uow:
        kept = await uow.connection.scalar(select(func.count()).select_from(support_messages))
        lists = await uow.connection.scalar(select(func.count()).select_from(sent_lists))
    assert (kept, lists) == (1, 0)


def a_list(*rows: tuple[object, ...]) -> bytes:
    content = BytesIO()
    with xlsxwriter.Workbook(content) as book:
        sheet = book.add_worksheet()
        for at, row in enumerate(rows):
            sheet.write_row(at, 0, row)
    return content.getvalue()


async def test_a_file_becomes_a_draft_and_names_the_rows_it_does_not_understand(world: Story) -> None:
    ((code, barcode),) = await _coded(world, "شامپو ضدشوره آوین ۲۵۰")
    window = await at_front(world.pharmacy)
    content = a_list(
        ("سفارش آبان",),
        ("کد", "بارکد", "نام کالا", "تعداد", "واحد"),
        (code, "", "", 2, "کارتن"),
        ("", "", "خمیردندان سپیدتن ۱۰۰", 30, "عدد"),
        ("", "", "کرم فلان قققق", 3, ""),
        ("", "", "دستکش", "خیلی", ""),
        ("", barcode[:-1] + str((int(barcode[-1]) + 1) % 10), "", 3, ""),
    )
    await window.send_document("list.xlsx", content)
    assert window.text.startswith("📄 ۲ ردیف از فایل شما را فهمیدم.\n۳ ردیف را نفهمیدم:\nردیف ۵: «")
    assert "ردیف ۶: «دستکش · خیلی» — تعداد روشن نیست" in window.text
    left = next(each["data"] for row in window.buttons for each in row if "نامفهوم (۳)" in each["label"])
    await window.tap(window.labels[0][0])
    assert "شامپو آوین ۲۵۰ × ۴۸" in window.text
    await window.tap(left, force=True)
    assert window.text.startswith("📄 ردیف‌هایی که نفهمیدم\nردیف ۵")
    await window.send_document("list.csv", f"{barcode},5\n".encode())
    assert window.text.startswith("📄 ۱ ردیف از فایل شما را فهمیدم.")
    await window.send_document("bad.xlsx", b"PK\x03\x04 broken")
    assert "xlsx" in window.text
    await window.send_document("x.docx", b"hello")
    assert window.text.startswith("این نوع فایل را نمی‌توانم بخوانم.")


async def test_a_hundred_lines_at_once_are_one_draft(world: Story) -> None:
    """Page by page, with one sum under each page; all that was written is in it."""
    window = await at_front(world.pharmacy)
    async with world.store.reading() as uow:
        sold = (
            select(products.c.name)
            .join(stock, stock.c.product_id == products.c.id)
            .where(products.c.is_active, stock.c.on_hand - stock.c.reserved - stock.c.safety >= 24)
        )
        names = list(await uow.connection.scalars(sold.order_by(products.c.id).limit(100)))
    await window.write("\n".join(f"{name} ۱۲ عدد" for name in names))
    assert len(window.text) <= 4096
    for _question in range(60):
        if any("✅ ثبت نهایی" in row for row in window.labels):
            break
        await window.tap(window.labels[0][0])
    pages, seen = window.text.split("\n", 1)[0], []
    assert pages.startswith("🧾 پیش‌نویس سفارش — صفحه ۱ از ")
    payable = next(line for line in window.text.split("\n") if line.startswith("قابل پرداخت"))
    while True:
        assert len(window.text) <= 4096
        assert payable in window.text
        seen += [line for line in window.text.split("\n") if re.match(r"[۰-۹]+\. ", line)]
        if not any("◀️ بعدی" in row for row in window.labels):
            break
        await window.tap("◀️ بعدی")
    assert len(seen) == 100
    async with world.store.reading() as uow:
        draft = select(func.max(order_lines.c.order_id))
        lines = select(func.count()).where(order_lines.c.order_id == draft.scalar_subquery())
        assert await uow.connection.scalar(lines.where(order_lines.c.bonus_of.is_(None))) == 100
    await window.tap("✅ ثبت نهایی")
    assert "ثبت" in window.text
