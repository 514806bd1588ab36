"""The manager reads what customers think: figures, a picture of the trend, comments, a workbook."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from io import BytesIO

from python_calamine import CalamineWorkbook
from sqlalchemy import insert, select

from storage.tables.orders import orders
from storage.tables.surveys import surveys
from tests.conversations.conftest import Story
from tests.conversations.test_ordering import ISOLATES

TUESDAY = datetime(2026, 11, 24, 7, 30, tzinfo=UTC)
"""سه‌شنبه ۳ آذر, 11:00 in Tehran."""
SCORES = [10] * 22 + [8] * 10 + [3] * 8
HOME = ["🏠 خانه"]


async def answer_forty(world: Story) -> None:
    """The forty answers of rule R13, about orders of the town's past."""
    wanted = select(orders.c.id, orders.c.customer_id, orders.c.contact_id).where(
        orders.c.status == "delivered"
    )
    async with world.store.unit_of_work() as uow:
        found = (await uow.connection.execute(wanted.order_by(orders.c.id.desc()).limit(len(SCORES)))).all()
        rows = [
            {
                "order_id": order.id,
                "customer_id": order.customer_id,
                "contact_id": order.contact_id,
                "state": "answered",
                "delivered_at": TUESDAY - timedelta(days=1),
                "due_at": TUESDAY,
                "asked_at": TUESDAY,
                "expires_at": TUESDAY + timedelta(days=3),
                "score": score,
                "answered_at": TUESDAY,
                "reason": "damaged" if score == 3 else None,
                "comment": "=1+1 شیشه شکسته" if score == 3 else None,
            }
            for order, score in zip(found, SCORES, strict=True)
        ]
        await uow.connection.execute(insert(surveys), rows)


async def test_a_manager_reads_nps_with_its_count_as_text_picture_and_workbook(world: Story) -> None:
    world.clock.set(TUESDAY)
    manager = world.manager
    await manager.write("/start")
    await manager.tap("📊 NPS")
    assert "NPS: داده کافی نیست (۰ پاسخ)" in manager.text.translate(ISOLATES)
    await answer_forty(world)
    await manager.tap("مسیر")
    text = manager.text.translate(ISOLATES)
    assert text.startswith(
        "📊 NPS · ۱ آذر تا ۳۰ آذر\nNPS: +۳۵ (۴۰ پاسخ)\n🟢 ۲۲ معرف · 🟡 ۱۰ بی‌طرف · 🔴 ۸ ناراضی"
    )
    assert "پرسیده: ۴۰ · جواب: ۴۰" in text
    assert "دلیل نارضایتی: آسیب دیده ۸" in text
    assert manager.labels[0] == ["هفته", "✅ ماه", "فصل"]
    await manager.tap("▶️ قبل‌تر")
    assert "داده کافی نیست" in manager.text
    await manager.tap("◀️ بعدتر")
    await manager.tap("💬 نظرها")
    assert "=1+1 شیشه شکسته" in manager.text.translate(ISOLATES)
    await manager.tap("⬅️ بازگشت")
    await manager.tap("📎 اکسل")
    document = manager.message["document"]
    content = await world.client.file(document["file_id"])
    rows = CalamineWorkbook.from_filelike(BytesIO(content)).get_sheet_by_index(0).to_python()
    words = [cell for row in rows for cell in row]
    assert words.count("=1+1 شیشه شکسته") == 8
    await manager.write("/start")
    await manager.tap("📊 NPS")
    await manager.tap("📈 روند")
    assert manager.message["photo"]
    assert "+۳۵ (۴۰ پاسخ)" in manager.text.translate(ISOLATES)
