"""The manager writes the letterhead, and documents carry it."""

from __future__ import annotations

from tests.conversations.conftest import Story


async def test_the_manager_changes_the_letterhead(world: Story) -> None:
    manager = world.manager
    await manager.write("/start")
    await manager.tap("🏢 سربرگ شرکت")
    assert "نشانی: تهران، خیابان آزادی" in manager.text
    await manager.tap("✏️ کد پستی")
    await manager.write("۱۲۳")
    assert "تعداد رقم: ۱۰" in manager.text
    await manager.write("۱۴۵۸۹-۱۳۵۷۹")
    assert "کد پستی: \u20661458913579\u2069" in manager.text
    await manager.tap("✏️ سطر آخر")
    await manager.tap("🗑 چاپ نشود")
    assert "سطر آخر: —" in manager.text
    async with world.store.reading() as uow:
        company = await uow.company.get()
    assert (company.postal_code, company.footer, company.name) == ("1458913579", "", "پخش آرمان‌طب")


async def test_finance_does_not_write_the_letterhead(world: Story) -> None:
    await world.finance.write("/start")
    assert not any("🏢 سربرگ شرکت" in row for row in world.finance.labels)
