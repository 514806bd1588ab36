"""What the tests of the import share: import a table, and read the database back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from sqlalchemy import func, select

from domain.imports.rows import ImportKind
from services.imports.running import import_file
from services.imports.taking import Report
from storage.tables import metadata
from storage.unit_of_work import Store
from tests.builders.sheets import a_csv
from tests.conftest import NOW

PRODUCTS = ("کد", "نام", "دسته", "برند", "بارکد", "تعداد در کارتن", "قیمت (تومان)")
SHAMPOO = ("1024", "شامپو آوین ۲۵۰", "مراقبت مو", "آوین", "6260000010247", 24, "۱۴۸٬۰۰۰")
CREAM = ("1025", "کرم دست", "پوست", "", "", "", 52_000)
CUSTOMERS = ("کد", "نام", "نوع", "شهر", "نشانی", "موبایل", "نام رابط", "گروه", "شناسه ملی")
REZAEI = (
    "C1", "داروخانه دکتر رضایی", "داروخانه", "تهران", "سعادت‌آباد، خیابان سرو غربی، پلاک ۴۲",
    "۰۹۱۲۱۲۳۴۵۶۷", "دکتر رضایی", "طلایی", "",
)  # fmt: skip


async def take(
    store: Store, folder: Path, kind: ImportKind, *table: Sequence[object], **options: Any
) -> Report:
    """Import that table from a file."""
    path = a_csv(folder / f"{kind.value}.csv", *table)
    report, _layout, _table = await import_file(store, kind, path, options.pop("now", NOW), **options)
    return report


def counts(report: Report) -> tuple[int, int, int, int]:
    """New, changed, same, bad."""
    return report.new, report.changed, report.same, report.bad


async def rows_of(store: Store, table: str) -> list[Mapping[str, Any]]:
    async with store.reading() as uow:
        found = await uow.connection.execute(select(metadata.tables[table]))
        return [dict(row) for row in found.mappings()]


async def row_of(store: Store, table: str, **where: object) -> Mapping[str, Any]:
    """The one row with those values."""
    (row,) = [
        row for row in await rows_of(store, table) if all(row[name] == value for name, value in where.items())
    ]
    return row


async def row_counts(store: Store) -> dict[str, int]:
    """How many rows every table holds."""
    async with store.reading() as uow:
        return {
            name: await uow.connection.scalar(select(func.count()).select_from(table)) or 0
            for name, table in metadata.tables.items()
        }
