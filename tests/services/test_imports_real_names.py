"""17,781 real product names are imported, and the catalogue browses and finds them."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from domain.actors import Actor, Identity
from domain.imports.rows import ImportKind
from domain.money import of_toman
from domain.staff import Role, Staff
from services import catalogue
from services.imports.running import import_file
from storage.unit_of_work import Store
from tests.builders.sheets import a_barcode, a_csv
from tests.conftest import NOW
from tests.services.importing import counts

NAMES = Path(__file__).parents[2].parent / "shared" / "data" / "products_fa_17k.csv"
HEADERS = ("کد", "نام", "بارکد", "دسته", "برند", "تعداد در کارتن", "قیمت (تومان)")
STAFF = Actor(
    identity=Identity(id=1, platform="telegram", user_id=1, chat_id=1, name="محمدی"),
    person=Staff(id=1, name="محمدی", role=Role.VISITOR),
)

needs_the_names = pytest.mark.skipif(
    not NAMES.is_file(), reason=f"the real names are not given here: {NAMES} is missing"
)


def a_file_of_them(folder: Path) -> tuple[Path, int]:
    """Their names in our format, with codes, barcodes and prices made up."""
    with NAMES.open(encoding="utf-8", newline="") as file:
        real = list(csv.DictReader(file))
    rows = [
        (
            f"R{number}",
            row["product_name"],
            a_barcode(number),
            row["searchwise_level2_category_v2"].rpartition(">")[2] or "سایر",
            row["merchant_fa_name"],
            number % 3 * 12 or 1,
            10_000 + number,
        )
        for number, row in enumerate(real)
    ]
    return a_csv(folder / "real.csv", HEADERS, *rows), len(rows)


@needs_the_names
async def test_the_bot_browses_and_finds_real_names(sqlite_store: Store, tmp_path: Path) -> None:
    path, count = a_file_of_them(tmp_path)
    report, *_ = await import_file(sqlite_store, ImportKind.PRODUCTS, path, NOW)
    again, *_ = await import_file(sqlite_store, ImportKind.PRODUCTS, path, NOW)
    assert counts(report) == (count, 0, 0, 0)
    assert counts(again) == (0, 0, count, 0)
    async with sqlite_store.reading() as uow:
        shelves = await catalogue.shelves(uow)
        assert sum(shelf.product_count for shelf in shelves) == count
        for shelf in shelves:
            first = await catalogue.open_category(uow, shelf.id, STAFF, NOW)
            assert first.total == shelf.product_count
            last = await catalogue.open_category(uow, shelf.id, STAFF, NOW, page=10**6)
            assert last.offers
        offer = (await catalogue.search(uow, "R8", STAFF, NOW)).offers[0]
        assert (offer.product.code, offer.price) == ("R8", of_toman(10_008))
        found = await catalogue.search(uow, "اسپري كراتين", STAFF, NOW)
        assert found.total > 0
