"""Prices and stock from files, for products that are known."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import Any

from domain.imports.errors import CellFault
from domain.imports.rows import ImportKind
from storage.unit_of_work import Store
from tests.builders.catalogue import a_price_list, a_product, put_stock
from tests.conftest import NOW
from tests.services.importing import CREAM, PRODUCTS, SHAMPOO, counts, row_of, rows_of, take

TODAY = date(2026, 11, 21)
"""It is past midnight in Tehran."""
PRICES = ("کد کالا", "قیمت (تومان)", "لیست قیمت", "از تاریخ", "تا تاریخ")
STOCK = ("کد کالا", "موجودی", "ذخیره احتیاطی", "آستانه کم")


async def known_products(store: Store, folder: Path) -> None:
    await take(store, folder, ImportKind.PRODUCTS, PRODUCTS, SHAMPOO, CREAM)


# Prices


async def test_a_new_price_holds_from_today_and_the_old_one_stays_written(
    store: Store, tmp_path: Path
) -> None:
    await known_products(store, tmp_path)
    later = NOW + timedelta(days=10)
    table = (PRICES[:2], ("1024", "۱۵۵٬۰۰۰"), ("1025", 52_000))
    assert counts(await take(store, tmp_path, ImportKind.PRICES, *table, now=later)) == (0, 1, 1, 0)
    product = await row_of(store, "products", code="1024")
    kept = [row for row in await rows_of(store, "prices") if row["product_id"] == product["id"]]
    assert {(row["rials"], row["valid_from"]) for row in kept} == {
        (1_480_000, TODAY),
        (1_550_000, TODAY + timedelta(days=10)),
    }
    later += timedelta(days=1)
    assert counts(await take(store, tmp_path, ImportKind.PRICES, *table, now=later)) == (0, 0, 2, 0)


async def test_prices_may_name_their_days_and_lists(store: Store, tmp_path: Path) -> None:
    await known_products(store, tmp_path)
    async with store.unit_of_work() as uow:
        await a_price_list(uow, "نوروز")
    row = ("1024", 140_000, "نوروز", "۱۴۰۵/۱۲/۰۱", "2027-03-20")
    assert counts(await take(store, tmp_path, ImportKind.PRICES, PRICES, row)) == (1, 0, 0, 0)
    assert counts(await take(store, tmp_path, ImportKind.PRICES, PRICES, row)) == (0, 0, 1, 0)
    price = await row_of(store, "prices", rials=1_400_000)
    assert (price["valid_from"], price["valid_until"]) == (date(2027, 2, 20), date(2027, 3, 20))
    longer = (*row[:4], "۱۴۰۶/۰۱/۱۵")
    assert counts(await take(store, tmp_path, ImportKind.PRICES, PRICES, longer)) == (0, 1, 0, 0)


async def test_a_group_of_customers_gets_a_list_of_its_own(store: Store, tmp_path: Path) -> None:
    await known_products(store, tmp_path)
    customers = ("کد", "نام", "نوع", "شهر", "نشانی", "گروه")
    await take(
        store, tmp_path, ImportKind.CUSTOMERS, customers, ("C1", "الف", "سالن", "تهران", "ونک", "طلایی")
    )
    report = await take(store, tmp_path, ImportKind.PRICES, PRICES, ("1024", 140_000, "طلایي", "", ""))
    assert report.added == {"price_lists": ("طلایی",)}
    group = await row_of(store, "customer_groups", name="طلایی")
    assert (await row_of(store, "price_lists", name="طلایی"))["group_id"] == group["id"]


async def test_prices_of_unknown_products_and_lists_are_errors(store: Store, tmp_path: Path) -> None:
    await known_products(store, tmp_path)
    rows: tuple[Any, ...] = (
        ("99", 5, "", "", ""),
        ("1024", 5, "ناشناس", "", ""),
        ("1025", 5, "پایه", "", ""),
    )
    report = await take(store, tmp_path, ImportKind.PRICES, PRICES, *rows, ("1025", 6, "", "", ""))
    assert [(error.row, error.column, error.fault) for error in report.errors] == [
        (2, "کد کالا", CellFault.UNKNOWN_PRODUCT),
        (3, "لیست قیمت", CellFault.UNKNOWN_PRICE_LIST),
        (5, "کد کالا", CellFault.REPEATED),
    ]
    assert counts(report) == (0, 1, 0, 3)


# Stock


async def test_stock_is_counted_anew_and_what_is_promised_stays(store: Store, tmp_path: Path) -> None:
    async with store.unit_of_work() as uow:
        product = await a_product(uow, code="1", on_hand=None)
        other = await a_product(uow, code="2", on_hand=None)
        await put_stock(uow, other.id, 50, reserved=10, safety=3, low_at=7)
    table = (STOCK, ("1", "۴۸۰", 24, ""), ("2", 10, "", ""))
    assert counts(await take(store, tmp_path, ImportKind.STOCK, *table, is_dry=True)) == (1, 1, 0, 0)
    assert counts(await take(store, tmp_path, ImportKind.STOCK, *table)) == (1, 1, 0, 0)
    assert counts(await take(store, tmp_path, ImportKind.STOCK, *table)) == (0, 0, 2, 0)
    first, second = sorted(await rows_of(store, "stock"), key=lambda row: row["product_id"])
    assert first == {"product_id": product.id, "on_hand": 480, "reserved": 0, "safety": 24, "low_at": 20}
    assert second == {"product_id": other.id, "on_hand": 10, "reserved": 10, "safety": 3, "low_at": 7}


async def test_less_than_what_is_promised_is_an_error(store: Store, tmp_path: Path) -> None:
    async with store.unit_of_work() as uow:
        product = await a_product(uow, code="1", on_hand=None)
        await put_stock(uow, product.id, 50, reserved=10)
    report = await take(store, tmp_path, ImportKind.STOCK, STOCK, ("1", 9, "", ""), ("2", 5, "", ""))
    assert [(error.row, error.fault, error.about) for error in report.errors] == [
        (2, CellFault.BELOW_RESERVED, 10),
        (3, CellFault.UNKNOWN_PRODUCT, None),
    ]
    assert (await row_of(store, "stock", product_id=product.id))["on_hand"] == 50
