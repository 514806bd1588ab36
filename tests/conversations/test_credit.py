"""S1.23 to S1.25 and S3.2 as the scripts read: the chain of rule R2.2 orders for 72 millions."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import insert, select, update

from domain.credit import CreditLimit, HoldKind
from domain.orders import OrderStatus
from sandbox import town_people
from sandbox.window import ChatWindow
from screens.callbacks.credit import ExplainCredit, OpenCreditBook
from services.basket import add_to_basket, set_line
from storage.tables.catalogue import products, stock
from storage.tables.instruments import cheque_events, cheques
from storage.tables.orders import orders
from tests.builders.catalogue import a_price, a_product
from tests.builders.credit import in_segment, million
from tests.builders.people import speaking
from tests.conftest import NOW
from tests.conversations.conftest import Story

CHAIN_ID = 3
HOME = ["🏠 خانه"]
ISOLATES = dict.fromkeys(map(ord, "\u2066\u2067\u2068\u2069"))
OVER = "این سفارش ۱۲٬۰۰۰٬۰۰۰ تومان از اعتبار باقی‌مانده شما (۶۰٬۰۰۰٬۰۰۰) بیشتر است. کدام را انجام بدهیم؟"
CHOICES = [
    ["💵 ۱۲ میلیون را نقد می‌دهم"],
    ["✂️ سبد را کم می‌کنم"],
    ["💵 کل سفارش نقد"],
    ["🙋 درخواست تأیید مدیر"],
]
ASKED = "فرستاده شد. تا ۲ ساعت کاری جواب می‌دهیم. موجودی تا آن موقع برایتان نگه داشته می‌شود."
CARD = (
    "🔶 سفارش ۴۰۵۳۷ منتظر تأیید شما\n"
    "فروشگاه زنجیره‌ای آفتاب · شعبه ونک · گروه B\n"
    "مبلغ: ۷۲٬۰۰۰٬۰۰۰ — چک ۴۵ روزه\n"
    "💳 سقف ۳۰۰ · مصرف ۲۴۰ · با این سفارش ۳۱۲ میلیون (۱۰۴٪)\n"
    "   فاکتور باز ۱۲۰ · چک در جریان ۹۵ (۳ فقره) · سفارش باز ۳۰ · بستانکار ۵\n"
    "   سررسید گذشته: ندارد · برگشتی: ندارد\n"
    "📦 موجودی: ۱۷ قلم کامل · ۱ قلم کم (ضدآفتاب تیره ۲۰ از ۳۰)\n"
    "👤 آخرین خرید ۹ روز پیش · ۳۰ سفارش در ۱۲ ماه"
)
DECIDING = [
    ["✅ تأیید", "✅ با پیش‌پرداخت"],
    ["❌ رد", "💬 پیام به مشتری"],
    ["👁 اقلام", "👁 گردش حساب"],
    HOME,
]


def said(window: ChatWindow) -> str:
    return window.text.translate(ISOLATES)


async def fill_basket(world: Story) -> None:
    """Eighteen lines that come to 72 millions; of the last one ten units come later."""
    async with world.store.unit_of_work() as uow:
        await in_segment(uow, CHAIN_ID, "B")
        await uow.audit.set_counter("order", 40_536)
        buyer = await speaking(uow, world.town.user_id(town_people.CHAIN))
        for at in range(17):
            price = 4_000_000 if at else 4_040_000
            goods = await a_product(uow, f"کالای {at}", toman=price, vat=0, on_hand=5)
            await add_to_basket(uow, buyer, goods.id, 1, NOW)
        sun = await uow.connection.scalar(select(products.c.id).where(products.c.label == "ضدآفتاب تیره"))
        assert sun is not None
        await uow.connection.execute(
            update(stock).where(stock.c.product_id == sun).values(on_hand=20, safety=0)
        )
        await a_price(uow, sun, 120_000, customer_id=CHAIN_ID)
        await add_to_basket(uow, buyer, sun, 20, NOW)
        await set_line(uow, buyer, sun, 30, NOW, later=10)


async def place(world: Story) -> ChatWindow:
    """From the basket to the tap that places it."""
    await fill_basket(world)
    chain = world.chain
    await chain.write("سبد")
    await chain.tap("✅ ادامه ثبت")
    await chain.tap(next(row[0] for row in chain.labels if row[0].startswith("شعبه ونک")))
    await chain.tap(chain.labels[0][0])
    assert "قابل پرداخت: ۷۲٬۰۰۰٬۰۰۰ تومان — چک ۴۵ روزه" in chain.text
    await chain.tap("✅ ثبت نهایی")
    return chain


async def ask(world: Story) -> ChatWindow:
    """As far as S1.24; the manager's window. Who expects a message has looked before it comes."""
    for colleague in (world.manager, world.finance):
        await colleague.write("/start")
    chain = await place(world)
    await chain.tap("🙋 درخواست تأیید مدیر")
    assert chain.text == ASKED
    await world.manager.expect("سفارش ۴۰۵۳۷")
    return world.manager


