"""How long 50,000 rows of every kind take on SQLite: `python -m benchmarks.importing [ROWS]`."""

from __future__ import annotations

import asyncio
import sys
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from time import perf_counter

import xlsxwriter

from domain.imports.rows import ImportKind
from services.imports.running import import_file
from storage.schema import migrate
from storage.unit_of_work import open_store

KINDS = (
    ImportKind.PRODUCTS,
    ImportKind.CUSTOMERS,
    ImportKind.PRICES,
    ImportKind.STOCK,
    ImportKind.INVOICES,
    ImportKind.CHEQUES,
    ImportKind.BALANCES,
)
"""In the order in which they need each other."""
HEADERS = {
    ImportKind.PRODUCTS: (
        "کد", "نام", "نام کوتاه", "بارکد", "دسته", "برند", "واحد", "تعداد در کارتن", "حداقل سفارش",
        "مضرب سفارش", "مالیات (٪)", "قیمت (تومان)", "فعال",
    ),
    ImportKind.CUSTOMERS: ("کد", "نام", "نوع", "شهر", "نشانی", "موبایل", "نام رابط", "گروه"),
    ImportKind.PRICES: ("کد کالا", "قیمت (تومان)", "از تاریخ"),
    ImportKind.STOCK: ("کد کالا", "موجودی", "ذخیره احتیاطی", "آستانه کم"),
    ImportKind.INVOICES: ("کد مشتری", "شماره فاکتور", "تاریخ", "مبلغ (ریال)", "مانده (ریال)"),
    ImportKind.CHEQUES: ("کد مشتری", "شناسه صیاد", "مبلغ (ریال)", "سررسید", "وضعیت"),
    ImportKind.BALANCES: ("کد مشتری", "مانده (ریال)", "ماهیت"),
}  # fmt: skip


def a_file(kind: ImportKind, folder: Path, count: int) -> Path:
    """An xlsx file of that kind with so many rows that can all be taken."""
    path = folder / f"{kind.value}.xlsx"
    with xlsxwriter.Workbook(path, {"constant_memory": True}) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, HEADERS[kind])
        for number, row in enumerate(_rows(kind, count), 1):
            sheet.write_row(number, 0, row)
    return path


def _rows(kind: ImportKind, count: int) -> Iterator[tuple[object, ...]]:
    for n in range(count):
        match kind:
            case ImportKind.PRODUCTS:
                name = f"شامپو ضدریزش و تقویت‌کننده مو آوین مدل {n} حجم ۲۵۰ میلی‌لیتر"
                named, packs = (f"دسته {n % 40}", f"برند {n % 900}"), ("عدد", 24, 6, 6, 10)
                yield f"P{n}", name, f"شامپو {n}", _ean(n), *named, *packs, 1_000 + n, "بله"
            case ImportKind.CUSTOMERS:
                address = f"سعادت‌آباد، خیابان سرو غربی، پلاک {n}"
                who = (f"0912{n:07d}", f"دکتر {n}", f"گروه {n % 9}")
                yield f"C{n}", f"داروخانه شماره {n}", "داروخانه", "تهران", address, *who
            case ImportKind.PRICES:
                yield f"P{n}", 2_000 + n, "۱۴۰۵/۰۹/۰۱"
            case ImportKind.STOCK:
                yield f"P{n}", n % 500, 3, 20
            case ImportKind.INVOICES:
                yield f"C{n % 900}", 1_001 + n, "۱۴۰۵/۰۸/۰۱", 90_000_000 + n, 40_000_000
            case ImportKind.CHEQUES:
                yield f"C{n % 900}", f"{10**15 + n}", 90_000_000 + n, "۱۴۰۵/۱۰/۰۱", "دریافت‌شده"
            case ImportKind.BALANCES:
                yield f"C{n}", 90_000_000 + n, ("بدهکار", "بستانکار")[n % 2]


def _ean(number: int) -> str:
    digits = f"626{number:09d}"
    weighted = sum(int(digit) * (1, 3)[place % 2] for place, digit in enumerate(digits))
    return f"{digits}{-weighted % 10}"


async def _measure(folder: Path, count: int) -> None:
    url = f"sqlite+aiosqlite:///{folder}/measured.db"
    await migrate(url)
    store = open_store(url)
    print(f"{'kind':<12}{'rows':>8}{'dry run':>10}{'first':>10}{'again':>10}")
    for kind in KINDS:
        path = a_file(kind, folder, count)
        took: list[float] = []
        for is_dry in (True, False, False):
            began = perf_counter()
            await import_file(store, kind, path, datetime.now(UTC), is_dry=is_dry)
            took.append(perf_counter() - began)
        print(f"{kind.value:<12}{count:>8}" + "".join(f"{each:>8.1f} s" for each in took))
    await store.close()


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 50_000
    with tempfile.TemporaryDirectory() as folder:
        asyncio.run(_measure(Path(folder), count))


if __name__ == "__main__":
    main()
