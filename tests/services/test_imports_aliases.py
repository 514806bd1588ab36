from __future__ import annotations

from pathlib import Path

import pytest

from bot.languages import read_languages
from domain.imports.errors import CellFault, FileFault, ImportRefused
from domain.imports.rows import ImportKind
from services.finding import find
from services.imports.reading import read_table
from services.imports.running import import_file
from services.imports.sheets import write_template
from storage.unit_of_work import Store
from tests.builders.catalogue import a_brand, a_product
from tests.conftest import NOW
from tests.services.importing import counts, row_counts, rows_of, take

ALIASES = ("برند", "نام دیگر")


@pytest.fixture
async def product_id(store: Store) -> int:
    async with store.unit_of_work() as uow:
        brand = await a_brand(uow, "آوین")
        await a_brand(uow, "سپیدار")
        product = await a_product(uow, "شامپو ضدشوره ۲۵۰ میل", brand_id=brand)
        await a_product(uow, "شامپو نرم‌کننده ۲۵۰ میل")
        await uow.index.refresh()
    return product.id


async def test_other_names_are_taken_and_found_by_at_once(
    store: Store, tmp_path: Path, product_id: int
) -> None:
    table = (ALIASES, ("آوین", "Qwertz"), ("آوين", "کفسابقلی"), ("سپیدار", "Sepidar"), ("آوین", "اوین"))
    report = await take(store, tmp_path, ImportKind.ALIASES, *table)
    assert counts(report) == (3, 0, 1, 0)
    async with store.reading() as uow:
        for text in ("qwertz", "کفسابقلی"):
            (hit, *_others) = await find(uow, text)
            assert hit.product_id == product_id
    again = await take(store, tmp_path, ImportKind.ALIASES, *table)
    assert counts(again) == (0, 0, 4, 0)
    assert len(await rows_of(store, "brand_aliases")) == 3


async def test_rows_with_faults_are_named_and_the_others_taken(
    store: Store, tmp_path: Path, product_id: int
) -> None:
    table = (ALIASES, ("نگاره", "Negare"), ("آوین", ""), ("آوین", "Avin"), ("آوین", "Avin"), ("نمونه", "-"))
    report = await take(store, tmp_path, ImportKind.ALIASES, *table)
    assert counts(report) == (1, 0, 0, 3)
    assert [(each.row, each.column, each.fault) for each in report.errors] == [
        (2, "برند", CellFault.UNKNOWN_BRAND),
        (3, "نام دیگر", CellFault.MISSING),
        (5, "نام دیگر", CellFault.REPEATED),
    ]


async def test_a_trial_writes_nothing_and_a_file_without_its_columns_is_refused(
    store: Store, tmp_path: Path, product_id: int
) -> None:
    before = await row_counts(store)
    report = await take(store, tmp_path, ImportKind.ALIASES, ALIASES, ("آوین", "Avin"), is_dry=True)
    assert counts(report) == (1, 0, 0, 0)
    with pytest.raises(ImportRefused) as refused:
        await take(store, tmp_path, ImportKind.ALIASES, ("برند",), ("آوین",))
    assert refused.value.fault is FileFault.MISSING_COLUMN
    assert await row_counts(store) == before


async def test_the_template_is_a_file_that_says_nothing_yet(
    store: Store, tmp_path: Path, product_id: int
) -> None:
    path = tmp_path / "aliases.xlsx"
    write_template(ImportKind.ALIASES, path, read_languages()["fa"])
    assert tuple(read_table(path)[0])[:2] == ALIASES
    report, _layout, _table = await import_file(store, ImportKind.ALIASES, path, NOW)
    assert counts(report) == (0, 0, 0, 0)