async def order(world: Story) -> tuple[str, int]:
    async with world.store.reading() as uow:
        row = (
            await uow.connection.execute(
                select(orders.c.status, orders.c.credit_rials).where(orders.c.number == 40_537)
            )
        ).one()
    return row.status, row.credit_rials


async def test_s1_23_the_four_choices(world: Story) -> None:
    chain = await place(world)
    assert chain.text == OVER
    assert chain.labels[:4] == CHOICES


async def test_s1_23_the_difference_in_cash(world: Story) -> None:
    chain = await place(world)
    await chain.tap("💵 ۱۲ میلیون را نقد می‌دهم")
    assert "اعتبار شما بعد از این سفارش: ۰ تومان" in chain.text
    await chain.tap("✅ ثبت نهایی")
    assert chain.text.startswith("سفارش ۴۰۵۳۷ ثبت و تأیید شد ✅")
    assert await order(world) == (OrderStatus.APPROVED, million(60).rials)


async def test_s1_23_the_basket_is_cut(world: Story) -> None:
    chain = await place(world)
    await chain.tap("✂️ سبد را کم می‌کنم")
    assert chain.text.startswith("✂️ هنوز ۱۲٬۰۰۰٬۰۰۰ تومان باید کم شود")
    for _cut in range(3):
        assert chain.labels[0][0].startswith("🗑 ")
        await chain.tap(chain.labels[0][0])
    assert chain.text.startswith("✅ سبد در اعتبار شما جا شد.")
    await chain.tap("🛒 سبد")
    await chain.tap("✅ ادامه ثبت")
    await chain.tap(chain.labels[0][0])
    await chain.tap("✅ ثبت نهایی")
    assert chain.text.startswith("سفارش ۴۰۵۳۷ ثبت و تأیید شد ✅")


async def test_s1_23_all_of_it_in_cash(world: Story) -> None:
    chain = await place(world)
    await chain.tap("💵 کل سفارش نقد")
    assert "نقد" in chain.text
    await chain.tap("✅ ثبت نهایی")
    assert await order(world) == (OrderStatus.APPROVED, 0)


async def test_s1_24_the_managers_card(world: Story) -> None:
    manager = await ask(world)
    assert said(manager) == CARD
    assert manager.labels == DECIDING
    await manager.tap("👁 اقلام")
    assert said(manager).startswith("اقلام سفارش ۴۰۵۳۷ — صفحه ۱ از ۲")
    await manager.tap("⬅️ بازگشت")
    assert said(manager) == CARD
    await manager.tap("👁 گردش حساب")
    assert manager.text.startswith("📄 گردش حساب")
    assert manager.labels[0] == ["⬅️ سفارش ۴۰۵۳۷"]
    await manager.tap("⬅️ سفارش ۴۰۵۳۷")
    assert said(manager) == CARD


async def test_s1_25_as_it_usually_goes(world: Story) -> None:
    manager = await ask(world)
    await manager.tap("✅ تأیید")
    assert manager.text == "سفارش ۴۰۵۳۷ تأیید شد و به انبار رفت."
    await world.chain.expect("سفارش ۴۰۵۳۷ تأیید شد ✅")
    assert (await order(world))[0] == OrderStatus.APPROVED


async def test_s1_25_a_cheque_came_back_four_minutes_ago(world: Story) -> None:
    manager = await ask(world)
    async with world.store.unit_of_work() as uow:
        mine = (cheques.c.customer_id == CHAIN_ID, cheques.c.amount_rials == million(25).rials)
        cheque_id = await uow.connection.scalar(select(cheques.c.id).where(*mine))
        await uow.connection.execute(update(cheques).where(*mine).values(state="bounced"))
        await uow.connection.execute(
            insert(cheque_events).values(cheque_id=cheque_id, kind="bounced", at=NOW, facts={})
        )
        await uow.credit.put_hold(CHAIN_ID, HoldKind.BOUNCED, NOW, subject_id=cheque_id)
    world.clock.set(NOW + timedelta(minutes=4))
    await manager.tap("✅ تأیید")
    assert manager.text == (
        "یک لحظه: یک چک ۲۵ میلیونی همین مشتری ۴ دقیقه پیش برگشت خورد. سفارش نگه داشته شد."
    )
    assert manager.labels[0] == ["ارجاع به مالی", "رد"]
    await manager.tap("ارجاع به مالی")
    assert manager.text == "سفارش ۴۰۵۳۷ به مالی ارجاع شد."
    await world.finance.expect("سفارش ۴۰۵۳۷")
    assert "برگشتی: ۲۵ میلیون (۱ فقره)" in world.finance.text
    await world.finance.tap("✅ تأیید")
    assert world.finance.text == "سفارش ۴۰۵۳۷ تأیید شد و به انبار رفت."


