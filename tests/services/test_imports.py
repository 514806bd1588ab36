"""Products from files; what is imported twice changes nothing."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

from domain.imports.errors import CellFault, FileFault, ImportRefused
from domain.imports.rows import ImportKind
from services.imports.running import import_file
from services.imports.taking import Stage
from storage.unit_of_work import Store
from tests.builders.catalogue import a_product
from tests.builders.sheets import a_csv, an_xlsx
from tests.conftest import NOW
from tests.services.importing import CREAM, PRODUCTS, SHAMPOO, counts, row_counts, row_of, rows_of, take

TODAY = date(2026, 11, 21)
"""It is past midnight in Tehran."""


async def known_products(store: Store, folder: Path) -> None:
    await take(store, folder, ImportKind.PRODUCTS, PRODUCTS, SHAMPOO, CREAM)


# Products


async def test_products_come_with_their_categories_brands_and_prices(store: Store, tmp_path: Path) -> None:
    report = await take(store, tmp_path, ImportKind.PRODUCTS, PRODUCTS, SHAMPOO, CREAM)
    assert counts(report) == (2, 0, 0, 0)
    assert report.added == {"categories": ("مراقبت مو", "پوست"), "brands": ("آوین",)}
    shampoo = await row_of(store, "products", code="1024")
    category = await row_of(store, "categories", name="مراقبت مو")
    brand = await row_of(store, "brands", name="آوین")
    assert shampoo["category_id"] == category["id"]
    assert shampoo["brand_id"] == brand["id"]
    assert (shampoo["barcode"], shampoo["carton"], shampoo["minimum"]) == ("6260000010247", 24, 1)
    assert shampoo["short_name"] == shampoo["label"] == shampoo["name"] == "شامپو آوین ۲۵۰"
    assert shampoo["search_key"] == "شامپو اوین 250"
    price = await row_of(store, "prices", product_id=shampoo["id"])
    assert (price["rials"], price["valid_from"], price["valid_until"]) == (1_480_000, TODAY, None)


async def test_the_same_file_twice_changes_nothing(store: Store, tmp_path: Path) -> None:
    await known_products(store, tmp_path)
    before = await row_counts(store), await rows_of(store, "products"), await rows_of(store, "prices")
    later = NOW + timedelta(days=3)
    report = await take(store, tmp_path, ImportKind.PRODUCTS, PRODUCTS, SHAMPOO, CREAM, now=later)
    assert counts(report) == (0, 0, 2, 0)
    assert before == (
        await row_counts(store),
        await rows_of(store, "products"),
        await rows_of(store, "prices"),
    )


async def test_a_dry_run_tells_the_same_and_writes_nothing(store: Store, tmp_path: Path) -> None:
    before = await row_counts(store)
    table = (PRODUCTS, SHAMPOO, CREAM, ("7", "", "", "", "", "", "ابت"))
    tried = await take(store, tmp_path, ImportKind.PRODUCTS, *table, is_dry=True)
    assert await row_counts(store) == before
    done = await take(store, tmp_path, ImportKind.PRODUCTS, *table)
    assert (counts(tried), tried.errors, tried.added) == (counts(done), done.errors, done.added)


async def test_a_changed_row_is_changed_and_what_it_does_not_say_stays(store: Store, tmp_path: Path) -> None:
    await known_products(store, tmp_path)
    before = await row_of(store, "products", code="1024")
    headers = ("کد", "نام", "دسته", "حداقل سفارش", "برند")
    report = await take(
        store, tmp_path, ImportKind.PRODUCTS, headers, ("1024", "شامپو آوین نو", "مراقبت مو", 6, "")
    )
    assert counts(report) == (0, 1, 0, 0)
    after = await row_of(store, "products", code="1024")
    names = {"name": "شامپو آوین نو", "short_name": "شامپو آوین نو", "label": "شامپو آوین نو"}
    assert after == {**before, **names, "minimum": 6, "search_key": "شامپو اوین نو"}


async def test_names_that_people_gave_do_not_follow_the_file(store: Store, tmp_path: Path) -> None:
    async with store.unit_of_work() as uow:
        await a_product(uow, "شامپو آوین", code="5", short_name="آوین ۲۵۰", label="آوین", photo_id=None)
    await take(store, tmp_path, ImportKind.PRODUCTS, PRODUCTS[:3], ("5", "شامپو آوین بزرگ", "مو"))
    product = await row_of(store, "products", code="5")
    assert (product["name"], product["short_name"], product["label"]) == (
        "شامپو آوین بزرگ",
        "آوین ۲۵۰",
        "آوین",
    )


async def test_categories_are_known_by_all_their_spellings(store: Store, tmp_path: Path) -> None:
    await known_products(store, tmp_path)
    report = await take(
        store,
        tmp_path,
        ImportKind.PRODUCTS,
        PRODUCTS[:4],
        ("7", "ژل", "مراقبت‌ مو", "آوين"),
        ("8", "ژل", " پوست ", ""),
    )
    assert report.added == {}
    assert len(await rows_of(store, "categories")) == 2


async def test_good_rows_are_kept_beside_bad_ones(store: Store, tmp_path: Path) -> None:
    bad = ("1026", "ماسک", "پوست", "", "6260000010248", "نه", "ابت")
    report = await take(store, tmp_path, ImportKind.PRODUCTS, PRODUCTS, SHAMPOO, bad, CREAM)
    assert counts(report) == (2, 0, 0, 1)
    assert [(error.row, error.column, error.fault) for error in report.errors] == [
        (3, "بارکد", CellFault.NOT_A_BARCODE),
        (3, "تعداد در کارتن", CellFault.NOT_A_NUMBER),
        (3, "قیمت (تومان)", CellFault.NOT_A_NUMBER),
    ]
    assert {row["code"] for row in await rows_of(store, "products")} == {"1024", "1025"}


async def test_a_product_can_be_switched_off_and_on(store: Store, tmp_path: Path) -> None:
    headers = (*PRODUCTS[:3], "فعال")
    for word, is_active in (("خیر", False), ("بله", True)):
        await take(store, tmp_path, ImportKind.PRODUCTS, headers, ("1", "شامپو", "مو", word))
        assert (await row_of(store, "products", code="1"))["is_active"] is is_active


async def test_an_import_is_audited_and_one_that_changes_nothing_is_not(store: Store, tmp_path: Path) -> None:
    await known_products(store, tmp_path)
    await known_products(store, tmp_path)
    (entry,) = await rows_of(store, "audit")
    assert (entry["action"], entry["subject"]) == ("imported", "products")
    assert entry["facts"] == {"file": "products.csv", "new": 2, "changed": 0, "same": 0, "bad": 0}


async def test_a_failure_in_the_middle_leaves_nothing(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = await row_counts(store)

    def fails(stage: Stage, done: int, _of: int) -> None:
        if stage is Stage.WRITING and done:
            raise OSError("the disk is gone")

    with pytest.raises(OSError, match="gone"):
        await take(store, tmp_path, ImportKind.PRODUCTS, PRODUCTS, SHAMPOO, progress=fails)
    assert await row_counts(store) == before


async def test_excel_and_csv_say_the_same(store: Store, tmp_path: Path) -> None:
    await import_file(store, ImportKind.PRODUCTS, an_xlsx(tmp_path / "x.xlsx", PRODUCTS, SHAMPOO, CREAM), NOW)
    report = await take(store, tmp_path, ImportKind.PRODUCTS, PRODUCTS, SHAMPOO, CREAM)
    assert counts(report) == (0, 0, 2, 0)


async def test_a_refused_file_writes_nothing(store: Store, tmp_path: Path) -> None:
    before = await row_counts(store)
    with pytest.raises(ImportRefused) as refused:
        await take(store, tmp_path, ImportKind.PRODUCTS, (*PRODUCTS[:3], "قیمت"), ("1", "شامپو", "مو", 5))
    assert refused.value.fault is FileFault.MISSING_UNIT
    assert await row_counts(store) == before


async def test_the_way_is_told_from_beginning_to_end(store: Store, tmp_path: Path) -> None:
    told: list[tuple[Stage, int, int]] = []
    path = a_csv(tmp_path / "x.csv", PRODUCTS[:3], *((n, f"کالا {n}", "مو") for n in range(2_500)))
    await import_file(store, ImportKind.PRODUCTS, path, NOW, progress=lambda *step: told.append(step))
    assert [stage for stage, done, of in told if done == of] == [
        Stage.READING,
        Stage.CHECKING,
        Stage.WRITING,
        Stage.WRITING,
    ]
    assert (Stage.WRITING, 1_000, 2_500) in told
