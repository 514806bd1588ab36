"""A salon takes its statement and an invoice along as files (S3.3); they are made after the commit."""

from __future__ import annotations

from io import BytesIO

from python_calamine import CalamineWorkbook

from tests.conversations.conftest import Story


async def test_the_statement_comes_as_pdf_and_as_workbook(world: Story) -> None:
    salon = world.salon
    await salon.write("مانده حسابم چقدره؟")
    await salon.tap("📄 گردش حساب")
    await salon.tap("آبان")
    await salon.tap("📎 فایل PDF")
    name, content = await _file(world)
    assert name == "گردش حساب-۱۴۰۵-۰۸-۳۰.pdf"
    assert content.startswith(b"%PDF-")
    await salon.tap("📊 فایل اکسل")
    name, content = await _file(world)
    assert name.endswith(".xlsx")
    rows = CalamineWorkbook.from_filelike(BytesIO(content)).get_sheet_by_index(0).to_python()
    said = [str(cell) for row in rows for cell in row]
    assert "سالن زیبایی نگین" in said
    assert 181_212_000 in [cell for row in rows for cell in row]


async def _file(world: Story) -> tuple[str, bytes]:
    """The file that hangs at the salon's newest message."""
    document = world.salon.message["document"]
    assert document is not None
    return document["file_name"], await world.client.file(document["file_id"])


async def test_an_invoice_comes_as_pdf_and_once_only_is_uploaded(world: Story) -> None:
    salon = world.salon
    await salon.write("فاکتور ۲۱۰۴۵")
    button = next(label for row in salon.labels for label in row if "PDF" in label)
    await salon.tap(button)
    name, content = await _file(world)
    assert name == "فاکتور-۲۱۰۴۵.pdf"
    assert content.startswith(b"%PDF-")
    first = salon.message["document"]["file_id"]
    await salon.write("فاکتور ۲۱۰۴۵")
    await salon.tap(button)
    assert salon.message["document"]["file_id"] == first


async def test_an_order_on_its_way_comes_as_a_proforma(world: Story) -> None:
    salon = world.salon
    await salon.write("سفارشم کجاست؟")
    await salon.tap(next(label for row in salon.labels for label in row if "۴۰" in label))
    await salon.tap("📄 پیش‌فاکتور (PDF)")
    document = salon.message["document"]
    assert document["file_name"].startswith("پیش‌فاکتور-۴۰")
    assert (await world.client.file(document["file_id"])).startswith(b"%PDF-")
