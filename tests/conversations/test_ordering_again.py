"""S4.1 to S4.4 and CAT-06 beside the order itself: what is kept, guided, wished for, missed and told."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import update

from jobs.alerts import sweep_alerts
from jobs.search_misses import sweep_search_misses
from storage.tables.catalogue import stock
from tests.conversations.conftest import Story
from tests.conversations.test_repeating import screen


async def test_what_was_ordered_again_is_kept_by_name_and_filled_once_more(world: Story) -> None:
    salon = world.salon
    await salon.write("تکرار سفارش قبلی")
    await salon.tap("✅ بله")
    await salon.tap("فقط ۸ عدد")
    await salon.tap("➕ محافظ مو")
    assert "\nمحافظ مو سپیدار ۱۵۰ × ۶: " in screen(salon)
    assert salon.labels == [["✅ ثبت نهایی", "✏️ ویرایش", "🏠 خانه"]]
    await salon.tap("✅ ثبت نهایی")
    assert screen(salon) == "سفارش ۴۰۵۲۱ ثبت شد ✅\nمی‌خواهید همین سبد را ذخیره کنید؟"
    await salon.tap("💾 ذخیره با نام «ماهانه»", times=2, concurrent=True)
    await salon.expect("💾 با نام «ماهانه» ذخیره شد.")
    assert screen(salon).splitlines()[1:4] == [
        "⭐️ ماهانه",
        "۱. رنگ مو رویال‌کالر ۶/۱ — ۱۲ عدد",
        "۲. رنگ مو رویال‌کالر ۷/۳ — ۸ عدد",
    ]
    await salon.tap("✏️ تغییر نام")
    await salon.write("سبد رنگ")
    assert screen(salon).startswith("⭐️ سبد رنگ\n")
    await salon.write("تکرار")
    await salon.tap("⭐️ سبدهای ذخیره‌شده")
    assert salon.labels[0] == ["سبد رنگ (۴ قلم)"]
    await salon.tap("سبد رنگ (۴ قلم)")
    await salon.tap("✅ بچین")
    assert "برای رنگ ۷/۳ چه کنیم؟" in screen(salon)
    await salon.tap("🗑 حذف")
    assert "🧾 سفارش شما" in screen(salon)
    assert "دفعه قبل" not in screen(salon)
    await salon.write("سبدهای من")
    await salon.tap("💾 ذخیره سبد فعلی")
    await salon.write("سبد رنگ")
    assert "از قبل هست" in screen(salon)
    await salon.write("بدون ۷/۳")
    assert screen(salon).startswith("💾 با نام «بدون ۷/۳» ذخیره شد.")
    await salon.tap("🗑 حذف")
    await salon.tap("🗑 بله، حذف شود")
    assert salon.labels[0] == ["سبد رنگ (۴ قلم)"]


async def test_the_order_guide_says_how_much_and_why_and_fills_the_basket(world: Story) -> None:
    rose = world.rose
    await rose.write("اقلام همیشگی من")
    assert screen(rose) == (
        "⭐️ اقلام همیشگی من\n"
        "۱. رنگ مو رویال‌کالر ۶/۱ — ۱۲ عدد ✅\n"
        "   هر ۱۴ روز ۱۲ عدد؛ آخرین بار ۱۲ آبان، موعدش رسیده\n"
        "۲. اکسیدان ۶٪ سالن‌پرو — ۶ عدد ✅\n"
        "   هر ۱۴ روز ۶ عدد؛ آخرین بار ۱۲ آبان، موعدش رسیده"
    )
    assert rose.labels[:3] == [["➕ ۱۲ عدد رنگ ۶/۱"], ["➕ ۶ عدد اکسیدان ۶٪"], ["🛒 همه را بچین (۲ قلم)"]]
    await rose.tap("➕ ۱۲ عدد رنگ ۶/۱")
    assert screen(rose).startswith("۱۲ عدد رنگ ۶/۱ اضافه شد.\n\n⭐️ اقلام همیشگی من\n")
    assert "— ۱۲ عدد · 🛒 ۱۲ عدد در سبد\n" in screen(rose)
    await rose.tap("🛒 همه را بچین (۲ قلم)")
    assert screen(rose) == "در سبد شما ۱ قلم هست. کالاهای همیشگی جای آن‌ها بیاید؟"
    await rose.tap("✅ بله، جایگزین شود")
    assert "🔺 اکسیدان ۶٪: ۱۸۵٬۰۰۰ ← ۱۹۲٬۰۰۰ تومان" in screen(rose)
    await rose.write("🛒 سبد")
    assert "رنگ مو رویال‌کالر ۶/۱ — ۱۲ عدد" in screen(rose)


async def test_whoever_waits_for_stock_hears_it_once_and_takes_what_was_wanted(world: Story) -> None:
    pharmacy = world.pharmacy
    await pharmacy.write("1042")
    await pharmacy.tap("🔔 خبرم کن")
    async with world.store.unit_of_work() as uow:
        found = await uow.catalogue.by_number(["1042"], [])
        await uow.connection.execute(
            update(stock).where(stock.c.product_id == found).values(on_hand=50, reserved=0, safety=0)
        )
    assert await sweep_alerts(world.store, world.clock.now()) <= 1
    await pharmacy.expect("🔔 «سرم مو نگاره» موجود شد.")
    assert pharmacy.labels == [["🛒 دیدن و سفارش"], ["🛒 ۱ عدد به سبد", "🏠 خانه"]]
    await pharmacy.tap("🛒 ۱ عدد به سبد")
    assert "۱ عدد اضافه شد" in screen(pharmacy)
    assert await sweep_alerts(world.store, world.clock.now() + timedelta(days=1)) == 0


async def test_what_is_not_found_is_wished_for_and_answered_and_brands_learn(world: Story) -> None:
    pharmacy, manager = world.pharmacy, world.manager
    await pharmacy.write("/start")
    await pharmacy.tap("🛒 سفارش جدید")
    await pharmacy.tap("🔎 جستجو")
    await pharmacy.write("کفسابقلی")
    assert screen(pharmacy).startswith("«کفسابقلی» را پیدا نکردم.")
    await pharmacy.tap("🛎 کالای درخواستی")
    assert screen(pharmacy).startswith("«کفسابقلی» به‌عنوان «کالای درخواستی» برای واحد خرید ثبت شد.")

    await sweep_search_misses(world.store, world.clock.now())
    await manager.expect("۱. کفسابقلی — ۱ بار، ۱ مشتری\n🛎 کالاهای درخواستی این هفته: ۱")
    await manager.tap("🔎 بررسی")
    await manager.tap("کفسابقلی — ۱ بار، ۱ مشتری")
    await manager.tap("✍️ برند دیگر")
    await manager.write("درمالان")
    await manager.tap("درمالان")
    assert screen(manager) == "«کفسابقلی» از این پس پیدا می‌شود ✅"
    await manager.tap("⬅️ بازگشت")
    await manager.tap("🛎 کالاهای درخواستی")
    await manager.tap("کفسابقلی — ۱ مشتری، ۱ بار")
    await manager.tap("✅ آوردیم")
    assert screen(manager) == "به ۱ مشتری خبر می‌دهیم که «کفسابقلی» آمد."
    await pharmacy.expect("🎉 «کفسابقلی» که خواسته بودید، آمد.")

    await pharmacy.write("/start")
    await pharmacy.tap("🛒 سفارش جدید")
    await pharmacy.tap("🔎 جستجو")
    await pharmacy.write("کفسابقلی")
    assert "درمالان" in screen(pharmacy)
