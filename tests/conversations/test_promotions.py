"""A manager makes a promotion in chat, and a pharmacy finds it among its offers and orders of it (PRC-02)."""

from __future__ import annotations

from sqlalchemy import select

from storage.tables.audit import audit
from storage.tables.pricing import promotion_versions
from tests.conversations.conftest import Story

SUMMARY = (
    "🎁 طرح پاییزه (پلکانی)\n"
    "چه می‌دهد: ۱۲ عدد ۷٪، ۲۴ عدد ۱۰٪\n"
    "روی: شامپو ضدریزش آوین ۲۵۰\n"
    "برای: داروخانه‌ها\n"
    "زمان: از ۳۰ آبان ۱۴۰۵ تا ۲۹ آذر ۱۴۰۵\n"
    "بودجه: ۵۰٬۰۰۰٬۰۰۰ تومان\n"
    "مثلاً ۲۴ عدد شامپو ضدریزش آوین ۲۵۰: ۳٬۷۴۴٬۰۰۰ − ۳۷۴٬۴۰۰ = ۳٬۳۶۹٬۶۰۰ تومان (۱۰٪ تخفیف)"
)


async def make(world: Story) -> None:
    """Up to the summary."""
    manager = world.manager
    await manager.write("/start")
    await manager.tap("🎁 طرح‌ها")
    await manager.tap("➕ طرح تازه")
    await manager.tap("پلکانی")
    await manager.write("طرح پاییزه")
    await manager.write("شامپو آوین")
    await manager.tap("📦 شامپو ضدریزش آوین ۲۵۰")
    assert manager.text.startswith("تا اینجا: شامپو ضدریزش آوین ۲۵۰")
    await manager.tap("✅ همین‌ها")
    await manager.write("نمی‌دانم")
    assert manager.text == "این پله‌ها را متوجه نشدم. این‌طور بنویسید: «۲۴ تا ۵٪، ۴۸ تا ۸٪»."
    await manager.write("۱۲ تا ۷٪، ۲۴ تا ۱۰٪")
    await manager.tap("داروخانه‌ها")
    await manager.tap("امروز")
    await manager.tap("یک ماه")
    await manager.write("۵۰ میلیون")


async def test_a_manager_makes_a_promotion_and_a_pharmacy_orders_of_it(world: Story) -> None:
    await make(world)
    manager, doctor = world.manager, world.pharmacy
    assert manager.text == SUMMARY
    await doctor.write("تخفیف چی دارید؟")
    assert "طرح پاییزه" not in doctor.text, "nothing is kept before it is started"
    await manager.tap("✅ شروع")
    assert "وضعیت: فعال تا ۲۹ آذر ۱۴۰۵" in manager.text
    await doctor.write("پیشنهادها")
    assert "۴. طرح پاییزه\n   ۱۲ عدد ۷٪، ۲۴ عدد ۱۰٪ — شامپو ضدریزش آوین ۲۵۰\n   تا ۲۹ آذر ۱۴۰۵" in doctor.text
    await doctor.tap("۴")
    await doctor.tap("۱")
    assert "🎁 طرح پاییزه: ۱۲ عدد به بالا ۷٪ · ۲۴ به بالا ۱۰٪" in doctor.text
    await doctor.tap("۱ کارتن = ۲۴")
    assert "۳۷۴٬۴۰۰" in doctor.text
    await world.salon.write("پیشنهادها")
    assert "طرح پاییزه" not in world.salon.text, "it is for pharmacies"


async def test_each_change_is_a_version_with_an_audit_row(world: Story) -> None:
    await make(world)
    manager = world.manager
    await manager.tap("✅ شروع")
    await manager.tap("⏸ توقف")
    await world.pharmacy.write("پیشنهادها")
    assert "طرح پاییزه" not in world.pharmacy.text
    await manager.tap("▶️ ادامه")
    await manager.tap("✏️ روز پایان")
    await manager.write("۳۰ دی")
    await manager.tap("✅ ثبت تغییر")
    assert "وضعیت: فعال تا ۳۰ دی ۱۴۰۵" in manager.text
    await manager.tap("⏹ پایان")
    await manager.tap("⏹ بله، پایان")
    assert manager.labels == [["⬅️ بازگشت", "🏠 خانه"]]
    async with world.store.reading() as uow:
        kept = (
            await uow.connection.execute(
                select(promotion_versions.c.version, promotion_versions.c.ends_on)
                .where(promotion_versions.c.name == "طرح پاییزه")
                .order_by(promotion_versions.c.version)
            )
        ).all()
        actions = list(
            await uow.connection.scalars(
                select(audit.c.action).where(audit.c.subject == "promotion").order_by(audit.c.id)
            )
        )
    assert [row.version for row in kept] == [1, 2, 3, 4, 5]
    assert actions == [
        "promotion.started",
        "promotion.paused",
        "promotion.active",
        "promotion.changed",
        "promotion.ended",
    ]


async def test_a_cancelled_promotion_leaves_nothing(world: Story) -> None:
    await make(world)
    await world.manager.tap("❌ لغو")
    assert world.manager.text.startswith("🎁 طرح‌ها (")
    assert "طرح پاییزه" not in world.manager.text
    await world.finance.write("/start")
    assert not any("🎁 طرح‌ها" in row for row in world.finance.labels)


async def test_the_manager_sets_what_discounts_never_break(world: Story) -> None:
    manager = world.manager
    await manager.write("تخفیف‌ها")
    await manager.tap("🛡 مرزها")
    await manager.tap("✏️ بیشترین تخفیف")
    await manager.write("۱۲۰٪")
    await manager.write("۳٪")
    assert "بیشترین تخفیف یک سفارش: ۳٪" in manager.text
    await manager.tap("✏️ کمترین حاشیه سود")
    await manager.write("۸٪")
    await manager.tap("🗑 بدون سقف تخفیف")
    assert "کمترین حاشیه سود هر قلم: ۸٪\nبیشترین تخفیف یک سفارش: ندارد" in manager.text
