"""S1.22: an order does not come as promised, and its customer answers."""

from __future__ import annotations

from datetime import UTC, datetime

from sandbox.window import ChatWindow
from tests.conversations.conftest import Story
from tests.conversations.test_ordering import open_job, to_summary

MONDAY_MORNING = datetime(2026, 11, 23, 4, 30, tzinfo=UTC)
"""Monday 2 Azar, 8:00 in Tehran."""
LATE = "سفارش ۴۰۵۲۱ امروز نمی‌رسد. دلیل: خرابی خودرو پخش.\nزمان تازه: سه‌شنبه ۳ آذر، ۹ تا ۱۲. عذرخواهی می‌کنیم."


async def on_the_lorry(world: Story) -> None:
    """The story's order is loaded on the morning of its day."""
    await to_summary(world.pharmacy)
    await world.pharmacy.tap("✅ ثبت نهایی")
    world.clock.set(MONDAY_MORNING)
    picker = world.warehouse
    await picker.write("/start")
    await open_job(picker)
    await picker.tap("📋 شروع آماده‌سازی")
    await picker.tap("🚚 بارگیری شد")
    await world.pharmacy.expect("بارگیری شد")


async def tell_it(picker: ChatWindow) -> None:
    """Reason, day and hours by taps, another working day than the route's."""
    await picker.tap("⏰ دیر می‌رسد")
    assert picker.text.startswith("⏰ سفارش ۴۰۵۲۱، قول دوشنبه ۲ آذر\nچرا دیر می‌رسد؟")
    assert picker.labels[:2] == [["خرابی خودرو پخش", "راه‌بندان"], ["هوا", "کمبود کالا"]]
    await picker.tap("خرابی خودرو پخش")
    assert picker.labels[:3] == [["چهارشنبه ۴ آذر", "شنبه ۷ آذر"], ["دوشنبه ۹ آذر"], ["روز دیگر"]]
    await picker.tap("روز دیگر")
    await picker.tap("سه‌شنبه ۳ آذر")
    assert picker.labels[0] == ["۱۰ تا ۱۳", "۹ تا ۱۲"]
    await picker.tap("۹ تا ۱۲")
    assert picker.text == f"مشتری این را می‌بیند:\n\n{LATE}"
    await picker.tap("✅ گفته شود")
    assert picker.text == "گفته شد و سفارش ۴۰۵۲۱ روز تازه گرفت ✅"


async def hear_it(world: Story) -> ChatWindow:
    await on_the_lorry(world)
    await tell_it(world.warehouse)
    await world.pharmacy.expect("امروز نمی‌رسد")
    return world.pharmacy


async def test_a_delay_is_told_and_accepted_word_for_word(world: Story) -> None:
    customer = await hear_it(world)
    assert (customer.text, customer.labels) == (LATE, [["باشد", "روز دیگر", "لغو سفارش"]])
    told = customer.message["message_id"]
    (fine, other, stop) = (each["data"] for each in customer.buttons[0])
    await customer.tap("باشد")
    assert customer.text == "از صبوری شما سپاسگزاریم 🙏"
    for stale in (fine, other, stop):
        await customer.tap(stale, message_id=told, force=True)
        assert customer.text.startswith("سفارش ۴۰۵۲۱ · بارگیری شد")
        assert "▫️ تحویل: سه‌شنبه ۳ آذر، بین ۹ تا ۱۲" in customer.text
    async with world.store.reading() as uow:
        order_id = await uow.settings.order_id_of(None, 40_521)
        assert order_id is not None
        done = [action for action, _facts in await uow.audit.list_of("order", order_id)]
    assert done[-2:] == ["order.delayed", "delay.accepted"]


async def test_another_day_is_the_customers_own_wish(world: Story) -> None:
    customer = await hear_it(world)
    await customer.tap("روز دیگر")
    assert customer.text == "سفارش ۴۰۵۲۱ را چه روزی بیاوریم؟"
    assert customer.labels[:2] == [["چهارشنبه ۴ آذر", "شنبه ۷ آذر"], ["دوشنبه ۹ آذر"]]
    await customer.tap("شنبه ۷ آذر")
    assert customer.text == "سفارش ۴۰۵۲۱ شنبه ۷ آذر می‌رسد ✅"
    await world.warehouse.expect("📅 داروخانه دکتر رضایی سفارش ۴۰۵۲۱ را برای شنبه ۷ آذر می‌خواهد.")
    await customer.tap("📦 پیگیری")
    assert "▫️ تحویل: شنبه ۷ آذر، بین ۱۰ تا ۱۳" in customer.text


