"""Finance takes goods of the salon's invoice back, and the salon hears what is off its debt."""

from __future__ import annotations

from sqlalchemy import select

from sandbox.town_orders import SALON_ID
from screens.callbacks.returns import TakeReturn
from storage.tables.ledger import credit_notes, invoices
from tests.conversations.conftest import Story
from tests.conversations.test_receipts import plain


async def to_the_lines(world: Story) -> None:
    finance = world.finance
    await finance.write("/start")
    await finance.write("فاکتور ۲۱۰۴۵")
    await finance.tap("↩️ برگشت از فروش")
    assert "برگشت از فروش، فاکتور ۲۱۰۴۵ — سالن زیبایی نگین" in plain(finance.text)
    assert "کدام کالا برگشته؟" in finance.text


async def test_damaged_goods_come_off_the_debt_and_the_salon_hears_of_it(world: Story) -> None:
    await to_the_lines(world)
    finance = world.finance
    await finance.tap(finance.labels[0][0])
    assert "تعداد را بنویسید" in finance.text
    await finance.write("۹۹۹۹")
    assert "این بیشتر از چیزی است که با این فاکتور تحویل" in finance.text
    await finance.write("۲")
    assert finance.labels[:2] == [["آسیب‌دیده یا اشتباه از ما"], ["مرجوعی مشتری"]]
    await finance.tap("آسیب‌دیده یا اشتباه از ما")
    assert "به موجودی انبار اضافه نمی‌شود." in finance.text
    assert finance.labels[0] == ["✅ ثبت برگشت", "❌ انصراف"]
    await finance.tap("✅ ثبت برگشت")
    assert "برگشت ثبت شد ✅" in finance.text
    assert "از فاکتور ۲۱۰۴۵ کم شد" in finance.text
    await world.salon.expect("برگشت خورد")
    assert "از بدهی‌تان کم شد." in world.salon.text
    async with world.store.reading() as uow:
        left = await uow.connection.scalar(select(invoices.c.open_rials).where(invoices.c.number == 21_045))
        note = await uow.connection.scalar(
            select(credit_notes.c.amount_rials).where(credit_notes.c.customer_id == SALON_ID)
        )
        assert left == 123_000_000 - (note or 0) < 123_000_000


async def test_all_of_a_line_comes_back_and_cannot_come_back_again(world: Story) -> None:
    await to_the_lines(world)
    finance = world.finance
    first = finance.labels[0][0]
    await finance.tap(first)
    await finance.tap(finance.labels[0][0])
    await finance.tap("مرجوعی مشتری")
    assert "به موجودی انبار اضافه می‌شود." in finance.text
    await finance.tap("✅ ثبت برگشت")
    assert "برگشت ثبت شد ✅" in finance.text
    await finance.tap("↩️ برگشت دیگر")
    assert first not in [label for row in finance.labels for label in row]


async def test_only_finance_sees_the_button(world: Story) -> None:
    manager = world.manager
    await manager.write("/start")
    await manager.write("فاکتور ۲۱۰۴۵")
    assert "فاکتور ۲۱۰۴۵" in plain(manager.text)
    assert "↩️ برگشت از فروش" not in [label for row in manager.labels for label in row]
    async with world.store.reading() as uow:
        invoice_id = await uow.invoices.id_of_number(21_045)
    assert invoice_id is not None
    tap = TakeReturn(invoice_id=invoice_id, position=0, units=1, cause="ours", version=0)
    await world.salon.write("/start")
    await world.salon.tap(tap.pack(), force=True)
    async with world.store.reading() as uow:
        assert await uow.settling.credited_units(invoice_id) == {}
