"""S1.11 to S1.13 as the scripts read, and the ways beside them."""

from __future__ import annotations

from jobs.alerts import sweep_alerts
from sandbox.window import ChatWindow
from tests.builders.catalogue import put_stock
from tests.conftest import NOW
from tests.conversations.conftest import Story

FRONT = [
    ["🔎 جستجو", "⭐️ اقلام همیشگی من", "🎁 طرح‌دارها"],
    ["🧴 مراقبت مو (۸۴)", "🪥 دهان و دندان (۳۷)"],
    ["🧤 مصرفی پزشکی (۵۲)", "☀️ ضدآفتاب (۲۹)"],
    ["🗂 بقیه دسته‌ها"],
    ["🏠 خانه"],
]
HAIR = (
    "مراقبت مو — صفحه ۱ از ۲۱\n"
    "۱. شامپو ضدشوره آوین ۲۵۰ میل — ۱۴۸٬۰۰۰ ✅ 🎁\n"
    "۲. شامپو ضدریزش آوین ۲۵۰ میل — ۱۵۶٬۰۰۰ ✅\n"
    "۳. ماسک موی سپیدار ۳۰۰ میل — ۲۱۰٬۰۰۰ 🟡 کم\n"
    "۴. سرم مو نگاره ۱۰۰ میل — ناموجود"
)
SHAMPOO = (
    "شامپو ضدشوره آوین ۲۵۰ میل\nکد ۱۰۲۴ · کارتن ۲۴ عددی\nقیمت شما: ۱۴۸٬۰۰۰ تومان\nموجودی: ✅ موجود\n"
    "🎁 پلکانی: ۱۲ عدد به بالا ۳٪ · ۲۴ به بالا ۵٪ · ۴۸ به بالا ۸٪\nچند عدد؟"
)


async def at_front(window: ChatWindow) -> ChatWindow:
    await window.write("/start")
    await window.tap("🛒 سفارش جدید")
    return window


async def test_browsing_to_a_product_reads_as_the_script(world: Story) -> None:
    window = await at_front(world.pharmacy)
    assert (window.text, window.labels) == ("از کجا شروع کنیم؟", FRONT)
    await window.tap("🧴 مراقبت مو (۸۴)")
    assert window.text == HAIR
    assert window.labels == [
        ["۱", "۲", "۳", "۴"],
        ["◀️ بعدی", "🔎 جستجو", "🛒 سبد (۰)"],
        ["🏷 بر اساس برند", "⬅️ بازگشت"],
    ]
    await window.tap("۱")
    assert window.message["photo"]
    assert (window.text, window.labels) == (
        SHAMPOO,
        [["۶", "۱۲"], ["۱ کارتن = ۲۴", "۲ کارتن = ۴۸"], ["✍️ عدد دیگر", "⬅️ بازگشت"]],
    )
    await window.tap("⬅️ بازگشت")
    assert window.text == HAIR


async def test_pages_turn_and_a_product_leads_back_to_its_page(world: Story) -> None:
    window = await at_front(world.pharmacy)
    await window.tap("🧴 مراقبت مو (۸۴)")
    await window.tap("◀️ بعدی")
    second = window.text
    assert second.startswith("مراقبت مو — صفحه ۲ از ۲۱\n۱. ")
    await window.tap("۲")
    await window.tap("⬅️ بازگشت")
    assert window.text == second
    await window.tap("▶️ قبلی")
    assert window.text == HAIR


async def test_the_other_categories_and_one_brand(world: Story) -> None:
    window = await at_front(world.pharmacy)
    await window.tap("🗂 بقیه دسته‌ها")
    assert window.text == "بقیه دسته‌ها"
    assert sum(len(row) for row in window.labels) == 12 - 4 + 2
    await window.tap("⬅️ بازگشت")
    await window.tap("🧴 مراقبت مو (۸۴)")
    await window.tap("🏷 بر اساس برند")
    assert window.text.startswith("برندهای مراقبت مو")
    avin = next(label for row in window.labels for label in row if label.startswith("آوین ("))
    await window.tap(avin)
    lines = window.text.split("\n")
    assert lines[0].startswith("مراقبت مو، آوین")
    assert all("آوین" in line for line in lines[1:])