async def test_a_late_order_is_cancelled_although_its_cutoff_passed(world: Story) -> None:
    customer = await hear_it(world)
    told, stop = customer.message["message_id"], customer.buttons[0][2]["data"]
    await customer.tap("لغو سفارش")
    assert customer.text == "سفارش ۴۰۵۲۱ به مبلغ ۱۰٬۵۸۵٬۸۴۰ تومان لغو شود؟"
    await customer.tap("❌ بله، لغو شود")
    assert customer.text == "سفارش ۴۰۵۲۱ لغو شد. از اینکه دیر شد عذر می‌خواهیم."
    await world.warehouse.expect(
        "❌ داروخانه دکتر رضایی سفارش ۴۰۵۲۱ را به‌خاطر تأخیر لغو کرد. بارگیری شده بود"
    )
    await customer.tap(stop, message_id=told, force=True)
    assert customer.text.startswith("سفارش ۴۰۵۲۱ · لغو شد")
    picker = world.warehouse
    await picker.tap("📋 دیدن سفارش")
    assert picker.labels == [["⬅️ بازگشت", "🏠 خانه"]], "nothing is done with it any more"


async def test_after_the_delivery_nothing_of_it_can_be_undone(world: Story) -> None:
    customer = await hear_it(world)
    told = customer.message["message_id"]
    stop = customer.buttons[0][2]["data"]
    picker = world.warehouse
    await open_job(picker)
    await picker.tap("✅ تحویل شد")
    await customer.expect("تحویل شد.")
    await customer.tap(stop, message_id=told, force=True)
    await customer.expect("سفارش ۴۰۵۲۱ · تحویل شد\n")


async def test_a_whole_route_is_told_late_at_once(world: Story) -> None:
    """A reason, a day and hours that are typed; everybody of the route hears it."""
    await to_summary(world.pharmacy)
    await world.pharmacy.tap("✅ ثبت نهایی")
    async with world.store.reading() as uow:
        (west,) = [
            each
            for each in await uow.delays.list_routes()
            if each.name == "غرب ۳" and each.day.isoformat() == "2026-11-23"
        ]
    assert west.count > 1
    picker = world.warehouse
    await picker.write("/start")
    await picker.tap("w:1", force=True)
    await picker.tap("⏰ یک مسیر دیر می‌رسد")
    row = next(row[0] for row in picker.labels if row[0].startswith("غرب ۳ · دوشنبه ۲ آذر"))
    await picker.tap(row)
    await picker.write("ریزش کوه.")
    await picker.write("جمعه")
    assert "روز" in picker.text, "on a Friday nobody delivers: the question stays open"
    await picker.write("۵ آذر")
    await picker.write("بعدازظهر")
    await picker.write("۱۴ تا ۱۷")
    assert "دلیل: ریزش کوه.\nزمان تازه: پنج‌شنبه ۵ آذر، ۱۴ تا ۱۷. عذرخواهی می‌کنیم." in picker.text
    await picker.tap("✅ گفته شود")
    told = await world.pharmacy.expect("سفارش ۴۰۵۲۱ دوشنبه نمی‌رسد. دلیل: ریزش کوه.")
    assert told["buttons"][0][0]["label"] == "باشد"
    async with world.store.reading() as uow:
        left = [each for each in await uow.delays.list_routes() if each == west]
    assert left == []


async def test_a_question_that_was_left_tells_nobody_anything(world: Story) -> None:
    await on_the_lorry(world)
    picker = world.warehouse
    await picker.tap("⏰ دیر می‌رسد")
    await picker.tap("خرابی خودرو پخش")
    question, day = picker.message["message_id"], picker.buttons[0][0]["data"]
    await picker.write("/start")
    await picker.tap(day, message_id=question, force=True)
    assert any(each["message_id"] == question and "قدیمی" in each["text"] for each in picker.messages)
    async with world.store.reading() as uow:
        order_id = await uow.settings.order_id_of(None, 40_521)
        assert order_id is not None
        assert await uow.delays.list_of(order_id) == ()