async def test_s1_24_with_prepayment_and_a_word(world: Story) -> None:
    manager = await ask(world)
    await manager.tap("💬 پیام به مشتری")
    await manager.write("۱۲ میلیون را نقد می‌پردازید؟")
    await world.chain.expect("۱۲ میلیون را نقد می‌پردازید؟")
    assert manager.text.startswith("پیامتان فرستاده شد.")
    await manager.tap("✅ با پیش‌پرداخت")
    assert manager.labels[0] == ["همان مازاد سقف: ۱۲٬۰۰۰٬۰۰۰"]
    await manager.write("۲۰")
    assert manager.text == "منظورتان ۲۰٬۰۰۰ تومان است؟"
    await manager.write("۲۰ میلیون")
    assert manager.text == "سفارش ۴۰۵۳۷ تأیید شد و به انبار رفت."
    await world.chain.expect("لطفاً پیش از ارسال ۲۰٬۰۰۰٬۰۰۰ تومان بپردازید.")
    assert await order(world) == (OrderStatus.APPROVED, million(52).rials)


async def test_s1_24_refused_with_a_word(world: Story) -> None:
    manager = await ask(world)
    await manager.tap("❌ رد")
    await manager.write("اول یکی از چک‌ها وصول شود.")
    assert manager.text == "سفارش ۴۰۵۳۷ رد شد و به مشتری خبر دادیم."
    await world.chain.expect("پیام ما به شما: اول یکی از چک‌ها وصول شود.")
    assert (await order(world))[0] == OrderStatus.REJECTED


async def test_an_old_card_decides_nothing_twice(world: Story) -> None:
    manager = await ask(world)
    card, data = manager.message["message_id"], manager.buttons[0][0]["data"]
    await manager.tap("✅ تأیید")
    await manager.tap(data, message_id=card, force=True)
    assert manager.toast == "درباره این درخواست قبلاً تصمیم گرفته شده است."


async def test_fresh_numbers_before_the_decision(world: Story) -> None:
    manager = await ask(world)
    async with world.store.unit_of_work() as uow:
        await uow.credit.put_limit(CreditLimit(total=million(290)), NOW, customer_id=CHAIN_ID)
    await manager.tap("✅ تأیید")
    assert manager.text.startswith("یک لحظه: سقف از ۳۰۰ به ۲۹۰ میلیون تغییر کرد.\nوضعیت تازه:")
    await manager.tap("✅ تأیید")
    assert manager.text == "سفارش ۴۰۵۳۷ تأیید شد و به انبار رفت."


async def test_s3_2_how_credit_is_worked_out(world: Story) -> None:
    salon = world.salon
    await salon.write("/start")
    await salon.tap(ExplainCredit().pack(), force=True)
    assert salon.text == (
        "سقف ۶۰٬۰۰۰٬۰۰۰\n"
        "− فاکتورهای باز ۱۸٬۱۲۱٬۲۰۰\n"
        "− چک‌های وصول‌نشده ۲۱٬۵۰۰٬۰۰۰\n"
        "− سفارش‌های در راه ۲٬۵۳۴٬۴۰۰\n"
        "= باقی‌مانده ۱۷٬۸۴۴٬۴۰۰ تومان\n"
        "هر چک که وصول شود، همان‌قدر اعتبارتان آزاد می‌شود."
    )


async def test_finance_finds_a_customer_by_name_and_sets_a_temporary_limit(world: Story) -> None:
    finance = world.finance
    await finance.write("سالن زیبایی نگین")
    assert finance.text.startswith("💳 اعتبار «سالن زیبایی نگین»\nمانده بدهی: ۱۸٬۱۲۱٬۲۰۰ تومان")
    assert "چک در جریان: ۲۱٬۵۰۰٬۰۰۰ (۳ فقره) · راس ۱۸ آذر" in finance.text
    assert "سقف: ۶۰٬۰۰۰٬۰۰۰ تومان" in finance.text
    await finance.tap("⏳ سقف موقت")
    await finance.write("۸۰ میلیون، ۱۵ دی")
    assert finance.text == "۸۰٬۰۰۰٬۰۰۰ تومان تا سه‌شنبه ۱۵ دی. به چه دلیل؟"
    await finance.write("فصل فروش")
    assert "سقف: ۸۰٬۰۰۰٬۰۰۰ تومان، تا" in finance.text
    await finance.tap("⛔️ توقف فروش اعتباری")
    await finance.write("تا روشن شدن حساب")
    assert "⛔️ توقف دستی، از ۳۰ آبان: تا روشن شدن حساب" in finance.text
    await finance.tap("✅ رفع توقف دستی")
    await finance.write("روشن شد")
    assert "توقف دستی" not in finance.text


async def test_the_whole_book_and_its_file(world: Story) -> None:
    finance = world.finance
    await finance.write("/start")
    await finance.tap(OpenCreditBook(order="late", page=1).pack(), force=True)
    assert finance.text.startswith("📚 مشتریان به ترتیب سررسید گذشته")
    await finance.tap("💰 به ترتیب بدهی")
    assert finance.text.startswith("📚 مشتریان به ترتیب بدهی")
    await finance.tap("📊 فایل اکسل")
    assert finance.message["document"]["file_name"] == "مشتریان به ترتیب بدهی.xlsx"