async def test_what_is_out_of_stock_can_be_waited_for(world: Story) -> None:
    window = await at_front(world.pharmacy)
    await window.tap("🧴 مراقبت مو (۸۴)")
    await window.tap("۴")
    assert window.text.split("\n")[0] == "سرم مو نگاره ۱۰۰ میل"
    assert window.labels == [["🔔 خبرم کن", "🔁 کالای مشابه"], ["⬅️ بازگشت"]]
    serum = int(
        next(each["data"] for row in window.buttons for each in row if "مشابه" in each["label"]).split(":")[1]
    )
    await window.tap("🔔 خبرم کن")
    async with world.store.unit_of_work() as uow:
        await put_stock(uow, serum, 100)
    assert await sweep_alerts(world.store, NOW) == 1
    told = await window.expect("🔔 «سرم مو نگاره» موجود شد.")
    assert told["buttons"][0][0]["label"] == "🛒 دیدن و سفارش"
    await window.tap("🛒 دیدن و سفارش")
    assert "موجودی: ✅ موجود" in window.text


async def test_something_similar_is_offered(world: Story) -> None:
    window = await at_front(world.pharmacy)
    await window.tap("🧴 مراقبت مو (۸۴)")
    await window.tap("۴")
    await window.tap("🔁 کالای مشابه")
    lines = window.text.split("\n")
    assert lines[0].startswith("به‌جای «سرم مو نگاره»")
    assert "سرم مو سپیدار ۱۰۰ میل" in window.text
    assert "ناموجود" not in window.text


async def test_a_code_in_any_digits_opens_the_product(world: Story) -> None:
    window = await at_front(world.pharmacy)
    await window.write("۱۰۲۴")
    assert window.text == SHAMPOO


async def test_the_name_of_a_product_may_be_written_anywhere(world: Story) -> None:
    window = await at_front(world.pharmacy)
    await window.write("شامپو ضدشوره آوين 250")
    assert window.text == SHAMPOO
    await window.write("دستکش")
    assert window.text.startswith("🔎 «دستکش»")


async def test_what_the_help_says_may_be_written_is_understood(world: Story) -> None:
    window = world.pharmacy
    await window.write("۲ کارتن شامپو آوین ۲۵۰، ۱۰ بسته دستکش مدیوم")
    assert window.text.splitlines() == [
        "این‌ها را فهمیدم:",
        "✅ شامپو ضدشوره آوین ۲۵۰ — ۴۸ عدد",
        "✅ \u2068دستکش لاتکس M\u2069 — ۱۰ بسته",
        "چطور تسویه می‌کنید؟",
    ]


async def test_one_thing_may_be_written_with_how_many_of_it(world: Story) -> None:
    window = world.pharmacy
    await window.write("دو کارتن خمیردندان سپیدتن ۱۰۰ میل، نقد")
    assert window.text.splitlines()[:2] == [
        "🧾 پیش‌نویس سفارش",
        "۱. خمیردندان سپیدتن × ۹۶: ۹٬۲۱۶٬۰۰۰ − ۳۶۸٬۶۴۰ (۴٪) = ۸٬۸۴۷٬۳۶۰   🎁 +۹",
    ]


async def test_a_text_that_names_nothing_is_not_understood(world: Story) -> None:
    window = await at_front(world.pharmacy)
    for text in ("؟", "قققق ژژژژ", "/شامپو"):
        await window.write(text)
        assert window.text.startswith("منظورتان را متوجه نشدم.")


async def test_the_usual_items_are_those_that_were_ordered(world: Story) -> None:
    window = await at_front(world.pharmacy)
    await window.tap("⭐️ اقلام همیشگی من")
    assert window.text.startswith("⭐️ اقلام همیشگی من — صفحه ۱ از ۲\n۱. ")


async def test_a_stranger_may_look_but_sees_no_price(world: Story) -> None:
    window = world.stranger
    await window.write("سلام")
    await window.write("شامپو ضدشوره آوین ۲۵۰")
    assert window.text.split("\n")[0] == "شامپو ضدشوره آوین ۲۵۰ میل"
    assert "۱۴۸٬۰۰۰" not in window.text
    assert window.labels == [["⬅️ بازگشت", "🏠 خانه"]]
    await window.tap("⬅️ بازگشت")
    assert "٬" not in window.text
    assert window.labels[1] == ["◀️ بعدی", "🔎 جستجو"]


async def test_staff_see_the_numbers_and_the_price_list(world: Story) -> None:
    window = world.visitor
    await window.write("۱۰۲۴")
    assert "قیمت: ۱۴۸٬۰۰۰ تومان (فهرست: پایه)" in window.text
    assert "موجودی: ۱۴۴۰ (" in window.text
